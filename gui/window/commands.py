"""The commands of the window, and the keys inside panels; they feed menus and the help sheet."""

from __future__ import annotations

from functools import reduce
from typing import Any, Protocol

from PySide6 import QtWidgets
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from gui.exports.commands import EXPORT_COMMANDS
from gui.exports.commands import MENU as EXPORT
from gui.exports.exporter import Exporter
from gui.exports.panel_menu import CanCopy
from gui.files.documents import Documents
from gui.look.theme import TEXT_SIZES, look
from gui.presenter.presenting import Presenting
from gui.session import Session
from gui.session.commands import SESSION_COMMANDS, Command
from gui.weights.commands import MENU as WEIGHTS
from gui.weights.commands import WEIGHT_COMMANDS
from gui.window.foldable_pages import LowerPages
from gui.window.lessons import Lessons
from gui.window.panels import StepsByLine
from gui.window.places import Places
from model.door import mark, say
from model.words.going import step_named


class Frame(Protocol):
    """What the commands need of the window."""

    session: Session
    documents: Documents
    exporter: Exporter
    places: Places
    below: LowerPages
    lessons: Lessons
    presenting: Presenting

    def panel(self, key: str) -> QWidget:
        """The panel of that key, made now if need be."""

    def as_widget(self) -> QWidget:
        """The window itself, for dialogs to stand before."""

    def close(self) -> bool:
        """End the program, unless the person wants to stay."""


def _ask_step(frame: Frame) -> None:
    """Ask for a step and go there; what lies beyond the end of the path is run to."""
    playback = frame.session.playback
    playback.pause()
    text, chosen = QtWidgets.QInputDialog.getText(
        frame.as_widget(), say("Go to step"),
        say("Step (0 to {last:,}; one beyond is run to), or an epoch, as in “epoch 3”:",
            last=playback.length),
        text=str(playback.position),
    )  # fmt: skip
    if not chosen:
        return
    try:
        step = step_named(text, playback.state.setup.schedule.n_examples)
    except ValueError as error:
        frame.session.notices.refuse(str(error))
        return
    if step <= playback.length:
        playback.seek(step)
    else:
        playback.run_to(step, then=step)


def _copy_trace(frame: Frame) -> None:
    """Copy the trace as text."""
    if frame.session.parts.veils.covers("trace"):
        frame.session.notices.refuse(say("The trace is hidden for now, and so it is not copied."))
        return
    trace = frame.panel("trace")
    if isinstance(trace, CanCopy):
        trace.copy()


def _listing_is_hidden(frame: Frame) -> bool:
    """Whether nothing of the listing may be seen for now; then that is said."""
    hidden = frame.session.parts.veils.covers("listing")
    if hidden:
        frame.session.notices.refuse(say("The listing is hidden for now."))
    return hidden


def _step_line(frame: Frame) -> None:
    """Carry out one line of the listing, in sight."""
    if _listing_is_hidden(frame):
        return
    listing = frame.panel("listing")
    frame.session.view.show(panel="listing")
    if isinstance(listing, StepsByLine):
        listing.step_line()


def _copy_program(frame: Frame) -> None:
    """Copy the listing as a program."""
    if _listing_is_hidden(frame):
        return
    listing = frame.panel("listing")
    if isinstance(listing, CanCopy):
        listing.copy()


def _show_full_screen(frame: Frame, full: bool) -> None:
    """Use the whole screen, or a window again."""
    window = frame.as_widget()
    if full:
        window.showFullScreen()
    else:
        window.showNormal()


def _enlarge_text(_: Frame) -> None:
    """Write all texts larger."""
    look.resize_text(1)


def _reduce_text(_: Frame) -> None:
    """Write all texts smaller."""
    look.resize_text(-1)


def _can_enlarge(_: Frame) -> bool:
    return look.text_size < TEXT_SIZES[-1]


def _can_reduce(_: Frame) -> bool:
    return look.text_size > TEXT_SIZES[0]


def _choose_motion(_: Frame, moves: bool) -> None:
    """Let things move that are to be seen moving, or have them end at once."""
    look.choose_motion(moves)


def _show_shortcuts(frame: Frame) -> None:
    """Show the sheet of all keys."""
    from gui.window.help import ShortcutSheet

    ShortcutSheet(shortcuts(), frame.as_widget()).exec()


def _show_about(frame: Frame) -> None:
    """Say what this is."""
    from gui.window.help import about_text

    QtWidgets.QMessageBox.about(frame.as_widget(), say("About Weightbench"), about_text())


def _save_answers(frame: Frame) -> None:
    """Save what was answered to the lesson that is open."""
    from gui.presenter.saving_answers import save_answers

    said = save_answers(frame.lessons.player, frame.as_widget())
    if said:
        frame.documents.say(said)


def _is_free(frame: Frame) -> bool:
    """Whether anything new may happen or be taken out; while a prediction is open it may not."""
    return not frame.session.playback.locked


def _in_lesson(frame: Frame) -> bool:
    """Whether a lesson is on the bench."""
    return frame.lessons.is_open


def _waits(frame: Frame) -> bool:
    """Whether a page waits for something."""
    return frame.lessons.is_open and frame.lessons.player.waits


def _has_own_pictures(on: Frame) -> bool:
    digits = on.session.experiment.digits
    return digits is not None and digits.origin is not None


def _make_new(frame: Frame) -> None:
    """Ask what a new experiment is to be, and put it on the bench."""
    frame.session.playback.pause()
    if not frame.documents.may_leave():
        return
    from gui.making.new_dialog import NewDialog

    dialog = NewDialog(frame.as_widget())
    chosen = dialog.experiment if dialog.exec() else None
    dialog.deleteLater()
    if chosen is not None:
        frame.documents.put_made(chosen, agreed=True)


WINDOW_COMMANDS: tuple[Command[Frame], ...] = (
    Command("new", "File", mark("Ne&w experiment…"), _make_new, ("Ctrl+N",)),
    Command(
        "open", "File", mark("&Open experiment…"), lambda on: on.documents.ask_open(), ("Ctrl+O",)
    ),
    Command(
        "open_folder", "File", mark("Open a &folder of pictures…"),
        lambda on: on.documents.ask_open_folder(),
    ),
    Command(
        "paste_table", "File", mark("New from a copied &table…"),
        lambda on: on.documents.paste_table(),
    ),
    Command("save", "File", mark("&Save"), lambda on: on.documents.save(), ("Ctrl+S",)),
    Command(
        "save_as", "File", mark("Save &as…"), lambda on: on.documents.ask_save_as(),
        ("Ctrl+Shift+S",),
    ),
    Command(
        "revert", "File", mark("Re&vert to saved…"),
        lambda on: on.documents.on_disk.revert(),
        enabled=lambda on: on.documents.on_disk.can_revert,
    ),
    Command(
        "mnist", "File", mark("&MNIST folder…"), lambda on: on.documents.ask_mnist_folder(),
        starts_group=True,
    ),
    Command(
        "download", "File", mark("&Download MNIST…"), lambda on: on.documents.ask_download()
    ),
    Command(
        "count", "File", mark("&Number of images…"), lambda on: on.documents.ask_count(),
        enabled=lambda on: on.session.experiment.digits is not None,
    ),
    Command(
        "how_read", "File", mark("&How pictures are read…"),
        lambda on: on.documents.ask_how_read(),
        enabled=_has_own_pictures,
    ),
    Command("quit", "File", mark("&Quit"), lambda on: on.close(), ("Ctrl+Q",), starts_group=True),
    Command(
        "copy_trace", "Edit", mark("&Copy trace"), _copy_trace, ("Ctrl+Shift+C",), _is_free,
        starts_group=True,
    ),
    Command(
        "copy_program", "Edit", mark("Copy pro&gram"), _copy_program, ("Ctrl+Shift+L",), _is_free
    ),
    Command(
        "step_line", "Run", mark("Step one li&ne"), _step_line, ("N",),
        lambda on: _is_free(on) and not on.session.playback.running,
    ),
    Command(
        "sweep", "Run", mark("Sweep &alphas or seeds…"),
        lambda on: on.session.view.show(panel="sweep"), ("Ctrl+Shift+A",), _is_free,
    ),
    Command("go_to", "Run", mark("&Go to step…"), _ask_step, ("G",), _is_free),
    Command(
        "lessons", "Lessons", mark("&All lessons"), lambda on: on.lessons.show_list(), ("Ctrl+L",)
    ),
    Command(
        "next_page", "Lessons", mark("&Next page"), lambda on: on.lessons.turn(1),
        ("Ctrl+PgDown",), _in_lesson, starts_group=True,
    ),
    Command(
        "previous_page", "Lessons", mark("&Previous page"), lambda on: on.lessons.turn(-1),
        ("Ctrl+PgUp",), _in_lesson,
    ),
    Command(
        "hint", "Lessons", mark("&Hint"), lambda on: on.lessons.player.hint(), ("H",), _waits,
        starts_group=True,
    ),
    Command(
        "show_me", "Lessons", mark("Show &me"), lambda on: on.lessons.player.show_me(),
        ("Ctrl+H",), _waits,
    ),
    Command(
        "skip", "Lessons", mark("&Skip what waits"), lambda on: on.lessons.player.skip(),
        ("Ctrl+K",), _waits,
    ),
    Command(
        "whole_page", "Lessons", mark("Show the &whole page"),
        lambda on: on.lessons.player.show_whole(), ("W",), _waits,
    ),
    Command(
        "back_to_page", "Lessons", mark("&Back to the page"),
        lambda on: on.lessons.player.back_to_page(), ("Ctrl+Backspace",), _in_lesson,
    ),
    Command(
        "present", "Lessons", mark("&Present…"), lambda on: on.presenting.start(), (), _in_lesson,
        starts_group=True,
    ),
    Command("save_answers", "Lessons", mark("Save m&y answers…"), _save_answers, (), _in_lesson),
    Command(
        "leave_lesson", "Lessons", mark("L&eave the lesson"), lambda on: on.lessons.leave(), (),
        _in_lesson, starts_group=True,
    ),
    Command(
        "show_side", "View", mark("&Side panels"), lambda on, shown: on.places.want_side(shown),
        ("Ctrl+1",), checkable=True,
    ),
    Command(
        "wide_side", "View", mark("&Wide side panels"),
        lambda on, wide: on.session.view.show(wide=wide), ("Ctrl+3",), checkable=True,
    ),
    Command(
        "show_lower", "View", mark("&Lower panels"),
        lambda on, shown: on.below.want_folded(not shown), ("Ctrl+2",), checkable=True,
    ),
    Command(
        "full_screen", "View", mark("F&ull screen"), _show_full_screen, ("F11",), checkable=True
    ),
    Command(
        "larger_text", "View", mark("&Larger text"), _enlarge_text,
        ("Ctrl++", "Ctrl+="), enabled=_can_enlarge,
        starts_group=True,
    ),
    Command(
        "smaller_text", "View", mark("S&maller text"), _reduce_text,
        ("Ctrl+-",), enabled=_can_reduce,
    ),
    Command(
        "motion", "View", mark("Mo&tion"), _choose_motion,
        checkable=True,
    ),
    Command("shortcuts", "Help", mark("&Shortcuts"), _show_shortcuts, ("F1", "?")),
    Command("about", "Help", mark("&About Weightbench"), _show_about),
)  # fmt: skip

COMMANDS: tuple[Command[Any], ...] = (
    *SESSION_COMMANDS, *WINDOW_COMMANDS, *EXPORT_COMMANDS, *WEIGHT_COMMANDS,
)  # fmt: skip
MENUS = {
    "File": mark("&File"),
    "Edit": mark("&Edit"),
    "Run": mark("&Run"),
    "Experiments": mark("E&xperiments"),
    "Lessons": mark("Le&ssons"),
    "View": mark("&View"),
    "Help": mark("&Help"),
}
# Menus inside another one: the menu that each is in, and the command that it stands above.
SUBMENUS = {
    WEIGHTS: ("Edit", mark("&Weights"), None),
    EXPORT: ("File", mark("&Export"), "mnist"),
}

# What the keyboard does inside the panels, for the same sheet.
FIELD_KEYS = (
    (mark("Enter, F2 or a digit"), mark("type a number; Enter takes it, Escape gives up")),
    ("↑ →  ↓ ←", mark("nudge a number (Shift ten times as far, Ctrl a tenth)")),
    (mark("Escape"), mark("let go of what is selected")),
    (mark("Drag sideways"), mark("scrub a number, or the dot along its bowl")),
    (
        mark("← →, Enter in the listing"),
        mark("next name or number of a line; point at it, type it"),
    ),
    (mark("Space"), mark("freeze or unfreeze at a padlock")),
    ("Tab, Shift+Tab", mark("next and previous control")),
    ("← →, PgUp PgDn, Home End", mark("move through time on the time line")),
    (
        mark("Arrows, + − 0 on a cloud"),
        mark("turn a cube or go from point to point (Shift: the other); zoom, fit"),
    ),
    (
        mark("Ins, Del, Space in All examples"),
        mark("add an example; clear numbers, or remove whole examples; put one on the bench"),
    ),
    (
        mark("Alt+↑ Alt+↓, Alt+Shift+↓ there"),
        mark("move the selected examples; duplicate them (Shift+Space selects whole ones)"),
    ),
    (mark("Enter, Space, Escape on a cloud"), mark("to the bench; select or not; select nothing")),
    (mark("PgDn, PgUp in a lesson"), mark("next and previous page, also by a clicker")),
    (
        mark("F5, Escape and . in a lesson"),
        mark("present it, end that; black screen while it is presented"),
    ),
    (mark("Shift and drag on a cloud"), mark("select what the lasso goes around (Ctrl adds)")),
)


def shortcuts() -> dict[str, list[tuple[str, str]]]:
    """All keys and what they do, by menu, and those inside panels."""
    sections = {}
    titles = {**MENUS, **{menu: title for menu, (_, title, _) in SUBMENUS.items()}}
    for menu, title in titles.items():
        rows = [
            (_keys(command.keys), _words(say(command.text)))
            for command in COMMANDS
            if command.menu == menu and command.keys
        ]
        if rows:
            sections[_words(say(title))] = rows
    inside = say("In fields, plots and the time line")
    sections[inside] = [(say(keys), say(words)) for keys, words in FIELD_KEYS]
    return sections


def _keys(keys: tuple[str, ...]) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    texts = [QKeySequence(key).toString(native) for key in keys]
    return reduce(lambda one, other: say("{one}  or  {other}", one=one, other=other), texts)


def _words(menu_text: str) -> str:
    return menu_text.replace("&", "").rstrip("…")
