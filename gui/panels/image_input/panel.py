"""The card of the image on the bench: see it, draw it, load it, say what it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from PySide6.QtCore import QMimeData, QRect, Qt, Slot
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui.look.theme import look
from gui.panels.following import Following
from gui.panels.image_input.drawing_paper import DrawingPaper
from gui.panels.image_input.even_grid import EvenGrid
from gui.panels.image_input.image_origin import ImageOrigin
from gui.panels.image_input.seen_ink import SeenInk
from gui.panels.image_input.target_row import TargetRow
from gui.pictures.image_file import file_patterns, gray_of, read_gray
from gui.session import Session
from gui.widgets.background import Background, Cancelled
from gui.widgets.buttons import keep_width, quiet_button
from gui.widgets.text_line import TextLine
from gui.widgets.whereabouts import rect_in
from model.door import mark, say
from model.files.kept.bench import usable_path
from model.files.mnist import mnist_folder_of
from model.image_input import centred
from model.ink import picture_input
from model.ink.picture import PictureInput
from model.network import Floats
from model.words import numbers, pictures
from model.words.parts import Part

# Fewer where the card is narrow.
_TOOLS_A_ROW, _ROOM_FOR_TOOLS = (4, 3, 2), 190
_TO_PUBLISHED = mark("Back to the published image and label")


class InputImage(QFrame):
    """Shows the inputs of the current example as an image, and everything to change it with."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._origin = ImageOrigin(session)
        self._folder = str(Path.home())
        self._loading = Background((ValueError,), self)
        self._loading.finished.connect(self._put)
        self._loading.failed.connect(self._refuse)
        self.setObjectName("panel")
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.caption = TextLine(Qt.AlignmentFlag.AlignHCenter)
        self.paper = DrawingPaper(session)
        self.seen_ink = SeenInk(self.paper)
        self.note = TextLine(Qt.AlignmentFlag.AlignHCenter)
        self.targets = TargetRow(session)
        self._make_buttons()
        self._lay_out()
        session.view.changed.connect(self._look_changed)
        look.follow(self, self._restyle)
        self._restyle()
        self._following = Following(
            session, self, self._refresh, self._rebuild, self._describe, forget=self._loading.drop
        )
        self._following.catch_up()

    # -- construction -------------------------------------------------------------------

    def _make_buttons(self) -> None:
        self.previous = quiet_button("‹", say("Previous example"))
        self.next = quiet_button("›", say("Next example"))
        self.draw = quiet_button(
            say("Draw"), say("Draw with the left button; the right one erases"), checkable=True
        )
        self.erase = quiet_button(say("Erase"), say("Erase with the left button"), checkable=True)
        self.clear = quiet_button(say("Clear"), say("Make every pixel paper"))
        self.invert = quiet_button(say("Invert"), say("Swap ink and paper"))
        self.centre = quiet_button(
            say("Centre"), say("Move the ink to where the data set's images have theirs")
        )
        self.load = quiet_button(say("Load…"), say("Load a picture from a file, or drop one here"))
        self.paste = quiet_button(say("Paste"), say("Paste an image from the clipboard (Ctrl+V)"))
        self.reset = quiet_button(say("Reset"), say(_TO_PUBLISHED))
        for button, pressed in (
            (self.previous, self._visit_previous), (self.next, self._visit_next),
            (self.clear, self._clear), (self.invert, self._invert), (self.centre, self._centre),
            (self.load, self.ask_load), (self.paste, self.paste_image), (self.reset, self._reset),
        ):  # fmt: skip
            button.clicked.connect(pressed)
        for button in (
            self.previous, self.next, self.draw, self.erase, self.clear, self.invert, self.centre,
            self.load, self.paste, self.reset,
        ):  # fmt: skip
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._tool_choice = QButtonGroup(self)
        for tool in (self.draw, self.erase):
            self._tool_choice.addButton(tool)
        self.draw.setChecked(True)
        self.erase.toggled.connect(self._choose_tool)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(2)
        top.addWidget(self.previous)
        top.addWidget(self.caption, 1)
        top.addWidget(self.next)
        tools = EvenGrid(
            (
                self.draw, self.erase, self.clear, self.invert, self.centre, self.load,
                self.paste, self.reset,
            ),
            _TOOLS_A_ROW, _ROOM_FOR_TOOLS,
        )  # fmt: skip
        self._column = QVBoxLayout(self)
        self._column.addLayout(top)
        self._column.addWidget(self.paper, 1)
        self._column.addWidget(self.note)
        self._column.addWidget(tools)
        self._column.addWidget(self.targets)

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [
            self.previous, self.next, self.paper, self.seen_ink, self.draw, self.erase, self.clear,
            self.invert, self.centre, self.load, self.paste, self.reset, *self.targets.tab_stops,
        ]  # fmt: skip

    def locate(self, part: Part) -> QRect | None:
        """Where one of the named parts is; None while it is out of sight."""
        if part.family == "pixel":
            row, column = part.cell
            return rect_in(self, self.paper, self.paper.pixel_rect(row, column))
        if part.family == "label":
            buttons = self.targets.buttons
            return rect_in(self, buttons[part.cell[0]] if buttons else self.targets.choice)
        return rect_in(self, self)

    # -- showing ------------------------------------------------------------------------

    @Slot(str)
    def _look_changed(self, name: str) -> None:
        if name == "pixel" and self._following.in_sight:
            self.paper.update()
            self._say_pixel()

    def _rebuild(self) -> None:
        self.paper.begin()
        self.targets.rebuild()

    def _refresh(self) -> None:
        if self._shape is None:
            return
        self.paper.update()
        self.targets.refresh()
        many = len(self._session.path.setup.examples) > 1
        self.previous.setEnabled(many)
        self.next.setEnabled(many)
        self._offer_reset()
        picture = self.seen_ink.picture
        if picture is not None and not np.array_equal(self._session.seen.inputs, picture.inputs):
            self.seen_ink.forget()
        self.caption.set_text(self._origin.caption)
        self._say_pixel()

    @Slot()
    def _restyle(self) -> None:
        px = look.theme.px
        self._column.setContentsMargins(px(10), px(10), px(10), px(10))
        self._column.setSpacing(px(4))
        # Nothing moves when its word changes.
        keep_width(self.reset, (say("Reset"), say("Leave")))

    @property
    def _shape(self) -> tuple[int, int] | None:
        return self._session.experiment.image_shape

    def _offer_reset(self) -> None:
        """One button for the way back: to the published example, or to the one a guest hides."""
        origin, session = self._origin, self._session
        guest = session.state.example is None
        hidden = session.state.setup.schedule.index(session.playback.position) + 1
        tip = say("Back to example {number:,}", number=hidden) if guest else say(_TO_PUBLISHED)
        # After Learn alone the image of the step before is in sight, and stays as it was used.
        made = session.playback.learned
        self.reset.setEnabled(not made and (guest or origin.edited or origin.retaught))
        # In a run this is asked with every frame.
        if tip != self.reset.toolTip():
            self.reset.setText(say("Leave") if guest else say("Reset"))
            self.reset.setToolTip(tip)
            self.reset.setAccessibleName(tip)

    def _describe(self) -> None:
        inked = int(np.count_nonzero(self._session.seen.inputs))
        caption, edited = self._origin.caption.replace(" ·", ""), self._origin.edited
        sentence = mark("Input image, {caption} and edited, {inked:,} pixels inked")
        if not edited:
            sentence = mark("Input image, {caption}, {inked:,} pixels inked")
        self.paper.setAccessibleName(say(sentence, caption=caption, inked=inked))

    def _say_pixel(self) -> None:
        pixel = self._session.view.pixel
        n_inputs = len(self._session.experiment.inputs)
        if pixel is None or self._shape is None:
            # In the caption it would be the word that is cut off beside a long number.
            self.note.set_text(say("{n:,} inputs · {hint}", n=n_inputs, hint=self._origin.hint))
            return
        row, column = divmod(pixel, self._shape[1])
        value = numbers.plain(float(self._session.seen.inputs[pixel]), 3)
        self.note.set_text(
            say("row {row}, column {column} · {value}", row=row, column=column, value=value)
        )

    # -- changes ------------------------------------------------------------------------

    @Slot(bool)
    def _choose_tool(self, erasing: bool) -> None:
        self.paper.erasing = erasing

    @Slot()
    def _clear(self) -> None:
        self._draw(np.zeros(len(self._session.seen.inputs)), say("cleared"))

    @Slot()
    def _invert(self) -> None:
        self._draw(1.0 - np.clip(self._session.seen.inputs, 0.0, 1.0), say("inverted"))

    @Slot()
    def _centre(self) -> None:
        if self._shape is not None:
            self._draw(centred(self._session.seen.inputs, self._shape), say("centred"))

    @Slot()
    def _reset(self) -> None:
        published = self._origin.published
        if published is None or self._session.state.example is None:
            self._visit(0)
        else:
            self._session.playback.pause()
            self._session.edits.set_example(*published, say("reset the example"))

    def _draw(self, inputs: Floats, label: str) -> bool:
        """Put another image on the bench, without a label; False where that was refused."""
        session = self._session
        session.playback.pause()
        if np.array_equal(inputs, session.seen.inputs):
            return True
        return session.edits.draw(inputs, label)

    @Slot()
    def _visit_previous(self) -> None:
        self._visit(-1)

    @Slot()
    def _visit_next(self) -> None:
        self._visit(1)

    def _visit(self, by: int) -> None:
        """Go to a neighbour of the example whose turn it is, also of one that a guest hides."""
        session = self._session
        session.playback.pause()
        setup = session.state.setup
        here = setup.schedule.index(session.playback.position)
        session.edits.visit((here + by) % len(setup.examples))

    # -- images from outside ------------------------------------------------------------

    @Slot()
    def ask_load(self) -> None:
        """Let the user choose an image file."""
        chosen, _ = QFileDialog.getOpenFileName(
            self, say("Load an image"), self._folder,
            say("Images ({patterns});;All files (*)", patterns=file_patterns()),
        )  # fmt: skip
        if chosen:
            self._folder = str(Path(chosen).parent)
            self.load_file(Path(chosen))

    def load_file(self, file: Path) -> None:
        """Put the image of a file in place of the inputs; what is wrong with it is refused."""
        if self._shape is not None:
            # It is meant for the moment in which it was asked for.
            self._session.playback.pause()
            self._loading.start(partial(_from_file, file, self._shape))

    @Slot()
    def paste_image(self) -> None:
        """Put the image on the clipboard in place of the inputs."""
        if not self._take(QGuiApplication.clipboard().mimeData()):
            self._session.notices.refuse(say("paste: there is no image on the clipboard"))

    def _take(self, data: QMimeData | None) -> bool:
        """Load what was dropped or pasted; False where it is no image, or nothing at all."""
        if data is None:
            return False
        file = _file_in(data)
        if file is not None:
            self.load_file(file)
            return True
        image = data.imageData()
        if not isinstance(image, QImage) or image.isNull() or self._shape is None:
            return False
        self._session.playback.pause()
        self._loading.start(partial(_from_image, image, self._shape))
        return True

    @Slot(object)
    def _put(self, loaded: object) -> None:
        assert isinstance(loaded, _Loaded)
        picture = loaded.picture
        self._session.playback.pause()
        if self._session.edits.draw(picture.inputs, loaded.label):
            self.seen_ink.show_picture(loaded.gray, picture)
            words = " ".join((pictures.taken(picture), *pictures.doubts(picture)))
            self._session.notices.refuse(words)

    @Slot(object)
    def _refuse(self, error: object) -> None:
        self._session.notices.refuse(str(error))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_image()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # An experiment's file and MNIST are left to the window.
        data = event.mimeData()
        file = _file_in(data) if data is not None else None
        if file is None:
            is_image = data is not None and data.hasImage()
        else:
            is_image = file.suffix.lower() != ".json" and mnist_folder_of([file]) is None
        if is_image:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        if self._take(event.mimeData()):
            event.acceptProposedAction()


def _file_in(data: QMimeData) -> Path | None:
    urls = data.urls()
    alone = len(urls) == 1 and urls[0].isLocalFile()
    return usable_path(urls[0].toLocalFile()) if alone else None


@dataclass(frozen=True, eq=False)
class _Loaded:
    """A picture that came in the background: the words for undo, itself, and what it is read as."""

    label: str
    gray: Floats
    picture: PictureInput


def _from_file(file: Path, shape: tuple[int, int], cancelled: Cancelled) -> _Loaded:
    gray = read_gray(file, cancelled)
    try:
        return _Loaded(say("loaded {file}", file=file.name), gray, picture_input(gray, shape))
    except ValueError as error:
        raise ValueError(say("{file}: {problem}", file=file.name, problem=error)) from error


def _from_image(image: QImage, shape: tuple[int, int], _: Cancelled) -> _Loaded:
    gray = gray_of(image)
    try:
        return _Loaded(say("pasted an image"), gray, picture_input(gray, shape))
    except ValueError as error:
        raise ValueError(say("the pasted image: {problem}", problem=error)) from error
