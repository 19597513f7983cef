"""A learner at the window: goes through pages of a lesson by real keys, or by real clicks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from gui.panels.examples.panel import ExamplesPanel
from gui.panels.image_input.panel import InputImage
from gui.panels.image_space.panel import ImageSpacePanel
from gui.panels.lesson.blocks import Block, QuestionBlock, TaskBlock
from gui.panels.lesson.panel import LessonPanel
from gui.panels.listing.panel import ListingPanel
from gui.panels.weight_images.panel import WeightImages
from gui.session.lesson import LessonPlayer
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.number_field import NumberField
from gui.window.window import Window
from model.actions import Action
from model.actions.kinds import Region
from model.lessons.expressions import evaluate
from model.lessons.lesson import UNSURE, Lesson, Observe, Page, Predict, Task
from model.lessons.library import load
from model.lessons.scopes import Reference, Scopes, truth
from model.listing.slips import check_slip
from model.words.names import weight_cell

_MOST_TABS = 120
_KEYS = {
    "step": "S", "run to": "S", "predict": "P", "compare": "C", "learn": "L", "back": "B",
    "reset": "Ctrl+Home",
}  # fmt: skip
# What is chosen in boxes.
_CHOSEN = ("slip", "space")


class Learner:
    """What both kinds of learners know: the window, the lesson, and what is right."""

    def __init__(self, window: Window, qtbot: QtBot) -> None:
        self.window = window
        self.qtbot = qtbot
        self.presses = 0

    @property
    def player(self) -> LessonPlayer:
        return self.window.lessons.player

    @property
    def panel(self) -> LessonPanel:
        panel = self.window.panel("lesson")
        assert isinstance(panel, LessonPanel)
        return panel

    def open(self, name: str, page: int = 1) -> None:
        """Open a page, and wait until it is shown."""
        lesson = load(name)
        if lesson.again:
            # All of its pages, not only those that somebody without a record is asked.
            self.player.open(lesson, page)
        else:
            self.window.lessons.open(name, page)
        self.qtbot.waitUntil(lambda: self.panel.view.blocks != {})
        self.settle()

    def settle(self) -> None:
        """Let the panel catch up with the player."""
        QTest.qWait(0)
        for _ in range(3):
            QApplication.processEvents()

    @property
    def block(self) -> Block | None:
        """What the page waits for."""
        self.settle()
        return self.panel.view.open_block()

    def page(self) -> tuple[Lesson, Page]:
        lesson = self.player.lesson
        assert lesson is not None
        return lesson, lesson.page(self.player.page)

    def gate(self) -> Predict | Observe | Task:
        """The gate that is open, by what came before it on the page."""
        _, page = self.page()
        gates = [segment.gate for segment in page.segments if segment.gate is not None]
        passed = [block for block in self.panel.view.blocks.values() if _is_gate(block)]
        return gates[len(passed) - 1]

    def scopes(self) -> Scopes:
        lesson, page = self.page()
        return Scopes(Reference(lesson, page), self.window.session)

    def right_answer(self, gate: Predict | Observe) -> str:
        """The id of the right option, or the right number."""
        scopes = self.scopes()
        if isinstance(gate, Observe):
            return next(
                one.id for one in gate.choices
                if one.condition is not None and truth(one.condition, scopes)
            )  # fmt: skip
        if gate.answer is not None:
            return f"{evaluate(gate.answer, scopes):.6g}"
        return next(one.id for one in gate.choices if one.right)

    def answer(self, said: str) -> None:
        raise NotImplementedError

    def do(self, action: Action) -> None:
        raise NotImplementedError

    def go_on(self) -> None:
        raise NotImplementedError

    def count(self, action: Action) -> int:
        """How often a button is pressed for an action."""
        count = action.values[0] if action.values else 1
        assert isinstance(count, int)
        return count - self.window.session.playback.position if action.verb == "run to" else count

    def slip_box(self, action: Action) -> tuple[ChoiceBox, int]:
        """The box for slips, and the row of the one that an action names."""
        listing = self.window.panel("listing")
        assert isinstance(listing, ListingPanel)
        slip = check_slip(str(action.values[0]))
        return listing.slip_box, 0 if slip is None else listing.slip_box.findData(slip)

    def boxes(self, action: Action) -> list[tuple[ChoiceBox, int]]:
        """The boxes in which what an action names is chosen, and its row in each."""
        if action.verb == "slip":
            return [self.slip_box(action)]
        space, name = self.window.panel("image_space"), str(action.values[0])
        assert isinstance(space, ImageSpacePanel)
        show, kinds = space.controls.show_box, space.controls.preset_box
        if show.findData(name) >= 0:
            return [(show, show.findData(name))]
        return [(show, show.findData("axes")), (kinds, kinds.findData(name))]

    @property
    def image_input(self) -> InputImage:
        panel = self.window.panel("image_input")
        assert isinstance(panel, InputImage)
        return panel

    @property
    def pictures(self) -> WeightImages:
        panel = self.window.panel("weight_images")
        assert isinstance(panel, WeightImages)
        return panel

    @property
    def example_field(self) -> QLineEdit:
        panel = self.window.panel("examples")
        assert isinstance(panel, ExamplesPanel)
        return panel.number

    def brushed(self, action: Action) -> tuple[str, int, list[tuple[int, int]]] | None:
        """The brush, the picture and the pixels of an action on weights that are pixels."""
        experiment = self.window.session.experiment
        if experiment.image_shape is None or action.verb not in ("freeze", "weight"):
            return None
        if action.verb == "weight":
            output, column = weight_cell(experiment, str(action.values[0]))
            return "paint", output, [divmod(column, experiment.image_shape[1])]
        region = action.values[1]
        assert isinstance(region, Region)
        rows, columns = range(region.top, region.bottom + 1), range(region.left, region.right + 1)
        cells = [(row, column) for row in rows for column in columns]
        return "freeze", experiment.outputs.index(str(action.values[0])), cells

    def pixel(self, action: Action) -> tuple[int, int]:
        """Where ink is put: on the pixel that is named, or in the middle."""
        rows, columns = self.image_input.paper.shape_shown
        if action.verb == "draw":
            return rows // 2, columns // 2
        row, column = str(action.values[0]).removeprefix("pixel ").split(",")
        return int(row), int(column)

    def label_again(self, press: Callable[[QWidget], None]) -> None:
        """Say what a changed image shows, where that is asked for and known."""
        self.settle()
        session, gate = self.window.session, self.gate()
        assert isinstance(gate, Task)
        if "label" in gate.allow and not session.state.is_labelled:
            label = int(self.scopes().reference.start.state.target.argmax())
            press(self.image_input.targets.buttons[label])

    def finish_page(self) -> None:
        """Answer everything rightly and do every task as its solution says."""
        while self.player.waits:
            gate = self.gate()
            if isinstance(gate, Task):
                for action in gate.solution:
                    self.do(action)
            else:
                self.answer(self.right_answer(gate))
            self.settle()
            assert not self.player.wandering
            assert not self.player.waits or self.gate() is not gate, gate

    def finish(self, name: str) -> None:
        """Go through a lesson from its first page to its last."""
        self.open(name)
        lesson, _ = self.page()
        for number in range(1, len(lesson.pages) + 1):
            assert self.player.page == number
            self.finish_page()
            self.go_on()


def _paints(action: Action) -> bool:
    """Whether an action puts ink on an image."""
    return action.verb == "draw" or str(*action.values[:1]).startswith("pixel ")


def _is_gate(block: Block) -> bool:
    return isinstance(block, QuestionBlock | TaskBlock)


class KeyLearner(Learner):
    """Presses keys, and nothing else; goes from place to place by Tab."""

    def press(self, *keys: str | Qt.Key) -> None:
        for key in keys:
            self.presses += 1
            focus = QApplication.focusWidget() or self.window
            if isinstance(key, Qt.Key):
                QTest.keyClick(focus, key)
            elif len(key) == 1:
                QTest.keyClicks(focus, key)
            else:
                QTest.keySequence(focus, QKeySequence(key))

    def type(self, text: str) -> None:
        for letter in text:
            self.press(letter)

    def tab_to(self, reached: Callable[[QWidget | None], bool]) -> None:
        """Go on by Tab until the focus is where it is wanted."""
        for _ in range(_MOST_TABS):
            if reached(QApplication.focusWidget()):
                return
            self.press(Qt.Key.Key_Tab)
        raise AssertionError("Tab does not come there")

    def answer(self, said: str) -> None:
        block = self.block
        assert isinstance(block, QuestionBlock)
        self.qtbot.waitUntil(lambda: block.isAncestorOf(QApplication.focusWidget() or self.window))
        if block.field is not None and said != UNSURE:
            self.tab_to(lambda focus: focus is block.field)
            self.type(said.replace("\u2212", "-"))
        else:
            radio = block.radios[said]
            self.tab_to(lambda focus: focus in block.radios.values())
            self._go_to(radio, list(block.radios.values()))
            self.press(Qt.Key.Key_Space)
        self.press(Qt.Key.Key_Return)

    def _go_to(self, radio: QRadioButton, radios: list[QRadioButton]) -> None:
        """In a group of radio buttons arrows go from one to the next, and not round its ends."""
        for _ in radios:
            at = next(at for at, one in enumerate(radios) if one is QApplication.focusWidget())
            ahead = radios.index(radio) - at
            if ahead:
                self.press(Qt.Key.Key_Down if ahead > 0 else Qt.Key.Key_Up)
        assert QApplication.focusWidget() is radio

    def do(self, action: Action) -> None:
        if self._done_in_panels(action):
            return
        if action.verb in _KEYS:
            for _ in range(self.count(action)):
                self.press(_KEYS[action.verb])
        elif action.verb == "seek":
            self.tab_to(lambda focus: focus is self.window.panel("time_line"))
            self.press(Qt.Key.Key_Home)
            for _ in range(int(str(action.values[0]))):
                self.press(Qt.Key.Key_Right)
        elif action.verb == "panel":
            assert self.window.panel(str(action.values[0])).isVisible()
        elif _paints(action):
            paper = self.image_input.paper
            self.tab_to(lambda focus: focus is paper)
            rows, columns = paper.shape_shown
            self.press(*[Qt.Key.Key_Up] * rows, *[Qt.Key.Key_Left] * columns)
            row, column = self.pixel(action)
            self.press(*[Qt.Key.Key_Down] * row, *[Qt.Key.Key_Right] * column, Qt.Key.Key_Space)
            self.label_again(self._press_button)
        elif action.verb in ("freeze", "unfreeze"):
            self.tab_to(lambda focus: self._is_named(focus, f"Freeze weight {action.values[0]} "))
            self.press(Qt.Key.Key_Space)
        else:
            name = {"alpha": "alpha", "input": "input", "target": "target of", "weight": "weight"}
            start = " ".join([name[action.verb], *map(str, action.values[:-1])])
            self.tab_to(lambda focus: self._is_named(focus, start))
            self.type(str(action.values[-1]))
            self.press(Qt.Key.Key_Return)

    def _choose(self, box: ChoiceBox, row: int) -> None:
        self.tab_to(lambda focus: focus is box)
        self.press(Qt.Key.Key_Home, *[Qt.Key.Key_Down] * row)

    def _done_in_panels(self, action: Action) -> bool:
        """Do what is done in panels, on digits or boxes; returns whether it was that."""
        brushed = self.brushed(action)
        if brushed is not None:
            self._brush(action, *brushed)
        elif action.verb == "visit":
            self.tab_to(lambda focus: focus is self.example_field)
            self.press("Ctrl+A")
            self.type(str(action.values[0]))
            self.press(Qt.Key.Key_Return)
        elif action.verb == "quantity":
            buttons = self.pictures.view_bar.shown_buttons
            name = f"show {action.values[0]}"
            # In a group of buttons arrows go from one to the next, and choose it.
            self.tab_to(lambda focus: focus in buttons.values())
            for _ in buttons:
                if not self._is_named(QApplication.focusWidget(), name):
                    self.press(Qt.Key.Key_Right)
        elif action.verb in _CHOSEN:
            for box, row in self.boxes(action):
                self._choose(box, row)
        else:
            return False
        return True

    def _brush(self, action: Action, kind: str, output: int, cells: list[tuple[int, int]]) -> None:
        bar = self.pictures.brush_bar
        self.tab_to(lambda focus: focus is bar.kind_box)
        self.press(Qt.Key.Key_Home, *[Qt.Key.Key_Down] * bar.kind_box.findData(kind))
        if kind == "paint":
            self.tab_to(lambda focus: focus is bar.value_field)
            self.type(str(action.values[-1]))
            self.press(Qt.Key.Key_Return)
        card = self.pictures.cards[output]
        self.tab_to(lambda focus: focus is card)
        for row, column in cells:
            self.press(*[Qt.Key.Key_Up] * 28, *[Qt.Key.Key_Left] * 28)
            self.press(*[Qt.Key.Key_Down] * row, *[Qt.Key.Key_Right] * column, Qt.Key.Key_Space)

    def _press_button(self, button: QWidget) -> None:
        self.tab_to(lambda focus: focus is button)
        self.press(Qt.Key.Key_Space)

    @staticmethod
    def _is_named(widget: QWidget | None, start: str) -> bool:
        name = widget.accessibleName() if widget is not None else ""
        return name == start or name.startswith((f"{start},", start if start[-1] == " " else "\0"))

    def go_on(self) -> None:
        self.press("Ctrl+PgDown")
        self.settle()


class MouseLearner(Learner):
    """Clicks, and types numbers into what was clicked, and nothing else."""

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click where a person could: on what can be seen of a widget."""
        self.presses += 1
        assert widget.isVisible(), widget
        assert widget.isEnabled(), widget
        place = widget.rect().center() if at is None else at
        target = self.window.childAt(widget.mapTo(self.window, place))
        assert target is not None
        assert target is widget or widget.isAncestorOf(target) or target.parentWidget() is widget, (
            target, widget,
        )  # fmt: skip
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=target.mapFrom(widget, place))

    def see(self, widget: QWidget) -> None:
        self.panel.view.ensureWidgetVisible(widget)
        self.settle()

    def place_of(self, name: str) -> tuple[QWidget, QRect]:
        self.window.session.view.show(part=name)
        self.settle()
        found = self.window.session.parts.find(name)
        assert found is not None
        assert isinstance(found.owner, QWidget)
        return found.owner, found.rect

    def click_part(self, name: str) -> None:
        owner, rect = self.place_of(name)
        target: QWidget | None = owner.childAt(rect.center())
        assert target is not None
        QTest.mouseClick(
            target, Qt.MouseButton.LeftButton, pos=target.mapFrom(owner, rect.center())
        )
        self.presses += 1

    def answer(self, said: str) -> None:
        block = self.block
        assert isinstance(block, QuestionBlock)
        if block.field is not None and said != UNSURE:
            self.see(block.field)
            self.click(block.field)
            QTest.keyClicks(block.field, said)
        else:
            self.see(block.radios[said])
            self.click(block.radios[said], QPoint(8, block.radios[said].height() // 2))
        self.see(block.button)
        self.click(block.button)

    def do(self, action: Action) -> None:
        if self._done_in_panels(action):
            return
        if action.verb in _KEYS:
            for _ in range(self.count(action)):
                self.click_part("step" if action.verb == "run to" else action.verb)
        elif action.verb == "seek":
            line = self.window.panel("time_line")
            self.click(line, QPoint(3, line.height() // 3))
        elif action.verb == "panel":
            assert self.window.panel(str(action.values[0])).isVisible()
        elif action.verb in _CHOSEN:
            for box, row in self.boxes(action):
                self.choose(box, row)
        elif _paints(action):
            paper = self.image_input.paper
            self.click(paper, paper.pixel_rect(*self.pixel(action)).center())
            self.label_again(self.click)
        elif action.verb in ("freeze", "unfreeze"):
            self.click_part(f"padlock:{action.values[0]}")
        else:
            family = "" if action.verb == "alpha" else f":{action.values[0]}"
            owner, rect = self.place_of(f"{action.verb}{family}")
            field = next(
                one for one in owner.findChildren(NumberField)
                if one.isVisible()
                and rect.contains(QRect(one.mapTo(owner, QPoint()), one.size()).center())
            )  # fmt: skip
            self.click(field)
            typed = field.editor
            assert typed is not None
            QTest.keyClicks(typed, str(action.values[-1]))
            QTest.keyClick(typed, Qt.Key.Key_Return)

    def _done_in_panels(self, action: Action) -> bool:
        """Do what is done in panels, on digits or boxes; returns whether it was that."""
        brushed = self.brushed(action)
        if brushed is not None:
            self._brush(action, *brushed)
        elif action.verb == "visit":
            self.click(self.example_field)
            self.example_field.selectAll()
            QTest.keyClicks(self.example_field, str(action.values[0]))
            QTest.keyClick(self.example_field, Qt.Key.Key_Return)
        elif action.verb == "quantity":
            buttons = self.pictures.view_bar.shown_buttons.values()
            name = f"show {action.values[0]}"
            self.click(next(one for one in buttons if one.accessibleName() == name))
        else:
            return False
        return True

    def _brush(self, action: Action, kind: str, output: int, cells: list[tuple[int, int]]) -> None:
        bar, card = self.pictures.brush_bar, self.pictures.cards[output]
        self.choose(bar.kind_box, bar.kind_box.findData(kind))
        if kind == "paint":
            self.click(bar.value_field)
            typed = bar.value_field.editor
            assert typed is not None
            QTest.keyClicks(typed, str(action.values[-1]))
            QTest.keyClick(typed, Qt.Key.Key_Return)
        points = [
            QPoint(x, y) for y in range(0, card.height(), 2) for x in range(0, card.width(), 2)
        ]
        for pixel in cells:
            at = [point for point in points if card.pixel_at(QPointF(point)) == pixel]
            self.click(card, at[len(at) // 2])

    def choose(self, box: ChoiceBox, row: int) -> None:
        """Choose a row of a list that opens."""
        self.click(box)
        items, model = box.view(), box.model()
        place = items.visualRect(model.index(row, 0)).center()
        # A list that was just opened takes no click before the mouse has moved.
        QTest.mouseMove(items.viewport(), place)
        QTest.mouseClick(items.viewport(), Qt.MouseButton.LeftButton, pos=place)

    def go_on(self) -> None:
        self.click(self.panel.next_button)
        self.settle()
