"""Steps as people name them."""

import pytest

from model.path.memory import MAX_STEPS
from model.words.going import step_named


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("0", 0), (" 1200 ", 1200), ("1,200", 1200), ("1 200", 1200), ("step 7", 7),
        ("Step 1,000", 1000), ("epoch 1", 0), ("Epoch 3", 8), ("epoch  2", 4),
        ("1000000000", MAX_STEPS), ("٣", 3),
    ],
)  # fmt: skip
def test_a_step_is_named_by_its_number_or_its_epoch(text: str, step: int) -> None:
    assert step_named(text, 4) == step


@pytest.mark.parametrize(
    "text", ["", "-1", "1.5", "epoch", "epoch x", "last", "²", "1e3", "9" * 400, "step", "4 epochs"]
)
def test_what_names_no_step_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"names no step|longer than"):
        step_named(text, 4)


def test_epochs_begin_with_1_and_end_with_the_longest_path() -> None:
    with pytest.raises(ValueError, match="counted from 1"):
        step_named("epoch 0", 4)
    with pytest.raises(ValueError, match="no path is longer than 1,000,000,000 steps"):
        step_named("epoch 1000000000", 60_000)
