"""Takes the prediction of one output apart, product by product, and says what the sum means."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gui.look.image_colors import largest
from gui.look.theme import look
from gui.panels.dot_product.bars import DotProductBars
from gui.panels.dot_product.images import DotProductImages, Pictures
from gui.panels.dot_product.player import SUMS, AdditionPlayer
from gui.panels.dot_product.rows import Rows
from gui.panels.following import Following
from gui.session import Session
from gui.session.paste import paste_inputs, paste_weights
from gui.widgets.buttons import quiet_button
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.tab_order import chain
from gui.widgets.tips import plain_tip, put_tip
from model.door import mark, say, say_count
from model.dot_product import DotProduct, Groups, by_element, by_row, largest_first
from model.path import State
from model.words import numbers
from model.words.dot_product import pixels_in_words, vectors_in_words

# With so many examples at most, one can be chosen here.
_MAX_EXAMPLES = 12
_MAX_DESCRIBED = 24
_LINES_OF_WORDS = 3

# Pixels in 13 pixel type that a heading may ask for.
_MAX_HEADING = 90


class DotProductPanel(QWidget):
    """The dot product of the current inputs and the weights of the output that is looked into."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._example_names: tuple[str, ...] = ()
        # What the image is read as, and what it is, if these differ.
        self._mistake: tuple[int, int] | None = None
        self.heading = QLabel()
        self.heading.setObjectName("heading")
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.example_box = ChoiceBox(say("Example"), say("Which example gives the inputs"))
        self.example_box.setPlaceholderText(say("drawn"))
        self.dot = QLabel("·")
        self.output_box = ChoiceBox(say("Output"), say("Which output gives the weights"))
        # What an image was read as, and what it is, where these differ.
        self.read_button = quiet_button("", "", checkable=True)
        self.is_button = quiet_button("", "", checkable=True)
        self.bars = DotProductBars()
        self.images = DotProductImages()
        self.player = AdditionPlayer()
        self.words = Words()
        self._lay_out()
        self._connect()
        self._chain_tabs()
        self._restyle()
        self._following = Following(
            session, self, self._refresh, self._rebuild, self._describe, forget=self.images.forget
        )
        self._following.catch_up()

    def _lay_out(self) -> None:
        self._top = QHBoxLayout()
        self._top.addWidget(self.heading, 1)
        for widget in (
            self.read_button, self.is_button, self.example_box, self.dot, self.output_box
        ):  # fmt: skip
            self._top.addWidget(widget)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._top)
        # What the table leaves free stays free below everything.
        self._column.addWidget(self.bars, 1000)
        self._column.addWidget(self.images, 1000)
        self._column.addWidget(self.player)
        self._column.addWidget(self.words)
        self._column.addStretch(1)

    def _connect(self) -> None:
        session = self._session
        session.playback.running_changed.connect(self.player.set_live)
        session.view.changed.connect(self._look_changed)
        self.example_box.activated.connect(self._visit)
        self.output_box.activated.connect(self._output_activated)
        self.read_button.clicked.connect(self._show_read)
        self.is_button.clicked.connect(self._show_is)
        self.bars.input_edited.connect(self._edit_input)
        self.bars.fields_changed.connect(self._chain_tabs)
        self.bars.weight_edited.connect(self._edit_weight)
        self.bars.inputs_pasted.connect(self._paste_inputs)
        self.bars.weights_pasted.connect(self._paste_weights)
        self.player.moved.connect(self._added_more)
        self.player.way_chosen.connect(self._choose_way)
        look.follow(self, self._restyle)

    # -- what is chosen -----------------------------------------------------------------

    @property
    def _output(self) -> int:
        return self._session.view.output

    @Slot(str)
    def _look_changed(self, name: str) -> None:
        if name == "output":
            self._following.look_again()

    @Slot(int)
    def _output_activated(self, output: int) -> None:
        self._session.view.show(output=output)

    @Slot(int)
    def _visit(self, example: int) -> None:
        self._session.playback.pause()
        self._session.edits.visit(example)
        # Where that was refused, the box goes back to what is on the bench.
        self._following.look_again()

    @Slot(str)
    def _choose_way(self, way: str) -> None:
        self._begin_adding(way)
        self._following.look_again()

    def _begin_adding(self, way: str) -> None:
        n = len(self._session.experiment.inputs)
        rows = self._session.experiment.image_shape
        self.player.begin(way, rows[0] if way == "row" and rows is not None else n)

    @Slot(int, float, object)
    def _edit_input(self, column: int, value: float, gesture: object) -> None:
        self._session.edits.set_input(column, value, gesture)

    @Slot(int, float, object)
    def _edit_weight(self, column: int, value: float, gesture: object) -> None:
        self._session.edits.set_weight(self._output, column, value, gesture)

    @Slot(int, object)
    def _paste_inputs(self, column: int, values: tuple[float, ...]) -> None:
        paste_inputs(self._session, column, values)

    @Slot(int, object)
    def _paste_weights(self, column: int, values: tuple[float, ...]) -> None:
        paste_weights(self._session, self._output, column, values)

    # -- showing ------------------------------------------------------------------------

    def _rebuild(self) -> None:
        """Another experiment is there: its names, its shape, its choices."""
        experiment = self._session.experiment
        is_image = experiment.image_shape is not None
        self._fill(self.output_box, experiment.outputs)
        self._example_names = self._name_examples()
        self._fill(self.example_box, self._example_names)
        self.dot.setVisible(bool(self._example_names) and len(experiment.outputs) > 1)
        self.images.setVisible(is_image)
        self.bars.setVisible(not is_image)
        self.player.set_live(self._session.playback.running)
        self._begin_adding("row" if is_image else "element")

    def _fill(self, box: ChoiceBox, names: tuple[str, ...]) -> None:
        box.clear()
        box.addItems(names)
        box.setVisible(len(names) > 1)

    def _name_examples(self) -> tuple[str, ...]:
        """Names for the examples, where they are few.

        A set of vectors that are examples and starting weights alike takes the outputs' names.
        """
        experiment = self._session.experiment
        rows = experiment.setup.examples.base_inputs
        if len(rows) > _MAX_EXAMPLES or len(rows) == 1:
            return ()
        if experiment.is_of_pairs:
            return experiment.outputs
        return tuple(say("example {number}", number=at + 1) for at in range(len(rows)))

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order: from the choosers through the rows to the player."""
        player = self.player
        return [
            self.read_button, self.is_button, self.example_box, self.output_box,
            self.bars.area, *self.bars.fields, player.play_button, player.restart_button,
            player.slider, player.way_box,
        ]  # fmt: skip

    @Slot()
    def _chain_tabs(self) -> None:
        chain(self.tab_stops)

    def _dot_product(self, state: State) -> DotProduct:
        output = self._output
        return DotProduct.of(state.inputs, state.weights[output], float(state.pred[output]))

    def _refresh(self) -> None:
        state = self._seen
        example = -1 if state.example is None else state.example
        if self._example_names and self.example_box.currentIndex() != example:
            self.example_box.setCurrentIndex(example)
        self.output_box.setCurrentIndex(self._output)
        self._show_mistake(state)
        self._show_heading(state)
        dot = self._dot_product(state)
        self._show_dot(state, dot)
        self.words.set_text(self._words_for(state, dot))

    @property
    def _seen(self) -> State:
        """The step whose numbers are shown: on images that which the scores beside it are of."""
        session = self._session
        return session.state if session.experiment.image_shape is None else session.seen

    def _show_mistake(self, state: State) -> None:
        """Offer the dot products of what an image was read as and of what it is."""
        outputs = self._session.experiment.outputs
        self._mistake = _mistake(state) if self._session.experiment.image_shape else None
        running = self._session.playback.running
        for button, sentence, tip, at in (
            (self.read_button, mark("read as {name}"), mark("Why it was read as {name}"), 0),
            (self.is_button, mark("is {name}"), mark("Why it was not read as {name}"), 1),
        ):
            shown = self._mistake is not None and not running
            button.setVisible(shown)
            if shown and self._mistake is not None:
                name = outputs[self._mistake[at]]
                button.setText(say(sentence, name=name.replace("&", "&&")))
                put_tip(button, say(tip, name=name))
                button.setAccessibleName(say(tip, name=name))
                button.setChecked(self._mistake[at] == self._output)

    @Slot()
    def _show_read(self) -> None:
        if self._mistake is not None:
            self._session.view.show(output=self._mistake[0])
            self._following.look_again()

    @Slot()
    def _show_is(self) -> None:
        if self._mistake is not None:
            self._session.view.show(output=self._mistake[1])
            self._following.look_again()

    @Slot()
    def _added_more(self) -> None:
        self._following.look_again()
        count = self.player.count
        if self.player.way == "element" and count > 0:
            self.bars.reveal(count - 1)

    def _show_heading(self, state: State) -> None:
        text = self._title(state)
        if self.read_button.isHidden():
            text = say("Dot product: {title}", title=text)
        if text != self.heading.text():
            self.heading.setText(text)
            self.heading.setToolTip(plain_tip(text))
            self._keep_heading()

    def _keep_heading(self) -> None:
        """A short heading is whole in any width."""
        most = look.theme.px(_MAX_HEADING)
        self.heading.setMinimumWidth(min(self.heading.sizeHint().width(), most))

    def _title(self, state: State) -> str:
        """What is asked: the pair, the output, or why an image is taken for a digit."""
        experiment, output = self._session.experiment, self._output
        name = experiment.outputs[output]
        if self._session.playback.running:
            return name
        if experiment.image_shape is not None and len(state.pred) > 1:
            others = float(np.delete(state.pred, output).max())
            if state.pred[output] > others:
                return say("why this says {name}", name=name)
            if state.pred[output] < others:
                return say("why not {name}", name=name)
            return say("does this say {name}?", name=name)
        if self._example_names == experiment.outputs and state.example is not None:
            return f"{self._example_names[state.example]} · {name}"
        return name if name.endswith("?") else f"{name}?"

    def _show_dot(self, state: State, dot: DotProduct) -> None:
        experiment, player = self._session.experiment, self.player
        shape = experiment.image_shape
        if shape is None:
            settled = not self._session.playback.running
            self.bars.show_rows(Rows(dot, experiment.inputs, player.count, settled))
            return
        self.images.show_pictures(
            Pictures(
                dot, shape, experiment.outputs[self._output], largest(state.weights),
                self._groups(dot, shape), player.count, say(SUMS[player.way]),
            )
        )  # fmt: skip

    def _groups(self, dot: DotProduct, shape: tuple[int, int]) -> Groups:
        if self.player.way == "row":
            return by_row(len(dot.products), shape[1])
        if self.player.way == "largest":
            return largest_first(dot.products)
        return by_element(len(dot.products))

    def _words_for(self, state: State, dot: DotProduct) -> str:
        experiment = self._session.experiment
        if experiment.image_shape is not None:
            return pixels_in_words(dot, experiment.outputs[self._output])
        return vectors_in_words(state.inputs, state.weights[self._output], experiment.inputs)

    def _describe(self) -> None:
        """The same in words, for those who cannot see the picture."""
        dot = self._dot_product(self._seen)
        names = self._session.experiment.inputs
        votes = say(
            "for {ayes}, against {noes}, sum {sum}",
            ayes=numbers.signed(dot.votes_for),
            noes=numbers.signed(dot.votes_against),
            sum=numbers.signed(dot.score),
        )
        if self._session.experiment.image_shape is not None:
            self.images.setAccessibleDescription(f"{votes}. {self.words.text}")
            return
        shown = [
            f"{name} {numbers.plain(x)} × {numbers.plain(w)} = {numbers.plain(product)}"
            for name, x, w, product in zip(
                names[:_MAX_DESCRIBED], dot.inputs, dot.weights, dot.products, strict=False
            )
        ]
        more = len(names) - len(shown)
        rest = [say_count("and {n:,} more", "and {n:,} more", more)] if more > 0 else []
        self.bars.table.setAccessibleDescription("; ".join([*shown, *rest, votes]))

    @Slot()
    def _restyle(self) -> None:
        px = look.theme.px
        self._column.setContentsMargins(px(12), px(8), px(12), px(10))
        self._column.setSpacing(px(8))
        self._top.setSpacing(px(6))
        self._keep_heading()


def _mistake(state: State) -> tuple[int, int] | None:
    """What an image is read as and what its target says, where these differ."""
    says, is_ = int(np.argmax(state.pred)), int(np.argmax(state.target))
    one_hot = state.target[is_] == 1 and np.count_nonzero(state.target) == 1
    sure = np.count_nonzero(state.pred == state.pred[says]) == 1
    return (says, is_) if state.is_labelled and one_hot and sure and says != is_ else None


class Words(QWidget):
    """A short text in lines that keeps its height, so that nothing below or above it moves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        """Show another text."""
        if text != self.text:
            self.text = text
            self.setAccessibleName(text)
            self.setToolTip(plain_tip(text))
            self.update()

    def sizeHint(self) -> QSize:
        lines = QFontMetricsF(look.theme.font(0.95)).lineSpacing() * _LINES_OF_WORDS
        return QSize(look.theme.px(200), round(lines) + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(look.theme.color("ink"))
        flags = Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        box = QRectF(self.rect())
        for size in (0.95, 0.85):
            painter.setFont(look.theme.font(size))
            if painter.boundingRect(box, flags, self.text).height() <= box.height():
                break
        painter.drawText(box, flags, self.text)
