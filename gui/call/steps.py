"""Takes an experiment further for the command line, and says where it goes no further."""

from __future__ import annotations

from gui.call.terminal import complain
from model.curves import alpha_zones
from model.door import say
from model.experiment import Experiment
from model.path import Path
from model.path.saved import saved_path
from model.words.alpha import why_diverged


def after_steps(experiment: Experiment, n_steps: int) -> tuple[Path, int]:
    """The path of an experiment, and its step that is ``n_steps`` after where it was saved.

    Or the last step there is; then why is told on stderr.
    """
    path = saved_path(experiment)
    wanted = experiment.position + n_steps
    path.extend(max(0, wanted - path.length))
    step = min(wanted, path.length)
    if path.lacks_label and step < wanted:
        complain(
            say("stopped after {n:,} updates: the image on the bench has no label", n=path.length)
        )
    elif step < wanted:
        why = why_diverged(path.setup, alpha_zones(path.setup), experiment.inputs)
        complain(say("diverged after {n:,} updates: {why}.", n=path.length, why=why))
    return path, step
