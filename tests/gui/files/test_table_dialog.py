"""A table that nobody prepared becomes an experiment by clicks and keys."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.__main__ import main
from gui.files.choosing import FileChooser
from gui.files.settings import Settings
from gui.files.tables.dialog import TableDialog
from gui.files.tables.models import Use
from gui.window.window import Window
from model.files.library import open_experiment
from model.files.trace import json_line
from tests.gui.helpers.showing import on_screen
from tests.gui.helpers.window_bench import shown_window

TABLE = (
    '\ufeffName;"Größe\r\n(cm)";Gewicht;Alter;Art;\r\n'
    '"Müller, A";"1,80";"75,5";30;x;\r\n"Weiß";1,65;60,0;;y;\r\n"Ö";1,7;70;40;x;\r\n'
)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def dialog(qtbot: QtBot) -> TableDialog:
    return shown(qtbot, TABLE.encode())


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    yield from shown_window(qtbot, Window(open_experiment("Several steps"), Settings()))


def shown(qtbot: QtBot, content: bytes) -> TableDialog:
    dialog = on_screen(qtbot, TableDialog(content, "leute.csv", "leute"))
    settled(qtbot, dialog)
    return dialog


def settled(qtbot: QtBot, dialog: TableDialog) -> str:
    """What the dialog says when all is worked out."""
    qtbot.waitUntil(lambda: not dialog.status.text.endswith("…"), timeout=10_000)
    return dialog.status.text


def use(qtbot: QtBot, dialog: TableDialog, names: list[str], use: Use) -> None:
    """Click the rows of some columns, then the button."""
    model = dialog.columns_model
    for number, name in enumerate(names):
        row = next(row for row in range(model.rowCount()) if model.name(row) == name)
        place = dialog.columns.visualRect(model.index(row, 0)).center()
        keys = Qt.KeyboardModifier.ControlModifier if number else Qt.KeyboardModifier.NoModifier
        qtbot.mouseClick(dialog.columns.viewport(), LEFT, keys, place)
    qtbot.mouseClick(dialog.use_buttons[use], LEFT)


def choose(qtbot: QtBot, box: object, text: str) -> None:
    """Choose what begins with a text, by keys."""
    from PySide6.QtWidgets import QComboBox

    assert isinstance(box, QComboBox)
    at = next(row for row in range(box.count()) if box.itemText(row).startswith(text))
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Home)
    for _ in range(at):
        qtbot.keyClick(box, Qt.Key.Key_Down)


def test_the_writing_is_guessed_and_a_missing_cell_named(qtbot: QtBot, dialog: TableDialog) -> None:
    assert dialog.encoding.currentText() == "UTF-8"
    assert dialog.delimiter.currentData() == ";"
    assert dialog.notation.currentText() == "1234,5"
    assert dialog.header.isChecked()
    assert "no value in row 3 of “Alter”" in dialog.status.text
    assert not dialog.open_button.isEnabled()


def test_columns_are_chosen_by_clicks_and_the_outcome_is_said(
    qtbot: QtBot, dialog: TableDialog
) -> None:
    use(qtbot, dialog, ["Alter", "Art"], "unused")
    assert "no target is chosen" in settled(qtbot, dialog)
    use(qtbot, dialog, ["Gewicht"], "target")
    assert settled(qtbot, dialog).startswith("3 examples, one input → one output, alpha ")
    assert dialog.experiment is not None
    assert dialog.experiment.inputs == ("Größe (cm)",)
    assert dialog.experiment.setup.examples.base_targets.tolist() == [[75.5], [60.0], [70.0]]
    assert dialog.open_button.isEnabled()


def test_rows_are_left_out_inputs_scaled_and_alpha_typed(qtbot: QtBot, dialog: TableDialog) -> None:
    choose(qtbot, dialog.missing, "are left out")
    assert settled(qtbot, dialog).startswith("2 examples, 3 inputs → one output")
    choose(qtbot, dialog.scale, "mean 0")
    assert settled(qtbot, dialog).startswith("2 examples, 4 inputs → one output")
    assert dialog.constant.isChecked()
    qtbot.mouseClick(dialog.constant, LEFT, pos=dialog.constant.rect().center())
    qtbot.keyClicks(dialog.alpha, "zwei")
    assert settled(qtbot, dialog) == "alpha: “zwei” is not a number"
    dialog.alpha.clear()
    qtbot.keyClicks(dialog.alpha, "0,05")
    assert "3 inputs" in settled(qtbot, dialog)
    assert dialog.experiment is not None
    assert dialog.experiment.setup.alpha == 0.05
    assert dialog.experiment.transform is not None
    assert dialog.experiment.transform.kind == "standard"


def test_what_is_chosen_stays_where_the_table_is_read_once_more(
    qtbot: QtBot, dialog: TableDialog
) -> None:
    use(qtbot, dialog, ["Alter", "Art"], "unused")
    use(qtbot, dialog, ["Gewicht"], "target")
    settled(qtbot, dialog)
    choose(qtbot, dialog.notation, "1.234,5")
    assert settled(qtbot, dialog).startswith("3 examples, one input → one output")
    choose(qtbot, dialog.delimiter, "tab")
    assert not dialog.open_button.isEnabled()


@pytest.mark.parametrize("content", [b"", b"\0\1\2\3" * 50, b"a,b\n1,2\n3,4,5\n", b"\xff\xfe\x00"])
def test_nonsense_is_said_and_can_only_be_cancelled(qtbot: QtBot, content: bytes) -> None:
    dialog = shown(qtbot, content)
    assert dialog.status.text
    assert not dialog.open_button.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.result() == 0


def answer(qtbot: QtBot, accept: bool) -> QTimer:
    """Answer the dialog as soon as it is there and knows what it would open."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, TableDialog) and not dialog.status.text.endswith("…"):
            timer.stop()
            if accept:
                use(qtbot, dialog, ["Alter", "Art"], "unused")
                use(qtbot, dialog, ["Gewicht"], "target")
                settled(qtbot, dialog)
                qtbot.mouseClick(dialog.open_button, LEFT)
            else:
                qtbot.keyClick(dialog, Qt.Key.Key_Escape)

    timer = QTimer()
    timer.timeout.connect(look)
    timer.start(20)
    return timer


def test_a_dropped_table_becomes_the_bench_with_the_numbers_of_the_command_line(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    file, exported = tmp_path / "leute.csv", tmp_path / "e.json"
    file.write_bytes(TABLE.encode())
    timer = answer(qtbot, accept=True)
    window.documents.drop([file])
    qtbot.waitUntil(lambda: window.session.experiment.name == "leute", timeout=10_000)
    assert timer is not None
    window.session.playback.step()
    assert window.documents.edited
    wanted = ["--inputs", "Größe (cm)", "--targets", "Gewicht"]
    assert main([str(file), *wanted, "--export", str(exported)]) == 0
    data = json.loads(exported.read_text(encoding="utf-8"))
    examples = window.session.experiment.setup.examples
    assert data["examples"]["inputs"] == examples.base_inputs.tolist()
    assert data["alpha"] == window.session.experiment.setup.alpha


def test_an_awkward_table_is_opened_by_clicks_with_every_number_of_the_command_line(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    """A missing cell leaves a row out; inputs are scaled, and a row is held out."""
    file = tmp_path / "leute.csv"
    file.write_bytes((TABLE + '"Ä; B";"1,95";"90,25";51;y;\r\n;1,55;50;18;x;\r\n').encode())
    monkeypatch.setattr(FileChooser, "file_to_open", lambda *_: file)

    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, TableDialog) and not dialog.status.text.endswith("…"):
            timer.stop()
            use(qtbot, dialog, ["Art"], "unused")
            use(qtbot, dialog, ["Gewicht"], "target")
            choose(qtbot, dialog.missing, "are left out")
            choose(qtbot, dialog.scale, "mean 0")
            dialog.held_out.percent.setFocus()
            dialog.held_out.percent.selectAll()
            qtbot.keyClicks(dialog.held_out.percent, "25")
            qtbot.keyClick(dialog.held_out.draw, Qt.Key.Key_Up)
            assert "One row is held out" in settled(qtbot, dialog)
            qtbot.mouseClick(dialog.open_button, LEFT)

    timer = QTimer()
    timer.timeout.connect(fill)
    timer.start(20)
    window.commands["open"].trigger()
    qtbot.waitUntil(lambda: window.session.experiment.name == "leute", timeout=10_000)
    window.session.playback.take(5)
    wanted = [
        "--inputs", "Größe (cm),Alter", "--targets", "Gewicht", "--leave-out",
        "--scale", "standard", "--held-out", "25 %", "--held-out-seed", "1",
    ]  # fmt: skip
    assert main([str(file), *wanted, "--trace", "5", "--json"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [json_line(state) for state in map(window.session.path.state, range(5))] == lines[:5]
    held_out = window.session.experiment.held_out
    assert held_out is not None
    raw = [*held_out.raw.tolist(), *window.session.experiment.transform.raw.tolist()]  # type: ignore[union-attr]
    assert sorted(raw) == [
        [1.55, 18.0, 1.0], [1.7, 40.0, 1.0], [1.8, 30.0, 1.0], [1.95, 51.0, 1.0],
    ]  # fmt: skip


def test_a_table_that_is_given_up_leaves_the_bench_as_it_was(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    file = tmp_path / "leute.csv"
    file.write_bytes(TABLE.encode())
    timer = answer(qtbot, accept=False)
    with qtbot.waitSignal(window.documents.given_up):
        window.documents.open(str(file))
    assert timer is not None
    assert window.session.experiment.name == "Several steps"
    assert not window.documents.edited


def test_a_copied_table_is_pasted_as_an_experiment(qtbot: QtBot, window: Window) -> None:
    QGuiApplication.clipboard().setText(
        "Größe (cm)\tAlter\tArt\tGewicht\n1,8\t3\tx\t7,5\n2\t4\ty\t6\n"
    )
    timer = answer(qtbot, accept=True)
    window.documents.paste_table()
    assert timer is not None
    assert window.session.experiment.inputs == ("Größe (cm)",)
    QGuiApplication.clipboard().clear()
    with qtbot.waitSignal(window.session.notices.refused) as refused:
        window.documents.paste_table()
    assert "no text on the clipboard" in refused.args[0]
