"""The nouns of the code tables: codes, relations, pairs, indicators, lookup rows, editions.

All of them are frozen, all codes are text, and all carry the dates they hold for and where they come from.
A citation is written ``source#locator``; the source is an entry of ``resources/sources.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Cites = tuple[str, ...]

ICD_SCOPE, ICD_LIST = "icd10cm", "icd10cm_list"
"""The two tables of diagnoses: those that the decision knows more of, and the whole published list."""


@dataclass(frozen=True, slots=True)
class Span:
    """The dates something holds for, both days included; None is open."""

    start: date | None = None
    end: date | None = None

    def covers(self, on: date) -> bool:
        """Whether the day lies in the span."""
        return (self.start is None or self.start <= on) and (self.end is None or on <= self.end)


ALWAYS = Span()


class State(StrEnum):
    """What the tables say about an add-on beside a primary. There is no fourth answer."""

    ALLOWED = "allowed"
    BARRED = "barred"
    NOT_LISTED = "not_listed"


@dataclass(frozen=True, slots=True)
class Code:
    """One code in our own wording (never the official descriptor).

    Attributes:
        title: the clinical term a coder uses.
        plain: the same in plain words, for the second line.
        area: head, trunk, upper_limb, pelvis_hip or lower_limb; empty where the code belongs to no single one.
        includes_graft: none, autograft_included, autograft_if_performed, allograft_included,
            allograft_if_performed, graft_is_the_service or not_defined.
        replaced_by: the code that took its place; empty when none is known.
    """

    code: str
    title: str
    plain: str
    site: str
    area: str
    category: str
    includes_graft: str
    span: Span
    replaced_by: str
    cites: Cites


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a lookup table: the facts that pick it, and the code it gives."""

    id: str
    table: str
    key: tuple[str, ...]
    code: str
    say: str
    warn: tuple[str, ...]
    review: str
    span: Span
    cites: Cites
    hash: str


@dataclass(frozen=True, slots=True)
class Relation:
    """What one add-on row says about one primary.

    ``withdrawn`` is the row of an edit that once barred the two and has ended; the state is then NOT_LISTED.
    """

    add_on: str
    primary: str
    state: State
    row: RelationRow | None
    withdrawn: RelationRow | None = None


@dataclass(frozen=True, slots=True)
class RelationRow:
    """One row of the add-on table. ``kind`` is allowed, barred or contractor_defined.

    ``list_type`` is that of the CMS list the row stands on: 1 closed, 2 left to the payer, 3 partial; empty for a bar.
    """

    id: str
    add_on: str
    primary: str
    kind: str
    basis: str
    span: Span
    cites: Cites
    hash: str
    list_type: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """One procedure-to-procedure edit: column 2 is not paid beside column 1 unless the indicator lets a modifier."""

    id: str
    column1: str
    column2: str
    setting: str
    indicator: str
    rationale: str
    span: Span
    cites: Cites
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One published figure or policy indicator of a code, as text."""

    code: str
    field: str
    value: str
    edition: str
    span: Span
    cites: Cites


@dataclass(frozen=True, slots=True)
class Edition:
    """One loaded edition of a table and the dates of service it answers for.

    ``complete``: what it does not name did not exist on those dates.
    """

    table: str
    label: str
    edition: str
    span: Span
    note: str
    cites: Cites
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One ICD-10-CM code of the scope.

    ``seventh`` says which seventh characters it needs, parted by a space; empty for none. ``area`` is that of a Code.
    """

    code: str
    title: str
    family: str
    laterality: str
    area: str
    seventh: str
    note: str
    span: Span
    cites: Cites


@dataclass(frozen=True, slots=True)
class Procedure:
    """One ICD-10-PCS code of the scope (the hospital's inpatient claim)."""

    code: str
    title: str
    operation: str
    part: str
    side: str
    device: str
    span: Span
    cites: Cites


@dataclass(frozen=True, slots=True)
class DocumentFact:
    """One fact that the operative note must show for a code, and the question that settles it (or empty)."""

    id: str
    code: str
    label: str
    say: str
    question: str
    cites: Cites


@dataclass(frozen=True, slots=True)
class Source:
    """One entry of the source register."""

    id: str
    title: str
    edition: str
    span: Span
    where: str
    confidence: str
    note: str
