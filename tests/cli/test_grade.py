"""`grader grade` from the outside: what it prints, writes and returns."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COUNTER = ROOT / "solutions" / "01_thread_counter" / "counter.py"


def grader(
    *arguments: object, cwd: Path = ROOT, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs the command as a user does; `env`: what is different in its environment."""
    return subprocess.run(
        [sys.executable, "-m", "grader", *map(str, arguments)],
        cwd=cwd,
        env=os.environ | (env or {}),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def graded(
    path: Path, tmp_path: Path, *more: object, env: dict[str, str] | None = None
) -> tuple[int, dict[str, object]]:
    """Exit status and JSON of grading one file."""
    result = tmp_path / "result.json"
    done = grader("grade", path, "--json", result, *more, env=env)
    assert "" == done.stderr
    data: dict[str, object] = json.loads(result.read_text())
    return done.returncode, data


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere/counter.py"], "nowhere/counter.py does not exist."),
        (["grader"], "The folder grader holds no file of an exercise (counter.py, "),
        (["--exercise", "5", "grader"], "The folder grader holds no bank.py."),
        (["README.md"], "README.md is not named like any exercise's file"),
        (["--exercise", "77", COUNTER], "There is no exercise '77'. There is: 01_thread_counter"),
        (["--exercise", "nonsense", COUNTER], "There is no exercise 'nonsense'."),
        ([COUNTER, "--json", "no/such/folder/x.json"], "the folder no/such/folder does not exist"),
        ([COUNTER, "--json", "grader"], "grader is a folder, not a file to write."),
        ([], "Missing argument"),
        ([COUNTER, "--colour"], "No such option"),
        ([COUNTER, "--sandbox", "cage"], "There is no sandbox 'cage': auto, bubblewrap,"),
    ],
)
def test_a_wrong_call_is_one_sentence_and_status_2(arguments: list[object], sentence: str) -> None:
    """What was wrong and what to do, on one line, and nothing else."""
    done = grader("grade", *arguments)
    assert 2 == done.returncode
    assert sentence in done.stderr
    assert 1 == len(done.stderr.strip().splitlines())
    assert "" == done.stdout


def test_one_missing_file_writes_nothing(tmp_path: Path) -> None:
    """A wrong path among right ones: no result is written at all."""
    result = tmp_path / "result.json"
    done = grader("grade", COUNTER, "nowhere.py", "--json", result, "--exercise", "1")
    assert 2 == done.returncode
    assert not result.exists()


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (b"def broken(:\n", "import-error", "line 1"),
        (b"import threading\nclass Countr:\n    pass\n", "missing-name", "Counter"),
        (b"", "missing-name", "Counter"),
        (b"name = '\xff\xfe'\n", "import-error", "UTF-8"),
        (b"x = 1\0\n", "import-error", "NUL"),
        (b"import os\nclass Counter: pass\n", "forbidden", "os"),
        (b"while True:\n    pass\n", "livelock", "top level"),
        (b"raise ValueError('no')\n", "import-error", "ValueError: no"),
        (b"import threading\nthreading.Lock().foo\n", "import-error", "foo"),
    ],
)
def test_a_file_that_cannot_run_fails_every_check(
    content: bytes, kind: str, words: str, tmp_path: Path
) -> None:
    """The submission fails, with its kind and a sentence; no check is left out."""
    path = tmp_path / "counter.py"
    path.write_bytes(content)
    status, result = graded(path, tmp_path)
    assert 1 == status
    assert ("fail", 0) == (result["verdict"], result["score"]) or kind == "internal"
    checks = result["checks"]
    assert isinstance(checks, list)
    assert {kind} == {check["kind"] for check in checks}
    assert words in checks[0]["message"]
    assert 10 < len(checks)


def test_a_right_file_of_any_name_passes(tmp_path: Path) -> None:
    """With --exercise the name of the file does not matter; status 0, full score."""
    path = tmp_path / "my answer (2).py"
    path.write_bytes(COUNTER.read_bytes())
    status, result = graded(path, tmp_path, "--exercise", "01")
    assert 0 == status
    assert "racecourse/result/1" == result["schema"]
    assert ("pass", result["max_score"]) == (result["verdict"], result["score"])


def test_several_paths_give_one_list_in_their_order(tmp_path: Path) -> None:
    """The JSON of several paths is a list; the status tells that something fails."""
    empty = tmp_path / "bank.py"
    empty.write_text("")
    result = tmp_path / "result.json"
    done = grader("grade", empty, COUNTER, "--json", result)
    data = json.loads(result.read_text())
    assert 1 == done.returncode
    assert "racecourse/results/1" == data["schema"]
    assert ["05_bank_transfer", "01_thread_counter"] == [r["exercise"] for r in data["results"]]


def test_the_stub_of_05_ends_in_a_deadlock_that_names_both(tmp_path: Path) -> None:
    """The story names both accounts and both lines, and its schedule replays to the same story."""
    stub = ROOT / "exercises" / "05_bank_transfer" / "bank.py"
    _, result = graded(stub, tmp_path)
    checks = result["checks"]
    assert isinstance(checks, list)
    check = next(c for c in checks if c["name"] == "test_opposite_transfers_finish")
    assert "deadlock" == check["kind"]
    for words in ("alice.lock", "bob.lock", "with src.lock:", "with dst.lock:"):
        assert words in check["message"]
    done = grader("replay", "05", stub, check["schedule"])
    assert 0 == done.returncode
    assert "thread-1 holds alice.lock, waits for bob.lock" in done.stdout


def test_a_schedule_of_no_check_is_a_wrong_call() -> None:
    """One sentence for a schedule that no check has, and for one that is none."""
    for schedule, sentence in (("05.77:ab", "No check"), ("what", "is not a schedule")):
        done = grader("replay", "01", COUNTER, schedule)
        assert 2 == done.returncode
        assert sentence in done.stderr


def test_the_result_says_which_sandbox_it_was(tmp_path: Path) -> None:
    """By name, or by the environment; without one there is a warning wherever results are shown."""
    path = tmp_path / "counter.py"
    path.write_text("")
    result, report = tmp_path / "result.json", tmp_path / "report.md"
    for options, env in (["--sandbox", "none"], {}), ([], {"RACECOURSE_SANDBOX": "none"}):
        done = grader("grade", path, "--json", result, "--markdown", report, *options, env=env)
        assert "none" == json.loads(result.read_text())["sandbox"]
        assert "Graded without a sandbox" in done.stdout
        assert "**Graded without a sandbox" in report.read_text()


def test_a_sandbox_that_does_not_work_is_status_4_and_nothing_is_graded(tmp_path: Path) -> None:
    """One sentence that says why and what to do."""
    result = tmp_path / "result.json"
    done = grader("grade", COUNTER, "--sandbox", "docker", "--json", result, env={"PATH": ""})
    assert 4 == done.returncode
    assert "docker does not work here (the program docker is not installed)" in done.stderr
    assert "`grader doctor`" in done.stderr
    assert not result.exists()


def test_the_doctor_tries_every_sandbox() -> None:
    """What works and what does not; without bubblewrap it tells how to get it."""
    done = grader("doctor", env={"PATH": ""})
    assert done.returncode == (0 if "`grader grade` uses landlock" in done.stdout else 3)
    for words in ("the program bwrap is not installed", "apt install bubblewrap", "landlock"):
        assert words in done.stdout or sys.platform != "linux"


def test_stories_are_told_in_the_language_that_is_asked_for(tmp_path: Path) -> None:
    """By the option or the variable. All else of the result is the same, and for the same call it
    is the same again.
    """
    stub = ROOT / "exercises" / "05_bank_transfer" / "bank.py"
    _, english = graded(stub, tmp_path)
    _, korean = graded(stub, tmp_path, "--lang", "ko")
    _, again = graded(stub, tmp_path, env={"RACECOURSE_LANG": "ko"})
    assert korean == again
    both = [result["checks"] for result in (english, korean)]
    assert all(isinstance(checks, list) for checks in both)
    told = [[check.pop("message") for check in checks] for checks in both]  # type: ignore[attr-defined]  # see above
    assert english == korean
    shown = [both[1][at]["schedule"] is not None for at in range(len(told[1]))]  # type: ignore[index]  # see above
    assert shown == ["까닭: " in message for message in told[1]]
    assert any(shown)
    assert not any("까닭: " in message for message in told[0])
    done = grader("grade", stub, "--lang", "fr")
    assert (2, "") == (done.returncode, done.stdout)
    assert "There is no story in 'fr': en or ko." in done.stderr
