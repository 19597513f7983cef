"""The check for leaks finds each kind of leak, and nothing else."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QPropertyAnimation, QThread, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

from tests.conftest import PROJECT
from tests.gui.helpers import leaks
from tests.gui.helpers.leaks import LeakCheck


@pytest.fixture
def check(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> LeakCheck:
    # What is left running here is left on purpose: waiting for it would only take time.
    monkeypatch.setattr(leaks, "GRACE_MS", 20)
    return LeakCheck(qapp)


@pytest.fixture
def release() -> Iterator[threading.Event]:
    event = threading.Event()
    yield event
    event.set()


def test_a_clean_test_has_no_leaks(check: LeakCheck, qtbot: QtBot) -> None:
    window = QWidget()
    QLabel("inside", window)
    with qtbot.waitExposed(window):
        window.show()
    timer = QTimer(window)
    timer.start(1)
    worker = threading.Thread(target=lambda: None)
    worker.start()
    QThreadPool.globalInstance().start(lambda: None)
    window.deleteLater()

    assert check.leaks() == []


def test_what_was_there_before_is_no_leak(qapp: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    QTimer(window).start(1000)

    assert LeakCheck(qapp).leaks() == []


@pytest.mark.parametrize("kind", [QWidget, QDialog, QMenu])
def test_a_window_is_found_shown_or_not(check: LeakCheck, kind: type[QWidget]) -> None:
    window = kind()
    window.setObjectName("forgotten")

    assert check.leaks() == [f"window {kind.__name__} 'forgotten'"]

    window.deleteLater()
    assert check.leaks() == []


def test_a_window_in_a_cycle_of_references_is_no_leak(check: LeakCheck) -> None:
    window = QWidget()
    window.__dict__["itself"] = window
    del window

    assert check.leaks() == []


def test_an_active_timer_is_found(check: LeakCheck) -> None:
    timer = QTimer()
    timer.setObjectName("ticking")
    timer.start(1000)

    assert check.leaks() == ["active QTimer 'ticking'"]

    timer.stop()
    assert check.leaks() == []


def test_a_timer_event_is_found(check: LeakCheck) -> None:
    ticking = QObject()
    timer = ticking.startTimer(1000)

    assert check.leaks() == ["active QObject ''"]

    ticking.killTimer(timer)
    assert check.leaks() == []


def test_a_pending_single_shot_is_found(check: LeakCheck, qtbot: QtBot) -> None:
    receiver = QObject()
    QTimer.singleShot(1500, receiver.deleteLater)

    assert check.leaks() == ["active QTimer ''"]

    qtbot.waitUntil(lambda: check.leaks() == [], timeout=10_000)


def test_a_running_animation_is_found(check: LeakCheck, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    animation = QPropertyAnimation(window, b"windowOpacity")
    animation.setObjectName("fading")
    animation.setStartValue(1.0)
    animation.setEndValue(1.0)
    animation.setDuration(100_000)
    animation.start()

    assert "active QPropertyAnimation 'fading'" in check.leaks()

    animation.stop()


def test_a_python_thread_is_found(check: LeakCheck, release: threading.Event) -> None:
    worker = threading.Thread(target=release.wait, name="stuck")
    worker.start()

    assert check.leaks() == ["thread stuck"]

    release.set()
    worker.join()
    assert check.leaks() == []


def test_a_running_task_of_a_pool_is_found(check: LeakCheck, release: threading.Event) -> None:
    pool = QThreadPool()
    pool.setObjectName("pool")
    pool.start(release.wait)

    assert check.leaks() == ["1 running task(s) in QThreadPool 'pool'"]

    release.set()
    assert pool.waitForDone(-1)
    assert check.leaks() == []


def test_a_running_qthread_is_found(check: LeakCheck) -> None:
    thread = QThread()
    thread.setObjectName("looping")
    thread.start()

    assert check.leaks() == ["running QThread 'looping'"]

    thread.quit()
    assert thread.wait()


def test_a_test_that_leaks_fails(tmp_path: Path) -> None:
    leaky = tmp_path / "test_leaky.py"
    (tmp_path / "pytest.ini").touch()
    leaky.write_text(
        "from PySide6.QtWidgets import QWidget\n"
        "kept = []\n"
        "def test_leaky():\n"
        "    kept.append(QWidget())\n"
        "def test_clean():\n"
        "    QWidget()\n",
        encoding="utf-8",
    )

    run = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-p", "tests.gui.conftest"),
            *("-p", "no:cacheprovider", "-c", str(tmp_path / "pytest.ini"), str(leaky)),
        ],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert "the test left behind: window QWidget ''" in run.stdout
    assert "2 passed, 1 error" in run.stdout
