"""An answer in words: its sentences with their sources, its codes, its rows, the nearest places, and what is copied."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from encoder.core.ask.answer import Answer, Near
from encoder.core.ask.kinds import OUT_OF_SCOPE
from encoder.core.codes import Cites
from encoder.core.page.evidence import RowRef, Said
from encoder.gui.widgets.facts import Fact
from encoder.gui.wording.sources import Sources, codes_in, dates, many, mark_codes

EXAMPLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Two codes", ("can 20932 go with 27447", "which primaries go with 20932", "difference between 20933 and 20934")),
    ("Which code", ("curettage of a femoral cyst with allograft", "ACL reconstruction with allograft")),
    ("One code", ("what is 27415", "is 20932 valid on 2018-06-01", "what is inside 20932")),
    ("The note", ("what must the note say for 20932",)),
    ("Modifiers", ("can 50 go on 20932", "which modifier for a bilateral procedure")),
    ("Diagnoses", ("which diagnosis for a benign tumour of the left femur",)),
    ("Values", ("how much is 27365", "what are the RVUs of 20932")),
)
"""What can be asked, one question or more of each sort."""
_TABLES = {
    "aoc": "Add-on list",
    "ptp_practitioner": "Code pairs",
    "ptp_hospital": "Code pairs, hospital",
    "mue": "Unit limits",
    "mue_hospital": "Unit limits, hospital",
    "pfs": "Fee schedule",
    "gpci": "Localities",
    "cpt": "Codes",
    "icd10cm": "ICD-10-CM",
    "icd10cm_list": "ICD-10-CM, whole list",
    "icd10pcs": "ICD-10-PCS",
    "hcpcs": "HCPCS",
    "tree": "Questions",
    "services": "Our own facts",
    "documentation": "Documentation",
    "confused": "Often confused",
    "modifiers": "Modifiers",
    "places": "Places of service",
}
_MOST_CITES = 3  # sources of a sentence that are written out; the tooltip has them all
_ASK, _CODE = "ask", "code"
OUTSIDE = "Outside of what is decided here"
OPEN = "open"


def head(answer: Answer) -> str:
    """The answer itself, its codes marked."""
    return mark_codes(answer.say)


def refused(answer: Answer) -> str:
    """The sentence over an answer that is none, or that lies outside of the program; empty for all others."""
    if answer.kind == OUT_OF_SCOPE:
        return OUTSIDE
    return "" if answer.answered else "No answer"


def read_as(answer: Answer) -> str:
    """How words were read that were not written so."""
    return ". ".join(answer.read_as)


def cite(cites: Cites, sources: Sources) -> str:
    """The first citations in words, and how many more there are."""
    rest = len(cites) - _MOST_CITES
    said = sources.cite(cites[:_MOST_CITES])
    return f"{said} · and {many(rest, 'more source')}" if rest > 0 else said


def sentences(said: Sequence[Said], sources: Sources) -> list[Fact]:
    """Sentences with their sources."""
    return [
        Fact(
            str(place),
            "",
            mark_codes(each.say),
            cite=cite(each.cites, sources),
            hint="\n".join(sources.evidence(each.cites)),
        )
        for place, each in enumerate(said)
    ]


def codes(answer: Answer, title: Callable[[str], str]) -> list[Fact]:
    """Every code that the answer names, those that it gives first; Enter opens its page."""
    found = dict.fromkeys((*answer.codes, *(code for said in answer.said for code in codes_in(said.say))))
    return [Fact(code, code, title(code), code=True, action=OPEN) for code in found if title(code)]


def near(places: Sequence[Near], told: Collection[str] = ()) -> list[Fact]:
    """The nearest places; Enter goes there. The codes told of already are left out."""
    return [_near(place) for place in places if place.kind != _CODE or place.id not in told]


def _near(place: Near) -> Fact:
    icon = {_ASK: "ask", _CODE: "codes"}.get(place.kind, "case")
    action = "ask" if place.kind == _ASK else "explain" if place.kind not in (_ASK, _CODE) else OPEN
    label = place.id if place.kind == _CODE else ""
    return Fact(f"{place.kind}:{place.id}", label, mark_codes(place.title), icon=icon, code=bool(label), action=action)


def rows(refs: Iterable[RowRef]) -> list[Fact]:
    """The rows by table, edition and dates: their keys, and where they stand."""
    groups: dict[tuple[str, str], list[str]] = {}
    for ref in refs:
        where = ", ".join(part for part in (ref.edition, dates(ref.start, ref.end)) if part)
        groups.setdefault((ref.table, where), []).append(_key(ref))
    return [
        Fact(f"{table} {where}", table_name(table), ", ".join(keys), cite=where or "no dates of its own")
        for (table, where), keys in groups.items()
    ]


def _key(ref: RowRef) -> str:
    """The key without the name of its table before it."""
    return ref.key.removeprefix(ref.table).lstrip(":.") if ref.key.startswith(ref.table) else ref.key


def table_name(table: str) -> str:
    """A table in words; those that only the questions use are called by their id."""
    return _TABLES.get(table, table.replace("_", " "))


def row(ref: RowRef) -> str:
    """One row in words: table, key, edition and dates."""
    key = _key(ref)
    return ", ".join(
        part for part in (f"{table_name(ref.table)} {key}", ref.edition, dates(ref.start, ref.end)) if part
    )


def examples() -> list[Fact]:
    """What can be asked; Enter asks it."""
    return [
        Fact(text, sort if place == 0 else " ", mark_codes(text), opens=True)
        for sort, texts in EXAMPLES
        for place, text in enumerate(texts)
    ]


def asked(texts: Sequence[str]) -> list[Fact]:
    """The questions of this session; Enter asks one again."""
    return [Fact(text, "", mark_codes(text), opens=True) for text in texts]


def start(count: int) -> str:
    """The button that begins the case with what the words of a question settle."""
    return f"Start the tree with {many(count, 'assumption')}"


def copied(answer: Answer, sources: Sources) -> str:
    """Question, answer, rows and sources as plain text."""
    parts = [
        [f"Question: {answer.question}", f"Date of service {answer.on}.", *(f"({text})" for text in answer.read_as)],
        [said.say for said in answer.said],
        [f"Rows: {'; '.join(row(ref) for ref in answer.rows)}."] if answer.rows else [],
        [f"Sources: {'; '.join(sources.evidence(answer.cites))}."] if answer.cites else [],
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"
