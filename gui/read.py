"""Reads pictures of digits for the command line: what the window's network makes of each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from gui.call.steps import after_steps
from gui.call.terminal import complain
from gui.pictures.image_file import read_gray
from model.door import say
from model.examples import in_order
from model.experiment import Experiment
from model.ink import Reading, read_picture
from model.words import numbers, pictures


def print_readings(
    experiment: Experiment, n_steps: int, files: Sequence[str], as_json: bool
) -> int:
    """Print the answer and the scores for each picture; what is doubtful goes to stderr.

    The weights are those ``n_steps`` after where the experiment was saved. With ``as_json`` one
    object a line: file, answer (a number where the output's name is one), scores (in the order
    of the outputs), what was taken of the picture, and warnings. A file that cannot be read is
    told on stderr, and the others are read all the same; the result is then 2, else 0.

    Raises ValueError where the inputs of the experiment are no image.
    """
    shape = experiment.image_shape
    if shape is None:
        raise ValueError(
            say("the inputs of {experiment} are no image to read", experiment=experiment.name)
        )
    path, step = after_steps(experiment, n_steps)
    # Pictures come with their pixels in order.
    weights = in_order(path.weights(step), path.setup_at(step).order)
    status = 0
    for file in files:
        try:
            reading = read_picture(weights, read_gray(Path(file)), shape)
        except ValueError as error:
            problem = str(error).removeprefix(f"{Path(file).name}: ")
            complain(say("{file}: {problem}", file=file, problem=problem))
            status = 2
            continue
        doubts = pictures.doubts(reading.picture)
        if as_json:
            print(_as_json(experiment, file, reading, doubts))
        else:
            print(_as_text(experiment, file, reading))
        for doubt in doubts:
            complain(say("{file}: {problem}", file=file, problem=doubt))
    return status


def _as_text(experiment: Experiment, file: str, reading: Reading) -> str:
    scores = "  ".join(
        f"{name} {numbers.signed(float(score), 3)}"
        for name, score in zip(experiment.outputs, reading.scores, strict=True)
    )
    answer = experiment.outputs[reading.answer]
    return say("{file}: {answer}  (scores {scores})", file=file, answer=answer, scores=scores)


def _as_json(experiment: Experiment, file: str, reading: Reading, doubts: Sequence[str]) -> str:
    name = experiment.outputs[reading.answer]
    is_number = name.isascii() and name.isdigit()
    return json.dumps(
        {
            "file": file,
            "answer": int(name) if is_number else name,
            "scores": reading.scores.tolist(),
            "taken": pictures.taken(reading.picture),
            "warnings": list(doubts),
        }
    )
