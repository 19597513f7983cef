"""The image on the bench: what the card shows, and how images come to it from outside."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QToolButton
from pytestqt.qtbot import QtBot

from gui.look.theme import look
from gui.panels.image_input.panel import InputImage
from gui.session import Session
from model.ink import picture_input
from model.network import Floats
from tests.gui.helpers.bench import builtin
from tests.gui.helpers.image_bench import SHAPE, digits_experiment, digits_session
from tests.gui.helpers.paper_bench import LEFT, drag, guest, image_of, middle, shown_card, stroke


@pytest.fixture
def session() -> Session:
    return digits_session()


@pytest.fixture
def card(qtbot: QtBot, session: Session) -> InputImage:
    return shown_card(qtbot, session)


def digit_file(folder: Path, name: str = "seven.png") -> Path:
    """A 7, black on white, 60 x 50 pixels."""
    image = QImage(50, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for row in range(10, 50):
        for column in range(12, 38):
            if row < 16 or abs(column - (40 - row * 0.5)) < 4:
                image.setPixelColor(column, row, QColor("black"))
    file = folder / name
    assert image.save(str(file))
    return file


def ink_in(file: Path) -> Floats:
    image = QImage(str(file))
    return np.array(
        [
            [1 - image.pixelColor(column, row).lightness() / 255 for column in range(image.width())]
            for row in range(image.height())
        ]
    )


class TestShowing:
    def test_the_inputs_are_ink_on_paper(self, card: InputImage, session: Session) -> None:
        picture = card.paper.grab().toImage()

        for row, values in enumerate(image_of(session)):
            for column, value in enumerate(values):
                shade = picture.pixelColor(middle(card, row, column)).lightness()
                assert shade == pytest.approx(255 * (1 - value), abs=1.5)

    @pytest.mark.parametrize("theme", ["dark", "projector"])
    def test_paper_stays_paper_in_every_theme(self, card: InputImage, theme: str) -> None:
        look.choose(theme)

        assert card.paper.grab().toImage().pixelColor(middle(card, 0, 7)).lightness() > 240

    def test_the_caption_counts_from_one_and_names_the_label(self, qtbot: QtBot) -> None:
        session = digits_session(n=1200)
        card = shown_card(qtbot, session)
        session.playback.take(1017)

        assert card.caption.text == "example 1,018 · labelled 7"

    def test_an_edited_image_is_called_so_until_it_is_reset(
        self, card: InputImage, session: Session
    ) -> None:
        published = session.state.inputs
        assert not card.reset.isEnabled()

        session.edits.set_input(9, 0.25)
        assert card.caption.text == "example 1 · labelled 0"
        assert card.note.text.endswith("inputs · edited")
        assert session.state.inputs[9] == 0.25

        card.reset.click()
        assert card.note.text.endswith("inputs · draw on it")
        assert (session.state.inputs == published).all()
        assert not card.reset.isEnabled()

    def test_a_guest_is_no_example(self, card: InputImage, session: Session) -> None:
        guest(session)

        assert card.caption.text == "your own image"
        assert card.note.text.endswith("inputs · Step would learn from it")

    def test_a_held_out_image_says_which_it_is_and_the_way_back(
        self, card: InputImage, session: Session
    ) -> None:
        digits = session.experiment.digits
        assert digits is not None
        session.playback.take(4)
        session.edits.look_at(digits.held_out_images[11], np.eye(10)[1], "held-out 1")

        assert card.caption.text == "held-out 12 · labelled 1"
        assert card.note.text.endswith("Step would learn from it")
        assert (card.reset.text(), card.reset.toolTip()) == ("Leave", "Back to example 5")

        card.targets.buttons[3].click()
        assert card.caption.text == "held-out 12 · 1, taught as 3"

        card.invert.click()
        assert card.caption.text == "your own image · no label yet"

        card.reset.click()
        assert card.caption.text == "example 5 · labelled 4"
        assert card.reset.text() == "Reset"

    def test_reset_takes_a_guest_off_the_bench(self, card: InputImage, session: Session) -> None:
        session.playback.take(4)
        guest(session)

        card.reset.click()

        assert card.caption.text == "example 5 · labelled 4"
        assert session.state.example == 4

    def test_it_is_told_in_words(self, qtbot: QtBot, card: InputImage, session: Session) -> None:
        inked = sum(value > 0 for row in image_of(session) for value in row)
        first = f"Input image, example 1 labelled 0, {inked} pixels inked"
        qtbot.waitUntil(lambda: card.paper.accessibleName() == first)

        session.edits.set_inputs(np.zeros(64), "cleared")

        cleared = "Input image, example 1 labelled 0 and edited, 0 pixels inked"
        qtbot.waitUntil(lambda: card.paper.accessibleName() == cleared)

        card.invert.click()

        own = "Input image, your own image no label yet, 64 pixels inked"
        qtbot.waitUntil(lambda: card.paper.accessibleName() == own)

    def test_everything_that_can_be_pressed_has_a_name(self, card: InputImage) -> None:
        buttons = card.findChildren(QToolButton)

        assert len(buttons) == 20
        assert len({one.accessibleName() for one in buttons}) == 20
        assert all(one.accessibleName() for one in buttons)

    def test_the_note_tells_the_pixel_under_the_mouse(
        self, card: InputImage, session: Session
    ) -> None:
        assert card.note.text == "64 inputs · draw on it"

        drag(card, middle(card, 3, 2))
        assert card.note.text == f"row 3, column 2 · {image_of(session)[3][2]:.3g}"

        QApplication.sendEvent(card.paper, QEvent(QEvent.Type.Leave))
        assert card.note.text == "64 inputs · draw on it"

    def test_the_note_tells_the_pixel_that_is_looked_into_elsewhere(
        self, card: InputImage, session: Session
    ) -> None:
        before = card.paper.grab().toImage()

        session.view.show(pixel=13)

        assert card.note.text == f"row 1, column 5 · {image_of(session)[1][5]:.3g}"
        assert card.paper.grab().toImage() != before
        QApplication.sendEvent(card.paper, QEvent(QEvent.Type.Leave))
        assert session.view.pixel == 13  # only what was pointed at here is taken back

    def test_it_follows_the_steps(self, card: InputImage, session: Session) -> None:
        session.playback.take(3)

        assert card.caption.text == "example 4 · labelled 3"

    def test_it_catches_up_when_it_is_shown_again(self, card: InputImage, session: Session) -> None:
        card.hide()
        session.playback.take(3)
        card.show()

        assert card.caption.text == "example 4 · labelled 3"
        assert card.targets.buttons[3].isChecked()

    def test_an_experiment_without_images_leaves_it_empty(
        self, card: InputImage, session: Session
    ) -> None:
        session.open(builtin("Freezing one weight").experiment)
        card.grab()
        stroke(card, (0, 0), (0, 0))

        assert session.edits.count == 0

        session.open(digits_experiment(30))
        assert card.caption.text == "example 1 · labelled 0"

    def test_everything_is_reached_by_tab(self, card: InputImage, qtbot: QtBot) -> None:
        card.activateWindow()
        card.clear.click()  # so that Reset can be pressed
        card.previous.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.waitUntil(card.previous.hasFocus)
        reached = []
        for _ in range(12):
            focused = QApplication.focusWidget()
            assert focused is not None
            reached.append(focused)
            QTest.keyClick(focused, Qt.Key.Key_Tab)

        expected = [
            card.previous, card.next, card.paper, card.draw, card.clear, card.invert, card.centre,
            card.load, card.paste, card.reset, card.targets.buttons[0], card.previous,
        ]  # fmt: skip
        assert reached[: len(expected)] == expected


class TestExamples:
    def test_neighbours_are_a_press_away_all_round(
        self, card: InputImage, session: Session
    ) -> None:
        card.next.click()
        assert session.state.example == 1

        card.previous.click()
        card.previous.click()
        assert session.state.example == 199

        card.next.click()
        assert session.state.example == 0
        assert session.playback.position == 0

    def test_neighbours_of_the_example_that_a_guest_hides(
        self, card: InputImage, session: Session
    ) -> None:
        session.playback.take(6)
        guest(session)

        card.next.click()

        assert session.state.example == 7

    def test_a_single_example_has_no_neighbours(self, qtbot: QtBot) -> None:
        card = shown_card(qtbot, digits_session(n=1))

        assert not card.next.isEnabled()
        assert not card.previous.isEnabled()

    def test_going_on_pauses_a_run(self, card: InputImage, session: Session) -> None:
        session.playback.run()

        card.next.click()

        assert not session.playback.running


class TestImagesFromOutside:
    def test_a_file_takes_the_place_of_the_inputs(
        self, card: InputImage, session: Session, qtbot: QtBot, tmp_path: Path
    ) -> None:
        file = digit_file(tmp_path)

        with qtbot.waitSignal(session.changed):
            card.load_file(file)

        expected = picture_input(ink_in(file), SHAPE).inputs
        assert session.state.inputs == pytest.approx(expected, abs=1e-9)
        assert session.edits.undo_text == "loaded seven.png"
        assert card.note.text.endswith("say what it is")

    def test_a_run_pauses_for_a_file_that_is_meant_for_what_is_seen(
        self, card: InputImage, session: Session, tmp_path: Path, qtbot: QtBot
    ) -> None:
        session.playback.run()
        card.load_file(digit_file(tmp_path))
        assert not session.playback.running
        qtbot.waitUntil(lambda: session.edits.count == 1)

    def test_the_button_asks_for_a_file(
        self,
        card: InputImage,
        session: Session,
        qtbot: QtBot,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        asked = []

        def choose(*arguments: object) -> tuple[str, str]:
            asked.append(arguments)
            return str(digit_file(tmp_path)), ""

        monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
        with qtbot.waitSignal(session.changed):
            card.load.click()

        assert "*.png *.jpg *.jpeg *.bmp" in str(asked[0][3])
        assert session.edits.count == 1

        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("", ""))
        card.load.click()
        assert session.edits.count == 1

    @pytest.mark.parametrize(
        ("content", "problem"),
        [
            (
                b"no image",
                (
                    "five.png: is plain text, not a picture that can be read here: choose a PNG, "
                    "JPEG, BMP or WebP picture"
                ),
            ),
            (None, "five.png: the image is blank: nothing on it stands out from its paper"),
        ],
    )
    def test_a_bad_file_is_refused_in_a_sentence(
        self,
        card: InputImage,
        session: Session,
        qtbot: QtBot,
        tmp_path: Path,
        content: bytes | None,
        problem: str,
    ) -> None:
        before = image_of(session)
        file = tmp_path / "five.png"
        if content is None:
            blank = QImage(9, 9, QImage.Format.Format_RGB32)
            blank.fill(QColor("white"))
            assert blank.save(str(file))
        else:
            file.write_bytes(content)

        with qtbot.waitSignal(session.notices.refused) as refused:
            card.load_file(file)

        assert refused.args == [problem]
        assert image_of(session) == before
        assert session.edits.count == 0

    def test_paste_takes_an_image_from_the_clipboard(
        self, card: InputImage, session: Session, qtbot: QtBot, tmp_path: Path
    ) -> None:
        file = digit_file(tmp_path)
        QGuiApplication.clipboard().setImage(QImage(str(file)))

        with qtbot.waitSignal(session.changed):
            QTest.keyClick(card.paper, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

        assert session.state.inputs == pytest.approx(
            picture_input(ink_in(file), SHAPE).inputs, abs=1e-9
        )

    def test_paste_takes_a_copied_file(
        self, card: InputImage, session: Session, qtbot: QtBot, tmp_path: Path
    ) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(digit_file(tmp_path)))])
        QGuiApplication.clipboard().setMimeData(data)

        with qtbot.waitSignal(session.changed):
            card.paste.click()

        assert session.edits.undo_text == "loaded seven.png"

    def test_paste_says_when_there_is_no_image(
        self, card: InputImage, session: Session, qtbot: QtBot
    ) -> None:
        QGuiApplication.clipboard().setText("seven")

        with qtbot.waitSignal(session.notices.refused) as refused:
            card.paste.click()

        assert refused.args == ["paste: there is no image on the clipboard"]

    def test_a_blank_image_on_the_clipboard_is_refused(
        self, card: InputImage, session: Session, qtbot: QtBot
    ) -> None:
        blank = QImage(20, 20, QImage.Format.Format_RGB32)
        blank.fill(QColor("black"))
        QGuiApplication.clipboard().setImage(blank)

        with qtbot.waitSignal(session.notices.refused) as refused:
            card.paste.click()

        assert refused.args is not None
        assert refused.args[0].startswith("the pasted image: the image is blank")

    def test_a_file_can_be_dropped_anywhere_on_the_card(
        self, card: InputImage, session: Session, qtbot: QtBot, tmp_path: Path
    ) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(digit_file(tmp_path)))])

        assert enters(card, data)
        with qtbot.waitSignal(session.changed):
            drop(card, data)

        assert session.edits.undo_text == "loaded seven.png"

    def test_an_experiment_is_left_to_the_window(self, card: InputImage) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile("mine.json")])
        assert not enters(card, data)

        data.setUrls([])
        data.setText("seven")
        assert not enters(card, data)

    def test_an_image_that_comes_too_late_is_dropped(
        self, card: InputImage, session: Session, qtbot: QtBot, tmp_path: Path
    ) -> None:
        card.load_file(digit_file(tmp_path, "early.png"))
        session.open(digits_experiment(30))
        with qtbot.waitSignal(session.changed):
            card.load_file(digit_file(tmp_path, "late.png"))  # read after the other one

        assert session.edits.count == 1
        assert session.edits.undo_text == "loaded late.png"


def enters(card: InputImage, data: QMimeData) -> bool:
    event = QDragEnterEvent(
        QPoint(20, 20), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier
    )
    event.ignore()
    QApplication.sendEvent(card, event)
    return event.isAccepted()


def drop(card: InputImage, data: QMimeData) -> None:
    event = QDropEvent(
        QPointF(20, 20), Qt.DropAction.CopyAction, data, LEFT, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(card, event)
