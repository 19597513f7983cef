"""Clouds of points: where they are painted, in which colour and order, and what is picked."""

from __future__ import annotations

import math

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPolygonF

from gui.look.theme import CLASS_COLORS
from gui.panels.image_space.found.coloring import class_kind
from gui.plots.cloud.atlas import Atlas
from gui.plots.cloud.camera import Camera, by_depth, camera_for, following
from gui.plots.cloud.points import Cloud
from gui.plots.cloud.sprites import SHAPES, Kind

AREA = QRectF(40, 10, 300, 200)


def cloud_of(points: np.ndarray, square: bool = False, ratio: float = 1.0) -> Cloud:
    cloud = Cloud()
    cloud.set_points(points, square)
    cloud.set_area(AREA, ratio)
    return cloud


def painted(cloud: Cloud, ratio: float = 1.0) -> QImage:
    image = QImage(round(400 * ratio), round(240 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    cloud.draw(painter)
    painter.end()
    return image


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_points_lie_where_the_scale_puts_them(qapp: object, ratio: float) -> None:
    rng = np.random.default_rng(0)
    points = rng.normal(size=(50, 2)) * (3.0, 0.2)
    cloud = cloud_of(points, ratio=ratio)
    low, high = points.min(axis=0), points.max(axis=0)
    for x, y in points.tolist():
        across = 0.5 + 0.96 * (x - (low[0] + high[0]) / 2) / (high[0] - low[0])
        up = 0.5 + 0.96 * (y - (low[1] + high[1]) / 2) / (high[1] - low[1])
        place = cloud.place_of(np.array([x, y]))
        assert place.x() == pytest.approx(40 + 300 * across, abs=0.02)
        assert place.y() == pytest.approx(10 + 200 * (1 - up), abs=0.02)


def test_a_square_camera_has_one_scale_and_a_pixel_leads_back(qapp: object) -> None:
    camera = camera_for(np.array([[0.0, 0.0], [4.0, 1.0]]), square=True)
    across, up = camera.scales(300, 200)
    assert across == up
    camera = camera.closer(2.0, (0.2, -0.1)).moved(0.1, 0.05)
    places, near = camera.to_pixels(np.array([[3.0, 0.25]]), 300, 200)
    assert near is None
    found = camera.to_data(float(places[0, 0]), float(places[0, 1]), 300, 200)
    assert found == pytest.approx((3.0, 0.25), abs=1e-9)


def test_a_turned_cube_keeps_all_distances(qapp: object) -> None:
    points = np.random.default_rng(1).normal(size=(20, 3))
    camera = camera_for(points, square=True).turned(37.0, -25.0)
    matrix = camera.matrix()
    assert matrix @ matrix.T == pytest.approx(np.eye(3), abs=1e-12)
    assert camera.turned(360.0, 0.0).matrix() == pytest.approx(matrix, abs=1e-12)
    # Tilted as far as it goes, one looks from above.
    assert camera.turned(0.0, 500.0).tilt == 90.0


def test_depth_order_is_that_of_a_plain_sort(qapp: object) -> None:
    near = np.random.default_rng(2).normal(size=5_000).astype(np.float32)
    order = by_depth(near)
    step = float(near.max() - near.min()) / 65535
    assert sorted(order.tolist()) == list(range(5_000))
    for one, other in zip(order[:-1].tolist(), order[1:].tolist(), strict=True):
        assert near[one] <= near[other] + step


def test_a_camera_follows_what_grows_without_a_jump_and_without_losing_it(qapp: object) -> None:
    rng = np.random.default_rng(3)
    points = rng.normal(size=(100, 2))
    camera = camera_for(points * 1e-4, square=True)
    for frame in range(120):
        wanted = camera_for(points * 1e-4 * 1.2**frame, square=True)
        after = following(camera, wanted)
        assert after.extent[0] >= wanted.extent[0] / 1.31
        assert 1.0 <= after.extent[0] / camera.extent[0] <= 1.35
        camera = after


def test_what_is_picked_is_the_nearest_that_is_shown(qapp: object) -> None:
    rng = np.random.default_rng(4)
    points = rng.normal(size=(400, 2)).astype(np.float32)
    cloud = cloud_of(points)
    shown = rng.random(400) < 0.5
    cloud.set_shown(shown)
    for x, y in rng.uniform((40, 10), (340, 210), size=(60, 2)).tolist():
        away = [
            math.dist((x, y), cloud.place_of(point).toTuple()) if seen else math.inf
            for point, seen in zip(points, shown.tolist(), strict=True)
        ]
        nearest = int(np.argmin(away))
        found = cloud.at(QPointF(x, y))
        if found is None:
            assert away[nearest] > 7.9
        else:
            assert away[found] == pytest.approx(away[nearest], abs=0.01)


def test_a_loop_goes_around_what_a_plain_rule_says(qapp: object) -> None:
    rng = np.random.default_rng(5)
    points = rng.normal(size=(300, 2)).astype(np.float32)
    cloud = cloud_of(points)
    corners = [(100, 40), (260, 60), (180, 90), (280, 190), (90, 170), (150, 110)]
    inside = cloud.inside(QPolygonF([QPointF(*corner) for corner in corners]))
    for point, found in zip(points, inside.tolist(), strict=True):
        x, y = cloud.place_of(point).toTuple()
        odd = False
        for (x0, y0), (x1, y1) in zip(corners, corners[1:] + corners[:1], strict=True):
            if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
                odd = not odd
        assert odd == found


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_each_point_has_the_colour_of_its_kind(qapp: object, ratio: float) -> None:
    points = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
    cloud = cloud_of(points, ratio=ratio)
    cloud.set_kinds([Kind(color) for color in CLASS_COLORS], np.array([0, 3, 5, 9], np.uint8))
    cloud.set_shown(np.array([True, True, True, False]))
    image = painted(cloud, ratio)
    for point, number in zip(points, (0, 3, 5, None), strict=True):
        place = cloud.place_of(point) * ratio
        found = image.pixelColor(int(place.x()), int(place.y())).name()
        assert found == ("#ffffff" if number is None else CLASS_COLORS[number])


def test_more_classes_than_colours_come_with_another_mark(qapp: object) -> None:
    kinds = [class_kind(number) for number in range(60)]
    assert len(set(kinds)) == 60
    assert kinds[13].color == kinds[3].color
    assert {kind.shape for kind in kinds} == set(SHAPES)


def test_what_is_not_selected_is_pale(qapp: object) -> None:
    points = np.array([[0.0, 0.0], [1.0, 1.0]])
    cloud = cloud_of(points)
    cloud.set_kinds([Kind("#000000")], np.zeros(2, np.uint8))
    cloud.set_selected(np.array([True, False]))
    image = painted(cloud)
    dark, pale = (image.pixelColor(cloud.place_of(point).toPoint()).lightness() for point in points)
    assert dark == 0
    assert 150 < pale < 255


def test_images_are_marks_where_there_is_room(qapp: object) -> None:
    # A far one, and two on nearly one spot: of those the first is an image, the other a dot.
    points = np.array([[0.3, 0.3], [0.7, 0.7], [0.7, 0.699], [0.0, 0.0], [1.0, 1.0]])
    cloud = cloud_of(points)
    cloud.set_kinds([Kind("#ff0000"), Kind("#0000ff"), Kind("#00ff00")],
                    np.array([0, 1, 2, 2, 2], np.uint8))  # fmt: skip
    images = np.zeros((5, 8, 8))
    images[:, :4] = 1.0
    cloud.set_atlas(Atlas(images, 16))
    image = painted(cloud)
    for row, color in ((0, "#ff0000"), (1, "#0000ff")):
        middle = cloud.place_of(points[row]).toPoint()
        # Ink above the middle, in the colour of the kind, and the ground below it.
        assert image.pixelColor(middle.x() + 5, middle.y() - 5).name() == color
        assert image.pixelColor(middle.x() + 5, middle.y() + 6).name() == "#ffffff"


def test_an_image_of_any_size_becomes_a_mark_of_one(qapp: object) -> None:
    rng = np.random.default_rng(6)
    for side in (5, 8, 28, 31):
        image = np.repeat(np.repeat(rng.integers(0, 2, (7, 7)), 4, 0), 4, 1).astype(float)
        atlas = Atlas(image[None], side)
        atlas.paint(["#000000"], np.zeros(1, np.uint8))
        picture = atlas.picture.toImage()
        assert (picture.width(), picture.height()) == (side, side)
        ink = [[picture.pixelColor(c, r).alphaF() for c in range(side)] for r in range(side)]
        # Thin ink is made stronger, so more of it is seen, not less.
        assert np.mean(ink) >= image.mean() - 0.02


def test_a_camera_stays_within_sight_of_the_points(qapp: object) -> None:
    camera = Camera()
    for _ in range(100):
        camera = camera.closer(1.25)
    assert camera.zoom == 400.0
    for _ in range(200):
        camera = camera.closer(0.8).moved(3.0, -3.0)
    assert camera.zoom == 0.2
    assert max(map(abs, camera.shift)) <= 2.0
