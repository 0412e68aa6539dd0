"""A claim as somebody typed it: lines with modifiers, units, dates and pointers, and the diagnoses beside them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from encoder.core.book import PRACTITIONER


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One line.

    Attributes:
        modifiers: in the order in which they were typed.
        on: its own date of service; None where the date of the claim holds.
        pointers: positions of its diagnoses, the first from 0; empty where it points to all of them in their order.
        practitioner: who reports it; empty where the claim has one practitioner.
    """

    code: str
    modifiers: tuple[str, ...] = ()
    units: int = 1
    on: date | None = None
    pointers: tuple[int, ...] = ()
    practitioner: str = ""

    @property
    def text(self) -> str:
        """As it is typed: 20934-XS*2@2026-05-01:AB."""
        units = f"*{self.units}" if self.units != 1 else ""
        day = f"@{self.on.isoformat()}" if self.on else ""
        pointers = ":" + "".join(letter(place) for place in self.pointers) if self.pointers else ""
        return "-".join((self.code, *self.modifiers)) + units + day + pointers


@dataclass(frozen=True, slots=True)
class Claim:
    """A whole claim.

    Attributes:
        on: the date of service of every line that has none of its own.
        diagnoses: ICD-10-CM codes with their point, in the order of the claim.
        setting: practitioner or outpatient_hospital (encoder.core.book); it chooses tables of pairs and limits.
        locality: where it is paid, for the values alone; empty is national.
    """

    lines: tuple[ClaimLine, ...]
    on: date
    diagnoses: tuple[str, ...] = ()
    setting: str = PRACTITIONER
    locality: str = ""

    def day(self, place: int) -> date:
        """The date of service of a line."""
        return self.lines[place].on or self.on

    def pointed(self, place: int) -> tuple[int, ...]:
        """The positions of the diagnoses that a line points to and that are on the claim."""
        asked = self.lines[place].pointers or tuple(range(len(self.diagnoses)))
        return tuple(at for at in asked if at < len(self.diagnoses))


def letter(place: int) -> str:
    """The letter of a diagnosis on the claim form: A for the first."""
    return chr(ord("A") + place)
