"""From a student's file to code with scheduling points, and what that file may import."""

from grader.source.load import Source, SourceError, from_file, from_text
from grader.source.policy import Problem, check, forbidden_attribute

__all__ = [
    "Problem",
    "Source",
    "SourceError",
    "check",
    "forbidden_attribute",
    "from_file",
    "from_text",
]
