"""The panels of a window by what they are, for tests that press their buttons."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QWidget

from gui.panels.alpha.panel import AlphaControl
from gui.panels.curves.panel import PlotsColumn
from gui.panels.dot_product.panel import DotProductPanel
from gui.panels.examples.panel import ExamplesPanel
from gui.panels.image_input.panel import InputImage
from gui.panels.image_space.panel import ImageSpacePanel
from gui.panels.listing.panel import ListingPanel
from gui.panels.network.panel import NetworkGraph
from gui.panels.pixel_values.panel import NumbersView
from gui.panels.quality.panel import QualityPanel
from gui.panels.time.time_line import TimeLine
from gui.panels.time.transport import Transport
from gui.panels.trace.panel import TracePanel
from gui.panels.weight_images.panel import WeightImages
from gui.window.window import Window

AnyPanel = TypeVar("AnyPanel", bound=QWidget)


def _panel(window: Window, key: str, kind: type[AnyPanel]) -> AnyPanel:
    panel = window.panel(key)
    assert isinstance(panel, kind)
    return panel


def transport(window: Window) -> Transport:
    return _panel(window, "transport", Transport)


def alpha(window: Window) -> AlphaControl:
    return _panel(window, "alpha", AlphaControl)


def time_line(window: Window) -> TimeLine:
    return _panel(window, "time_line", TimeLine)


def network(window: Window) -> NetworkGraph:
    return _panel(window, "network", NetworkGraph)


def image_input(window: Window) -> InputImage:
    return _panel(window, "image_input", InputImage)


def weight_images(window: Window) -> WeightImages:
    return _panel(window, "weight_images", WeightImages)


def curves(window: Window) -> PlotsColumn:
    return _panel(window, "curves", PlotsColumn)


def dot_product(window: Window) -> DotProductPanel:
    return _panel(window, "dot_product", DotProductPanel)


def listing(window: Window) -> ListingPanel:
    return _panel(window, "listing", ListingPanel)


def quality(window: Window) -> QualityPanel:
    return _panel(window, "quality", QualityPanel)


def pixel_values(window: Window) -> NumbersView:
    return _panel(window, "pixel_values", NumbersView)


def examples(window: Window) -> ExamplesPanel:
    return _panel(window, "examples", ExamplesPanel)


def image_space(window: Window) -> ImageSpacePanel:
    return _panel(window, "image_space", ImageSpacePanel)


def trace(window: Window) -> TracePanel:
    return _panel(window, "trace", TracePanel)
