"""A code page in words: the rows of each panel, its source line, and what the head says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from encoder.core.editions import EditionNote
from encoder.core.page.model import AddOn, CodePage, DiagnosisGroup, Edit, ModifierVerdict, Panel, Year
from encoder.core.page.page import OFFICIAL
from encoder.core.reverse import Trail
from encoder.gui.widgets.facts import Fact
from encoder.gui.widgets.paint import Tag
from encoder.gui.wording.case import spaced
from encoder.gui.wording.sources import Sources, many, mark_codes, upper_first

CODE, GROUP, WAY = "code:", "group:", "way:"
"""Before the id of a row that opens the page of a code, shows the rows below it, or starts from a way to the code."""
LEADS, FIGURES, SOURCES = "leads", "figures", "sources"
"""Panels beside those of the page: which answers lead to the code, every indicator in words, and every document."""
SYSTEMS = {
    "cpt": "CPT",
    "icd10cm": "ICD-10-CM",
    "icd10pcs": "ICD-10-PCS",
    "hcpcs": "HCPCS Level II",
    "modifier": "modifier",
    "pos": "place of service",
}
EDITIONS = {
    "covers": "",
    "older": "Older than this date",
    "newer": "Begins after this date",
    "none": "No edition covers the date",
}
SETTINGS = {"practitioner": "practitioner", "outpatient_hospital": "hospital"}
_BY_YEAR = frozenset({"work_rvu", "facility_pe_rvu", "mp_rvu", "facility_total_rvu", "national_facility_payment_usd"})
_FEW = 4  # rows of a long panel before the rest is asked for
_STATEMENTS = 2  # of those that are often made
_HELD = {"inside": ("ok", "ok", "Inside"), "apart": ("info", "accent", "Apart"), "never": ("no", "text2", "Never")}
_VERDICTS = {
    "allowed": ("ok", "ok", "allowed"),
    "refused": ("no", "text2", "refused"),
    "conditional": ("info", "accent", "only if"),
    "not_loaded": ("possible", "text3", "not loaded"),
}
_ADD_ONS = {
    "allowed": ("ok", "ok", "allowed"),
    "barred": ("no", "text2", "barred"),
    "payer": ("info", "accent", "the payer decides"),
    "partial": ("info", "accent", "not on its partial list"),
    "not_listed": ("possible", "text3", "not listed"),
}


def tags(page: CodePage) -> list[Tag]:
    """The short facts of the head."""
    made = []
    if any(note.state != "covers" for note in page.panels[0].editions):
        made.append(Tag(f"no edition covers {page.on}", "warn", "warn"))
    elif not page.valid:
        made.append(Tag(f"not valid on {page.on}", "stop", "stop"))
    made += [Tag(SYSTEMS[page.system])] if page.system != "cpt" else []
    if page.wording == OFFICIAL:
        made.append(Tag("licensed text", "accent"))
    if not page.chips and (page.start or page.end):
        made.append(Tag(f"{page.start or 'always'} to {page.end or 'no end'}"))
    return [*made, *(Tag(chip) for chip in page.chips)]


def wording(page: CodePage) -> str:
    """Whose words the title is."""
    if page.wording == OFFICIAL:
        return f"Licensed text of the AMA, imported here. Our wording: {page.ours}."
    return f"Wording: {page.wording}."


def copied(page: CodePage) -> str:
    """The code with its title, as it is copied."""
    return f"{page.code.removeprefix('pos:')} {page.title}"


def sources(panel: Panel, register: Sources) -> str:
    """What a panel rests on: its editions, and the first of its documents."""
    editions = [edition(note) for note in panel.editions if note.state == "covers" or not old(panel)]
    documents = list(dict.fromkeys(register.document((cite,)) for cite in panel.cites))
    named = [] if editions else documents[:1]
    more = len(documents) - len(named)
    counted = many(more, "more document" if named else "document")
    return " · ".join([*editions, *named, *([f"{counted} under Sources"] if more > 0 else [])])


def edition(note: EditionNote) -> str:
    """An edition by name."""
    return f"{note.edition.label} {spaced(note.edition.edition)}"


def old(panel: Panel) -> str:
    """The editions of a panel that do not cover the date; empty where all do."""
    said = []
    for state, words in EDITIONS.items():
        named = [edition(note) for note in panel.editions if note.state == state]
        said += [f"{words}: {'; '.join(named)}."] if words and named else []
    return " ".join(said)


def count(page: CodePage, panel: Panel) -> str:
    """What stands beside the name of a panel."""
    if panel.id == "add_ons":
        allowed = sum(entry.state == "allowed" for entry in page.add_ons)
        others = "primary" if "add-on" in " ".join(page.chips) else "add-on"
        return many(allowed, others).replace("primarys", "primaries") + " allowed"
    counted = {
        "documentation": "fact",
        "edits": "pair",
        "mistaken": "statement",
        "tabular": "note",
        "diagnoses": "family",
    }
    if panel.id in counted and panel.count:
        return many(panel.count, counted[panel.id]).replace("familys", "families")
    return ""


def facts(page: CodePage, panel: str, opened: Collection[str], title: Callable[[str], str]) -> list[Fact]:
    """The rows of a panel. ``opened`` are the groups whose rows are shown, ``title`` the words of a code."""
    rows: dict[str, Callable[[], Sequence[Fact]]] = {
        "overview": lambda: _overview(page, title),
        "held": lambda: [_held(h.state, h.say, h.codes) for h in page.held],
        "guidelines": lambda: [Fact("", "", mark_codes(said.say)) for said in page.guidelines],
        "documentation": lambda: [
            Fact(check.id, check.label, check.say, icon="possible", ink="text3") for check in page.checks
        ],
        "modifiers": lambda: list(_modifiers(page.modifiers)),
        "diagnoses": lambda: [fact for group in page.diagnoses for fact in _diagnoses(group, opened, title)],
        "add_ons": lambda: list(_add_ons(page.add_ons, opened)),
        "facility": lambda: [_parted(said.say) for said in page.facility],
        "history": lambda: [Fact("", str(event.on or "undated"), mark_codes(event.say)) for event in page.history],
        "mistaken": lambda: list(_mistaken(page, opened)),
        "tabular": lambda: [
            Fact("", note.label, mark_codes(note.text), cite=f"at {note.code}") for note in page.tabular
        ],
        "sevenths": lambda: [Fact("", each.letter, each.means, code=True) for each in page.sevenths],
        "above": lambda: [_link(entry.code, entry.title) for entry in page.above if entry.kind in ("heading", "code")],
        "below": lambda: [_link(entry.code, entry.title) for entry in page.below],
        "axes": lambda: [
            Fact("", axis.character, f"{axis.label}: **{axis.value}**", code=True, cite=axis.plain)
            for axis in page.axes
        ],
    }
    return list(rows[panel]()) if panel in rows else []


def _overview(page: CodePage, title: Callable[[str], str]) -> list[Fact]:
    said = [Fact("", "", mark_codes(note.say)) for note in page.notes]
    near = sorted(page.siblings, key=lambda code: -_alike(code, page.code))[:_FEW]
    return [*said, *(_link(code, title(code)) for code in sorted(near))]


def _alike(first: str, second: str) -> int:
    """How many signs two codes begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), len(second))


def _link(code: str, title: str) -> Fact:
    return Fact(f"{CODE}{code}", code, title, code=True, opens=True)


def _held(state: str, say: str, codes: Sequence[str]) -> Fact:
    icon, ink, label = _HELD[state]
    named = f" ({', '.join(f'`{code}`' for code in codes)})" if codes else ""
    return Fact("", label, mark_codes(say) + named, icon=icon, ink=ink)


def _modifiers(verdicts: Sequence[ModifierVerdict]) -> Iterator[Fact]:
    """Modifiers with the same verdict for the same reason are one row; those allowed or refused come first."""
    found: dict[tuple[str, str, str], list[ModifierVerdict]] = {}
    for verdict in verdicts:
        found.setdefault((verdict.verdict, verdict.why, verdict.against), []).append(verdict)
    order = list(_VERDICTS)
    for (state, why, against), own in sorted(found.items(), key=lambda item: order.index(item[0][0])):
        icon, ink, word = _VERDICTS[state]
        opens = own[0].modifier if len(own) == 1 else ""
        text = why if why.startswith("only") else f"{word}: {why}"
        yield Fact(
            f"{CODE}{opens}" if opens else "",
            ", ".join(verdict.modifier for verdict in own),
            upper_first(text) + (f" ({against})" if against else ""),
            icon=icon,
            ink=ink,
            code=True,
            opens=bool(opens),
        )


def _diagnoses(group: DiagnosisGroup, opened: Collection[str], title: Callable[[str], str]) -> Iterator[Fact]:
    name = f"{GROUP}{group.family}"
    shown = name in opened
    icon, ink, word = ("ok", "ok", "fits") if group.fits else ("warn", "warn", "look")
    warned = " ".join(warning.say for warning in group.warnings)
    text = f"{word}, {many(len(group.codes), 'code')}" + (f". {warned}" if warned else "")
    yield Fact(name, group.title, text, icon=icon, ink=ink, action="hide" if shown else "show")
    for code in group.codes if shown else ():
        yield _link(code, title(code))


def _add_ons(entries: Sequence[AddOn], opened: Collection[str]) -> Iterator[Fact]:
    """What is allowed code by code; a long list in another state is one row, whose codes are shown when asked for."""
    for state in dict.fromkeys(entry.state for entry in entries):
        own = [entry for entry in entries if entry.state == state]
        icon, ink, word = _ADD_ONS[state]
        name = f"{GROUP}{state}"
        if state != "allowed" and len(own) > _FEW:
            shown = name in opened
            codes = ", ".join(f"`{entry.code}`" for entry in own)
            said = f"{upper_first(word)}: {many(len(own), 'code')}. {codes}"
            yield Fact(name, "", said, icon=icon, ink=ink, action="hide" if shown else "show")
            own = own if shown else []
        for entry in own:
            ended = f"{word}; a bar ended on {entry.withdrawn.end}: " if entry.withdrawn else ""
            said = f"{ended or ('' if state == 'allowed' else f'{word}: ')}{entry.title}"
            yield Fact(f"{CODE}{entry.code}", entry.code, said, icon=icon, ink=ink, code=True, opens=True)


def _parted(say: str) -> Fact:
    label, parted, text = say.partition(": ")
    return Fact("", label, upper_first(text)) if parted else Fact("", "", say)


def _mistaken(page: CodePage, opened: Collection[str]) -> Iterator[Fact]:
    name = f"{GROUP}mistaken"
    shown = page.mistaken if name in opened else page.mistaken[:_STATEMENTS]
    for entry in shown:
        yield Fact("", "", f"Said: {entry.said} **The tables:** {entry.says}", icon="info", cite=entry.said_by)
    if len(page.mistaken) > _STATEMENTS:
        words = "show fewer" if name in opened else f"show all {len(page.mistaken)}"
        yield Fact(name, "", "", action=words)


def years(year: Year) -> str:
    """The years that an edition of the values is for: "2019–24", "2026"."""
    start, end = year.start, year.end
    if start is None:
        return year.edition
    if end is None or end.year == start.year:
        return str(start.year)
    return f"{start.year}–{end.year % 100:02}"


def paid(page: CodePage, place: str) -> list[Fact]:
    """What a locality pays on the date, by contractor and number; without one the national payment."""
    year = page.years[-1]
    found = next((one for one in page.paid if f"{one.place.contractor}{one.place.number}" == place), None)
    if found is None:
        amount = f"**US$ {year.dollars}**" if year.dollars else "not loaded"
        how = f", {year.total} × {year.factor}" if year.factor and year.dollars else ""
        return [Fact("", "In a facility", f"{amount}, {years(year)}{how}")]
    office = f"US$ {found.office}" if found.office else "not known"
    rare = ", rarely done there" if found.rare else ""
    return [Fact("", "In a facility", f"**US$ {found.facility}**"), Fact("", "Outside one", f"{office}{rare}")]


def figures(page: CodePage) -> list[Fact]:
    """Every figure that is not in the table by year, with what it means."""
    return [
        Fact(
            "",
            figure.label,
            " ".join(part for part in (f"**{figure.value}**", figure.unit, figure.means) if part),
            cite="" if figure.covers else f"{figure.row.edition}, not of this date",
        )
        for figure in page.figures
        if figure.field not in _BY_YEAR
    ]


def leads(trails: Sequence[Trail]) -> list[Fact]:
    """Which answers lead to a code: a row for each group of ways; Enter starts from it."""
    rows = []
    for place, trail in enumerate(trails):
        needs = [*(need for need in trail.needs if not need.every), *trail.details]
        said = "; ".join(f"{need.label}: **{' or '.join(need.say)}**" for need in needs)
        rows.append(Fact(f"{WAY}{place}", "", said, cite=many(trail.ways, "way"), action="start"))
    return rows


def start(code: str, other: str) -> str:
    """What Ctrl+R does on the page of a code, where another one is current in its lists."""
    return f"Start from {code} with {other}" if other else f"Start from {code}"


def all_sources(page: CodePage, register: Sources) -> list[Fact]:
    """Every document that the page rests on, with the places in it."""
    places: dict[str, list[str]] = {}
    for cite in page.cites:
        name, _, place = cite.partition("#")
        places.setdefault(register.document((name,)), []).extend([place] if place else [])
    return [Fact("", "", document, cite=", ".join(dict.fromkeys(held))) for document, held in places.items()]


# -- code pairs -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PairRow:
    """One code pair as a row; the same in both settings is one row."""

    other: str
    title: str
    gives_way: str
    barred: bool
    indicator: str
    means: str
    rationale: str
    settings: str
    row: str


def pairs(page: CodePage, edits: Sequence[Edit]) -> list[PairRow]:
    """The code pairs as rows, in the order of the other code."""
    found: dict[tuple[str, bool, str, str], list[Edit]] = {}
    for edit in edits:
        found.setdefault((edit.other, edit.first, edit.indicator, edit.rationale), []).append(edit)
    rows = [_pair(page.code, own) for own in found.values()]
    return sorted(rows, key=lambda row: (row.barred, row.other))


def _pair(code: str, own: Sequence[Edit]) -> PairRow:
    edit = own[0]
    settings = sorted({SETTINGS.get(one.setting, one.setting) for one in own}, reverse=True)
    return PairRow(
        edit.other,
        edit.title,
        edit.other if edit.first else code,
        not edit.first,
        edit.indicator,
        edit.means,
        edit.rationale,
        "both" if len(settings) > 1 else settings[0],
        ", ".join(one.row.key for one in own),
    )
