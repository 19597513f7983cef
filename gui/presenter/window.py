"""The presenter's window: notes, what comes next, answers, a clock and a show of hands."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent, QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from gui.look.theme import look
from gui.panels.lesson.markdown import MarkdownLabel
from gui.presenter import told
from gui.presenter.clock import Clock
from gui.presenter.vote_bars import VoteBars
from gui.session.teaching import Conductor, Votes
from gui.widgets.buttons import FlowRow, quiet_button
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.text_line import TextLine
from model.door import say
from model.lessons.lesson import Gate


class Presenter(QWidget):
    """What the audience does not see. It follows the lesson, and is closed with it.

    Signals
    -------
    closed : it was closed
    black_wanted : the audience's screen is to be black, or to be seen again
    spotlight_wanted(str) : all but this part of the bench is to be dimmed; empty for none
    """

    closed = Signal()
    black_wanted = Signal()
    spotlight_wanted = Signal(str)

    def __init__(self, conductor: Conductor, votes: Votes, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.conductor = conductor
        self.votes = votes
        self.setWindowTitle(say("Presenter – Weightbench"))
        self._make_parts()
        self._lay_out()
        conductor.moved.connect(self.refresh)
        conductor.player.changed.connect(self._show_next)
        votes.changed.connect(self._show_votes)
        look.follow(self, self._restyle)
        self._restyle()
        self.resize(900, 640)
        self.refresh()

    # -- its parts -----------------------------------------------------------------------------

    def _make_parts(self) -> None:
        self.where = TextLine(role="muted", lines=3)
        self.title = TextLine(role="ink", scale=1.35, weight=QFont.Weight.DemiBold, lines=3)
        self.clock = Clock()
        self.clock_button = quiet_button("↻", say("Start the clock again"))
        self.notes = MarkdownLabel()
        self.answers = MarkdownLabel()
        self.next_words = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignRight)
        self.back_button = QPushButton(say("◂ Page before"))
        self.next_button = QPushButton(say("Next ▸"))
        self.next_button.setObjectName("primary")
        self.again_button = quiet_button(
            say("Page again"), say("This page once more, from its beginning")
        )
        self.black_button = quiet_button(
            say("Black"), say("Make the audience's screen black, or show it again (.)")
        )
        self.bars = VoteBars()
        self.votes_words = QLabel(wordWrap=True)
        self.votes_words.setObjectName("muted")
        self.again_votes = quiet_button(
            say("Vote again"), say("A second show of hands, beside the first (V)")
        )
        self.clear_votes = quiet_button(
            say("Clear hands"), say("Forget the hands that were counted")
        )
        self.spot_box = ChoiceBox(say("Spotlight"), say("Dim all of the bench but one part"))
        for button, do in (
            (self.back_button, self.conductor.go_back), (self.next_button, self.conductor.go_on),
            (self.again_button, self.conductor.begin_again),
            (self.black_button, self.black_wanted), (self.clock_button, self.clock.start_again),
            (self.again_votes, self.votes.vote_again), (self.clear_votes, self.votes.clear),
        ):  # fmt: skip
            button.clicked.connect(do)
        self.bars.counted.connect(self.votes.count)
        self.spot_box.activated.connect(self._choose_spot)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        words = QVBoxLayout()
        words.addWidget(self.where)
        words.addWidget(self.title)
        top.addLayout(words, 1)
        top.addWidget(self.clock)
        top.addWidget(self.clock_button)
        reading = QWidget()
        column = QVBoxLayout(reading)
        for heading, body in ((say("Notes"), self.notes), (say("Answers"), self.answers)):
            label = QLabel(heading)
            label.setObjectName("muted")
            column.addWidget(label)
            column.addWidget(body)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName(say("Notes and answers"))
        area.setWidget(reading)
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self.bars)
        side.addWidget(self.votes_words)
        row = FlowRow()
        row.set_widgets((self.again_votes, self.clear_votes))
        side.addWidget(row)
        side.addStretch(1)
        spot = QHBoxLayout()
        spot.addWidget(QLabel(say("Spotlight")))
        spot.addWidget(self.spot_box, 1)
        side.addLayout(spot)
        middle = QHBoxLayout()
        middle.addWidget(area, 3)
        middle.addWidget(self._side, 2)
        foot = QHBoxLayout()
        for widget in (self.back_button, self.again_button, self.black_button):
            foot.addWidget(widget)
        foot.addStretch(1)
        foot.addWidget(self.next_button)
        whole = QVBoxLayout(self)
        whole.addLayout(top)
        whole.addLayout(middle, 1)
        # In large type there is no room for a sentence between the buttons.
        whole.addWidget(self.next_words)
        whole.addLayout(foot)

    # -- what is shown -------------------------------------------------------------------------

    @Slot()
    def refresh(self) -> None:
        """Show the page as it is now."""
        player, page = self.conductor.player, self.conductor.page
        lesson, scopes = player.lesson, player.scopes
        if page is None or lesson is None or scopes is None:
            self.close()
            return
        self.where.set_text(
            say("{page} of {n} · {title}", title=say(lesson.title), page=page.number,
                n=len(lesson.pages))
        )  # fmt: skip
        self.title.set_text(player.title)
        self.clock.plan(told.minutes(lesson.pages, page.number))
        self.notes.set_markdown(told.notes(page, scopes))
        self.answers.set_markdown(
            told.answers(player.gate, scopes) or say("*Nothing is asked now.*")
        )
        choices = told.options(player.gate)
        self.votes.ask(self._question(player.gate), tuple(choice.id for choice in choices))
        self._fill_spots()
        self._show_next()
        self._show_votes()

    def _question(self, gate: Gate | None) -> str:
        name = getattr(gate, "id", "")
        return str(name) if told.options(gate) else ""

    @Slot()
    def _show_next(self) -> None:
        self.next_words.setText(told.next_press(self.conductor))
        self.back_button.setEnabled(self.conductor.player.page > 1)

    @Slot()
    def _show_votes(self) -> None:
        gate, scopes = self.conductor.player.gate, self.conductor.player.scopes
        choices = told.options(gate)
        if scopes is None:
            return
        texts = tuple(told.in_words(choice.text, scopes) for choice in choices)
        self.bars.show_votes(texts, self.votes.rounds, told.right_place(gate, self.conductor))
        self.votes_words.setText(
            say("Keys 1 to {n} count a hand, with Shift one less.", n=len(choices))
            if choices
            else say("There is nothing to vote on now.")
        )
        self.again_votes.setEnabled(self.votes.may_revote)
        self.clear_votes.setEnabled(bool(self.votes.rounds))

    def _fill_spots(self) -> None:
        names = ["", *told.spots(self.conductor.session.experiment)]
        if self.spot_box.values != names:
            self.spot_box.offer((name, told.spot_words(name)) for name in names)

    @Slot(int)
    def _choose_spot(self, at: int) -> None:
        self.spotlight_wanted.emit(str(self.spot_box.itemData(at)))

    def forget_spot(self) -> None:
        """Nothing is spoken of alone any more."""
        self.spot_box.setCurrentIndex(0)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        event.accept()

    @Slot()
    def _restyle(self) -> None:
        self.next_words.setFont(look.theme.font(1.0))
        self._side.setMinimumWidth(look.theme.px(280))
