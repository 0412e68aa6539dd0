"""One claim at work: what is typed, pasted, fixed or undone, and what the edits say of it after each change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal

from encoder.core.claim import Claim
from encoder.core.claim_edit import added, with_diagnosis, with_line, without_diagnosis, without_line
from encoder.core.claim_text import parse_diagnosis, parse_entries, parse_line
from encoder.core.edits.check import check
from encoder.core.edits.findings import Checked, Fix
from encoder.core.edits.fixes import apply, mend
from encoder.core.edits.worth import FeeBook
from encoder.errors import UsageError
from encoder.store.claim_paste import Pasted, read_paste

LINE, DIAGNOSIS = "line", "diagnosis"
_REST = 150  # ms after the last change until all fixes are tried one after the other
_MOST_UNDONE = 200


@dataclass(frozen=True, slots=True)
class Spot:
    """A line or a diagnosis of the claim, by its place."""

    kind: str
    place: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What is to be shown.

    Attributes:
        drafts: lines and diagnoses from these places on are still being typed; ``editing`` is the one that is changed.
    """

    checked: Checked
    drafts: tuple[int, int]
    editing: Spot | None
    can_undo: bool


@dataclass(frozen=True, slots=True)
class Mended:
    """The claim after every fix that is sure without the note."""

    checked: Checked
    fixes: tuple[Fix, ...]


class ClaimWork(QObject):
    """The claim, its earlier states for undo, and what is being typed, which is checked with it.

    Signals:
        shown(Shown): after each change. mended(Mended): a moment after the last one, where there are fixes.
    """

    shown = Signal(object)
    mended = Signal(object)

    def __init__(self, book: FeeBook, on: date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._claim = Claim((), on)
        self._draft: Claim | None = None
        self._editing: Spot | None = None
        self._before: list[Claim] = []
        self.checked = check(self._claim, book)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self._mend)

    def claim(self) -> Claim:
        """The claim without what is still being typed."""
        return self._claim

    def again(self) -> None:
        """Check the same claim again: the tables are others."""
        self._show()

    # -- what it is about ---------------------------------------------------------------------------------------------

    def open(self, claim: Claim) -> None:
        """Begin with another claim; undo brings the last one back."""
        self._editing = self._draft = None
        self._take(claim)

    def set_date(self, on: date) -> None:
        """Another date of service."""
        self._take(replace(self._claim, on=on))

    def set_setting(self, setting: str) -> None:
        """Another setting: practitioner or outpatient_hospital."""
        self._take(replace(self._claim, setting=setting))

    def set_locality(self, locality: str) -> None:
        """Another place where it is paid; it changes the values alone."""
        self._take(replace(self._claim, locality=locality))

    # -- typing -------------------------------------------------------------------------------------------------------

    def type(self, text: str) -> None:
        """Check the claim with what is being typed, as far as that can be read."""
        try:
            draft = self._with(text) if text.strip() else None
        except UsageError:
            draft = None
        if draft != self._draft:
            self._draft = draft
            self._show()

    def enter(self, text: str) -> None:
        """Take what was typed.

        Raises:
            UsageError: it cannot be read; it is not taken.
        """
        claim = self._with(text)
        self._editing = self._draft = None
        self._take(claim)

    def paste(self, text: str) -> Pasted:
        """Take lines that were copied elsewhere; what was taken.

        Raises:
            UsageError: they cannot be read; none is taken.
        """
        lines, diagnoses = read_paste(text)
        if not lines and not diagnoses:
            raise UsageError("There is no line to paste: copy the lines of a claim first.")
        self._take(added(self._claim, lines, diagnoses))
        return lines, diagnoses

    def edit(self, spot: Spot | None) -> str:
        """Change a line or a diagnosis from now on, or add again; its text."""
        self._editing, self._draft = spot, None
        self._show()
        return self.text(spot) if spot else ""

    def holds(self, spot: Spot) -> bool:
        """Whether a line or a diagnosis was taken; else it is still being typed."""
        return spot.place < len(self._claim.lines if spot.kind == LINE else self._claim.diagnoses)

    def text(self, spot: Spot) -> str:
        """A line or a diagnosis as it is typed."""
        return self._claim.lines[spot.place].text if spot.kind == LINE else self._claim.diagnoses[spot.place]

    def _with(self, text: str) -> Claim:
        """The claim with a text in the place that is changed, or behind the last line."""
        if self._editing is None:
            try:
                return added(self._claim, *parse_entries(text))
            except UsageError:
                if not _is_diagnosis(text):
                    raise
                return added(self._claim, (), (parse_diagnosis(text),))
        if self._editing.kind == LINE:
            return with_line(self._claim, self._editing.place, parse_line(text))
        return with_diagnosis(self._claim, self._editing.place, parse_diagnosis(text))

    # -- changes ------------------------------------------------------------------------------------------------------

    def remove(self, spot: Spot) -> None:
        """Take a line or a diagnosis off."""
        take = without_line if spot.kind == LINE else without_diagnosis
        self._editing = self._draft = None
        self._take(take(self._claim, spot.place))

    def fix(self, fix: Fix) -> None:
        """Apply one fix; what is being typed was checked with it, and is taken."""
        claim = self._draft or self._claim
        self._editing = self._draft = None
        self._take(apply(claim, fix))

    def fix_all(self) -> int:
        """Apply one fix after another until none is left; how many. What is being typed is taken."""
        claim, fixes = mend(self._draft or self._claim, self._book)
        self._editing = self._draft = None
        if fixes:
            self._take(claim)
        return len(fixes)

    def undo(self) -> bool:
        """Take the last change back; False where there is none."""
        if not self._before:
            return False
        self._editing = self._draft = None
        self._claim = self._before.pop()
        self._show()
        return True

    def _take(self, claim: Claim) -> None:
        if claim != self._claim:
            self._before.append(self._claim)
            del self._before[:-_MOST_UNDONE]
            self._claim = claim
        self._show()

    def _show(self) -> None:
        held = self._claim
        self.checked = check(self._draft or held, self._book)
        ends = len(held.lines), len(held.diagnoses)
        self.shown.emit(Shown(self.checked, ends, self._editing, bool(self._before)))
        self._rest.start()

    def _mend(self) -> None:
        claim, fixes = mend(self._draft or self._claim, self._book)
        self.mended.emit(Mended(check(claim, self._book), fixes))


def _is_diagnosis(text: str) -> bool:
    try:
        parse_diagnosis(text)
    except UsageError:
        return False
    return True
