"""What is drawn for a submission."""

from grader.judge.draw import Draw, seed_of


def test_the_same_file_is_asked_the_same() -> None:
    """The numbers depend on the exercise, the file and the check, and on nothing else."""
    seed = seed_of("01_thread_counter", b"x = 1")
    first, again = (Draw(seed, "test_one") for _ in range(2))
    assert [first.between(0, 99) for _ in range(9)] == [again.between(0, 99) for _ in range(9)]
    assert seed != seed_of("01_thread_counter", b"x = 2")
    assert seed != seed_of("02_process_counter", b"x = 1")
    many = {Draw(seed, f"test_{n}").between(0, 10**6) for n in range(50)}
    assert 40 < len(many)


def test_both_ends_are_drawn() -> None:
    """`between` includes both of its ends."""
    draw = Draw("seed", "check")
    assert {3, 4, 5} == {draw.between(3, 5) for _ in range(100)}
