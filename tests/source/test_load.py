"""From a file to code objects, or to one clear sentence."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.source import Source, SourceError, from_file, from_text
from grader.source.load import MAX_BYTES, decode
from grader.source.nesting import MAX_DEPTH, depth
from grader.source.policy import DEFAULT_IMPORTS
from tests.source.transparent import Calls, namespace


def load(text: str, allowed: frozenset[str] = DEFAULT_IMPORTS) -> Source:
    """A module from text."""
    return from_text(text, name="counter", filename="counter.py", allowed=allowed)


def refused(text: str) -> tuple[str, int | None, str]:
    """Kind, line and message of what is wrong with a text."""
    with pytest.raises(SourceError, match=r"\w") as caught:
        load(text)
    assert str(caught.value) == caught.value.message
    return caught.value.kind, caught.value.line, caught.value.message


def test_a_source_has_code_with_and_without_scheduling_points() -> None:
    """Both compute the same, and only one of them calls hooks."""
    source = load("class C: n = 1\r\nresult = C.n\n")
    assert ("counter", "counter.py") == (source.name, source.filename)
    assert ("class C: n = 1", "result = C.n") == source.lines
    for code, hooks in ((source.code, ["@class", "@getattr"]), (source.plain, [])):
        calls = Calls()
        made = namespace(source.name, calls.hooks())
        exec(code, made)  # noqa: S102 - a program of this test
        assert 1 == made["result"]
        assert hooks == list(calls)


def test_tracebacks_show_the_name_of_the_file_and_the_lines() -> None:
    """The filename is what the caller says, in both forms."""
    source = load("def f():\n\n    return None.a\nf()")
    for code in (source.code, source.plain):
        with pytest.raises(AttributeError, match="'NoneType' object has no attribute 'a'") as error:
            exec(code, namespace("counter"))  # noqa: S102 - a program of this test
        frames = traceback.extract_tb(error.value.__traceback__)
        actual = [frame.lineno for frame in frames if frame.filename == "counter.py"]
        assert [4, 3] == actual


@pytest.mark.parametrize("text", ["", "\n", "# nothing", "'Doc.'", "\ufeff"[1:], "\x0c"])
def test_an_empty_file_is_a_module(text: str) -> None:
    """Nothing to run is nothing wrong."""
    assert text == load(text).text


def test_assertions_are_compiled_in_whatever_the_interpreter_was_told() -> None:
    """A student's `assert` holds under `python -O` as well."""
    program = (
        "from grader.source import from_text\n"
        "made = from_text('assert x', name='m', filename='m.py', allowed=frozenset())\n"
        "print(sorted({name for code in (made.code, made.plain) for name in code.co_names}))"
    )
    done = subprocess.run(
        [sys.executable, "-O", "-c", program],
        capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert "['@truth', 'x']" == done.stdout.strip()


def test_the_compilers_flags_are_the_students_own() -> None:
    """This package's `from __future__` does not leak into the student's code."""
    made = namespace("counter")
    exec(load("def f(x: int): pass\nresult = f.__annotations__").code, made)  # noqa: S102 - as above
    assert {"x": int} == made["result"]


@pytest.mark.parametrize("text", [r"'\d'", "1 is 1", "assert (0, 'x')", "[1](2)", "'a' is x"])
def test_warnings_of_the_compiler_stay_inside(text: str) -> None:
    """Even where warnings are errors."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert text == load(text).text


INVALID = [
    ("x = \n", 1, "x ="),
    ("x = 1\n  y = 2\n", 2, "y = 2"),
    ("def f():\nreturn 1\n", 2, "return 1"),
    ("a\nb c\nd", 2, "b c"),
    ("a\n(b\nc", 2, "(b"),
    ("a\nb)\n", 2, "b)"),
    ("x = 'abc\ny", 1, "x = 'abc"),
    ("a\n'''abc\ny", 2, "'''abc"),
    ("a\nreturn 1\n", 2, "return 1"),
    ("def f():\n  break\n", 2, "break"),
    ("def f(a, a): pass", 1, "def f(a, a): pass"),
    ("def f():\n  x = 1\n  global x\n", 3, "global x"),
    ("nonlocal x", 1, "nonlocal x"),
    ("await x", 1, "await x"),
    ("from __future__ import nothing_of_this_name", 1, "from __future__ import nothing_of_this_n"),
    ("a\nf'{x'\nb", 2, "f'{x'"),
    ("a\nf'{x\nb", 2, "f'{x"),
    ("a\nf'{\nb = 1\nc = 2\n", 2, "f'{"),
    ("f'{a b}'", 1, "f'{a b}'"),
    ("print 1", 1, "print 1"),
    ("x = 0777", 1, "x = 0777"),
    ("a\n\tb\n        c", 2, "b"),
    ("None = 1", 1, "None = 1"),
    ("x = $", 1, "x = $"),
    ("x = “a”", 1, "x = “a”"),
    ("if x:", 1, "if x:"),
    ("if x:\n", 1, "if x:"),
    ("\\", 1, "\\"),
    ("x = 1 \\\n", 1, "x = 1 \\"),
    ("class C: " + "x" * 300 + " y", 1, "class C: " + "x" * 191),
]


@pytest.mark.parametrize(("text", "line", "shown"), INVALID)
def test_what_is_not_python_is_shown_with_its_line(text: str, line: int, shown: str) -> None:
    """In words of our own: CPython's differ from version to version."""
    message = f"line {line}: this is not valid Python: {shown}"
    kind, actual_line, actual = refused(text)
    assert ("import-error", line) == (kind, actual_line)
    assert actual.startswith(message)


def test_what_is_forbidden_is_said_with_all_its_lines() -> None:
    """One line of the message for each problem, in order; the error has the first line."""
    kind, line, message = refused("x = 1\nimport os\nx.__globals__\n")
    assert ("forbidden", 2) == (kind, line)
    assert ["line 2", "line 3"] == re.findall(r"^line \d+", message, re.MULTILINE)


TOO_DEEP = "the code is nested too deeply: name parts of it, as variables or functions."
NESTED: dict[str, Callable[[int], str]] = {
    "parentheses": lambda n: "(" * n + ")" * n,
    "lists": lambda n: "[" * n + "]" * n,
    "brackets and parentheses": lambda n: "x[(" * n + "0" + ")]" * n,
    "sum": lambda n: "+".join(["x"] * n),
    "attributes": lambda n: "x" + ".a" * n,
    "calls": lambda n: "len(" * n + "x" + ")" * n,
    "methods": lambda n: "x" + ".a()" * n,
    "not": lambda n: "not " * n + "x",
    "minus": lambda n: "-" * n + "x",
    "lambda": lambda n: "lambda: " * n + "x",
    "conditional": lambda n: "1 if x else " * n + "2",
    "elif": lambda n: "if x: pass\n" + "elif x: pass\n" * n,
    "if": lambda n: "".join(f"{' ' * i}if x:\n" for i in range(n)) + " " * n + "pass",
    "with": lambda n: "".join(f"{' ' * i}with x:\n" for i in range(n)) + " " * n + "pass",
    "comprehensions": lambda n: "[x for x in " * n + "y" + "]" * n,
    "power": lambda n: "**".join(["x"] * n),
    "starred": lambda n: "[*" * n + "x" + "]" * n,
}


@pytest.mark.parametrize("name", NESTED)
@pytest.mark.parametrize("levels", [300, 1_000, 50_000])
def test_nesting_beyond_reason_is_refused_in_the_same_words(name: str, levels: int) -> None:
    """Whatever part of CPython gives up first: tokenizer, parser, compiler or our own limit."""
    if name in {"if", "with"}:
        levels = min(levels, 1_000)  # each level is indented by one column more
    assert ("import-error", None, TOO_DEEP) == refused(NESTED[name](levels))


def test_python_that_is_nested_as_deeply_as_allowed_compiles() -> None:
    """The limit is ours, so it is the same everywhere: one level more is refused."""
    text = "+".join(["x"] * (MAX_DEPTH - 2))
    assert depth(ast.parse(text)) <= MAX_DEPTH
    assert text == load(text).text
    assert TOO_DEEP == refused(text + "+x+x")[2]


@pytest.mark.parametrize("name", ["sum", "attributes", "calls", "not", "lambda", "elif", "lists"])
def test_the_deepest_nesting_allowed_can_be_rewritten(name: str) -> None:
    """No construct needs more of the stack than there is, from a caller as deep as a test."""
    made = [NESTED[name](n) for n in range(MAX_DEPTH)]
    deepest = [text for text in made if depth(ast.parse(text)) <= MAX_DEPTH][-1]
    assert deepest == load(deepest).text


BYTES = [
    (b"x = '\xc3\xa9'", "x = 'é'"),
    (b"\xef\xbb\xbfx = 1", "x = 1"),
    (b"# -*- coding: latin-1 -*-\nx = '\xe9'", "# -*- coding: latin-1 -*-\nx = 'é'"),
    (b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n'\x80'",
     "#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n'€'"),
    (b"\xef\xbb\xbf# coding: utf-8\n", "# coding: utf-8\n"),
    ("# coding: euc-kr\n'가'".encode("euc-kr"), "# coding: euc-kr\n'가'"),
    (b"x = 1\r\ny = 2\r", "x = 1\r\ny = 2\r"),
    (b"", ""),
]  # fmt: skip


@pytest.mark.parametrize(("data", "expected"), BYTES)
def test_a_file_is_decoded_as_python_does(data: bytes, expected: str) -> None:
    """Byte order mark, PEP 263 declaration, else UTF-8."""
    assert expected == decode(data)
    assert expected == load(decode(data)).text


UNREADABLE = [
    (b"x = 1\ny = '\xe9'\n", 2, "line 2: the file is not utf-8 here: save it as UTF-8."),
    (b"\xe9", None, "the file is not UTF-8 and declares no encoding that is known."),
    (b"# coding: klingon\n", None,
     "the file is not UTF-8 and declares no encoding that is known."),
    (b"\xef\xbb\xbf# coding: latin-1\n", None,
     "the file is not UTF-8 and declares no encoding that is known."),
    (b"# coding: rot13\nk", None, "the declared encoding 'rot13' is none for text."),
    (b"# coding: hex\nk", None, "the declared encoding 'hex' is none for text."),
    (b"# coding: undefined\nk", None, "the declared encoding 'undefined' is none for text."),
    (b"# coding: ascii\n\n'\xe9'", 3, "line 3: the file is not ascii here: save it as UTF-8."),
    ("x = 1".encode("utf-16"), None, "the file is UTF-16: save it as UTF-8."),
    (b"x = 1\n\ny\0", 3, "line 3: the file contains a NUL byte, so it is no Python text."),
    (b"#" * (MAX_BYTES + 1), None, "the file is larger than 1,000,000 bytes."),
]  # fmt: skip


@pytest.mark.parametrize(("data", "line", "message"), UNREADABLE)
def test_what_is_no_text_is_refused_in_one_sentence(
    data: bytes, line: int | None, message: str, tmp_path: Path
) -> None:
    """Every way a file can be no Python text has its own."""
    path = tmp_path / "counter.py"
    path.write_bytes(data)
    with pytest.raises(SourceError, match=re.escape(message)) as error:
        from_file(path, allowed=DEFAULT_IMPORTS)
    assert ("import-error", line, message) == (
        error.value.kind,
        error.value.line,
        error.value.message,
    )


def test_text_with_nul_or_half_characters_is_refused() -> None:
    """Text that did not come from a file is looked at as well."""
    expected = "line 2: the file contains a NUL byte, so it is no Python text."
    assert ("import-error", 2, expected) == refused("x\n\0")
    expected = "the file is larger than 1,000,000 bytes."
    assert ("import-error", None, expected) == refused("#" * (MAX_BYTES + 1))
    expected = "the file contains half of a character (a surrogate)."
    assert ("import-error", None, expected) == refused("x = '\ud800'")


def test_a_file_gives_its_own_names_unless_told_otherwise(tmp_path: Path) -> None:
    """The module's name is the file's without its ending; both can be given."""
    path = tmp_path / "bank.py"
    path.write_text("x = 1\n", encoding="utf-8")
    source = from_file(path, allowed=DEFAULT_IMPORTS)
    assert ("bank", "bank.py", "x = 1\n") == (source.name, source.filename, source.text)
    source = from_file(str(path), name="a", filename="b.py", allowed=DEFAULT_IMPORTS)
    assert ("a", "b.py", "b.py") == (source.name, source.filename, source.plain.co_filename)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """Missing, a folder, or a pipe that nobody writes to."""
    with pytest.raises(SourceError, match=r"^bank\.py cannot be read: is it there\?$"):
        from_file(tmp_path / "bank.py", allowed=DEFAULT_IMPORTS)
    with pytest.raises(SourceError, match=r"is not a file\.$"):
        from_file(tmp_path, allowed=DEFAULT_IMPORTS)
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe.py")
        with pytest.raises(SourceError, match=r"^pipe\.py is not a file\.$"):
            from_file(tmp_path / "pipe.py", allowed=DEFAULT_IMPORTS)
