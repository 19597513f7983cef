"""Starts the application: settings, theme and window."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from importlib import resources
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QElapsedTimer,
    QEvent,
    QLibraryInfo,
    QLocale,
    QSize,
    QTimer,
    QTranslator,
)
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from gui.crashes import CrashTeller, CrashWatch
from gui.files.pictures import save_content, save_picture
from gui.files.settings import Settings
from gui.interrupts import EndBySignal
from gui.look.theme import look
from gui.window.panels import PANELS
from gui.window.window import Window
from model.door import language, listed, say
from model.experiment import Experiment
from model.files.kinds import is_table
from model.files.library import builtin_names, file_of, find_experiment, open_experiment
from model.files.sets.access import may_be_set

# A picture waits so long for what is still being worked out.
_PATIENCE_MS = 5000
# Long enough for the first window to come up.
_COMING_UP_MS = 3000


# A lesson by its name or file, and a page of it; None for the page that was open last.
AskedLesson = tuple[str, int | None]


def run(
    name: str | None,
    n_steps: int,
    theme: str | None,
    made: Experiment | None = None,
    lesson: AskedLesson | None = None,
    pictures: Path | None = None,
    demo_pace: float | None = None,
) -> int:
    """Open the window and stay until it is closed; returns the exit status.

    Without a name the bench is as it was left. ``n_steps`` are taken from where the experiment
    was saved. ``made`` is what was made already of a table of that name; ``lesson`` is opened
    beside the bench, and plays by itself where a pace in seconds is given; ``pictures`` is where
    those of a saved experiment are now. Raises ExperimentError, before any window, where there is
    no such experiment.
    """
    # Images are read, and a path with late edits is followed, when the window is there already;
    # everything else is quick.
    file = file_of(name) if name is not None else None
    # What is to be made of a table is asked when the window is there, and pictures are read then.
    opens_data = file is not None and (is_table(file) or may_be_set(file))
    found = find_experiment(name) if name is not None and not opens_data else None
    asked = found.experiment() if found is not None and found.source is None else None
    at_once = asked is not None and asked.is_quick
    experiment = asked if asked is not None and at_once else open_experiment(_first_name())
    app = application()
    settings = Settings()
    _put_look_on(settings, theme)
    window = Window(experiment, settings)
    CrashTeller(window.stop_and_keep, window).install()
    if name is None:
        window.bring_back()
    else:
        window.step_aside()
        if made is not None:
            window.documents.put_made(made)
        elif at_once:
            window.documents.set_origin(name)
            window.session.resume()
        else:
            window.documents.open(name, pictures)
    if n_steps:
        window.documents.take_once_open(n_steps)
    if lesson is not None:
        window.lessons.open_soon(*lesson)
        if demo_pace is not None:
            window.presenting.play_demo(demo_pace)
    elif name is None and not n_steps:
        QTimer.singleShot(0, window.lessons.welcome)
    window.show()
    with EndBySignal(window.keep):
        status = app.exec()
    settings.write()
    return status


def _put_look_on(settings: Settings, theme: str | None) -> None:
    """Have the windows to come look as they did, but for a theme that is asked for."""
    look.choose(theme or settings.theme)
    look.choose_text_size(settings.text_size)
    look.choose_motion(settings.motion)
    look.follow_system()


def screenshot(
    experiment: Experiment,
    n_steps: int,
    file: Path,
    size: tuple[int, int],
    theme: str,
    lesson: AskedLesson | None = None,
) -> str:
    """Draw the window into a PNG file, n_steps beyond where the experiment was saved.

    With a lesson, its page. Returns what went wrong, or nothing.
    """

    def prepare(window: Window) -> None:
        if lesson is not None:
            window.lessons.open(*lesson)

    def save(window: Window) -> str:
        return save_picture(window.grab(), file)

    return _drawn(experiment, n_steps, size, theme, prepare, save)


def picture(
    experiment: Experiment,
    n_steps: int,
    file: Path,
    size: tuple[int, int],
    theme: str,
    panel: str | None = None,
) -> str:
    """Draw the window, or one of its panels by its key, into a PNG or SVG file.

    A PNG has twice as many dots as the size says. Returns what went wrong, or nothing.
    """
    from gui.exports.pictures import png_of, svg_of

    keys = [spec.key for spec in PANELS if spec.shown(experiment)]
    if panel is not None and panel not in keys:
        return say("--panel: there is no {key!r} here, but {keys}", key=panel, keys=listed(keys))

    def prepare(window: Window) -> None:
        if panel in window.side.pages or panel in window.below.pages:
            window.session.view.show(panel=panel)
        if panel in window.below.pages:
            window.below.want_folded(False)

    def save(window: Window) -> str:
        shown = window if panel is None else window.panel(panel)
        if not shown.isVisible():
            return say("--panel: {key!r} has no room in a window of this size", key=panel)
        vector = file.suffix.lower() == ".svg"
        content = svg_of(shown, experiment.name).encode("utf-8") if vector else png_of(shown)
        return save_content(content, file)

    return _drawn(experiment, n_steps, size, theme, prepare, save)


def _drawn(
    experiment: Experiment,
    n_steps: int,
    size: tuple[int, int],
    theme: str,
    prepare: Callable[[Window], None],
    save: Callable[[Window], str],
) -> str:
    with CrashWatch() as watch:
        problem = _draw(experiment, n_steps, size, theme, watch, prepare, save)
    if watch.fault:
        return say("the picture could not be drawn: {fault}", fault=watch.fault)
    return problem


def _draw(
    experiment: Experiment,
    n_steps: int,
    size: tuple[int, int],
    theme: str,
    watch: CrashWatch,
    prepare: Callable[[Window], None],
    save: Callable[[Window], str],
) -> str:
    application()
    look.choose(theme)
    window = Window(experiment)
    try:
        session = window.session
        session.look_as_saved()
        step = experiment.position + n_steps
        session.playback.take(max(step, experiment.length))
        if session.playback.position > step:
            session.playback.seek(step)
        prepare(window)
        _settle(window, size, watch)
        if window.size() != QSize(*size):
            return say(
                "the {theme} theme needs a window of at least {width}x{height}",
                theme=look.theme.name,
                width=window.minimumWidth(),
                height=window.minimumHeight(),
            )
        # A picture with a panel missing would be taken for the real thing.
        return watch.fault or save(window)
    finally:
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _settle(window: Window, size: tuple[int, int], watch: CrashWatch) -> None:
    window.resize(*size)
    window.show()
    # Layouts settle and plots learn their sizes in the first rounds of events.
    for _ in range(3):
        QCoreApplication.processEvents()
    waited = QElapsedTimer()
    waited.start()
    # What has failed is never done.
    while window.busy and not watch.fault and waited.elapsed() < _PATIENCE_MS:
        QCoreApplication.processEvents()
    for _ in range(3):
        QCoreApplication.processEvents()


def application() -> QApplication:
    """The one application object, made on first use."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    QCoreApplication.setOrganizationName("Weightbench")
    QCoreApplication.setApplicationName("Weightbench")
    # By the name of its desktop file a desktop knows which windows are whose.
    QGuiApplication.setDesktopFileName("io.github.weightbench.Weightbench")
    app = QApplication(sys.argv[:1])
    app.setStyle("Fusion")
    app.setWindowIcon(QIcon(str(resources.files("resources") / "icons" / "weightbench.svg")))
    _translate_qt(app)
    _collect_later()
    return app


def _translate_qt(app: QApplication) -> None:
    """Let what Qt says itself, and the names of keys, be in the language in force."""
    code = language()
    QLocale.setDefault(QLocale(code))
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if code != "en" and translator.load(f"qtbase_{code}", folder):
        app.installTranslator(translator)


def _collect_later() -> None:
    """Collect no garbage while the window comes up: nearly all that is made then stays.

    What was imported until now is never looked at for it again.
    """
    gc.freeze()
    gc.disable()
    QTimer.singleShot(_COMING_UP_MS, gc.enable)


def _first_name() -> str:
    return next(iter(builtin_names()))
