"""One page of a lesson as a column of blocks that scrolls; only what differs is made anew."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from gui.look.theme import look
from gui.panels.lesson.blocks import Block, QuestionBlock, TaskBlock, WordsBlock, block_of
from gui.session.lesson import Item, Words

# What ends a sentence, or leads on to what follows.
_ENDS = ".?!…:;,"


class PageView(QScrollArea):
    """The items of a page, from top to bottom.

    Signals
    -------
    answered(said, sure), hint_wanted, solution_wanted : as told by the blocks
    stops_changed : Tab stops at other widgets
    remarked : something is said of an answer that was none
    """

    answered = Signal(str, str)
    hint_wanted = Signal()
    solution_wanted = Signal()
    stops_changed = Signal()
    remarked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # So that the page can be read by the keys alone, from end to end.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.addStretch(1)
        self.setWidget(self._inside)
        self._items: tuple[Item, ...] = ()
        self.blocks: dict[str, Block] = {}
        self._page = ""
        self._folder: Path | None = None
        self._new: Block | None = None
        self._had_focus = False
        # What has been spoken of each block: its remark, which may change.
        self._spoken: dict[str, str] = {}
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._show_new)
        look.follow(self, self._restyle)
        self._restyle()

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [self, *(stop for block in self._in_order() for stop in block.tab_stops)]

    def show_page(self, page: str, items: tuple[Item, ...], folder: Path | None) -> None:
        """Show the items of a page; another name begins at the top."""
        if page != self._page or folder != self._folder:
            self._clear()
            self._page, self._folder = page, folder
            self.verticalScrollBar().setValue(0)
        began = bool(self._items)
        # What is answered gives its focus up, and it is not to be left anywhere.
        focus = QApplication.focusWidget()
        if not self._soon.isActive():
            self._had_focus = focus is not None and (focus is self or self.isAncestorOf(focus))
        fresh = [self._show(place, item) for place, item in enumerate(items)]
        self._drop_all_but({item.key for item in items})
        self._items = items
        added = [block for block in fresh if block is not None]
        if began and added:
            self._new = added[0]
            self._soon.start()
        if added:
            self.stops_changed.emit()

    def _show(self, place: int, item: Item) -> Block | None:
        """Show one item; returns its block where it was not there before."""
        block = self.blocks.get(item.key)
        if block is not None:
            if place >= len(self._items) or self._items[place] != item:
                block.show_item(item)
                self.stops_changed.emit()
            self._put(place, block)
            return None
        block = self.blocks[item.key] = block_of(item, self._folder)
        if isinstance(block, QuestionBlock):
            block.answered.connect(self.answered)
            block.remarked.connect(self.remarked)
        elif isinstance(block, TaskBlock):
            block.hint_wanted.connect(self.hint_wanted)
            block.solution_wanted.connect(self.solution_wanted)
        self._put(place, block)
        return block

    def _put(self, place: int, block: Block) -> None:
        if self._column.indexOf(block) != place:
            self._column.insertWidget(place, block)

    def _drop_all_but(self, keys: set[str]) -> None:
        for key in [key for key in self.blocks if key not in keys]:
            block = self.blocks.pop(key)
            self._column.removeWidget(block)
            block.hide()
            block.deleteLater()

    def _clear(self) -> None:
        self._items = ()
        self._spoken.clear()
        self._new = None
        self._drop_all_but(set())

    def _in_order(self) -> list[Block]:
        return [self.blocks[item.key] for item in self._items if item.key in self.blocks]

    @property
    def plain(self) -> str:
        """All that is written on the page, without marks."""
        return in_sentences(text for block in self._in_order() for text in block.texts)

    def news(self) -> str:
        """What there is to be heard that was not there when this was asked last.

        A question is not in it, nor is a task that is given the focus, as both are told then; nor
        are numbers in a text that was there before.
        """
        found: list[str] = []
        for item, block in zip(self._items, self._in_order(), strict=True):
            before = self._spoken.get(item.key)
            self._spoken[item.key] = block.remark
            takes_focus = isinstance(block, QuestionBlock) or self._had_focus
            if before is None and (isinstance(block, WordsBlock) or not takes_focus):
                found += block.texts
            elif block.remark and block.remark != before:
                found.append(block.remark)
        return in_sentences(found)

    def take_focus(self) -> None:
        """Give the focus to the question that is open, or to the page, to be read by keys."""
        opened = self.open_block()
        stop = opened.first_stop if isinstance(opened, QuestionBlock) else None
        (stop or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def open_block(self) -> Block | None:
        """The question or task that is waited for; None where nothing is."""
        for item, block in zip(self._items, self._in_order(), strict=True):
            if not isinstance(item, Words) and not item.outcome:
                return block
        return None

    @Slot()
    def _show_new(self) -> None:
        """Scroll to what is new, and give the focus to the question that is open now."""
        new, self._new = self._new, None
        if new is None or new not in self.blocks.values():
            return
        self._column.activate()
        opened = self.open_block()
        if opened is not None:
            self.ensureWidgetVisible(opened, 0, look.theme.px(8))
        top = new.y() - look.theme.px(8)
        if not 0 <= top - self.verticalScrollBar().value() < self.viewport().height():
            self.verticalScrollBar().setValue(top)
        self._pass_focus_on(opened)

    def _pass_focus_on(self, opened: Block | None) -> None:
        """A question that has just been opened takes the focus, unless somebody is typing."""
        focus = QApplication.focusWidget()
        typing = isinstance(focus, QLineEdit) and not self.isAncestorOf(focus)
        here, self._had_focus = focus is None or self._had_focus, False
        stop = opened.first_stop if opened is not None else self
        if stop is not None and not typing and (here or isinstance(opened, QuestionBlock)):
            stop.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _restyle(self) -> None:
        px = look.theme.px
        self._column.setContentsMargins(px(14), px(4), px(12), px(14))
        self._column.setSpacing(px(10))


def in_sentences(texts: Iterable[str]) -> str:
    """Texts to be heard one after the other: none runs on into the next."""
    lines = [line.strip() for text in texts for line in text.splitlines() if line.strip()]
    return " ".join(line if line[-1] in _ENDS else f"{line}." for line in lines)
