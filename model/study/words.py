"""What is said of a run and its floor: one sentence where it stands, and one why."""

from __future__ import annotations

from dataclasses import dataclass

from model.curves import AlphaZones
from model.door import listed, mark, mark_count, say, say_count, written
from model.experiment import Experiment
from model.setup import Setup
from model.study.causes import Causes
from model.study.floor import visited
from model.study.progress import Kind, Progress
from model.words import numbers
from model.words.names import weight_name

_MAX_NAMED = 4

NOT_FOUND = mark("No floor is computed here: there are too many inputs to solve for all of them.")
COMPUTING = mark("The least error that any weights could reach is being computed …")


@dataclass(frozen=True)
class Told:
    """One or two sentences, and the floor with a constant input where that would lower it."""

    sentences: tuple[str, ...]
    with_constant: float | None = None

    @property
    def text(self) -> str:
        """All of it."""
        return " ".join(self.sentences)


def told(
    experiment: Experiment, setup: Setup, run: Progress, why: Causes | None, zones: AlphaZones
) -> Told:
    """Where a run stands, and what keeps it from 0."""
    first, second = _where(setup, run), ""
    if run.kind in ("unsettled", "end above", "grows", "for ever"):
        second = _about_alpha(run, zones)
    elif why is not None:
        second = _because(experiment, setup, why)
    sentences = (first, second) if second else (first,)
    return Told(sentences, None if why is None else why.with_constant)


def floor_alone(floor: float) -> Told:
    """What the floor is, and nothing of the run."""
    sentence = _WHERE["new"] if floor else _ZERO_AHEAD
    return Told((say(sentence, floor=numbers.short_or_zero(floor)),))


# -- where it stands ------------------------------------------------------------------------


_WHERE: dict[Kind, str] = {
    "new": mark("Floor {floor}: no weights have a smaller mean error on what is visited."),
    "done": mark("On the floor: mean error {error}, and no weights do better than {floor}."),
    "falling": mark("Still falling: mean error {error}, floor {floor}."),
    "end above": mark(
        "Not settled, mean error {error}: alpha {alpha} is too large for the floor {floor}, it "
        "ends at {end}."
    ),
    "unsettled": mark(
        "Stuck above the floor {floor}: alpha {alpha} is too large to settle, each round of the "
        "examples ends at a mean error of {end} again."
    ),
    "grows": mark(
        "The mean error grows from round to round: alpha {alpha} is too large to settle on the "
        "floor {floor}."
    ),
    "for ever": mark(
        "Stuck above the floor {floor}: with alpha {alpha} each update undoes the one before."
    ),
}
_DONE_AT_ZERO = mark("On the floor, which is 0: these weights fit what is visited.")
_ZERO_AHEAD = mark("Floor 0: there are weights that fit all that is visited.")
_AROUND = mark(
    "Stuck above the floor {floor}: alpha {alpha} is too large to settle, the mean error goes to "
    "and fro around {end}."
)
_TO_AND_FRO = mark(
    "Stuck above the floor {floor}: alpha {alpha} is too large to settle, over the last {n:,} "
    "steps the mean error went to and fro between {low} and {high}."
)
_ENDS_IN = mark_count(
    "Still falling, mean error {error}: alpha {alpha} is too large for the floor {floor}, it "
    "ends at {end} in about {n:,} step.",
    "Still falling, mean error {error}: alpha {alpha} is too large for the floor {floor}, it "
    "ends at {end} in about {n:,} steps.",
)
_FALLING_IN = mark_count(
    "Still falling: mean error {error}, floor {floor}, reached in about {n:,} more step.",
    "Still falling: mean error {error}, floor {floor}, reached in about {n:,} more steps.",
)
_FALLING_BY = mark(
    "Still falling: mean error {error}, floor {floor}; the last {n:,} steps took off {percent} of "
    "what is above it."
)


def _where(setup: Setup, run: Progress) -> str:
    slots: dict[str, object] = {
        "error": numbers.short(run.error), "floor": numbers.short_or_zero(run.floor),
        "alpha": numbers.plain(setup.alpha), "low": numbers.short(run.low),
        "high": numbers.short(run.high), "end": numbers.short_or_zero(run.end or 0.0),
    }  # fmt: skip
    if run.kind in ("falling", "end above") and run.steps:
        return say_count(
            *(_FALLING_IN if run.kind == "falling" else _ENDS_IN), _about(run.steps), **slots
        )
    sentence, n = _WHERE[run.kind], run.sweep
    if run.floor == 0.0 and run.kind in ("new", "done"):
        sentence = _DONE_AT_ZERO if run.kind == "done" else _ZERO_AHEAD
    elif run.kind == "unsettled" and run.end is None:
        sentence, n = _TO_AND_FRO, run.sweep * run.sweeps
    elif run.kind == "unsettled" and run.shuffled:
        sentence = _AROUND
    elif run.kind == "falling" and run.share is not None and run.share > 0.0:
        sentence = _FALLING_BY
        slots["percent"] = numbers.percent(run.share)
    return say(sentence, n=n, **slots)


def _about(n: int) -> int:
    """A number in two figures."""
    return int(float(f"{n:.1e}")) if n >= 100 else n


# -- why ------------------------------------------------------------------------------------


def _about_alpha(run: Progress, zones: AlphaZones) -> str:
    """The limit, and where a smaller alpha would end."""
    if zones.limit is None or run.smaller is None:
        return ""
    slots = {
        "limit": numbers.plain(zones.limit, 4), "half": numbers.plain(zones.limit / 2.0, 4),
        "smaller": numbers.plain(run.smaller, 4),
    }  # fmt: skip
    if run.smaller_end is None:
        return say("Limit {limit}, half of it {half}.", **slots)
    slots["better"] = numbers.short_or_zero(run.smaller_end)
    if run.smaller == zones.limit / 2.0:
        return say("Limit {limit}; half of it, {half}, would end at {better}.", **slots)
    return say(
        "Limit {limit}, half of it {half}; alpha {smaller} would end at {better}.",
        **slots,
    )


def _because(experiment: Experiment, setup: Setup, why: Causes) -> str:
    """What keeps the floor above 0."""
    if why.frozen:
        return _frozen(experiment, why)
    if why.with_constant is not None:
        lower = numbers.short_or_zero(why.with_constant)
        return say("An input that is always 1 would bring the floor to {floor}.", floor=lower)
    return _contradiction(experiment, setup, why)


def _frozen(experiment: Experiment, why: Causes) -> str:
    names = listed(weight_name(experiment, *cell) for cell in why.frozen[:_MAX_NAMED])
    lower = numbers.short_or_zero(why.without)
    n = len(why.frozen)
    if n > _MAX_NAMED:
        return say("{n:,} weights are frozen; without that the floor would be {floor}.",
                   n=n, floor=lower)  # fmt: skip
    if n == 1 or why.best is None:
        return say_count(
            "Weight {names} is frozen; without that the floor would be {floor}.",
            "Weights {names} are frozen; without that the floor would be {floor}.",
            n, names=names, floor=lower,
        )  # fmt: skip
    return say(
        "Weights {names} are frozen: with {best} free the floor would be {best_floor}, with all of "
        "them {floor}.",
        names=names, best=weight_name(experiment, *why.best),
        best_floor=numbers.short_or_zero(why.best_floor), floor=lower,
    )  # fmt: skip


def _contradiction(experiment: Experiment, setup: Setup, why: Causes) -> str:
    n = len(visited(setup)[0])
    if why.clash:
        slots = {"names": listed(_number(at) for at in why.clash[:-1]),
                 "last": _number(why.clash[-1])}  # fmt: skip
        if len(why.clash) == 1:
            return say("All inputs of example {last} are 0: no weights change its pred.", **slots)
        if why.same_inputs:
            return say(
                "Examples {names} and {last} have the same inputs and different targets.", **slots
            )
        return say(
            "Examples {names} and {last} contradict each other: no weights fit all of them.",
            **slots,
        )
    if why.furthest is not None:
        return say(
            "{n:,} examples ask for more than {n_inputs:,} weights can give; example {furthest} "
            "stays off by {off}.",
            n=n, n_inputs=len(experiment.inputs), furthest=_number(why.furthest),
            off=numbers.short(why.off),
        )  # fmt: skip
    return say("{n:,} examples ask for more than {n_inputs:,} weights can give.",
               n=n, n_inputs=len(experiment.inputs))  # fmt: skip


def _number(example: int) -> str:
    return written(f"{example + 1:,}")
