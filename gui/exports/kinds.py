"""What is on the bench can be saved as: a table, one row a kind."""

from __future__ import annotations

from typing import NamedTuple

from model.door import mark
from model.files.export import Style


class ExportKind(NamedTuple):
    """A kind of file.

    Attributes
    ----------
    key : str
        The name of its command.
    text : str
        Its entry in the menu.
    words : str
        What files of the kind are called in the dialog.
    ending : str
        The end of their names.
    style : str
        How a program is written.
    whole : bool
        Whether it has all steps of the path, and not those up to the moment alone.
    """

    key: str
    text: str
    words: str
    ending: str
    style: Style = "python"
    whole: bool = False


KINDS = (
    ExportKind(
        "export_trace", mark("&Trace as a table…"), mark("Tables of numbers"), ".csv", whole=True
    ),
    ExportKind(
        "export_experiment", mark("A copy of the &experiment…"), mark("Experiments"), ".json"
    ),
    ExportKind("export_python", mark("Program in plain &Python…"), mark("Python programs"), ".py"),
    ExportKind(
        "export_numpy", mark("Program with &NumPy…"), mark("Python programs"), ".py", "numpy"
    ),
    ExportKind(
        "export_pytorch", mark("Program for P&yTorch…"), mark("Python programs"), ".py", "pytorch"
    ),
    ExportKind("export_formulas", mark("&Formulas with numbers…"), mark("Texts"), ".txt"),
)
