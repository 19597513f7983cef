"""Curves and plots by step arranged for any number of weights and any height."""

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.look.theme import look
from gui.panels.curves.panel import PlotsColumn
from gui.session import Session
from tests.gui.helpers.bench import builtin, made_up
from tests.gui.helpers.showing import on_screen

SIZES = ((340, 430), (452, 470), (690, 750))


def shown(qtbot: QtBot, session: Session, width: int, height: int) -> PlotsColumn:
    column = on_screen(qtbot, PlotsColumn(session), (width, height))
    settle()
    return column


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()


def of_size(n_weights: int) -> Session:
    return made_up([[0.3] * n_weights], [[1.0]], [[0.1 * k for k in range(n_weights)]])


def place(column: PlotsColumn, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(column, QPoint()), widget.size())


@pytest.mark.parametrize("theme", ["light", "dark", "projector"])
@pytest.mark.parametrize("n_weights", [1, 2, 3, 4, 6, 9])
def test_nothing_overlaps_and_all_is_inside(qtbot: QtBot, theme: str, n_weights: int) -> None:
    look.choose(theme)
    column = shown(qtbot, of_size(n_weights), *SIZES[0])
    for size in SIZES:
        column.resize(*size)
        settle()
        check_places(column, all_in_sight=n_weights <= 3 and theme != "projector")
    look.choose("light")


def check_places(column: PlotsColumn, all_in_sight: bool) -> None:
    cards = [*column.curves.cards, *column.steps.cards]
    in_sight = [card for card in cards if not card.visibleRegion().isEmpty()]
    assert set(column.steps.cards) <= set(in_sight)
    if all_in_sight:
        assert in_sight == cards
    places = [place(column, card) for card in in_sight]
    inside = [at.intersected(column.rect()) for at in places]
    for at, one in enumerate(places):
        assert column.rect().left() <= one.left()
        assert one.right() <= column.rect().right()
        assert one.width() > 100
        for other in inside[at + 1 :]:
            scrolled = column.curves.geometry()
            if scrolled.contains(one) and scrolled.contains(other):
                assert not one.intersects(other)
    for card in column.steps.cards:
        assert column.rect().contains(place(column, card))


def test_with_three_weights_the_error_takes_the_fourth_place(qtbot: QtBot) -> None:
    column = shown(qtbot, builtin("Freezing one weight"), 452, 470)
    a, b, c = (place(column, card) for card in column.curves.cards)
    error, weights = (place(column, card) for card in column.steps.cards)
    assert (a.top(), b.top()) == (b.top(), a.top())
    assert (c.left(), c.top()) == (a.left(), error.top())
    assert error.left() == b.left()
    assert a.size() == error.size()
    assert weights.top() > c.bottom()
    assert (weights.left(), weights.right()) == (a.left(), error.right())


def test_the_arrangement_follows_the_experiment_and_the_choice(qtbot: QtBot) -> None:
    session = builtin("Several steps")
    column = shown(qtbot, session, 452, 470)
    session.open(builtin("Several inputs and outputs").experiment)
    QApplication.processEvents()
    error, weights = column.steps.cards
    assert place(column, error).top() == place(column, weights).top()
    assert place(column, error).top() > column.curves.geometry().bottom()
    for text, n_cards in (("a", 1), ("a b", 2), ("a b c", 3), ("a-d", 4), ("b", 1)):
        column.choice.choose_text(text)
        settle()
        assert len(column.curves.cards) == n_cards
        for card in (*column.curves.cards, *column.steps.cards):
            assert card.isVisible()
            assert not card.visibleRegion().isEmpty()
        lines = column.steps.weights.picture.lines
        assert len(lines) == n_cards


def test_tab_goes_through_the_cards_in_reading_order(qtbot: QtBot) -> None:
    column = shown(qtbot, builtin("Freezing one weight"), 452, 470)
    order: list[QWidget] = []
    at = column.curves.cards[0].nextInFocusChain()
    while at is not None and at is not column.curves.cards[0]:
        if at in column.curves.cards or at in column.steps.cards:
            order.append(at)
        at = at.nextInFocusChain()
    assert order == [*column.curves.cards[1:], *column.steps.cards]


def test_between_experiments_of_three_weights_no_place_of_the_grid_is_left_empty(
    qtbot: QtBot,
) -> None:
    session = builtin("Several steps")
    column = shown(qtbot, session, 452, 470)
    before = [place(column, card) for card in (*column.curves.cards, *column.steps.cards)]
    for name in ("Alpha too large", "Several outputs", "Several steps"):
        session.open(builtin(name).experiment)
        settle()
        cards = [*column.curves.cards, *column.steps.cards]
        assert [place(column, card) for card in cards] == before
    session.open(of_size(2).experiment)
    session.open(of_size(9).experiment)
    session.open(of_size(1).experiment)
    session.open(builtin("Several steps").experiment)
    for _ in range(3):
        QApplication.processEvents()
    assert [place(column, card) for card in (*column.curves.cards, *column.steps.cards)] == before
