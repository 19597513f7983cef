"""An example rebuilt from its first principal components, and what those are."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QVBoxLayout, QWidget

from gui.look.painting import lettering, shade
from gui.look.theme import look
from gui.panels.image_space.found.data import SpaceData
from gui.panels.image_space.stage import Stage
from gui.plots.cloud.strip import ImageStrip, Shown
from gui.plots.measured import PERCENTS, draw_levels, place_in
from gui.session import Session
from gui.widgets.text_line import TextLine
from model.door import say
from model.image_space import PCA
from model.network import Floats
from model.words import numbers

_MAX_SHOWN = 24
_BIG, _SMALL = 96, 40


class VarianceCurve(QWidget):
    """What share of the variance the first components have together, by their number."""

    accessible_role = QAccessible.Role.Chart

    def __init__(self) -> None:
        super().__init__()
        self._shares: Floats = np.zeros(0)
        self._k = 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(say("Share of the variance by the number of components"))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.theme.px(120), look.theme.px(60))

    def accessible_value(self) -> str:
        """The share of the chosen number."""
        return self.accessibleDescription()

    def show_shares(self, shares: Floats, k: int) -> None:
        """Show the sums of the shares (n_components,), and mark the first k."""
        self._shares, self._k = shares, k
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px, letters, n = look.theme.px, lettering(0.8), len(self._shares)
        if not n:
            return
        left = letters.width("100 %") + px(6)
        area = QRectF(left, px(8), self.width() - left - px(8), self.height() - px(28))
        painter.setFont(letters.font)
        draw_levels(painter, area, PERCENTS)

        def place(k: int) -> QPointF:
            return place_in(area, k / n, float(self._shares[k - 1]) if k else 0.0)

        painter.setPen(QPen(shade("accent"), 1.6 * look.theme.line))
        painter.drawPolyline(QPolygonF([place(k) for k in range(n + 1)]))
        painter.setPen(QPen(shade("panel"), 1.5))
        painter.setBrush(shade("accent"))
        painter.drawEllipse(place(min(self._k, n)), px(4), px(4))
        painter.setPen(shade("muted"))
        base = area.bottom() + px(15)
        text = say("{n:,} components", n=n)
        at = area.right() - letters.width(text)
        painter.drawText(QPointF(at, base), text)
        # In a narrow curve what stands at its end needs all of the width.
        if area.left() + letters.width("0") < at:
            painter.drawText(QPointF(area.left(), base), "0")


class RebuiltStage(Stage):
    """The example on the bench beside itself made of k components; the components; the curve."""

    def __init__(self, session: Session, data: SpaceData) -> None:
        super().__init__(session, data)
        self.rebuilt: Floats | None = None
        self.images = ImageStrip(say("The example, rebuilt, and what is missing"), _BIG)
        self.words = TextLine(role="ink", lines=2)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(say("Number of components"))
        self.components = ImageStrip(say("Principal components"), _SMALL)
        self.curve = VarianceCurve()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        top = QHBoxLayout()
        top.addWidget(self.images, 3)
        top.addWidget(self.curve, 2)
        column.addLayout(top, 1)
        column.addWidget(self.slider)
        column.addWidget(self.words)
        column.addWidget(self.components)
        self.slider.valueChanged.connect(self._choose)
        self.components.chosen.connect(self._choose_component)

    @property
    def tab_stops(self) -> list[QWidget]:
        """What Tab stops at, in order."""
        return [self.slider, self.images, self.components]

    def forget(self) -> None:
        """Let go of all that belongs to the experiment before."""
        self.rebuilt = None
        self.images.show_images(())
        self.components.show_images(())

    def refresh(self) -> None:
        """Look again at the bench, the components and how many of them are taken."""
        if self._data.inputs is None:
            return
        if len(self._data) < 2:
            self.words.set_text(say("One example alone has no components: nothing varies"))
            self.forget()
            return
        self._data.want_components()
        pca = self._data.pca
        if pca is None:
            self.words.set_text(say("Finding the principal components…"))
            return
        n = len(pca.components)
        k = min(self._session.view.space.components, n)
        self.slider.blockSignals(True)
        self.slider.setRange(1, n)
        self.slider.setValue(k)
        self.slider.blockSignals(False)
        self._show_example(pca, k)
        self._show_components(pca)
        self.curve.show_shares(np.minimum(np.cumsum(pca.shares), 1.0), k)

    def _show_example(self, pca: PCA, k: int) -> None:
        example = self._session.state.inputs
        rebuilt = self.rebuilt = pca.rebuilt(example, k)
        share = numbers.percent(min(1.0, float(pca.shares[:k].sum())))
        missing = float(np.linalg.norm(example - rebuilt))
        self.words.set_text(
            say("{k:,} of {n:,} components have {share} of the variance; what is missing of this "
                "example has the length {missing}",
                k=k, n=len(pca.components), share=share, missing=numbers.short(missing, 3))
        )  # fmt: skip
        shape = self._session.experiment.image_shape
        if shape is None:
            self.images.show_images(())
            return
        self.images.show_images((
            Shown(example.reshape(shape), say("on the bench"), say("the example on the bench")),
            Shown(rebuilt.reshape(shape), say("from {k:,}", k=k),
                  say("rebuilt from the average and its first {k:,} components", k=k)),
            Shown((example - rebuilt).reshape(shape), say("missing"),
                  say("the example less what was rebuilt: blue is missing, orange too much"),
                  signed=True),
        ))  # fmt: skip

    def _show_components(self, pca: PCA) -> None:
        shape = self._session.experiment.image_shape
        if shape is None:
            return
        self.components.show_images([
            Shown(direction.reshape(shape), say("{number}: {share}", number=at + 1,
                  share=numbers.percent(float(pca.shares[at]))),
                  say("component {number}, {share} of the variance: click to see the images "
                      "along it", number=at + 1, share=numbers.percent(float(pca.shares[at]))),
                  signed=True)
            for at, direction in enumerate(pca.components[:_MAX_SHOWN])
        ])  # fmt: skip

    @Slot(int)
    def _choose(self, k: int) -> None:
        self._session.view.show(space={"components": k})

    @Slot(int)
    def _choose_component(self, at: int) -> None:
        others = list(self._session.view.space.axes[1:])
        axes = [["component", at], *others]
        self._session.view.show(space={"show": "order", "axes": axes})
