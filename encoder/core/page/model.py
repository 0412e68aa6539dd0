"""What a code page holds: frozen plain values, each with the row and the citation it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from encoder.core.codes import Cites
from encoder.core.editions import EditionNote
from encoder.core.fees import Locality
from encoder.core.page.evidence import RowRef, Said


@dataclass(frozen=True, slots=True)
class Held:
    """One fact about what is inside a code, apart from it, or never with it; ``codes`` are those of that work."""

    id: str
    state: str
    say: str
    codes: tuple[str, ...]
    cites: Cites
    row: RowRef


@dataclass(frozen=True, slots=True)
class Check:
    """One fact that the note must hold; ``question`` of the tree settles it (or is empty)."""

    id: str
    label: str
    say: str
    question: str
    cites: Cites


@dataclass(frozen=True, slots=True)
class ModifierVerdict:
    """Whether the code takes a modifier: allowed, refused, conditional or not_loaded, and why.

    ``field`` and ``value`` are the indicator that decided (empty without one); ``against`` is what another source says.
    """

    modifier: str
    title: str
    verdict: str
    why: str
    when: str
    not_when: str
    field: str
    value: str
    against: str
    cites: Cites
    rows: tuple[RowRef, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """One code pair seen from the code of the page: ``first`` when it is column 1, so that the other gives way."""

    other: str
    title: str
    first: bool
    setting: str
    indicator: str
    means: str
    rationale: str
    cites: Cites
    row: RowRef


@dataclass(frozen=True, slots=True)
class AddOn:
    """One other code that the add-on table speaks of.

    ``state`` is allowed, barred, not_listed or payer (no list: the payer decides). ``withdrawn`` is the row of a bar
    that has ended. ``list_type`` is 1, 2 or 3; empty where no list is known for the date.
    """

    code: str
    title: str
    state: str
    basis: str
    list_type: str
    cites: Cites
    row: RowRef | None
    withdrawn: RowRef | None = None


@dataclass(frozen=True, slots=True)
class Year:
    """The relative values of one edition, as text; empty where it does not hold them.

    ``dollars`` is the national payment: published, or ``computed`` as the total times the conversion factor.
    """

    edition: str
    start: date | None
    end: date | None
    work: str
    practice: str
    malpractice: str
    total: str
    dollars: str
    computed: bool
    factor: str
    cites: Cites
    rows: tuple[RowRef, ...]


@dataclass(frozen=True, slots=True)
class Paid:
    """What one locality pays for a code on the date, as text: in a facility, and outside of one (empty: not known).

    ``rare``: the code is rarely done outside a facility, and the amount there is that of the facility.
    """

    place: Locality
    facility: str
    office: str
    rare: bool
    cites: Cites
    row: RowRef


@dataclass(frozen=True, slots=True)
class Figure:
    """One published figure or indicator, spelled out. ``covers`` says whether its edition covers the date."""

    field: str
    label: str
    value: str
    unit: str
    means: str
    covers: bool
    cites: Cites
    row: RowRef


@dataclass(frozen=True, slots=True)
class Warned:
    """One warning of the tree."""

    id: str
    severity: str
    say: str
    cites: Cites


@dataclass(frozen=True, slots=True)
class DiagnosisGroup:
    """The diagnoses of one family at the site of the code. ``fits`` is false where the family only warns."""

    family: str
    title: str
    fits: bool
    codes: tuple[str, ...]
    warnings: tuple[Warned, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """One date in the history of a code; None when the day is not known."""

    on: date | None
    say: str
    cites: Cites
    row: RowRef | None


@dataclass(frozen=True, slots=True)
class Mistaken:
    """What is often said, who says it, and what the tables say."""

    id: str
    claim: int
    said: str
    said_by: str
    says: str
    codes: tuple[str, ...]
    cites: Cites


@dataclass(frozen=True, slots=True)
class ListNote:
    """One note of the ICD-10-CM list that holds for the code, and the entry it stands at; ``label`` names its kind."""

    code: str
    kind: str
    label: str
    text: str
    cites: Cites
    row: RowRef


@dataclass(frozen=True, slots=True)
class Seventh:
    """One seventh character that completes an ICD-10-CM code."""

    letter: str
    means: str
    cites: Cites


@dataclass(frozen=True, slots=True)
class Linked:
    """Another entry of the same code set; ``kind`` is chapter, block, heading or code."""

    code: str
    title: str
    kind: str
    cites: Cites


@dataclass(frozen=True, slots=True)
class Axis:
    """One character of an ICD-10-PCS code: its place (1 to 7), what it names, the value, and that in plain words."""

    place: int
    character: str
    label: str
    value: str
    plain: str
    cites: Cites


@dataclass(frozen=True, slots=True)
class Panel:
    """One part of the page: its name, how many entries it has, the editions it rests on and its citations.

    ``empty`` says why there is nothing, where there is nothing.
    """

    id: str
    title: str
    count: int
    editions: tuple[EditionNote, ...]
    cites: Cites
    empty: str = ""


@dataclass(frozen=True, slots=True)
class CodePage:
    """Everything about one code on one date. Parts that make no sense for a system are empty.

    Attributes:
        system: cpt, icd10cm, icd10pcs, hcpcs, modifier or pos.
        title: the licensed text where a licensee imported it, and then ``ours`` is our wording; else our wording or the
            public title, and ``wording`` says which.
        standing: why the code may not be used on the date, or that no edition covers it; empty where it may.
        chips: short facts for the head: add-on type, dates, status, global days, units.
        notes: statements in words that belong to the head (inclusion of a graft, side, seventh character).
        paid: the amounts by locality; empty where they are not loaded.
        value_notes: how the amounts are worked out, or what the values leave open.
        siblings: codes of the same kind: other members of the family.
        tabular, sevenths, above: of ICD-10-CM: notes of the list, characters that complete the code, entries above it.
        below: entries below it in the list; of ICD-10-PCS the same work on another side.
        axes: the characters of ICD-10-PCS, one by one.
    """

    system: str
    code: str
    title: str
    plain: str
    ours: str
    wording: str
    picture: str
    site: str
    category: str
    on: date
    valid: bool
    standing: str
    start: date | None
    end: date | None
    chips: tuple[str, ...]
    notes: tuple[Said, ...]
    held: tuple[Held, ...]
    guidelines: tuple[Said, ...]
    checks: tuple[Check, ...]
    modifiers: tuple[ModifierVerdict, ...]
    diagnoses: tuple[DiagnosisGroup, ...]
    edits: tuple[Edit, ...]
    add_ons: tuple[AddOn, ...]
    years: tuple[Year, ...]
    paid: tuple[Paid, ...]
    value_notes: tuple[Said, ...]
    figures: tuple[Figure, ...]
    facility: tuple[Said, ...]
    history: tuple[Event, ...]
    mistaken: tuple[Mistaken, ...]
    siblings: tuple[str, ...]
    tabular: tuple[ListNote, ...]
    sevenths: tuple[Seventh, ...]
    above: tuple[Linked, ...]
    below: tuple[Linked, ...]
    axes: tuple[Axis, ...]
    panels: tuple[Panel, ...]
    cites: Cites
