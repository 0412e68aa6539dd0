"""``encoder data``: the user's own editions of the code sets: list, import, verify, roll back, remove, pack, sign."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path

from encoder.commands.output import Output, Progress
from encoder.commands.shapes import Json, day
from encoder.commands.shipped import Shipped
from encoder.errors import UsageError
from encoder.store.edition_changes import Report
from encoder.store.edition_writer import Watcher
from encoder.store.editions import Held, verify

SHOWN = 20
"""How many refused rows and changed answers a terminal is told; --json has them all."""


def list_editions(arguments: Namespace, shipped: Shipped, out: Output, on: date) -> int:
    """Every imported edition, hidden and damaged ones too."""
    shelf = shipped.book.shelf
    held = shelf.all()
    if arguments.json:
        out.json({"folder": str(shelf.folder), "dos": on.isoformat(), "editions": [_edition(one, on) for one in held]})
        return 0
    for one in held:
        state = "hidden" if one.hidden else f"answers on {on}" if _answers(one, on) else "in use"
        if one.fault:
            out.say(one.fault)
        else:
            rows = int(one.meta["kept"])
            out.say(
                f"{one.id}: {one.kind.title}, {one.edition}, {one.own.start} to {one.own.end}, {rows:,} rows, {state}"
            )
    if not held:
        out.say(f"No edition is imported in {shelf.folder}; the bundled tables answer alone.")
    return 0


def _answers(held: Held, on: date) -> bool:
    return not held.hidden and not held.fault and held.span.covers(on)


def _edition(held: Held, on: date) -> Json:
    meta = held.meta
    return {
        "id": held.id,
        "table": held.kind.name,
        "label": held.kind.label,
        "title": held.kind.title,
        "edition": held.edition,
        "from": day(held.own.start),
        "until": day(held.own.end),
        "answers_from": None if held.fault else day(held.span.start),
        "answers_dos": _answers(held, on),
        "rows": int(meta["kept"]),
        "refused": int(meta.get("refused", "0")),
        "content_sha256": meta.get("content_sha256"),
        "files": json.loads(meta.get("files", "[]")),
        "pack": {"id": meta["pack_id"], "version": int(meta["pack_version"])} if "pack_id" in meta else None,
        "hidden": held.hidden,
        "fault": held.fault or None,
    }


def import_files(arguments: Namespace, shipped: Shipped, out: Output, _on: date) -> int:
    """Import published files or a pack; 1 when rows were refused."""
    from encoder.formats.cpt import columns
    from encoder.formats.intake import bring
    from encoder.formats.plan import Wish, plan
    from encoder.store.packs import bring_pack, looks_like_pack, trusted_keys

    progress = Progress(out)
    library, watcher = shipped.book, Watcher(progress.tell)
    files: list[Path] = arguments.files
    passed: tuple[tuple[str, str], ...] = ()
    pack: Json | None = None
    try:
        if any(looks_like_pack(file) for file in files):
            if len(files) > 1:
                raise UsageError("A pack is imported alone; give the other files in another call.")
            keys = trusted_keys(library.shelf.folder, arguments.key)
            label, reports = bring_pack(files[0], library, keys, watcher, dry=arguments.dry_run)
            pack = asdict(label)
        else:
            named = columns(arguments.columns) if arguments.columns else None
            wish = Wish(arguments.start, arguments.setting, named, arguments.smaller)
            planned = plan(files, wish)
            reports, passed = bring(planned, library, wish, watcher, dry=arguments.dry_run), planned.passed
    finally:
        progress.end()
    if arguments.json:
        out.json(
            {
                "dry_run": arguments.dry_run,
                "pack": pack,
                "editions": [_report(report) for report in reports],
                "not_read": [{"file": file, "reason": reason} for file, reason in passed],
            }
        )
    else:
        for line in _in_words(reports, passed, dry=arguments.dry_run):
            out.say(line)
    return 1 if any(report.refused for report in reports) else 0


def _report(report: Report) -> Json:
    made = asdict(report)
    told = [{"file": file, "line": line, "reason": reason} for file, line, reason in report.told]
    dates = {"from": day(report.start), "until": day(report.until), "reaches_back_to": day(report.reaches_back_to)}
    first = {"id": made.pop("id"), "table": made.pop("kind"), **dates}
    del made["start"]
    return {**first, **made, **dates, "told": told}


def _in_words(reports: Sequence[Report], passed: Sequence[tuple[str, str]], *, dry: bool) -> Iterator[str]:
    for report in reports:
        done = "would be imported" if dry else "replaced" if report.replaces else "imported"
        yield f"{report.id} {done}: {report.title}, {report.edition}, for {report.start} to {report.until}"
        if report.reaches_back_to < report.start:
            yield f"  its rows keep their own days, so it also answers back to {report.reaches_back_to}"
        numbers = (
            (report.read, "rows read"),
            (report.kept, "kept"),
            (report.repeated, "repeated"),
            (report.refused, "refused"),
        )
        yield "  " + ", ".join(f"{number:,} {what}" for number, what in numbers)
        for file, line, reason in report.told[:SHOWN]:
            yield f"  {file}, line {line}: {reason}"
        yield from (f"  {note}" for note in report.notes)
        if report.changes:
            yield f"  answers that change for the codes in scope on {report.start}: {len(report.changes):,}"
        for change in report.changes[:SHOWN]:
            yield f"    {change.about}: {change.before}, now {change.after}"
        if report.counts is not None:
            found = report.counts
            yield f"  against {report.before}: {found.new:,} rows new, {found.gone:,} gone, {found.changed:,} changed"
    for file, reason in passed:
        yield f"Not read: {file}: {reason}"


def verify_editions(arguments: Namespace, shipped: Shipped, out: Output, _on: date) -> int:
    """Read all of every edition, or of those named; 1 when one is not as it was imported."""
    shelf, progress = shipped.book.shelf, Progress(out)
    chosen = [shelf.find(name) for name in arguments.editions] or shelf.all()
    found = [verify(held, Watcher(progress.tell)) for held in chosen]
    progress.end()
    if arguments.json:
        made = [{"id": one.held.id, "sound": one.sound, "say": one.say} for one in found]
        out.json({"holds": all(one.sound for one in found), "editions": made})
    else:
        for one in found:
            out.say(one.say)
        if not found:
            out.say(f"No edition is imported in {shelf.folder}, so there is nothing to verify.")
    return 0 if all(one.sound for one in found) else 1


def rollback(arguments: Namespace, shipped: Shipped, out: Output, on: date) -> int:
    """Hide an edition, so that the one before it answers again; or let a hidden one answer again."""
    book = shipped.book
    book.again()
    held = (book.shelf.restore if arguments.restore else book.shelf.hide)(arguments.edition)
    return _changed(
        arguments, out, held, on, "answers again" if arguments.restore else "is hidden and no longer answers"
    )


def remove(arguments: Namespace, shipped: Shipped, out: Output, on: date) -> int:
    """Delete an edition."""
    shipped.book.again()
    return _changed(arguments, out, shipped.book.shelf.remove(arguments.edition), on, "is removed")


def _changed(arguments: Namespace, out: Output, held: Held, on: date, what: str) -> int:
    if arguments.json:
        out.json({"edition": _edition(held, on), "say": f"{held.id} {what}."})
    else:
        out.say(f"{held.id} {what}.")
    return 0
