"""The names of what is looked at are known to files, too."""

import json

import pytest

from model.errors import ExperimentError
from model.experiment import VIEW_NAMES
from model.files.experiment_file import dump, parse
from tests.gui.helpers.bench import builtin


def test_files_know_all_that_can_be_looked_at(qapp: object) -> None:
    assert set(builtin("Several steps").view.values()) <= set(VIEW_NAMES)


def test_a_name_that_is_none_is_refused_where_there_is_no_window(qapp: object) -> None:
    session = builtin("Several steps")
    data = json.loads(dump(session.experiment, session.path, 0, view={"log": True}))
    data["view"]["nonsense"] = 3

    with pytest.raises(ExperimentError, match="view: 'nonsense': is not a key"):
        parse(json.dumps(data), lambda *_: pytest.fail("no images"), "mine.json")
