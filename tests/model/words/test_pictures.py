"""What is said of a picture: whole sentences, with the numbers of that picture."""

from __future__ import annotations

import numpy as np
import pytest

from model.ink import Doubt, PictureInput, Taken, picture_input
from model.words import pictures

MNIST = (28, 28)


def picture_of(*doubts: Doubt, taken: Taken = Taken.INK) -> PictureInput:
    seen = np.zeros((20, 40), dtype=bool)
    seen[:3, :4] = True
    return PictureInput(
        np.ones(784), taken, doubts, (200, 400), (10, 30, 50, 130), seen, marks=3, level=0.0843
    )


@pytest.mark.parametrize("doubt", Doubt)
def test_every_doubt_is_one_sentence(doubt: Doubt) -> None:
    [sentence] = pictures.doubts(picture_of(doubt))

    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert "{" not in sentence


def test_doubts_keep_their_order_and_their_numbers() -> None:
    doubts = (Doubt.SEVERAL_MARKS, Doubt.WIDE, Doubt.FEW_PIXELS, Doubt.FAINT, Doubt.HARDLY_ANY_INK)

    several, wide, few, faint, hardly = pictures.doubts(picture_of(*doubts))

    assert "3 marks" in several
    assert "2.5 times" in wide
    assert "40 pixels high and 100 wide" in few
    assert "8 %" in faint
    assert "12 of 800 pixels" in hardly


def test_without_doubt_nothing_is_said() -> None:
    assert pictures.doubts(picture_of()) == []


def test_what_was_taken_is_said_with_its_place() -> None:
    assert "rows 11 to 50 and columns 31 to 130" in pictures.taken(picture_of())


@pytest.mark.parametrize("light", [False, True])
def test_a_picture_that_is_ready_says_so(light: bool) -> None:
    gray = np.zeros(MNIST)
    gray[8:20, 14:16] = 1.0

    sentence = pictures.taken(picture_input(gray if light else 1 - gray, MNIST))

    assert "28 × 28 pixels already" in sentence
    assert ("inverted" in sentence) == light
