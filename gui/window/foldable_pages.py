"""The pages at the bottom of the window: they can be folded away to their tabs."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from gui.look.theme import look
from gui.session import Session
from gui.widgets.buttons import make_quiet, quiet_button
from gui.window.pages import Pages
from gui.window.panels import PanelSpec, tools_of
from model.door import mark, say

_NO_LIMIT = 2**24 - 1
_FOLD, _UNFOLD = mark("Fold the lower panels"), mark("Unfold the lower panels")


class LowerPages(Pages):
    """Pages whose own tools stand beside the tabs, where they cost the panel no row.

    Folded, only the tabs are left. Where there is little room they fold by themselves, until a
    person says what is wanted: by the button at the right, or by a click on a tab.

    Signals
    -------
    folded_changed(bool) : only the tabs are left, or the pages are there again
    """

    folded_changed = Signal(bool)

    def __init__(self, name: str, specs: list[PanelSpec], session: Session) -> None:
        super().__init__(name, specs, session)
        self._tools: dict[str, QWidget] = {}
        # What a person has asked for, if anything.
        self.wanted: bool | None = None
        self._scarce = False
        self.folded = False
        self.fold_button = quiet_button("", say(_FOLD))
        self.fold_button.clicked.connect(self._toggle)
        self._stack = QStackedWidget()
        self._empty = QWidget()
        self._stack.addWidget(self._empty)
        # Placed by hand: a corner widget of Qt's gets half of the width at most.
        self._corner = QWidget(self)
        self._row = QHBoxLayout(self._corner)
        self._row.addWidget(self._stack, 1)
        self._row.addWidget(self.fold_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.currentChanged.connect(self._refit)
        self.filled.connect(self._take_tools)
        for page in self.pages.values():
            page.covered_changed.connect(self._refit)
        self.asked_for.connect(self._unfold)
        self.tabBarClicked.connect(self._tab_clicked)
        look.follow(self, self._refit)
        self._refit()

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [*super().tab_stops, self.fold_button]

    @Slot()
    def _take_tools(self) -> None:
        """Take the tools of a panel beside the tabs; they are there while it is in front."""
        for key, page in self.pages.items():
            tools = tools_of(page.panel)
            if key not in self._tools and tools is not None:
                self._tools[key] = tools
                self._stack.addWidget(tools)
        self._refit()

    @Slot()
    def _unfold(self) -> None:
        self.want_folded(False)

    def want_folded(self, folded: bool | None) -> None:
        """Fold or unfold because a person wants it so, whatever the room; None to go by that."""
        self.wanted = folded
        self._fold()

    def set_scarce(self, scarce: bool) -> None:
        """Say whether there is so little room that it had better go to what is above."""
        self._scarce = scarce
        self._fold()

    def _fold(self) -> None:
        folded = self._scarce if self.wanted is None else self.wanted
        if folded != self.folded:
            self.folded = folded
            self._refit()
            self.folded_changed.emit(folded)

    @Slot()
    def _toggle(self) -> None:
        self.want_folded(not self.folded)

    @Slot(int)
    def _tab_clicked(self, index: int) -> None:
        """A click on the tab in front folds its page, any other click brings a page up."""
        if index >= 0:
            self.want_folded(index == self.currentIndex() and not self.folded)

    @Slot()
    def _refit(self) -> None:
        """Tools of the page in front, in the width that the tabs leave; the height of a fold."""
        px = look.theme.px
        self._row.setContentsMargins(px(8), 0, px(8), 0)
        self._row.setSpacing(px(4))
        self.fold_button.setText("▴" if self.folded else "▾")
        make_quiet(self.fold_button, say(_UNFOLD if self.folded else _FOLD))
        if self.currentWidget() is None:
            return
        away = self.folded or self.pages[self.current_key].covered
        shown = self._empty if away else self._tools.get(self.current_key, self._empty)
        self._stack.setCurrentWidget(shown)
        # Without height it would still be worked out, and Tab would still go there.
        self.currentWidget().setVisible(not self.folded)
        tabs = self.tabBar().sizeHint()
        self._corner.setGeometry(
            tabs.width(), 0, max(0, self.width() - tabs.width()), tabs.height()
        )
        self._corner.raise_()
        self.setMaximumHeight(tabs.height() if self.folded else _NO_LIMIT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refit()
