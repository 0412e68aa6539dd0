"""The frames of the window: what stands beside what, by its width and height in em of the body font."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from encoder.gui.look import Look
from encoder.gui.widgets.answer_rows import Density

Across = Literal["wide", "middle", "narrow"]
Down = Literal["tall", "short", "low"]


@dataclass(frozen=True, slots=True)
class Frame:
    """``across``: three columns, two with tabs at the right, or one; ``down``: how tight the rows stand."""

    across: Across = "wide"
    down: Down = "tall"

    @property
    def density(self) -> Density:
        """The density of answer rows."""
        if self.down == "low":
            return "tight"
        if self.across == "narrow":
            return "compact"
        return "normal" if self.down == "tall" else "short"

    @property
    def roomy(self) -> bool:
        """Whether second lines under a heading are shown and headings have their full size."""
        return self.down != "low" and self.across != "narrow"


def frame_of(look: Look, width: int, height: int) -> Frame:
    """The frame for a window of this size in px."""
    across: Across = "narrow"
    if width >= look.frame("middle"):
        across = "wide" if width >= look.frame("wide") else "middle"
    down: Down = "low"
    if height >= look.frame("low"):
        down = "tall" if height >= look.frame("tall") else "short"
    return Frame(across, down)
