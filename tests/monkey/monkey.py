"""The monkey: it presses, types, drags and drops, and notes whatever goes wrong."""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QMimeData,
    QPoint,
    QPointF,
    Qt,
    QTimer,
    QtMsgType,
    QUrl,
    Slot,
    qInstallMessageHandler,
)
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFileDialog,
    QLineEdit,
    QPushButton,
    QWidget,
)
from shiboken6 import isValid

from gui.files.mnist_dialog import MnistDialog
from gui.look.theme import TEXT_SIZES, THEMES, look
from gui.session.commands import CommandAction
from gui.window.window import Window
from model.files.experiment_file import dump
from model.files.library import builtin_names, open_experiment
from model.files.moments.text import moment_text
from model.path.saved import saved_path
from tests.monkey.oracle import check_bench

# Seconds of work on the window's thread in which nothing can be seen or done; and seconds that go
# by while it does not work, beyond all that other programs may take of the machine.
HANG_S = 0.3
STALL_S = 4.0
# Said by the offscreen platform of what only a real screen can do.
_HARMLESS = ("does not support propagateSizeHints", "does not support raise", "grabbing the")
_LEFT, _RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
_KEYS = [
    *map(Qt.Key, range(Qt.Key.Key_A.value, Qt.Key.Key_Z.value + 1)),
    *map(Qt.Key, range(Qt.Key.Key_0.value, Qt.Key.Key_9.value + 1)),
    Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Up,
    Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_Return,
    Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape, Qt.Key.Key_Delete, Qt.Key.Key_Plus,
    Qt.Key.Key_Minus, Qt.Key.Key_BracketLeft, Qt.Key.Key_BracketRight, Qt.Key.Key_F1,
]  # fmt: skip
_MODIFIERS = [
    Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier,
]  # fmt: skip
# What people type, and what they should not.
_TYPED = ["0", "-1", "0.5", "1e-9", "1e308", "1e999", "nan", "inf", "--", "", "1,5", "½", "9" * 40,
          "abc", "0x10", "\u2212 3", "#", "%s", "{}", "\u202e1"]  # fmt: skip

# Copied from somewhere, and pasted wherever it comes to.
_PASTED = [
    "1\t2\r\n3\t4\r\n", "1,5;2,5;3,5", "a\tb\n1\t2\n", "nan\t1e300", "", "x" * 10_000,
    "<b>&\U0001f600", "7", "1 2 3 4 5 6 7 8 9 10 11 12",
]  # fmt: skip
# So many of the dialogs are filled in and taken; the others are left by Esc.
_TAKEN = 0.3
# So many of the calls that led to an exception are told.
_PLACES_TOLD = 8


class Monkey:
    """One window, used at random from a seed.

    Attributes
    ----------
    faults : list of str
        What went wrong: exceptions, Qt's warnings, numbers that are not those of a plain loop.
    slow : list of (seconds, str)
        The actions that kept the window's thread busy longer than HANG_S, and with what.
    """

    def __init__(self, seed: int, folder: Path, with_mnist: bool) -> None:
        self._rng = random.Random(seed)
        self._folder = folder
        self.faults: list[str] = []
        self.slow: list[tuple[float, str]] = []
        self._last = "the start"
        self._names = [name for name in builtin_names() if with_mnist or "MNIST" not in name]
        self._files = _odd_files(folder)
        good = (folder / "good.json").read_text(encoding="utf-8")
        self._pasted = [*_PASTED, good, moment_text(good)]
        self.window = Window(open_experiment(self._names[0]))
        self.window.resize(1280, 800)
        # What opens a dialog waits until it is closed.
        self._closer = QTimer(self.window, interval=30)
        self._closer.timeout.connect(self._see_to_dialogs)

    def run(self, n_actions: int) -> None:
        """Do so many things, and check the bench now and then, and at the end."""
        hook, sys.excepthook = sys.excepthook, self._note_exception
        handler = qInstallMessageHandler(self._note_message)
        try:
            self.window.show()
            self._closer.start()
            for at in range(n_actions):
                self._act()
                if at % 500 == 499:
                    self._check()
            self._check()
        finally:
            self._closer.stop()
            self._close()
            qInstallMessageHandler(handler)
            sys.excepthook = hook

    def _act(self) -> None:
        deeds: list[tuple[int, Callable[[], str]]] = [
            (30, self._click), (20, self._press_key), (8, self._type), (10, self._drag),
            (8, self._turn_wheel), (8, self._command), (4, self._show_panel), (3, self._take_steps),
            (2, self._resize), (1, self._change_theme), (1, self._change_text_size),
            (1, self._open), (2, self._drop), (2, self._paste),
        ]  # fmt: skip
        (deed,) = self._rng.choices([do for _, do in deeds], [weight for weight, _ in deeds])
        self._last = deed.__name__
        start, began = time.thread_time(), time.monotonic()
        try:
            self._last = deed() or self._last
            for _ in range(2):
                QCoreApplication.processEvents()
        except Exception as error:  # noqa: BLE001 -- whatever it is, it is what is looked for
            self._note(f"{type(error).__name__}: {error}")
        seconds = time.thread_time() - start
        waited = time.monotonic() - began - seconds
        if seconds > HANG_S:
            self.slow.append((seconds, self._last))
        elif waited > max(STALL_S, 20 * seconds):
            self.slow.append((waited, f"{self._last}: waited for something"))
        if not self.window.isVisible():
            self.window.show()

    # -- what it does -----------------------------------------------------------------------

    def _somewhere(self) -> tuple[QWidget, QPoint]:
        """A widget and a place in it, as a mouse would find it."""
        size = self.window.size()
        x, y = self._rng.randrange(size.width()), self._rng.randrange(size.height())
        widget = self.window.childAt(x, y) or self.window
        return widget, widget.mapFrom(self.window, QPoint(x, y))

    def _click(self) -> str:
        widget, place = self._somewhere()
        button = self._rng.choices([_LEFT, _RIGHT], [9, 1])[0]
        click = self._rng.choices([QTest.mouseClick, QTest.mouseDClick], [5, 1])[0]
        click(widget, button, self._rng.choice(_MODIFIERS), place)
        return f"click on {_called(widget)}"

    def _press_key(self) -> str:
        widget = QApplication.focusWidget() or self.window
        key, modifiers = self._rng.choice(_KEYS), self._rng.choice(_MODIFIERS)
        QTest.keyClick(widget, key, modifiers)
        return f"{modifiers.name} {key.name} on {_called(widget)}"

    def _type(self) -> str:
        text = self._rng.choice(_TYPED)
        widget = QApplication.focusWidget() or self.window
        QTest.keyClick(widget, Qt.Key.Key_Return)
        editor = QApplication.focusWidget() or self.window
        for letter in text:
            # QTest's own aborts at letters that are in no key.
            if letter.isascii():
                QTest.keyClicks(editor, letter)
        QTest.keyClick(editor, Qt.Key.Key_Return)
        return f"{text!r} typed on {_called(editor)}"

    def _drag(self) -> str:
        widget, place = self._somewhere()
        QTest.mousePress(widget, _LEFT, Qt.KeyboardModifier.NoModifier, place)
        for _ in range(self._rng.randrange(1, 6)):
            place = place + QPoint(self._rng.randrange(-60, 61), self._rng.randrange(-60, 61))
            QTest.mouseMove(widget, place)
        QTest.mouseRelease(widget, _LEFT, Qt.KeyboardModifier.NoModifier, place)
        return f"drag on {_called(widget)}"

    def _turn_wheel(self) -> str:
        widget, place = self._somewhere()
        turn = self._rng.choice([-1200, -120, 15, 120, 1200])
        there = QPointF(widget.mapToGlobal(place))
        event = QWheelEvent(
            QPointF(place), there, QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton,
            self._rng.choice(_MODIFIERS), Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(widget, event)
        return f"wheel on {_called(widget)}"

    def _command(self) -> str:
        action = self._rng.choice(self.window.findChildren(CommandAction))
        if action.objectName() != "quit" and action.isEnabled():
            action.trigger()
        return f"command {action.objectName()}"

    def _show_panel(self) -> str:
        view = self.window.session.view
        panel = self._rng.choice(view.panels)
        view.show(panel=panel)
        return f"panel {panel}"

    def _take_steps(self) -> str:
        n = self._rng.choice([1, 7, 100, 2000])
        playback = self.window.session.playback
        # Longer paths are for benchmarks: here it is how things follow each other.
        if playback.length < 50_000:
            playback.take(n)
        playback.seek(self._rng.randrange(playback.length + 1))
        return f"take {n}"

    def _resize(self) -> str:
        width, height = self._rng.choice(
            [(1024, 768), (1280, 800), (1920, 1080), (1000, 660), (400, 300), (3000, 700)]
        )
        self.window.resize(width, height)
        return f"resize {width}x{height}"

    def _change_theme(self) -> str:
        theme = self._rng.choice([*THEMES, "system"])
        look.choose(theme)
        return f"theme {theme}"

    def _change_text_size(self) -> str:
        look.choose_text_size(self._rng.choice(TEXT_SIZES))
        return f"text {look.text_size} %"

    def _open(self) -> str:
        name = self._rng.choice(self._names)
        self.window.session.edits.mark_saved()
        self.window.documents.open(name)
        return f"open {name}"

    def _drop(self) -> str:
        file = self._rng.choice(self._files)
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(file))])
        middle = self.window.rect().center()
        copy, no_keys = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(self.window, QDragEnterEvent(middle, copy, mime, _LEFT, no_keys))
        QApplication.sendEvent(self.window, QDropEvent(QPointF(middle), copy, mime, _LEFT, no_keys))
        return f"drop {file.name}"

    def _paste(self) -> str:
        """Press Ctrl+V where the focus is, or on a table of numbers, after something was copied."""
        text = self._rng.choice(self._pasted)
        QApplication.clipboard().setText(text)
        tables = [t for t in self.window.findChildren(QAbstractItemView) if t.isVisible()]
        widget = QApplication.focusWidget() or self.window
        if tables and self._rng.random() < 0.5:
            widget = self._rng.choice(tables)
        QTest.keyClick(widget, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        return f"{text[:20]!r} pasted on {_called(widget)}"

    @Slot()
    def _see_to_dialogs(self) -> None:
        """Type something into a dialog, and leave it by Esc or by its button; close a menu."""
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            target = QApplication.focusWidget() or dialog
            QTest.keyClick(target, self._rng.choice(_KEYS))
            # Those that ask for a file would write where they please.
            if not isinstance(dialog, QFileDialog) and self._rng.random() < _TAKEN:
                self._fill_in(dialog)
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
            if dialog.isVisible():
                dialog.close()

    def _fill_in(self, dialog: QWidget) -> None:
        """Write something into one of its lines, and press the button that it offers."""
        lines = [line for line in dialog.findChildren(QLineEdit) if line.isVisible()]
        if lines:
            self._rng.choice(lines).setText(self._rng.choice(_TYPED))
        offered = [b for b in dialog.findChildren(QPushButton) if b.isDefault() and b.isEnabled()]
        # Those that may begin a download are left alone.
        if offered and not isinstance(dialog, MnistDialog):
            QTest.mouseClick(offered[0], _LEFT)

    # -- what it notes ----------------------------------------------------------------------

    def _check(self) -> None:
        self.window.documents.opener.wait()
        try:
            check_bench(self.window.session, self._folder / "checked.json")
        except Exception as error:  # noqa: BLE001 -- as above
            self._note(f"{type(error).__name__}: {error}")

    def _close(self) -> None:
        self.window.session.edits.mark_saved()
        self.window.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        look.choose("light")
        look.choose_text_size(TEXT_SIZES[0])
        look.choose_motion(None)

    def _note(self, fault: str) -> None:
        self.faults.append(f"after {self._last}: {fault}")

    def _note_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        places = []
        while trace is not None:
            code = trace.tb_frame.f_code
            places.append(f"{Path(code.co_filename).name}:{trace.tb_lineno}")
            trace = trace.tb_next
        self._note(f"{kind.__name__}: {error} in {' > '.join(places[-_PLACES_TOLD:])}")

    def _note_message(self, _: QtMsgType, __: QMessageLogContext, message: str) -> None:
        if not any(harmless in message for harmless in _HARMLESS):
            self._note(f"Qt: {message}")


def _called(widget: QWidget) -> str:
    kind = type(widget).__name__
    # An editor may be gone with the very key that ends it.
    if not isValid(widget):
        return kind
    return f"{kind} {widget.accessibleName() or widget.objectName()}".strip()


def _odd_files(folder: Path) -> list[Path]:
    """Files to drop: good ones, damaged ones, and things that are no files."""
    good = open_experiment("Several outputs")
    path = saved_path(good)
    path.extend(20)
    contents = {
        "good.json": dump(good, path, 10, 20, {}).encode(),
        "cut.json": dump(good, path, 10, 20, {}).encode()[:200],
        "empty.json": b"",
        "list.json": b"[1, 2, 3]",
        "not.json": b"\x00\xff\xfe",
        "picture.png": b"\x89PNG\r\n\x1a\n" + bytes(40),
        "picture.jpg": b"\xff\xd8\xff\xe0" + bytes(40),
        "text.txt": b"weights\n",
        "table.csv": b"a;b;c\r\n1,5;2;x\r\n2;;y\r\n3;4;x\r\n",
        "old.weights.csv": b"output,a,b\nc,1,nan\n",
        "set.idx": b"\0\0\x08\x03" + (8).to_bytes(4, "big") * 3 + bytes(range(256)) * 2,
        "lesson.md": b"+++\ntitle = 1\n",
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    (folder / "folder.json").mkdir(exist_ok=True)
    others = ["folder.json", "gone.json"]
    if hasattr(os, "mkfifo"):
        others.append("pipe.csv")
        with suppress(FileExistsError):
            os.mkfifo(folder / "pipe.csv")
    return [folder / name for name in (*contents, *others)]
