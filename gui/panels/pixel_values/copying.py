"""The numbers of an image as tab-separated text, with the numbers of rows and columns."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from gui.session import Session
from model.door import say, written
from model.network import Floats
from model.words import numbers


def copy_numbers(session: Session, levels: int | None) -> None:
    """Put the image on the bench on the clipboard; ``levels`` as for ``table_text``."""
    shape = session.experiment.image_shape
    if shape is not None:
        text = table_text(session.state.inputs.reshape(shape), levels)
        QGuiApplication.clipboard().setText(text)


def table_text(values: Floats, levels: int | None) -> str:
    """A line for each row of the values (rows, cols), below a line with the columns.

    ``levels`` is the whole number that stands for 1; None writes the values themselves. Rows and
    columns are counted from 1.
    """
    head = [say("row"), *(str(column + 1) for column in range(values.shape[1]))]
    lines = ["\t".join(head)]
    for number, row in enumerate(values.tolist(), 1):
        texts = (
            numbers.exact(value) if levels is None else written(f"{value * levels:.10g}")
            for value in row
        )
        lines.append("\t".join([str(number), *texts]))
    return "\n".join(lines) + "\n"
