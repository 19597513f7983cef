"""The space of images: an axis for each pixel, and ways to look at it. Pure NumPy."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from model.image_space.axes import (
        Axis,
        AxisChoice,
        component_axis,
        difference_axis,
        picture_axis,
        pixel_axis,
        score_axis,
    )
    from model.image_space.inputs import SampleInputs, gather, project
    from model.image_space.nearness import Near, nearest_rows, place_in_map
    from model.image_space.pca import PCA, principal_components
    from model.image_space.picking import inside, nearest
    from model.image_space.portions import Portions, finished
    from model.image_space.samples import SAMPLE_SIZES, Sample, draw_sample
    from model.image_space.selecting import Selection, sum_up
    from model.image_space.spread import Stacks, spread, stacks

# What each module gives. A module is imported when something of it is asked for: the window needs
# little of this before somebody looks at the space.
_GIVES = {
    "axes": (
        "Axis", "AxisChoice", "component_axis", "difference_axis", "picture_axis", "pixel_axis",
        "score_axis",
    ),
    "inputs": ("SampleInputs", "gather", "project"),
    "nearness": ("Near", "nearest_rows", "place_in_map"),
    "pca": ("PCA", "principal_components"),
    "picking": ("inside", "nearest"),
    "portions": ("Portions", "finished"),
    "samples": ("SAMPLE_SIZES", "Sample", "draw_sample"),
    "selecting": ("Selection", "sum_up"),
    "spread": ("Stacks", "spread", "stacks"),
}  # fmt: skip
_FROM = {name: module for module, names in _GIVES.items() for name in names}


def __getattr__(name: str) -> object:
    if name not in _FROM:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_FROM[name]}"), name)


__all__ = [
    "PCA",
    "SAMPLE_SIZES",
    "Axis",
    "AxisChoice",
    "Near",
    "Portions",
    "Sample",
    "SampleInputs",
    "Selection",
    "Stacks",
    "component_axis",
    "difference_axis",
    "draw_sample",
    "finished",
    "gather",
    "inside",
    "nearest",
    "nearest_rows",
    "picture_axis",
    "pixel_axis",
    "place_in_map",
    "principal_components",
    "project",
    "score_axis",
    "spread",
    "stacks",
    "sum_up",
]
