"""One controlled execution. Knows no strategy and no stand-in."""
