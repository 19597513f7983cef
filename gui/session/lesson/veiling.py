"""What of the bench is hidden on a page: whatever an open prediction asks for, and what it hides.

What a page hides comes back when a ``reveal`` shows it, when the learner has made it by a part of
a step after the predictions were answered, and when all of the page is done.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from gui.session.lesson.page_run import PageRun
from gui.session.session import Session
from model.experiment import Experiment
from model.lessons.lesson import Predict
from model.phase import Phase
from model.words.parts import Part, named

# The numbers that a part of a step makes.
_MADE = {
    Phase.PREDICTED: frozenset({"pred", "score"}),
    Phase.COMPARED: frozenset({"output", "delta", "error", "weight_delta", "slope", "next"}),
}
# The parts that show what an expression can name, by what it belongs to.
_SHOWN_BY = {
    "weight_delta": "weight_delta", "used": "weight_delta", "change": "next", "slope": "slope",
    "floor": "floor", "pred": "pred", "delta": "delta", "error": "error",
    "limit": "zones", "one_step": "zones", "s": "zones",
}  # fmt: skip


@dataclass
class Made:
    """How far the learner has taken a step on this page, at the most."""

    position: int
    phase: Phase = Phase.READY

    def look(self, session: Session) -> None:
        """Look at the bench."""
        playback = session.playback
        if playback.position > self.position:
            self.phase = Phase.COMPARED
        elif playback.position == self.position:
            self.phase = max(self.phase, playback.phase)


def hidden(run: PageRun, experiment: Experiment, made: Made) -> set[str]:
    """The names of the parts that are hidden now, each of a family by its own.

    What the experiment is about is hidden on every page: the page says what this bench is about.
    """
    return {"about"} | _hidden(run, experiment, made)


def _hidden(run: PageRun, experiment: Experiment, made: Made) -> set[str]:
    parts = _named(experiment, run.page.setup.hide)
    for reveal in run.reveals:
        parts -= _named(experiment, reveal.show)
        parts |= _named(experiment, reveal.hide)
    prediction = run.prediction
    if prediction is not None:
        return {part.name for part in parts} | _asked_here(experiment, prediction)
    if run.page.segments and run.gate is None and any(run.outcomes):
        return set()
    seen = {family for phase, made_by in _MADE.items() if made.phase >= phase for family in made_by}
    return {part.name for part in parts if part.family not in seen}


def lit(run: PageRun) -> tuple[str, ...]:
    """The names of the parts and families that are lit: the last that was said of them."""
    names = run.page.setup.light
    for reveal in run.reveals:
        names = reveal.light or names
    return names


def _named(experiment: Experiment, names: Iterator[str] | tuple[str, ...] | list[str]) -> set[Part]:
    return {part for name in names for part in named(experiment, name)}


def _asked_here(experiment: Experiment, prediction: Predict) -> set[str]:
    """The parts that would tell what a prediction asks for, as far as this bench has them."""
    found = set()
    for name in ("why", *_asked(prediction)):
        with suppress(ValueError):
            found |= {part.name for part in named(experiment, name)}
    return found


def _asked(prediction: Predict) -> Iterator[str]:
    """The parts that show the very number that a prediction asks for."""
    answer = prediction.answer
    names = [] if answer is None else list(answer.names())
    if len(names) != 1 or names[0].future != "page" or names[0].step:
        return
    family = _SHOWN_BY.get(names[0].quantity)
    if family is not None:
        yield ":".join((family, *names[0].members)) if family != "zones" else family
