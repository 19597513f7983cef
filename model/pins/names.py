"""What pinned runs are called."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from model.door import say
from model.experiment import Experiment
from model.path.readable import ReadablePath
from model.pins.facts import FEW, frozen_words
from model.words import numbers

MAX_LETTERS = 60


def run_name(base: Experiment, path: ReadablePath, taken: Collection[str]) -> str:
    """A name for a run by what is changed most: its alpha and what is frozen; none of ``taken``."""
    setup = path.setup
    alpha = say("alpha {alpha}", alpha=numbers.plain(setup.alpha))
    frozen = int(setup.frozen.sum())
    name = alpha
    if 0 < frozen <= FEW:
        name = say("{alpha}, {weights} frozen", alpha=alpha,
                   weights=frozen_words(base, setup.frozen))  # fmt: skip
    elif frozen:
        name = say("{alpha}, {n:,} frozen", alpha=alpha, n=frozen)
    return free_name(name, taken)


def free_name(name: str, taken: Collection[str]) -> str:
    """The name itself, or with the first number behind it that makes it none of ``taken``."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = say("{name} ({number})", name=name, number=number)
    return free


def checked_name(text: str, taken: Collection[str]) -> str:
    """The name that somebody typed, without blanks around it.

    Raises ValueError, with one sentence, where it is none or is one of ``taken``.
    """
    name = text.strip()
    if not name:
        raise ValueError(say("A pinned run needs a name of at least one letter."))
    if len(name) > MAX_LETTERS:
        raise ValueError(
            say("“{start}…” has {n:,} letters, and a name may have {most}.",
                start=name[:20], n=len(name), most=MAX_LETTERS)
        )  # fmt: skip
    if any(unicodedata.category(letter) in ("Cc", "Zl", "Zp", "Cs") for letter in name):
        raise ValueError(say("A name is one line, without control characters."))
    if name in taken:
        raise ValueError(say("Another pinned run is called “{name}” already.", name=name))
    return name
