"""The registry of named parts: who says where they are, which are lit, which are hidden."""

import gc

import pytest
from PySide6.QtCore import QObject, QRect

from model.words.parts import Part
from tests.gui.helpers.bench import builtin


class Panel(QObject):
    """Stands for a panel that can be seen."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("visible", True)
        self.setProperty("rect", QRect(0, 0, 300, 200))
        self.revealed: list[str] = []

    def locate(self, part: Part) -> QRect | None:
        return QRect(10, 20, 30, 40) if part.family == "alpha" else None

    def reveal(self, part: Part) -> None:
        self.revealed.append(part.name)


def test_a_panel_says_where_its_parts_are() -> None:
    session, panel = builtin("Freezing one weight"), Panel()
    session.parts.provide("alpha", panel, panel.locate)

    place = session.parts.find("alpha")
    assert place is not None
    assert (place.owner, place.rect) == (panel, QRect(10, 20, 30, 40))
    assert session.parts.find("zones") is None
    assert session.parts.find("trace") is None


def test_a_panel_without_parts_is_one_as_a_whole() -> None:
    session, panel = builtin("Freezing one weight"), Panel()
    session.parts.provide("trace", panel)

    place = session.parts.find("trace")
    assert place is not None
    assert place.rect == QRect(0, 0, 300, 200)
    panel.setProperty("visible", False)
    assert session.parts.find("trace") is None


def test_a_panel_that_is_gone_is_nowhere() -> None:
    session, panel = builtin("Freezing one weight"), Panel()
    session.parts.provide("alpha", panel, panel.locate, panel.reveal)

    del panel
    gc.collect()

    assert session.parts.find("alpha") is None
    session.view.show(part="alpha")


def test_the_selected_part_is_revealed_by_its_panel_also_by_one_that_comes_later() -> None:
    session, first, late = builtin("Freezing one weight"), Panel(), Panel()
    session.parts.provide("alpha", first, first.locate, first.reveal)

    session.view.show(part="zones")
    session.view.show(part="zones")
    session.view.show(part="bowl:a")
    session.parts.provide("curves", late, late.locate, late.reveal)

    assert first.revealed == ["zones", "zones"]
    assert late.revealed == ["bowl:a"]


def test_families_are_lit_and_hidden_as_a_whole() -> None:
    session = builtin("Freezing one weight")
    told: list[None] = []
    session.parts.veils_changed.connect(lambda: told.append(None))
    session.parts.lit_changed.connect(lambda: told.append(None))

    session.parts.veil(["next", "zones"])
    session.parts.light(["weight:a"])
    session.parts.light(["weight:a"])

    assert session.parts.veiled == {"next:a", "next:b", "next:c", "zones"}
    assert session.parts.lit == {"weight:a"}
    assert len(told) == 2
    session.parts.veil([])
    assert session.parts.veiled == frozenset()


@pytest.mark.parametrize("asked", ["require", "light", "veil"])
def test_what_is_no_part_is_told_and_changes_nothing(asked: str) -> None:
    session = builtin("Freezing one weight")
    session.parts.light(["zones"])
    session.parts.veil(["trace"])

    with pytest.raises(ValueError, match="“padlock:z” is no part of this bench"):
        getattr(session.parts, asked)(["alpha", "padlock:z"])

    assert session.parts.lit == {"zones"}
    assert session.parts.veiled == {"trace"}


def test_all_that_a_lesson_asks_for_is_there() -> None:
    builtin("Freezing one weight").parts.require(
        ["weight:a", "padlock:a", "output:win", "bowl:a", "zones", "next", "trace", "curves",
         "alpha", "plot:error", "time_line", "step", "predict", "compare", "learn", "run", "back"]
    )  # fmt: skip
    builtin("Digits, 8x8").parts.require(
        ["image:7", "score:7", "pixel:3,4", "accuracy", "confusion", "label:3", "examples"]
    )
