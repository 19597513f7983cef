"""The dot product in words: why it is what it is, and what two vectors ask of each other."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from model.door import mark, say, say_count
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
    asks, score = _asks(inputs, weights, names), _score(inputs, weights, names)
    return say("{asks} {score}", asks=asks, score=score) if asks else score


def pixels_in_words(dot: DotProduct, output: str) -> str:
    """How many inked pixels of an image vote for and against an output, in one sentence."""
    inked = int(np.count_nonzero(dot.inputs))
    if not inked:
        return say("No pixel has ink, so there is nothing to add up.")
    ayes = int(np.count_nonzero(dot.products > 0))
    noes = int(np.count_nonzero(dot.products < 0))
    silent = inked - ayes - noes
    slots = {"ayes": ayes, "noes": noes, "output": output, "silent": silent}
    if silent == inked:
        return say_count(
            "It has 1 inked pixel; all their weights are 0, so none of them votes.",
            "It has {n:,} inked pixels; all their weights are 0, so none of them votes.",
            inked,
        )
    if not silent:
        return say_count(
            "It has 1 inked pixel: {ayes:,} vote for {output}, {noes:,} against it.",
            "It has {n:,} inked pixels: {ayes:,} vote for {output}, {noes:,} against it.",
            inked, **slots,
        )  # fmt: skip
    return say_count(
        "It has 1 inked pixel: {ayes:,} vote for {output}, {noes:,} against it, and {silent:,} "
        "not at all.",
        "It has {n:,} inked pixels: {ayes:,} vote for {output}, {noes:,} against it, and "
        "{silent:,} not at all.",
        inked, **slots,
    )  # fmt: skip


def _asks(inputs: Floats, weights: Floats, names: Sequence[str]) -> str:
    """What raises the score, as a sentence; empty if nothing does."""
    raising, lowering = np.flatnonzero(weights > 0), np.flatnonzero(weights < 0)
    if not len(raising) and not len(lowering):
        return ""
    if all(np.isin(np.abs(vector), _LOGICAL).all() for vector in (inputs, weights)):
        return _phrase(raising, lowering, weights, names)
    if len(weights) > _MAX_ASKED:
        return ""
    up, down = _either_of(raising, names), _either_of(lowering, names)
    if not len(lowering):
        return say("More {up} means a higher score.", up=up)
    if not len(raising):
        return say("More {down} means a lower score.", down=down)
    return say("More {up} means a higher score, more {down} a lower one.", up=up, down=down)


def _phrase(raising: Indices, lowering: Indices, weights: Floats, names: Sequence[str]) -> str:
    """The weights as a phrase of logic: x1 OR half x3, AND NOT x2."""

    def terms(places: Indices) -> list[str]:
        shown = places if len(places) <= _MAX_NAMES else places[: _MAX_NAMES - 1]
        words = [
            names[at] if abs(weights[at]) == 1 else say("half {name}", name=names[at])
            for at in shown
        ]
        rest = len(places) - len(shown)
        return [*words, say("any of {n} more", n=rest)] if rest else words

    ayes, noes = terms(raising), [say(_NOT, term=term) for term in terms(lowering)]
    either = _joined(ayes, _OR, _OR)
    if not noes:
        return say("High if {terms}.", terms=either)
    nots = _joined(noes, _AND_NOT, _AND_NOT)
    if not ayes:
        return say("Highest if {terms}.", terms=nots)
    if len(ayes) == 1:
        return say("High if {term} AND {nots}.", term=either, nots=nots)
    return say("High if ({terms}) AND {nots}.", terms=either, nots=nots)


def _score(inputs: Floats, weights: Floats, names: Sequence[str]) -> str:
    """What the score says of inputs and weights."""
    dot = DotProduct.of(inputs, weights)
    ayes, noes = np.flatnonzero(dot.products > 0), np.flatnonzero(dot.products < 0)
    if not len(ayes) and not len(noes):
        return say(_why_nothing(inputs, weights))
    slots = {
        "score": _number(dot.score),
        "common": _all_of(ayes, names),
        "opposed": _all_of(noes, names),
        "added": _number(dot.votes_for),
        "taken": _number(-dot.votes_against),
    }
    if not len(noes):
        return say("Score {score}: inputs and weights have {common} in common.", **slots)
    if not len(ayes):
        return say("Score {score}: inputs and weights are opposed in {opposed}.", **slots)
    if abs(dot.score) <= _ROUNDING * dot.votes_for:
        sentences = _CANCEL
    else:
        sentences = _ABOVE if dot.score > 0 else _BELOW
    return say(sentences[len(ayes) == 1, len(noes) == 1], **slots)


def _why_nothing(inputs: Floats, weights: Floats) -> str:
    if not weights.any():
        return mark("Score 0: all weights are 0.")
    if not inputs.any():
        return mark("Score 0: all inputs are 0.")
    if ((inputs != 0) & (weights != 0)).any():
        return mark("Score 0: every product of input and weight is too small for a number.")
    return mark("Score 0: nothing in common; each is 0 where the other is not.")


_OR, _NOT, _AND_NOT = mark("{one} OR {other}"), mark("NOT {term}"), mark("{one} AND {other}")
_COMMA = mark("{one}, {other}")
# By whether one input votes for it, and whether one votes against it.
_CANCEL = {
    (True, True): mark(
        "Score 0: the votes cancel; {common} adds {added}, {opposed} takes it away."
    ),
    (True, False): mark(
        "Score 0: the votes cancel; {common} adds {added}, {opposed} take it away."
    ),
    (False, True): mark(
        "Score 0: the votes cancel; {common} add {added}, {opposed} takes it away."
    ),
    (False, False): mark(
        "Score 0: the votes cancel; {common} add {added}, {opposed} take it away."
    ),
}
_ABOVE = {
    (True, True): mark(
        "Score {score}: in common is {common}, which adds {added}; {opposed} takes {taken} away."
    ),
    (True, False): mark(
        "Score {score}: in common is {common}, which adds {added}; {opposed} take {taken} away."
    ),
    (False, True): mark(
        "Score {score}: in common are {common}, which add {added}; {opposed} takes {taken} away."
    ),
    (False, False): mark(
        "Score {score}: in common are {common}, which add {added}; {opposed} take {taken} away."
    ),
}
_BELOW = {
    (alone, one): (
        mark("Score {score}: {opposed} takes {taken} away, more than the {added} of {common}.")
        if one
        else mark("Score {score}: {opposed} take {taken} away, more than the {added} of {common}.")
    )
    for alone in (True, False)
    for one in (True, False)
}


def _all_of(places: Indices, names: Sequence[str]) -> str:
    """Names as a person lists them: a, b and c."""
    return _joined(_shown(places, names), _COMMA, mark("{one} and {other}"))


def _either_of(places: Indices, names: Sequence[str]) -> str:
    """The same for what is enough by itself: a, b or c."""
    return _joined(_shown(places, names), _COMMA, mark("{one} or {other}"))


def _shown(places: Indices, names: Sequence[str]) -> list[str]:
    """The names of some inputs, the last of many as their number."""
    shown = [names[at] for at in places]
    if len(shown) <= _MAX_NAMES:
        return shown
    rest = len(shown) - (_MAX_NAMES - 1)
    return [*shown[: _MAX_NAMES - 1], say("{n:,} more", n=rest)]


def _joined(words: Sequence[str], between: str, last: str) -> str:
    """Words in a row, put together by two sentences for a pair; empty where there are none."""
    text = words[0] if words else ""
    for at, word in enumerate(words[1:], 2):
        text = say(last if at == len(words) else between, one=text, other=word)
    return text


def _number(value: float) -> str:
    return numbers.plain(value, 4)
