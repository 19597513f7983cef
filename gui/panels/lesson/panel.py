"""The lesson in a column beside the bench: its page, the way back to it, and the list of all."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFont
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from gui.look.theme import look
from gui.panels.lesson.lesson_list import LessonList
from gui.panels.lesson.page_view import PageView, in_sentences
from gui.session import Session
from gui.session.lesson import LessonPlayer
from gui.session.pace import FrameRate
from gui.widgets.buttons import quiet_button
from gui.widgets.text_line import TextLine
from model.door import say

# In 13 pixel type.
_MIN_WIDTH = 220
# In type of so many percent the number of the page has a line of its own.
_LARGE = 150
# During a run the page is looked at so many times a second.
_FRAMES = 8.0


class LessonPanel(QWidget):
    """The page that is open, or else the list of lessons."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.player = LessonPlayer.of(session)
        self._rate = FrameRate(_FRAMES)
        # Which opening of a page a screen reader was told of.
        self._told = 0
        self.setAccessibleName(say("Lesson"))
        self._list: LessonList | None = None
        self.view = PageView()
        self._make_header()
        self._make_bar()
        self._make_footer()
        self._page = QWidget()
        column = QVBoxLayout(self._page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self._header, self.bar):
            column.addWidget(widget)
        column.addWidget(self.view, 1)
        column.addWidget(self._footer)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.refresh)
        self._connect()
        self._restyle()
        self.refresh()
        # A lesson that is open already was opened for this panel to be made.
        self._begin_soon = QTimer(self, singleShot=True, interval=0)
        self._begin_soon.timeout.connect(self._opened)
        if self.player.lesson is not None:
            self._begin_soon.start()

    def _connect(self) -> None:
        player, view = self.player, self.view
        player.changed.connect(self._changed)
        player.opened.connect(self._opened)
        player.announced.connect(self._announce)
        player.records.changed.connect(self._soon.start)
        view.answered.connect(player.answer)
        view.remarked.connect(self._tell_news)
        view.hint_wanted.connect(player.hint)
        view.solution_wanted.connect(player.show_me)
        look.follow(self, self._restyle)

    def _make_header(self) -> None:
        self._header = QWidget()
        self.page_number = TextLine(role="muted")
        self.lesson_title = TextLine(role="muted", lines=3)
        self.page_title = TextLine(role="ink", lines=3, scale=1.2, weight=QFont.Weight.DemiBold)
        self.list_button = quiet_button(say("All lessons"), say("Leave this lesson for the list"))
        self.leave_button = quiet_button(
            "×", say("Leave the lesson; your own bench comes back"), say("Leave the lesson")
        )
        self._top = top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self.list_button)
        buttons.addWidget(self.leave_button)
        top.addWidget(self.page_number, 1)
        top.addLayout(buttons)
        self._header_column = column = QVBoxLayout(self._header)
        column.setSpacing(2)
        column.addLayout(top)
        column.addWidget(self.lesson_title)
        column.addWidget(self.page_title)
        self.leave_button.clicked.connect(self.player.leave)
        self.list_button.clicked.connect(self._show_list)

    def _make_bar(self) -> None:
        """What is said while the bench is off the lesson's numbers."""
        self.bar = QFrame()
        self.bar.setObjectName("notice")
        self._bar_label = QLabel()
        self._bar_label.setWordWrap(True)
        self.back_button = QPushButton(say("Back to the page"))
        self.explore_button = quiet_button(
            say("Keep exploring"), say("Stay as you are; the way back stays open")
        )
        self.back_button.setAutoDefault(False)
        row = QHBoxLayout()
        row.addWidget(self.back_button)
        row.addWidget(self.explore_button)
        row.addStretch(1)
        column = QVBoxLayout(self.bar)
        column.addWidget(self._bar_label)
        column.addLayout(row)
        self.back_button.clicked.connect(self.player.back_to_page)
        self.explore_button.clicked.connect(self.player.keep_exploring)

    def _make_footer(self) -> None:
        self._footer = QFrame()
        self._footer.setObjectName("tools")
        self.previous_button = QPushButton("◂")
        self.previous_button.setAccessibleName(say("Previous page"))
        self.previous_button.setToolTip(say("The page before this one"))
        self.skip_button = quiet_button(
            say("Skip"), say("Wait for nothing more here: all of the page is shown")
        )
        # In the place of Next while something is waited for: what that is.
        self.waiting = QLabel()
        self.waiting.setObjectName("muted")
        self.waiting.setWordWrap(True)
        self.next_button = QPushButton()
        self.next_button.setObjectName("primary")
        for button in (self.previous_button, self.next_button):
            button.setAutoDefault(False)
        self._footer_row = row = QHBoxLayout(self._footer)
        row.addWidget(self.previous_button)
        row.addWidget(self.waiting, 1)
        row.addWidget(self.skip_button)
        row.addWidget(self.next_button)
        self.previous_button.clicked.connect(self._previous)
        self.skip_button.clicked.connect(self.player.skip)
        self.next_button.clicked.connect(self.go_on)

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        if self._list is not None and self._stack.currentWidget() is self._list:
            return self._list.tab_stops
        return [
            self.list_button, self.leave_button, self.back_button, self.explore_button,
            *self.view.tab_stops, self.previous_button, self.skip_button, self.next_button,
        ]  # fmt: skip

    @property
    def first_stop(self) -> QWidget:
        """What begins with the focus: a lesson to be opened, or the page to be read."""
        self.refresh()
        return self.view if self.player.lesson is not None else self._made_list().first_stop

    # -- what is shown -------------------------------------------------------------------------

    @Slot()
    def _changed(self) -> None:
        if not self._session.playback.running or self._rate.due():
            self._soon.start()

    @Slot()
    def refresh(self) -> None:
        """Show the page as it is now, or the list where no lesson is open."""
        player = self.player
        lesson = player.lesson
        if lesson is None:
            self._stack.setCurrentWidget(self._made_list())
            return
        self._stack.setCurrentWidget(self._page)
        n_pages = len(lesson.pages)
        self.page_number.set_text(say("{page} of {n}", page=player.page, n=n_pages))
        self.lesson_title.set_text(say(lesson.title))
        self.page_title.set_text(player.title)
        self.view.show_page(f"visit {player.visit}", player.items, lesson.folder)
        self._show_bar()
        if not self._session.playback.running:
            self._tell_news()
        last = player.page == n_pages
        self.previous_button.setEnabled(player.page > 1)
        self.next_button.setText(say("Finish") if last else say("Next"))
        # What is to be done comes first; then the way on stands in its place.
        self.waiting.setText(player.waiting)
        self.skip_button.setAccessibleDescription(player.waiting)
        self.next_button.setVisible(not player.waiting)
        self.skip_button.setVisible(bool(player.waiting))

    def _show_bar(self) -> None:
        player = self.player
        strayed = player.wandering and self.bar.isHidden()
        self.bar.setVisible(player.wandering)
        self.explore_button.setVisible(not player.exploring)
        self._bar_label.setText(
            say("Exploring, off the lesson's numbers.")
            if player.exploring
            else say("Off the lesson's numbers: what you try here is yours, and nothing is lost.")
        )
        if strayed:
            self._announce(self._bar_label.text())

    def _made_list(self) -> LessonList:
        if self._list is None:
            self._list = LessonList(self.player)
            self._stack.addWidget(self._list)
        self._list.refresh()
        return self._list

    @Slot(str)
    def _announce(self, sentence: str) -> None:
        """Say an outcome to a screen reader, once."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    @Slot()
    def _tell_news(self) -> None:
        """Say what has come to be written on the page that was told of when it was opened."""
        news = self.view.news()
        if news and self._told == self.player.visit:
            self._announce(news)

    @Slot()
    def _opened(self) -> None:
        """A page was asked for: reading begins at what it asks, or at its top."""
        self.refresh()
        self.view.take_focus()
        self._told = self.player.visit
        lesson = self.player.lesson
        if lesson is not None:
            self._announce(
                say("{title}, page {page} of {n}: {words}", title=say(lesson.title),
                    page=self.player.page, n=len(lesson.pages),
                    words=f"{in_sentences([self.player.title])} {self.view.plain}")
            )  # fmt: skip

    # -- turning pages -------------------------------------------------------------------------

    @Slot()
    def go_on(self) -> None:
        """The next page; behind the last one the lesson is left for the list."""
        lesson = self.player.lesson
        if lesson is not None and self.player.page < len(lesson.pages):
            self.player.turn(1)
        else:
            self.player.finish()

    @Slot()
    def _previous(self) -> None:
        self.player.turn(-1)

    @Slot()
    def _show_list(self) -> None:
        self.player.leave()

    @Slot()
    def _restyle(self) -> None:
        px = look.theme.px
        self._header_column.setContentsMargins(px(14), px(8), px(8), px(4))
        directions = QBoxLayout.Direction
        large = px(100) >= _LARGE
        self._top.setDirection(directions.TopToBottom if large else directions.LeftToRight)
        # In the least width all three buttons keep their words.
        self._footer_row.setContentsMargins(px(6), px(8), px(6), px(8))
        self._footer_row.setSpacing(px(3))
        self.waiting.setContentsMargins(px(5), 0, 0, 0)
        self.setMinimumWidth(px(_MIN_WIDTH))
        self.updateGeometry()
