"""Every part of every built-in experiment is found in the window by its name."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget
from pytestqt.exceptions import TimeoutError as TooLate
from pytestqt.qtbot import QtBot

from gui.look.theme import look
from gui.session import Session
from gui.window.window import Window
from model.files.library import builtin_names, open_experiment
from model.words.parts import parts
from tests.gui.helpers.mnist_bench import write_mnist
from tests.gui.helpers.showing import on_screen

# Of hundreds of pixels and bowls, so many are asked for, spread over all of them.
MAX_OF_A_FAMILY = 8


def shown(qtbot: QtBot, name: str, size: tuple[int, int] = (1280, 800)) -> Window:
    look.choose("light")
    window = on_screen(qtbot, Window(open_experiment(name)), size)
    qtbot.waitUntil(lambda: not window.places.waiting)
    return window


def place_of(window: Window, name: str) -> QRect | None:
    """Where a part lies in the window."""
    place = window.session.parts.find(name)
    if place is None:
        return None
    assert isinstance(place.owner, QWidget)
    corner = place.owner.mapTo(window, QPoint())
    return place.rect.translated(corner)


def is_in(window: Window, name: str) -> bool:
    place = place_of(window, name)
    return place is not None and not place.isEmpty() and window.rect().contains(place)


def names_to_find(session: Session) -> list[str]:
    families: dict[str, list[str]] = {}
    for part in parts(session.experiment):
        families.setdefault(part.family, []).append(part.name)
    return [
        name for names in families.values() for name in names[:: -(-len(names) // MAX_OF_A_FAMILY)]
    ]


@pytest.mark.parametrize("name", builtin_names())
def test_every_part_is_found_in_the_window_once_it_is_selected(
    qtbot: QtBot, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "MNIST" in name:
        monkeypatch.setenv("WEIGHTBENCH_MNIST", str(write_mnist(tmp_path / "mnist")))
    window = shown(qtbot, name)
    session = window.session
    missing = []

    for part in names_to_find(session):
        session.view.show(part=part)
        try:
            qtbot.waitUntil(partial(is_in, window, part), timeout=2000)
        except TooLate:
            missing.append(part)

    assert missing == []


def test_parts_lie_where_their_widgets_are(qtbot: QtBot) -> None:
    window = shown(qtbot, "Freezing one weight")
    transport, alpha = window.panel("transport"), window.panel("alpha")

    for name, widget in (("step", transport.step_button), ("alpha", alpha.field)):  # type: ignore[attr-defined]
        assert place_of(window, name) == QRect(widget.mapTo(window, QPoint()), widget.size())


def test_parts_of_a_card_lie_on_it_and_apart_from_each_other(qtbot: QtBot) -> None:
    window = shown(qtbot, "Freezing one weight")

    for card, on_it in (
        ("output:win", ("pred:win", "target:win", "delta:win", "error:win")),
        ("weight:b", ("weight_delta:b", "next:b", "padlock:b")),
    ):
        around = place_of(window, card)
        places = [place_of(window, name) for name in on_it]
        assert around is not None
        for place in places:
            assert place is not None
            assert around.contains(place)
            assert [other for other in places if other and other.intersects(place)] == [place]


def test_a_panel_that_is_not_made_yet_has_names_but_no_places(qtbot: QtBot) -> None:
    window = shown(qtbot, "Dot products")
    session = window.session

    assert "plot:error" in set(session.parts.names())
    assert session.parts.find("plot:error") is None
    session.view.show(part="plot:error")

    assert session.view.panel == "curves"
    assert session.parts.find("plot:error") is not None


def test_what_is_behind_another_panel_or_folded_away_is_nowhere_until_selected(
    qtbot: QtBot,
) -> None:
    window = shown(qtbot, "Freezing one weight")
    session = window.session
    session.view.show(panel="dot_product")
    window.below.want_folded(True)

    assert session.parts.find("bowl:a") is None
    assert session.parts.find("trace") is None
    session.view.show(part="bowl:a")
    session.view.show(part="trace")

    assert session.parts.find("bowl:a") is not None
    assert session.parts.find("trace") is not None


def test_a_bowl_that_is_not_drawn_is_drawn_once_it_is_selected(qtbot: QtBot) -> None:
    window = shown(qtbot, "Digits, 8x8")
    session = window.session
    assert (9, 63) not in session.view.weights.cells

    session.view.show(part="bowl:xp")

    assert (9, 63) in session.view.weights.cells
    qtbot.waitUntil(lambda: place_of(window, "bowl:xp") is not None)


def test_names_go_with_the_experiment(qtbot: QtBot) -> None:
    window = shown(qtbot, "Freezing one weight")
    session = window.session
    session.parts.light(["weight:a"])
    session.view.show(part="weight:a")

    session.open(open_experiment("Digits, 8x8"))

    assert session.view.part is None
    assert session.parts.lit == frozenset()
    assert [part.name for part in parts(session.experiment)] == list(session.parts.names())
    with pytest.raises(ValueError, match="“weight:a” is no part of this bench"):
        session.parts.find("weight:a")
