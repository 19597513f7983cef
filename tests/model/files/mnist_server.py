"""Files to test with, and a server on 127.0.0.1 that delivers them well, badly or not at all."""

import struct
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

Answer = Callable[["_Handler"], None]


def idx(shape: tuple[int, ...], values: bytes, *, type_byte: int = 8) -> bytes:
    """An IDX file, put together from the description of the format."""
    return bytes([0, 0, type_byte, len(shape)]) + struct.pack(f">{len(shape)}I", *shape) + values


class MnistServer:
    """Serves what is in `answers`; a context manager that leaves no thread behind.

    Attributes
    ----------
    answers : dict of str to Answer
        What to do for each file name; anything else is not found.
    asked : list of str
        The file names that were asked for, in order.
    closing : threading.Event
        Set when the server closes, so that stalled answers end.
    """

    def __init__(self, bodies: Mapping[str, bytes] | None = None) -> None:
        self.answers: dict[str, Answer] = {
            name: whole(body) for name, body in (bodies or {}).items()
        }
        self.asked: list[str] = []
        self.closing = threading.Event()
        self._http = _Http(self)
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}/"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.closing.set()
        self._http.shutdown()
        self._thread.join()
        self._http.server_close()


class _Http(ThreadingHTTPServer):
    daemon_threads = False  # closing the server waits for its answers to end

    def __init__(self, mnist: MnistServer) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.mnist = mnist


class _Handler(BaseHTTPRequestHandler):
    server: _Http

    def do_GET(self) -> None:
        name = self.path.lstrip("/")
        self.mnist.asked.append(name)
        try:
            self.mnist.answers.get(name, status(404))(self)
        except ConnectionError:
            self.close_connection = True  # the client has had enough

    @property
    def mnist(self) -> MnistServer:
        return self.server.mnist

    def head(self, code: int = 200, **headers: object) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Keep the tests' output clean."""


def whole(body: bytes) -> Answer:
    """Deliver the file as a good server does."""

    def answer(handler: _Handler) -> None:
        handler.head(Content_Length=len(body))
        handler.wfile.write(body)

    return answer


def without_length(body: bytes) -> Answer:
    """Deliver the file without saying how long it is."""

    def answer(handler: _Handler) -> None:
        handler.head()
        handler.wfile.write(body)

    return answer


def declared_packed(body: bytes) -> Answer:
    """Deliver the .gz, but declare it as something for the client to unpack."""

    def answer(handler: _Handler) -> None:
        handler.head(Content_Length=len(body), Content_Encoding="gzip")
        handler.wfile.write(body)

    return answer


def status(code: int) -> Answer:
    """Answer with an error page."""

    def answer(handler: _Handler) -> None:
        handler.head(code, Content_Length=5)
        handler.wfile.write(b"sorry")

    return answer


def cut(body: bytes) -> Answer:
    """Announce the whole file, send half of it and hang up."""

    def answer(handler: _Handler) -> None:
        handler.head(Content_Length=len(body))
        handler.wfile.write(body[: len(body) // 2])

    return answer


def cut_without_length(body: bytes) -> Answer:
    """Send half of the file and hang up as if that were all."""
    return without_length(body[: len(body) // 2])


def hang_up(handler: _Handler) -> None:
    """Close the connection without a word."""
    handler.close_connection = True


def silent(handler: _Handler) -> None:
    """Accept the request, and never answer."""
    handler.mnist.closing.wait()


def stall(body: bytes) -> Answer:
    """Send half of the file, then nothing more."""

    def answer(handler: _Handler) -> None:
        handler.head(Content_Length=len(body))
        handler.wfile.write(body[: len(body) // 2])
        handler.mnist.closing.wait()

    return answer


def drip(body: bytes) -> Answer:
    """Send a byte now and then: never quite silent, never done."""

    def answer(handler: _Handler) -> None:
        handler.head(Content_Length=len(body))
        for i in range(len(body)):
            if handler.mnist.closing.wait(0.02):
                return
            handler.wfile.write(body[i : i + 1])

    return answer


def endless(handler: _Handler) -> None:
    """Send for ever."""
    handler.head()
    while not handler.mnist.closing.is_set():
        handler.wfile.write(b"\x1f\x8b" * 10_000)


def redirect(url: str) -> Answer:
    """Send the client elsewhere."""

    def answer(handler: _Handler) -> None:
        handler.head(302, Location=url, Content_Length=0)

    return answer


def redirect_endless(url: str) -> Answer:
    """Send the client elsewhere, with a page to read that never ends."""

    def answer(handler: _Handler) -> None:
        handler.head(302, Location=url)
        while not handler.mnist.closing.is_set():
            handler.wfile.write(b"moved " * 10_000)

    return answer


def with_length(body: bytes, length: int | str) -> Answer:
    """Announce some length, send the file and stay on the line."""

    def answer(handler: _Handler) -> None:
        handler.head(Content_Length=length)
        handler.wfile.write(body)
        handler.mnist.closing.wait()

    return answer


def nonsense_length(body: bytes) -> Answer:
    """Deliver the file with a length that is no number."""

    def answer(handler: _Handler) -> None:
        handler.head(Content_Length="plenty")
        handler.wfile.write(body)

    return answer


def nonsense(handler: _Handler) -> None:
    """Answer with something that is not HTTP."""
    handler.wfile.write(b"\0\1\2 hello\r\n\r\n")
    handler.close_connection = True
