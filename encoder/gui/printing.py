"""Printing a text: the dialog of the system, which also writes a PDF, and the pages."""

from __future__ import annotations

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QFont, QPageLayout, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

_MARGIN_MM = 20.0


def print_text(parent: QWidget, text: str, font: QFont, name: str) -> bool:
    """Ask for a printer or a PDF and print a text; False when that was cancelled.

    Args:
        name: the name of the job, which others can see in the queue of a printer: nothing about a patient.
    """
    printer = QPrinter()
    printer.setDocName(name)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(f"Print: {name}")
    chosen = dialog.exec() == QDialog.DialogCode.Accepted
    if chosen:
        write_pages(printer, text, font)
    dialog.deleteLater()
    return chosen


def write_pages(printer: QPrinter, text: str, font: QFont) -> None:
    """Print a text on the pages of a printer."""
    margin = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    printer.setPageMargins(margin, QPageLayout.Unit.Millimeter)
    document = QTextDocument()
    document.setDefaultFont(font)
    document.setPlainText(text)
    document.print_(printer)
