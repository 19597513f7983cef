"""All that can be done in the window: the sets of commands, and the menus that offer them."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMenuBar

from gui.exports.commands import EXPORT_COMMANDS
from gui.exports.panel_menu import PanelMenu
from gui.files.settings import Settings
from gui.look.theme import look
from gui.session.commands import CommandSet
from gui.weights.commands import WEIGHT_COMMANDS
from gui.weights.desk import WeightDesk
from gui.window.commands import WINDOW_COMMANDS, Frame
from gui.window.menus import Menus


class Offered(QObject):
    """The commands of the window, and the menus of all commands.

    ``commands`` are those of the window itself, ``menus`` has every action by its name, and
    ``panel_menu`` holds what can be done with a panel.
    """

    def __init__(
        self, frame: Frame, weights: WeightDesk, bar: QMenuBar, settings: Settings | None
    ) -> None:
        window = frame.as_widget()
        super().__init__(window)
        self._session = session = frame.session
        playback, places = session.playback, frame.places
        signals = (
            session.opened, session.changed, playback.running_changed, playback.lock_changed,
            look.changed, frame.documents.title_changed,
        )  # fmt: skip
        self.commands = CommandSet(WINDOW_COMMANDS, frame, window, signals)
        of_weights = CommandSet(WEIGHT_COMMANDS, weights, window, (*signals, session.view.changed))
        self.panel_menu = PanelMenu(
            frame.exporter, (places.bench, places.side, places.below), window
        )
        exports = CommandSet(EXPORT_COMMANDS, frame, window, signals)
        self.menus = Menus(
            bar, session, self.commands, of_weights, exports, frame.documents,
            [places.side, places.below], settings, self.panel_menu,
        )  # fmt: skip
        self._show_side(True)
        self._show_folded(places.below.folded)
        places.side_shown.connect(self._show_side)
        places.below.folded_changed.connect(self._show_folded)
        session.view.changed.connect(self._look_changed)

    @Slot(bool)
    def _show_side(self, shown: bool) -> None:
        self._tick("show_side", shown)

    @Slot(bool)
    def _show_folded(self, folded: bool) -> None:
        self._tick("show_lower", not folded)

    @Slot(str)
    def _look_changed(self, name: str) -> None:
        if name == "wide":
            self._tick("wide_side", self._session.view.wide)

    def _tick(self, command: str, shown: bool) -> None:
        """Show how it is: what the window did by itself is not to be taken for a wish."""
        action = self.commands[command]
        action.blockSignals(True)
        action.setChecked(shown)
        action.blockSignals(False)
