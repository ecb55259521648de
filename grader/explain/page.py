"""The story of a failing schedule as one HTML file: it asks no network for anything, and what a
student wrote is only ever text in it.
"""

from __future__ import annotations

import base64
import hashlib
import html
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

from grader.explain.korean_page import KOREAN_PAGE
from grader.explain.picture import Picture
from grader.explain.report import tell

PAGES: Final = {"ko": KOREAN_PAGE}
"""What the page itself says, in other languages: by the English text."""
_SCRIPTS: Final = ("words", "run", "lanes", "state", "graph", "controls")
# Inside a script element only `<` matters; the others are for readers that are not browsers.
_IN_SCRIPT: Final = {
    "<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029",
}  # fmt: skip


def page(picture: Picture) -> str:
    """The file. `picture` has all steps (`whole`); with fewer, only these can be gone through."""
    template, style, script = _assets()
    name = f"{picture.title}: " if picture.title else ""
    known = PAGES.get(picture.language, {})
    filled = {
        "language": picture.language if known else "en",
        "words": _in_script(known),
        "title": html.escape(f"{name}{picture.story}"),
        "text": html.escape(tell(picture, 100)),
        "style-hash": _hash(style),
        "script-hash": _hash(script),
        "style": style,
        "script": script,
        "data": embedded(picture),
    }
    parts = template.split("{")
    told = [parts[0]]
    for part in parts[1:]:  # one pass: what is filled in is not looked at again
        key, _, rest = part.partition("}")
        told += [_said(key[1:], known) if key.startswith("=") else filled[key], rest]
    return "".join(told)


def framed(picture: Picture, height: int = 720) -> str:
    """The page in a frame of its own, for a notebook. `height` is in pixels."""
    return (
        f'<iframe title="{html.escape(picture.story)}" sandbox="allow-scripts allow-popups" '
        f'style="width:100%;height:{height}px;border:0" '
        f'srcdoc="{html.escape(page(picture))}"></iframe>'
    )


def embedded(picture: Picture) -> str:
    """The data as JSON that cannot end the script element it stands in."""
    return _in_script(picture)


def _in_script(data: object) -> str:
    text = msgspec.json.encode(data).decode()
    for character, written in _IN_SCRIPT.items():
        text = text.replace(character, written)
    return text


def _said(text: str, known: dict[str, str]) -> str:
    """What the page itself says, in its language."""
    return html.escape(known.get(text, text))


@cache
def _assets() -> tuple[str, str, str]:
    """The page with its gaps, its style and its script."""
    folder = files("grader.explain") / "assets"
    scripts = [(folder / f"{name}.js").read_text(encoding="utf-8") for name in _SCRIPTS]
    return (
        (folder / "page.html").read_text(encoding="utf-8"),
        (folder / "page.css").read_text(encoding="utf-8"),
        '"use strict";\n' + "\n".join(scripts),
    )


def _hash(text: str) -> str:
    """As a content security policy names a script or style that may be used."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


__all__ = ["embedded", "framed", "page"]
