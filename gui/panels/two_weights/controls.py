"""Which two weights, and which error over them."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gui.panels.two_weights.words import weight_title
from gui.session import Session
from gui.widgets.buttons import FlowRow, quiet_button
from gui.widgets.choice_box import ChoiceBox
from gui.widgets.tips import put_tip
from model.door import say
from model.words.names import weight_cell, weight_name
from model.words.parts import part

Cell = tuple[int, int]

# Of more weights those that the curves show are offered, and any other can be typed.
_MAX_OFFERED = 64
_MAX_NAME_LETTERS = 24


class Controls(FlowRow):
    """Asks the view for something else, and shows what it has."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.across_box = ChoiceBox(say("weight across"), say("The weight along the axis below"))
        self.up_box = ChoiceBox(say("weight up"), say("The weight along the axis at the left"))
        self.over_box = ChoiceBox(
            say("which error"), say("The mean error of all examples, or that of this one alone")
        )
        self.swap_button = quiet_button(
            say("swap"), say("Let the two weights change places"), say("Swap the two weights")
        )
        self.selected_button = quiet_button(say("selected"), "")
        self.equal_button = quiet_button(
            say("equal units"),
            say("Draw a unit of both weights equally long: then steps on one example at a time "
                "leave each contour of that example at a right angle"),
            checkable=True,
        )  # fmt: skip
        self._offered: list[Cell] = []
        self._stops: list[QWidget] = [
            self.across_box, self.up_box, self.swap_button, self.over_box, self.equal_button,
            self.selected_button,
        ]  # fmt: skip
        self.set_widgets(self._stops)
        self.across_box.activated.connect(self._choose_across)
        self.up_box.activated.connect(self._choose_up)
        self.over_box.activated.connect(self._choose_over)
        self.swap_button.clicked.connect(self._swap)
        self.selected_button.clicked.connect(self._take_selected)
        self.equal_button.clicked.connect(self._choose_equal)

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return self._stops

    # -- what is shown -----------------------------------------------------------------------

    def rebuild(self) -> None:
        """Offer what there is for another experiment."""
        experiment = self._session.experiment
        self._offered = []
        typed = experiment.weights.size > _MAX_OFFERED
        for box, choose in (
            (self.across_box, self._choose_across), (self.up_box, self._choose_up)
        ):  # fmt: skip
            if box.isEditable() != typed:
                box.setEditable(typed)
                line = box.lineEdit()
                if line is not None:
                    line.setMaxLength(_MAX_NAME_LETTERS)
                    line.setAccessibleName(box.accessibleName())
                    box.setInsertPolicy(ChoiceBox.InsertPolicy.NoInsert)
                    # What is typed and is no entry of the list activates nothing.
                    line.returnPressed.connect(choose)
        mean = say("mean of {n:,} examples", n=len(experiment.setup.examples))
        self.over_box.offer((("mean", mean), ("example", say("this example alone"))))

    def refresh(self) -> None:
        """Show what the view has."""
        session = self._session
        shown = session.view.two_weights
        offered = self._cells()
        for box, along in ((self.across_box, shown.across), (self.up_box, shown.up)):
            if offered != self._offered:
                box.offer((cell, weight_title(session.experiment, cell)) for cell in offered)
            self._show(box, along)
        self._offered = offered
        several = session.state.setup.schedule.order != "first"
        self.over_box.setVisible(several and len(session.state.setup.examples) > 1)
        self.over_box.choose(shown.over)
        self.equal_button.setChecked(shown.equal)
        selected = self.selected
        self.selected_button.setVisible(selected is not None)
        if selected is not None:
            name = weight_name(session.experiment, *selected)
            tip = say("Show {name}, which is selected on the bench: it takes the axis up, and the "
                      "weight that was there goes across", name=name)  # fmt: skip
            self.selected_button.setText(say("show {name}", name=name.replace("&", "&&")))
            put_tip(self.selected_button, tip)
            self.selected_button.setAccessibleName(tip)
        self.lay_out()

    @property
    def selected(self) -> Cell | None:
        """The weight that is selected on the bench and on neither axis; None without one."""
        session, shown = self._session, self._session.view.two_weights
        cell: tuple[int, ...] | None = None
        if session.experiment.image_shape is not None:
            if session.view.pixel is not None:
                cell = session.view.output, session.view.pixel
        elif session.view.part is not None:
            found = part(session.experiment, session.view.part)
            cell = found.cell if len(found.cell) == 2 else None
        if cell is None or cell in (shown.across, shown.up):
            return None
        return cell[0], cell[1]

    def _cells(self) -> list[Cell]:
        """The weights that are offered: all, or those of the curves and what is shown."""
        experiment, view = self._session.experiment, self._session.view
        rows, columns = experiment.weights.shape
        if rows * columns <= _MAX_OFFERED:
            return [divmod(number, columns) for number in range(rows * columns)]
        return sorted({*view.weights.cells, view.two_weights.across, view.two_weights.up})

    def _show(self, box: ChoiceBox, cell: Cell) -> None:
        at = next((at for at in range(box.count()) if tuple(box.itemData(at)) == cell), -1)
        if at != box.currentIndex():
            box.setCurrentIndex(at)
        if box.isEditable():
            box.setEditText(weight_title(self._session.experiment, cell))

    # -- what is asked for -------------------------------------------------------------------

    def _ask(self, **wanted: object) -> None:
        self._session.view.show(two_weights=wanted)

    def _chosen(self, box: ChoiceBox) -> Cell | None:
        """The weight that a box asks for; what names none is told, and None."""
        text = box.currentText()
        if not box.isEditable() or text == box.itemText(box.currentIndex()):
            row, column = box.currentData()
            return row, column
        try:
            return weight_cell(self._session.experiment, text.strip().lower())
        except ValueError as error:
            self._session.notices.refuse(str(error))
            return None

    @Slot()
    def _choose_across(self) -> None:
        cell = self._chosen(self.across_box)
        if cell is not None:
            self._ask(across=list(cell))
        self.refresh()

    @Slot()
    def _choose_up(self) -> None:
        cell = self._chosen(self.up_box)
        if cell is not None:
            self._ask(up=list(cell))
        self.refresh()

    @Slot()
    def _swap(self) -> None:
        shown = self._session.view.two_weights
        self._ask(across=list(shown.up), up=list(shown.across))

    @Slot()
    def _take_selected(self) -> None:
        cell = self.selected
        if cell is not None:
            self._ask(across=list(self._session.view.two_weights.up), up=list(cell))

    @Slot()
    def _choose_over(self) -> None:
        self._ask(over=self.over_box.currentData())

    @Slot(bool)
    def _choose_equal(self, equal: bool) -> None:
        self._ask(equal=equal)
