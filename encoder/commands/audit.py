"""``encoder audit``: the edits over a file of claims; findings into another file, a summary here."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from encoder.commands.check import SETTINGS
from encoder.commands.output import Output
from encoder.commands.shapes import Json
from encoder.commands.shipped import Shipped
from encoder.core.book import Book
from encoder.core.edits.worth import NATIONAL, by_locality
from encoder.errors import UsageError
from encoder.store.audit_run import AuditRun, Progress, Task, name_of
from encoder.store.audit_summary import Summary, Tally
from encoder.store.codebook import Codebook

WIDTH = 30
STEP = 10
MOST_SHOWN = 10


def run(arguments: Namespace, shipped: Shipped, out: Output, on: date) -> int:
    """Audit a file; 1 when something denies, needs a look or could not be read. Ctrl+C leaves what can go on."""
    source, target = arguments.file, arguments.out
    if source.resolve() == target.resolve():
        raise UsageError(f"The findings would overwrite the claims in {source}; name another file with --out.")
    other = Path(arguments.against) if arguments.against else None
    beside = Codebook.open(other) if other is not None and other.is_file() else None
    try:
        task = Task(
            source,
            target,
            shipped.book,
            by_locality(shipped.book),
            SETTINGS[arguments.setting],
            name_of(shipped.book, *([beside] if beside else [])),
            against=_against(arguments.against, shipped.book, beside),
        )
        audit = AuditRun(task)
        shown = -1
        try:
            for progress in audit.run():
                shown = _show(progress, shown, out)
        except KeyboardInterrupt:
            if out.err.isatty():
                out.note("")  # behind the bar
            out.note(f"Stopped after {_many(audit.summary.claims, 'claim')}; the same command goes on from there.")
            return 130
    finally:
        if beside is not None:
            beside.close()
    if audit.resumed:
        out.note("It went on from where an earlier run had stopped.")
    if arguments.json:
        out.json(as_json(audit.summary, target))
    else:
        places = any(edition.table == "gpci" for edition in shipped.book.editions())
        for line in in_words(audit.summary, target, places=places):
            out.say(line)
    return 1 if audit.summary.bad_rows or _looked_at(audit.summary) else 0


def _against(wanted: str | None, book: Book, beside: Book | None) -> tuple[Book, date | None] | None:
    """The other tables of a look-back: another database, or this one on a day or on the last day of an edition.

    Raises:
        UsageError: it names no database, edition or day.
    """
    if wanted is None:
        return None
    if beside is not None:
        return beside, None
    try:
        return book, date.fromisoformat(wanted)
    except ValueError:
        pass
    held = next((edition for edition in book.editions() if edition.edition == wanted), None)
    day = (held.span.end or held.span.start) if held else None
    if day is None:
        known = ", ".join(dict.fromkeys(edition.edition for edition in book.editions()))
        raise UsageError(
            f"'{wanted}' is no code database, no day and no loaded edition; name a file, a day such as 2025-12-31, or "
            f"one of {known}."
        )
    return book, day


def _show(progress: Progress, shown: int, out: Output) -> int:
    """Show how far it is: a bar on a terminal, a line at every tenth elsewhere; gives the percentage shown last."""
    part = 100 * progress.done // max(progress.size, 1)
    found = f"{_many(progress.summary.claims, 'claim')}, {_many(progress.summary.findings, 'finding')}"
    if out.err.isatty():
        bar = "#" * (WIDTH * part // 100)
        print(f"\r[{bar:<{WIDTH}}] {part:>3} %  {found}", end="\n" if part >= 100 else "", file=out.err, flush=True)
    elif part // STEP > shown // STEP:
        out.note(f"{part} %  {found}")
    return part


def _looked_at(summary: Summary) -> int:
    """Findings that deny or need a look."""
    return sum(found.get("deny", 0) + found.get("warn", 0) for found in summary.kinds.values())


def as_json(summary: Summary, target: Path) -> Json:
    """The object of ``audit --json``; money is text in US dollars."""
    return {
        "out": str(target),
        "claims": summary.claims,
        "lines": summary.lines,
        "denied_claims": summary.denied_claims,
        "findings": summary.findings,
        "bad_rows": summary.bad_rows,
        "by_kind": summary.kinds,
        "by_rule": summary.rules,
        "by_code": _tallies(summary.codes),
        "not_loaded": summary.unloaded,
        "by_locality": _tallies({place or NATIONAL: tally for place, tally in summary.localities.items()}),
    }


def _tallies(held: Mapping[str, Tally]) -> Json:
    return {
        key: {"denied_lines": one.lines, "at_stake": money(one.cents), "without_value": one.unpriced}
        for key, one in sorted(held.items(), key=lambda item: (-item[1].cents, item[0]))
    }


def money(cents: int) -> str:
    """Cents as dollars, 1234.50."""
    return f"{cents // 100}.{cents % 100:02}"


def in_words(summary: Summary, target: Path, *, places: bool = False) -> list[str]:
    """The summary for a reader in a terminal; ``places`` where values by locality are loaded."""
    amounts = "values of the locality where its indices are loaded, else national" if places else "national values"
    size = f"{_many(summary.claims, 'claim')}, {_many(summary.lines, 'line')}"
    said = [
        f"{size}: {_many(summary.findings, 'finding')} in {target}.",
        f"{_many(summary.denied_claims, 'claim')} with a line that would be denied.",
    ]
    if summary.bad_rows:
        said.append(f"{_many(summary.bad_rows, 'row')} not read, and the claim left out: see kind 'file' there.")
    if summary.unloaded:
        lines = _many(sum(summary.unloaded.values()), "line")
        said.append(f"{lines} not checked: {_many(len(summary.unloaded), 'code')} not loaded.")
    for kind, found in summary.kinds.items():
        said.append(f"  {kind:<10} " + ", ".join(f"{count:,} {severity}" for severity, count in sorted(found.items())))
    codes = sorted(summary.codes.items(), key=lambda item: (-item[1].cents, item[0]))
    for title, held in (("By code", codes[:MOST_SHOWN]), ("By locality", sorted(summary.localities.items()))):
        said += [f"{title}, lines denied and US$ at stake ({amounts}):"] if held else []
        for key, one in held:
            tail = f", {one.unpriced:,} without a loaded value" if one.unpriced else ""
            said.append(f"  {key or NATIONAL:<10} {one.lines:>8,} {one.cents / 100:>16,.2f}{tail}")
    return said


def _many(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}"
