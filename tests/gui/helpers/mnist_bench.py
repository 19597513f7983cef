"""What tests of MNIST in the window share: small files in its form, and answers to its dialog."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from gui.files.mnist_dialog import MnistDialog
from model.files.mnist import MNIST_FILES
from tests.model.test_digits import image_file, label_file

N_TRAIN, N_TEST = 1000, 20


def write_mnist(folder: Path) -> Path:
    """MNIST's four files, with as many images as "Digits, MNIST" asks for."""
    folder.mkdir(parents=True)
    for name, content in zip(MNIST_FILES, _contents(), strict=True):
        (folder / f"{name}.gz").write_bytes(content)
    return folder


@cache
def _contents() -> tuple[bytes, ...]:
    files = (image_file(N_TRAIN, 28), label_file(N_TRAIN), image_file(N_TEST, 28))
    return tuple(gzip.compress(file, 1) for file in (*files, label_file(N_TEST)))


def spoil(folder: Path) -> None:
    """Cut one of the files short."""
    file = folder / f"{MNIST_FILES[0]}.gz"
    file.write_bytes(file.read_bytes()[:-40])


def write_experiment(file: Path, source: str, count: int) -> Path:
    """An experiment of its own on a set of images."""
    text = {
        "format": "weightbench/experiment", "version": 1, "name": file.stem, "order": "shuffle",
        "examples": {"source": source, "count": count}, "weights": "zeros", "alpha": 0.01,
    }  # fmt: skip
    file.write_text(json.dumps(text))
    return file


@contextmanager
def answered(click: Callable[[MnistDialog], object]) -> Iterator[list[str]]:
    """Answer the dialog whenever it is there; what it said is gathered."""
    said: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, MnistDialog):
            said.append(dialog.message.text())
            click(dialog)

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(5)
    try:
        yield said
    finally:
        timer.stop()


def cancel(dialog: MnistDialog) -> None:
    """Leave it without MNIST."""
    dialog.cancel_button.click()


def take_small_digits(dialog: MnistDialog) -> None:
    """Take the 8x8 digits instead."""
    dialog.small_button.click()
