"""The runner: an untrusted process that holds the student's code and answers the judge.

Run as `python -m grader.judge.runner`, with nothing in its environment. Requests come on standard
input, after a line with the mark that every reply has to bear; replies go to a private copy of
standard output, while whatever else writes to descriptor 1 or 2 goes nowhere.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import BinaryIO

from grader.judge import protocol
from grader.judge.workshop import Workshop, out_of_memory


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Answers requests, one line each, until there are no more."""
    workshop: Workshop | None = None
    to_judge = Replies(replies, requests.readline())
    to_judge.say(protocol.Ready())
    for line in requests:
        reply: protocol.Reply
        try:
            request = protocol.decode_request(line)
            if isinstance(request, protocol.Setup):
                workshop = Workshop(request)
            assert workshop is not None
            reply = workshop.answer(request)
        except MemoryError:
            workshop = None
            reply = out_of_memory()
        except Exception as error:  # noqa: BLE001 - the judge must hear of it, whatever it is
            import traceback

            place = traceback.extract_tb(error.__traceback__)[-1]
            reply = protocol.Broken(
                f"{type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno})"
            )
        to_judge.say(reply)


class Replies:
    """The way to the judge. Each line begins with the mark that the judge has given: what anybody
    else writes to the same descriptor is no reply.
    """

    __slots__ = ("_channel", "_mark")

    def __init__(self, channel: BinaryIO, mark: bytes) -> None:
        """`mark`: the first line from the judge."""
        self._channel = channel
        self._mark = mark.rstrip(b"\n")

    def say(self, reply: protocol.Reply) -> None:
        """Sends one reply."""
        self._channel.write(self._mark + protocol.encode_reply(reply) + b"\n")
        self._channel.flush()


def private_output() -> BinaryIO:
    """A descriptor of standard output that nothing else uses; 1 and 2 lead nowhere after."""
    channel = os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    return channel


def main() -> None:
    """The process's entry."""
    channel = private_output()
    # Deep recursion must end in a RecursionError of the student's code, not in ours.
    sys.setrecursionlimit(1_000)
    serve(sys.stdin.buffer, channel)


if __name__ == "__main__":
    main()
