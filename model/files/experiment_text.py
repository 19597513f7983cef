"""The text of an experiment file, in pieces, again and again at the cost of what is new in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from model.digits import DIGITS, HELD_OUT_SHARE, DigitSet, Origin
from model.edits import Edit
from model.experiment import Experiment, Pin, Transform
from model.pins.run import same_data

FORMAT = "weightbench/experiment"
# The keys that each version brought; a file has the oldest version that has all of its keys.
KEYS: dict[int, tuple[str, ...]] = {
    1: (
        "format", "version", "name", "about", "inputs", "outputs", "examples", "order", "seed",
        "weights", "frozen", "alpha", "session",
    ),
    2: ("constant", "transform", "view", "pins", "classes", "held_out"),
}  # fmt: skip
# Numbers that are written in one go: other threads wait for so long, a millisecond or two.
_BATCH = 4096


class ExperimentText:
    """Writes one experiment with the path it has taken, one key a line.

    What does not change, and each edit, is put into text once. Not to be used by two threads at
    once. Pictures that lie in the folder ``beside``, or below it, are named from there on.
    """

    def __init__(self, experiment: Experiment, beside: Path | None = None) -> None:
        self.experiment = experiment
        self._beside = beside
        self._constant: list[str] = []
        self._edits: list[Edit] = []
        self._edit_texts: list[str] = []
        self._pin_texts: dict[Pin, list[str]] = {}

    def pieces(
        self,
        edits: Sequence[Edit],
        length: int,
        position: int,
        view: Mapping[str, object] | None = None,
        pins: Sequence[Pin] | None = None,
    ) -> Iterator[str]:
        """The text, to be joined.

        ``view`` is what is looked at and ``pins`` what is pinned, if not what was saved with it.
        """
        view = self.experiment.view if view is None else view
        pins = self.experiment.pins if pins is None else pins
        has_path = bool(edits or length)
        keys = {"view"} if view else set()
        keys |= {"constant"} if self.experiment.constant is not None else set()
        keys |= {"transform"} if self.experiment.transform is not None else set()
        keys |= {"held_out"} if self.experiment.held_out is not None else set()
        keys |= {"pins"} if pins else set()
        keys |= {"classes"} if self._names_classes else set()
        version = next(v for v in reversed(KEYS) if v == 1 or not keys.isdisjoint(KEYS[v]))
        yield f'{{\n "format": {json.dumps(FORMAT)},\n "version": {version}'
        if not self._constant:
            self._constant = list(self._constant_pieces())
        yield from self._constant
        if has_path:
            yield f',\n "session": {{"length": {length}, "position": {position}, "edits": ['
            yield from self._edit_pieces(edits)
            yield "]}"
        if view:
            yield f',\n "view": {json.dumps(dict(view), ensure_ascii=False)}'
        if pins:
            yield from self._pins_pieces(pins)
        yield "\n}\n"

    def _constant_pieces(self) -> Iterator[str]:
        """All that stays as it is: names, examples, order, weights, frozen and alpha."""
        experiment, setup = self.experiment, self.experiment.setup
        digits = experiment.digits
        yield _line("name", experiment.name) + _line("about", experiment.about)
        if digits is None or experiment.inputs != pixel_names(digits):
            yield _line("inputs", list(experiment.inputs))
        if digits is not None and self._names_classes:
            yield _line("classes", list(digits.classes))
        if digits is None or experiment.outputs != digits.classes:
            yield _line("outputs", list(experiment.outputs))
        if digits is None:
            yield ',\n "examples": {"inputs": '
            transform = experiment.transform
            yield from _matrix(transform.raw if transform else setup.examples.base_inputs)
            yield ', "targets": '
            yield from _matrix(setup.examples.base_targets)
            yield "}"
        elif digits.origin is not None:
            own = self._own_pictures(digits.origin, len(setup.examples))
            # A name of a file may hold what no text does.
            yield _line("examples", own, any_letters=own["path"].isprintable())
        else:
            yield _line("examples", {"source": digits.name, "count": len(setup.examples)})
        yield from _beside_examples(experiment)
        if experiment.constant is not None:
            yield _line("constant", experiment.constant)
        yield _line("order", setup.schedule.order) + _line("seed", setup.schedule.seed)
        if experiment.weights.any():
            yield ',\n "weights": '
            yield from _matrix(experiment.weights)
        else:
            yield _line("weights", "zeros")
        if setup.frozen.any():
            yield ',\n "frozen": '
            yield from _matrix(setup.frozen)
        yield _line("alpha", setup.alpha)

    @property
    def _names_classes(self) -> bool:
        digits = self.experiment.digits
        return digits is not None and (digits.origin is not None or digits.classes != DIGITS)

    def _own_pictures(self, origin: Origin, count: int) -> dict[str, Any]:
        """Where pictures of one's own lie, and how they are read."""
        path = origin.path.absolute()
        if self._beside is not None and path.is_relative_to(self._beside.absolute()):
            path = path.relative_to(self._beside.absolute())
        # In the numbering of turns 4 is what its plain name, turned, means.
        turned = origin.turned if origin.turned not in (0, 4) else origin.turned == 4
        data = {
            "source": origin.kind, "path": path.as_posix(), "sha256": origin.sha256,
            "turned": turned, "inverted": origin.inverted, "count": count,
        }  # fmt: skip
        chosen = {"held_out": origin.held_out, "held_out_seed": origin.seed}
        usual = (HELD_OUT_SHARE, 0)
        return data | (chosen if tuple(chosen.values()) != usual else {})

    def _edit_pieces(self, edits: Sequence[Edit]) -> Iterator[str]:
        known = 0
        for mine, theirs in zip(self._edits, edits, strict=False):
            if mine is not theirs:
                break
            known += 1
        del self._edits[known:], self._edit_texts[known:]
        for number, edit in enumerate(edits):
            if number >= known:
                self._edits.append(edit)
                self._edit_texts.append(_edit_text(edit))
            yield f"{', ' if number else ''}{self._edit_texts[number]}"

    def _pins_pieces(self, pins: Sequence[Pin]) -> Iterator[str]:
        yield ',\n "pins": ['
        known, self._pin_texts = self._pin_texts, {}
        for place, pin in enumerate(pins):
            if pin not in known:
                # In pieces, as other threads wait for each of them.
                known[pin] = []
                for piece in self._pin_pieces(pin):
                    known[pin].append(piece)
                    yield ""
            self._pin_texts[pin] = known[pin]
            yield ",\n  " if place else "\n  "
            yield from known[pin]
        yield "\n ]"

    def _pin_pieces(self, pin: Pin) -> Iterator[str]:
        base = pin.base
        yield f'{{"name": {json.dumps(pin.name, ensure_ascii=False)}'
        if same_data(base, self.experiment):
            yield f', "alpha": {json.dumps(base.setup.alpha)}'
            if base.setup.frozen.any():
                yield ', "frozen": '
                yield from _matrix(base.setup.frozen)
            if base.weights.any():
                yield ', "weights": '
                yield from _matrix(base.weights)
            else:
                yield ', "weights": "zeros"'
        else:
            yield ', "experiment": '
            for piece in ExperimentText(base).pieces((), 0, 0):
                yield piece.replace("\n", " ").rstrip()
        yield f', "length": {pin.length}, "mark": {pin.mark}'
        yield ', "hidden": true' if pin.hidden else ""
        yield ', "edits": ['
        for number, edit in enumerate(pin.edits):
            yield f"{', ' if number else ''}{_edit_text(edit)}"
        yield "]}"


def pixel_names(digits: DigitSet) -> tuple[str, ...]:
    """What the inputs of images are called where nobody calls them anything else."""
    rows, columns = digits.shape
    return tuple(f"pixel {row},{column}" for row in range(rows) for column in range(columns))


def _line(key: str, value: Any, any_letters: bool = True) -> str:
    return f",\n {json.dumps(key)}: {json.dumps(value, ensure_ascii=not any_letters)}"


def _beside_examples(experiment: Experiment) -> Iterator[str]:
    """What is held out, and how inputs are made of the numbers that were brought."""
    held_out = experiment.held_out
    if held_out is not None:
        yield ',\n "held_out": {"inputs": '
        yield from _matrix(held_out.raw)
        yield ', "targets": '
        yield from _matrix(held_out.targets)
        yield "}"
    if experiment.transform is not None:
        yield _line("transform", _transform(experiment.transform))


def _transform(transform: Transform) -> dict[str, Any]:
    return {
        "kind": transform.kind,
        "offset": transform.offset.tolist(),
        "scale": transform.scale.tolist(),
    }


def _matrix(matrix: NDArray[Any]) -> Iterator[str]:
    """The rows of a matrix, (n, m), in pieces of few numbers."""
    yield "["
    for number, row in enumerate(matrix):
        yield ", [" if number else "["
        for start in range(0, len(row), _BATCH):
            batch = json.dumps(row[start : start + _BATCH].tolist())[1:-1]
            yield f", {batch}" if start else batch
        yield "]"
    yield "]"


def _edit_text(edit: Edit) -> str:
    at = [list(cell) for cell in edit.at]
    return json.dumps({"step": edit.step, "kind": edit.kind, "at": at, "to": list(edit.to)})
