"""Lessons on the bench: opens pages, waits for answers and deeds, and gives the bench back."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from gui.session.lesson.items import Item
from gui.session.lesson.page_run import PageRun, numeric_answers
from gui.session.lesson.record import LessonRecord, Records
from gui.session.lesson.solution import Solution
from gui.session.lesson.veiling import Made, hidden, lit
from gui.session.lesson.wandering import Base, Ground, strayed
from gui.session.session import AsideBench, Session
from model.door import mark, say
from model.errors import ExperimentError
from model.experiment import Experiment
from model.lessons.futures import bench_of, whole_path
from model.lessons.lesson import Gate, Lesson, LessonError, Observe, Task
from model.lessons.scopes import Scopes
from model.path import Path
from model.words.parts import named

# After so long without a change of the bench the first hint offers itself.
_NOTHING_MS = 60_000
_LOCKED = mark(
    "The lesson waits for your answer first: answer it, say that you cannot say yet, or skip it."
)


class LessonPlayer(QObject):
    """One lesson at a time, on a bench of its own.

    Signals
    -------
    beginning : the learner's own bench is about to be set aside
    opened : a page was opened
    closed : the lesson was left; the bench is the learner's own again
    changed : what the page shows, or may be done on it, may differ
    announced(sentence) : an outcome, for who does not see it
    list_closed : the list of lessons is wanted no more
    """

    beginning = Signal()
    opened = Signal()
    closed = Signal()
    changed = Signal()
    announced = Signal(str)
    list_closed = Signal()

    def __init__(
        self, session: Session, records: Records | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.records = Records(parent=self) if records is None else records
        self._lesson: Lesson | None = None
        self._run: PageRun | None = None
        self._aside: AsideBench | None = None
        self._made = Made(0)
        # The page's bench: what it began with, its own path, and where its open gate begins.
        self._path: Path | None = None
        self._ground: Ground | None = None
        self._base: Base | None = None
        self._strayed = self.exploring = False
        # Counts the pages that were opened: each begins anew, also one that was open before.
        self.visit = 0
        self._restoring = False
        # Whether what is being shown is to stay.
        self._stays = False
        self._solution = Solution(session, self)
        self._solution.ended.connect(self._solution_ended)
        self._nothing = QTimer(self, singleShot=True, interval=_NOTHING_MS)
        self._nothing.timeout.connect(self._offer_hint)
        session.changed.connect(self._look)
        session.view.changed.connect(self._look)

    @classmethod
    def of(cls, session: Session) -> LessonPlayer:
        """The player of a session's bench; made when it is asked for first."""
        found = session.findChild(cls)
        return found if isinstance(found, cls) else cls(session, parent=session)

    # -- what is open --------------------------------------------------------------------------

    @property
    def lesson(self) -> Lesson | None:
        """The lesson that is open."""
        return self._lesson

    @property
    def page(self) -> int:
        """The number of the page that is open, from 1; 0 without a lesson."""
        return 0 if self._run is None else self._run.page.number

    @property
    def title(self) -> str:
        """The title of the page that is open."""
        return "" if self._run is None else say(self._run.page.title)

    @property
    def items(self) -> tuple[Item, ...]:
        """What the page shows, from top to bottom."""
        return () if self._run is None else self._run.items()

    @property
    def gate(self) -> Gate | None:
        """What the page waits for; None where it waits for nothing."""
        return None if self._run is None else self._run.gate

    @property
    def scopes(self) -> Scopes | None:
        """What the numbers of the page are found in."""
        return None if self._run is None else self._run.scopes

    @property
    def record(self) -> LessonRecord:
        """What is recorded of the lesson that is open."""
        return LessonRecord() if self._lesson is None else self.records.of(self._lesson.id)

    @property
    def waits(self) -> bool:
        """Whether the page waits for an answer or a deed."""
        return self._run is not None and self._run.gate is not None

    @property
    def waiting(self) -> str:
        """What must be answered, done or skipped before the next page; empty where nothing."""
        return "" if self._run is None else self._run.waiting

    @property
    def wandering(self) -> bool:
        """Whether the bench is off the lesson's numbers."""
        return self._strayed

    @property
    def showing(self) -> bool:
        """Whether a solution is being shown."""
        return self._solution.playing

    def open(self, lesson: Lesson, page: int | None = None) -> None:
        """Open a page of a lesson: by its number, or the one that was open last.

        The learner's own bench is set aside until the lesson is left. Raises LessonError, with
        nothing changed, where the bench of the page cannot be made; IndexError where there is no
        such page.
        """
        known = self.records.look(lesson.id)
        number = min(known.page, len(lesson.pages)) if page is None else page
        run = PageRun(lesson, lesson.page(number), self._session, {})
        run.answers.update(numeric_answers(lesson, known.answers))
        experiment = bench_of(lesson, run.page)
        try:
            path = whole_path(experiment)
            for names in (run.page.setup.hide, run.page.setup.light, run.page.setup.show):
                for name in names:
                    named(experiment, name)
            self._put(experiment, path, run)
        except (ExperimentError, ValueError) as error:
            raise LessonError(lesson.name, run.page.line, str(error)) from error
        self._lesson, self._run, self._path = lesson, run, path
        self.record.page, self.records.under_way = number, lesson.id
        self.visit += 1
        self.records.note()
        self._begin(experiment)

    def _put(self, experiment: Experiment, path: Path, run: PageRun) -> None:
        """Put the bench of a page on the bench; the learner's own is set aside before."""
        veiled = sorted(hidden(run, experiment, Made(experiment.position)))
        self._solution.stop()
        self._restoring = True
        try:
            self._session.playback.lock("")
            if self._aside is None:
                self.beginning.emit()
                self._aside = self._session.set_aside(experiment, path, veiled)
            else:
                self._session.open(experiment, path, veiled)
        finally:
            self._restoring = False

    def _begin(self, experiment: Experiment) -> None:
        """Begin the page whose bench has just been put there."""
        run, session = self._run, self._session
        assert run is not None
        self._made, self._ground = Made(session.playback.position), Ground.of(session)
        self._begin_here()
        self._strayed = self.exploring = False
        self._veil()
        for name in run.page.setup.show:
            session.view.show(panel=named(experiment, name)[0].panel)
        if run.page.setup.select is not None:
            session.view.show(part=run.page.setup.select)
        run.look()
        self.opened.emit()
        self.changed.emit()

    def leave(self) -> None:
        """Give the learner's own bench back, with its undo; the lesson remembers its page."""
        aside, self._aside = self._aside, None
        if aside is None:
            return
        self._solution.stop()
        self._nothing.stop()
        self._lesson = self._run = self._path = self._ground = self._base = None
        self._strayed = False
        self._session.playback.lock("")
        self._session.bring_back(aside)
        self.closed.emit()
        self.changed.emit()

    def say_fault(self, sentence: str) -> None:
        """Tell that a lesson could not be opened."""
        self._session.notices.refuse(sentence)

    def finish(self) -> None:
        """Leave the lesson at its end: nothing of it is under way any more."""
        self._mark_page(left=True)
        self.record.asked = ()
        self.records.under_way = ""
        self.records.note()
        self.leave()

    # -- pages ---------------------------------------------------------------------------------

    def turn(self, by: int) -> None:
        """Go to another page; the one that is left is marked by what became of it."""
        if self._lesson is None:
            return
        if by > 0:
            self._mark_page(left=True)
        number = self.page + by
        if 1 <= number <= len(self._lesson.pages):
            self.open(self._lesson, number)

    def _mark_page(self, left: bool = False) -> None:
        """Record what became of the page; left without its gates it counts as skipped."""
        run = self._run
        if run is None:
            return
        outcomes = set(run.outcomes)
        page = self.record.of_page(run.page.number)
        page.shown = page.shown or run.was_shown
        if "" in outcomes and not left:
            return
        if outcomes & {"", "skipped"}:
            # Done once, it stays so.
            page.mark = page.mark or "skipped"
        elif "shown" in outcomes:
            page.mark = "done" if page.mark == "done" else "shown"
        else:
            page.mark = "done"
        self.records.note()

    # -- answers, hints, and going on ------------------------------------------------------------

    def answer(self, said: str, sure: str = "") -> None:
        """Answer the question that is open: by an option's id or a number as it is typed."""
        run = self._run
        if run is None or (self._strayed and isinstance(run.gate, Observe)):
            return
        gate = run.gate
        answer = run.answer(said, sure)
        if answer is not None and not isinstance(gate, Task | None):
            self.record.answers[gate.id] = answer
            self.records.note()
        if run.gate is not gate:
            self._passed(say("Answer taken."))
        self.changed.emit()

    def hint(self) -> None:
        """Show the next hint of the task that is open."""
        hint = "" if self._run is None else self._run.hint()
        if hint:
            self.record.of_page(self.page).hints += 1
            self.records.note()
            self.announced.emit(hint)
            self.changed.emit()

    def skip(self) -> None:
        """Wait for nothing more on this page: all of it is shown, and it is marked so."""
        if self._run is not None and self._run.gate is not None:
            self._solution.stop()
            self._run.skip()
            self._passed(say("Skipped: all of the page is shown."))
            self.changed.emit()

    def show_whole(self) -> None:
        """Show all of the page; questions and tasks stay open, and nothing is locked."""
        if self._run is not None and not self._run.whole:
            self._run.whole = True
            self._veil()
            self.announced.emit(say("All of the page is shown."))
            self.changed.emit()

    @Slot()
    def _offer_hint(self) -> None:
        run = self._run
        if run is not None and isinstance(run.gate, Task) and not self.showing:
            run.offers_hint = True
            self.changed.emit()

    def _passed(self, sentence: str) -> None:
        """The gate that was open is behind the learner: the next begins with the bench of now."""
        self._begin_here()
        self._veil()
        run = self._run
        if run is not None and run.gate is None:
            self._mark_page()
        self.announced.emit(sentence)

    # -- the bench -----------------------------------------------------------------------------

    def back_to_page(self) -> None:
        """Restore the bench as it was when the open question or task began; undo takes it back."""
        self._back(shown=False)

    def _back(self, shown: bool) -> None:
        """Restore the page's bench; ``shown`` are steps that a solution has made."""
        base, path = self._base, self._path
        if self._run is None or base is None or path is None or self._ground is None:
            return
        self._solution.stop()
        self._restoring = True
        try:
            self._session.playback.lock("")
            if self._session.path is path:
                self._session.edits.go_back_to(base.moment, say("back to the page"), not shown)
            else:
                self._session.open(self._ground.experiment, path)
                self._session.playback.restore(base.moment)
            base.do_parts(self._session)
        finally:
            self._restoring = False
        self._strayed = self.exploring = False
        self._veil()
        self.announced.emit(say("Back on the page, with its numbers."))
        self.changed.emit()

    def keep_exploring(self) -> None:
        """Stay off the lesson's numbers; the way back stays open."""
        self.exploring = True
        self.changed.emit()

    @Slot()
    @Slot(str)
    def _look(self, seen: str = "bench") -> None:
        """The bench, or what a task can ask for of the view, has changed."""
        run, ground = self._run, self._ground
        aside = self._restoring or seen not in ("bench", "slip", "space")
        # What is shown only to be taken back does no task.
        if run is None or ground is None or aside or (self.showing and not self._stays):
            return
        self._strayed = strayed(self._session, ground, run.allowed)
        self.exploring = self.exploring and self._strayed
        if not self._strayed:
            self._made.look(self._session)
            if run.look():
                self._passed(say("Done."))
            elif run.wants_hint:
                run.offers_hint = True
            self._veil()
        self._nothing.start()
        self.changed.emit()

    def _veil(self) -> None:
        """Hide and light what the page has hidden and lit by now, and lock what must not happen."""
        run, session = self._run, self._session
        if run is None or session.experiment is not getattr(self._ground, "experiment", None):
            return
        session.playback.lock(say(_LOCKED) if run.prediction is not None else "")
        session.parts.veil(sorted(hidden(run, session.experiment, self._made)))
        session.parts.light(lit(run))

    # -- solutions -----------------------------------------------------------------------------

    def show_me(self, stays: bool = False) -> None:
        """Do the task that is open, slowly, from where it began; then it is the learner's turn.

        With ``stays`` it is done for good, as by who presents the page.
        """
        run = self._run
        if run is None or not isinstance(run.gate, Task) or self.showing:
            return
        gate = run.gate
        if self._base is None or not self._base.is_here(self._session, self._path):
            self.back_to_page()
        self._stays = stays
        run.note_shown()
        run.showing = True
        self.record.of_page(self.page).shown = True
        self.records.note()
        self._nothing.stop()
        self.changed.emit()
        self._solution.play(gate.solution)

    def hurry(self) -> None:
        """Show the rest of a solution at once."""
        self._solution.hurry()

    def _begin_here(self) -> None:
        """What is open now begins with the bench as it is."""
        self._base = Base.of(self._session)
        self._nothing.start()

    @Slot()
    def _solution_ended(self) -> None:
        run = self._run
        if run is None:
            return
        run.showing = False
        if self._stays:
            self._look()
            return
        self._back(shown=True)
        self._nothing.start()
        self.announced.emit(say("That was the solution. Now you."))
        self.changed.emit()
