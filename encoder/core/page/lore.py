"""Our own facts about codes, apart from the tables: what figures mean, what is inside, what is often confused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from encoder.core.codes import Cites

CATEGORY = "category:"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a published figure is called, which table of editions it belongs to, and what its values mean."""

    field: str
    label: str
    short: str
    table: str
    unit: str
    means: Mapping[str, str]
    cites: Cites

    def of(self, value: str) -> str:
        """What a value means; empty where nothing is known beyond the value."""
        return self.means.get(value, "")


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether a code takes a modifier: ``verdict`` is allowed, refused or conditional; ``why`` finishes "because"."""

    verdict: str
    why: str


@dataclass(frozen=True, slots=True)
class Exemption:
    """Codes for which a modifier is ruled otherwise, and what an indicator of the code says against it."""

    codes: tuple[str, ...]
    ruling: Ruling
    field: str
    values: tuple[str, ...]
    against: str
    cites: Cites


@dataclass(frozen=True, slots=True)
class ModifierRule:
    """What decides whether a code takes a modifier; what the modifier says is in the code book.

    Attributes:
        by: the indicator that decides, with a ruling for each of its values; empty when ``ruling`` holds for all.
        areas: parts of the body of a code for which ``ruling`` holds; ``elsewhere`` holds for the rest.
        sites: words of the site of a code, with the ruling for those; ``ruling`` holds for the rest.
    """

    code: str
    by: str
    values: Mapping[str, Ruling]
    ruling: Ruling | None
    areas: tuple[str, ...]
    elsewhere: Ruling | None
    sites: tuple[str, ...]
    at_sites: Ruling | None
    exemptions: tuple[Exemption, ...]
    cites: Cites


@dataclass(frozen=True, slots=True)
class Service:
    """One fact about what a code holds.

    ``of`` names codes and categories (``category:<name>``). ``state`` is inside, apart, never, use (a guideline) or
    history.
    ``about`` are topics that a question may name; ``codes`` are the codes of the work it speaks of.
    """

    id: str
    of: tuple[str, ...]
    state: str
    about: tuple[str, ...]
    say: str
    codes: tuple[str, ...]
    cites: Cites


@dataclass(frozen=True, slots=True)
class Confused:
    """What is often said about codes, who says it, and what the tables say. ``claim`` numbers the founding claims."""

    id: str
    claim: int
    codes: tuple[str, ...]
    said: str
    said_by: str
    says: str
    cites: Cites


@dataclass(frozen=True, slots=True)
class Fits:
    """Which diagnoses fit: families by kind of procedure, words of a title by word of the site, areas of wide sites.

    ``doubt`` names the warnings that leave a diagnosis open; ``picks`` are the parts of the body by which a diagnosis
    is picked, each with its word in ``sites``.
    """

    families: Mapping[str, tuple[str, ...]]
    sites: Mapping[str, tuple[str, ...]]
    anywhere: Mapping[str, tuple[str, ...]]
    doubt: tuple[str, ...]
    picks: Mapping[str, str]
    cites: Cites


@dataclass(frozen=True, slots=True)
class Lore:
    """All of it. ``pictures`` maps a code or ``category:<name>`` to the name of a picture."""

    meanings: Mapping[str, Meaning]
    modifiers: Mapping[str, ModifierRule]
    services: tuple[Service, ...]
    confused: tuple[Confused, ...]
    fits: Fits
    pictures: Mapping[str, str]

    def services_of(self, code: str, category: str) -> Iterator[Service]:
        """The facts about a code: its own first, then those of its category."""
        yield from (service for service in self.services if code in service.of)
        subject = CATEGORY + category
        yield from (service for service in self.services if subject in service.of and code not in service.of)

    def confused_of(self, code: str) -> tuple[Confused, ...]:
        """What is often confused about a code, in the order of the file."""
        return tuple(entry for entry in self.confused if code in entry.codes)

    def picture(self, code: str, category: str) -> str:
        """The name of the picture of a code; empty when there is none."""
        return self.pictures.get(code) or self.pictures.get(CATEGORY + category, "")
