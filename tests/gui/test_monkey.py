"""A short run of the monkey: `make monkey` makes long ones."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from tests.monkey.monkey import Monkey


def test_what_is_done_at_random_leaves_true_numbers_and_no_complaint(
    qapp: QApplication, tmp_path: Path
) -> None:
    monkey = Monkey(seed=5, folder=tmp_path, with_mnist=False)
    monkey.run(150)
    assert monkey.faults == []
