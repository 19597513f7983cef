"""What a look at a path is told of, and what it is not."""

import gc
import weakref

from model.edits import Edit
from model.path import Path
from model.path.watch import PathWatch
from tests.model.made_up import made_up


def a_path() -> Path:
    path = Path(*made_up())
    path.extend(50)
    return path


def test_the_first_look_finds_everything_new_and_the_next_one_nothing() -> None:
    path, watch = a_path(), PathWatch()

    assert watch.first_change(path) == 0
    assert watch.first_change(path) is None


def test_more_steps_are_no_change() -> None:
    path, watch = a_path(), PathWatch()
    watch.first_change(path)
    path.extend(10)

    assert watch.first_change(path) is None


def test_each_look_tells_the_first_step_changed_since_the_one_before() -> None:
    path, watch = a_path(), PathWatch()
    watch.first_change(path)
    before = path.snapshot()
    path.edit(Edit(20, "alpha", (0.01,)))
    path.edit(Edit(10, "alpha", (0.02,)))

    assert watch.first_change(path) == 10
    assert watch.first_change(path) is None
    path.restore(before)
    assert watch.first_change(path) == 10


def test_another_path_is_new_from_its_start() -> None:
    one, other, watch = a_path(), a_path(), PathWatch()
    watch.first_change(one)

    assert watch.first_change(other) == 0
    assert watch.first_change(one) == 0


def test_it_keeps_no_path_alive() -> None:
    path, watch = a_path(), PathWatch()
    watch.first_change(path)
    gone = weakref.ref(path)
    del path
    gc.collect()

    assert gone() is None
    assert watch.first_change(a_path()) == 0
