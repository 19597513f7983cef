"""Layouts that move: t-SNE, MDS, Sammon's mapping and the nearest-neighbour graph."""

from model.image_space.layouts.layout import Layout, LayoutKind, LayoutSettings, Start
from model.image_space.layouts.table import (
    LAYOUTS,
    fault,
    fitting,
    make_layout,
)

__all__ = [
    "LAYOUTS",
    "Layout",
    "LayoutKind",
    "LayoutSettings",
    "Start",
    "fault",
    "fitting",
    "make_layout",
]
