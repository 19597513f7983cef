"""What a learner may do in place of what a task asks for is not taken for it."""

from __future__ import annotations

import pytest

from model.actions import parse as actions
from model.files.library import open_experiment
from model.lessons.check.bench import Bench
from model.lessons.futures import bench_of
from model.lessons.library import load
from model.lessons.scopes import Latch, Reference, Scopes, truth

# Lesson, page, and actions after which its task is not done.
OTHERWISE = [
    ("the-bench", 2, "predict; compare"),
    ("the-bench", 2, "predict; compare; learn"),
    ("the-bench", 3, "predict; compare"),
    ("the-bench", 4, "seek 1"),
    ("the-bench", 4, "seek 0; alpha 0.02"),
    ("the-bench", 5, "step 1"),
    ("the-bench", 5, "input fans 0.5"),
    ("one-delta", 1, "predict"),
    ("one-delta", 3, "step 1"),
    ("one-delta", 3, "input toes 0"),
    ("one-delta", 4, "step 1"),
    ("one-delta", 5, "input toes -8.5; input toes 17"),
    ("one-delta", 5, "input toes 0; input toes 17"),
    ("one-delta", 6, "input toes 0"),
    ("the-update", 3, "step 1"),
    ("the-update", 5, "step 1"),
    ("the-update", 5, "weight a 0.05; step 1"),
    ("the-update", 5, "input toes -8.5; step 1"),
    ("the-update", 5, "alpha 0.02; target win 0; step 1"),
    ("several-steps", 1, "alpha 0.02; step 1"),
    ("several-steps", 2, "alpha 0.02; step 3"),
    ("several-steps", 4, "weight b 0.3; weight a 0.2"),
    ("several-steps", 4, "weight b 0.3; weight c 0"),
    ("several-steps", 4, "step 1"),
    ("several-steps", 5, "alpha 0.01; step 1"),
    ("several-steps", 6, "alpha 0.02; step 14"),
    ("several-steps", 7, "alpha 0.01; step 6"),
    ("several-steps", 7, "alpha 0.013493"),
    ("slope-and-two", 1, "weight b 0.415"),
    ("slope-and-two", 1, "weight a 0.13"),
    ("slope-and-two", 2, "weight a 0.11"),
    ("slope-and-two", 3, "step 1"),
    ("slope-and-two", 5, "step 3"),
    ("slope-and-two", 5, "alpha 0.0125; step 3"),
    ("alpha-too-large", 1, "alpha 0.01; step 3"),
    ("alpha-too-large", 2, "step 4"),
    ("alpha-too-large", 3, "step 8"),
    ("alpha-too-large", 4, "alpha 0.01; step 4"),
    ("alpha-too-large", 5, "alpha 0.01; step 4"),
    ("alpha-too-large", 5, "alpha 0.013493; step 1; alpha 0.1"),
    ("alpha-too-large", 6, "alpha 0.013493; step 1"),
    ("alpha-too-large", 6, "input toes 4.25; alpha 0.0502"),
    ("alpha-too-large", 6, "input toes 4.25; alpha 0.04; step 8"),
    ("unequal-slopes", 2, "alpha 0.02; step 1"),
    ("unequal-slopes", 5, "step 4"),
    ("unequal-slopes", 5, "alpha 0.4; step 4"),
    ("unequal-slopes", 6, "seek 0; alpha 0.02"),
    ("unequal-slopes", 7, "input toes 0.85"),
    ("unequal-slopes", 7, "weight a 0.1001"),
    ("unequal-slopes", 7, "input toes 0; weight c 0.6083333333333333"),
    ("several-outputs", 1, "predict"),
    ("several-outputs", 3, "alpha 0.2; step 1"),
    ("several-outputs", 4, "step 1"),
    ("several-outputs", 4, "step 1; freeze b"),
    ("several-outputs", 4, "freeze b; step 2"),
    ("several-outputs", 4, "freeze b; freeze a; step 1"),
    ("several-outputs", 4, "freeze b; alpha 0.2; step 1"),
    ("several-outputs", 5, "alpha 0.2; step 16"),
    ("several-outputs", 6, "target win 0.13"),
    ("several-outputs", 6, "target win 0.2; step 1"),
    ("several-outputs", 6, "input win/loss 0; target hurt 0; target win 0; target sad 0; step 1"),
    ("inputs-and-outputs", 1, "weight a 0.2"),
    ("inputs-and-outputs", 1, "weight d 0.2; predict"),
    ("inputs-and-outputs", 1, "predict"),
    ("inputs-and-outputs", 4, "alpha 0.02; step 1"),
    ("inputs-and-outputs", 5, "unfreeze a; step 1"),
    ("inputs-and-outputs", 5, "step 2"),
    ("inputs-and-outputs", 6, "target win 0.98"),
    ("inputs-and-outputs", 6, "input toes 0; input fans 0"),
    ("inputs-and-outputs", 6, "weight g 0"),
    ("four-slips", 1, "slip sign; step 1"),
    ("four-slips", 2, "step 20"),
    ("four-slips", 2, "slip one_delta; step 20"),
    ("four-slips", 2, "slip transposed; step 5"),
    ("four-slips", 3, "slip sign; step 3"),
    ("four-slips", 4, "slip one_delta; slip none; step 1"),
    ("four-slips", 6, "target win 0"),
    ("four-slips", 6, "slip input_times_weights; target win 0"),
    ("four-slips", 6, "slip input_times_weights; slip none; target win 0"),
    ("four-slips", 7, "step 1"),
    ("four-slips", 7, "weight a 0.138675"),
    ("whole-season", 1, "alpha 0.001; step 1"),
    ("whole-season", 2, "step 4"),
    ("whole-season", 3, "step 1"),
    ("whole-season", 4, "run to 400"),
    ("whole-season", 4, "alpha 0.024; run to 300"),
    ("whole-season", 4, "run to 400; alpha 0.0205"),
    ("whole-season", 5, "run to 40"),
    ("whole-season", 5, "run to 40; alpha 0.001"),
    ("whole-season", 6, "step 4"),
    ("whole-season", 6, "target win 1"),
    ("whole-season", 6, "input fans 1; step 4"),
    ("many-weights", 1, "step 3"),
    ("many-weights", 3, "step 2"),
    ("many-weights", 5, "step 1"),
    ("many-weights", 5, "input pixel 0,0 1"),
    ("many-weights", 5, "weight a 0.1"),
    ("many-weights", 7, "run to 400"),
    ("many-weights", 8, "predict"),
    ("many-weights", 8, "visit 2"),
    ("many-weights", 8, "visit 2; step 1; predict"),
    ("weights-as-pictures", 1, "step 9"),
    ("weights-as-pictures", 2, "input pixel 3,3 1; input pixel 3,4 1; input pixel 4,3 1"),
    ("weights-as-pictures", 2, "weight ab -1"),
    ("weights-as-pictures", 3, "predict"),
    ("weights-as-pictures", 4, "run to 1000"),
    ("weights-as-pictures", 4, "step 100; freeze 0 2,2-5,5; run to 1000"),
    ("weights-as-pictures", 5, "weight b 3"),
    ("weights-as-pictures", 6, "draw 21"),
    ("weights-as-pictures", 6, "draw 2"),
    ("dot-product", 3, "input x1 5"),
    ("dot-product", 4, "input x2 9; input x4 9"),
    ("dot-product", 4, "weight b1 3"),
    ("dot-product", 5, "input x2 0; input x3 0"),
    ("dot-product", 5, "weight e3 0"),
    ("dot-product", 6, "visit 2"),
    ("image-space", 1, "visit 878"),
    ("image-space", 1, "step 1"),
    ("image-space", 2, "run to 500"),
    ("image-space", 3, "step 1"),
    ("image-space", 6, "visit 878"),
    ("image-space", 6, "visit 2"),
    ("image-space", 6, "draw 1413"),
    ("again", 2, "predict"),
    ("again", 10, "freeze a; freeze b"),
    ("again", 12, "run to 17"),
    ("again", 12, "unfreeze a; run to 4"),
]
# Other ways than the lesson's own to do what a task asks for.
ALSO = [
    ("several-outputs", 6, "target hurt 0.195; step 1"),
    ("several-outputs", 6, "target sad 0.585; step 3"),
    ("inputs-and-outputs", 1, "weight a 0.5; predict"),
    ("inputs-and-outputs", 6, "input win/loss 0"),
    ("inputs-and-outputs", 6, "input fans 0; predict"),
    ("four-slips", 2, "step 20; slip transposed"),
    ("four-slips", 3, "slip input_times_weights; run to 12"),
    ("four-slips", 6, "target win 0; slip input_times_weights; slip none"),
    ("four-slips", 7, "weight a 0.0613"),
    ("whole-season", 4, "alpha 0.0203; run to 450"),
    ("whole-season", 6, "target win 0.9; step 8"),
    ("many-weights", 5, "visit 2; input pixel 0,0 0.5; step 1"),
    ("many-weights", 8, "visit 2; predict"),
    ("weights-as-pictures", 4, "freeze 0 3,3-4,4; run to 1000"),
    ("dot-product", 3, "input x2 0"),
    ("dot-product", 4, "input x3 1.5"),
    ("dot-product", 6, "visit 161"),
    ("image-space", 1, "visit 1319"),
    ("image-space", 6, "visit 1319"),
    ("again", 10, "freeze a; predict"),
]


@pytest.mark.parametrize(("ident", "number", "script"), OTHERWISE)
def test_what_was_not_asked_for_does_not_do(ident: str, number: int, script: str) -> None:
    assert not done_after(ident, number, script)


@pytest.mark.parametrize(("ident", "number", "script"), ALSO)
def test_what_was_asked_for_does_in_any_way(ident: str, number: int, script: str) -> None:
    assert done_after(ident, number, script)


def done_after(ident: str, number: int, script: str) -> bool:
    """Whether the task of a page is done once these actions are."""
    lesson = load(ident)
    page = lesson.page(number)
    (task,) = page.tasks
    bench = Bench(bench_of(lesson, page), open_experiment)
    scopes = Scopes(Reference(lesson, page), bench, latch=Latch([task.done]))
    assert scopes.latch is not None
    scopes.latch.look(scopes)
    for action in actions(script.replace("; ", "\n")):
        bench.do(action)
        scopes.latch.look(scopes)
    return truth(task.done, scopes)
