"""The exercises: metadata, and where they lie."""
