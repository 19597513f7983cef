"""A kind of edit is one row of a table: all else takes it as it stands there."""

import pytest
from pytestqt.qtbot import QtBot

from gui.panels.time.time_line import TimeLine
from gui.session import Session
from model.digits import DigitSet
from model.door import say
from model.edits import EDIT_KINDS, Edit, EditError, EditKind, Names
from model.files.experiment_file import dump, parse
from model.network import Floats
from model.path.saved import saved_path
from model.setup import Setup
from model.words.edits import edit_words
from tests.gui.helpers.bench import made_up


def _negate(setup: Setup, weights: Floats, edit: Edit) -> tuple[Setup, Floats]:
    changed = weights.copy()
    for output, _ in edit.at:
        changed[output] = 0.0 - changed[output]
    return setup, changed


def _only_by_one(_: Setup, edit: Edit) -> None:
    if set(edit.to) != {1.0}:
        raise EditError("an output is negated or it is not")


def _words(edit: Edit, names: Names) -> str:
    return say("negated {output}", output=names.outputs[edit.at[0][0]])


@pytest.fixture(autouse=True)
def negate(monkeypatch: pytest.MonkeyPatch) -> None:
    row = EditKind(
        apply=_negate,
        words=_words,
        cells=lambda setup: (len(setup.frozen), 1),
        check=_only_by_one,
        role="negative",
        relative=True,
    )
    monkeypatch.setitem(EDIT_KINDS, "negate", row)


@pytest.fixture
def session() -> Session:
    return made_up([[1.0, -0.5], [0.2, 0.9]], [[1.0, 0.2], [0.3, 0.7]], [[0.1, 0.2], [-0.3, 0.4]])


def test_a_new_kind_is_made_undone_and_redone(session: Session) -> None:
    session.playback.take(3)
    before = session.state.weights.copy()

    assert session.edits.edit("negate", [(1, 0)], [1.0])
    made = session.state.weights.copy()
    session.playback.take(2)
    session.edits.undo()
    undone = session.state.weights.copy()
    session.edits.redo()

    assert made.tolist() == [before[0].tolist(), (-before[1]).tolist()]
    assert undone.tolist() == before.tolist()
    assert session.state.weights.tolist() == made.tolist()
    assert session.edits.undo_text == "negated out 2"


def test_a_new_kind_is_saved_and_opened_again(session: Session) -> None:
    session.playback.take(3)
    for kind, at, to in (
        ("weights", (0, 1), 0.7), ("negate", (0, 0), 1.0), ("weights", (0, 0), 0.25),
        ("negate", (0, 0), 1.0), ("alpha", None, 0.02), ("negate", (1, 0), 1.0),
    ):  # fmt: skip
        assert session.edits.edit(kind, [at] if at else [], [to])
    session.playback.take(5)

    again = parse(dump(session.experiment, session.path, 4), _no_digits)
    path = saved_path(again)
    path.extend(again.length - path.length)

    assert path.edits == session.path.edits
    assert path.weights(3).tolist() == session.path.weights(3).tolist()
    assert path.weights(8).tobytes() == session.path.weights(8).tobytes()
    assert path.weights(3)[0].tolist()[0] == -0.25


def test_a_new_kind_has_its_mark_and_its_words(session: Session, qtbot: QtBot) -> None:
    line = TimeLine(session)
    qtbot.addWidget(line)
    line.resize(700, 60)
    session.playback.take(10)
    session.edits.edit("negate", [(0, 0)], [1.0])
    session.playback.take(10)

    (mark,) = line.marks()
    assert mark.role == "negative"
    assert edit_words(session.experiment, mark.edits[0]) == "negated out 1"
    assert line.tip_at(line.rect().center()) == "step 10: negated out 1"


def test_what_a_new_kind_does_not_allow_is_refused(session: Session, qtbot: QtBot) -> None:
    for at, to in (((2, 0), 1.0), ((0, 1), 1.0), ((0, 0), 2.0)):
        with qtbot.waitSignal(session.notices.refused) as said:
            assert not session.edits.edit("negate", [at], [to])
        assert said.args is not None
        assert said.args[0].startswith("negat")
    assert not session.edits.can_undo


def test_an_unknown_kind_is_refused(session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.notices.refused) as said:
        assert not session.edits.edit("transpose", [(0, 0)], [1.0])
    assert said.args == ["transpose: there is no change of the kind “transpose”"]


def _no_digits(source: str, count: int) -> DigitSet:
    raise AssertionError(source, count)
