"""Questions with the answers that the sources give them, as they stand in ``tuned.toml`` and ``apart.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from encoder.core.ask.answer import Answer
from encoder.core.ask.lexicon import TERM, Lexicon
from encoder.core.page.evidence import Desk
from tests.ask.conftest import NOW

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Expected:
    """One question. What is None or empty is not compared."""

    ask: str
    kind: str
    answered: bool = True
    state: str | None = None
    codes: tuple[str, ...] | None = None
    some: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    on: date = NOW


def questions(name: str) -> list[Expected]:
    """The questions of a file; an unknown key is an error."""
    entries = tomllib.loads((HERE / name).read_text(encoding="utf-8"))["questions"]
    return [_expected(**entry) for entry in entries]


def _expected(
    ask: str,
    kind: str,
    *,
    answered: bool = True,
    state: str | None = None,
    codes: list[str] | None = None,
    dos: str = NOW.isoformat(),
    **lists: list[str],
) -> Expected:
    given = None if codes is None else tuple(codes)
    some, never, has, lacks = (tuple(lists.pop(key, ())) for key in ("some", "never", "has", "not"))
    assert not lists, lists
    return Expected(ask, kind, answered, state, given, some, never, has, lacks, date.fromisoformat(dos))


def faults(answer: Answer, expected: Expected) -> Iterator[str]:
    """What in an answer is not as expected; nothing when it is right."""
    told = " ".join((answer.say, *answer.lines)).lower()
    if answer.kind != expected.kind:
        yield f"kind {answer.kind}"
    if answer.answered != expected.answered:
        yield f"answered {answer.answered}"
    if expected.state not in (None, answer.state):
        yield f"state {answer.state}"
    if expected.codes is not None and {*answer.codes} != {*expected.codes}:
        yield f"codes {answer.codes}"
    if not {*expected.some} <= {*answer.codes}:
        yield f"codes {answer.codes}, without {expected.some}"
    yield from wrong(answer, expected)
    yield from (f"nothing of '{text}'" for text in expected.has if text.lower() not in told)
    yield from (f"'{text}' is said" for text in expected.lacks if text.lower() in told)


def wrong(answer: Answer, expected: Expected) -> Iterator[str]:
    """What is false in an answer, which is worse than no answer: codes or a state that the sources speak against."""
    if {*expected.never} & {*answer.codes}:
        yield f"codes {answer.codes}, never {expected.never}"
    if not answer.answered or answer.kind != expected.kind:
        return
    if not expected.answered:
        yield f"answered: {answer.say}"
    if answer.state == "decided" and expected.codes is not None and {*answer.codes} != {*expected.codes}:
        yield f"decided {answer.codes}, not {expected.codes}"
    if expected.kind == "pair" and expected.state not in (None, answer.state):
        yield f"{answer.state}, not {expected.state}"


def sound(answer: Answer, desk: Desk) -> None:
    """What holds for every answer: rows with a place, citations of known sources, codes that the tables hold."""
    known = {source.id for source in desk.book.sources()}
    assert answer.say
    assert answer.answered is not answer.say.startswith("I cannot answer that")
    assert all(cite.partition("#")[0] in known for cite in answer.cites), answer.cites
    assert all(row.table and row.key for row in answer.rows)
    assert answer.near or answer.answered
    if answer.answered and answer.codes:
        assert answer.cites, answer.question
        assert answer.rows, answer.question
        named = [code for code in answer.codes if not desk.title(code) and code not in desk.lore.modifiers]
        assert [code for code in named if desk.book.diagnosis(code) is None] == [], answer.question


def phrases(lexicon: Lexicon) -> dict[str, list[str]]:
    """The words of each term."""
    made: dict[str, list[str]] = {}
    for phrase, senses in lexicon.phrases.items():
        for sense in senses:
            if sense.kind == TERM:
                made.setdefault(sense.id, []).append(" ".join(phrase))
    return made
