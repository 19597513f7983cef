"""A moment comes through a messenger unharmed, or with one sentence."""

from __future__ import annotations

import base64
import random
import re
import string
import tracemalloc
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.files.moments.text import (
    _DICTIONARY,
    MAX_JSON,
    MomentError,
    holds_moment,
    moment_in,
    moment_text,
)

# What stands in a chat around a text: anything but the beginning of another one.
CHAT = st.text(st.characters(exclude_characters="[", exclude_categories=["Cs"]), max_size=60)
BREAKS = ["\n", "\r\n", "\n> ", "\n>> ", " ", "\u00a0", "\u202f", "\u200b", "\u2028", "\t", "\n | "]
QUICK = settings(max_examples=30, deadline=None)


def framed(packed: bytes) -> str:
    checksum = zlib.crc32(packed).to_bytes(4, "big")
    return f"[Weightbench moment 1: {base64.b64encode(checksum + packed).decode()}]"


def problem_of(text: str) -> str:
    try:
        moment_in(text)
    except MomentError as error:
        return str(error)
    return ""


@QUICK
@given(st.text(max_size=400), CHAT, CHAT, st.randoms(use_true_random=False))
def test_it_survives_quoting_wrapping_and_what_is_written_around_it(
    content: str, before: str, after: str, chance: random.Random
) -> None:
    content = content.encode("utf-8", "replace").decode()
    text = moment_text(content).replace("\n", "")
    every = chance.randint(1, 70)
    pieces = [text[at : at + every] for at in range(0, len(text), every)]
    carried = "".join(piece + chance.choice(BREAKS) for piece in pieces)
    # A word before it would stand in the way of nothing but its own letters.
    sent = f"{before}\n{carried}\n{after}"

    assert holds_moment(sent)
    assert moment_in(sent) == content


@QUICK
@given(st.text(string.printable, max_size=300), st.data())
def test_a_part_of_it_is_told_from_the_whole(content: str, data: st.DataObject) -> None:
    text = moment_text(content)
    cut = data.draw(st.integers(0, len(text) - 1))
    with pytest.raises(MomentError, match=r"breaks off|no moment") as told:
        moment_in(text[:cut])
    assert "\n" not in str(told.value)


@QUICK
@given(st.text(string.printable, max_size=300), st.data())
def test_a_changed_letter_is_noticed(content: str, data: st.DataObject) -> None:
    text = moment_text(content)
    first = text.index(":") + 2
    # The last letter has bits that stand for nothing.
    places = [at for at in range(first, len(text) - 2) if text[at] != "\n"]
    at = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from([c for c in string.ascii_letters if c != text[at]]))
    with pytest.raises(MomentError):
        moment_in(text[:at] + other + text[at + 1 :])


@QUICK
@given(st.text(max_size=200), st.binary(max_size=200))
def test_nonsense_is_one_sentence(text: str, packed: bytes) -> None:
    for given_text in (text, f"[Weightbench moment 1: {text}]", framed(packed)):
        told = problem_of(given_text)
        assert told == "" or told.endswith(".")
        assert "\n" not in told


def test_what_would_fill_the_memory_is_refused_before_it_does() -> None:
    squeeze = zlib.compressobj(9, zdict=_DICTIONARY)
    packed = squeeze.compress(b"0" * (20 * MAX_JSON)) + squeeze.flush()
    text = framed(packed)
    tracemalloc.start()
    with pytest.raises(MomentError, match="8,000,000"):
        moment_in(text)
    assert tracemalloc.get_traced_memory()[1] < 5 * MAX_JSON
    tracemalloc.stop()


def test_a_whole_one_after_a_part_of_it_is_found() -> None:
    text = moment_text("whole" * 40)
    assert moment_in(f"He wrote: {text[:60]} …\nAll of it:\n{text}") == "whole" * 40


def test_a_newer_one_is_told() -> None:
    with pytest.raises(MomentError, match="newer"):
        moment_in("[Weightbench moment 2: abc]")


def test_one_too_long_for_a_message_is_refused() -> None:
    chance = random.Random(1)
    content = "".join(chance.choice(string.ascii_letters) for _ in range(300_000))
    with pytest.raises(MomentError, match="too large"):
        moment_text(content)


def test_no_letter_of_it_means_anything_to_a_messenger() -> None:
    assert re.fullmatch(r"\[Weightbench moment 1: [\w+/\n]+\]", moment_text("x" * 500))
    assert "_" not in moment_text("x" * 500)


# Of what a text may be made around a moment, and in it.
_PARTS = [
    "[",
    "weight",
    "bench",
    "moment",
    "W",
    "eightbench moment 1:",
    "1",
    "9",
    " ",
    "\n> ",
    ":",
    "]",
]


@given(st.lists(st.sampled_from(_PARTS), max_size=20).map("".join))
def test_a_beginning_is_found_as_in_the_letters_alone(text: str) -> None:
    letters = re.sub(r"[^A-Za-z0-9+/:\[\]]+", "", text)
    found = re.search(r"\[weightbenchmoment[0-9]{1,3}:", letters, re.IGNORECASE)
    assert holds_moment(text) == (found is not None)
