"""Download the four files of MNIST from public mirrors, and keep only what is the published file.

The network is read by a thread of its own (`_Transfer`) which hands over what arrives; the
caller's thread does everything else. So however long a server stays silent, the caller can give
up or cancel at once, and a transfer that was given up has no file it could still write to.
"""

import errno
import hashlib
import queue
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from model.door import say
from model.errors import DigitsError
from model.files.idx import open_unpacked
from model.files.mnist import find_file
from model.files.survey.published import PUBLISHED_FILES, PublishedFile

if TYPE_CHECKING:
    from requests import Response

MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
    "https://raw.githubusercontent.com/fgnt/mnist/master/",
)


Progress = Callable[[int, int | None, str], object]
Cancelled = Callable[[], bool]

_PACKED_CHUNK = 2**14
_UNPACKED_CHUNK = 2**20
_POLL_SECONDS = 0.1
_CHUNKS_IN_HAND = 16
_PART_PREFIX = ".part-"
_SECONDS_TO_LIVE = 24 * 3600.0
# More digits than any length has that could be meant.
_MAX_DIGITS = 20


class DownloadCancelled(Exception):
    """The user cancelled the download."""


class _MirrorFault(Exception):
    """One mirror did not deliver one file; the message completes "the mirror ..."."""


class _MirrorUnreachable(_MirrorFault):
    """There was no answer at all, as if there were no network."""


def download_mnist(
    folder: Path,
    *,
    mirrors: Sequence[str] = MIRRORS,
    files: Mapping[str, PublishedFile] = PUBLISHED_FILES,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
    timeout: float = 15.0,
) -> None:
    """Download the files of MNIST that a folder lacks.

    A file is kept only if its unpacked content has the published SHA-256; until then it lies in a
    temporary folder beside its place, which is removed whatever happens. If the process is killed
    it stays, and goes with the first download a day later. Files that are there already with the
    right content are not downloaded again.

    Parameters
    ----------
    folder : Path
        Where the files are to be, as NAME.gz; it is made if need be.
    mirrors : sequence of str
        Addresses of folders that have the files, each ending in "/", tried in turn.
    files : mapping of str to PublishedFile
        The files to have, by their names without .gz.
    progress : callable, optional
        Called in this thread with the bytes of the current file received so far, its size in
        bytes or None if the server did not tell, and its name, whenever some have arrived. The
        size is never more than the file can have.
    cancelled : callable, optional
        Asked at least ten times a second, in this thread, whether to give up.
    timeout : float
        Seconds without data after which a mirror is given up.

    Raises
    ------
    DownloadCancelled
        As soon as `cancelled` returns True; files that were complete by then stay.
    DigitsError
        If no mirror delivers a file, or the folder cannot take it.
    """
    download = _Download(folder, list(mirrors), progress, cancelled or _never, timeout)
    try:
        _sweep(folder)
        for name, published in files.items():
            if not download.is_there(name, published):
                download.fetch(name, published)
    except OSError as error:
        # Only the disk can raise this here: what the network raises ends in `_Transfer`.
        raise DigitsError(_disk_fault(folder, error)) from error


@dataclass
class _Download:
    """Where files go, where they come from, and who is told; mirrors that failed come last."""

    folder: Path
    mirrors: list[str]
    progress: Progress | None
    cancelled: Cancelled
    timeout: float

    def is_there(self, name: str, published: PublishedFile) -> bool:
        """Tell whether the file that a reader would take is there and as published."""
        path = find_file(self.folder, name)
        return path is not None and self._is_published(path, published)

    def fetch(self, name: str, published: PublishedFile) -> None:
        """Download one file from the first mirror that has it."""
        packed_name = f"{name}.gz"
        faults: dict[str, _MirrorFault] = {}
        self.folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(
            prefix=_PART_PREFIX, dir=self.folder, ignore_cleanup_errors=True
        ) as temporary:
            part = Path(temporary) / packed_name
            for mirror in tuple(self.mirrors):
                try:
                    self._receive(mirror + packed_name, part, published)
                except _MirrorFault as fault:
                    faults[mirror] = fault
                    self.mirrors.remove(mirror)
                    self.mirrors.append(mirror)
                else:
                    part.replace(self.folder / packed_name)
                    return
        raise DigitsError(_mirrors_fault(packed_name, faults))

    def _receive(self, url: str, part: Path, published: PublishedFile) -> None:
        """Write what arrives to the temporary file, and check it."""
        n_received = 0
        with (
            _Transfer(url, published.most_bytes, self.timeout) as transfer,
            part.open("wb") as file,
        ):
            for chunk in transfer.chunks(self.cancelled):
                file.write(chunk)
                n_received += len(chunk)
                if self.progress is not None:
                    self.progress(n_received, transfer.n_announced, part.name)
        if not self._is_published(part, published):
            raise _MirrorFault(say("sent something else than the published file"))

    def _is_published(self, path: Path, published: PublishedFile) -> bool:
        """Tell whether a file's unpacked content is the published one."""
        digest = hashlib.sha256()
        n_bytes = 0
        try:
            with open_unpacked(path) as stream:
                # One chunk past the end tells that there is too much; no more is unpacked.
                while n_bytes <= published.n_bytes and (chunk := stream.read(_UNPACKED_CHUNK)):
                    _raise_if_cancelled(self.cancelled)
                    digest.update(chunk)
                    n_bytes += len(chunk)
        except DigitsError:
            return False
        return digest.hexdigest() == published.sha256


def _sweep(folder: Path) -> None:
    """Remove the temporary folders of downloads that were killed."""
    for part in folder.glob(f"{_PART_PREFIX}*"):
        # Another process may sweep, too, and not everything of that name is ours.
        with suppress(OSError):
            # A download that still runs writes to its file now and then.
            times = [path.stat().st_mtime for path in (part, *part.iterdir())]
            if time.time() - max(times) > _SECONDS_TO_LIVE:
                shutil.rmtree(part, ignore_errors=True)


class _Transfer:
    """One file on its way from a server, read by a thread of its own.

    A context manager: on leaving, a transfer that is still going on is stopped.

    Parameters
    ----------
    url : str
        The address of the file.
    most_bytes : int
        The most bytes to accept.
    timeout : float
        Seconds without data after which to give up.
    """

    def __init__(self, url: str, most_bytes: int, timeout: float) -> None:
        from pooch import HTTPDownloader

        self.n_announced: int | None = None
        self._url = url
        self._most_bytes = most_bytes
        self._timeout = timeout
        # What the thread has received; b"" marks the end. Bounded, so that a fast server waits
        # for a slow disk.
        self._chunks: queue.Queue[bytes] = queue.Queue(_CHUNKS_IN_HAND)
        self._fault: _MirrorFault | None = None
        self._response: Response | None = None
        self._stopped = threading.Event()
        self._downloader = HTTPDownloader(
            chunk_size=_PACKED_CHUNK,
            # A little longer than ours, so that there is one who decides.
            timeout=timeout + 1.0,
            headers={"Accept-Encoding": "identity"},
            hooks={"response": self._answered},
        )
        # A daemon: a name lookup cannot be interrupted, and must not keep the program running.
        self._thread = threading.Thread(target=self._run, name="mnist-transfer", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._stopped.set()
        if self._response is not None:
            # Ends the thread's wait for data. It raises if there is no more to wait for.
            with suppress(OSError, RuntimeError, ValueError):
                self._response.raw.shutdown()
        self._thread.join(_POLL_SECONDS)

    def chunks(self, cancelled: Cancelled) -> Iterator[bytes]:
        """Yield the bytes as they arrive; raise `_MirrorFault` if they are not to be had."""
        n_received = 0
        last = time.monotonic()
        while True:
            _raise_if_cancelled(cancelled)
            try:
                chunk = self._chunks.get(timeout=_POLL_SECONDS)
            except queue.Empty:
                if time.monotonic() - last > self._timeout:
                    fault = _MirrorUnreachable if self._response is None else _MirrorFault
                    raise fault(
                        say("sent nothing for {timeout:g} seconds", timeout=self._timeout)
                    ) from None
                continue
            if not chunk:
                break
            last = time.monotonic()
            n_received += len(chunk)
            if n_received > self._most_bytes:
                raise _MirrorFault(say("sent more bytes than the file can have"))
            yield chunk
        if self._fault is not None:
            raise self._fault

    def write(self, chunk: bytes) -> None:
        """Take a chunk from pooch, in the transfer's thread."""
        while not self._stopped.is_set():
            with suppress(queue.Full):
                self._chunks.put(chunk, timeout=_POLL_SECONDS)
                return
        raise ConnectionAbortedError(say("The transfer was stopped."))

    def flush(self) -> None:
        """Do nothing: pooch takes us for a file."""

    def _run(self) -> None:
        """Download, in the transfer's thread; leave the fault, if any, and mark the end."""
        from requests.exceptions import SSLError
        from urllib3.exceptions import HTTPError

        try:
            self._downloader(self._url, self, None)
        except _MirrorFault as fault:
            self._fault = fault
        except SSLError:
            self._fault = _MirrorFault(say("offered no connection that can be trusted"))
        except (OSError, ValueError, HTTPError):
            self._fault = self._network_fault()
        finally:
            if self._response is not None:
                self._response.close()
            with suppress(ConnectionAbortedError):
                self.write(b"")

    def _answered(self, response: "Response", *_args: object, **_kwargs: object) -> None:
        """Look at the head of an answer before pooch reads its body, in the transfer's thread."""
        self._response = response
        announced = response.headers.get("Content-Length", "")
        if response.ok and not response.is_redirect and announced.isdecimal():
            # Of a number that is too long its beginning is, too.
            self.n_announced = int(announced[:_MAX_DIGITS])
            if self.n_announced > self._most_bytes:
                raise _MirrorFault(say("announced more bytes than the file can have"))
        # Some servers declare every .gz file as content that the client should unpack. We want
        # the bytes as they are, and nothing that grows on the way.
        response.raw.headers.pop("Content-Encoding", None)
        if response.is_redirect:
            # Or requests would read what comes with it to the end, however long it is.
            response.close()

    def _network_fault(self) -> _MirrorFault:
        """Say what went wrong as far as the answer tells."""
        if self._response is None:
            return _MirrorUnreachable("could not be reached")
        if not self._response.ok:
            return _MirrorFault(
                say(
                    "answered with HTTP status {status_code}",
                    status_code=self._response.status_code,
                )
            )
        return _MirrorFault(say("broke off the transfer"))


def _mirrors_fault(packed_name: str, faults: Mapping[str, _MirrorFault]) -> str:
    """Say in one sentence why no mirror delivered a file."""
    if all(isinstance(fault, _MirrorUnreachable) for fault in faults.values()):
        return say(
            "{file} could not be downloaded because none of the {n} mirrors could be reached: "
            "this computer seems to be offline; the embedded 8x8 digits (\"Digits, 8x8\") work "
            "without a network.",
            file=packed_name, n=len(faults),
        )  # fmt: skip
    reasons = ", ".join(f"{urlsplit(mirror).netloc} {fault}" for mirror, fault in faults.items())
    return say(
        "{file} could not be downloaded: {reasons}; the embedded 8x8 digits (\"Digits, 8x8\") work "
        "without a network.",
        file=packed_name, reasons=reasons,
    )  # fmt: skip


def _disk_fault(folder: Path, error: OSError) -> str:
    """Say in one sentence why the folder cannot take the files."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return say("There is no space left for MNIST in the folder {folder}.", folder=folder)
    if isinstance(error, FileExistsError | NotADirectoryError):
        return say(
            "MNIST cannot be written to {folder}: a file is in the way of that folder.",
            folder=folder,
        )
    return say(
        "MNIST cannot be written to the folder {folder} ({reason}).",
        folder=folder, reason=error.strerror or say("unknown reason"),
    )  # fmt: skip


def _raise_if_cancelled(cancelled: Cancelled) -> None:
    if cancelled():
        raise DownloadCancelled(say("The download was cancelled."))


def _never() -> bool:
    return False
