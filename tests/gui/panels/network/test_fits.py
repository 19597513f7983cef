"""No number on a card is cut or lies on another, whatever it is and however large the network."""

from __future__ import annotations

import math
import os
from itertools import combinations, product

import pytest
from PySide6.QtCore import QPoint, QRectF
from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from gui.look.theme import THEMES, look
from gui.panels.network.arrange import graph_layout_in_room
from gui.panels.network.card import Card
from gui.panels.network.card_words import one_line, two_lines
from gui.panels.network.panel import NetworkGraph
from gui.panels.network.weight_card import WeightCard
from gui.session import Session
from gui.widgets.number_field import NumberField
from model.phase import StepPart
from tests.gui.helpers.bench import builtin, made_up
from tests.gui.helpers.showing import on_screen

SMALLEST, USUAL, LARGEST = (520, 330), (819, 470), (2400, 1300)
# The whole matrix is for `make whole-numbers`.
ALL = os.environ.get("WEIGHTBENCH_WHOLE_NUMBERS") == "all"
SIZES = [1e-15, 1.36e-4, 0.05, 0.999999, 8.5, 123.456, 99999.9, 1e6, 1e15]


_SHAPES = [(3, 1), (1, 3), (3, 3), (6, 8)]
CASES = (
    list(product([SMALLEST, USUAL, LARGEST], _SHAPES))
    if ALL
    else [(SMALLEST, (3, 1)), (USUAL, (1, 3)), (LARGEST, (3, 3)), (SMALLEST, (6, 8))]
)


def shown(qtbot: QtBot, session: Session, size: tuple[int, int]) -> NetworkGraph:
    return on_screen(qtbot, NetworkGraph(session), size)


def field_ink(card: Card) -> QRectF:
    """What the number of a card's field takes, in coordinates of the card."""
    field: NumberField = card.field
    metrics = QFontMetricsF(field.font_in_use())
    width, height = metrics.horizontalAdvance(field.text), metrics.capHeight()
    place = QRectF(field.geometry()).adjusted(3.5, 0, -3.5, 0)
    x = place.x()
    name = field.alignment.name
    if name == "AlignRight":
        x = place.right() - width
    elif name == "AlignCenter":
        x = place.center().x() - width / 2
    return QRectF(x, place.center().y() - height / 2, width, height)


def written(card: Card) -> list[tuple[str, QRectF, QRectF]]:
    """Each text of a card, what it takes, and its place."""
    texts = [(text.text, text.ink, QRectF(*text.box)) for text in card.texts() if text.text]
    inside = QRectF(card.field.geometry())
    return [*texts, (card.field.text, field_ink(card), inside)]


def faults(card: Card) -> list[str]:
    found = []
    texts = written(card)
    if isinstance(card, WeightCard):
        texts.append(("padlock", *2 * (QRectF(card.padlock.geometry()),)))
    for text, ink, place in texts:
        if not place.adjusted(-0.6, -0.6, 0.6, 0.6).contains(ink):
            found.append(f"“{text}” is cut: {ink} in {place}")
        if not QRectF(card.rect()).contains(ink):
            found.append(f"“{text}” leaves its card")
    for (one, ink, _), (other, taken, _) in combinations(texts, 2):
        if ink.intersects(taken):
            found.append(f"“{one}” lies on “{other}”")
    return found


def check(graph: NetworkGraph) -> None:
    cards = graph.findChildren(Card)
    assert cards
    for card in cards:
        if card.isVisible():
            assert faults(card) == []
    metrics = QFontMetricsF(look.theme.font())
    assert metrics.horizontalAdvance(graph.caption.text) <= graph.caption.width()


@pytest.fixture(params=sorted(THEMES))
def theme(request: pytest.FixtureRequest) -> str:
    look.choose(request.param)
    return str(request.param)


@pytest.mark.parametrize(("size", "shape"), CASES)
def test_numbers_of_every_size_are_whole_in_every_part(
    qtbot: QtBot, theme: str, size: tuple[int, int], shape: tuple[int, int]
) -> None:
    n_in, n_out = shape
    session = builtin("Several steps")
    graph = shown(qtbot, session, size)
    for sign in (1.0, -1.0):
        for at, value in enumerate(SIZES):
            other = SIZES[(at * 4 + 2) % len(SIZES)]
            # The weights and targets go to both ends of what can be typed.
            weights = [[sign * value / (1 + i + o) for i in range(n_in)] for o in range(n_out)]
            made = made_up([[-sign * min(other, 1e6)] * n_in], [[other] * n_out], weights, 1e-9)
            session.open(made.experiment)
            check(graph)
            session.playback.predict()
            check(graph)
            session.playback.compare()
            session.view.show(part="weight:a")
            check(graph)
            session.playback.learn()
            check(graph)


@pytest.mark.parametrize("name", ["One delta, three weight_deltas", "Several inputs and outputs"])
@pytest.mark.parametrize("n_steps", [0, 1, 7, 60, 400])
def test_the_numbers_of_the_chapter_are_whole(
    qtbot: QtBot, theme: str, name: str, n_steps: int
) -> None:
    session = builtin(name)
    session.playback.take(n_steps)
    graph = shown(qtbot, session, USUAL)
    for size in (SMALLEST, USUAL, LARGEST):
        graph.resize(*size)
        check(graph)


def test_cards_grow_with_the_room_up_to_twice_the_size(qtbot: QtBot) -> None:
    graph = shown(qtbot, builtin("One delta, three weight_deltas"), (819, 470))
    card = graph.view.weight_card(0, 0)
    usual = card.width(), card.field.font_in_use().pixelSize()
    graph.resize(1230, 760)
    large = card.width(), card.field.font_in_use().pixelSize()
    graph.resize(3000, 2000)
    largest = card.width()

    assert large[0] > 1.3 * usual[0]
    assert large[1] > 1.3 * usual[1]
    assert largest == 2 * 166
    graph.resize(819, 470)
    assert (card.width(), card.field.font_in_use().pixelSize()) == usual


@pytest.mark.parametrize("font_px", [13, 17])
@pytest.mark.parametrize(("n_in", "n_out"), [(3, 1), (1, 3), (3, 3), (2, 5), (4, 5), (30, 5)])
def test_more_room_is_never_written_smaller(font_px: int, n_in: int, n_out: int) -> None:
    before: dict[object, int] = {}
    for step in range(40):
        width, height = 400 + 50 * step, 240 + 30 * step
        layout, pixels = graph_layout_in_room(n_in, n_out, width, height, font_px, 10)
        assert max(12, math.ceil(0.75 * font_px)) <= pixels <= 2 * font_px
        cards = layout.shape, layout.card, layout.input, layout.output
        assert pixels >= before.get(cards, 0)
        before[cards] = pixels
        if layout.most_scroll != (0, 0):
            assert pixels == font_px


def test_every_weight_says_its_weight_delta_at_the_size_of_a_projector(qtbot: QtBot) -> None:
    look.choose("projector")
    session = builtin("Several inputs and outputs")
    graph = shown(qtbot, session, (640, 480))
    for output in range(3):
        for column in range(3):
            card = graph.view.weight_card(output, column)
            assert card.lines[0].startswith("weight_delta ")
            assert card.lines[1].startswith("next change ")
    assert graph.view.arrangement.most_scroll == (0, 0)


def test_one_line_says_the_same_as_two(qtbot: QtBot) -> None:
    session = builtin("Freezing one weight")
    graph = shown(qtbot, session, USUAL)
    for act in ("predict", "compare", "learn", "back"):
        moment = graph.view.weight_card(0, 0).moment
        assert moment is not None
        for column in range(3):
            single = " ".join(one_line(moment, 0, column)[0])
            first, second = two_lines(moment, 0, column)
            if moment.part is StepPart.COMPARE:
                assert (second[0][1] if column else first[0][1]) in single
            else:
                assert all(line[0][1] in single for line in (first, second) if line)
        getattr(session.playback, act)()


def test_a_place_of_a_card_explains_the_term_that_stands_there(qtbot: QtBot) -> None:
    graph = shown(qtbot, builtin("One delta, three weight_deltas"), USUAL)
    output, weight = graph.view.output_card(0), graph.view.weight_card(0, 0)

    def told(card: Card, family: str) -> str:
        place: QPoint = card.part_rect(family).center()  # type: ignore[attr-defined]
        return card.term_at(place)

    assert told(output, "delta") == (
        "delta = pred − target = 0.86 − 1 = −0.14: below 0, so pred is too low."
    )
    assert told(output, "error").startswith("error = delta² = (−0.14)² = 0.0196")
    assert told(output, "pred").startswith("pred 0.86 is what the network makes")
    assert told(output, "target").startswith("target 1 is what win ought to be")
    assert told(weight, "weight_delta") == (
        "weight_delta = delta × input = −0.14 × 8.5 = −1.19, half of the slope of the error, −2.38."
    )
    assert told(weight, "next") == (
        "next change = −alpha × weight_delta = −0.01 × (−1.19) = 0.0119."
    )
