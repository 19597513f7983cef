"""What a person does with points: selects, hides classes, puts one on the bench."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Slot

from gui.panels.image_space.found.data import SpaceData
from gui.session import Session

Rows = NDArray[np.intp]


class Choosing(QObject):
    """Asks the session; points are rows of the sample, a selection is of examples.

    So it stays in another sample, as far as its examples are in it.
    """

    def __init__(self, session: Session, data: SpaceData, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._data = session, data
        self._rows: tuple[object, object, Rows] | None = None

    @property
    def rows(self) -> Rows:
        """The rows of the sample that are selected, rising, as far as they are in it."""
        selection, sample = self._session.view.space.selection, self._data.sample
        if sample is None or not selection:
            return np.zeros(0, dtype=np.intp)
        kept = self._rows
        if kept is None or kept[0] is not selection or kept[1] is not sample:
            rows = sample.rows_of(np.array(selection, dtype=np.int64))
            kept = self._rows = selection, sample, np.sort(rows[rows >= 0])
        return kept[2]

    def _select(self, examples: NDArray[np.int64]) -> None:
        self._session.view.show(space={"selection": np.unique(examples).tolist()})

    @Slot(object)
    def select_rows(self, rows: Rows) -> None:
        """Let these rows stand out."""
        if self._data.sample is not None:
            self._select(self._data.sample.examples[rows])

    @Slot(object, bool)
    def take_lasso(self, inside: NDArray[np.bool_], add: bool) -> None:
        """Select the points of a loop, (n,) of truths; with ``add``, beside those before."""
        if self._data.sample is None:
            return
        examples = self._data.sample.examples[np.flatnonzero(inside)]
        if add:
            known = np.array(self._session.view.space.selection, dtype=np.int64)
            examples = np.concatenate([known, examples])
        self._select(examples)

    @Slot(int)
    def toggle_row(self, row: int) -> None:
        """Select one more, or one less."""
        if self._data.sample is not None:
            example = int(self._data.sample.examples[row])
            chosen = set(self._session.view.space.selection) ^ {example}
            self._session.view.show(space={"selection": sorted(chosen)})

    @Slot()
    def clear(self) -> None:
        """Select nothing."""
        self._session.view.show(space={"selection": []})

    @Slot(int)
    def toggle_class(self, number: int) -> None:
        """Hide a class, or show it again."""
        hidden = set(self._session.view.space.hidden) ^ {number}
        self._session.view.show(space={"hidden": sorted(hidden)})

    @Slot(int)
    def isolate_class(self, number: int) -> None:
        """Show a class alone, or all of them where it is alone already."""
        every = range(len(self._session.experiment.outputs))
        others = [at for at in every if at != number]
        alone = list(self._session.view.space.hidden) == others
        self._session.view.show(space={"hidden": [] if alone else others})

    @Slot(int)
    def put_on_bench(self, row: int) -> None:
        """Let this step visit an example of the sample."""
        if self._data.sample is not None:
            self._session.edits.visit(int(self._data.sample.examples[row]))
