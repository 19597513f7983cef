"""What can be wrong with a table."""

from __future__ import annotations

from model.errors import ExperimentError


class TableError(ExperimentError):
    """No experiment can be made of a table as it is; one sentence with the next step."""
