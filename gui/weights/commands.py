"""The commands on weights: a table like that of the window, for the menu Edit, Weights."""

from __future__ import annotations

from gui.look.painting import shortened
from gui.look.theme import look
from gui.session.commands import Command
from gui.weights.desk import WeightDesk
from model.door import mark, say

MENU = "Weights"
# Of a name in the menu, in 13 pixel type.
_NAME_WIDTH = 160


def _free(desk: WeightDesk) -> bool:
    return desk.free


def _row_text(desk: WeightDesk) -> str:
    output = desk.focus[0]
    if output is None:
        return say("Fr&eeze the row of the selected output")
    all_frozen = bool(desk.frozen[output].all())
    sentence = (
        mark("Unfr&eeze the row of {name}") if all_frozen else mark("Fr&eeze the row of {name}")
    )
    return say(sentence, name=_shown(desk.session.experiment.outputs[output]))


def _column_text(desk: WeightDesk) -> str:
    column = desk.focus[1]
    if column is None:
        return say("Freeze the c&olumn of the selected input")
    all_frozen = bool(desk.frozen[:, column].all())
    sentence = (
        mark("Unfreeze the c&olumn of {name}")
        if all_frozen
        else mark("Freeze the c&olumn of {name}")
    )
    return say(sentence, name=_shown(desk.session.experiment.inputs[column]))


def _shown(name: str) -> str:
    """A name as a menu shows it: short, and with no letter of it underlined."""
    return shortened(name, look.theme.font(), look.theme.px(_NAME_WIDTH)).replace("&", "&&")


WEIGHT_COMMANDS: tuple[Command[WeightDesk], ...] = (
    Command(
        "randomise", MENU, mark("&Random weights…"), lambda on: on.randomise(), ("Ctrl+R",), _free
    ),
    Command("zero", MENU, mark("Set all to &0"), lambda on: on.zero(), ("Ctrl+0",), _free),
    Command(
        "set_all", MENU, mark("Set all to a &value…"), lambda on: on.set_all(), ("Ctrl+E",), _free
    ),
    Command(
        "copy_weights", MENU, mark("&Copy weights"), lambda on: on.copy(), ("Ctrl+Shift+W",),
        _free, starts_group=True,
    ),
    Command(
        "paste_weights", MENU, mark("&Paste weights"), lambda on: on.paste(), ("Ctrl+Shift+V",),
        _free,
    ),
    Command(
        "load_weights", MENU, mark("&Load weights…"), lambda on: on.load(), ("Ctrl+Shift+O",),
        _free,
    ),
    Command(
        "save_weights", MENU, mark("&Save weights…"), lambda on: on.save(), ("Ctrl+Shift+E",),
        _free,
    ),
    Command(
        "freeze_all", MENU, mark("&Freeze all"), lambda on: on.freeze_all(), ("Ctrl+Shift+F",),
        lambda on: on.free and not on.frozen.all(), starts_group=True,
    ),
    Command(
        "unfreeze_all", MENU, mark("&Unfreeze all"), lambda on: on.unfreeze_all(),
        ("Ctrl+Alt+F",), lambda on: on.free and bool(on.frozen.any()),
    ),
    Command(
        "swap_frozen", MENU, mark("S&wap frozen and free"), lambda on: on.invert(),
        ("Ctrl+Shift+I",), _free,
    ),
    Command(
        "freeze_row", MENU, mark("Fr&eeze or unfreeze the row of the selected output"),
        lambda on: on.freeze_row(), ("F",), lambda on: on.free and on.focus[0] is not None,
        label=_row_text,
    ),
    Command(
        "freeze_column", MENU, mark("Freeze or unfreeze the c&olumn of the selected input"),
        lambda on: on.freeze_column(), ("Shift+F",),
        lambda on: on.free and on.focus[1] is not None, label=_column_text,
    ),
)  # fmt: skip
