"""Which back end is used, and what is said when there is none."""

import pytest

from grader.judge import sandbox
from grader.judge.sandbox import NoSandbox


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The back ends in this set do not work; all others do. No trial run is made."""
    broken: set[str] = set()
    monkeypatch.setattr(sandbox, "fault", lambda name: "it is broken" if name in broken else None)
    monkeypatch.delenv(sandbox.VARIABLE, raising=False)
    return broken


def test_the_strongest_that_works_is_chosen(names: set[str]) -> None:
    """bubblewrap, else Landlock."""
    assert "bubblewrap" == sandbox.choose().name
    names.add("bubblewrap")
    assert "landlock" == sandbox.choose("auto").name


def test_without_one_nothing_is_graded(names: set[str]) -> None:
    """None is chosen only by name, however little works."""
    names.update({"bubblewrap", "landlock"})
    with pytest.raises(NoSandbox, match="nothing was graded") as refused:
        sandbox.choose()
    assert "--sandbox none" in str(refused.value)
    assert "none" == sandbox.choose("none").name


def test_one_that_was_asked_for_is_not_replaced(names: set[str]) -> None:
    """The sentence says why it does not work."""
    names.add("landlock")
    with pytest.raises(NoSandbox, match=r"landlock does not work here \(it is broken\)"):
        sandbox.choose("landlock")


def test_the_environment_chooses_where_nobody_else_does(
    names: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A job of CI can have all of its graders use one."""
    monkeypatch.setenv(sandbox.VARIABLE, "none")
    assert "none" == sandbox.choose().name
    assert "bubblewrap" == sandbox.choose("auto").name
    monkeypatch.setenv(sandbox.VARIABLE, "nonsense")
    with pytest.raises(NoSandbox, match="There is no sandbox 'nonsense'"):
        sandbox.choose()


def test_a_back_end_is_tried_and_not_looked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A program of bubblewrap's name that does not do its work is noticed."""
    folder = tmp_path_factory.mktemp("bin")
    fake = folder / "bwrap"
    fake.write_text("#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(sandbox, "_made", {})
    monkeypatch.setattr(sandbox, "_tried", {})
    assert "bwrap: setting up uid map: Permission denied" == sandbox.fault("bubblewrap")
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(sandbox, "_tried", {})
    assert "the program bwrap is not installed" == sandbox.fault("bubblewrap")
