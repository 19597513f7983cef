"""The dot product in words: why it is what it is, and what two vectors ask of each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from model.dot_product import DotProduct, Indices
from model.network import Floats
from model.words import numbers

# Votes whose sum is this small beside them cancel; what is left is rounding.
_ROUNDING = 1e-12
_MAX_NAMES = 5
# Of more inputs no sentence tells what each does.
_MAX_ASKED = 14
# Of vectors of these numbers the dot product reads like a phrase of logic.
_LOGICAL = (0.0, 0.5, 1.0)


def vectors_in_words(inputs: Floats, weights: Floats, names: Sequence[str]) -> str:
    """What the weights ask for and what the score means, in one or two sentences.

    inputs and weights (n_inputs,), and a name for each. Weights of 0, ½, 1 and their negatives
    are read as OR and NOT: every positive entry can raise the score by itself, a negative one
    takes away.
    """
    return f"{_asks(inputs, weights, names)}{_score(inputs, weights, names)}"


def pixels_in_words(dot: DotProduct, output: str) -> str:
    """How many inked pixels of an image vote for and against an output, in one sentence."""
    inked = int(np.count_nonzero(dot.inputs))
    if not inked:
        return "No pixel has ink, so there is nothing to add up."
    ayes = int(np.count_nonzero(dot.products > 0))
    noes = int(np.count_nonzero(dot.products < 0))
    silent = inked - ayes - noes
    pixels = "1 inked pixel" if inked == 1 else f"{inked:,} inked pixels"
    if silent == inked:
        return f"It has {pixels}; all their weights are 0, so none of them votes."
    rest = f", and {silent:,} not at all" if silent else ""
    return f"It has {pixels}: {ayes:,} vote for {output}, {noes:,} against it{rest}."


def _asks(inputs: Floats, weights: Floats, names: Sequence[str]) -> str:
    """What raises the score, as a sentence with a space after it; empty if nothing does."""
    raising, lowering = np.flatnonzero(weights > 0), np.flatnonzero(weights < 0)
    if not len(raising) and not len(lowering):
        return ""
    if all(np.isin(np.abs(vector), _LOGICAL).all() for vector in (inputs, weights)):
        return f"{_phrase(raising, lowering, weights, names)} "
    if len(weights) > _MAX_ASKED:
        return ""
    up, down = _listed(raising, names, "or"), _listed(lowering, names, "or")
    if not len(lowering):
        return f"More {up} means a higher score. "
    if not len(raising):
        return f"More {down} means a lower score. "
    return f"More {up} means a higher score, more {down} a lower one. "


def _phrase(raising: Indices, lowering: Indices, weights: Floats, names: Sequence[str]) -> str:
    """The weights as a phrase of logic: x1 OR half x3, AND NOT x2."""

    def terms(places: Indices) -> list[str]:
        shown = places if len(places) <= _MAX_NAMES else places[: _MAX_NAMES - 1]
        words = [names[at] if abs(weights[at]) == 1 else f"half {names[at]}" for at in shown]
        rest = len(places) - len(shown)
        return [*words, f"any of {rest} more"] if rest else words

    ayes, noes = terms(raising), terms(lowering)
    if not noes:
        return f"High if {' OR '.join(ayes)}."
    nots = " AND ".join(f"NOT {term}" for term in noes)
    if not ayes:
        return f"Highest if {nots}."
    either = " OR ".join(ayes)
    return f"High if {either if len(ayes) == 1 else f'({either})'} AND {nots}."


def _score(inputs: Floats, weights: Floats, names: Sequence[str]) -> str:
    """What the score says of inputs and weights."""
    dot = DotProduct.of(inputs, weights)
    ayes, noes = np.flatnonzero(dot.products > 0), np.flatnonzero(dot.products < 0)
    common, opposed = _listed(ayes, names, "and"), _listed(noes, names, "and")
    if not len(ayes) and not len(noes):
        return f"Score 0: {_why_nothing(inputs, weights)}."
    score = _number(dot.score)
    if not len(noes):
        return f"Score {score}: inputs and weights have {common} in common."
    if not len(ayes):
        return f"Score {score}: inputs and weights are opposed in {opposed}."
    added, taken = _number(dot.votes_for), _number(-dot.votes_against)
    adds, takes = "adds" if len(ayes) == 1 else "add", "takes" if len(noes) == 1 else "take"
    if abs(dot.score) <= _ROUNDING * dot.votes_for:
        return f"Score 0: the votes cancel; {common} {adds} {added}, {opposed} {takes} it away."
    if dot.score > 0:
        verb = "is" if len(ayes) == 1 else "are"
        return (
            f"Score {score}: in common {verb} {common}, which {adds} {added}; "
            f"{opposed} {takes} {taken} away."
        )
    return f"Score {score}: {opposed} {takes} {taken} away, more than the {added} of {common}."


def _why_nothing(inputs: Floats, weights: Floats) -> str:
    if not weights.any():
        return "all weights are 0"
    if not inputs.any():
        return "all inputs are 0"
    return "nothing in common; each is 0 where the other is not"


def _listed(places: Indices, names: Sequence[str], conjunction: str) -> str:
    """Names as a person lists them: a, b and c."""
    shown = [names[at] for at in places]
    if len(shown) > _MAX_NAMES:
        rest = len(shown) - (_MAX_NAMES - 1)
        shown = [*shown[: _MAX_NAMES - 1], f"{rest:,} more"]
    head, last = shown[:-1], shown[-1:]
    return f" {conjunction} ".join([", ".join(head), *last] if head else last)


def _number(value: float) -> str:
    return numbers.plain(value, 4)
