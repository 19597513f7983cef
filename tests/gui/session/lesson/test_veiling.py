"""What is hidden on a page names what its bench has, whatever the bench."""

from __future__ import annotations

import pytest

from gui.session import Session
from gui.session.lesson import LessonPlayer
from model.files.library import open_experiment
from model.lessons import load


@pytest.mark.parametrize(("ident", "page"), [("many-weights", 1), ("four-slips", 2)])
def test_a_prediction_hides_what_would_tell_it_on_any_bench(
    qapp: object, ident: str, page: int
) -> None:
    session = Session(open_experiment("Several steps"))
    player = LessonPlayer(session)
    player.open(load(ident), page)

    assert player.waits
    assert "about" in session.parts.veiled
