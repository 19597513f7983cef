"""Steps as people name them to go there, and why a run goes no further."""

from __future__ import annotations

from collections.abc import Sequence

from model.curves import AlphaZones
from model.door import mark, say
from model.network import MAX_ERROR
from model.path import State
from model.path.memory import MAX_STEPS
from model.path.readable import ReadablePath
from model.words.alpha import why_diverged

_ASK_FOR_LABEL = mark(
    "Say first what this image is (“this is a …”): without a label there is nothing to compare "
    "its scores with, and nothing to learn."
)
_MEMORY_FULL = mark(
    "Paused at step {step:,}: the path's memory is full. Go back to any step and change something "
    "to start a new future from there."
)


_EPOCH = mark("epoch")


def step_named(text: str, n_examples: int) -> int:
    """The step that a text names: "1200", "1,200", "step 1200", or "epoch 3" for its first step.

    Epochs are counted from 1, and are as many steps long as there are examples. Raises
    ValueError, with one sentence for a person, where it names none.
    """
    wanted = text.strip()
    first, _, rest = wanted.rpartition(" ")
    word = first.strip().casefold()
    names_epoch = word in (_EPOCH, say(_EPOCH).casefold())
    digits = rest if names_epoch or word == say("step").casefold() else wanted
    digits = "".join(sign for sign in digits if not sign.isspace() and sign != ",")
    # Digits of other scripts are numbers to float, but a sign such as ² is not.
    if not digits.isdecimal() or len(digits) > 20:
        raise ValueError(
            say(
                "“{text}” names no step: type a number such as 1200, or “epoch 3”", text=wanted[:40]
            )
        )
    number = int(digits)
    if names_epoch:
        if number == 0:
            raise ValueError(say("epochs are counted from 1"))
        number = (number - 1) * n_examples
    if number > MAX_STEPS:
        raise ValueError(say("no path is longer than {most:,} steps", most=MAX_STEPS))
    return number


def why_no_step(
    path: ReadablePath, state: State, zones: AlphaZones | None, inputs: Sequence[str]
) -> str:
    """Why a path does not go on beyond a step, its last one.

    ``zones`` is None where the limit of alpha is not to be told; ``inputs`` are their names.
    """
    if path.lacks_label:
        return say(_ASK_FOR_LABEL)
    if path.full:
        return say(_MEMORY_FULL, step=state.step)
    slots = {"step": state.step, "most": MAX_ERROR}
    if zones is None:
        return say("Diverged at step {step:,}: the next error would pass {most:.0e}.", **slots)
    why = why_diverged(state.setup, zones, inputs)
    return say(
        "Diverged at step {step:,}: the next error would pass {most:.0e}; {why}.", why=why, **slots
    )
