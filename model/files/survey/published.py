"""The data sets that are known by their bytes, whatever their files are called."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

MNIST = "MNIST"
_BLOCK = 2**20


class PublishedFile(NamedTuple):
    """What is known of a published file: what is inside its .gz, and how long that is.

    Attributes
    ----------
    sha256 : str
        SHA-256 of the unpacked content, in hexadecimal. The packed bytes may differ from mirror
        to mirror.
    n_bytes : int
        Length of the unpacked content.
    """

    sha256: str
    n_bytes: int

    @property
    def most_bytes(self) -> int:
        """The most bytes that a download may have: gzip adds very little at the worst."""
        return self.n_bytes + self.n_bytes // 100 + 1024


PUBLISHED_FILES: Mapping[str, PublishedFile] = {
    "train-images-idx3-ubyte": PublishedFile(
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db", 47_040_016
    ),
    "train-labels-idx1-ubyte": PublishedFile(
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5", 60_008
    ),
    "t10k-images-idx3-ubyte": PublishedFile(
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7", 7_840_016
    ),
    "t10k-labels-idx1-ubyte": PublishedFile(
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2", 10_008
    ),
}
# Other sets are known by the MD5 of their files as they are published, packed with gzip.
PACKED_MD5: Mapping[str, str] = {
    "8d4fb7e6c68d591d4c3dfef9ec88bf0d": "Fashion-MNIST",
    "25c81989df183df01b3e8a0aad5dffbe": "Fashion-MNIST",
    "bef4ecab320f06d8554ea6380940ec79": "Fashion-MNIST",
    "bb300cfdad3c16e7a12a480ee83cd310": "Fashion-MNIST",
    "bdb82020997e1d708af4cf47b453dcf7": "KMNIST",
    "e144d726b3acfaa3e44228e80efcd344": "KMNIST",
    "5c965bf0a639b31b8f53240b1b52f4d7": "KMNIST",
    "7320c461ea6c1c855c0b718fb2a4b134": "KMNIST",
    "f68b3c2dcbeaaa9fbdd348bbdeb94873": MNIST,
    "d53e105ee54ea40749a09fcbcd1e9432": MNIST,
    "9fb629c4189551a2d022fa330f9573f3": MNIST,
    "ec29112dd5afa0611ce80d1b7f02629c": MNIST,
    "ed72d4157d28c017586c42bc6afe6370": "QMNIST",
    "0058f8dd561b90ffdd0f734c6a30e5e4": "QMNIST",
}
# What the folders and files of other sets are called, and how such a set is named then.
_BY_NAME = {
    "fashion": "Fashion-MNIST",
    "kmnist": "KMNIST",
    "qmnist": "QMNIST",
    "emnist": "EMNIST",
}


def set_of(file: Path, values: NDArray[np.uint8]) -> str | None:
    """The published set that a file belongs to by its bytes; None if it belongs to none.

    Parameters
    ----------
    file : Path
        An IDX file; it is read once more where its content is not one of MNIST's.
    values : uint8 array
        The values in it.

    Raises
    ------
    OSError
        If the file cannot be read.
    """
    import hashlib

    if is_of_mnist(values):
        return MNIST
    packed = hashlib.md5(usedforsecurity=False)
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK):
            packed.update(block)
    return PACKED_MD5.get(packed.hexdigest())


def is_of_mnist(values: NDArray[np.uint8]) -> bool:
    """Whether values are those of one of MNIST's files, whatever file they lie in."""
    import hashlib

    content = hashlib.sha256(struct.pack(">HBB", 0, 8, values.ndim))
    content.update(struct.pack(f">{values.ndim}I", *values.shape))
    content.update(np.ascontiguousarray(values).data)
    return any(content.hexdigest() == published.sha256 for published in PUBLISHED_FILES.values())


def name_of_like(file: Path) -> str | None:
    """The set that a file is called like, by its own name or its folders'; not checked."""
    parts = [part.casefold() for part in (file.name, file.parent.name, file.parent.parent.name)]
    return next((name for word, name in _BY_NAME.items() if any(word in p for p in parts)), None)
