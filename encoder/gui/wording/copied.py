"""What copying hands over: the claim lines as they are entered, then a short reason for whoever asks."""

from __future__ import annotations

from collections.abc import Sequence

from encoder.core.beside.ticks import Tick
from encoder.core.case_state import DATE
from encoder.core.evidence import Quoted
from encoder.core.tree.explain import Result
from encoder.core.view import View
from encoder.gui.wording.sources import dates, lower_first


def claim_text(view: View, result: Result, ticks: Sequence[Tick] = ()) -> str:
    """Lines and reason as plain text; a review stands first, so that it cannot be pasted unseen.

    Quotes of the note stand below the reasons: those of the answers, then those of the documentation list.
    """
    parts = [
        [f"REVIEW BEFORE BILLING: {review}" for review in result.review],
        [line.text for line in result.lines],
        [f"{result.verdict}. {result.say}"],
        _reasons(result),
        _assumed(result),
        _answers(view),
        _documentation(ticks),
        [_closing(view)],
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def said(result: Result) -> str:
    """What the hint bar says was copied."""
    lines = ", ".join(line.text for line in result.lines)
    mark = ', marked "review"' if result.review else ""
    return f"Copied {lines} and the reason{mark}." if lines else "Copied the reason."


def _reasons(result: Result) -> list[str]:
    told = [reason for reason in result.why if reason.code]
    return [f"{reason.code}: {reason.say} [{_place(reason.rule, reason.cites)}]" for reason in told]


def _answers(view: View) -> list[str]:
    """Every answer with its quotes, or that it has none; nothing where no answer has any."""
    steps = [step for step in view.way if step.state in ("answered", "not_documented") and step.question != DATE]
    if not any(step.quotes for step in steps):
        return []
    said = [f"{step.label}: {step.value}{_quotes(step.quotes) or ' (no quote)'}" for step in steps]
    return ["Answers and the words of the note that prove them:", *said]


def _documentation(ticks: Sequence[Tick]) -> list[str]:
    if not any(tick.quotes for tick in ticks):
        return []
    return ["Documentation:", *(f"{tick.item.label}{_quotes(tick.quotes) or ': not quoted'}" for tick in ticks)]


def _quotes(quotes: Sequence[Quoted]) -> str:
    return "".join(f'; "{quoted.words}" [{quoted.document}, {quoted.place}]' for quoted in quotes)


def _place(rule: str, cites: tuple[str, ...]) -> str:
    return "; ".join((rule, *cites[:1]))


def _assumed(result: Result) -> list[str]:
    taken = []
    for question in result.assumed:
        usual = question.answer(question.usual)
        taken.append(f"{question.label}: {lower_first(usual.brief)}" if usual else f"{question.label}: nothing")
    return [f"Not asked, taken as usual: {'; '.join(taken)}."] if taken else []


def _closing(view: View) -> str:
    case = f"Case {view.case}, date of service {view.on}." if view.case else f"Date of service {view.on}."
    edits = [note for note in view.editions if note.edition.table.startswith(("ptp", "mue"))]
    wanting = [note for note in edits if note.state != "covers"]
    ends = [
        f"{note.edition.label} {note.edition.edition} ({dates(note.edition.span.start, note.edition.span.end)})"
        for note in wanting
    ]
    return f"{case} Not covered by the loaded editions: {', '.join(ends)}." if ends else case
