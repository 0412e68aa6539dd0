"""Bringing planned editions into the store: read, verify, compare, and switch all of them in at once, or none."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from pathlib import Path

from encoder.errors import InputError
from encoder.formats import cpt
from encoder.formats.layout import Tally
from encoder.formats.plan import QPP, File, Plan, Planned, UnsaidError, Wish
from encoder.formats.recognise import Watch, Whole, sentence
from encoder.formats.sources import BLOCK
from encoder.formats.text import RefusedError
from encoder.store.edition_changes import Report, compare
from encoder.store.edition_import import importing
from encoder.store.edition_tables import Record
from encoder.store.edition_writer import Draft, Staged, Watcher
from encoder.store.library import Library

REFUSED_AT_MOST = 20
"""So many rows may be refused whatever their share; above that, one in a hundred."""


def bring(
    plan: Plan, library: Library, wish: Wish | None = None, watcher: Watcher | None = None, *, dry: bool = False
) -> tuple[Report, ...]:
    """Import the editions of a plan into the folder of the library's shelf.

    The library must be opened in the thread that calls this; others that are open call ``again`` afterwards.

    Raises:
        InputError: a file is not what it seemed, or an edition looks cut; nothing has changed.
        SetupError: the folder is full, read-only, or being changed by another process; nothing has changed.
        CancelledError: the watcher ended it; nothing has changed.
    """
    wish, watcher = wish or Wish(), watcher or Watcher()
    with importing(library, dry=dry) as job:
        count = _Count(watcher, sum(file.source.size for one in plan.editions for file in (*one.files, *one.aside)))
        for planned in plan.editions:
            job.add(*_edition(planned, library, wish, job.place, count))
        job.switch(watcher)
    return tuple(job.reports)


@dataclass
class _Count(Watch):
    """Adds up the bytes that were read."""

    watcher: Watcher
    size: int
    done: int = 0
    what: str = ""

    def read(self, size: int) -> None:
        self.done += size
        self.watcher.progress(self.what, min(self.done, self.size), self.size)
        self.watcher.go_on()


def _edition(planned: Planned, library: Library, wish: Wish, place: Path, count: _Count) -> tuple[Staged, Report]:
    tally = Tally()
    notes: list[str] = []
    count.what = f"reading {planned.kind.title} {planned.edition}"
    with Draft(place, planned.kind, count.watcher) as draft:
        _read(planned, draft, tally, notes, count)
        facts = {f"fact:{name}": value for name, value in tally.facts.items()}
        meta = {"files": _files(planned), "refused": str(tally.refused), "release": planned.release, **facts}
        _check_refused(planned, draft, tally)
        staged = draft.finish(planned.edition, planned.start, planned.until, tally.texts, meta)
    if "notes" in tally.facts:
        notes.append(f"Notes are {tally.facts['notes']} in this layout; the workbook holds them whole.")
    report = compare(library, staged, count.watcher)
    if report.kept * 2 < report.kept_before and not wish.smaller:
        where = planned.files[0].source.where
        raise UnsaidError(
            "smaller",
            where,
            f"{where} holds {report.kept:,} rows, and {report.before} before it {report.kept_before:,}; it looks cut: "
            "check it, and import it with --smaller if it is right.",
        )
    files = tuple(file.source.where for file in planned.files)
    return staged, replace(report, files=files, told=tuple(tally.told), notes=tuple(notes))


def _read(planned: Planned, draft: Draft, tally: Tally, notes: list[str], count: _Count) -> None:
    """Read the files of an edition into its draft."""
    if planned.kind.name == "cpt_licensed" and planned.files[0].layout.version != "columns":
        with ExitStack() as stack:
            parts = {file.layout.version: _records(file, tally, notes, count, stack) for file in planned.files}
            draft.add(cpt.merged(parts), planned.files[0].source.where)
        return
    ranges: list[tuple[str, str, str]] = []
    billable = hashlib.sha256()
    for file in planned.files:
        with ExitStack() as stack:
            records = _records(file, tally, notes, count, stack)
            if planned.kind.repeats:
                records = _ranged(records, file.source.name, ranges)
            elif planned.aside and planned.kind.table == "icd":
                records = _summed(records, billable)
            draft.add(records, file.source.where)
    _check_ranges(ranges)
    for file in planned.aside:
        _look_aside(file, tally, notes, count, billable.hexdigest())
    if planned.kind.name == "pfs" and planned.files[0].layout.version == QPP:
        tally.facts["conversion_factor_apm"] = tally.facts.pop("conversion_factor", "")


def _records(file: File, tally: Tally, notes: list[str], count: _Count, stack: ExitStack) -> Iterator[Record]:
    """The rows of one file; what its parser refuses is said with the file's name, and so is a cut last row."""
    content = stack.enter_context(Whole(file.source, count))
    tally.file = file.source.where
    try:
        yield from file.layout.read(content, tally)
    except RefusedError as error:
        raise sentence(file.source, error) from error
    if not content.whole:
        if tally.refused and tally.last == content.last:
            raise InputError(
                f"{file.source.where} ends in the middle of line {content.last}, so it is cut; get it again."
            )
        notes.append(f"The last line of {file.source.name} has no end; if the file is cut, that row is not whole.")


def _ranged(records: Iterator[Record], name: str, ranges: list[tuple[str, str, str]]) -> Iterator[Record]:
    """Note the first and the last column 1 of a part."""
    low = high = ""
    for line, row in records:
        code = str(row[0])
        if code > high or not low:
            high = code
            low = low or code
        elif code < low:
            low = code
        yield line, row
    if low:
        ranges.append((low, high, name))


def _check_ranges(ranges: Sequence[tuple[str, str, str]]) -> None:
    """The parts of an edition are split by their column 1, so that no code stands in two."""
    ordered = sorted(ranges)
    for (_, high, one), (low, _, two) in pairwise(ordered):
        if low <= high:
            raise InputError(
                f"{one} and {two} both hold edits of {low}, which the parts of one edition never do; the files are "
                "mixed, or one is there twice."
            )


def _summed(records: Iterator[Record], sha: hashlib._Hash) -> Iterator[Record]:
    """Add the billable codes and their titles to a hash."""
    for line, row in records:
        if row[2]:
            sha.update(f"{row[0]}\t{row[4]}\n".encode())
        yield line, row


def _look_aside(file: File, tally: Tally, notes: list[str], count: _Count, billable: str) -> None:
    """Take the conversion factor for advanced payment models, or compare a list of codes with the order file."""
    other = Tally()
    sha = hashlib.sha256()
    with ExitStack() as stack:
        records = _records(file, other, notes, count, stack)
        if file.layout.kind == "pfs":
            next(records, None)
            tally.facts["conversion_factor_apm"] = other.facts.get("conversion_factor", "")
            return
        for _ in _summed(records, sha):
            pass
    if not tally.refused and sha.hexdigest() != billable:
        raise InputError(
            f"{file.source.where} does not list the billable codes of the order file; two editions are mixed."
        )


def _check_refused(planned: Planned, draft: Draft, tally: Tally) -> None:
    rows = draft.kept + draft.repeated + tally.refused
    if draft.kept and tally.refused <= max(REFUSED_AT_MOST, rows // 100):
        return
    where = planned.files[0].source.where
    if not tally.told:
        raise InputError(f"{where} holds no row, so there is nothing to import; get the file again.")
    file, line, reason = tally.told[0]
    raise InputError(
        f"{file or where}: {tally.refused:,} of {rows:,} rows cannot be read (line {line}: {reason}); the file is "
        "damaged, or its layout has changed."
    )


def _files(planned: Planned) -> str:
    """The files that were handed in, with their SHA-256, as JSON."""
    paths = dict.fromkeys(file.source.path for file in (*planned.files, *planned.aside))
    return json.dumps([{"name": path.name, "sha256": _hash(path)} for path in paths])


def _hash(path: Path) -> str:
    sha = hashlib.sha256()
    with path.open("rb") as stream:
        for block in iter(partial(stream.read, BLOCK), b""):
            sha.update(block)
    return sha.hexdigest()
