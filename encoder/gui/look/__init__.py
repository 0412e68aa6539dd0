"""The look of the window: one token file, two colour schemes, fonts, icons and pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from encoder.gui.look.look import Look

__all__ = ["Look"]


def __getattr__(name: str) -> object:
    """``Look``, imported when it is first asked for: the bare window is painted from the tokens alone."""
    if name != "Look":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from encoder.gui.look.look import Look

    return Look
