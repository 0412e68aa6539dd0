"""A case as it is kept between two starts: its state, its documents and queries, and where it stands in one line.

The answers of a case are kept as soon as there is a place to keep them. The words of the note, the quotes from it and
the drafts of queries are kept only of a case that the coder saved.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from encoder.core.beside.case_note import Document
from encoder.core.case_state import CLAIM, CaseState
from encoder.core.evidence import Evidence, Quoted
from encoder.core.tree.explain import LEADS
from encoder.core.tree.model import NOTHING, Values
from encoder.core.view import View
from encoder.errors import InputError

LEAST_PASSPHRASE = 12
"""Characters that the passphrase of the cases has at least."""
FORM = 1
"""The form of the text; another program version may write another."""
_BROKEN = "A case cannot be read: what was kept of it is not whole; put back a copy of the folder of cases."
OPEN, ASK, WAITING, REVIEW, DECIDED, ALONE, STOPPED = "open", "ask", "waiting", "review", "decided", "alone", "stopped"


@dataclass(frozen=True, slots=True)
class Kept:
    """All that is kept of a case.

    Attributes:
        saved: the coder saved the case; without that ``documents``, ``drafts`` and the evidence of the state are empty.
        documents: what the note was read from. ``drafts`` are edited queries by their question.
        sent: the questions whose query was handed over.
    """

    state: CaseState
    saved: bool = False
    documents: tuple[Document, ...] = ()
    drafts: Mapping[str, str] = field(default_factory=dict, repr=False)
    sent: frozenset[str] = frozenset()

    @property
    def bare(self) -> Kept:
        """The same as it is kept of a case that was not saved: without a word of the note."""
        return Kept(replace(self.state, evidence={}), sent=self.sent)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to keep: no label, no note, no answer but whose claim it is."""
        state = self.state
        given = {*state.answers, *state.earlier, *state.assumed} - {CLAIM}
        return not (given or state.case or self.saved)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands: ``kind`` is a word above, ``say`` the point in a few words, ``lines`` its claim."""

    kind: str
    say: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A case in the list of cases.

    Attributes:
        on: the date of service; ``claim`` is whose claim it is, an id.
        saved: it is kept with its note. ``changed`` is when it was last kept, to the minute, as ISO 8601 writes it.
    """

    id: str
    label: str
    on: date
    claim: str
    standing: Standing
    saved: bool
    changed: str

    def to_text(self) -> str:
        """The text form without the id."""
        where = self.standing
        return json.dumps(
            [
                self.label,
                self.on.isoformat(),
                self.claim,
                where.kind,
                where.say,
                list(where.lines),
                self.saved,
                self.changed,
            ]
        )

    @classmethod
    def from_text(cls, name: str, text: str) -> Row:
        """A row from its text form.

        Raises:
            InputError: it is not what ``to_text`` writes.
        """
        try:
            label, on, claim, kind, say, lines, saved, changed = json.loads(text)
            where = Standing(_text(kind), _text(say), tuple(map(_text, lines)))
            day = date.fromisoformat(on)
            return cls(name, _text(label), day, _text(claim), where, saved is True, _text(changed))
        except (ValueError, TypeError, RecursionError):
            raise InputError(_BROKEN) from None


def row(name: str, kept: Kept, where: Standing, changed: str) -> Row:
    """The row of a case. ``changed`` is when it is kept, as ISO 8601 writes it."""
    state = kept.state
    claim = next(iter(state.answers.get(CLAIM, ())), "")
    return Row(name, state.case, state.on, claim, where, kept.saved, changed)


def standing(view: View, sent: Iterable[str] = ()) -> Standing:
    """Where a case stands. ``sent`` are the questions whose query was handed over."""
    result = view.result
    if result is None or result.status == "incomplete":
        return Standing(OPEN, view.ask.label if view.ask else "")
    if result.queries:
        query = result.queries[0]
        return Standing(WAITING if query.question in set(sent) else ASK, query.fact)
    said = next(
        (result.verdict.removeprefix(f"{lead}: ") for lead in LEADS.values() if result.verdict.startswith(f"{lead}: ")),
        result.verdict,
    )
    lines = tuple(line.text for line in result.lines)
    if result.review:
        return Standing(REVIEW, said, lines)
    if not lines:
        return Standing(STOPPED, said)
    return Standing(DECIDED if any(line.role.endswith("add_on") for line in result.lines) else ALONE, said, lines)


def to_text(kept: Kept) -> str:
    """The text form of a case without its documents: JSON, the same for the same case."""
    state = kept.state
    return json.dumps(
        {
            "form": FORM,
            "on": state.on.isoformat(),
            "case": state.case,
            "answers": _listed(state.answers),
            "earlier": _listed(state.earlier),
            "assumed": _listed(state.assumed),
            "meant": state.meant,
            "focus": state.focus,
            "evidence": {name: [_quote(quoted) for quoted in quotes] for name, quotes in state.evidence.items()},
            "saved": kept.saved,
            "drafts": dict(kept.drafts),
            "sent": sorted(kept.sent),
        },
    )


def from_text(text: str, documents: Iterable[Document] = ()) -> Kept:
    """A case from its text form.

    Raises:
        InputError: it is not what ``to_text`` writes; nothing of it stands in the error.
    """
    try:
        data = json.loads(text)
        if data["form"] != FORM:
            raise InputError(
                f"This case was kept in form {data['form']!r} and the program reads form {FORM}; open it with the "
                "program that kept it."
            )
        state = CaseState(
            on=date.fromisoformat(data["on"]),
            case=_text(data["case"]),
            answers=_values(data["answers"]),
            earlier=_values(data["earlier"]),
            assumed=_values(data["assumed"]),
            meant=_text(data["meant"]),
            focus=_text(data["focus"]),
            evidence=_evidence(data["evidence"]),
        )
        drafts = {_text(name): _text(draft) for name, draft in data["drafts"].items()}
        return Kept(state, data["saved"] is True, tuple(documents), drafts, frozenset(map(_text, data["sent"])))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise InputError(_BROKEN) from None  # what json and date quote of the text may be words of a note


def _listed(given: Mapping[str, Values]) -> dict[str, list[str]]:
    return {name: sorted(values) for name, values in given.items()}


def _quote(quoted: Quoted) -> list[object]:
    return [quoted.document, quoted.start, quoted.end, quoted.quote, quoted.place, sorted(quoted.answers)]


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError
    return value


def _values(data: Mapping[str, list[str]]) -> dict[str, Values]:
    return {_text(name): frozenset(map(_text, values)) or NOTHING for name, values in data.items()}


def _evidence(data: Mapping[str, list[list[object]]]) -> Evidence:
    return {_text(name): tuple(_quoted(*parts) for parts in quotes) for name, quotes in data.items()}


def _quoted(document: object, start: object, end: object, quote: object, place: object, answers: object) -> Quoted:
    if not isinstance(answers, list):
        raise TypeError
    return Quoted(
        _text(document), _number(start), _number(end), _text(quote), _text(place), frozenset(map(_text, answers))
    )
