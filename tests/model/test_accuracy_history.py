"""What was measured stays as long as its step does."""

import pytest

from model.accuracy_history import AccuracyHistory, Point


@pytest.mark.parametrize(
    ("step", "kept"), [(0, []), (19, [0]), (20, [0, 19]), (50, [0, 19, 20]), (51, [0, 19, 20, 50])]
)
def test_another_future_takes_what_was_measured_from_its_first_step_on(
    step: int, kept: list[int]
) -> None:
    history = AccuracyHistory()
    for measured in (50, 0, 20, 19):
        history.add(Point(measured, 0.5, 0.1))

    history.forget_from(step)

    assert [point.step for point in history.points] == kept
