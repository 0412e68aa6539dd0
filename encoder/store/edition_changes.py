"""What a new edition changes: row by row against the edition before it, and in the answers for the codes in scope."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from encoder.core.codes import Indicator
from encoder.store.edition_rows import SETTINGS
from encoder.store.edition_tables import FACTORS, FIGURES, Kind
from encoder.store.edition_writer import STEPS, Staged, Watcher, told
from encoder.store.editions import Held, held_at
from encoder.store.library import Library

FEES = (
    *("status", "work_rvu", "facility_pe_rvu", "mp_rvu", "facility_total_rvu", "global_days", "pctc_ind"),
    *("mult_proc_ind", "bilateral_ind", "assistant_ind", "co_surgeon_ind", "team_surgeon_ind"),
)
"""The figures of the fee schedule that are compared; the bundled table has no others of every code."""
NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows are new, gone, and changed."""

    new: int
    gone: int
    changed: int


@dataclass(frozen=True, slots=True)
class Change:
    """One answer that is another one now: about what, what it was, what it is."""

    about: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one edition.

    Attributes:
        read: rows in the files, of which ``kept`` were kept, ``repeated`` stood there before, ``refused`` were not
            understood; ``told`` names file, line and reason of the first of them.
        before: the id of the edition it was compared with, empty when there is none; ``kept_before`` its rows, and
            ``counts`` the rows that differ.
        changes: what differs for the codes in scope.
        replaces: an edition of the same id was here.
    """

    id: str
    kind: str
    title: str
    edition: str
    start: date
    until: date
    reaches_back_to: date
    files: tuple[str, ...]
    read: int
    kept: int
    repeated: int
    refused: int
    told: tuple[tuple[str, int, str], ...]
    notes: tuple[str, ...]
    before: str
    kept_before: int
    counts: Counts | None
    changes: tuple[Change, ...]
    replaces: bool


def compare(library: Library, staged: Staged, watcher: Watcher) -> Report:
    """What a staged edition is, and what it changes."""
    return _against(library, held_at(staged.part, staged.name), watcher)


def changes_of(library: Library, held: Held, watcher: Watcher) -> Report:
    """What an edition that is here, or hidden, changes against what would answer without it."""
    without = library.without(held)
    try:
        return _against(without, replace(held, hidden=False), watcher)
    finally:
        without.again()


def _against(library: Library, new: Held, watcher: Watcher) -> Report:
    before = _before(library, new)
    found = counts(before.path, new.path, new.kind, watcher) if before else None
    start = new.own.start or date.min
    beside = library.beside(new)
    try:
        changes = in_scope(library, beside, new.kind, start)
    finally:
        beside.again()
    kept, repeated, refused = (int(new.meta.get(name, "0")) for name in ("kept", "repeated", "refused"))
    return Report(
        id=new.id,
        kind=new.kind.name,
        title=new.kind.title,
        edition=new.edition,
        start=start,
        until=new.own.end or date.max,
        reaches_back_to=date.fromisoformat(new.meta["reaches_back_to"]),
        files=new.files,
        read=kept + repeated + refused,
        kept=kept,
        repeated=repeated,
        refused=refused,
        told=(),
        notes=(),
        before=before.id if before else "",
        kept_before=int(before.meta["kept"]) if before else 0,
        counts=found,
        changes=changes,
        replaces=before is not None and before.id == new.id,
    )


def _before(library: Library, new: Held) -> Held | None:
    """The edition to compare with: the copy that is replaced, else the newest that is not later."""
    if not new.kind.compares:
        return None
    known = [held for held in library.shelf.all() if held.kind is new.kind and not held.fault]
    same = next((held for held in known if held.id == new.id), None)
    earlier = (
        held for held in known if not held.hidden and (held.own.start or date.min) <= (new.own.start or date.min)
    )
    return same or next(earlier, None)


def counts(old: Path, new: Path, kind: Kind, watcher: Watcher) -> Counts:
    """Compare the rows of two editions by their key, but for the wording of a rationale and the order of a list."""
    key = kind.whole_key
    same = " AND ".join(f"one.{name} = two.{name}" for name in key)
    others = [name for name in kind.names if name not in (*key, "position", *(("rationale",) if kind.texts else ()))]
    differs = " OR ".join(f"one.{name} IS NOT two.{name}" for name in others) or "FALSE"
    missing = (
        f"SELECT count(*) FROM {{}}.{kind.table} AS one "
        f"WHERE NOT EXISTS (SELECT 1 FROM {{}}.{kind.table} AS two WHERE {same})"
    )
    changed = f"SELECT count(*) FROM main.{kind.table} AS one JOIN old.{kind.table} AS two ON {same} WHERE {differs}"
    with told(new.parent), closing(sqlite3.connect(_uri(new), uri=True)) as connection:
        connection.set_progress_handler(watcher.cancelled, STEPS)
        connection.execute("ATTACH ? AS old", (_uri(old),))
        found: list[int] = []
        for sql in (missing.format("main", "old"), missing.format("old", "main"), changed):
            watcher.progress("comparing", len(found), 3)
            found.append(connection.execute(sql).fetchone()[0])
    return Counts(*found)


def _uri(path: Path) -> str:
    return f"{path.resolve().as_uri()}?mode=ro&immutable=1"


def in_scope(before: Library, after: Library, kind: Kind, on: date) -> tuple[Change, ...]:
    """The answers about the codes in scope that differ on a date, in the order of the codes.

    The bundled tables hold the part of a publication that the program needs, so what they do not hold is not new.
    """
    answers = ANSWERS.get(kind.name)
    if answers is None:
        return ()
    old, new = dict(answers(before, kind, on)), dict(answers(after, kind, on))
    about = sorted({*old, *new} if before.shelf.of(kind.name) else old, key=lambda text: text.split())
    pairs = ((text, old.get(text, NOTHING), new.get(text, NOTHING)) for text in about)
    return tuple(Change(*one) for one in pairs if one[1] != one[2])


Answers = Callable[[Library, Kind, date], Iterable[tuple[str, str]]]


def _codes(book: Library) -> list[str]:
    return [code.code for code in book.codes()]


def _pairs(book: Library, kind: Kind, on: date) -> Iterator[tuple[str, str]]:
    codes = set(_codes(book))
    for code in sorted(codes):
        for pair in book.pairs(code):
            known = pair.column1 == code and pair.column2 in codes
            if known and pair.setting == SETTINGS[kind.name] and pair.span.covers(on):
                yield f"{pair.column1} over {pair.column2}", f"indicator {pair.indicator}"


def _relations(book: Library, _kind: Kind, on: date) -> Iterator[tuple[str, str]]:
    for code in _codes(book):
        for row in book.relations(code):
            if row.add_on == code and row.kind != "barred" and row.span.covers(on):
                yield f"{row.add_on} with {row.primary}", row.kind.replace("_", " ")


def _figures(book: Library, kind: Kind, on: date) -> Iterator[tuple[str, str]]:
    """Figures of a date; where no edition covers it, those of the last one before. What an edition lacks is gone."""
    fields = FEES if kind.name == "pfs" else tuple(FIGURES[kind.name].values())
    covered = any(edition.table == kind.name and edition.span.covers(on) for edition in book.editions())
    for code in ("*", *_codes(book)):
        for field in FACTORS if code == "*" and kind.name == "pfs" else fields:
            figure = book.indicator(code, field, on)
            if figure is None and not covered:
                figure = _last(book, code, field, on)
            if figure is not None:
                yield f"{code.replace('*', 'all codes')} {field.replace('_', ' ')}", figure.value


def _last(book: Library, code: str, field: str, on: date) -> Indicator | None:
    """The figure of the last edition before a date."""
    earlier = [i for i in book.indicators(code) if i.field == field and i.span.end is not None and i.span.end < on]
    return max(earlier, key=lambda figure: figure.span.end or on, default=None)


def _icd(book: Library, kind: Kind, on: date) -> Iterator[tuple[str, str]]:
    for row in book.scope_diagnoses() if kind.name == "icd10cm" else book.scope_procedures():
        yield f"{row.code} {row.title}", "valid" if row.span.covers(on) else "not valid"


ANSWERS: dict[str, Answers] = {
    **dict.fromkeys(SETTINGS, _pairs),
    **dict.fromkeys(("pfs", *FIGURES), _figures),
    **dict.fromkeys(("icd10cm", "icd10pcs"), _icd),
    "aoc": _relations,
}
