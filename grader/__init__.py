"""Racecourse: a grader that runs concurrent Python code under a scheduler it controls."""
