"""The real program in a process of its own on a real display: it opens, answers keys, and is where it was left."""

from __future__ import annotations

import pytest

from tests.display.conftest import SIZE, Display, lacking

WHY_NOT = lacking()
pytestmark = pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT)


def test_a_case_is_answered_by_keys_and_the_window_is_found_where_it_was_left(desktop: Display) -> None:
    """Donor bone, limb, radical resection, joint surface, distal femur, placed: 27365 with 20932."""
    with desktop.program("--dos", "2026-05-01"):
        left, top, width, height = desktop.place()
        assert 0 <= left <= left + width <= SIZE[0]
        assert 0 <= top <= top + height <= SIZE[1]
        desktop.press("1", "1", "1", "1")
        desktop.type("dist fem")
        desktop.press("Down", "Return", "1", "ctrl+shift+c")
        assert desktop.clipboard()[:2] == ["27365", "20932"]
        desktop.move(120, 40, 900, 640)
        assert desktop.place() == (120, 40, 900, 640)
    with desktop.program():
        assert desktop.place() == (120, 40, 900, 640)
