"""Whether tasks can be done, and are not done before: each solution is played."""

from __future__ import annotations

from collections.abc import Iterator

from model.actions import Action, text
from model.door import say
from model.experiment import Experiment
from model.lessons.check.bench import Bench, small_steps
from model.lessons.futures import bench_of, experiment_of
from model.lessons.lesson import Lesson, LessonError, Observe, Page, Task
from model.lessons.scopes import Latch, Reference, Scopes, truth
from model.words.parts import named

_HINTS = 3
# What must be allowed for a verb: a part, or the family and the name that the action gives.
_TOUCHES = {
    "step": "step",
    "back": "back",
    "predict": "predict",
    "compare": "compare",
    "learn": "learn",
    "seek": "time_line",
    "run to": "run",
    "reset": "reset",
    "alpha": "alpha",
    "weight": "weight:",
    "input": "input:",
    "target": "target:",
    "freeze": "padlock:",
    "unfreeze": "padlock:",
    "slip": "listing",
    "space": "image_space",
}
# The same with images, where every input is a pixel and every output has a picture.
_TOUCHES_OF_IMAGES = {
    **_TOUCHES,
    "weight": "weight_images",
    "input": "pixel:",
    "target": "label:",
    "label": "label:",
    "draw": "image_input",
    "freeze": "image:",
    "unfreeze": "image:",
}
_PIXEL = "pixel "


def solution_faults(lesson: Lesson, page: Page) -> Iterator[LessonError]:
    """What is wrong with the tasks and observations of a page, played one after the other."""

    def opening(name: str) -> Experiment:
        return experiment_of(lesson, name)

    conditions = [
        condition
        for task in page.tasks
        for condition in (task.done, *(remark.when for remark in task.says))
    ]
    bench = Bench(bench_of(lesson, page), opening)
    scopes = Scopes(Reference(lesson, page), bench, latch=Latch(conditions))
    for block in page.blocks:
        if isinstance(block, Task):
            yield from _hints(lesson, block)
            yield from _allowed(lesson, page, block)
            problem = _play(block, bench, scopes)
            if problem is not None:
                yield LessonError(lesson.name, block.line, problem)
                # What follows begins where this was to end.
                return
        elif isinstance(block, Observe):
            yield from _observed(lesson, block, scopes)


def _play(task: Task, bench: Bench, scopes: Scopes) -> str | None:
    """Play the solution; returns what is wrong with it, if anything is."""
    latch = scopes.latch
    assert latch is not None
    latch.look(scopes)
    if truth(task.done, scopes):
        return say("done, “{done}”, is true before anything is done", done=task.done.source)
    actions = list(small_steps(task.solution))
    for place, action in enumerate(actions):
        if place and truth(task.done, scopes):
            return say(
                "done, “{done}”, is true before the last action of the solution: “{action}” is "
                "not needed",
                done=task.done.source,
                action=_words(action),
            )
        try:
            bench.do(action)
        except ValueError as error:
            return say(
                "the solution stops at “{action}”: {problem}",
                action=_words(action),
                problem=error,
            )
        latch.look(scopes)
    if not truth(task.done, scopes):
        return say("done, “{done}”, is not true after the solution", done=task.done.source)
    return None


def _words(action: Action) -> str:
    return text([action]).partition("\n")[0]


def _hints(lesson: Lesson, task: Task) -> Iterator[LessonError]:
    if len(task.hints) != _HINTS:
        yield LessonError(
            lesson.name,
            task.line,
            say(
                "hints: there are {n}, and a task has three: where to look, what to think, what "
                "to press",
                n=len(task.hints),
            ),
        )


def _allowed(lesson: Lesson, page: Page, task: Task) -> Iterator[LessonError]:
    """What the solution touches must be allowed."""
    experiment = experiment_of(lesson, page.setup.bench.experiment)
    allowed = {part.name for name in task.allow for part in named(experiment, name)}
    asked = set()
    for action in task.solution:
        if action.verb == "open":
            # From here on the parts are those of another experiment.
            return
        part = _touched(action, experiment.image_shape is not None)
        if part is not None and part not in allowed and part not in asked:
            asked.add(part)
            yield LessonError(
                lesson.name,
                task.line,
                say(
                    "allow: the solution needs “{part}” for “{action}”, and it is not allowed",
                    part=part,
                    action=_words(action),
                ),
            )


def _touched(action: Action, on_images: bool) -> str | None:
    """The part that an action touches; None where it touches none."""
    part = (_TOUCHES_OF_IMAGES if on_images else _TOUCHES).get(action.verb)
    if part is None or not part.endswith(":"):
        return part
    return part + str(action.values[0]).removeprefix(_PIXEL)


def _observed(lesson: Lesson, observe: Observe, scopes: Scopes) -> Iterator[LessonError]:
    true = [
        choice.id
        for choice in observe.choices
        if choice.condition is not None and truth(choice.condition, scopes)
    ]
    if len(true) != 1:
        yield LessonError(
            lesson.name,
            observe.line,
            say(
                "exactly one choice must be true of the bench after the page's solutions, and "
                "{n} are: {ids}",
                n=len(true),
                ids=", ".join(true) or "–",
            ),
        )
