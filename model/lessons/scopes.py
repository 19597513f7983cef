"""Where the numbers of a lesson come from: its own path, other futures of it, and the bench."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from weakref import WeakKeyDictionary

from model.door import mark, say
from model.lessons.expressions import SLIP, Expression, Name, evaluate
from model.lessons.futures import Future, Moment, SlipFuture, begun
from model.lessons.grammar import not_known, shortened
from model.lessons.lesson import Changes, Lesson, Page, Predict, Wrong
from model.lessons.quantities import ExpressionError, Live, NoValue, measure
from model.listing.slips import SLIPS

# What was computed of a lesson, as long as somebody has it: pages share its what-ifs.
_computed: WeakKeyDictionary[Lesson, dict[str, Future | SlipFuture]] = WeakKeyDictionary()


class Reference:
    """The numbers of a page that stay true whatever the learner does.

    ``start`` is the page's beginning; ``at(n)`` is n steps after it, on a path of its own, and
    NAME. a what-if of the lesson. ``page`` is None for what holds of the lesson as a whole: its
    experiment from step 0. Paths are computed when they are asked for.
    """

    def __init__(self, lesson: Lesson, page: Page | None) -> None:
        self.lesson = lesson
        self.page = page
        self._futures = _computed.setdefault(lesson, {})

    @property
    def start(self) -> Moment:
        """The page's beginning. Raises LessonError where it cannot be made."""
        return self.start_of("page")

    def start_of(self, name: str) -> Moment:
        """The beginning of a what-if, or of the page. Raises LessonError as ``start``."""
        return self._future(name).at(0)

    def number(self, name: Name) -> float:
        """The number of a name that is not live.

        Raises ExpressionError where it is not there, NoValue where it has no finite value, and
        LessonError where its bench cannot be made.
        """
        moment = self._future(name.future).at(name.step)
        return measure(moment, name.quantity, name.members)

    def _future(self, name: str) -> Future | SlipFuture:
        key = name
        if name == "page" or name.startswith(SLIP):
            key = f"{name} of {0 if self.page is None else self.page.number}"
        if key not in self._futures:
            self._futures[key] = self._made(name)
        return self._futures[key]

    def _made(self, name: str) -> Future | SlipFuture:
        if not name.startswith(SLIP):
            return Future(*begun(self.lesson, self._changes(name)))
        slip = SLIPS.get(name.removeprefix(SLIP))
        if slip is None:
            raise ExpressionError(
                say(
                    "there is no slip “{name}”: they are {names}",
                    name=shortened(name.removeprefix(SLIP)),
                    names=", ".join(SLIPS),
                )
            )
        return SlipFuture(*begun(self.lesson, self._changes("page")), slip)

    def _changes(self, name: str) -> Changes:
        if name == "page":
            if self.page is not None:
                return self.page.setup.bench
            return Changes(self.lesson.experiment, line=1)
        found = self.lesson.what_ifs.get(name)
        if found is None:
            raise ExpressionError(_unknown(name, self.lesson))
        return found


def _unknown(name: str, lesson: Lesson) -> str:
    known = ("start", "now", *lesson.what_ifs)
    return not_known(
        name, known,
        mark("there is no what-if “{name}”, did you mean “{near}”?"),
        mark("there is no what-if “{name}”: before the dot stands one of {names}"),
    )  # fmt: skip


class Latch:
    """Remembers which ``ever(…)`` of some conditions were true since the page was opened."""

    def __init__(self, conditions: Iterable[Expression]) -> None:
        self._waiting = {inner for condition in conditions for inner in condition.evers()}
        self._found: set[Expression] = set()

    def look(self, scopes: Scopes) -> None:
        """Look at the bench; to be called at each change of it."""
        self._found |= {condition for condition in self._waiting if truth(condition, scopes)}
        self._waiting -= self._found

    def __contains__(self, condition: object) -> bool:
        return condition in self._found


@dataclass
class Scopes:
    """All that the expressions of a page can name.

    ``answers`` are the learner's numeric answers by the ids of their predictions.
    """

    reference: Reference
    live: Live | None = None
    answers: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    latch: Latch | None = None

    def number(self, name: Name) -> float:
        """The number of a name; see ``Source``."""
        if name.future == "you":
            if name.quantity not in self.answers:
                raise NoValue(say("nothing was answered to “{name}” yet", name=name.quantity))
            return self.answers[name.quantity]
        if not name.is_live:
            return self.reference.number(name)
        if self.live is None:
            raise NoValue(say("there is no bench to look at"))
        try:
            return measure(self.live, name.quantity, name.members)
        except ExpressionError as error:
            # The learner may have put anything on the bench.
            raise NoValue(str(error)) from error

    def was_true(self, condition: Expression) -> bool:
        """Whether a condition was true at some moment since the page was opened, or is now."""
        latched = self.latch is not None and condition in self.latch
        return latched or truth(condition, self)


def truth(condition: Expression, scopes: Scopes) -> bool:
    """Whether a condition is true; one that has no value now is not.

    Raises ExpressionError where a name of the lesson's own is not there.
    """
    try:
        return bool(evaluate(condition, scopes))
    except NoValue:
        return False


@dataclass(frozen=True)
class Judgement:
    """What an answer in numbers is: right, a known wrong one, or neither.

    ``answer`` is the right number.
    """

    right: bool
    wrong: Wrong | None
    answer: float


def judge(predict: Predict, answer: float, scopes: Scopes) -> Judgement:
    """Judge a numeric answer: right within the tolerance, else the nearest known wrong one.

    Raises ValueError where the prediction is not one in numbers.
    """
    if predict.answer is None:
        raise ValueError(predict.id)
    right = evaluate(predict.answer, scopes)
    near_enough = predict.within.of(right)
    if abs(answer - right) <= near_enough:
        return Judgement(True, None, right)
    near = [
        (abs(answer - evaluate(wrong.value, scopes)), at) for at, wrong in enumerate(predict.wrongs)
    ]
    distance, at = min(near, default=(near_enough + 1.0, 0))
    return Judgement(False, predict.wrongs[at] if distance <= near_enough else None, right)
