"""One page that is open: what was answered and done on it, and what is in sight because of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from gui.session.lesson.items import Doing, Item, Option, Outcome, Question, Words
from gui.session.lesson.record import Answer
from model.door import say
from model.lessons.expressions import Expression
from model.lessons.lesson import (
    UNSURE,
    Choice,
    Gate,
    Lesson,
    Observe,
    Page,
    Predict,
    Prose,
    Reveal,
    Segment,
    Task,
    Text,
)
from model.lessons.quantities import Live
from model.lessons.scopes import Latch, Reference, Scopes, judge, truth
from model.lessons.texts import fill
from model.words import numbers

# Wrong tries after which the first hint offers itself.
_TRIES = 2


@dataclass
class _Progress:
    """What became of one gate. ``response`` is what the lesson says to its answer."""

    outcome: Outcome = ""
    said: str = ""
    sure: str = ""
    remark: str = ""
    response: str = ""
    hints: int = 0
    tries: int = 0
    shown: bool = False


@dataclass
class PageRun:
    """A page as far as a learner has come with it.

    ``answers`` are numeric answers of the whole lesson by the ids of their predictions; ``live``
    is the bench.
    """

    lesson: Lesson
    page: Page
    live: Live
    answers: dict[str, float]
    # Whether all of the page is shown, whatever has not been answered yet.
    whole: bool = False
    offers_hint: bool = False
    showing: bool = False
    _progress: list[_Progress] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.segments: tuple[Segment, ...] = self.page.segments
        self._progress = [_Progress() for _ in self.segments]
        self._latch = Latch(self._conditions())
        self.scopes = Scopes(
            Reference(self.lesson, self.page), self.live, self.answers, self._latch
        )
        self._remarked: str = ""

    def _conditions(self) -> Iterator[Expression]:
        for task in self.page.tasks:
            yield task.done
            yield from (remark.when for remark in task.says)
        for observe in self.page.observes:
            yield from (one.condition for one in observe.choices if one.condition is not None)

    # -- where the learner is ------------------------------------------------------------------

    @property
    def place(self) -> int:
        """The segment whose gate is waited for; the number of segments where all is done."""
        for at, segment in enumerate(self.segments):
            if segment.gate is not None and not self._progress[at].outcome:
                return at
        return len(self.segments)

    @property
    def gate(self) -> Gate | None:
        """What is to be answered or done now; None where the page is done."""
        at = self.place
        return self.segments[at].gate if at < len(self.segments) else None

    @property
    def prediction(self) -> Predict | None:
        """The prediction that is waited for: until it is answered its outcome is nowhere."""
        gate = self.gate
        return gate if isinstance(gate, Predict) and not self.whole else None

    @property
    def allowed(self) -> set[str]:
        """What may be touched: what the tasks in sight allow."""
        gates = (segment.gate for segment in self._in_sight())
        return {name for gate in gates if isinstance(gate, Task) for name in gate.allow}

    def _in_sight(self) -> tuple[Segment, ...]:
        return self.segments if self.whole else self.segments[: self.place + 1]

    @property
    def reveals(self) -> Iterator[Reveal]:
        """The reveal blocks that are reached."""
        blocks = (block for segment in self._in_sight() for block in segment.blocks)
        return (block for block in blocks if isinstance(block, Reveal))

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What became of each gate, in order; empty for those that are open."""
        return tuple(
            progress.outcome
            for segment, progress in zip(self.segments, self._progress, strict=True)
            if segment.gate is not None
        )

    # -- what the learner does -----------------------------------------------------------------

    def look(self) -> bool:
        """Look at the bench; returns whether the task that is open is done by now."""
        self._latch.look(self.scopes)
        gate, at = self.gate, self.place
        if not isinstance(gate, Task):
            return False
        progress = self._progress[at]
        remark = next((one for one in gate.says if truth(one.when, self.scopes)), None)
        progress.remark = "" if remark is None else self.fill(remark.text)
        if progress.remark and progress.remark != self._remarked:
            progress.tries += 1
        self._remarked = progress.remark
        if truth(gate.done, self.scopes):
            progress.outcome = "done"
            return True
        return False

    def answer(self, said: str, sure: str = "") -> Answer | None:
        """Answer the question that is open by an option's id or a number as it is typed.

        Returns what is to be recorded; None where it was no answer, which the page says.
        """
        gate, progress = self.gate, self._progress[min(self.place, len(self.segments) - 1)]
        if isinstance(gate, Observe):
            return self._observed(gate, progress, said)
        if not isinstance(gate, Predict):
            return None
        if gate.answer is not None and said != UNSURE:
            found = self._number(gate, progress, said)
        else:
            found = self._choice(gate, progress, said)
        if found is not None:
            found.sure = progress.sure = sure
        return found

    def _number(self, gate: Predict, progress: _Progress, said: str) -> Answer | None:
        try:
            value = numbers.parse(said)
        except ValueError as error:
            progress.remark = say("{problem}.", problem=error)
            return None
        self.answers[gate.id] = value
        judgement = judge(gate, value, self.scopes)
        text = gate.say if judgement.right else judgement.wrong and judgement.wrong.say
        it_is = say("It is {number}.", number=numbers.plain(judgement.answer))
        words = self.fill(text) if text else it_is
        self._answered(progress, said, numbers.plain(value), words)
        reveals = judgement.wrong.reveals if judgement.wrong is not None else None
        return Answer(said, judgement.right, reveals or "")

    def _choice(self, gate: Predict, progress: _Progress, said: str) -> Answer | None:
        choice = next((one for one in gate.choices if one.id == said), None)
        if choice is None and said != UNSURE:
            return None
        if choice is None:
            words = ""
            if gate.answer is not None:
                answer = judge(gate, 0.0, self.scopes).answer
                words = say("It is {number}.", number=numbers.plain(answer))
            self._answered(progress, said, say("I cannot say yet"), words)
            return Answer(said, right=False)
        words = self.fill(choice.say) if choice.say is not None else ""
        self._answered(progress, said, self.fill(choice.text), words)
        return Answer(said, choice.right, choice.reveals or "")

    def _answered(self, progress: _Progress, said: str, in_words: str, words: str) -> None:
        progress.outcome, progress.said, progress.remark = "answered", said, ""
        progress.response = say("You said: *{answer}*", answer=in_words.strip().replace("*", ""))
        if words:
            progress.response += f"\n\n{words}"

    def _observed(self, gate: Observe, progress: _Progress, said: str) -> Answer | None:
        choice = next((one for one in gate.choices if one.id == said), None)
        if choice is None:
            return None
        progress.said = said
        right = self._happened(choice)
        words = self.fill(choice.say) if choice.say is not None else ""
        if right:
            progress.outcome, progress.remark, progress.response = "answered", "", words
        else:
            progress.tries += 1
            progress.remark = words or say("Look once more: that is not what the bench shows.")
        return Answer(said, right, choice.reveals or "")

    def _happened(self, choice: Choice) -> bool:
        return choice.condition is not None and truth(choice.condition, self.scopes)

    def hint(self) -> str:
        """Show the next hint of the task that is open; returns it, empty where there is none."""
        gate = self.gate
        progress = self._progress[self.place] if gate is not None else _Progress()
        if not isinstance(gate, Task) or progress.hints >= len(gate.hints):
            return ""
        progress.hints += 1
        self.offers_hint = False
        return self.fill(gate.hints[progress.hints - 1])

    @property
    def wants_hint(self) -> bool:
        """Whether the first hint had better be offered: after two wrong tries at a task."""
        gate = self.gate
        if not isinstance(gate, Task):
            return False
        progress = self._progress[self.place]
        return progress.tries >= _TRIES and not progress.hints

    def note_shown(self) -> None:
        """The solution of the task that is open was shown."""
        self._progress[self.place].shown = True

    @property
    def was_shown(self) -> bool:
        """Whether a solution was shown on this page."""
        return any(progress.shown for progress in self._progress)

    def skip(self) -> None:
        """Wait for nothing any more; all of the page is in sight."""
        for segment, progress in zip(self.segments, self._progress, strict=True):
            if segment.gate is not None and not progress.outcome:
                progress.outcome = "shown" if progress.shown else "skipped"
                if isinstance(segment.gate, Predict):
                    progress.response = self._solved(segment.gate)

    def _solved(self, gate: Predict) -> str:
        """What a prediction asked for, for who did not answer it."""
        right = next((choice for choice in gate.choices if choice.right), None)
        if right is None:
            answer = judge(gate, 0.0, self.scopes).answer
            return say("It is {number}.", number=numbers.plain(answer))
        answered = self.fill(right.text).strip().replace("*", "")
        words = self.fill(right.say) if right.say is not None else ""
        return say("What happens: *{answer}*", answer=answered) + (f"\n\n{words}" if words else "")

    # -- what is in sight ----------------------------------------------------------------------

    def fill(self, text: Text) -> str:
        """A text with its numbers."""
        return fill(text, self.scopes)

    def items(self) -> tuple[Item, ...]:
        """All that is in sight, from top to bottom."""
        found: list[Item] = []
        waiting: list[str] = []
        for at, segment in enumerate(self._in_sight()):
            for place, block in enumerate(segment.blocks):
                key = f"{self.page.number}.{at}.{place}"
                if isinstance(block, Prose):
                    found.append(Words(key, self.fill(block.text)))
                elif isinstance(block, Predict | Observe):
                    found.append(self._question(key, block, self._progress[at]))
                elif isinstance(block, Task):
                    found.append(self._doing(key, block, self._progress[at], at == self.place))
            found += self._responses(at, waiting)
        return tuple(found)

    def _responses(self, at: int, waiting: list[str]) -> Iterator[Words]:
        """What is said of answers once something has been seen that bears on them.

        A prediction is told after the next task or observation; at once, where none follows.
        """
        gate, progress = self.segments[at].gate, self._progress[at]
        if gate is None or not progress.outcome:
            return
        if isinstance(gate, Predict) and progress.response:
            waiting.append(progress.response)
        later = any(isinstance(one.gate, Task | Observe) for one in self.segments[at + 1 :])
        if not isinstance(gate, Predict):
            if progress.response:
                yield Words(f"{self.page.number}.{at}.seen", progress.response, "response")
        elif later:
            return
        for place, response in enumerate(waiting):
            yield Words(f"{self.page.number}.{at}.said.{place}", response, "response")
        waiting.clear()

    def _question(self, key: str, block: Predict | Observe, progress: _Progress) -> Question:
        options = [Option(one.id, self.fill(one.text)) for one in block.choices]
        predicts = isinstance(block, Predict)
        if predicts and all(option.id != UNSURE for option in options):
            options.append(Option(UNSURE, say("I cannot say yet")))
        return Question(
            key, self.fill(block.ask), tuple(options),
            numeric=isinstance(block, Predict) and block.answer is not None,
            predicts=predicts,
            asks_sure=isinstance(block, Predict) and block.sure,
            answer=progress.said, sure=progress.sure, remark=progress.remark,
            outcome=progress.outcome,
        )  # fmt: skip

    def _doing(self, key: str, block: Task, progress: _Progress, is_open: bool) -> Doing:
        hints = tuple(self.fill(hint) for hint in block.hints[: progress.hints])
        return Doing(
            key, self.fill(block.do), progress.remark, hints,
            more_hints=progress.hints < len(block.hints),
            offers_hint=is_open and self.offers_hint and not progress.hints,
            showing=is_open and self.showing, was_shown=progress.shown,
            outcome=progress.outcome,
        )  # fmt: skip


def numeric_answers(lesson: Lesson, answers: Mapping[str, Answer]) -> dict[str, float]:
    """The numbers that a learner answered before, by the ids of their predictions."""
    found = {}
    for predict in lesson.predicts:
        said = answers[predict.id].said if predict.id in answers else UNSURE
        if predict.answer is not None and said != UNSURE:
            try:
                found[predict.id] = numbers.parse(said)
            except ValueError:
                continue
    return found
