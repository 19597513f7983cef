"""The space of images: an axis for each pixel, and ways to look at it. Pure NumPy."""

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
