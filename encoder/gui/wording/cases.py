"""The words of the cases: where each stands, when it changed, what is kept of it, and how the store is opened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from encoder.core import kept as standings
from encoder.core.kept import LEAST_PASSPHRASE, Kept, Row
from encoder.core.tree.explain import answer_text
from encoder.core.tree.model import Tree
from encoder.core.tree.walk import Step, ordered
from encoder.gui.wording.sources import many

STANDING: dict[str, tuple[str, str, str]] = {  # icon, ink, words
    standings.OPEN: ("case", "accent", "In progress"),
    standings.ASK: ("query", "warn", "To ask the surgeon"),
    standings.WAITING: ("query", "warn", "Waits for the surgeon"),
    standings.REVIEW: ("review", "warn", "Review required"),
    standings.DECIDED: ("ok", "ok", "Decided"),
    standings.ALONE: ("ok", "ok", "Decided, no add-on"),
    standings.STOPPED: ("no", "text2", "Ended without a code"),
}
FILTERS: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("all", "All", frozenset(STANDING)),
    ("open", "Open", frozenset({standings.OPEN})),
    ("waiting", "Surgeon", frozenset({standings.ASK, standings.WAITING})),
    ("review", "Review", frozenset({standings.REVIEW})),
    ("decided", "Decided", frozenset({standings.DECIDED, standings.ALONE, standings.STOPPED})),
)
CLAIMS = {"surgeon": "surgeon", "outpatient": "facility, outpatient", "inpatient": "facility, inpatient"}
NO_LABEL = "(no label)"
HEADS = "Case", "Date of service", "Where it stands", "", "Lines", "Changed"


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One row of the table: its words, and the icon and the ink of where it stands."""

    id: str
    label: str
    on: str
    where: str
    say: str
    lines: str
    changed: str
    icon: str
    ink: str


def line(row: Row, today: date) -> CaseLine:
    """A case as a row of the table."""
    icon, ink, where = STANDING.get(row.standing.kind, ("case", "text2", row.standing.kind))
    return CaseLine(
        row.id,
        row.label or NO_LABEL,
        row.on.isoformat(),
        where,
        row.standing.say,
        "  ".join(row.standing.lines),
        changed(row.changed, today),
        icon,
        ink,
    )


def changed(when: str, today: date) -> str:
    """When a case changed, short: "today 10:42", "11-20 09:15", "2025-11-20"."""
    try:
        moment = datetime.fromisoformat(when)
    except ValueError:
        return when
    if moment.date() == today:
        return f"today {moment:%H:%M}"
    return f"{moment:%m-%d %H:%M}" if moment.year == today.year else f"{moment:%Y-%m-%d}"


def spoken(item: CaseLine) -> str:
    """What a reader says of a row."""
    parts = (item.label, f"date of service {item.on}", item.where, item.say, item.lines, f"changed {item.changed}")
    return ", ".join(part for part in parts if part)


def wanted(rows: Iterable[Row], which: str, text: str) -> tuple[Row, ...]:
    """The rows of a filter in which every word stands: in the label, the lines, the date or where it stands."""
    kinds = next(kinds for name, _, kinds in FILTERS if name == which)
    typed = text.casefold().split()
    return tuple(row for row in rows if row.standing.kind in kinds and all(word in _words(row) for word in typed))


def _words(row: Row) -> str:
    where = STANDING.get(row.standing.kind, ("", "", ""))[2]
    return " ".join((row.label, row.on.isoformat(), where, row.standing.say, *row.standing.lines)).casefold()


def counts(rows: Sequence[Row], *, brief: bool = False) -> dict[str, str]:
    """The words of each filter with how many cases it has; ``brief`` leaves the number out."""
    return {
        name: words if brief else f"{words} {sum(row.standing.kind in kinds for row in rows)}"
        for name, words, kinds in FILTERS
    }


def shown(found: int, of: int) -> str:
    """How many cases are in the list."""
    return f"{found} of {many(of, 'case')} in view" if found < of else many(of, "case")


def about(row: Row) -> str:
    """Date of service and claim under the label."""
    return ", ".join(part for part in (f"Date of service {row.on}", CLAIMS.get(row.claim, "")) if part)


def answers(kept: Kept, tree: Tree) -> list[tuple[str, str, str]]:
    """The answers of a case in the order of the tree: question, its name, and what was answered."""
    return [
        (question.id, question.label, answer_text(question, Step(question.id, ordered(question, given))))
        for question in tree.questions.values()
        if (given := kept.state.answers.get(question.id))
    ]


def holdings(kept: Kept) -> str:
    """What is kept of a case beside its answers."""
    if not kept.saved:
        return "Answers only. Its note was not saved: open the case, add the note and press Ctrl+S to keep it too."
    quotes = sum(len(quoted) for quoted in kept.state.evidence.values())
    parts = [many(len(kept.documents), "document") if kept.documents else "no note"]
    parts += [many(quotes, "quote")] if quotes else []
    parts += [many(len(kept.drafts), "edited query")] if kept.drafts else []
    return f"Saved with its note: {', '.join(parts)}."


# -- what is said of keeping ------------------------------------------------------------------------------------------


def foot(store: str, row: Row | None, *, fault: bool, noted: bool) -> tuple[str, str]:
    """What stands at the right of the hint bar: words and an icon.

    Args:
        store: none, locked or open. ``row`` is the case at work as it is kept.
        noted: it has a note.
    """
    if fault:
        return "Not saved: see Cases", "warn"
    if store == "none":
        return "Nothing about a case is stored", "lock"
    if store == "locked":
        return "Cases are locked: nothing is stored", "lock"
    if row is None:
        return "Saved from the first answer on, encrypted", "lock"
    at = f"{datetime.fromisoformat(row.changed):%H:%M}"
    if row.saved:
        return f"Saved {at} with its note, encrypted", "lock"
    return f"Answers saved {at}, encrypted{'; the note is not: Ctrl+S' if noted else ''}", "lock"


MAKE_TITLE = "Where should cases be kept?"
MAKE_WORDS = (
    "**On this computer, encrypted.** Answers are saved one by one and are there again after a crash. The note, its "
    "quotes and the queries are saved when you save the case, with Ctrl+S. Nothing asks for a name or a record number."
)
MAKE_WARNING = ("Nobody can open the cases without the passphrase.", "Nor can anybody reset it.")
OPEN_TITLE = "Open your cases"
WITHOUT = "Work without them"
OPEN_WORDS = "They are encrypted on this computer, and open with your passphrase alone."
LOCKED_TITLE = "The cases are locked"
LOCKED_WORDS = "Nothing was lost. Your passphrase brings back what was on the screen."
CHANGE_TITLE = "Another passphrase"
CHANGE_WORDS = "The cases stay as they are; from now on only the new passphrase opens them."
EMPTY = "No case yet", "A case stands here from its first answer on."
NOTHING_FOUND = "No such case", "No case of this filter has all of these words."


def length(passphrase: str) -> tuple[str, str, str]:
    """Whether a new passphrase is long enough: icon, ink, words."""
    if len(passphrase) < LEAST_PASSPHRASE:
        return "info", "text2", f"{LEAST_PASSPHRASE} characters or more. A sentence is easier to keep than a riddle."
    return "ok", "ok", f"{len(passphrase)} characters: long enough."


def lost(questions: Sequence[str], tree: Tree) -> str:
    """What is said when answers of a case could not be taken up."""
    names = (tree.questions[name].label if name in tree.questions else name for name in questions)
    return f"No longer known, answer it again: {', '.join(names)}."
