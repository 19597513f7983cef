"""The JSON file that an experiment is kept in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path as FilePath
from typing import Any

import numpy as np

from model.digits import HELD_OUT_SHARE, SET_KINDS, DigitSet, Origin, SetKind, one_hot
from model.door import say
from model.edits import MAX_NUMBER
from model.errors import DigitsError, ExperimentError, LostSet
from model.examples import ORDERS, Examples, Schedule
from model.experiment import (
    MAX_EXAMPLE_NUMBERS,
    MAX_WEIGHTS,
    SCALED,
    VIEW_NAMES,
    Experiment,
    HeldOut,
    Pin,
    Transform,
)
from model.files.experiment_text import (
    FORMAT,
    KEYS,
    ExperimentText,
    pixel_names,
)
from model.files.json_text import json_data
from model.files.pins.reading import read_edits, read_pins
from model.files.reading import Reader, is_path, is_seen
from model.files.sources import SOURCES
from model.network import MAX_ERROR, Mask, compare, first_beyond, predict
from model.path.memory import MAX_STEPS
from model.path.readable import ReadablePath
from model.setup import Setup

VERSION = max(KEYS)
DEFAULT_COUNT = 1000
DigitLoader = Callable[[str, int], DigitSet]
# Provides pictures of one's own; None in place of a number for as many as are suggested.
SetLoader = Callable[[Origin, int | None], DigitSet]
MAX_HELD_OUT_SHARE = 0.9


def parse(
    text: str,
    load_digits: DigitLoader,
    where: str = "experiment",
    load_set: SetLoader | None = None,
) -> Experiment:
    """The experiment in a JSON text; ``where`` names its origin in messages.

    ``load_digits(source, count)`` provides the images of one of the ``SOURCES``, and
    ``load_set(origin, count)`` those that a person has brought.
    Raises ExperimentError for the first fault found.
    """
    return build(json_data(text, where), load_digits, where, load_set)


def build(
    data: Any, load_digits: DigitLoader, where: str, load_set: SetLoader | None = None
) -> Experiment:
    """The experiment in the data of a JSON text; otherwise as `parse`."""
    read = Reader(data, where)
    _check_keys(read)
    name = read.text("name")
    if not is_seen(name):
        raise read.fault("name", say("must not be empty"))
    about = read.text("about", "", in_lines=True)
    examples, digits = _examples(read, load_digits, load_set)
    transform = _transform(read, examples, digits)
    if transform is not None:
        examples = Examples(transform.inputs, examples.base_targets)
    shape = (examples.n_outputs, examples.n_inputs)
    # Before anything is made that grows with them.
    if shape[0] * shape[1] > MAX_WEIGHTS:
        raise read.fault("weights", say("more than {most:,} weights", most=MAX_WEIGHTS))
    inputs = _names(read, "inputs", examples.n_inputs, digits)
    outputs = _names(read, "outputs", examples.n_outputs, digits)
    schedule = Schedule(
        read.one_of("order", ORDERS),
        len(examples),
        read.whole("seed", 0, 2**63 - 1, default=0),
    )
    setup = Setup(
        examples, schedule, read.positive("alpha"), _frozen(read, shape),
        constant=_constant(read, inputs, examples),
    )  # fmt: skip
    weights = np.zeros(shape) if read.raw("weights") == "zeros" else read.matrix("weights", shape)
    inputs_0, target_0 = setup.row(0)
    first_error = float(compare(predict(weights, inputs_0), target_0).error.max())
    if not first_error <= MAX_ERROR:
        raise read.fault(
            "weights", say("the first error is {error:.3g}, beyond any use", error=first_error)
        )
    experiment = Experiment(
        name.strip(), about, inputs, outputs, setup, weights, digits, transform=transform,
        held_out=_held_out(read, setup, transform, digits),
    )  # fmt: skip
    if read.has("view"):
        look = read.part("view")
        look.only(*VIEW_NAMES)
        experiment = replace(experiment, view=look.values())
    experiment = _with_session(experiment, read)
    return replace(
        experiment,
        pins=read_pins(experiment, read, lambda data, where: build(data, load_digits, where)),
    )


def dump(
    experiment: Experiment,
    path: ReadablePath,
    position: int,
    length: int | None = None,
    view: Mapping[str, object] | None = None,
    pins: Sequence[Pin] | None = None,
    beside: FilePath | None = None,
) -> str:
    """The JSON text of an experiment and the path it has taken, one key a line.

    ``length`` is how long the path is meant to be, where it is still on its way there; ``view``
    and ``pins`` what is looked at and what is pinned, where that is something else than the
    experiment was opened with. Pictures that lie in the folder ``beside``, where the text will be,
    or below it, are named from there on.
    """
    whole = path.length if length is None else length
    text = ExperimentText(experiment, beside)
    return "".join(text.pieces(path.edits, whole, position, view, pins))


def _check_keys(read: Reader) -> None:
    """Raise unless it is an experiment of a known version, with no keys but those it has."""
    known = {key: version for version, keys in KEYS.items() for key in keys}
    read.only(*known)
    if read.text("format") != FORMAT:
        raise read.fault("format", say("must be {format!r}", format=FORMAT))
    version = read.whole("version", 1, 2**53)
    if version > VERSION:
        raise read.fault(
            "version",
            say("is newer than {newest}, the newest that can be read here", newest=VERSION),
        )
    for key, needed in known.items():
        if needed > version and read.has(key):
            raise read.fault(
                key,
                say("is a key of version {needed}, and this is version {version}",
                    needed=needed, version=version),
            )  # fmt: skip


def _examples(
    read: Reader, load_digits: DigitLoader, load_set: SetLoader | None
) -> tuple[Examples, DigitSet | None]:
    part = read.part("examples")
    if not part.has("source"):
        part.only("inputs", "targets")
        if read.has("classes"):
            raise read.fault("classes", say("is for pictures; name the outputs instead"))
        inputs = part.matrix("inputs")
        targets = part.matrix("targets", (len(inputs), None))
        if inputs.size + targets.size > MAX_EXAMPLE_NUMBERS:
            raise read.fault(
                "examples",
                say("more than {most:,} numbers: take fewer examples", most=MAX_EXAMPLE_NUMBERS),
            )
        return Examples(inputs, targets), None
    source = part.one_of("source", (*SOURCES, *SET_KINDS))
    if source in SET_KINDS:
        digits = _own_pictures(part, source, load_set)
        digits = _with_classes(read, digits)
        return Examples(digits.images, one_hot(digits.labels, len(digits.classes))), digits
    part.only("source", "count")
    most = SOURCES[source].max_count
    count = part.whole("count", 1, most, default=min(DEFAULT_COUNT, most))
    try:
        digits = load_digits(source, count)
    except DigitsError as error:
        raise ExperimentError(str(error)) from error
    digits = _with_classes(read, digits)
    return Examples(digits.images, one_hot(digits.labels, len(digits.classes))), digits


def _own_pictures(part: Reader, kind: SetKind, load_set: SetLoader | None) -> DigitSet:
    part.only(
        "source", "path", "sha256", "turned", "inverted", "count", "held_out", "held_out_seed"
    )
    path = part.raw("path")
    # Folders may have any name that the system takes.
    if not isinstance(path, str) or not path.strip() or not is_path(path):
        raise part.fault("path", say("must be the path of a file or folder"))
    sha256 = part.text("sha256", "")
    if sha256 and not re.fullmatch("[0-9a-f]{64}", sha256):
        raise part.fault("sha256", say("must be 64 digits from 0 to f"))
    if part.has("turned") and isinstance(part.raw("turned"), bool):
        turned = 4 if part.raw("turned") else 0
    else:
        turned = part.whole("turned", 0, 7, default=0)
    inverted = part.raw("inverted") if part.has("inverted") else False
    if not isinstance(inverted, bool):
        raise part.fault("inverted", say("must be true or false"))
    share = part.positive("held_out") if part.has("held_out") else HELD_OUT_SHARE
    if share > MAX_HELD_OUT_SHARE:
        raise part.fault("held_out", say("must be at most {most}", most=MAX_HELD_OUT_SHARE))
    seed = part.whole("held_out_seed", 0, 2**63 - 1, default=0)
    count = part.whole("count", 1, 2**53, default=1) if part.has("count") else None
    if load_set is None:
        raise part.fault("source", say("pictures of one's own cannot be read here"))
    origin = Origin(kind, FilePath(path), sha256, turned, inverted, share, seed)
    try:
        return load_set(origin, count)
    except LostSet as error:
        problem = part.fault("path", str(error))
        raise LostSet(str(problem), error.origin, error.changed) from error


def _with_classes(read: Reader, digits: DigitSet) -> DigitSet:
    """Images whose classes are called as the file says."""
    if not read.has("classes"):
        return digits
    names = read.raw("classes")
    n = len(digits.classes)
    if isinstance(names, list) and len(names) != n:
        raise read.fault(
            "classes",
            say("{found:,} names for the {n:,} classes of the pictures", found=len(names), n=n),
        )
    return replace(digits, classes=read.names("classes", n))


def _names(read: Reader, key: str, n: int, digits: DigitSet | None) -> tuple[str, ...]:
    if digits is None or read.has(key):
        return read.names(key, n)
    return digits.classes if key == "outputs" else pixel_names(digits)


def _constant(read: Reader, inputs: tuple[str, ...], examples: Examples) -> int | None:
    """The column of the input that is always 1."""
    if not read.has("constant"):
        return None
    name = read.text("constant")
    if inputs.count(name) != 1:
        raise read.fault("constant", say("must be the name of one of the inputs"))
    column = inputs.index(name)
    others = np.flatnonzero(examples.base_inputs[:, column] != 1.0)
    if len(others):
        raise read.fault(
            "constant",
            say("“{name}” must be 1 in every example, and is not in example {number}",
                name=name, number=int(others[0]) + 1),
        )  # fmt: skip
    return column


def _transform(read: Reader, raw: Examples, digits: DigitSet | None) -> Transform | None:
    """How the inputs are made from the numbers in the file."""
    if not read.has("transform"):
        return None
    if digits is not None:
        raise read.fault("transform", say("images are taken as they are, without a transform"))
    part = read.part("transform")
    part.only("kind", "offset", "scale")
    kind = part.one_of("kind", SCALED)
    offset, scale = (np.array(part.numbers(key)) for key in ("offset", "scale"))
    for key, values in (("offset", offset), ("scale", scale)):
        if len(values) != raw.n_inputs:
            raise part.fault(
                key, say("has {n:,} numbers where there are {inputs:,} inputs",
                         n=len(values), inputs=raw.n_inputs)
            )  # fmt: skip
    if not np.all(scale > 0.0):
        raise part.fault("scale", say("every number in it must be above zero"))
    transform = Transform(kind, offset, scale, raw.base_inputs)
    with np.errstate(over="ignore"):
        beyond = first_beyond(transform.inputs, MAX_NUMBER)
    if beyond is not None:
        row, column = beyond
        raise part.fault(
            "scale", say("makes input {column:,} of example {row:,} larger than {limit:,.0f}",
                         column=column + 1, row=row + 1, limit=MAX_NUMBER)
        )  # fmt: skip
    return transform


def _held_out(
    read: Reader, setup: Setup, transform: Transform | None, digits: DigitSet | None
) -> HeldOut | None:
    """The examples that are never learned from."""
    if not read.has("held_out"):
        return None
    if digits is not None:
        raise read.fault("held_out", say("a set of images has held-out images of its own"))
    examples, part = setup.examples, read.part("held_out")
    part.only("inputs", "targets")
    raw = part.matrix("inputs", (None, examples.n_inputs))
    targets = part.matrix("targets", (len(raw), examples.n_outputs))
    n_all = raw.size + targets.size + len(examples) * (examples.n_inputs + examples.n_outputs)
    if n_all > MAX_EXAMPLE_NUMBERS:
        raise read.fault(
            "held_out",
            say("more than {most:,} numbers with those of the examples: take fewer of them",
                most=MAX_EXAMPLE_NUMBERS),
        )  # fmt: skip
    if setup.constant is not None and np.any(raw[:, setup.constant] != 1.0):
        raise part.fault("inputs", say("the input that is always 1 must be 1 here, too"))
    inputs = raw if transform is None else transform.given(raw)
    beyond = first_beyond(inputs, MAX_NUMBER)
    if beyond is not None:
        row, column = beyond
        raise part.fault(
            "inputs", say("input {column:,} of row {row:,} is scaled to more than {limit:,.0f}",
                          column=column + 1, row=row + 1, limit=MAX_NUMBER)
        )  # fmt: skip
    return HeldOut(raw, inputs, targets)


def _frozen(read: Reader, shape: tuple[int, int]) -> Mask:
    return read.mask("frozen", shape) if read.has("frozen") else np.zeros(shape, dtype=np.bool_)


def _with_session(experiment: Experiment, read: Reader) -> Experiment:
    """The experiment with the saved path, every edit checked."""
    if not read.has("session"):
        return experiment
    part = read.part("session")
    part.only("length", "position", "edits")
    length = part.whole("length", 0, MAX_STEPS)
    position = part.whole("position", 0, length)
    edits = read_edits(part, experiment.setup, length)
    return replace(experiment, edits=edits, length=length, position=position)
