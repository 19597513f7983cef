"""The readers that need Qt: the bench, pictures, settings, what is pasted, and the command line."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from functools import cache
from pathlib import Path
from unittest import mock

import numpy as np
from PySide6.QtCore import (
    QBuffer,
    QIODevice,
    QMessageLogContext,
    QMimeData,
    QSettings,
    QtMsgType,
    QUrl,
    qInstallMessageHandler,
)
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QMainWindow, QSplitter

import gui.__main__ as command_line
from gui.app import application
from gui.files.dropped import local_files
from gui.files.settings import Settings
from gui.pictures.image_file import ImageError, read_gray
from gui.session import Session
from gui.session.paste import paste_inputs, paste_targets, paste_weights
from model.errors import ExperimentError
from model.experiment import Experiment
from model.files.export import WRITERS, ExportError
from model.files.kept.shelf import Shelf
from model.files.library import open_experiment
from model.ink import read_picture
from model.words import numbers

_SHAPE = (8, 8)
_HARMLESS = ("does not support propagateSizeHints",)


@contextmanager
def no_warnings(ignore: tuple[str, ...] = _HARMLESS) -> Iterator[None]:
    """Raise what Qt says of what it was given."""
    said: list[str] = []

    def note(kind: QtMsgType, _: QMessageLogContext, message: str) -> None:
        if kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg):
            said.append(message)

    before = qInstallMessageHandler(note)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
    said = [message for message in said if not any(part in message for part in ignore)]
    assert not said, f"Qt says {said[0]}"


@cache
def _session() -> Session:
    application()
    return Session(open_experiment("Several inputs and outputs"))


def typed(content: bytes) -> str:
    """Bytes as a text that a keyboard or a clipboard may bring: also halves of letters."""
    try:
        return content.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return content.decode("latin-1")


# -- the bench -------------------------------------------------------------------------------------


def put_on_bench(content: bytes, folder: Path) -> str:
    """Open a file on a bench, and run it a little."""
    file = folder / "session.json"
    file.write_bytes(content)
    session = _session()
    with no_warnings():
        try:
            experiment = open_experiment(str(file))
            if not experiment.is_quick:
                return ""
            session.open(experiment)
        except ExperimentError as error:
            return str(error)
        session.playback.pause()
        session.playback.take(3)
        session.playback.seek(1)
        view = session.view
        view.check_for(experiment, view.values())
    return ""


# -- pictures --------------------------------------------------------------------------------------


@cache
def pictures(kind: str) -> tuple[bytes, ...]:
    """A few small pictures of a kind, in colours, grey, black and white, and seen through."""
    image = QImage(28, 36, QImage.Format.Format_ARGB32)
    image.fill(QColor("white"))
    for at in range(6, 30):
        for across in range(12, 16):
            image.setPixelColor(across, at, QColor(20, 20, at * 8))
    formats = QImage.Format
    kept = []
    for shape in (
        formats.Format_RGB32, formats.Format_Grayscale8, formats.Format_Mono,
        formats.Format_Indexed8, formats.Format_ARGB32, formats.Format_RGBA64,
    ):  # fmt: skip
        for quality in (-1, 30):
            buffer = QBuffer()
            buffer.open(QIODevice.OpenModeFlag.WriteOnly)
            converted = image.convertToFormat(shape)
            # PySide's stubs want bytes, which it refuses.
            converted.save(buffer, kind.upper(), quality)  # type: ignore[call-overload]
            kept.append(bytes(buffer.data().data()))
    return tuple(dict.fromkeys(kept))


def read_picture_file(content: bytes, folder: Path) -> str:
    """Read a picture, and which digit it is."""
    file = folder / "picture"
    file.write_bytes(content)
    # Decoders log what is wrong with a picture, beside saying that it is damaged.
    with no_warnings(ignore=("",)):
        try:
            ink = read_gray(file)
        except ImageError as error:
            return str(error)
    assert ink.min() >= 0.0
    assert ink.max() <= 1.0
    try:
        reading = read_picture(np.ones((10, 64)), ink, _SHAPE)
    except ValueError as error:
        return str(error)
    assert np.isfinite(reading.scores).all()
    return ""


# -- settings --------------------------------------------------------------------------------------


_SETTINGS = rb"""[General]
theme=dark
steps_a_second=5
recent="[\"/somewhere/a.json\"]"
folder=/somewhere
lower_height=200
lower_folded=yes
mnist_folder=/somewhere
set_aside=/x/old.json
edited=yes
last_file=/somewhere/x.json

[layout]
window=@ByteArray(\x1\xd9\xd0\xcb\0\x3\0\0\0\0\0\0)
side=@ByteArray(\0\0\0\xff\0\0\0\x1\0\0\0\x2\0\0\x2X\0\0\0\xc8)
"""
_OTHER_SETTINGS = rb"""[General]
theme=@Variant(\0\0\0\x2\0\0\0*)
recent=a, b, c
steps_a_second=@Invalid()
folder=@DateTime(\0\0\0\x10)
"""


def settings_files() -> tuple[bytes, ...]:
    """The file of settings as the window writes it, and one that it never would."""
    return _SETTINGS, _OTHER_SETTINGS


def read_settings(content: bytes, folder: Path) -> str:
    """Read all that is remembered, and use it."""
    application()
    place = folder / "settings"
    (place / "Weightbench").mkdir(parents=True, exist_ok=True)
    file = place / "Weightbench" / "Weightbench.ini"
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(place))
    file.write_bytes(content)
    with no_warnings():
        settings = Settings()
        settings.write()
        assert settings.theme in ("system", "light", "dark", "projector")
        assert settings.speed is None or settings.speed > 0
        assert all(path.is_absolute() for path in settings.recent)
        for path in (settings.mnist_folder, settings.folder):
            assert path is None or path.is_absolute()
        assert 0 <= settings.lower_height < 10_000
        assert settings.lower_folded in (True, False, None)
        splitter, window = QSplitter(), QMainWindow()
        splitter.restoreState(settings.layout("side"))
        window.restoreGeometry(settings.layout("window"))
        settings.take_over_old_bench(Shelf(folder / "benches"))
    return ""


# -- what is pasted --------------------------------------------------------------------------------

ROWS = (
    b"1\t2\t3", b"0.5;1,5;2", b"1\n2\n3\n", b"[0.1, 0.2, 0.3, 0.4]", b"1 2\n3 4", b"file:///somewhere/x",
    b"(1, 2)", b"1,2,3", b"file:///somewhere/a.json\r\nfile:///somewhere/b.png", b"http://a/b",
)  # fmt: skip


def paste(content: bytes, folder: Path) -> str:
    """Paste a text at the inputs, targets and weights of a bench."""
    session, text = _session(), typed(content)
    said: list[str] = []
    data = QMimeData()
    with no_warnings():
        data.setText(text)
        data.setUrls([QUrl(line) for line in text.split("\n")[:5]])
        assert all(isinstance(file, Path) for file in local_files(data))
        try:
            values = numbers.parse_row(text)
        except ValueError as error:
            return str(error)
        session.notices.refused.connect(said.append)
        done = [
            paste_inputs(session, 0, values), paste_targets(session, 0, values),
            paste_weights(session, 0, 0, values),
        ]  # fmt: skip
        session.notices.refused.disconnect(said.append)
    assert all(done) or said
    return "" if all(done) else said[0]


# -- the command line ------------------------------------------------------------------------------

CALLS = (
    b"Freezing one weight\0--trace\0003\0--json", b"--list", b"--version", b"--help",
    b"one.json\0--trace=5", b"Digits, 8x8\0--read\0one.png\0two.png\0--json\0--steps\0009",
    b"several\0--steps\0005\0--export\0out.csv", b"--export\0w.weights.csv",
    b"--screenshot\0p.png\0--size\0001280x800\0--theme\0dark", b"--theme\0light\0--steps=7",
)  # fmt: skip
_MAX_ARGUMENTS = 12


def call(content: bytes, folder: Path) -> str:
    """Call the program; no window is opened, and nothing is written."""
    # What the system hands over has no NUL in it, and may be no text.
    arguments = [os.fsdecode(part) for part in content.split(b"\0")[:_MAX_ARGUMENTS]]
    out, err = io.StringIO(), io.StringIO()
    before = Path.cwd()
    os.chdir(folder)
    try:
        with (
            mock.patch.multiple(
                command_line, MAX_STEPS=50, _app=lambda: _NoWindow, export=_no_export,
                drop_output=lambda: None,
            ),
            redirect_stdout(out), redirect_stderr(err),
        ):  # fmt: skip
            status = command_line.main(arguments)
    finally:
        os.chdir(before)
    said = err.getvalue()
    assert status in (0, 2), f"exit status {status}"
    assert status == 0 or said.startswith("weightbench: "), said
    assert said.count("\n") < 2 or any(one.startswith("--r") for one in arguments), said
    return said.partition("\n")[0] if status else ""


class _NoWindow:
    """Stands for the window, which the monkey uses at random."""

    @staticmethod
    def run(name: str | None, *_: object) -> int:
        if name is not None:
            open_experiment(name)
        return 0

    @staticmethod
    def screenshot(*_: object) -> str:
        return ""


def _no_export(experiment: Experiment, n_steps: int, file: Path, *_: object) -> None:
    """Check what would be written, and where: names of files are as random as all else."""
    if file.suffix.lower() not in WRITERS:
        raise ExportError("no such format")
