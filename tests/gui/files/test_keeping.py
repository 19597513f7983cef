"""A bench is kept while the window is open: what ends without being closed comes back."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from gui.files import keeper
from gui.files.settings import Settings
from gui.window.window import Window
from model.files.experiment_file import dump
from model.files.kept.bench import BenchState, read_state
from model.files.kept.shelf import Shelf
from model.files.kept.stamp import stamp_of
from model.files.library import open_experiment
from model.path.saved import saved_path
from tests.gui.files.test_keeper import FIRST, kept, shelf, started
from tests.gui.helpers.window_bench import end_window


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeper, "_KEEP_AFTER_MS", 10)


@contextmanager
def crashed(qtbot: QtBot, name: str = FIRST) -> Iterator[Window]:
    """A window that is gone in the end without having been closed."""
    window = Window(open_experiment(name), Settings())
    window.bring_back()
    window.show()
    try:
        yield window
    finally:
        window.hide()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        # The process still runs here, and would own its bench as long as it does.
        for lock in shelf().folder.glob("*.lock"):
            lock.unlink()


def wait_for(qtbot: QtBot, alpha: float, at: int = 0) -> None:
    """Stay until an experiment with that alpha is kept."""

    def is_kept() -> bool:
        files = shelf().files()
        if len(files) <= at:
            return False
        return saved_path(open_experiment(str(files[at]))).setup.alpha == alpha

    qtbot.waitUntil(is_kept, timeout=10_000)


def test_what_changed_is_kept_while_the_window_is_open(qtbot: QtBot) -> None:
    with started() as window:
        window.session.edits.set_alpha(0.02)
        wait_for(qtbot, 0.02)
        state = read_state(shelf().files()[0])
        assert state == BenchState(FIRST, None, edited=True, has_work=True, closed=False)
        window.session.edits.set_alpha(0.03)
        wait_for(qtbot, 0.03)
    assert read_state(shelf().files()[0]).closed
    assert len(kept()) == 1


def test_after_a_crash_the_bench_is_back_with_a_notice_and_a_way_to_start_fresh(
    qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "mine.json"
    with crashed(qtbot) as window:
        assert window.documents.save_to(file)
        window.session.edits.set_alpha(0.02)
        wait_for(qtbot, 0.02)
    with started() as window:
        assert window.session.state.setup.alpha == 0.02
        assert (window.documents.file, window.documents.edited) == (file, True)
        assert "ended without being closed" in window.places.notice.text
        button = window.places.notice.offer_button
        assert (button.isVisible(), button.text()) == (True, "Start fresh")
        button.click()
        assert not window.documents.edited
        assert window.documents.file is None
        aside = shelf().files()[0]
        assert str(aside) in window.places.notice.text
        assert not button.isVisible()
    assert saved_path(open_experiment(str(aside))).setup.alpha == 0.02
    with started() as window:
        assert not window.documents.edited


@pytest.mark.parametrize("when", [1e13, -1e13, 1e300])
def test_a_bench_that_says_it_is_of_any_year_is_told_of_without_it(when: float) -> None:
    assert "ended without being closed" in keeper.crashed_words(when)
    assert "2001" in keeper.crashed_words(1e9)


def test_after_a_close_it_simply_comes_back(qtbot: QtBot) -> None:
    with started() as window:
        window.session.edits.set_alpha(0.02)
    with started() as window:
        assert window.session.state.setup.alpha == 0.02
        assert window.places.notice.text == ""


def test_the_notice_of_a_crash_can_be_closed_and_the_bench_stays(qtbot: QtBot) -> None:
    with crashed(qtbot) as window:
        window.session.edits.set_alpha(0.02)
        wait_for(qtbot, 0.02)
    with started() as window:
        window.places.notice.close_button.click()
        assert window.places.notice.text == ""
        assert window.session.state.setup.alpha == 0.02


def test_a_bench_that_was_just_saved_is_kept_as_saved(qtbot: QtBot, tmp_path: Path) -> None:
    with started() as window:
        window.session.edits.set_alpha(0.02)
        wait_for(qtbot, 0.02)
        assert window.documents.save_to(tmp_path / "a.json")
        file = shelf().files()[0]
        stamp = stamp_of(tmp_path / "a.json")
        state = BenchState(FIRST, tmp_path / "a.json", False, False, False, stamp)
        assert read_state(file) == state


# -- two windows -----------------------------------------------------------------------------


def test_two_windows_keep_a_bench_each(qtbot: QtBot) -> None:
    with started() as one:
        one.session.edits.set_alpha(0.02)
        wait_for(qtbot, 0.02)
        with started() as other:
            assert other.session.state.setup.alpha != 0.02
            other.session.edits.set_alpha(0.03)
            wait_for(qtbot, 0.03)
        one.session.edits.set_alpha(0.04)
    assert len(kept()) == 2
    with started() as one:
        assert one.session.state.setup.alpha == 0.04
        other_file = shelf().files()[1]
        assert str(other_file) in one.places.notice.text
        assert saved_path(open_experiment(str(other_file))).setup.alpha == 0.03
        with started() as other:
            assert other.session.state.setup.alpha == 0.03
            assert other.documents.edited


def test_another_bench_is_told_of_once_and_opens_with_its_state(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Discard)
    with started() as one:
        one.session.edits.set_alpha(0.02)
        with started("Several outputs") as other:
            assert other.documents.save_to(tmp_path / "other.json")
            other.session.edits.set_alpha(0.03)
    with started() as window:
        assert window.session.state.setup.alpha == 0.02
        assert "“Several outputs”" in window.places.notice.text
    with started() as window:
        assert window.places.notice.text == ""
        window.documents.open(str(shelf().files()[1]))
        assert window.session.experiment.name == "Several outputs"
        assert window.documents.file == tmp_path / "other.json"
        assert window.documents.edited
    assert len(kept()) == 1


def test_a_bench_that_another_window_has_opens_as_a_copy(qtbot: QtBot) -> None:
    with started() as one:
        one.session.edits.set_alpha(0.02)
        wait_for(qtbot, 0.02)
        file = shelf().files()[0]
        with started() as other:
            other.documents.open(str(file))
            assert (other.documents.file, other.documents.edited) == (None, True)
            other.session.edits.set_alpha(0.05)
    assert sorted(saved_path(open_experiment(str(f))).setup.alpha for f in shelf().files()) == [
        0.02,
        0.05,
    ]


# -- where it cannot be kept -----------------------------------------------------------------


def test_what_cannot_be_kept_is_told_once(qtbot: QtBot) -> None:
    folder = shelf().folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way")
    told: list[str] = []
    window = Window(open_experiment(FIRST), Settings())
    window.session.notices.refused.connect(told.append)
    window.session.edits.set_alpha(0.02)
    qtbot.waitUntil(lambda: any("cannot be kept" in sentence for sentence in told))
    n = len(told)
    window.session.edits.set_alpha(0.03)
    qtbot.wait(100)
    assert len(told) == n
    folder.unlink()
    window.session.edits.set_alpha(0.04)
    wait_for(qtbot, 0.04)
    end_window(window)


@pytest.mark.parametrize(
    "first",
    [
        "",
        "\0\0\0",
        "{}",
        '{"format": "weightbench/bench", "experiment":',
        '{"format": "weightbench/bench", "version": 9, "name": "x", "experiment":',
        '{"format": "weightbench/bench", "version": 1, "name": [1], "file": 3, "experiment":',
        "[" * 100_000,
        "x" * 500_000,
    ],
)
def test_a_damaged_bench_is_told_of_and_stays(qtbot: QtBot, first: str) -> None:
    Settings().benches.mkdir(parents=True)
    file = Settings().benches / "bench-a.json"
    file.write_text(f"{first}\n")
    with started() as window:
        assert window.session.experiment.name == FIRST
        qtbot.waitUntil(lambda: str(file) in window.places.notice.text, timeout=20_000)
        window.session.edits.set_alpha(0.02)
    assert open_experiment(str(shelf().files()[0])).name == FIRST
    assert len(kept()) == 2
    assert f"{first}\n" in [f.read_text() for f in shelf().files()]


@pytest.mark.parametrize(
    "path", [3, ["a", "b"], "relative.json", "nul\0.json", "/" + "x" * 5000, "", None, {"a": 1}]
)
def test_a_path_that_is_none_is_left_out(qtbot: QtBot, path: object) -> None:
    with started() as window:
        window.session.edits.set_alpha(0.02)
    file = shelf().files()[0]
    line, _, rest = file.read_text().partition("\n")
    data = json.loads(line.removesuffix(', "experiment":') + "}") | {"file": path}
    file.write_text(json.dumps(data)[:-1] + ', "experiment":\n' + rest)
    with started() as window:
        assert window.session.state.setup.alpha == 0.02
        assert (window.documents.file, window.documents.edited) == (None, True)


# -- what older versions kept ----------------------------------------------------------------


def old_settings(**values: object) -> None:
    store = QSettings(
        QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Weightbench", "Weightbench"
    )
    for name, value in values.items():
        store.setValue(name, value)
    store.sync()


def old_bench(name: str = "last-bench.json", alpha: str = "0.02") -> Path:
    experiment = open_experiment(FIRST)
    text = dump(experiment, saved_path(experiment), 0)
    file = Settings().benches.with_name(name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text.replace('"alpha": 0.01', f'"alpha": {alpha}'))
    return file


def test_what_an_older_version_kept_is_read_once(qtbot: QtBot, tmp_path: Path) -> None:
    file = old_bench()
    old_settings(edited="yes", last_file=str(tmp_path / "mine.json"))
    with started() as window:
        assert (window.documents.file, window.documents.edited) == (tmp_path / "mine.json", True)
        assert window.places.notice.text == ""
        window.session.edits.set_alpha(0.05)
    assert not file.exists()
    with started() as window:
        assert window.session.state.setup.alpha == 0.05
    assert len(kept()) == 1


def test_what_an_older_version_set_aside_is_told_of(qtbot: QtBot) -> None:
    aside = old_bench("last-bench-1.json")
    os.utime(aside, (1e9, 1e9))
    old_bench()
    old_settings(edited="no", set_aside=str(aside))
    with started() as window:
        assert window.session.experiment.name == FIRST
        assert str(shelf().files()[1]) in window.places.notice.text
    assert len(kept()) == 2


@pytest.mark.parametrize("garbage", [["x", "y"], "nul\0", "/" + "x" * 9999, b"\xff\0", 3, {}])
def test_garbage_in_older_settings_does_no_harm(qtbot: QtBot, garbage: object) -> None:
    old_bench()
    old_settings(edited=garbage, last_file=garbage, set_aside=garbage, mnist_folder=garbage)
    with started() as window:
        assert window.session.experiment.name == FIRST
        assert (window.documents.file, window.documents.edited) == (None, False)
        assert window.places.notice.text == ""
    assert Shelf(Settings().benches).files()
