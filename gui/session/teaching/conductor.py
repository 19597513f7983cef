"""Leads a lesson by one key: on through what a page waits for, and from page to page."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from gui.session.lesson import LessonPlayer
from gui.session.session import Session
from model.lessons.lesson import UNSURE, Gate, Lesson, Observe, Page, Predict, Task
from model.lessons.scopes import truth


class Conductor(QObject):
    """Whoever presents a lesson goes on with it by the same press, whatever comes next.

    Signals
    -------
    moved : the page, or what it waits for, is another one
    """

    moved = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.player = player = LessonPlayer.of(session)
        self._was: tuple[int, Gate | None] = (0, None)
        player.changed.connect(self._look)
        self._look()

    @property
    def page(self) -> Page | None:
        """The page that is open."""
        lesson = self.player.lesson
        return None if lesson is None else lesson.page(self.player.page)

    @property
    def following(self) -> Page | None:
        """The page behind it; None at the end."""
        lesson: Lesson | None = self.player.lesson
        if lesson is None or self.player.page >= len(lesson.pages):
            return None
        return lesson.page(self.player.page + 1)

    @Slot()
    def go_on(self) -> None:
        """The next thing: pass a question, see a task done, or turn the page; never both at once.

        A prediction is passed without an answer; what it asked is then seen on the bench. Pressed
        while a task is being shown, the rest of it is done at once.
        """
        player = self.player
        gate = player.gate
        if player.lesson is None:
            return
        if player.showing:
            player.hurry()
        elif isinstance(gate, Predict):
            player.answer(UNSURE)
        elif isinstance(gate, Observe):
            if player.wandering:
                player.back_to_page()
            player.answer(self.seen(gate))
        elif isinstance(gate, Task):
            player.show_me(stays=True)
        elif self.following is not None:
            player.turn(1)
        else:
            player.finish()

    @Slot()
    def go_back(self) -> None:
        """The page before, as it begins."""
        self.player.turn(-1)

    @Slot()
    def begin_again(self) -> None:
        """The page once more, from its beginning."""
        lesson = self.player.lesson
        if lesson is not None:
            self.player.open(lesson, self.player.page)

    def seen(self, gate: Observe) -> str:
        """The id of the observation that is true of the bench; empty where none is by now."""
        scopes = self.player.scopes
        return next(
            (
                choice.id
                for choice in gate.choices
                if scopes is not None
                and choice.condition is not None
                and truth(choice.condition, scopes)
            ),
            "",
        )

    @Slot()
    def _look(self) -> None:
        now = (self.player.visit, self.player.gate)
        if now != self._was:
            self._was = now
            self.moved.emit()
