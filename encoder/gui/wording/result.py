"""A result in words: lines, reasons, reasons against, warnings, documentation, edits, values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from encoder.core.beside.ticks import Tick, settles
from encoder.core.codes import Cites
from encoder.core.tree.explain import ChecklistItem, Result, Why
from encoder.core.tree.rules import Line
from encoder.core.view import View
from encoder.gui.widgets.facts import Fact
from encoder.gui.widgets.figures import Figures
from encoder.gui.widgets.paint import Tag
from encoder.gui.widgets.verdict import ClaimLine, VerdictKind
from encoder.gui.wording.sources import Sources, dates, lower_first, many, mark_codes, row_name

_ROLES = {
    "primary": "Primary",
    "add_on": "Add-on",
    "second_primary": "Primary of the second site",
    "second_add_on": "Add-on of the second site",
    "other": "Beside the primary",
}
_MODIFIERS = {
    "LT": "left side",
    "RT": "right side",
    "50": "both sides",
    "22": "much more work than usual",
    "51": "one of several procedures",
    "52": "reduced",
    "53": "stopped for safety",
    "58": "planned stage",
    "59": "another site",
    "62": "two surgeons",
    "66": "team",
    "78": "return for a complication",
    "79": "unrelated, within the global days",
    "80": "assistant surgeon",
    "82": "assistant, no resident",
    "AS": "assistant, no physician",
    "XE": "another encounter",
    "XS": "another site",
}
_SEVERITY = {"stop": ("stop", "stop", "deny"), "warn": ("warn", "warn", "look"), "note": ("info", "text2", "note")}
_EDITS = {"ok": ("tick", "ok"), "look": ("warn", "warn"), "deny": ("stop", "stop")}
_ICD10PCS = 7  # characters of a code of the inpatient hospital claim
_BEFORE_BILLING = Tag("review", "warn", "review")
_UNDOCUMENTED = "Not documented"


def verdict(result: Result) -> VerdictKind:
    """How the band looks: decided, review, ask (also the coder, where two facts clash), or ended without a line."""
    if result.status == "query":
        return "ask"
    if result.review:
        return "review"
    if result.lines:
        return "decided"
    return "ask" if result.ref == "O-CONTRA" else "ended"


def lines(result: Result, sources: Sources) -> list[ClaimLine]:
    """The claim lines as they are entered, each with what it is."""
    return [
        ClaimLine(
            line.text,
            sources.title(line.code),
            _second(line),
            _BEFORE_BILLING if result.review else None,
        )
        for line in result.lines
    ]


def _second(line: Line) -> str:
    role = "Procedure" if len(line.code) == _ICD10PCS else _ROLES[line.role]
    modifiers = (_MODIFIERS.get(modifier, f"modifier {modifier}") for modifier in line.modifiers)
    return " · ".join((role, many(line.units, "unit"), *modifiers))


# -- why and why not --------------------------------------------------------------------------------------------------


def why(result: Result, sources: Sources) -> list[Fact]:
    """The reasons of the codes and of the end; each with its citation, row and dates, the code as its label."""
    return [_reason(reason, sources) for reason in result.why if _decides(reason)]


def applied(result: Result, sources: Sources) -> list[Fact]:
    """The rules that shaped the claim beyond that: sides, what is inside a code, editions that end before the date."""
    return [_reason(reason, sources) for reason in result.why if not _decides(reason)]


def _decides(reason: Why) -> bool:
    return bool(reason.code) or not reason.rule.startswith("rule:")


def _reason(reason: Why, sources: Sources) -> Fact:
    row = Fact(reason.rule, reason.code or "Claim", mark_codes(reason.say), code=True)
    return _cited(row, sources, reason.cites, (row_name(reason.rule), dates(reason.start, reason.end)))


def _cited(fact: Fact, sources: Sources, cites: Cites, also: tuple[str, ...] = ()) -> Fact:
    """A row with its evidence, short below its words: document and edition of the first source, dates, row."""
    row, *held = also or ("",)
    short = " · ".join(part for part in (sources.document(cites), *held, row) if part)
    return replace(_proved(fact, sources, cites, also), cite=short)


def _proved(fact: Fact, sources: Sources, cites: Cites, also: tuple[str, ...] = ()) -> Fact:
    """A row with its evidence in full, in its hint and when it is opened."""
    full = "\n".join(part for part in (*sources.evidence(cites), *also) if part)
    return replace(fact, hint=full, opens=bool(full))


def why_not(result: Result, sources: Sources) -> list[Fact]:
    """Which answer or row ruled each near code out; codes of a family with one reason share a row.

    What the codes are for, and the evidence, stand in the hint and open with the row.
    """
    groups: dict[tuple[str, str, Cites, str], list[str]] = {}
    for one in result.why_not:
        if one.say and one.say != result.verdict:
            key = (one.family, one.say.replace(f"{one.code} is", "\0 is"), one.cites, one.rule)
            groups.setdefault(key, []).append(one.code)
    facts = []
    for (family, say, cites, rule), codes in groups.items():
        said = mark_codes(say.replace("\0 is", f"{codes[0]} is" if len(codes) == 1 else "These are"))
        first, _, more = said.partition(". ")
        row = Fact(f"{family}:{codes[0]}", ", ".join(codes), first, "no", "text3", code=True, quiet=True, more=more)
        facts.append(_proved(row, sources, cites, (row_name(rule),)))
    return facts


# -- warnings, documentation, diagnosis, hospital ---------------------------------------------------------------------


def warnings(result: Result, sources: Sources) -> list[Fact]:
    """Every warning that applies, the gravest first."""
    facts = []
    for notice in result.warnings:
        icon, ink, word = _SEVERITY[notice.severity]
        text = f"**{notice.id} · {word}.** {mark_codes(notice.say)}"
        facts.append(_cited(Fact(notice.id, "", text, icon=icon, ink=ink), sources, notice.cites))
    return facts


def warnings_count(result: Result) -> str:
    """How many warnings of each weight, in words."""
    found = {name: sum(notice.severity == name for notice in result.warnings) for name in _SEVERITY}
    said = {"stop": "to deny", "warn": "to look at"}
    parts = [f"{found[name]} {words}" for name, words in said.items() if found[name]]
    if found["note"]:
        parts.append(many(found["note"], "note"))
    return ", ".join(parts)


def documentation(result: Result, sources: Sources, ticks: Sequence[Tick] = (), *, noted: bool = False) -> list[Fact]:
    """The facts the note must show: its quote; else the answer that says them, or what is still to be seen in the note.

    Args:
        noted: there is a note: a fact without a quote is shown as missing.
    """
    quotes = {tick.item.fact: tick.quotes for tick in ticks}
    facts = []
    for item in result.checklist:
        quoted = quotes.get(item.fact, ())
        said = _said(item)
        row = Fact(item.fact, item.label, mark_codes(item.answer if said else item.say))
        if quoted:
            more = f", {many(len(quoted) - 1, 'quote')} more" if len(quoted) > 1 else ""
            place = f"{quoted[0].document}, {quoted[0].place}{more}"
            row = replace(row, text=f"“{quoted[0].words}”", icon="tick", ink="ok", quote=True, cite=place)
        elif noted:
            answered = said and settles(item)
            cite = f"answered: {item.answer}" if answered else item.say
            row = replace(row, text="not quoted" if answered else "not in the note", cite=cite, icon="warn", ink="warn")
        else:
            row = replace(row, icon="tick" if said else "note", ink="ok" if said else "text2")
        proved = _proved(row, sources, item.cites)
        facts.append(replace(proved, hint=f"{item.say}\n{proved.hint}"))
    return facts


def _said(item: ChecklistItem) -> bool:
    return bool(item.answer) and item.answer != _UNDOCUMENTED


def documentation_count(result: Result, ticks: Sequence[Tick] = (), *, noted: bool = False) -> str:
    """How many of the facts were answered, or with a note quoted, in words."""
    whole = len(result.checklist)
    if noted or any(tick.quotes for tick in ticks):
        return f"{sum(bool(tick.quotes) for tick in ticks)} of {whole} quoted"
    return f"{sum(_said(item) for item in result.checklist)} of {whole} answered"


def diagnosis(view: View, sources: Sources) -> list[Fact]:
    """The diagnosis code as answered with its title, else the diagnosis in words."""
    values = {step.question: step.value for step in view.way if step.state in ("answered", "now")}
    code, words = values.get("diagnosis_code", ""), values.get("diagnosis", "")
    if code and code != _UNDOCUMENTED:
        return [Fact("diagnosis_code", code, sources.title(code) or words, code=True)]
    return [Fact("diagnosis", "", words)] if words and words != _UNDOCUMENTED else []


def hospital(result: Result, sources: Sources) -> list[Fact]:
    """The code of the inpatient hospital claim for the same operation."""
    code = result.hospital_code
    return [Fact(code, code, sources.title(code), code=True)] if code else []


# -- edits, values, what is open --------------------------------------------------------------------------------------


def edits(result: Result, sources: Sources) -> list[Fact]:
    """Every edit that was looked up."""
    facts = []
    for check in result.edits:
        icon, ink = _EDITS[check.state]
        row = Fact(check.name, check.name, mark_codes(check.say), icon=icon, ink=ink)
        facts.append(_proved(row, sources, check.cites, (row_name(check.row),)))
    return facts


def edits_count(result: Result) -> str:
    """How many edits passed, in words."""
    found = {state: sum(check.state == state for check in result.edits) for state in _EDITS}
    words = {"ok": "passed", "look": "to look at", "deny": "denied"}
    return ", ".join(f"{found[state]} {words[state]}" for state in _EDITS if found[state])


def values(result: Result) -> Figures:
    """The figures of the lines; "not loaded" where the edition has none."""
    rows = tuple(
        (value.code, *(_figure(text) for text in (value.work, value.total, value.dollars)))
        for value in result.values
        if len(value.code) != _ICD10PCS  # no fee schedule knows them
    )
    editions = dict.fromkeys(value.edition.replace("/", " ") for value in result.values if value.edition)
    note = f"National, facility, {', '.join(editions)}." if editions else "No values of this date are loaded."
    return Figures(("", "work", "total RVU", "US$"), rows, note)


def _figure(text: str) -> str:
    if not text:
        return "not loaded"
    whole, point, rest = text.partition(".")
    return f"{int(whole):,}{point}{rest}" if whole.isdecimal() else text


def evidence_text(fact: Fact) -> tuple[str, str]:
    """Title and article for the evidence of a row."""
    title = fact.label or fact.id
    words = f"{fact.text}. {fact.more}" if fact.more else fact.text
    evidence = "\n".join(f"- {line}" for line in fact.hint.split("\n"))
    return f"Evidence: {title}", "\n\n".join((f"# {title}", words, "## Evidence", evidence))


def assumed(result: Result) -> list[Fact]:
    """The refining questions that nobody asked yet, with what is taken instead. Enter asks one."""
    facts = []
    for question in result.assumed:
        usual = question.answer(question.usual)
        text = f"taken: {lower_first(usual.brief)}" if usual else "nothing taken"
        facts.append(Fact(question.id, question.label, text, icon="possible", ink="text3", action="ask"))
    return facts


def open_sides(result: Result, sources: Sources) -> list[Fact]:
    """What speaks for each side of a question that the sources leave open."""
    sides: Sequence[tuple[str, str, str]] = result.open.sides if result.open else ()
    return [_cited(Fact(head, head, mark_codes(say)), sources, (cite,)) for head, say, cite in sides]
