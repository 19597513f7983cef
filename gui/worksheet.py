"""The command that prints a lesson: its worksheet as a PDF, with pictures of its benches."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QBuffer, QCoreApplication, QEvent, QMarginsF, QSize, QUrl
from PySide6.QtGui import (
    QFont,
    QImage,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextFragment,
)
from PySide6.QtWidgets import QWidget

from gui.app import application
from gui.files.version import version_number
from gui.look.theme import look
from gui.window.window import Window
from model.classroom.worksheet import worksheet
from model.door import say
from model.files.library import open_experiment
from model.files.saving import save_bytes
from model.lessons.lesson import Lesson

_POINTS = 10.5
_DOTS_AN_INCH = 300
_FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | (
    QTextDocument.MarkdownFeature.MarkdownNoHTML
)
# Of a window in which nothing has to give way; its bench is drawn with so many dots a pixel.
_SIZE = QSize(1280, 800)
_SHARPNESS = 2
# Between paragraphs, and how wide a picture is, in the points of a page.
_GAP, _WIDTH = 6, 330


def write_worksheet(lesson: Lesson, file: Path, answers: bool) -> None:
    """Write the worksheet of a lesson as a PDF file. Raises OSError, with nothing left behind."""
    application()
    look.choose("light")
    pictures = _pictures(lesson, answers)
    document = QTextDocument()
    font = QFont(look.theme.font())
    font.setPointSizeF(_POINTS)
    document.setDefaultFont(font)
    if lesson.folder is not None:
        document.setBaseUrl(QUrl.fromLocalFile(f"{lesson.folder}/"))
    document.setMarkdown(worksheet(lesson, answers, pictures.keys()), _FEATURES)
    for number, image in pictures.items():
        url = QUrl(f"bench:{number}")
        document.addResource(QTextDocument.ResourceType.ImageResource, url, image)
    _part_paragraphs(document)
    save_bytes(file, _printed(document, say(lesson.title)))


def _printed(document: QTextDocument, title: str) -> bytes:
    """The pages as a PDF, numbered."""
    printed = QBuffer()
    printed.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(printed)
    writer.setResolution(_DOTS_AN_INCH)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    # The document keeps two centimetres free on every side by itself.
    writer.setPageMargins(QMarginsF(), QPageLayout.Unit.Millimeter)
    writer.setTitle(title)
    writer.setCreator(f"Weightbench {version_number()}")
    document.print_(writer)
    # The pages are complete once the writer is gone.
    del writer
    return bytes(printed.data().data())


def _pictures(lesson: Lesson, answers: bool) -> dict[int, QImage]:
    """The bench of each page, as it begins: what the page hides is hidden there, too.

    With answers nothing is.
    """
    window = Window(open_experiment(lesson.experiment))
    found: dict[int, QImage] = {}
    try:
        window.resize(_SIZE)
        window.show()
        last = None
        for page in lesson.pages:
            window.lessons.player.open(lesson, page.number)
            if answers:
                window.lessons.player.show_whole()
            QCoreApplication.processEvents()
            bench = replace(page.setup.bench, line=0)
            if bench != last:
                found[page.number] = _drawn(window.places.bench)
            last = bench
        window.lessons.leave()
    finally:
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return found


def _drawn(widget: QWidget) -> QImage:
    image = QImage(widget.size() * _SHARPNESS, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_SHARPNESS)
    image.fill(look.theme.color("background"))
    widget.render(image)
    return image


def _part_paragraphs(document: QTextDocument) -> None:
    """Leave room between paragraphs, more before each page of the lesson, and size its picture."""
    block = document.begin()
    while block.isValid():
        form = block.blockFormat()
        if block.textList() is None:
            form.setBottomMargin(_GAP)
        if form.headingLevel():
            form.setTopMargin(2 * _GAP)
        QTextCursor(block).setBlockFormat(form)
        for part in _parts(block):
            _size_picture(part, document)
        block = block.next()


def _parts(block: QTextBlock) -> list[QTextFragment]:
    found, at = [], block.begin()
    while not at.atEnd():
        found.append(at.fragment())
        at += 1
    return found


def _size_picture(part: QTextFragment, document: QTextDocument) -> None:
    if not part.charFormat().isImageFormat():
        return
    form = part.charFormat().toImageFormat()
    form.setWidth(_WIDTH)
    cursor = QTextCursor(document)
    cursor.setPosition(part.position())
    cursor.setPosition(part.position() + part.length(), QTextCursor.MoveMode.KeepAnchor)
    cursor.setCharFormat(form)
