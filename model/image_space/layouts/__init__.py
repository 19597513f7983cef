"""Layouts that move: t-SNE, MDS, Sammon's mapping and the nearest-neighbour graph."""

from model.image_space.layouts.layout import Layout, LayoutKind, LayoutSettings, Start
from model.image_space.layouts.table import (
    LAYOUTS,
    LayoutRow,
    fault,
    fitting,
    make_layout,
    max_perplexity,
)

__all__ = [
    "LAYOUTS",
    "Layout",
    "LayoutKind",
    "LayoutRow",
    "LayoutSettings",
    "Start",
    "fault",
    "fitting",
    "make_layout",
    "max_perplexity",
]
