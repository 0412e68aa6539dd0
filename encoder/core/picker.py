"""A diagnosis picked by its kind, site and side: the codes that are left, and the seventh character that is due.

Only diagnoses of the scope are offered. A heading of the scope is opened into the codes below it, which a claim needs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from encoder.core.codes import Cites, Diagnosis
from encoder.core.page.diagnoses import FAMILY, named, vague, with_seventh
from encoder.core.page.evidence import Desk
from encoder.core.reference import IcdEntry

LEFT, RIGHT, BOTH, UNSAID = "left", "right", "bilateral", "unspecified"
SIDES = (LEFT, RIGHT, BOTH, UNSAID)
_HEADING, _NONE = "varies", "none"
_SIDE = re.compile(rf"\b({'|'.join(SIDES[:-1])})\b")


@dataclass(frozen=True, slots=True)
class Wish:
    """What was chosen so far: a family of the tree, a part of the body by name, a side; an empty one is open."""

    family: str = ""
    site: str = ""
    side: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """One family of diagnoses: its id, what it is called, and the group that it stands in."""

    id: str
    label: str
    group: str


@dataclass(frozen=True, slots=True)
class Picked:
    """One code that fits. ``sevenths`` are the characters of which one is due, each with its meaning."""

    code: str
    title: str
    family: str
    side: str
    sevenths: tuple[tuple[str, str], ...]
    note: str
    cites: Cites

    def whole(self, letter: str) -> str:
        """The code with a seventh character; as it stands where none is due."""
        return with_seventh(self.code, letter) if self.sevenths else self.code


@dataclass(frozen=True, slots=True)
class Offer:
    """What may still be chosen when the other choices stay as they are."""

    kinds: tuple[Kind, ...]
    sites: tuple[str, ...]
    sides: tuple[str, ...]


def picked(desk: Desk, wish: Wish) -> tuple[Picked, ...]:
    """The codes that fit, those that name the site most exactly first; none while no kind is chosen."""
    rows = [row for row in _of_family(desk, wish.family) if _at(desk, row, wish.site)]
    words = desk.lore.fits.sites.get(desk.lore.fits.picks.get(wish.site, ""), ())
    rows.sort(key=lambda row: next((at for at, word in enumerate(words) if named((word,), row)), len(words)))
    found = [each for row in rows for each in _opened(desk, row)]
    return tuple(each for each in found if _on(each.side, wish.side))


def offered(desk: Desk, wish: Wish) -> Offer:
    """The kinds, sites and sides with which a code is left."""
    sites = desk.lore.fits.picks
    kinds = tuple(kind for kind in kinds_of(desk) if _some(desk, kind.id, wish.site, wish.side))
    wanted = [kind.id for kind in kinds_of(desk) if wish.family in ("", kind.id)]
    at = tuple(site for site in sites if any(_some(desk, family, site, wish.side) for family in wanted))
    sides = tuple(side for side in SIDES if any(_some(desk, family, wish.site, side) for family in wanted))
    return Offer(kinds, at, sides)


def kinds_of(desk: Desk) -> tuple[Kind, ...]:
    """Every family of diagnoses of the tree, in its order."""
    question = desk.tree.questions.get(FAMILY)
    return tuple(Kind(answer.id, answer.say, answer.group) for answer in question.answers) if question else ()


def _of_family(desk: Desk, family: str) -> list[Diagnosis]:
    return [row for row in desk.book.diagnoses(family) if row.span.covers(desk.on)]


def _some(desk: Desk, family: str, site: str, side: str) -> bool:
    """Whether a code of a family is left; headings are not opened for it."""
    rows = (row for row in _of_family(desk, family) if _at(desk, row, site))
    return any(row.laterality == _HEADING or _on(row.laterality, side) for row in rows)


def _at(desk: Desk, row: Diagnosis, site: str) -> bool:
    """Whether a diagnosis is one of a site: its title names it; or it names no site, in a family of none."""
    if not site:
        return True
    words = desk.lore.fits.sites[desk.lore.fits.picks[site]]
    if row.area or named(words, row):
        return named(words, row)
    return not vague(row) and not any(other.area for other in desk.book.diagnoses(row.family))


def _on(side: str, wanted: str) -> bool:
    return wanted in ("", side) or side == _NONE


def _opened(desk: Desk, row: Diagnosis) -> Iterator[Picked]:
    """A diagnosis as it stands; a heading as the codes below it."""
    entry = desk.book.icd_entry(row.code)
    if row.laterality != _HEADING or entry is None:
        means = dict(entry.seventh) if entry is not None else {}
        sevenths = tuple((letter, means.get(letter, "")) for letter in row.seventh.split())
        yield Picked(row.code, row.title, row.family, row.laterality, sevenths, row.note, row.cites)
        return
    for below in _codes_below(desk, entry):
        yield Picked(below.code, below.title, row.family, _said(below.title), below.seventh, row.note, below.cites)


def _said(title: str) -> str:
    """The side that a title names; "unspecified" may be said of the fracture as well, and counts only without one."""
    side = _SIDE.search(title.lower())
    return side[1] if side else UNSAID if UNSAID in title.lower() else _NONE


def _codes_below(desk: Desk, entry: IcdEntry) -> Iterator[IcdEntry]:
    """The codes of the list below a heading, in its order."""
    for below in desk.book.icd_below(entry.code):
        if below.kind == "code" and below.span.covers(desk.on) and below.change != "heading":
            yield below
        yield from _codes_below(desk, below)
