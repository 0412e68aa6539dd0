"""What comes back for a question: sentences filled from rows, the rows themselves, and the nearest places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from encoder.core.ask.kinds import UNKNOWN
from encoder.core.codes import Cites, Code
from encoder.core.page.beside import NOT_LOADED, NOT_VALID, unloaded
from encoder.core.page.evidence import Desk, RowRef, Said, cites_of

MOST_NEAR = 8
EXAMPLES = (
    "can 20932 go with 27447",
    "which primaries go with 20932",
    "curettage of a femoral cyst with allograft",
    "what must the note say for 20932",
)


@dataclass(frozen=True, slots=True)
class Near:
    """A place to look at next: a code, a question of the tree, or a question that can be asked here."""

    kind: str
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that the question leaves open, and what each answer would lead to."""

    question: str
    ask: str
    answers: tuple[tuple[str, str, tuple[tuple[str, ...], ...]], ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before it is put together. The first sentence is the answer, the others bear it out.

    ``kind`` says what was asked, ``state`` what the tables say to it in one word. ``codes`` are those that the answer
    gives. ``answered`` is false where the tables do not say. ``polar`` is yes or no, where such a question has it.
    ``facts`` are the answers of the tree that the words of the question settle, to start a case with as assumptions.
    """

    kind: str
    said: tuple[Said, ...]
    state: str = ""
    codes: tuple[str, ...] = ()
    answered: bool = True
    missing: tuple[Missing, ...] = ()
    near: tuple[Near, ...] = ()
    polar: str = ""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question on a date. ``read_as`` says how words were read that were not written so.

    ``said`` are its sentences one by one with their rows, the first of them the answer; ``facts`` as in a draft.
    """

    question: str
    kind: str
    answered: bool
    state: str
    say: str
    lines: tuple[str, ...]
    codes: tuple[str, ...]
    rows: tuple[RowRef, ...]
    cites: Cites
    missing: tuple[Missing, ...]
    near: tuple[Near, ...]
    read_as: tuple[str, ...]
    on: date
    said: tuple[Said, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


@dataclass
class Talk:
    """Collects the sentences of a draft."""

    said: list[Said] = field(default_factory=list)

    def add(self, say: str, rows: Sequence[RowRef] = (), cites: Cites = ()) -> Talk:
        """One more sentence with what it rests on."""
        self.said.append(Said(say, tuple(rows), cites))
        return self

    def all(self, said: Iterable[Said]) -> Talk:
        """More sentences."""
        self.said += said
        return self


POLAR = {"yes": "Yes. ", "no": "No. "}


def finished(draft: Draft, question: str, read_as: Sequence[str], on: date, *, polar: bool) -> Answer:
    """The answer put together: rows and citations in order, each once.

    Args:
        polar: whether the question is one of yes or no; the answer then says which.
    """
    rows = tuple(dict.fromkeys(row for said in draft.said for row in said.rows))
    cites = cites_of(*(said.cites for said in draft.said))
    first, *others = dict.fromkeys(draft.said)
    if polar and draft.answered:
        first = replace(first, say=POLAR.get(draft.polar, "") + first.say)
    lines = (said.say for said in others)
    near = draft.near or (() if draft.answered else near_asks(*EXAMPLES))
    near = tuple(dict.fromkeys(near))[:MOST_NEAR]
    return Answer(
        question,
        draft.kind,
        draft.answered,
        draft.state,
        first.say,
        tuple(dict.fromkeys(lines)),
        draft.codes,
        rows,
        cites,
        draft.missing,
        near,
        tuple(read_as),
        on,
        (first, *others),
        draft.facts,
    )


def near_codes(desk: Desk, codes: Iterable[str]) -> tuple[Near, ...]:
    """Codes as places to look at."""
    return tuple(Near("code", code, desk.title(code)) for code in codes if desk.title(code))


def near_questions(desk: Desk, questions: Iterable[str]) -> tuple[Near, ...]:
    """Questions of the tree as places to look at."""
    held = (desk.tree.questions[name] for name in questions if name in desk.tree.questions)
    return tuple(Near("question", question.id, question.ask) for question in held)


def near_asks(*texts: str) -> tuple[Near, ...]:
    """Questions that can be asked here."""
    return tuple(Near("ask", text, text) for text in texts)


def refused(
    why: str, near: Sequence[Near] = (), kind: str = UNKNOWN, said: Sequence[Said] = (), state: str = ""
) -> Draft:
    """An honest "I cannot answer that", with the reason and the nearest places."""
    return Draft(kind, (Said(f"I cannot answer that: {why}"), *said), state, (), False, (), tuple(near))


def ready_questions(codes: Sequence[str]) -> tuple[Near, ...]:
    """Questions about the codes named that can surely be answered."""
    texts = [f"what is {code}" for code in codes[:2]]
    if len(codes) > 1:
        texts.insert(0, f"can {codes[0]} go with {codes[1]}")
    return near_asks(*texts)


def held_off(desk: Desk, code: Code, fault: Said, kind: str) -> Draft:
    """The answer where nothing can be said of a code on the date: it is not valid, or the date is not loaded."""
    near = near_codes(desk, (code.code,))
    if unloaded(desk, code):
        return refused(fault.say, near, kind, (fault,), NOT_LOADED)
    return Draft(kind, (fault,), NOT_VALID, (), True, (), near)
