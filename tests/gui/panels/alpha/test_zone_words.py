"""What is written under alpha's bar."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from gui.panels.alpha.zone_words import place_words
from model.curves import AlphaZones
from model.words.alpha import spans


def test_while_the_limit_is_looked_for_the_bar_says_so() -> None:
    (only,) = spans(AlphaZones(None, None, exact=False, known=False))

    assert only.words == ("looking for the limit …",)


@given(
    width=st.floats(20.0, 700.0),
    exact=st.booleans(),
    limit=st.floats(1e-6, 1e6),
    part=st.floats(0.01, 1.49),
)
def test_words_never_overlap_or_are_cut_and_the_number_comes_first(
    width: float, exact: bool, limit: float, part: float
) -> None:
    zones = AlphaZones(limit / 2, limit, exact)
    parts = spans(zones)
    areas = [
        (span.start / (1.5 * limit) * width, span.stop / (1.5 * limit) * width) for span in parts
    ]
    zone = zones.zone(part * limit)
    current = next(at for at, span in enumerate(parts) if zone in span.zones)

    words = place_words(areas, [span.words for span in parts], current, lambda t: 6.0 * len(t), 8.0)

    for word, following in itertools.pairwise(words):
        assert word.x + 6.0 * len(word.text) + 8.0 <= following.x + 1e-6
    assert all(word.x >= 0 and word.x + 6.0 * len(word.text) <= width + 1e-6 for word in words)
    number = parts[-1].words[-1]
    if 6.0 * len(number) <= width / 3:
        assert number in words[-1].text
    if width > 330.0:
        assert {word.span for word in words} == set(range(len(parts)))
