"""From a student's file to code objects, or to one clear sentence about what is wrong with it.

Messages are the same on every version of Python: CPython words its own syntax errors differently
from one version to the next, so none of its text is passed on.
"""

from __future__ import annotations

import ast
import codecs
import io
import stat
import tokenize
import types
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from grader.source import policy
from grader.source.nesting import MAX_DEPTH, depth
from grader.source.rewrite import rewrite
from grader.source.syntax import line_of, lines_of

MAX_BYTES: Final = 1_000_000
_SHOWN: Final = 200  # characters of a source line in a message
_TOO_LARGE: Final = f"the file is larger than {MAX_BYTES:,} bytes."
_TOO_DEEP: Final = "the code is nested too deeply: name parts of it, as variables or functions."
_LIMITS: Final = ("too many nested", "too many levels", "too many statically nested")


@dataclass(frozen=True, slots=True)
class Source:
    """A module that may run.

    `name` is its module name, `filename` what tracebacks show, `code` has scheduling points and
    `plain` has none; `lines` are those of the text, without their ends.
    """

    name: str
    filename: str
    text: str
    code: types.CodeType
    plain: types.CodeType
    lines: tuple[str, ...]


class SourceError(Exception):
    """A file that cannot run: why, and at which line if one is to blame."""

    def __init__(
        self, kind: Literal["import-error", "forbidden"], line: int | None, message: str
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.line = line
        self.message = message


def from_file(
    path: Path | str,
    *,
    name: str | None = None,
    filename: str | None = None,
    allowed: frozenset[str] | None,
) -> Source:
    """Read, check and compile a file; `name` and `filename` are its own unless given.

    Raises SourceError for whatever is wrong with the file or the code in it.
    """
    path = Path(path)
    try:
        mode = path.stat().st_mode
        data = b""
        if stat.S_ISREG(mode):  # a pipe would wait for ever
            with path.open("rb") as file:
                data = file.read(MAX_BYTES + 1)
    except OSError:
        raise _unusable(f"{path.name} cannot be read: is it there?") from None
    if not stat.S_ISREG(mode):
        raise _unusable(f"{path.name} is not a file.")
    text = decode(data)
    return from_text(text, name=name or path.stem, filename=filename or path.name, allowed=allowed)


def decode(data: bytes) -> str:
    """The text of a Python file, by its byte order mark or its PEP 263 declaration, else UTF-8.

    Raises SourceError if the bytes are too many, or not text in that encoding.
    """
    if len(data) > MAX_BYTES:
        raise _unusable(_TOO_LARGE)
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _unusable("the file is UTF-16: save it as UTF-8.")
    if b"\0" in data:
        raise _nul(data.count(b"\n", 0, data.index(b"\0")) + 1)
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    except SyntaxError:
        raise _unusable("the file is not UTF-8 and declares no encoding that is known.") from None
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"line {line}: the file is not {encoding} here: save it as UTF-8."
        raise _unusable(message, line) from None
    except (LookupError, ValueError):
        raise _unusable(f"the declared encoding {encoding!r} is none for text.") from None


def from_text(text: str, *, name: str, filename: str, allowed: frozenset[str] | None) -> Source:
    """Check and compile the text of a module called `name`.

    `filename` is what tracebacks show; `allowed` says what may be imported (see `imports`); None
    leaves the policy out, for code that is its reader's own.
    Raises SourceError: `import-error` if it is no Python, `forbidden` if it must not run.
    """
    if len(text) > MAX_BYTES:
        raise _unusable(_TOO_LARGE)
    lines = lines_of(text)
    if "\0" in text:
        raise _nul(text.count("\n", 0, text.index("\0")) + 1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a student's `"\d"` is no business of ours
        tree, plain = _parse(text, filename, lines)
        problems = policy.check(tree, allowed) if allowed is not None else []
        if problems:
            message = "\n".join(problem.message for problem in problems)
            raise SourceError("forbidden", problems[0].line, message)
        try:
            code = _compile(rewrite(tree), filename)
        except RecursionError:  # the caller's own stack is deep
            raise _unusable(_TOO_DEEP) from None
    return Source(name, filename, text, code, plain, lines)


def _parse(text: str, filename: str, lines: tuple[str, ...]) -> tuple[ast.Module, types.CodeType]:
    try:
        tree = ast.parse(text, filename)
        if depth(tree) <= MAX_DEPTH:
            return tree, _compile(text, filename)
    except SyntaxError as error:
        raise _invalid(error, text, lines) from None
    except UnicodeEncodeError:
        raise _unusable("the file contains half of a character (a surrogate).") from None
    except (RecursionError, MemoryError):
        pass  # which of the two, and at what depth, depends on the version
    raise _unusable(_TOO_DEEP)


def _compile(source: str | ast.Module, filename: str) -> types.CodeType:
    # Without `optimize=0` a `-O` of the calling interpreter would leave a student's asserts out.
    code = compile(source, filename, "exec", dont_inherit=True, optimize=0)
    assert isinstance(code, types.CodeType)
    return code


def _invalid(error: SyntaxError, text: str, lines: tuple[str, ...]) -> SourceError:
    if any(limit in (error.msg or "") for limit in _LIMITS):
        return _unusable(_TOO_DEEP)
    line = line_of(error, text, lines)
    shown = lines[line - 1].strip()[:_SHOWN] if lines else ""
    return _unusable(f"line {line}: this is not valid Python: {shown}", line)


def _nul(line: int) -> SourceError:
    return _unusable(f"line {line}: the file contains a NUL byte, so it is no Python text.", line)


def _unusable(message: str, line: int | None = None) -> SourceError:
    return SourceError("import-error", line, message)
