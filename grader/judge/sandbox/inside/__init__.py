"""What runs inside: a process that locks itself up, for good, before it holds a student's code."""
