"""Pictures of a digit as people take them: on many kinds of paper, in many kinds of light.

A picture here is lightness, 0 (black) to 1 (white), (h, w), in the 256 levels that files have.
Everything is drawn from a digit of 28 x 28 pixels and a random generator, so that a kind and a
seed always give the same picture.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from model.network import Floats

Rng = np.random.Generator
Paper = Callable[[Floats, Rng], Floats]

# Luminance table of the JPEG standard (ITU-T T.81, annex K), as good as quality 50.
_JPEG_TABLE = np.array(
    [
        [16, 11, 10, 16, 24, 40, 51, 61],
        [12, 12, 14, 19, 26, 58, 60, 55],
        [14, 13, 16, 24, 40, 57, 69, 56],
        [14, 17, 22, 29, 51, 87, 80, 62],
        [18, 22, 37, 56, 68, 109, 103, 77],
        [24, 35, 55, 64, 81, 104, 113, 92],
        [49, 64, 78, 87, 103, 121, 120, 101],
        [72, 92, 95, 98, 112, 100, 103, 99],
    ],
    dtype=np.float64,
)


@dataclass(frozen=True)
class Kind:
    """A kind of picture.

    paper : from the cover of ink (h, w), 0 to 1, and a generator to lightness (h, w)
    size : rows and columns of the picture as a multiple of the size that is asked for
    height : how much of the picture's height the digit takes
    weight : how much thicker (> 0) or thinner (< 0) than MNIST's the strokes are, in its pixels
    turn : degrees by which the digit leans, drawn anew from -turn to turn
    off : how far from the middle the digit may lie, as a part of the free way to the edge
    """

    paper: Paper
    size: float = 1.0
    height: float = 0.4
    weight: float = 0.0
    turn: float = 0.0
    off: float = 0.15


def photograph(digit: Floats, kind: Kind, size: int, seed: int) -> Floats:
    """A picture of a digit (28, 28), lightness (size, size) times the kind's own size."""
    rng = np.random.default_rng(seed)
    side = round(size * kind.size)
    height = kind.height * side
    free = max(0.0, (1 - kind.height * 1.1) / 2) * side * kind.off
    middle = side / 2 + rng.uniform(-free, free, 2)
    turn = np.deg2rad(rng.uniform(-kind.turn, kind.turn))
    ink = cover(digit, (side, side), (middle[0], middle[1]), height, kind.weight, turn)
    return levels(kind.paper(ink, rng))


def cover(
    digit: Floats,
    size: tuple[int, int],
    middle: tuple[float, float],
    height: float,
    weight: float = 0.0,
    turn: float = 0.0,
) -> Floats:
    """How much of each pixel of a large sheet the digit's ink covers, with sharp smooth edges."""
    rows = np.flatnonzero(digit.any(axis=1))
    columns = np.flatnonzero(digit.any(axis=0))
    scale = (rows[-1] + 1 - rows[0]) / height  # pixels of the digit to one of the sheet
    at = (rows[0] + rows[-1]) / 2, (columns[0] + columns[-1]) / 2
    down = (np.arange(size[0]) - middle[0])[:, None] * scale
    right = (np.arange(size[1]) - middle[1])[None, :] * scale
    # Upright, the rows and columns of the sheet are those of the digit: one number for each.
    row, column = at[0] + down, at[1] + right
    if turn:
        row = at[0] + down * np.cos(turn) - right * np.sin(turn)
        column = at[1] + down * np.sin(turn) + right * np.cos(turn)
    fine = _finer(digit)
    values = _sampled(fine, (row + 8) * 4 + 1.5, (column + 8) * 4 + 1.5)
    # The level that is the stroke's edge moves by about a sixth for a quarter of a pixel.
    edge = float(np.clip(0.45 - 0.5 * weight, 0.12, 0.8))
    sharpness = 0.5 / max(scale * 0.35, 0.02)
    covered: Floats = np.clip((values - edge) * sharpness + 0.5, 0, 1)
    return covered


def levels(light: Floats) -> Floats:
    """Lightness as a file has it: one of 256 levels."""
    rounded: Floats = np.round(np.clip(light, 0, 1) * 255) / 255
    return rounded


def blurred(values: Floats, radius: float) -> Floats:
    """The values seen out of focus; three box filters make nearly a Gaussian."""
    width = max(1, round(radius)) * 2 + 1
    for axis in (0, 1):
        for _ in range(3):
            pad = [(0, 0), (0, 0)]
            pad[axis] = (width // 2 + 1, width // 2)
            sums = np.cumsum(np.pad(values, pad, mode="edge"), axis=axis)
            ends = np.take(sums, np.arange(width, sums.shape[axis]), axis=axis)
            starts = np.take(sums, np.arange(sums.shape[axis] - width), axis=axis)
            values = (ends - starts) / width
    return values


def jpeg(light: Floats, coarseness: float = 1.0) -> Floats:
    """The picture after JPEG: blocks of 8 x 8 by their rounded cosines; 1 is quality 50."""
    height, width = light.shape
    padded = np.pad(light, ((0, -height % 8), (0, -width % 8)), mode="edge") * 255 - 128
    blocks = padded.reshape(padded.shape[0] // 8, 8, padded.shape[1] // 8, 8).transpose(0, 2, 1, 3)
    k, n = np.mgrid[:8, :8]
    cosines = np.cos((2 * n + 1) * k * np.pi / 16) / 2
    cosines[0] /= np.sqrt(2)
    table = np.maximum(1, _JPEG_TABLE * coarseness)
    rounded = np.round(cosines @ blocks @ cosines.T / table) * table
    back = (cosines.T @ rounded @ cosines).transpose(0, 2, 1, 3).reshape(padded.shape)
    return levels((back[:height, :width] + 128) / 255)


def grain(light: Floats, rng: Rng, deviation: float = 4.0) -> Floats:
    """The picture with noise of that many of 255 levels."""
    noisy: Floats = light + rng.normal(0, deviation / 255, light.shape)
    return noisy


def inked(paper: Floats | float, ink: Floats, dark: Floats | float) -> Floats:
    """Paper where there is no ink, ``dark`` where it covers."""
    mixed: Floats = paper * (1 - ink) + dark * ink
    return mixed


def waves(size: tuple[int, ...], rng: Rng, count: int, finest: float) -> Floats:
    """A smooth random surface from -1 to 1, its finest wave ``finest`` of the side long."""
    row, column = (axis / max(size) for axis in np.mgrid[: size[0], : size[1]])
    surface = np.zeros((size[0], size[1]))
    for _ in range(count):
        length = finest * rng.uniform(1, 3)
        angle, phase = rng.uniform(0, 2 * np.pi, 2)
        along = row * np.sin(angle) + column * np.cos(angle)
        surface += np.sin(2 * np.pi * along / length + phase)
    scaled: Floats = surface / np.abs(surface).max()
    return scaled


def _finer(digit: Floats) -> Floats:
    """The digit on a grid four times as fine, with a margin, without the steps of its pixels."""
    fine = np.asarray(np.kron(np.pad(digit, 8), np.ones((4, 4))), dtype=np.float64)
    return blurred(fine, 1)


def _sampled(values: Floats, row: Floats, column: Floats) -> Floats:
    """Values at places between the pixels; what lies outside is as the edge."""
    row = np.clip(row, 0, values.shape[0] - 1.001)
    column = np.clip(column, 0, values.shape[1] - 1.001)
    top, left = row.astype(np.intp), column.astype(np.intp)
    down, right = row - top, column - left
    upper = values[top, left] * (1 - right) + values[top, left + 1] * right
    lower = values[top + 1, left] * (1 - right) + values[top + 1, left + 1] * right
    mixed: Floats = upper * (1 - down) + lower * down
    return mixed


# -- the kinds ------------------------------------------------------------------------------


def _clean(ink: Floats, _: Rng) -> Floats:
    return inked(1.0, ink, 0.0)


def _dark_on_grey(ink: Floats, rng: Rng) -> Floats:
    return jpeg(grain(inked(0.5, ink, 0.12), rng))


def _white_on_black(ink: Floats, _: Rng) -> Floats:
    return inked(0.0, ink, 1.0)


def _pencil(ink: Floats, rng: Rng) -> Floats:
    """Faint, and rubbed off where the paper is deep."""
    tooth = np.clip(0.75 + 0.5 * rng.normal(0, 0.6, ink.shape), 0, 1)
    return jpeg(grain(inked(0.82, ink * blurred(tooth, 1), 0.5), rng, 5), 0.5)


def _faint(ink: Floats, rng: Rng) -> Floats:
    return jpeg(grain(inked(0.8, ink, 0.66), rng, 4), 0.5)


def _ballpoint(ink: Floats, rng: Rng) -> Floats:
    """Blue, so that a third of its light is left; uneven pressure."""
    pressure = 0.75 + 0.25 * waves(ink.shape, rng, 5, 0.08)
    return jpeg(grain(inked(0.9, ink * pressure, 0.3), rng, 3), 0.4)


def _chalk(ink: Floats, rng: Rng) -> Floats:
    """On a board that was wiped, with the board's grain in the strokes."""
    board = 0.24 + 0.05 * waves(ink.shape, rng, 8, 0.3)
    grit = np.clip(rng.normal(0.85, 0.25, ink.shape), 0, 1)
    return jpeg(grain(inked(board, ink * blurred(grit, 1), 0.9), rng, 4), 0.5)


def _whiteboard(ink: Floats, rng: Rng) -> Floats:
    """A lamp's reflection on it."""
    row, column = (axis / len(ink) for axis in np.mgrid[: len(ink), : ink.shape[1]])
    lamp = np.exp(-(((row - 0.2) / 0.12) ** 2) - ((column - rng.uniform(0.2, 0.8)) / 0.2) ** 2)
    return grain(np.clip(inked(0.72, ink, 0.2) + 0.4 * lamp, 0, 1), rng, 3)


def _vignette(ink: Floats, rng: Rng) -> Floats:
    row, column = (axis / len(ink) - 0.5 for axis in np.mgrid[: len(ink), : ink.shape[1]])
    return jpeg(grain(inked(1.0, ink, 0.1) * (1 - 0.9 * (row**2 + column**2)), rng, 2), 0.4)


def _falling_light(ink: Floats, rng: Rng) -> Floats:
    across = np.linspace(1.0, 0.55, ink.shape[1])
    light = across if rng.random() < 0.5 else across[::-1, None]
    return grain(inked(0.95, ink, 0.1) * light, rng, 3)


def _hand_shadow(ink: Floats, rng: Rng) -> Floats:
    """A sharp edge anywhere across the sheet, over the digit too, at any angle."""
    row, column = (axis / len(ink) - 0.5 for axis in np.mgrid[: len(ink), : ink.shape[1]])
    angle = rng.uniform(0, 2 * np.pi)
    side = row * np.sin(angle) + column * np.cos(angle) - rng.uniform(-0.2, 0.3)
    shade = 1 - 0.4 * np.clip(side * len(ink) / 3 + 0.5, 0, 1)
    return jpeg(grain(inked(0.92, ink, 0.08) * shade, rng, 3), 0.5)


def _fingers(ink: Floats, rng: Rng) -> Floats:
    """Soft shadows of three fingers that reach in from an edge."""
    row, column = (axis / len(ink) for axis in np.mgrid[: len(ink), : ink.shape[1]])
    shade = np.zeros(ink.shape)
    for _ in range(3):
        at, tip, lean = rng.uniform(0.1, 0.9), rng.uniform(0.4, 0.8), rng.uniform(-0.3, 0.3)
        aside = np.abs(column - at - lean * row)
        shade = np.maximum(shade, ((aside < 0.06) & (row > tip)).astype(np.float64))
    shade = blurred(shade, len(ink) / 60)
    return grain(inked(0.92, ink, 0.08) * (1 - 0.4 * shade), rng, 3)


def _ruled(ink: Floats, rng: Rng, dark: float = 0.68, squared: bool = False) -> Floats:
    """Lines from edge to edge, an eighth of the side apart or half of it for squares."""
    step = len(ink) / (12 if squared else 8)
    thick = max(1.0, len(ink) / 300)
    lean = rng.uniform(-0.03, 0.03)
    row, column = np.mgrid[: len(ink), : ink.shape[1]].astype(np.float64)
    row, column = row + lean * column, column - lean * row
    lines = np.clip(thick - np.abs((row + rng.uniform(0, step)) % step - step / 2), 0, 1)
    if squared:
        offset = rng.uniform(0, step)
        lines = np.maximum(
            lines, np.clip(thick - np.abs((column + offset) % step - step / 2), 0, 1)
        )
    paper = inked(0.97, lines, dark)
    return inked(paper, ink, 0.08)


def _lined(ink: Floats, rng: Rng) -> Floats:
    return jpeg(grain(_ruled(ink, rng), rng, 2), 0.4)


def _squared(ink: Floats, rng: Rng) -> Floats:
    return jpeg(grain(_ruled(ink, rng, squared=True), rng, 2), 0.4)


def _dark_lines(ink: Floats, rng: Rng) -> Floats:
    return jpeg(grain(_ruled(ink, rng, dark=0.4), rng, 2), 0.4)


def _dark_squares(ink: Floats, rng: Rng) -> Floats:
    return jpeg(grain(_ruled(ink, rng, dark=0.45, squared=True), rng, 2), 0.4)


def _lined_and_shadowed(ink: Floats, rng: Rng) -> Floats:
    shade = _hand_shadow(np.zeros(ink.shape), rng) / 0.92
    return jpeg(_ruled(ink, rng) * shade, 0.4)


def _pencil_on_squares(ink: Floats, rng: Rng) -> Floats:
    lines = _ruled(np.zeros(ink.shape), rng, dark=0.78, squared=True)
    return jpeg(grain(inked(lines, ink, 0.45), rng, 3), 0.4)


def _margin_line(ink: Floats, rng: Rng) -> Floats:
    """A red line down the left side of a lined page."""
    paper = _ruled(np.zeros(ink.shape), rng)
    column = np.arange(ink.shape[1])
    line = np.clip(len(ink) / 200 - np.abs(column - 0.2 * ink.shape[1]), 0, 1)
    return jpeg(grain(inked(inked(paper, line, 0.5), ink, 0.1), rng, 2), 0.4)


def _sheet(ink: Floats, rng: Rng, edges: tuple[float, ...], desk: Floats | float) -> Floats:
    """A sheet on a darker desk: how much of the desk shows left, right, above and below."""
    row, column = (axis / len(ink) for axis in np.mgrid[: len(ink), : ink.shape[1]])
    lean = rng.uniform(-0.04, 0.04)
    row, column = row + lean * (column - 0.5), column - lean * (row - 0.5)
    soft = len(ink) / 1.5
    inside = np.minimum.reduce(
        [column - edges[0], 1 - edges[1] - column, row - edges[2], 1 - edges[3] - row]
    )
    on_sheet = np.clip(inside * soft + 0.5, 0, 1)
    light = inked(desk, on_sheet, 0.95)
    return inked(light, ink * on_sheet, 0.08)


def _table(ink: Floats, rng: Rng) -> Floats:
    edges = tuple(rng.uniform(0.03, 0.15, 4))
    return jpeg(grain(_sheet(ink, rng, edges, rng.uniform(0.1, 0.4)), rng, 2), 0.4)


def _table_one_side(ink: Floats, rng: Rng) -> Floats:
    """The desk shows on one or two sides, near the digit."""
    edges = np.where(rng.permutation(4) < 2, rng.uniform(0.04, 0.24, 4), -0.2)
    return jpeg(grain(_sheet(ink, rng, tuple(edges), 0.25), rng, 2), 0.4)


def _wood(ink: Floats, rng: Rng) -> Floats:
    """A desk with dark grain."""
    row = np.mgrid[: len(ink), : ink.shape[1]][0] / len(ink)
    veins = np.sin(40 * row + 3 * waves(ink.shape, rng, 6, 0.4)) ** 8
    edges = tuple(rng.uniform(0.06, 0.2, 4))
    return jpeg(grain(_sheet(ink, rng, edges, 0.45 - 0.2 * veins), rng, 3), 0.4)


def _speck(ink: Floats, rng: Rng) -> Floats:
    light = inked(1.0, ink, 0.0)
    top, left = (rng.random(2) * (len(ink) * 0.1)).astype(int) + 4
    light[top : top + 6, left : left + 6] = 0.0
    return light


def _specks(ink: Floats, rng: Rng) -> Floats:
    """Dust and crumbs everywhere."""
    light = inked(0.95, ink, 0.05)
    for _ in range(40):
        top, left = (rng.random(2) * (len(ink) - 6)).astype(int)
        side = rng.integers(1, max(2, len(ink) // 90) + 1)
        light[top : top + side, left : left + side] = rng.uniform(0.1, 0.5)
    return jpeg(grain(light, rng, 2), 0.4)


def _crumpled(ink: Floats, rng: Rng) -> Floats:
    """Facets, each at its own angle to the light, with creases between them."""
    row, column = np.mgrid[: len(ink), : ink.shape[1]] / len(ink)
    points = rng.random((25, 2))
    distances = np.stack([np.hypot(row - a, column - b) for a, b in points])
    nearest = distances.argmin(axis=0)
    tilts = rng.normal(0, 1, (25, 2))
    shade = 0.06 * rng.normal(0, 1, 25)[nearest] + 0.5 * (
        tilts[nearest, 0] * (row - points[nearest, 0])
        + tilts[nearest, 1] * (column - points[nearest, 1])
    )
    light = 0.84 + np.clip(blurred(shade, len(ink) / 150), -0.2, 0.14)
    return jpeg(grain(light * inked(1.0, ink, 0.12), rng, 3), 0.5)


def _out_of_focus(ink: Floats, rng: Rng) -> Floats:
    return grain(blurred(inked(0.85, ink, 0.15), len(ink) / 120), rng, 3)


def _blocks(ink: Floats, rng: Rng) -> Floats:
    return jpeg(grain(inked(0.85, ink, 0.15), rng, 6), 3.0)


def _pressure(ink: Floats, rng: Rng) -> Floats:
    """From full to a third of its darkness along the stroke."""
    pressure = 0.66 + 0.34 * waves(ink.shape, rng, 4, 0.25)
    return grain(inked(0.92, ink * pressure, 0.1), rng, 3)


def _colour_noise(ink: Floats, rng: Rng) -> Floats:
    """Taken in poor light: coarse noise, softened by the telephone."""
    noise = blurred(rng.normal(0, 0.25, ink.shape), 1)
    return jpeg(inked(0.55, ink, 0.2) + noise * 0.6, 0.6)


def _printed_behind(ink: Floats, rng: Rng) -> Floats:
    """Writing on the back shines through."""
    back = (waves(ink.shape, rng, 12, 0.05) > 0.45).astype(np.float64)
    return jpeg(grain(inked(inked(0.92, blurred(back, 2), 0.85), ink, 0.1), rng, 2), 0.4)


def _pencil_on_crumpled(ink: Floats, rng: Rng) -> Floats:
    return jpeg(_crumpled(np.zeros(ink.shape), rng) * inked(1.0, ink, 0.6), 0.4)


def _bent_page(ink: Floats, rng: Rng) -> Floats:
    """A lined page that bulges, as near the fold of an exercise book."""
    row, column = np.mgrid[: len(ink), : ink.shape[1]] / len(ink)
    bulge = rng.uniform(0.02, 0.05) * np.cos(3 * (column - rng.uniform(0, 1)))
    lines = np.clip(0.5 - np.abs(((row + bulge) * 9) % 1 - 0.5) * len(ink) / 9 + 0.5, 0, 1)
    shade = 1 - 0.35 * np.clip(1 - column / 0.3, 0, 1) ** 2
    return jpeg(grain(inked(inked(0.95, lines, 0.62), ink, 0.1) * shade, rng, 2), 0.4)


def _squares_on_board(ink: Floats, rng: Rng) -> Floats:
    lines = _ruled(np.zeros(ink.shape), rng, dark=0.6, squared=True)
    return jpeg(grain(1.2 - inked(lines, ink, 0.3) + 0.02, rng, 3), 0.4)


def _small_note(ink: Floats, rng: Rng) -> Floats:
    """A note of half the picture's width on a desk."""
    edges = tuple(rng.uniform(0.18, 0.24, 4))
    return jpeg(grain(_sheet(ink, rng, edges, 0.3), rng, 2), 0.4)


def _light_desk(ink: Floats, rng: Rng) -> Floats:
    """The desk is lighter than the sheet, which throws a thin shadow."""
    edges = tuple(rng.uniform(0.05, 0.15, 4))
    light = 1.03 - 0.6 * _sheet(np.zeros(ink.shape), rng, edges, 0.1)
    return jpeg(grain(light * inked(1.0, ink, 0.2), rng, 2), 0.4)


def _all_at_once(ink: Floats, rng: Rng) -> Floats:
    """Ruled, shadowed, on a desk, dusty, taken in haste."""
    light = _ruled(ink, rng) * _fingers(np.zeros(ink.shape), rng) / 0.92
    edges = tuple(rng.uniform(0.03, 0.12, 4))
    on_sheet = _sheet(np.zeros(ink.shape), rng, edges, 0.2)
    return jpeg(grain(blurred(light * on_sheet, len(ink) / 400), rng, 4), 0.8)


KINDS: dict[str, Kind] = {
    "clean": Kind(_clean),
    "white on black": Kind(_white_on_black),
    "dark on grey, grain, JPEG": Kind(_dark_on_grey),
    "low contrast": Kind(_faint),
    "pencil": Kind(_pencil),
    "blue ballpoint": Kind(_ballpoint, weight=-0.2),
    "chalk on a board": Kind(_chalk, height=0.5),
    "whiteboard with a lamp": Kind(_whiteboard),
    "vignette": Kind(_vignette, off=0.5),
    "light from 100 to 55 %": Kind(_falling_light, off=0.5),
    "hand's shadow": Kind(_hand_shadow),
    "shadows of fingers": Kind(_fingers),
    "ruled": Kind(_lined),
    "squared": Kind(_squared),
    "dark ruling": Kind(_dark_lines),
    "dark squares": Kind(_dark_squares),
    "ruled and shadowed": Kind(_lined_and_shadowed),
    "pencil on squares": Kind(_pencil_on_squares),
    "margin line": Kind(_margin_line, off=0.1),
    "table's edge": Kind(_table, off=0.3),
    "table on one side": Kind(_table_one_side, height=0.3, off=0.1),
    "wooden table": Kind(_wood, off=0.2),
    "one speck": Kind(_speck, height=0.3),
    "crumbs": Kind(_specks),
    "crumpled": Kind(_crumpled),
    "out of focus": Kind(_out_of_focus),
    "coarse JPEG": Kind(_blocks),
    "uneven pressure": Kind(_pressure),
    "poor light": Kind(_colour_noise),
    "shining through": Kind(_printed_behind),
    "pencil on crumpled paper": Kind(_pencil_on_crumpled),
    "bent ruled page": Kind(_bent_page, height=0.35),
    "squares on a board": Kind(_squares_on_board),
    "small note on a desk": Kind(_small_note, height=0.28),
    "desk lighter than the sheet": Kind(_light_desk),
    "all at once": Kind(_all_at_once),
    "thin pen": Kind(_dark_on_grey, weight=-0.5, height=0.5),
    "thick marker": Kind(_dark_on_grey, weight=0.6),
    "fills the frame": Kind(_dark_on_grey, height=0.92),
    "small on a big sheet": Kind(_dark_on_grey, height=0.1, off=0.9),
    "leaning": Kind(_vignette, turn=8),
    "few pixels": Kind(_dark_on_grey, size=0.16, height=0.6),
    "many pixels": Kind(_vignette, size=3.0),
}
