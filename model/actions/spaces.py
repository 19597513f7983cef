"""What can be shown of the space of images, by the names that actions and lessons call it."""

from __future__ import annotations

from typing import Literal, get_args

from model.door import say
from model.experiment import Experiment

# Along axes: pixels, scores or principal components, or axes of different kinds; pictures of
# their own; maps.
ShownSpace = Literal[
    "pixels", "scores", "components", "mixed", "order", "rebuilt", "random", "tsne", "mds",
    "sammon", "graph",
]  # fmt: skip
SHOWN_SPACES: tuple[ShownSpace, ...] = get_args(ShownSpace)


def first_space(experiment: Experiment) -> ShownSpace:
    """What is shown before anyone has asked for something else: two inputs, if there are two."""
    varied = len(experiment.inputs) - (experiment.setup.constant is not None)
    return "pixels" if varied > 1 else "mixed"


def check_space(name: str) -> ShownSpace:
    """The name, if it is one of them. Raises ValueError, with one sentence, where it is not."""
    known = next((shown for shown in SHOWN_SPACES if shown == name), None)
    if known is None:
        raise ValueError(
            say(
                "nothing of the space is called “{name}”: there are {names}",
                name=name,
                names=", ".join(SHOWN_SPACES),
            )
        )
    return known


def check_asked(name: str) -> ShownSpace:
    """The same for what is asked for, which leaves nothing open. Raises ValueError as above."""
    known = check_space(name)
    if known == "mixed":
        raise ValueError(say("axes of different kinds are chosen one by one, in the panel itself"))
    return known
