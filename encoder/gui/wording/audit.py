"""An audit in words: how the columns of a file were understood, what was found, what is at stake."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from encoder.core.codes import Edition
from encoder.gui.audit_work import Audited, Counts
from encoder.gui.widgets.facts import Fact
from encoder.gui.widgets.figures import Figures
from encoder.gui.wording.case import spaced
from encoder.gui.wording.sources import many
from encoder.store.audit_summary import Tally
from encoder.store.claims_columns import NAMES, NEEDED

SHOWN = 12
"""Codes and localities in the summary; the findings file has all."""
WITHOUT_LOCALITY = "none said"
_TALLIED = ("lines", "cents", "unpriced")
_TAKEN = {
    "claim": "the claim that the row belongs to",
    "line": "what the line is called",
    "code": "procedure code",
    "modifiers": "modifiers",
    "units": "units",
    "date": "date of service",
    "diagnoses": "diagnoses",
    "pointers": "diagnosis pointers",
    "setting": "practitioner or hospital",
    "practitioner": "who reports the line",
    "locality": "where it is paid",
}
KINDS = {
    "code": "codes",
    "date": "dates",
    "add_on": "add-ons",
    "ptp": "code pairs",
    "mue": "units",
    "modifier": "modifiers",
    "diagnosis": "diagnoses",
    "file": "rows not read",
}
"""Kinds of findings, as a coder calls them."""
SEVERITIES = {"deny": "deny", "warn": "look", "note": "note", "refused": "not read"}
CHANGES = {"new": "new under the other date", "gone": "gone under the other date"}


def columns(found: Sequence[tuple[str, str]]) -> list[Fact]:
    """Each column that is used and what it is taken for; what is missing; and which columns are passed over."""
    used = [Fact("", name, _TAKEN[kind], icon="tick", ink="ok") for name, kind in found if kind]
    kinds = {kind for _, kind in found}
    missing = [
        Fact(
            "",
            _TAKEN[kind],
            f"**missing**: call the column {', '.join(NAMES[kind].split()[:3])} or the like",
            "stop",
            "stop",
        )
        for kind in NEEDED
        if kind not in kinds
    ]
    passed = [name for name, kind in found if not kind]
    rest = [Fact("", "Passed over", ", ".join(passed), icon="info")] if passed else []
    return [*missing, *used, *rest]


def days(editions: Iterable[Edition]) -> list[tuple[str, str]]:
    """The days that a file can be held against too, as ISO dates with their words: the last day of each edition."""
    held = [
        (one.span.end, f"as on {one.span.end}, the last day of {one.label} {spaced(one.edition)}")
        for one in editions
        if one.span.end is not None
    ]
    return [(day.isoformat(), words) for day, words in sorted(held, reverse=True)]


def progress(counts: Counts) -> str:
    """How much was audited."""
    return f"{_many(counts.claims, 'claim')}, {_many(counts.findings, 'finding')}, {counts.denied_claims:,} denied"


def title(audited: Audited) -> str:
    """What the summary says first."""
    size = f"{_many(audited.summary.claims, 'claim')}, {_many(audited.summary.lines, 'line')}"
    if not audited.whole:
        return f"Stopped after {size}. Run it again and it goes on from there."
    back = f" Differences to the tables on {audited.asked.against} alone." if audited.asked.against else ""
    resumed = " It went on where it had been stopped." if audited.resumed else ""
    return f"{size} audited.{back}{resumed}"


def numbers(audited: Audited) -> list[tuple[str, str]]:
    """The numbers of a summary, each with its words."""
    held = audited.summary
    whole = Tally(*(sum(getattr(each, name) for each in held.localities.values()) for name in _TALLIED))
    without = f"; {_many(whole.unpriced, 'line')} without a loaded value" if 0 < whole.unpriced < whole.lines else ""
    made = [
        (f"{held.findings:,}", "findings"),
        (f"{held.denied_claims:,}", "claims with a line that would be denied"),
        (_worth(whole), f"US$ at stake on denied lines{without}"),
    ]
    if held.bad_rows:
        made.append((f"{held.bad_rows:,}", "rows not read; their claims were left out"))
    return made


def by_kind(audited: Audited) -> Figures:
    """Findings by kind and weight."""
    kinds = audited.summary.kinds
    rows = tuple(
        (KINDS.get(kind, kind), *(f"{found.get(name, 0):,}" for name in ("deny", "warn", "note")))
        for kind, found in sorted(kinds.items(), key=lambda item: -sum(item[1].values()))
    )
    return Figures(("", "deny", "look", "note"), rows) if rows else Figures()


def by_code(audited: Audited) -> Figures:
    """Denied lines and what they are worth, by code, the dearest first."""
    rest = audited.summary.unloaded
    lines = sum(rest.values())
    note = (
        f"{_many(lines, 'line')} with {_many(len(rest), 'code')} not loaded: nothing was checked for them."
        if rest
        else ""
    )
    return _tallies(audited.summary.codes, note)


def by_locality(audited: Audited, *, loaded: bool) -> Figures:
    """The same by locality; ``loaded`` says whether the indices of localities are."""
    named = {place or WITHOUT_LOCALITY: tally for place, tally in audited.summary.localities.items()}
    note = "" if loaded else "No locality indices are loaded: all values are national."
    return _tallies(named, note)


def _tallies(held: Mapping[str, Tally], note: str) -> Figures:
    ordered = sorted(held.items(), key=lambda item: (-item[1].cents, item[0]))
    rows = tuple((key, f"{one.lines:,}", _worth(one)) for key, one in ordered[:SHOWN])
    more = f"{len(ordered) - SHOWN:,} more in the file." if len(ordered) > SHOWN else ""
    unpriced = sum(one.unpriced for one in held.values())
    without = f"{_many(unpriced, 'line')} without a loaded value." if unpriced else ""
    said = " ".join(part for part in (more, without, note) if part)
    return Figures(("", "lines", "US$"), rows, said) if rows or said else Figures()


def _worth(held: Tally) -> str:
    """What lines are worth; where no value of any is loaded, that is said in place of nothing."""
    return "not loaded" if held.lines and held.unpriced == held.lines else dollars(held.cents)


def dollars(cents: int) -> str:
    """Cents as dollars: 1,234.50."""
    return f"{cents / 100:,.2f}"


def _many(count: int, noun: str) -> str:
    return many(count, noun).replace(str(count), f"{count:,}", 1)
