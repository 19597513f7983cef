"""Buttons without a frame or of a width that stays, and rows of controls that break."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from gui.look.theme import look
from gui.widgets.tips import put_tip

# One of the controls wants other room.
_SIZE_DIFFERS = (QEvent.Type.LayoutRequest, QEvent.Type.Show, QEvent.Type.StyleChange)
# There is other room for controls, or they want other room.
_ROOM_DIFFERS = (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.LayoutRequest)


def make_quiet(button: QAbstractButton, tip: str = "", name: str = "") -> None:
    """Give a button a frame only while it is pointed at, has the keyboard, or is down.

    ``name`` is what a screen reader says of it, by default its tip.
    """
    button.setObjectName("quiet")
    put_tip(button, tip)
    button.setAccessibleName(name or tip)


def quiet_button(text: str, tip: str, name: str = "", checkable: bool = False) -> QToolButton:
    """A button of a word or a sign that is made quiet."""
    button = QToolButton()
    make_quiet(button, tip, name)
    button.setText(text)
    button.setCheckable(checkable)
    return button


def keep_width(button: QAbstractButton, texts: Iterable[str]) -> None:
    """Make a button as wide as the longest of its texts asks for, in the style in force."""
    shown = button.text()
    button.setMinimumWidth(0)
    button.ensurePolished()
    widths = []
    for text in texts:
        button.setText(text)
        widths.append(button.sizeHint().width())
    button.setText(shown)
    button.setMinimumWidth(max(widths))


class FlowRow(QWidget):
    """Widgets beside each other, on as many lines as they need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._widgets: list[QWidget] = []
        # What each asks for: to be told takes a while, and is wanted for several widths.
        self._sizes: dict[QWidget, QSize] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_widgets(self, widgets: Sequence[QWidget]) -> None:
        """Say which they are, in order."""
        self._widgets = list(widgets)
        self._sizes.clear()
        for widget in widgets:
            widget.setParent(self)

    def _places(self, width: int) -> tuple[list[tuple[QWidget, int, int, QSize]], int]:
        """Where each shown widget goes, and how high all of them are."""
        gap = look.theme.px(4)
        lines: list[list[tuple[QWidget, QSize]]] = [[]]
        used = 0
        for widget in self._widgets:
            if widget.isHidden():
                continue
            size = QSize(self._size_of(widget))
            size.setWidth(min(size.width(), max(1, width)))
            if lines[-1] and used + size.width() > width:
                lines.append([])
                used = 0
            lines[-1].append((widget, size))
            used += size.width() + gap
        places, top = [], 0
        for line in lines:
            tall, left = max((size.height() for _, size in line), default=0), 0
            for widget, size in line:
                places.append((widget, left, top + (tall - size.height()) // 2, size))
                left += size.width() + gap
            top += tall + gap // 2
        return places, max(0, top - gap // 2)

    def _size_of(self, widget: QWidget) -> QSize:
        # Out of sight a row is not told when one of them changes.
        size = self._sizes.get(widget) if self.isVisible() else None
        if size is None:
            size = self._sizes[widget] = widget.sizeHint().expandedTo(widget.minimumSize())
        return size

    def heightForWidth(self, width: int) -> int:
        return self._places(width)[1]

    def sizeHint(self) -> QSize:
        width = max(self.width(), look.theme.px(200))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.theme.px(120), self.heightForWidth(max(1, self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.lay_out()

    def event(self, event: QEvent) -> bool:
        if event.type() in _SIZE_DIFFERS:
            self._sizes.clear()
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.lay_out()
        return handled

    def lay_out(self) -> None:
        """Put them where they belong: some were shown, hidden, or changed their words."""
        self._sizes.clear()
        self.updateGeometry()
        for widget, left, top, size in self._places(self.width())[0]:
            widget.setGeometry(left, top, size.width(), size.height())


class ToolsRow(QObject):
    """Controls of a panel that stand beside its tab, or else in a row above what it shows.

    ``beside`` is the widget for the place beside the tab, ``above`` the row in the panel itself,
    which is there only where the other has too little room. A note stays beside the tab in either
    case; ``note_room`` is what it needs there, in 13 pixel type.
    """

    def __init__(
        self, widgets: Sequence[QWidget], panel: QWidget, note: QWidget | None = None,
        note_room: float = 0.0,
    ) -> None:  # fmt: skip
        super().__init__(panel)
        self._widgets = list(widgets)
        self._note_room = note_room
        self.beside, self.above = QWidget(panel), FlowRow(panel)
        self._row = QHBoxLayout(self.beside)
        self.set_spaces(8, 8)
        for widget in self._widgets:
            self._row.addWidget(widget)
        if note is None:
            self._row.addStretch(1)
        else:
            self._row.addWidget(note, 1)
        self._fits = True
        self.above.hide()
        self.beside.setMinimumWidth(1)
        for place in (self.beside, self.above):
            place.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ROOM_DIFFERS:
            self._fit()
        return super().eventFilter(watched, event)

    def set_spaces(self, left: float, right: float, between: float | None = None) -> None:
        """The room around and between what stands beside the tab, in 13 pixel type."""
        px = look.theme.px
        self._row.setContentsMargins(px(left), 0, px(right), 0)
        if between is not None:
            self._row.setSpacing(px(between))

    def _fit(self) -> None:
        margins = self._row.contentsMargins()
        needed = margins.left() + margins.right() + look.theme.px(self._note_room) + sum(
            widget.sizeHint().width() + self._row.spacing()
            for widget in self._widgets if not widget.isHidden()
        )  # fmt: skip
        fits = needed <= self.beside.width()
        if fits is self._fits:
            return
        self._fits = fits
        # A widget that is given to another parent is hidden by that.
        hidden = [widget.isHidden() for widget in self._widgets]
        # What has gone from the row above must not be placed by it any more.
        self.above.set_widgets([] if fits else self._widgets)
        for place, (widget, is_hidden) in enumerate(zip(self._widgets, hidden, strict=True)):
            if fits:
                self._row.insertWidget(place, widget)
            widget.setVisible(not is_hidden)
        self.above.setVisible(not fits)
        self.above.lay_out()
