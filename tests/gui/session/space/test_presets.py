"""What is shown of the space of images has one name, by which it can be asked for."""

from __future__ import annotations

import pytest

from gui.session.player.deeds import DEEDS
from model.actions.spaces import SHOWN_SPACES
from tests.gui.helpers.image_bench import digits_session


@pytest.mark.parametrize("name", [name for name in SHOWN_SPACES if name != "mixed"])
def test_what_is_asked_for_by_its_name_is_what_is_shown(name: str) -> None:
    session = digits_session()
    session.view.show(space={"show": "tsne" if name != "tsne" else "mds"})
    deed = DEEDS["space"]

    deed.check(session, name)
    assert session.space != name
    deed.do(session, name)

    assert session.space == name


def test_axes_that_are_of_that_kind_already_stay_as_they_are() -> None:
    session = digits_session()
    session.view.show(space={"axes": [["score", 7], ["score", 2]]})
    before = session.view.space.axes

    DEEDS["space"].do(session, "graph")
    DEEDS["space"].do(session, "scores")

    assert session.view.space.axes == before


def test_axes_of_different_kinds_have_a_name_and_cannot_be_asked_for() -> None:
    session = digits_session()
    session.view.show(space={"axes": [["pixel", 3], ["score", 1]]})

    assert session.space == "mixed"
    with pytest.raises(ValueError, match="chosen one by one"):
        DEEDS["space"].check(session, "mixed")


def test_what_is_no_name_is_refused_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="nothing of the space is called “tsnee”: there are pix"):
        DEEDS["space"].check(digits_session(), "tsnee")
