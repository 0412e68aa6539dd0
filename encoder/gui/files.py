"""The system's dialogs for files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QFileDialog, QWidget


def open_files(parent: QWidget, title: str, kinds: str = "") -> list[Path]:
    """The files that the user chooses; none when the dialog is left."""
    names, _ = QFileDialog.getOpenFileNames(parent, title, "", kinds)
    return [Path(name) for name in names]


def open_file(parent: QWidget, title: str, kinds: str = "") -> Path | None:
    """The one file that the user chooses."""
    name, _ = QFileDialog.getOpenFileName(parent, title, "", kinds)
    return Path(name) if name else None


def save_file(parent: QWidget, title: str, name: str, kinds: str = "") -> Path | None:
    """Where the user wants a file written; ``name`` is what is offered."""
    chosen, _ = QFileDialog.getSaveFileName(parent, title, name, kinds)
    return Path(chosen) if chosen else None


def dropped(data: QMimeData) -> list[Path]:
    """The files and folders of a drag, or of a text that holds a path a line."""
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return files or typed(data.text())


def typed(text: str) -> list[Path]:
    """The paths in a text, one a line; quotes around a path are taken off."""
    lines = (line.strip().strip("\"'").removeprefix("file://") for line in text.splitlines())
    return [Path(line).expanduser() for line in lines if line]
