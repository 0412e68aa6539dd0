"""What an import found, in words: rows read and refused, what is new, and first of all the codes of the scope."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from encoder.gui.widgets.facts import Fact
from encoder.gui.wording.case import spaced
from encoder.gui.wording.sources import many
from encoder.store.edition_changes import NOTHING, Change, Report

EVERY = "all codes"
_FIELDS = {
    "work rvu": "work RVU",
    "facility pe rvu": "practice expense",
    "mp rvu": "malpractice",
    "facility total rvu": "total RVU",
    "global days": "global days",
    "mult proc ind": "multiple procedures",
    "bilateral ind": "bilateral",
    "assistant ind": "assistant",
    "co surgeon ind": "co-surgeon",
    "team surgeon ind": "team",
    "pctc ind": "PC/TC",
    "mue practitioner": "units a day",
    "mue practitioner mai": "MAI",
    "mue rationale": "reason of the limit",
    "mue outpatient hospital": "units a day",
    "mue outpatient hospital mai": "MAI",
    "mue dme": "units a day",
    "mue dme mai": "MAI",
    "opps si": "status indicator",
    "opps apc": "APC",
    "opps rate usd": "rate in US$",
    "asc pi": "payment indicator",
    "asc rate usd": "rate in US$",
    "conversion factor apm": "conversion factor of payment models",
}
"""Figures as a coder calls them; the others are called as the file calls them."""


def named(report: Report) -> str:
    """What the edition is called."""
    return f"{report.title}, {spaced(report.edition)}"


def against(report: Report) -> str:
    """From when it holds, and what it was compared with."""
    said = [f"For {report.start} to {report.until}."]
    if report.reaches_back_to < report.start:
        said.append(f"Its rows keep their own days, so it also answers back to {report.reaches_back_to}.")
    if report.replaces:
        said.append("It takes the place of the copy that is here.")
    elif report.before:
        said.append(f"Compared with {report.before}.")
    else:
        said.append("No edition before it is imported, so it was compared with the bundled tables.")
    return " ".join(said)


def figures(report: Report) -> list[tuple[str, str]]:
    """The numbers of a report, each with its words."""
    made = [(f"{report.kept:,}", f"rows kept, of {report.read:,} read")]
    repeated = f"refused; {report.repeated:,} stood there twice" if report.repeated else "refused"
    made.append((f"{report.refused:,}", f"{'row' if report.refused == 1 else 'rows'} {repeated}"))
    if report.counts is not None:
        found = report.counts
        made.append((f"{found.changed:,}", f"rows changed, {found.new:,} new, {found.gone:,} gone"))
    return made


def refused(report: Report) -> list[Fact]:
    """The first rows that were not understood, each with its line and the reason."""
    return [Fact("", f"line {line:,}", reason, cite=file) for file, line, reason in report.told]


def notes(report: Report) -> list[Fact]:
    """What is worth a look."""
    return [Fact("", "", note, icon="info") for note in report.notes]


def passed(files: Sequence[tuple[str, str]]) -> list[Fact]:
    """The files that were not read, each with the reason."""
    return [Fact("", name, reason) for name, reason in files]


def changes(report: Report, title: Callable[[str], str]) -> list[Fact]:
    """What changes for the codes of the scope, a row a code; ``title`` gives the words of a code."""
    grouped = groupby(((*_parts(change), change) for change in report.changes), lambda one: one[0])
    return [_changed(subject, list(some), title) for subject, some in grouped]


def counted(report: Report) -> str:
    """How many codes change: "3 codes change"."""
    count = len({_parts(change)[0] for change in report.changes})
    return f"{many(count, 'code')} change{'s' if count == 1 else ''}" if count else "no answer changes"


def _parts(change: Change) -> tuple[str, str]:
    """The code that a change is about, and what of it; figures of no code stand for all."""
    if change.about.startswith(EVERY):
        return EVERY, change.about.removeprefix(EVERY).strip()
    code, _, rest = change.about.partition(" ")
    return code, rest


def _changed(subject: str, some: Sequence[tuple[str, str, Change]], title: Callable[[str], str]) -> Fact:
    if len(some) > 1 and all(change.after == NOTHING for _, _, change in some):
        said = "**no longer listed**"
    else:
        said = " · ".join(_one(what, change) for _, what, change in some)
    return Fact("", subject, said, code=subject != EVERY, cite="" if subject == EVERY else title(subject))


def _one(what: str, change: Change) -> str:
    name = _FIELDS.get(what, what)
    if change.before == NOTHING:
        return f"{name} **new** {change.after}"
    if change.after == NOTHING:
        return f"{name} {change.before} → **gone**"
    return f"{name} {change.before} → **{change.after}**"


def as_text(reports: Sequence[Report], files: Sequence[tuple[str, str]]) -> str:
    """The whole report as a text to be kept."""
    return "\n".join([*(line for report in reports for line in _lines(report)), *_not_read(files)])


def _lines(report: Report) -> Iterator[str]:
    yield named(report)
    yield f"  {against(report)}"
    yield f"  Files: {', '.join(report.files)}"
    yield "  " + "; ".join(f"{number} {words}" for number, words in figures(report))
    for file, line, reason in report.told:
        yield f"  {file}, line {line}: {reason}"
    yield from (f"  {note}" for note in report.notes)
    yield f"  In the codes this program works with: {counted(report)}"
    for change in report.changes:
        yield f"    {change.about}: {change.before}, now {change.after}"
    yield ""


def _not_read(files: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield from (f"Not read: {name}: {reason}" for name, reason in files)
