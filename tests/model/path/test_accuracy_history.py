"""What was measured stays as long as its step does."""

from model.edits import Edit
from model.path import Path
from model.path.accuracy_history import AccuracyHistory, Point
from tests.model.made_up import made_up


def a_history(*steps: int) -> tuple[AccuracyHistory, Path]:
    path = Path(*made_up())
    path.extend(50)
    history = AccuracyHistory()
    history.follow(path)
    for step in steps:
        history.add(Point(step, 0.5, 0.1))
    return history, path


def steps_of(history: AccuracyHistory) -> list[int]:
    return [point.step for point in history.points]


def test_more_steps_leave_what_was_measured() -> None:
    history, path = a_history(0, 20, 50)
    path.extend(10)

    assert not history.follow(path)
    assert steps_of(history) == [0, 20, 50]


def test_an_edit_takes_what_was_measured_at_its_step_and_later() -> None:
    history, path = a_history(0, 19, 20, 50)
    before = path.snapshot()
    path.edit(Edit(20, "alpha", (0.01,)))

    assert history.follow(path)
    assert steps_of(history) == [0, 19]
    history.add(Point(20, 0.6, 0.1))
    path.restore(before)
    assert history.follow(path)
    assert steps_of(history) == [0, 19]


def test_another_path_begins_with_nothing() -> None:
    history, _ = a_history(0, 20)
    _, other = a_history()

    assert history.follow(other)
    assert history.points == ()
