"""A whole audit: a file of claims in, a file of findings out, resumable at any moment.

Findings are written beside their place, with a note of how far they go, and moved there when all are done; an audit
that was stopped goes on from the last portion. The note holds counts and a digest of what was read, and no claim.
"""

from __future__ import annotations

import csv
import hashlib
import json
import sqlite3
import threading
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TextIO

from encoder.core.book import Book
from encoder.core.claim import Claim
from encoder.core.edits.findings import Finding
from encoder.core.edits.worth import Worth
from encoder.errors import SetupError
from encoder.store.audit import Audit
from encoder.store.audit_schema import Row
from encoder.store.audit_summary import Summary, at_stake
from encoder.store.claims_file import BadRow, ClaimsFile, FileClaim
from encoder.store.codebook import Codebook

COLUMNS = ("claim", "lines", "kind", "severity", "say", "table", "row", "edition", "rule", "at_stake")
CHANGE = "change"
"""The first column of a look-back: new for a finding of the other tables alone, gone for one of these alone."""
PORTION = 20_000
"""Lines that are judged at once."""
VERSION = 1

Portion = Sequence[FileClaim | BadRow]
Findings = tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an audit is: bytes read of the file's size, and the summary so far."""

    done: int
    size: int
    summary: Summary


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done.

    Attributes:
        book: the tables; ``as_of`` the day whose tables count, None for each line's own date of service.
        against: other tables (and their day) that the findings are compared with; only differences are written.
        setting: the setting of claims that do not say theirs.
        name: what the tables are, so that a stopped audit never goes on with others.
    """

    source: Path
    out: Path
    book: Book
    worth: Worth
    setting: str
    name: str
    as_of: date | None = None
    against: tuple[Book, date | None] | None = None


def name_of(*books: Codebook) -> str:
    """What the tables of an audit are: a hash of what each was built from and of its editions."""
    held = [[book.meta(), [str(edition) for edition in book.editions()]] for book in books]
    return hashlib.sha256(repr(held).encode()).hexdigest()


class AuditRun:
    """One run of a task. Iterate ``run`` to its end; stopping early leaves what a later run goes on from."""

    def __init__(self, task: Task) -> None:
        self.task = task
        self.summary = Summary()
        self.resumed = 0
        self._part = task.out.with_name(f"{task.out.name}.part")
        self._note = task.out.with_name(f"{task.out.name}.part.json")
        self._columns = ((CHANGE,) if task.against else ()) + COLUMNS

    def run(self) -> Generator[Progress, None, None]:
        """Audit portion by portion.

        Raises:
            InputError: the file of claims cannot be used.
            SetupError: the findings cannot be written; what was done so far is kept.
        """
        task = self.task
        wanted = [(task.book, task.as_of), *([task.against] if task.against else [])]
        with ClaimsFile(task.source, task.setting) as claims, ExitStack() as stack:
            audits = [stack.enter_context(closing(Audit(book, as_of))) for book, as_of in wanted]
            try:
                with self._open(claims) as part:
                    for portion, answers in _judged(_portions(claims), audits):
                        made = _claims(portion)
                        kept = [self._known(made, rows, first=at == 0) for at, rows in enumerate(answers)]
                        found = (audit.findings(made, rows) for audit, rows in zip(audits, kept, strict=True))
                        self._write(part, portion, zip(*found, strict=True))
                        self._save(part, portion[-1].records, claims)
                        yield Progress(claims.read[0], claims.size, self.summary)
                self._finish()
            except OSError as error:
                fault = f"The findings cannot be written to {task.out} ({error.strerror})"
                raise SetupError(f"{fault}; free the disk or name another folder, and run it again.") from error

    # ------------------------------------------------------------------------------------------ state

    def _open(self, claims: ClaimsFile) -> TextIO:
        """The file of findings so far, cut to where its note says it is sound; a new one where there is none."""
        noted = self._noted(claims)
        if noted is None:
            part = self._part.open("w", encoding="utf-8", errors="surrogateescape", newline="")
            csv.writer(part).writerow(self._columns)
            return part
        records, size, summary = noted
        self.summary = summary
        self.resumed = records
        claims.skip(records)
        part = self._part.open("r+", encoding="utf-8", errors="surrogateescape", newline="")
        part.truncate(size)
        part.seek(size)
        return part

    def _noted(self, claims: ClaimsFile) -> tuple[int, int, Summary] | None:
        """Records done, size of the findings and summary of a stopped run of this very task; None without one."""
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
            if note["task"] != self._task() or self._part.stat().st_size < note["size"]:
                return None
            if not claims.begins_with(int(note["bytes"]), note["digest"]):
                return None
            return int(note["records"]), int(note["size"]), Summary.from_json(note["summary"])
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return None

    def _task(self) -> list[object]:
        task = self.task
        days = [str(task.as_of or ""), str(task.against[1] or "") if task.against else ""]
        return [VERSION, task.name, task.setting, *days, list(self._columns)]

    def _save(self, part: TextIO, records: int, claims: ClaimsFile) -> None:
        """Note how far the findings go, in one step."""
        part.flush()
        read, digest = claims.read
        note = {
            "task": self._task(),
            "records": records,
            "bytes": read,
            "digest": digest,
            "size": self._part.stat().st_size,
            "summary": self.summary.as_json(),
        }
        aside = self._note.with_name(f"{self._note.name}.new")
        aside.write_text(json.dumps(note), encoding="utf-8")
        aside.replace(self._note)

    def _finish(self) -> None:
        self._part.replace(self.task.out)
        self._note.unlink(missing_ok=True)

    # ------------------------------------------------------------------------------------------ findings

    def _known(self, claims: Sequence[Claim], rows: Sequence[Row], *, first: bool) -> list[Row]:
        """The rows to be written: a code that is not loaded is said where it first stands, and counted from then on."""
        kept = []
        for row in rows:
            if row.rule == "code_not_loaded":
                code = claims[row.claim - 1].lines[row.line - 1].code
                if not (first and self.summary.unknown(code)) or self.task.against:
                    continue
            kept.append(row)
        return kept

    def _write(self, part: TextIO, portion: Portion, found: Iterator[Sequence[Findings]]) -> None:
        """Count what was found about a portion and write it."""
        task = self.task
        lines = csv.writer(part)
        for one in portion:
            if isinstance(one, BadRow):
                self.summary.bad_rows += 1
                blank = ("",) if task.against else ()
                say = f"Row {one.number} was not read: {one.why}; its claim was left out."
                lines.writerow((*blank, one.claim, "", "file", "refused", say, "", "", "", "bad_row", ""))
                continue
            mine, *theirs = next(found)
            self.summary.count(one.claim, mine, task.worth)
            if not theirs:
                lines.writerows(self._rows(one, mine))
            else:
                days = {str(one.claim.day(place)) for place in range(len(one.claim.lines))}
                asked = (days, {str(task.against[1])} if task.against and task.against[1] else days)
                held, wanted = (
                    {_key(finding, on): finding for finding in some}
                    for some, on in zip((mine, theirs[0]), asked, strict=True)
                )
                gone = [finding for key, finding in held.items() if key not in wanted]
                new = [finding for key, finding in wanted.items() if key not in held]
                lines.writerows(("gone", *row) for row in self._rows(one, gone))
                lines.writerows(("new", *row) for row in self._rows(one, new))

    def _rows(self, one: FileClaim, found: Sequence[Finding]) -> Iterator[tuple[object, ...]]:
        for finding in found:
            lines = " ".join(one.lines[place] for place in finding.lines)
            row = (finding.row.table, finding.row.key, finding.row.edition) if finding.row else ("", "", "")
            amount = at_stake(one.claim, finding, self.task.worth)
            stake = f"{amount:.2f}" if amount is not None and finding.severity == "deny" else ""
            yield one.id, lines, finding.kind, finding.severity, finding.say, *row, finding.id, stake


def _key(finding: Finding, days: Iterable[str]) -> tuple[object, ...]:
    """What makes two findings of a claim the same under two editions: rule, lines, and words but for the day asked."""
    say = finding.say
    for day in days:
        say = say.replace(day, "")
    return finding.id, finding.lines, finding.diagnoses, say


def _portions(claims: ClaimsFile) -> Iterator[Portion]:
    """The file in portions; what is said of one claim stays in one, since a run goes on behind it."""
    portion: list[FileClaim | BadRow] = []
    lines = 0
    for one in claims.claims():
        if lines >= PORTION and one.records != portion[-1].records:
            yield portion
            portion, lines = [], 0
        portion.append(one)
        lines += len(one.lines) if isinstance(one, FileClaim) else 1
    if portion:
        yield portion


def _claims(portion: Portion) -> list[Claim]:
    return [one.claim for one in portion if isinstance(one, FileClaim)]


def _judged(portions: Iterator[Portion], audits: Sequence[Audit]) -> Iterator[tuple[Portion, list[list[Row]]]]:
    """Each portion with the answer of each audit about its claims.

    The engine judges one portion while the program writes the one before and reads the one behind.
    """
    ready: tuple[Portion, list[list[Row]]] | None = None
    job: _Job | None = None
    waiting: Portion = ()
    try:
        for portion in chain(portions, [()]):
            if job is not None:
                job.wait()
                ready = waiting, [audit.tables.answer() for audit in audits]
            job = None
            if portion:
                for audit in audits:
                    audit.tables.put(_claims(portion))
                job, waiting = _Job(audits), portion
            if ready is not None:
                yield ready
                ready = None
    finally:
        if job is not None:
            job.stop()


class _Job:
    """The queries of one portion, in a thread of their own."""

    def __init__(self, audits: Sequence[Audit]) -> None:
        self._audits = audits
        self._error: Exception | None = None
        self._done = False
        self._thread = threading.Thread(target=self._run, name="audit", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            for audit in self._audits:
                audit.tables.judge()
            self._done = True
        except sqlite3.Error as error:
            self._error = error

    def wait(self) -> None:
        """Wait until all are done.

        Raises:
            SetupError: the engine failed.
        """
        self._thread.join()
        if not self._done:
            fault = f"The audit's tables in memory failed ({self._error or 'out of memory'})"
            raise SetupError(f"{fault}; close other programs and run it again: it goes on from the last portion.")

    def stop(self) -> None:
        """End the queries, if they still run."""
        for audit in self._audits:
            audit.tables.interrupt()
        self._thread.join()
