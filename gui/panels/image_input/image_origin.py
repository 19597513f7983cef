"""Where the image on the bench comes from: an example, a held-out image, or someone's hand."""

from __future__ import annotations

import weakref

import numpy as np

from gui.session import Session
from model.digits import one_hot
from model.door import mark, say
from model.examples import in_order
from model.network import Floats
from model.path import State

_CAPTIONS = {
    (True, False): mark("example {number:,} · labelled {label}"),
    (True, True): mark("example {number:,} · {label}, taught as {taught}"),
    (False, False): mark("held-out {number:,} · labelled {label}"),
    (False, True): mark("held-out {number:,} · {label}, taught as {taught}"),
}


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
        digits, example = self._session.experiment.digits, self._session.seen.example
        if digits is None:
            return None
        if example is not None:
            image = self._session.seen.setup.arranged(digits.images[example])
            return image, self._target_of(int(digits.labels[example]))
        place = self.held_out
        if place is None:
            return None
        label = int(digits.held_out_labels[place])
        image = self._session.seen.setup.arranged(digits.held_out_images[place])
        return image, self._target_of(label)

    @property
    def held_out(self) -> int | None:
        """The place among the held-out images of the guest on the bench, if it is one of them."""
        digits, state = self._session.experiment.digits, self._session.seen
        if digits is None or state.example is not None:
            return None
        if self._looked_up[0] is not state.inputs:
            image = in_order(state.inputs, state.setup.order)
            self._looked_up = state.inputs, digits.held_out_place(image)
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
        state = self._session.seen
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
        digits, example = self._session.experiment.digits, self._session.seen.example
        if digits is None:
            return say("on the bench")
        place = example if example is not None else self.held_out
        if place is None:
            if not self._session.seen.is_labelled:
                return say("your own image · no label yet")
            taught = self._class_taught
            if taught is None:
                return say("your own image")
            return say("your own image · labelled {taught}", taught=taught)
        labels = digits.labels if example is not None else digits.held_out_labels
        return say(
            _CAPTIONS[example is not None, self.retaught],
            number=place + 1,
            label=self._session.experiment.class_name(int(labels[place])),
            taught=self._class_taught or say("something else"),
        )

    @property
    def hint(self) -> str:
        """What there is to know about it beside its name."""
        if not self._session.seen.is_labelled:
            return say("say what it is")
        if self._session.playback.learned:
            return say("Learn has used it")
        if self._session.seen.example is None and self._session.experiment.digits is not None:
            return say("Step would learn from it")
        return say("edited") if self.edited else say("draw on it")

    @property
    def _class_taught(self) -> str | None:
        """The output whose target alone is 1; None where it is no class at all."""
        target = self._session.seen.target
        at = int(np.argmax(target))
        is_class = np.array_equal(target, self._target_of(at))
        return self._session.experiment.outputs[at] if is_class else None

    def _target_of(self, label: int) -> Floats:
        n = len(self._session.experiment.outputs)
        return one_hot([label], n)[0] if label < n else np.zeros(n)
