"""The whole program by keyboard on a real display: from a code that was written, over the note, to a checked claim."""

from __future__ import annotations

import pytest

from tests.display.conftest import Display, lacking

WHY_NOT = lacking()
pytestmark = pytest.mark.skipif(bool(WHY_NOT), reason=WHY_NOT)
NOTE = (
    "Procedure: Radical resection of the left distal femur. "
    "Back table: The osteoarticular allograft was thawed, templated and cut. "
    "Reconstruction: The graft was seated and fixed with a plate."
)


def test_a_code_is_looked_up_started_from_confirmed_and_its_claim_checked(desktop: Display) -> None:
    """20932 was written: its first way is confirmed, the bone answered beside the note, the claim held to the edits."""
    with desktop.program("--dos", "2026-05-01"):
        desktop.press("ctrl+k")
        desktop.type(NOTE)
        desktop.press("ctrl+a", "ctrl+x")  # the note is on the clipboard now
        desktop.type("20932")
        desktop.press("Return", "ctrl+shift+c")
        assert desktop.clipboard() == ["20932"]
        desktop.press("ctrl+k")
        desktop.type(NOTE)
        desktop.press("ctrl+a", "ctrl+x", "Escape")
        desktop.press("ctrl+r", "ctrl+Return")  # the answers that lead to it, as assumptions
        desktop.press("ctrl+v", "alt+1")
        desktop.press("Return", "Return", "Return", "Return")
        desktop.type("dist fem")
        desktop.press("Down", "Return", "Return", "ctrl+shift+c")
        assert desktop.clipboard()[:2] == ["27365", "20932"]
        desktop.press("2", "ctrl+shift+c")
        checked = desktop.clipboard()
        assert any("27365" in line for line in checked)
        assert any("20932" in line for line in checked)
        assert checked[:2] != ["27365", "20932"]
