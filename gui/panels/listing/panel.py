"""The experiment's own program, in step with the graph: read, gone through, and edited."""

from __future__ import annotations

from PySide6.QtCore import QRect, QTimer, Slot
from PySide6.QtGui import QGuiApplication, QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gui.look.theme import look
from gui.panels.following import Following
from gui.panels.listing.both_ways import (
    Lights,
    change_number,
    column_looked_into,
    line_that_makes,
    make,
    selected_refs,
)
from gui.panels.listing.comparison import Comparison
from gui.panels.listing.errors_card import ErrorsCard
from gui.panels.listing.lines import ListingRows
from gui.panels.listing.reading import Reading
from gui.panels.listing.table import ListingTable
from gui.session import Session
from gui.widgets.buttons import quiet_button
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.text_line import TextLine
from gui.widgets.whereabouts import rect_in
from model.door import say
from model.listing.bench import part_names
from model.listing.lines import Change, Span
from model.listing.program import FORM_NAMES, FORMS, Program, program_at
from model.listing.slips import RIGHT, SLIPS
from model.listing.told import program_text, wrong_number
from model.path import State
from model.phase import StepPart
from model.words.parts import Part, named

# While running, the listing follows so many times a second: nobody reads more.
_FRAMES = 5.0
_LINES_OF_WORDS = 6


class ListingPanel(QWidget):
    """The listing of the session's experiment at the moment that is looked at."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        # Lines of the program make the session move; what it tells meanwhile is known already.
        self._stepping = False
        self._lights = Lights(session)
        # The pixel that was pointed at last: the pointer leaves it to press a button here.
        self._pixel = session.view.pixel
        self._shown: tuple[object, ...] = ()
        self.form_box = ChoiceBox(say("Form"), say("How the program is written"))
        self.slip_box = ChoiceBox(
            say("Slip"), say("Put one of four printed slips in, and run it beside the right one")
        )
        self.step_button = quiet_button(
            say("Line ▸"), say("Carry out one line of the program (N)"), say("Step one line")
        )
        self.copy_button = quiet_button(say("Copy"), say("Copy the program: it runs by itself"))
        self.words = TextLine(role="ink")
        self.words.set_lines(_LINES_OF_WORDS)
        self.rows = ListingRows(self)
        self.table = ListingTable(self.rows)
        self.comparison = Comparison(session, self)
        self.errors = ErrorsCard(session, self.comparison, self)
        self._lay_out()
        self._connect()
        self._restyle()

    def _lay_out(self) -> None:
        self.table.setAccessibleName(say("Listing: the experiment as a program"))
        self._top = QHBoxLayout()
        self._top.addWidget(self.form_box)
        self._top.addWidget(self.slip_box)
        self._top.addStretch(1)
        self._top.addWidget(self.step_button)
        self._top.addWidget(self.copy_button)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._top)
        self._column.addWidget(self.words)
        self._column.addWidget(self.table, 1)
        self._column.addWidget(self.errors)
        self.slip_box.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.form_box.offer((form, say(FORM_NAMES[form])) for form in FORMS)
        slips = ((slip.key, say(slip.name)) for slip in SLIPS.values())
        self.slip_box.offer([(None, say(RIGHT.name)), *slips])
        self.words.hide()
        self.errors.hide()

    def _connect(self) -> None:
        session = self._session
        self._following = Following(
            session, self, self._refresh, describe=self._describe, forget=self._forget,
            frames=_FRAMES,
        )  # fmt: skip
        session.view.changed.connect(self._view_changed)
        session.playback.running_changed.connect(self._running_changed)
        self.comparison.changed.connect(self._compared)
        self.form_box.activated.connect(self._form_chosen)
        self.slip_box.activated.connect(self._slip_chosen)
        self.step_button.clicked.connect(self.step_line)
        self.copy_button.clicked.connect(self.copy)
        self.table.pointed.connect(self._pointed)
        self.table.edited.connect(self._edited)
        self.table.rejected.connect(session.notices.refuse)
        self.table.copy_wanted.connect(self.copy)
        look.follow(self, self._restyle)

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [
            self.form_box, self.slip_box, self.step_button, self.copy_button, self.table,
            self.errors,
        ]  # fmt: skip

    def locate(self, wanted: Part) -> QRect | None:
        """Where one of the named parts is; of the listing itself all of the panel."""
        widgets = {"form": self.form_box, "slip": self.slip_box, "step_line": self.step_button}
        return rect_in(self, widgets.get(wanted.family, self))

    # -- showing -------------------------------------------------------------------------------

    @property
    def reading(self) -> Reading | None:
        """What is shown."""
        return self.rows.reading

    def _forget(self) -> None:
        self._pixel = self._session.view.pixel
        self.comparison.forget()
        self._shown = ()
        self.rows.show(None)

    def _refresh(self) -> None:
        """Show the session's moment, unless the lines are just what moves it."""
        if self._stepping:
            return
        self.comparison.follow()
        self.errors.draw()
        self._show_choices()
        state, view = self._session.seen, self._session.view
        reading = self.reading
        here, now = self._what_is_read(state), self._session.playback.part
        if reading is not None and (*here, now) == self._shown:
            return
        self._lights.put_out()
        if reading is None or here != self._shown[:-1]:
            program = self._program(state)
            self._put(Reading(program, view.form, now, self._gone_into, view.output))
        else:
            reading.show(now)
            self._lines_changed()
        self._shown = (*here, now)
        self._mark()

    def _what_is_read(self, state: State) -> tuple[object, ...]:
        """Stands for a program and how it is written: another one is read where this differs."""
        session, view = self._session, self._session.view
        reading, wrong = self.reading, self.comparison.wrong
        # Lines that are gone through go on where they began, wherever the pointer is by now.
        column = reading.column if reading is not None and reading.at_line else self._gone_into
        reached = wrong is None or wrong.length >= state.step
        # In a program it only says which turn of a loop is gone into.
        column = column if view.form == "formulas" else None
        return session.path.mark, state.step, view.form, view.slip, reached, column

    @property
    def _gone_into(self) -> int | None:
        """The input that is gone into where there are many."""
        column = column_looked_into(self._session)
        return self._pixel if column is None else column

    def _program(self, state: State) -> Program:
        """The program of a step; with a slip it has the weights that the slip has led to."""
        slip, made = self.comparison.slip, None
        if slip is not RIGHT:
            made = self.comparison.at(state.step)
        weights = state.weights if made is None else made.weights
        return program_at(self._session.experiment, state.setup, weights, state.step, slip)

    def _put(self, reading: Reading) -> None:
        """Show another listing at the place where the last one was scrolled to."""
        bar, current = self.table.verticalScrollBar(), self.table.currentIndex().row()
        before, scrolled = self.reading, bar.value()
        self.rows.show(reading)
        self._find_selected()
        self._find_wrong()
        self.table.fit_rows()
        same = before is not None and before.form == reading.form
        same = same and before is not None and before.program.shape == reading.program.shape
        if same:
            bar.setValue(scrolled)
        if 0 <= current < self.rows.rowCount():
            self.table.setCurrentIndex(self.rows.index(current, 0))
        if not same:
            # Once the table has its place in the panel.
            QTimer.singleShot(0, self, self._show_steps)

    @Slot()
    def _show_steps(self) -> None:
        """Begin where the steps are: what is before them is a scroll away."""
        reading = self.reading
        if reading is None or reading.at_line:
            return
        self.table.scrollTo(self.rows.index(self.rows.rowCount() - 1, 0))
        self.table.scrollTo(self.rows.index(reading.first_of_steps, 0))

    def _lines_changed(self) -> None:
        self.table.fit_rows()
        self.rows.tell_changed()
        self.table.viewport().update()

    def _mark(self) -> None:
        """Bring what is under way into sight."""
        reading = self.reading
        if reading is None or self._session.playback.running:
            return
        if reading.now is not None:
            self.table.keep_in_view(reading.now)
        elif reading.part is not StepPart.REST:
            steps = reading.first_of_steps
            lit = [n for n in reading.listing.of_part(reading.part) if n in reading.beside]
            lit = [n for n in lit if n >= steps]
            for number in reversed(lit):
                self.table.keep_in_view(number)

    def _show_choices(self) -> None:
        view = self._session.view
        self.form_box.choose(view.form)
        self.slip_box.choose(view.slip)
        self.step_button.setEnabled(not self._session.playback.running)

    def _describe(self) -> None:
        reading = self.reading
        if reading is None:
            return
        row = reading.now if reading.now is not None else self.table.currentIndex().row()
        told = self.rows.told(row) if 0 <= row < self.rows.rowCount() else ""
        self.table.setAccessibleDescription(told)
        if self.errors.isVisible():
            self.errors.describe()

    @Slot()
    def _compared(self) -> None:
        """Say what is known of the slip by now."""
        told = self.comparison.sentences()
        self.words.setVisible(bool(told))
        self.words.set_text(" ".join(told))
        self.errors.setVisible(bool(told))
        self.errors.draw()
        self._find_wrong()
        self._lines_changed()
        if self.reading is not None and self._what_is_read(self._session.seen) != self._shown[:-1]:
            # The slip's run has just come to the step that is looked at.
            QTimer.singleShot(0, self._following.look_again)

    @Slot(bool)
    def _running_changed(self, running: bool) -> None:
        self.step_button.setEnabled(not running)

    # -- what is looked at -----------------------------------------------------------------------

    @Slot(str)
    def _view_changed(self, name: str) -> None:
        if name == "pixel" and self._session.view.pixel is not None:
            self._pixel = self._session.view.pixel
        if name in ("form", "slip", "pixel"):
            if name == "slip" and self._session.view.slip is None:
                self.words.hide()
                self.errors.hide()
            self._following.look_again()
        elif name == "part" and self._following.in_sight:
            self._following.look_again()
            self._find_selected()
            self._lines_changed()
            if self.rows.selected and (self.reading is None or not self.reading.at_line):
                self.table.keep_in_view(min(self.rows.selected))

    def _find_selected(self) -> None:
        reading = self.reading
        refs = selected_refs(self._session)
        lines = [] if reading is None else reading.lines_naming(refs)
        self.rows.selected = frozenset(lines)

    def _find_wrong(self) -> None:
        """Mark the line that makes the first wrong number, at the step that it is made in."""
        reading, first = self.reading, self.comparison.first
        self.rows.wrong = None
        if reading is None or first is None or reading.program.slip is RIGHT:
            return
        if reading.program.start == first.step:
            line = line_that_makes(reading, first)
            if line is not None:
                told = wrong_number(self._session.experiment, first, beside=True)
                self.rows.wrong = (line, told)

    @Slot(int)
    def _form_chosen(self, index: int) -> None:
        self._session.view.show(form=self.form_box.itemData(index))

    @Slot(int)
    def _slip_chosen(self, index: int) -> None:
        self._session.view.show(slip=self.slip_box.itemData(index))

    # -- line by line ----------------------------------------------------------------------------

    @Slot()
    def step_line(self) -> None:
        """Carry out the next line of the program; the bench shows the part that it is of."""
        if self._session.playback.running:
            return
        self._following.catch_up()
        reading = self._at_line()
        if reading is None:
            return
        moment = reading.look_ahead()
        if moment is None:
            return
        if reading.part_of(moment) is not reading.part and not self._move_to(
            reading.part_of(moment)
        ):
            return
        reading.take()
        self._shown = (*self._what_is_read(self._session.seen), self._session.playback.part)
        self._lines_changed()
        self._mark()
        self._lights.light(reading.lit_parts)
        self._describe()

    def _at_line(self) -> Reading | None:
        """What is read, ready to go on by a line; at the end of a step that is the next one."""
        reading = self.reading
        if reading is None:
            return None
        if not reading.at_line:
            reading.column, reading.output = self._gone_into, self._session.view.output
            reading.begin_lines()
        if reading.look_ahead() is None and reading.part is StepPart.LEARN:
            session = self._session
            state = session.state
            reading = Reading(
                self._program(state), session.view.form, StepPart.REST,
                self._gone_into, session.view.output,
            )  # fmt: skip
            reading.begin_lines()
            self._put(reading)
        elif reading.look_ahead() is None and reading.fault is None:
            # Without a label nothing follows; the bench says so.
            self._move_to(StepPart.COMPARE)
        return reading

    def _move_to(self, wanted: StepPart) -> bool:
        """Have the bench make a part of the step, and go on here all the same."""
        self._stepping = True
        try:
            return make(self._session, wanted)
        finally:
            self._stepping = False

    # -- both ways -------------------------------------------------------------------------------

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.comparison.pause()
        # Another panel has come before it; a window that goes takes its lights along.
        if self.window() is self or self.window().isVisible():
            self._lights.put_out()

    @Slot(int, object)
    def _pointed(self, row: int, span: Span) -> None:
        """Light what a name stands for; a single part is selected, too."""
        session = self._session
        if span.ref is None:
            return
        names = part_names(session.experiment, [span.ref])
        # A family may have a single part, too.
        members = [found.name for name in names for found in named(session.experiment, name)]
        if len(members) == 1 and session.view.part != members[0]:
            session.view.show(part=members[0])
        self._lights.light(names)

    @Slot(object, float, object)
    def _edited(self, change: Change, value: float, gesture: object) -> None:
        """Change what a number of the listing stands for, at the step that it is of."""
        change_number(self._session, change, value, gesture)

    # -- copying -----------------------------------------------------------------------------------

    @Slot()
    def copy(self) -> None:
        """Put the program on the clipboard, from the step on that is looked at.

        Of formulas with the numbers of that step.
        """
        session = self._session
        text = program_text(
            self._program(session.seen), session.view.form, self._gone_into, session.view.output
        )
        QGuiApplication.clipboard().setText(text)

    # -- looks -------------------------------------------------------------------------------------

    @Slot()
    def _restyle(self) -> None:
        px = look.theme.px
        self._column.setContentsMargins(px(8), px(8), px(8), px(8))
        self._column.setSpacing(px(6))
        self._top.setSpacing(px(6))
        self.table.restyle()
