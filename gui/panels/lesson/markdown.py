"""Text of a lesson: Markdown without HTML, read by Qt."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl, Slot
from PySide6.QtGui import QMouseEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from gui.look.theme import look

_FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | (
    QTextDocument.MarkdownFeature.MarkdownNoHTML
)
# Between paragraphs, in 13 pixel type.
_GAP = 7


class MarkdownLabel(QLabel):
    """Markdown that breaks into as many lines as its width asks for.

    ``folder`` is where its pictures lie.
    """

    def __init__(self, markdown: str = "", folder: Path | None = None) -> None:
        super().__init__()
        self._folder = folder
        self._markdown = ""
        self.plain = ""
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.MinimumExpanding)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        look.follow(self, self._restyle)
        self.set_markdown(markdown)

    def set_markdown(self, markdown: str) -> None:
        """Show another text."""
        if markdown != self._markdown:
            self._markdown = markdown
            self._write()

    def minimumSizeHint(self) -> QSize:
        # A long word gives way, or the whole panel would be as wide.
        return QSize(0, super().minimumSizeHint().height())

    @Slot()
    def _restyle(self) -> None:
        self._write()

    def _write(self) -> None:
        font = look.theme.font()
        self.setFont(font)
        document = QTextDocument()
        document.setDefaultFont(font)
        if self._folder is not None:
            document.setBaseUrl(QUrl.fromLocalFile(f"{self._folder}/"))
        document.setMarkdown(self._markdown, _FEATURES)
        self._part_paragraphs(document)
        self.plain = document.toPlainText()
        self.setText(document.toHtml())
        self.setAccessibleName(self.plain)

    def _part_paragraphs(self, document: QTextDocument) -> None:
        """Leave a gap below each paragraph but the last, and none within a list or a listing."""
        block = document.begin()
        while block.next().isValid():
            following = block.next()
            code = block.blockFormat().nonBreakableLines()
            together = block.textList() is not None and following.textList() is not None
            if not code and not together:
                form = block.blockFormat()
                form.setBottomMargin(look.theme.px(_GAP))
                QTextCursor(block).setBlockFormat(form)
            block = following


class PressedLabel(MarkdownLabel):
    """A text beside a button: a click on it is one on the button."""

    def __init__(self, markdown: str, button: QWidget) -> None:
        super().__init__(markdown)
        self._button = button
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def button_shown(self) -> bool:
        """Whether its button is there."""
        return not self._button.isHidden()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        click = getattr(self._button, "click", None)
        if click is not None and event.button() == Qt.MouseButton.LeftButton:
            self._button.setFocus(Qt.FocusReason.MouseFocusReason)
            click()
