"""A test of the window cannot reach what belongs to the user, or to another test."""

import gc
import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QStandardPaths
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

Location = QStandardPaths.StandardLocation


@pytest.mark.parametrize("file_format", [QSettings.Format.IniFormat, QSettings.Format.NativeFormat])
def test_settings_are_written_in_the_folder_of_the_test(
    tmp_path: Path, file_format: QSettings.Format
) -> None:
    settings = QSettings(file_format, QSettings.Scope.UserScope, "Weightbench", "Weightbench")

    assert Path(settings.fileName()).is_relative_to(tmp_path)


def test_plain_settings_are_written_there_too(tmp_path: Path) -> None:
    assert Path(QSettings("Weightbench", "Weightbench").fileName()).is_relative_to(tmp_path)


@pytest.mark.parametrize(
    "location",
    [Location.AppConfigLocation, Location.AppDataLocation, Location.CacheLocation],
)
def test_files_are_written_in_the_folder_of_the_test(tmp_path: Path, location: Location) -> None:
    assert Path(QStandardPaths.writableLocation(location)).is_relative_to(tmp_path)


def test_a_window_that_only_qtbot_knows_lives_as_long_as_the_test(qtbot: QtBot) -> None:
    def forgotten() -> weakref.ref[QWidget]:
        window = QWidget()
        window.__dict__["itself"] = window
        qtbot.addWidget(window)
        return weakref.ref(window)

    window = forgotten()
    gc.collect()

    assert window() is not None
