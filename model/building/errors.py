"""What can be wrong with a change of an experiment's form."""

from __future__ import annotations

from model.errors import ExperimentError


class BuildError(ExperimentError):
    """No experiment can be made of these parts; one sentence with the next step."""
