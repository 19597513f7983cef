"""What there is to open a window on, with sockets that answer or do not."""

from __future__ import annotations

import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from gui.display import UnknownPlatform, display_reachable
from tests.test_command_line import one_line, weightbench

pytestmark = pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="there is always a display here"
)


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR"
    ):  # fmt: skip
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def runtime_folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    # The name of a socket must be short, which that of a test's own folder is not.
    with tempfile.TemporaryDirectory(prefix="wb-") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        yield Path(folder)


@pytest.fixture
def wayland(runtime_folder: Path) -> Iterator[Path]:
    """A socket where Wayland's usually is."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(runtime_folder / "wayland-0"))
        server.listen()
        yield runtime_folder / "wayland-0"


@pytest.fixture
def x_number() -> Iterator[int]:
    """The number of a display on this computer that answers on the network."""
    for number in range(500, 5000):
        with socket.socket() as server:
            try:
                server.bind(("127.0.0.1", 6000 + number))
            except OSError:
                continue
            server.listen()
            yield number
            return
    pytest.skip("no port is free")


@pytest.mark.parametrize("platform", [None, "xcb", "wayland", "wayland-egl", "wayland;xcb"])
def test_without_any_server_there_is_no_display(
    monkeypatch: pytest.MonkeyPatch, runtime_folder: Path, platform: str | None
) -> None:
    if platform is not None:
        monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    assert not display_reachable()


def test_a_wayland_server_is_found(monkeypatch: pytest.MonkeyPatch, wayland: Path) -> None:
    # Nothing says that Qt will look for it.
    assert not display_reachable()
    for name in ("wayland-0", str(wayland)):
        monkeypatch.setenv("WAYLAND_DISPLAY", name)
        assert display_reachable()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
    assert not display_reachable()
    monkeypatch.delenv("WAYLAND_DISPLAY")
    monkeypatch.setenv("QT_QPA_PLATFORM", "wayland")
    assert display_reachable()
    monkeypatch.delenv("XDG_RUNTIME_DIR")
    assert not display_reachable()


@pytest.mark.parametrize("display", ["localhost:{}", "127.0.0.1:{}.0", "tcp/localhost:{}.1"])
def test_an_x_server_is_found(monkeypatch: pytest.MonkeyPatch, x_number: int, display: str) -> None:
    monkeypatch.setenv("DISPLAY", display.format(x_number))
    for platform in ("", "xcb", "XCB", "xcb:fonts=x:y", "wayland;xcb", "nonsense;xcb", ";xcb;"):
        monkeypatch.setenv("QT_QPA_PLATFORM", platform)
        assert display_reachable(), platform
    monkeypatch.setenv("QT_QPA_PLATFORM", "wayland")
    assert not display_reachable()


@pytest.mark.parametrize(
    "display",
    [
        "localhost:99999", "localhost:59536", "localhost:" + "9" * 5000, ":" + "9" * 5000,
        "localhost:٣", "x" * 70 + ":0", "..:0", "[::1]:4711", "::1:4711", ":", "nonsense",
        "unix/localhost:4711", "localhost:-1", "\n:0", "localhost:0:x",
    ],
)  # fmt: skip
def test_a_display_that_cannot_be_is_none(monkeypatch: pytest.MonkeyPatch, display: str) -> None:
    monkeypatch.setenv("DISPLAY", display)
    assert not display_reachable()


@pytest.mark.parametrize(
    "platform",
    ["offscreen", "Offscreen", "offscreen:x=y", "minimal", "vnc:size=800x600", "linuxfb", "eglfs",
     "minimalegl", "vkkhrdisplay", "xcb;offscreen", "wayland;;xcb;offscreen"],
)  # fmt: skip
def test_some_platforms_need_no_server(monkeypatch: pytest.MonkeyPatch, platform: str) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    assert display_reachable()


@pytest.mark.parametrize(
    ("platform", "named"),
    [("nonsense", "'nonsense'"), ("xcb;nonsense:x", "'nonsense'"), (" offscreen", "' offscreen'"),
     (";", "';'"), (":", "':'"), ("cocoa", "'cocoa'")],
)  # fmt: skip
def test_a_platform_that_qt_does_not_know_is_named(
    monkeypatch: pytest.MonkeyPatch, platform: str, named: str
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    with pytest.raises(UnknownPlatform, match="QT_QPA_PLATFORM") as caught:
        display_reachable()
    assert named in str(caught.value)


@pytest.mark.parametrize(
    "environment",
    [
        {"QT_QPA_PLATFORM": "xcb"},
        {"QT_QPA_PLATFORM": "wayland"},
        {"QT_QPA_PLATFORM": "wayland;xcb:x", "DISPLAY": ":4711"},
        {"DISPLAY": "localhost:99999"},
    ],
)
def test_the_command_prints_the_trace_where_qt_would_abort(environment: dict[str, str]) -> None:
    result = weightbench("Several outputs", environment=environment)
    assert (result.returncode, result.stderr) == (0, "")
    assert "--screenshot" in result.stdout


def test_the_command_refuses_a_platform_that_is_none() -> None:
    result = weightbench("Several outputs", environment={"QT_QPA_PLATFORM": "nonsense"})
    assert "'nonsense'" in one_line(result)
