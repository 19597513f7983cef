"""One table of everything that can be done from menus and keys; it feeds the help sheet too."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ActionSpec:
    """One entry: ``slot`` is the method that does it, reached from the window.

    ``keys`` are Qt key sequences, the first one shown in the menu. A checkable entry calls its
    slot with its new state.
    """

    name: str
    menu: str
    text: str
    slot: str
    keys: tuple[str, ...] = ()
    checkable: bool = False
    starts_group: bool = False


ACTIONS = (
    ActionSpec("open", "File", "&Open experiment…", "documents.ask_open", ("Ctrl+O",)),
    ActionSpec("save", "File", "&Save", "documents.save", ("Ctrl+S",)),
    ActionSpec("save_as", "File", "Save &as…", "documents.ask_save_as", ("Ctrl+Shift+S",)),
    ActionSpec("start_over", "File", "Start &over", "documents.start_over", ("Ctrl+Shift+R",)),
    ActionSpec(
        "picture", "File", "Save &picture…", "documents.ask_picture", ("Ctrl+P",), starts_group=True
    ),
    ActionSpec("mnist", "File", "&MNIST folder…", "documents.ask_mnist_folder", starts_group=True),
    ActionSpec("download", "File", "&Download MNIST…", "documents.ask_download"),
    ActionSpec("count", "File", "&Number of images…", "documents.ask_count"),
    ActionSpec("quit", "File", "&Quit", "close", ("Ctrl+Q",), starts_group=True),
    ActionSpec("undo", "Edit", "&Undo", "session.edits.undo", ("Ctrl+Z",)),
    ActionSpec("redo", "Edit", "&Redo", "session.edits.redo", ("Ctrl+Shift+Z", "Ctrl+Y")),
    ActionSpec(
        "copy_trace",
        "Edit",
        "&Copy trace",
        "commands.copy_trace",
        ("Ctrl+Shift+C",),
        starts_group=True,
    ),
    ActionSpec("predict", "Run", "&Predict", "session.playback.predict", ("P",)),
    ActionSpec("compare", "Run", "&Compare", "session.playback.compare", ("C",)),
    ActionSpec("learn", "Run", "&Learn", "session.playback.learn", ("L",)),
    ActionSpec(
        "step", "Run", "&Step", "session.playback.step", ("S", "Ctrl+Right"), starts_group=True
    ),
    ActionSpec("back", "Run", "&Back", "session.playback.back", ("B", "Ctrl+Left")),
    ActionSpec("run", "Run", "&Run or pause", "session.playback.toggle_run", ("R", "F5")),
    ActionSpec("slower", "Run", "Slo&wer", "commands.slower", ("[",)),
    ActionSpec("faster", "Run", "&Faster", "commands.faster", ("]",)),
    ActionSpec(
        "reset",
        "Run",
        "R&eset to step 0",
        "session.playback.reset",
        ("Ctrl+Home",),
        starts_group=True,
    ),
    ActionSpec("go_to", "Run", "&Go to step…", "commands.ask_step", ("G",)),
    ActionSpec(
        "show_side", "View", "&Side panels", "commands.show_side", ("Ctrl+1",), checkable=True
    ),
    ActionSpec(
        "show_lower", "View", "&Lower panels", "commands.show_lower", ("Ctrl+2",), checkable=True
    ),
    ActionSpec(
        "full_screen", "View", "F&ull screen", "commands.show_full_screen", ("F11",), checkable=True
    ),
    ActionSpec("shortcuts", "Help", "&Shortcuts", "commands.show_shortcuts", ("F1", "?")),
    ActionSpec("about", "Help", "&About Weightbench", "commands.show_about"),
)

MENUS = ("File", "Edit", "Run", "Experiments", "View", "Help")

# What the keyboard does inside the panels, for the same sheet.
FIELD_KEYS = (
    ("Enter, F2 or a digit", "type a number; Enter takes it, Escape gives up"),
    ("↑ →  ↓ ←", "nudge a number (Shift ten times as far, Ctrl a tenth)"),
    ("Drag sideways", "scrub a number, or the dot along its bowl"),
    ("Space", "freeze or unfreeze at a padlock"),
    ("Tab, Shift+Tab", "next and previous control"),
    ("← →, PgUp PgDn, Home End", "move through time on the time line"),
)
