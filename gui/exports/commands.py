"""The commands that take something away from the bench: a table like that of the window."""

from __future__ import annotations

from functools import partial
from typing import Protocol

from gui.exports.exporter import Exporter
from gui.exports.kinds import KINDS, ExportKind
from gui.exports.moments import copy_moment, paste
from gui.files.documents import Documents
from gui.session import Session
from gui.session.commands import Command
from model.door import mark

MENU = "Export"


class Bench(Protocol):
    """What the commands need of the window."""

    session: Session
    documents: Documents
    exporter: Exporter


def _is_free(bench: Bench) -> bool:
    """Whether anything may be taken out; while a prediction is open it may not."""
    return not bench.session.playback.locked


def _ask(kind: ExportKind, bench: Bench) -> None:
    bench.exporter.ask(kind)


def _choose_paper(bench: Bench, on_paper: bool) -> None:
    """Have pictures in the light theme, or as the window is."""
    bench.exporter.on_paper = on_paper


EXPORT_COMMANDS: tuple[Command[Bench], ...] = (
    *(Command(kind.key, MENU, kind.text, partial(_ask, kind), (), _is_free) for kind in KINDS),
    Command(
        "picture", MENU, mark("Pict&ure of the window…"), lambda on: on.exporter.ask_picture(),
        ("Ctrl+P",), _is_free, starts_group=True,
    ),
    Command(
        "paper_pictures", MENU, mark("Pictures in the &light theme"), _choose_paper, checkable=True
    ),
    Command(
        "copy_moment", "Edit", mark("Copy this &moment"),
        lambda on: copy_moment(on.session, on.documents), ("Ctrl+Shift+M",), _is_free,
    ),
    Command(
        "paste", "Edit", mark("&Paste"), lambda on: paste(on.session, on.documents),
        ("Ctrl+V", "Shift+Ins"),
    ),
)  # fmt: skip
