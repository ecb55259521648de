"""From the trace of a failing schedule to a story that a person can follow."""
