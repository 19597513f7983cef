"""Pictures are written whole, and take the place of ordinary files alone."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPixmap
from pytestqt.qtbot import QtBot

from gui.files.pictures import save_picture


def picture() -> QPixmap:
    drawn = QPixmap(20, 10)
    drawn.fill(QColor("#336699"))
    return drawn


def test_a_picture_is_saved_and_replaced(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "a.png"
    file.write_bytes(b"older")
    assert save_picture(picture(), file) == ""
    assert QPixmap(str(file)).size() == picture().size()
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_or_a_device_is_refused_and_stays(qtbot: QtBot, tmp_path: Path) -> None:
    pipe, link = tmp_path / "pipe.png", tmp_path / "link.png"
    os.mkfifo(pipe)
    link.symlink_to("/dev/null")
    assert save_picture(picture(), pipe).endswith("a pipe, and only ordinary files are replaced")
    assert save_picture(picture(), link).endswith("a device, and only ordinary files are replaced")
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert link.is_symlink()
    assert sorted(tmp_path.iterdir()) == [link, pipe]


def test_a_folder_that_is_not_there_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    problem = save_picture(picture(), tmp_path / "none" / "a.png")
    assert problem.startswith("a.png could not be saved: No such file")
