"""What changed on a path since a mark, against a plain list of all changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.edits import Edit
from model.path import Path
from model.path.changes import Changes
from tests.model.made_up import made_up


@given(st.lists(st.integers(0, 30)), st.integers(0, 40))
def test_the_first_step_that_differs_is_the_least_of_all_later_changes(
    steps: list[int], mark: int
) -> None:
    changes = Changes()
    for step in steps:
        changes.note(step)

    later = steps[mark:]
    assert changes.mark == len(steps)
    assert changes.since(mark) == (min(later) if later else None)


def test_what_is_kept_is_bounded_and_never_tells_too_late() -> None:
    changes = Changes()
    for step in range(5000):
        changes.note(step)

    for mark in range(0, 5000, 7):
        told = changes.since(mark)
        assert told is not None
        assert told <= mark
    assert changes.since(4999) == 4999
    assert changes.since(5000) is None


@pytest.fixture
def path() -> Path:
    made = Path(*made_up())
    made.extend(50)
    return made


def test_more_steps_are_no_change(path: Path) -> None:
    mark = path.mark
    path.extend(100)

    assert path.changed_since(mark) is None


def test_an_edit_changes_the_steps_from_its_own_on(path: Path) -> None:
    mark = path.mark
    path.edit(Edit(20, "alpha", (0.01,)))

    assert path.changed_since(mark) == 20
    assert path.changed_since(path.mark) is None


def test_a_future_brought_back_changes_what_the_other_one_had(path: Path) -> None:
    path.edit(Edit(10, "alpha", (0.02,)))
    path.extend(20)
    before = path.snapshot()
    path.edit(Edit(25, "alpha", (0.03,)))
    mark = path.mark

    path.restore(before)
    assert path.changed_since(mark) == 25
    mark = path.mark
    path.restore(before)
    assert path.changed_since(mark) is None


def test_an_edit_of_the_same_step_in_place_of_another_is_a_change(path: Path) -> None:
    path.edit(Edit(10, "alpha", (0.02,)))
    mark = path.mark
    path.edit(Edit(10, "alpha", (0.04,)))

    assert path.changed_since(mark) == 10
