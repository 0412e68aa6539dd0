"""The labelled notes, and how a reading of them is scored. Used by the tests and by ``benchmarks/notes.py``."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from encoder.core.book import Book
from encoder.core.note.cues import Cues
from encoder.core.note.evidence import Told, told
from encoder.core.note.reading import read
from encoder.core.note.suggest import Walked, walk_note
from encoder.core.tree.model import Tree
from encoder.core.tree.rules import claim

FOLDER = Path(__file__).parent
ON = date(2026, 5, 1)
ADD_ONS = frozenset(("20932", "20933", "20934"))
FULL = frozenset(
    (
        "graft_material",
        "graft_form",
        "main_procedure",
        "bone",
        "side",
        "implant",
        "ankle_after",
        "curettage_site",
        "arthroplasty_joint",
        "arthroplasty_operation",
        "nonunion_bone",
        "fracture_site",
        "infection_bone",
        "fusion_joint",
        "osteotomy_bone",
        "cartilage_site",
        "soft_tissue_kind",
        "amputation_level",
        "repair_kind",
        "other_kind",
        "resection_joint",
    )
)
"""Facts that are labelled completely, so that a finding without a label is a wrong one."""
Label = tuple[str, str, str, str]


@dataclass(frozen=True)
class Labelled:
    """One note with its labels; ``findings`` is None where only the outcome is labelled."""

    name: str
    text: str
    region: str
    lines: tuple[str, ...] | None
    missing: tuple[str, ...]
    outcome: str
    findings: tuple[Label, ...] | None


def notes(folder: str) -> Iterator[Labelled]:
    """The notes of a folder, in the order of its labels."""
    labels = tomllib.loads((FOLDER / folder / "labels.toml").read_text(encoding="utf-8"))
    for name, table in labels.items():
        findings = table.get("findings")
        yield Labelled(
            name,
            (FOLDER / folder / f"{name}.txt").read_text(encoding="utf-8"),
            table["region"],
            tuple(table["lines"]) if "lines" in table else None,
            tuple(table.get("missing", ())),
            table.get("outcome", ""),
            None if findings is None else tuple((f, v, s, q) for f, v, s, q in findings),
        )


@dataclass(frozen=True)
class Result:
    """What the engine made of one note."""

    note: Labelled
    walked: Walked
    told: Told
    lines: tuple[str, ...]

    @property
    def verdict(self) -> str:
        """right, stopped rightly, stopped wrongly, wrong, or wrong add-on."""
        codes = {line.split("-")[0] for line in self.lines} & ADD_ONS
        wanted = {line.split("-")[0] for line in self.note.lines or ()}
        if codes - wanted:
            return "wrong add-on"
        if self.note.lines is not None:
            return "right" if self.lines == self.note.lines else "wrong" if self.lines else "stopped wrongly"
        if self.lines:
            return "wrong"
        position = self.walked.position
        if self.note.outcome:
            reached = position.outcome is not None and position.outcome.id == self.note.outcome
            return "right" if reached else "stopped wrongly"
        named = {m.question for m in self.walked.missing} | {position.stopped_at}
        named |= {position.pending.id} if position.pending else set()
        return "stopped rightly" if named & set(self.note.missing) else "stopped wrongly"


def run(note: Labelled, cues: Cues, tree: Tree, book: Book) -> Result:
    """Read and walk one note."""
    reading = read(note.text, cues)
    walked = walk_note(reading, cues, tree, book, ON)
    decided = walked.position.status == "decided"
    lines = tuple(line.text for line in claim(walked.position).lines) if decided else ()
    return Result(note, walked, told(reading, walked), lines)


@dataclass
class Score:
    """Counts over many notes, by fact."""

    verdicts: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    labelled: Counter[str] = field(default_factory=Counter)
    statuses: int = 0
    statuses_right: int = 0

    def add(self, result: Result) -> None:
        """Count one note."""
        self.verdicts[result.verdict] += 1
        if result.note.findings is None:
            return
        self._precision(result, result.note.findings)
        self._recall(result, result.note.findings)

    def _precision(self, result: Result, labels: tuple[Label, ...]) -> None:
        """Affirmed findings of the fully labelled facts, each value of a note once."""
        true = {(fact, value) for fact, value, status, _ in labels if status == "affirmed"}
        said = {(f.fact, f.value) for f in result.told.findings if f.status == "affirmed" and f.fact in FULL}
        for fact, value in said:
            (self.right if (fact, value) in true else self.wrong)[fact] += 1

    def _recall(self, result: Result, labels: tuple[Label, ...]) -> None:
        """Labels that a finding of the same fact, value and status overlaps; and how often the status is right."""
        for fact, value, status, quote in labels:
            near = [
                finding
                for start in _places(result.note.text, quote)
                for finding in result.told.findings
                if (finding.fact, finding.value) == (fact, value)
                and finding.start < start + len(quote)
                and start < finding.end
            ]
            self.labelled[fact] += 1
            self.found[fact] += any(finding.status == status for finding in near)
            if near:
                self.statuses += 1
                self.statuses_right += any(finding.status == status for finding in near)

    @property
    def precision(self) -> float:
        """Share of the affirmed findings that are right."""
        right, wrong = self.right.total(), self.wrong.total()
        return right / max(1, right + wrong)

    @property
    def recall(self) -> float:
        """Share of the labels that were found."""
        return self.found.total() / max(1, self.labelled.total())


def _places(text: str, quote: str) -> Iterator[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


__all__ = ["FULL", "Labelled", "Result", "Score", "notes", "run"]
