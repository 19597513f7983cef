"""The list of lessons: what each is about, what became of its pages, and forgetting that."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.look.theme import look
from gui.session.lesson import LessonPlayer, LessonRecord
from gui.session.lesson.again import to_be_asked
from gui.widgets.buttons import FlowRow, quiet_button
from gui.widgets.text_line import TextLine
from model.door import mark, say, say_count
from model.lessons.lesson import Heading, LessonError, UnknownLesson
from model.lessons.library import built_in, load


def progress_words(record: LessonRecord) -> str:
    """What became of a lesson's pages, in words; empty where nothing has."""
    marks = (
        (record.count("done"), mark("{n:,} page done"), mark("{n:,} pages done")),
        (record.count("shown"), mark("{n:,} shown"), mark("{n:,} shown")),
        (record.count("skipped"), mark("{n:,} skipped"), mark("{n:,} skipped")),
    )
    return " · ".join(say_count(one, many, n) for n, one, many in marks if n)


class _Row(QFrame):
    """One lesson of the list.

    Signals
    -------
    wanted(file), forgotten(id) : a button was pressed
    """

    wanted = Signal(str)
    forgotten = Signal(str)

    def __init__(self, number: int, heading: Heading) -> None:
        super().__init__()
        self.heading = heading
        self.title = TextLine(role="ink", lines=2, scale=1.0, weight=QFont.Weight.DemiBold)
        self.title.set_text(say("{number}  {title}", number=number, title=say(heading.title)))
        self._about = TextLine(lines=3)
        self._about.set_text(
            say("{about} ({minutes:g} minutes)", about=say(heading.about), minutes=heading.minutes)
        )
        self.progress = QLabel()
        self.open_button = QPushButton(say("Open"))
        self.open_button.setAutoDefault(False)
        self.forget_button = quiet_button(
            say("Forget"),
            say("Forget what was answered and done in “{title}”", title=say(heading.title)),
        )
        self.open_button.clicked.connect(self._open)
        self.forget_button.clicked.connect(self._forget)
        row = FlowRow()
        row.set_widgets((self.open_button, self.forget_button, self.progress))
        column = QVBoxLayout(self)
        px = look.theme.px
        column.setContentsMargins(px(12), px(8), px(10), px(9))
        column.setSpacing(px(4))
        column.addWidget(self.title)
        column.addWidget(self._about)
        column.addWidget(row)

    def show_record(self, record: LessonRecord, known: bool) -> None:
        """Show what became of its pages."""
        words = progress_words(record)
        self.progress.setText(words)
        begun = known and record.page > 1
        self.open_button.setText(
            say("Go on with page {page}", page=record.page) if begun else say("Open")
        )
        self.open_button.setAccessibleName(
            say("{button}: {title}", button=self.open_button.text(), title=say(self.heading.title))
        )
        self.open_button.setAccessibleDescription(words)
        self.forget_button.setVisible(known)

    @Slot()
    def _open(self) -> None:
        self.wanted.emit(self.heading.file)

    @Slot()
    def _forget(self) -> None:
        self.forgotten.emit(self.heading.id)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = look.theme, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("outline"), theme.line))
        painter.setBrush(theme.color("panel"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 7, 7)


class LessonList(QScrollArea):
    """All lessons in order; those of a folder that was opened take the place of the built-in."""

    def __init__(self, player: LessonPlayer) -> None:
        super().__init__()
        self._player = player
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(say("All lessons"))
        inside = QWidget()
        column = QVBoxLayout(inside)
        px = look.theme.px
        column.setContentsMargins(px(12), px(10), px(12), px(12))
        column.setSpacing(px(8))
        title = TextLine(role="ink", scale=1.2, weight=QFont.Weight.DemiBold)
        title.set_text(say("Lessons"))
        self.close_button = quiet_button("×", say("Close the lessons"))
        top = QHBoxLayout()
        top.addWidget(title, 1)
        top.addWidget(self.close_button)
        column.addLayout(top)
        self.rows = [_Row(number, heading) for number, heading in enumerate(built_in())]
        for row in self.rows:
            row.wanted.connect(self._open)
            row.forgotten.connect(player.records.forget)
            column.addWidget(row)
        column.addStretch(1)
        self.setWidget(inside)
        self.close_button.clicked.connect(player.list_closed)

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        buttons = ((row.open_button, row.forget_button) for row in self.rows)
        return [self.close_button, *(button for pair in buttons for button in pair)]

    @property
    def first_stop(self) -> QWidget:
        """The lesson that is under way, or else the first."""
        under_way = self._player.records.under_way
        rows = [row for row in self.rows if row.heading.id == under_way] or self.rows
        return rows[0].open_button if rows else self.close_button

    def refresh(self) -> None:
        """Show what became of each lesson by now."""
        records = self._player.records
        for row in self.rows:
            known = row.heading.id in records
            row.show_record(records.look(row.heading.id), known)

    @Slot(str)
    def _open(self, file: str) -> None:
        try:
            self._player.open(to_be_asked(load(file), self._player.records))
        except (LessonError, UnknownLesson) as error:
            self._player.say_fault(str(error))
