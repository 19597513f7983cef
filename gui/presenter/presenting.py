"""A lesson before a class: the presenter's window, the audience's, and the keys of a clicker."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from gui.look.theme import look
from gui.session import Session

if TYPE_CHECKING:
    from gui.presenter.audience import Audience
    from gui.presenter.demo import Demo
    from gui.presenter.window import Presenter
    from gui.session.lesson import LessonPlayer
    from gui.session.teaching import Conductor, Votes

# What clickers send, and what the bench has some of these keys for otherwise.
_ON, _BACK, _START = "PgDown", "PgUp", "F5"
_WHILE_PRESENTING = ("Esc", ".", "B")
_MAX_OPTIONS = 9


class OpenLessons(Protocol):
    """What the window has of lessons."""

    changed: SignalInstance

    @property
    def is_open(self) -> bool:
        """Whether a lesson is on the bench."""

    @property
    def player(self) -> LessonPlayer:
        """The player of the window's bench."""

    def turn(self, by: int) -> None:
        """Go to another page, unless the page waits for something."""


class Spotlit(Protocol):
    """What dims the window around a part."""

    def show_alone(self, name: str) -> None:
        """Dim all but a part or family, or nothing."""


class Presenting(QObject):
    """While a lesson is open its keys win over the bench's: a clicker turns its pages.

    Signals
    -------
    changed : presenting began or ended
    """

    changed = Signal()

    def __init__(
        self,
        session: Session,
        lessons: OpenLessons,
        spotlight: Spotlit,
        actions: Iterable[QAction],
        foot: QWidget,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = session
        self._lessons = lessons
        self._foot = foot
        self._spotlight = spotlight
        self._actions = tuple(actions)
        self._window = window
        self._lent: dict[QAction, list[QKeySequence]] = {}
        self._shortcuts: list[QShortcut] = []
        self._conductor: Conductor | None = None
        self._votes: Votes | None = None
        self.presenter: Presenter | None = None
        self.audience: Audience | None = None
        self.demo: Demo | None = None
        self._theme = ""
        # Whether a lesson was open, and presented, when the keys were chosen.
        self._keys_of = (False, False)
        lessons.changed.connect(self._follow)

    @property
    def is_on(self) -> bool:
        """Whether a lesson is being presented."""
        return self.presenter is not None

    @property
    def conductor(self) -> Conductor:
        """Who leads the lesson."""
        if self._conductor is None:
            from gui.session.teaching import Conductor

            self._conductor = Conductor(self._session, self)
        return self._conductor

    # -- beginning and ending --------------------------------------------------------------------

    @Slot()
    def start(self) -> None:
        """Open the presenter's window beside the lesson that is open."""
        if self.is_on or not self._lessons.is_open:
            return
        from gui.presenter.audience import Audience
        from gui.presenter.window import Presenter
        from gui.session.teaching import Votes

        if self._votes is None:
            self._votes = Votes(self)
        self._votes.keep_in(self._lessons.player)
        self.presenter = presenter = Presenter(self.conductor, self._votes, self._window)
        self.audience = Audience(self._session, self._window, self._foot)
        presenter.closed.connect(self.stop)
        presenter.black_wanted.connect(self.black)
        presenter.spotlight_wanted.connect(self._spotlight.show_alone)
        self.conductor.moved.connect(self._lights_on)
        self._theme = look.choice
        look.choose("projector")
        self._share_screens(presenter)
        self._follow()
        self.changed.emit()

    def _share_screens(self, presenter: Presenter) -> None:
        """The audience's window fills the second screen, if there is one."""
        screens = QGuiApplication.screens()
        if len(screens) > 1:
            self._window.setGeometry(screens[1].availableGeometry())
            self._window.showFullScreen()
            presenter.move(screens[0].availableGeometry().topLeft())
        presenter.show()
        presenter.raise_()

    @Slot()
    def stop(self) -> None:
        """Close the presenter's window; the lesson stays open."""
        presenter, audience = self.presenter, self.audience
        if presenter is None or audience is None:
            return
        self.presenter = self.audience = None
        self.conductor.moved.disconnect(self._lights_on)
        self._spotlight.show_alone("")
        audience.end()
        presenter.close()
        presenter.deleteLater()
        look.choose(self._theme)
        if self._window.isFullScreen():
            self._window.showNormal()
        self._follow()
        self.changed.emit()

    @Slot()
    def black(self) -> None:
        """Make the audience's screen black, or show it again."""
        if self.audience is not None:
            self.audience.set_black(not self.audience.is_black)

    @Slot()
    def _lights_on(self) -> None:
        """Another page, or what came of a question: nothing is spoken of alone any more."""
        self._spotlight.show_alone("")
        if self.presenter is not None and self._votes is not None:
            self.presenter.forget_spot()
            self._votes.keep_in(self._lessons.player)

    def play_demo(self, pace: float) -> None:
        """Let the lesson that is opened play by itself, with so many seconds between two things."""
        from gui.presenter.demo import Demo

        self.demo = Demo(self.conductor, pace, self)

    # -- keys ------------------------------------------------------------------------------------

    @Slot()
    def _follow(self) -> None:
        """Take the keys of the bench that a lesson needs, and give back those it does not."""
        is_open = self._lessons.is_open
        if self.is_on and not is_open:
            self.stop()
        wanted = (is_open, self.is_on)
        if wanted == self._keys_of:
            return
        self._keys_of = wanted
        self._give_back()
        if is_open:
            self._take((_START, *(_WHILE_PRESENTING if self.is_on else ())))
            self._make(self._window, self._keys())
            if self.presenter is not None:
                self._make(self.presenter, self._keys_of_hands(), anywhere=False)

    def _keys(self) -> dict[str, Callable[[], object]]:
        if not self.is_on:
            return {
                _ON: lambda: self._lessons.turn(1),
                _BACK: lambda: self._lessons.turn(-1),
                _START: self.start,
            }
        return {
            _ON: self.conductor.go_on, _BACK: self.conductor.go_back, _START: self._first_page,
            "Esc": self._end_black_or_all, ".": self.black, "B": self.black,
        }  # fmt: skip

    def _keys_of_hands(self) -> dict[str, Callable[[], object]]:
        votes = self._votes
        assert votes is not None
        keys: dict[str, Callable[[], object]] = {
            "V": votes.vote_again, "Right": self.conductor.go_on, "Left": self.conductor.go_back,
        }  # fmt: skip
        for place in range(_MAX_OPTIONS):
            keys[f"{place + 1}"] = partial(votes.count, place)
            keys[f"Shift+{place + 1}"] = partial(votes.count, place, -1)
        return keys

    def _make(
        self, owner: QWidget, keys: dict[str, Callable[[], object]], anywhere: bool = True
    ) -> None:
        for key, do in keys.items():
            shortcut = QShortcut(QKeySequence(key), owner)
            if anywhere:
                shortcut.setContext(Qt.ShortcutContext.ApplicationShortcut)
            shortcut.activated.connect(do)
            self._shortcuts.append(shortcut)

    @Slot()
    def _first_page(self) -> None:
        """F5 begins a show: the page that is open, from its beginning."""
        self.conductor.begin_again()

    @Slot()
    def _end_black_or_all(self) -> None:
        if self.audience is not None and self.audience.is_black:
            self.audience.set_black(False)
        else:
            self.stop()

    def _take(self, keys: tuple[str, ...]) -> None:
        wanted = {QKeySequence(key).toString() for key in keys}
        for action in self._actions:
            kept = [key for key in action.shortcuts() if key.toString() not in wanted]
            if len(kept) < len(action.shortcuts()):
                self._lent[action] = list(action.shortcuts())
                action.setShortcuts(kept)

    def _give_back(self) -> None:
        for action, keys in self._lent.items():
            action.setShortcuts(keys)
        self._lent.clear()
        for shortcut in self._shortcuts:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        self._shortcuts.clear()
