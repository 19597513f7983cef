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


def history_of(*accuracies: float, apart: int = 100) -> AccuracyHistory:
    history = AccuracyHistory()
    for at, accuracy in enumerate(accuracies):
        history.add(Point(at * apart, accuracy, 1 - accuracy))
    return history


def test_the_best_is_the_first_of_the_highest() -> None:
    assert AccuracyHistory().best is None
    best = history_of(0.1, 0.7, 0.6, 0.7).best
    assert best is not None
    assert (best.step, best.accuracy) == (100, 0.7)
    assert best.error == pytest.approx(0.3)


def test_the_best_is_never_thinned_out() -> None:
    history = AccuracyHistory(most=5)
    for step in range(40):
        history.add(Point(step, 0.9 if step == 7 else 0.5, 0.1))

    assert len(history.points) == 5
    assert history.best == Point(7, 0.9, 0.1)
    assert history.points[0].step == 0
    assert history.points[-1].step == 39


@pytest.mark.parametrize(
    ("accuracies", "falls"),
    [
        ((0.1, 0.5, 0.77, 0.75, 0.72, 0.70, 0.68, 0.66), True),
        ((0.1, 0.5, 0.7, 0.75, 0.77), False),  # still rising
        ((0.1, 0.77, 0.70, 0.69), False),  # not for long
        ((0.1, 0.77, 0.70, 0.69, 0.68, 0.765), False),  # up again
        ((0.1, 0.5, 0.77, 0.769, 0.768, 0.769, 0.768, 0.767), False),  # no more than chance
        ((0.1,), False),
        ((), False),
    ],
)
def test_a_decline_is_long_and_more_than_chance(accuracies: tuple[float, ...], falls: bool) -> None:
    history = history_of(*accuracies)

    found = history.decline(n_images=1000)

    assert (found is not None) == falls
    if found is not None:
        assert found[0] == history.best
        assert found[1] == history.points[-1]
