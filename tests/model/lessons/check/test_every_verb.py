"""The checker can play whatever the vocabulary of actions has."""

from __future__ import annotations

from contextlib import suppress

import pytest

from model.actions import parse
from model.actions.verbs import VERBS
from model.files.library import open_experiment
from model.lessons.check.bench import Bench


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_done_or_refused_in_a_sentence(verb: str) -> None:
    for name in ("Several outputs", "Digits, 8x8"):
        for example in VERBS[verb].examples:
            (action,) = parse(example)
            with suppress(ValueError):
                Bench(open_experiment(name), open_experiment).do(action)
