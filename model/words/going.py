"""Steps as people name them to go there: by their number, or by the epoch that they begin."""

from __future__ import annotations

from model.door import mark, say
from model.path.memory import MAX_STEPS

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
