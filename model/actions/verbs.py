"""The closed vocabulary: each verb is one row."""

from __future__ import annotations

from dataclasses import dataclass

from model.actions.kinds import (
    COUNT,
    DRAWING,
    LETTERS,
    NAME,
    NUMBER,
    ORDINAL,
    QUANTITY,
    REGION,
    SCALE,
    SPEED,
    SWITCH,
    Kind,
)
from model.door import mark


@dataclass(frozen=True)
class Verb:
    """One verb.

    ``forms`` are the kinds of its arguments, the longest form first: a line takes the first for
    which it has words enough. The first argument of a form takes all words that the others leave,
    so that names may have spaces. ``examples`` show how each form is typed; ``words`` say what it
    does.
    """

    name: str
    forms: tuple[tuple[Kind, ...], ...]
    examples: tuple[str, ...]
    words: str


_ALONE: tuple[tuple[Kind, ...], ...] = ((),)

_ROWS = (
    Verb(
        "open", ((NAME,),), ("open Freezing one weight",),
        mark("Put another experiment on the bench: a built-in one by its name, or a file."),
    ),
    Verb("step", ((ORDINAL,),), ("step 3",), mark("Take so many steps.")),
    Verb("back", _ALONE, ("back",), mark("Go back by what was done of this step, or by one step.")),
    Verb("predict", _ALONE, ("predict",), mark("Do the first part of a step.")),
    Verb("compare", _ALONE, ("compare",), mark("Do the second part of a step.")),
    Verb("learn", _ALONE, ("learn",), mark("Do the third part of a step: the weights change.")),
    Verb("seek", ((COUNT,),), ("seek 2",), mark("Look at a step that was made already.")),
    Verb("run to", ((COUNT,),), ("run to 200",), mark("Run as fast as possible to a step.")),
    Verb("reset", _ALONE, ("reset",), mark("Go back to step 0; the steps stay.")),
    Verb("undo", _ALONE, ("undo",), mark("Take back the last change.")),
    Verb("redo", _ALONE, ("redo",), mark("Make again what was taken back.")),
    Verb(
        "speed", ((SPEED,),), ("speed 10",),
        mark("Let runs go at so many steps a second, or fastest."),
    ),
    Verb("alpha", ((NUMBER,),), ("alpha 0.01",), mark("Change alpha from here on.")),
    Verb(
        "weight", ((LETTERS, NUMBER),), ("weight a 0.5",),
        mark("Give a weight another value, by its letter."),
    ),
    Verb(
        "input", ((NAME, NUMBER),), ("input toes 9",),
        mark("Change an input of the example on the bench."),
    ),
    Verb(
        "target", ((NAME, NUMBER),), ("target win 0",),
        mark("Change a target of the example on the bench."),
    ),
    Verb(
        "freeze", ((NAME, REGION), (LETTERS,)), ("freeze 3 0,0-2,7", "freeze a"),
        mark("Freeze a weight by its letter, or a rectangle of pixels of an output."),
    ),
    Verb(
        "unfreeze", ((NAME, REGION), (LETTERS,)), ("unfreeze 3 0,0-2,7", "unfreeze a"),
        mark("Unfreeze a weight by its letter, or a rectangle of pixels of an output."),
    ),
    Verb(
        "draw", ((DRAWING,),), ("draw 7",),
        mark("Draw a shipped digit, by its number, or a small picture given in rows."),
    ),
    Verb("label", ((NAME,),), ("label 3",), mark("Say of which class the image on the bench is.")),
    Verb(
        "visit", ((ORDINAL,),), ("visit 2",),
        mark("Let this step visit another example, counted from 1."),
    ),
    Verb("panel", ((NAME,),), ("panel trace",), mark("Bring a panel to the front, by its key.")),
    Verb("output", ((NAME,),), ("output win",), mark("Look into an output.")),
    Verb(
        "slip", ((NAME,),), ("slip transposed",),
        mark("Put a printed slip into the listing, by its key, or none."),
    ),
    Verb(
        "space", ((NAME,),), ("space tsne",),
        mark("Show something else of the space of images: axes of a kind, a map, images."),
    ),
    Verb("select", ((NAME,),), ("select bowl:a",), mark("Look at a named part of the bench.")),
    Verb(
        "quantity", ((QUANTITY,),), ("quantity weight_delta",),
        mark("Show weight, weight_delta or input × weight in the weight images."),
    ),
    Verb(
        "scale", ((SCALE,),), ("scale each",),
        mark("Colour the weight images on one scale, each on its own, or up to a number."),
    ),
    Verb(
        "one scale", ((SWITCH,),), ("one scale on",),
        mark("Draw all error curves of weights on one scale, on or off."),
    ),
    Verb(
        "hot and cold", ((SWITCH,),), ("hot and cold on",),
        mark("Show the error a little to both sides of each weight, on or off."),
    ),
)  # fmt: skip

VERBS = {verb.name: verb for verb in _ROWS}
