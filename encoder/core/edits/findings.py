"""What a claim check finds: findings with their row and their fix, and what was looked up without a finding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from encoder.core.claim import Claim
from encoder.core.codes import ALWAYS, Cites, Span
from encoder.core.editions import EditionNote


@dataclass(frozen=True, slots=True)
class RowRef:
    """The table row that fired: a table of the editions (ptp, mue, aoc, pfs ...), its key, its edition and its days."""

    table: str
    key: str
    edition: str
    span: Span = ALWAYS


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a claim. ``do`` is one of the names in ``encoder.core.edits.fixes``.

    ``place`` is a line, or a diagnosis where the change is of a diagnosis; ``value`` is what it is set to.
    """

    do: str
    place: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """A fix that one key applies, in words and in steps.

    ``needs_note``: two entries of the claim disagree and either may be wrong; the coder chooses such a fix with the
    note in hand, and ``mend`` passes it over.
    """

    say: str
    steps: tuple[Step, ...]
    needs_note: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    Attributes:
        id: the rule, as in db/sources/edits/rules.csv; ``warning`` is its id in the catalogue of the tree, if any.
        severity: deny, warn or note.
        lines: the places of the lines it is about; the first is the one that is not paid. Empty: the whole claim.
        diagnoses: the places of the diagnoses it is about.
        row: the row that fired; ``also`` are more rows of the same kind, where several lines say the same.
        fix: None where there is no one fix.
        over: the units above a limit; 0 where the whole line is not paid.
    """

    id: str
    kind: str
    severity: str
    warning: str
    say: str
    rationale: str
    lines: tuple[int, ...]
    diagnoses: tuple[int, ...]
    row: RowRef | None
    fix: Fix | None
    cites: Cites
    also: tuple[RowRef, ...] = ()
    over: int = 0


def listing(words: Sequence[str]) -> str:
    """Words in a row: one, one and another, one, another and a third."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)


@dataclass(frozen=True, slots=True)
class EditCheck:
    """One edit that was looked up. ``state`` is ok, look or deny; ``row`` is the table row, empty without one."""

    name: str
    say: str
    state: str
    row: str = ""
    cites: Cites = ()


@dataclass(frozen=True, slots=True)
class Unchecked:
    """What could not be checked, or not surely: the table and why, in one sentence."""

    table: str
    say: str


@dataclass(frozen=True, slots=True)
class Checked:
    """The whole answer about a claim.

    Attributes:
        findings: in the order of the lines, the hardest first.
        checks: what was looked up and passed, one entry a table.
        payable: True where nothing denies in the loaded tables; False where something does; None where nothing does
            but a line could not be judged at all (its code or its date is not loaded).
    """

    claim: Claim
    findings: tuple[Finding, ...]
    checks: tuple[EditCheck, ...]
    unchecked: tuple[Unchecked, ...]
    editions: tuple[EditionNote, ...]
    payable: bool | None

    @property
    def clean(self) -> bool:
        """Nothing denies, nothing needs a look, every line was judged."""
        return self.payable is True and all(finding.severity == "note" for finding in self.findings)
