"""Where the image on the bench comes from: an example, a held-out image, or someone's hand."""

from __future__ import annotations

import weakref

import numpy as np

from gui.session import Session
from model.digits import one_hot
from model.network import Floats
from model.path import State


class ImageOrigin:
    """Compares what is on the bench with what the data set has published."""

    def __init__(self, session: Session) -> None:
        self._session = session
        # The guest that was looked up last, and its place among the held-out images.
        self._looked_up: tuple[Floats | None, int | None] = (None, None)
        # The moment that was compared last, held weakly since its inputs may be a row of all
        # images, and whether the inputs and the target differ.
        self._compared: weakref.ref[State] | None = None
        self._differences = False, False

    @property
    def published(self) -> tuple[Floats, Floats] | None:
        """Inputs and target as the data set has them; None for what is not of it."""
        digits, example = self._session.experiment.digits, self._session.state.example
        if digits is None:
            return None
        if example is not None:
            return digits.images[example], self._target_of(int(digits.labels[example]))
        place = self.held_out
        if place is None:
            return None
        label = int(digits.held_out_labels[place])
        return digits.held_out_images[place], self._target_of(label)

    @property
    def held_out(self) -> int | None:
        """The place among the held-out images of the guest on the bench, if it is one of them."""
        digits, state = self._session.experiment.digits, self._session.state
        if digits is None or state.example is not None:
            return None
        if self._looked_up[0] is not state.inputs:
            self._looked_up = state.inputs, digits.held_out_place(state.inputs)
        return self._looked_up[1]

    @property
    def edited(self) -> bool:
        """Whether the pixels of an image of the set are no longer the published ones."""
        return self._differing[0]

    @property
    def retaught(self) -> bool:
        """Whether the target of an image of the set is no longer the published one."""
        return self._differing[1]

    @property
    def _differing(self) -> tuple[bool, bool]:
        """Whether the inputs and the target differ; compared once for every moment."""
        state = self._session.state
        if self._compared is None or self._compared() is not state:
            self._compared = weakref.ref(state)
            self._differences = self._compare(state)
        return self._differences

    def _compare(self, state: State) -> tuple[bool, bool]:
        published = self.published
        if published is None:
            return False, False
        inputs, target = published
        return not np.array_equal(state.inputs, inputs), not np.array_equal(state.target, target)

    @property
    def caption(self) -> str:
        """What the image is called."""
        digits, example = self._session.experiment.digits, self._session.state.example
        if digits is None:
            return "on the bench"
        place = example if example is not None else self.held_out
        if place is None:
            return "your own image"
        labels = digits.labels if example is not None else digits.held_out_labels
        label, kind = labels[place], "example" if example is not None else "held-out"
        taught = f"{label}, taught as {self._taught}" if self.retaught else f"labelled {label}"
        return f"{kind} {place + 1:,} · {taught}"

    @property
    def hint(self) -> str:
        """What there is to know about it beside its name."""
        if self._session.state.example is None and self._session.experiment.digits is not None:
            return "Step would learn from it"
        return "edited" if self.edited else "draw to edit"

    @property
    def _taught(self) -> str:
        target = self._session.state.target
        at = int(np.argmax(target))
        if np.array_equal(target, self._target_of(at)):
            return self._session.experiment.outputs[at]
        return "something else"

    def _target_of(self, label: int) -> Floats:
        n = len(self._session.experiment.outputs)
        return one_hot([label], n)[0] if label < n else np.zeros(n)
