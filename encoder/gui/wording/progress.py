"""How much of a work is done and how long the rest will take, in words."""

from __future__ import annotations

_MEGA = 1_000_000
_LONG = 90  # seconds: more of them are said as minutes


def amount(done: int, size: int) -> str:
    """How much is done: "41 of 108 MB, 38 %"; of small files in kB, of steps as a count."""
    if not size:
        return ""
    part = f"{100 * done // size} %"
    if size < 1000:
        return f"**{done:,} of {size:,}**, {part}"
    unit, name = (_MEGA, "MB") if size >= _MEGA else (1000, "kB")
    return f"**{done / unit:,.0f} of {size / unit:,.0f} {name}**, {part}"


def left(done: int, size: int, seconds: float) -> str:
    """How long the rest will take at the pace so far; empty while that cannot be told."""
    if not done or not size or seconds < 1:
        return ""
    rest = seconds * (size - done) / done
    if rest > _LONG:
        return f"about {round(rest / 60)} minutes left"
    if rest < 1:
        return "less than a second left"
    return f"about {round(rest)} second{'' if round(rest) == 1 else 's'} left"
