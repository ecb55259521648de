"""The wire between the judge (trusted) and the runner (which holds the student's code).

One JSON object per line each way. Requests name a scenario and its parameters; replies carry
outcomes and schedules as plain data. Expected values and assertions never cross it. Unknown
fields are refused, and the judge bounds the size of what it reads.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

import msgspec
from msgspec import Meta

from grader.explain.picture import Picture
from grader.explorer.observation import printable

Line: TypeAlias = Annotated[int, Meta(ge=1, le=10**7)] | None
"""Of the student's file; None: of none."""


class Setup(msgspec.Struct, forbid_unknown_fields=True, tag="setup"):
    """The first request: the student's file and the scenarios."""

    module: str  # name under which the file is a module: "counter"
    filename: str  # name shown in traces: "counter.py"
    content: bytes
    allowed: list[str] | None  # modules that the file may import; None: any
    names: list[str]  # what the module has to define
    scenarios: str  # the text of scenarios.py

    @property
    def may_import(self) -> frozenset[str] | None:
        """`allowed` as a set."""
        return None if self.allowed is None else frozenset(self.allowed)


class Explore(msgspec.Struct, forbid_unknown_fields=True, tag="explore"):
    """Run a scenario under many schedules."""

    scenario: str
    parameters: list[Any]
    schedules: int
    label: str
    early_timeouts: bool = False
    more: bool = False  # go on with the exploration of the request before


class Explain(msgspec.Struct, forbid_unknown_fields=True, tag="explain"):
    """Find the simplest schedule for one outcome and tell its story."""

    scenario: str
    parameters: list[Any]
    schedule: str
    key: str  # of the outcome, as in `FoundOutcome`
    position: int  # how many schedules had been run when it was found
    title: str
    hint: str | None = None
    right: bool | None = None  # whether another schedule gives what it should, where known
    early_timeouts: bool = False
    simplify: bool = True
    width: int = 100
    picture: bool = False  # as data as well, with all steps
    language: str = "en"


class RealRun(msgspec.Struct, forbid_unknown_fields=True, tag="real"):
    """Run a scenario once on plain CPython: real threads and processes."""

    scenario: str
    parameters: list[Any]
    start_method: str | None = None


Request: TypeAlias = Setup | Explore | Explain | RealRun


class Ready(msgspec.Struct, forbid_unknown_fields=True, tag="ready"):
    """The file was loaded and defines what it has to. Unasked, a runner's first word: it runs."""


class Refused(msgspec.Struct, forbid_unknown_fields=True, tag="refused"):
    """The request could not be answered because of the student's code; `kind` is of the closed
    list of kinds.
    """

    kind: str
    message: str
    line: Line = None


class FoundOutcome(msgspec.Struct, forbid_unknown_fields=True):
    """One distinct outcome and a schedule for it."""

    ending: str
    value: Any
    errors: list[str]
    schedule: str
    key: str
    preemptions: int


class Explored(msgspec.Struct, forbid_unknown_fields=True, tag="explored"):
    """What `Explore` has found so far; when it is not `done`, there may be more."""

    outcomes: list[FoundOutcome]
    schedules: int
    exhausted: bool
    done: bool


class Story(msgspec.Struct, forbid_unknown_fields=True, tag="story"):
    """What `Explain` tells."""

    kind: str
    text: str
    schedule: str
    line: Line = None  # of the student's file: where it goes wrong
    picture: Picture | None = None  # as the runner made it: see `grader.explain.picture.received`
    value: Any = None  # with a picture: what the scenario returned


Limit: TypeAlias = Literal["memory", "file", "files", "processes", "open-files"]
"""Which limit an exception in a real run is about: of one file, or of all files together."""


class RealResult(msgspec.Struct, forbid_unknown_fields=True, tag="result"):
    """What the real run returned, or the exception that ended it."""

    value: Any = None
    error: str | None = None
    limit: Limit | None = None


class Broken(msgspec.Struct, forbid_unknown_fields=True, tag="broken"):
    """The runner itself failed: the grader's fault."""

    message: str


Reply: TypeAlias = Ready | Refused | Explored | Story | RealResult | Broken

encode = msgspec.json.Encoder().encode
decode_request = msgspec.json.Decoder(Request).decode
decode_reply = msgspec.json.Decoder(Reply).decode


def encode_reply(reply: Reply) -> bytes:
    """A reply as one line without its end. Names and messages of a student's code may hold what no
    encoding has (half of a character): that is escaped.
    """
    try:
        return encode(reply)
    except UnicodeEncodeError:
        return encode(_printable(msgspec.to_builtins(reply)))


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, list):
        return [_printable(each) for each in value]
    if isinstance(value, dict):
        return {printable(key): _printable(each) for key, each in value.items()}
    return value
