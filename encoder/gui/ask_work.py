"""Asking at work: questions in plain words, and from a code back to the facts, on the date of service of the case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from encoder.core.ask.answer import Answer, Talk
from encoder.core.ask.kinds import PRICE
from encoder.core.ask.lexicon import Where
from encoder.core.ask.paying import amounts
from encoder.core.case_state import CLAIM
from encoder.core.codes import DocumentFact
from encoder.core.fees import Locality
from encoder.core.page import localities
from encoder.core.page.beside import Beside, beside
from encoder.core.page.evidence import Desk, cites_of
from encoder.core.page.page import page
from encoder.core.reverse import Trail, trails, written
from encoder.core.tree.reach import Reach
from encoder.core.tree.ways import ways
from encoder.errors import UsageError
from encoder.gui.book_work import BookWork

NATIONAL = ""
"""No locality is chosen."""
_MOST_ASKED = 20


@dataclass(frozen=True, slots=True)
class Origin:
    """A code that somebody wrote, and what leads to it.

    Attributes:
        standing: a sentence where the code must be looked at twice on the date.
        beside: what it is to a second code, where one was written too.
        together: whether the ways end in both codes; else in the first alone.
        notes: what the note must show for each code.
    """

    code: str
    title: str
    standing: str
    beside: Beside | None
    together: bool
    ways: tuple[Trail, ...]
    notes: Mapping[str, tuple[DocumentFact, ...]]


class AskWork:
    """Answers on the date of the session. What was asked is kept while the window is open, and never stored.

    Attributes:
        locality: where amounts are asked for, by contractor and number; empty for the national amount.
        asked: the questions of this session, the last first.
    """

    def __init__(self, book: BookWork) -> None:
        self._book, self.session = book, book.session
        self.locality = NATIONAL
        self.asked: list[str] = []

    # -- plain questions ----------------------------------------------------------------------------------------------

    def ask(self, text: str) -> Answer:
        """Answer a question; an amount that names no place is told for the chosen locality too."""
        asked = _clean(text)
        self.asked = [asked, *(each for each in self.asked if each != asked)][:_MOST_ASKED]
        desk = self._book.desk()
        return self._placed(self._book.asker.ask(asked, desk), desk)

    def localities(self) -> tuple[Locality, ...]:
        """The localities that are loaded for the date; none where they are not imported."""
        return self._book.library.localities(self.session.on)

    def _placed(self, answer: Answer, desk: Desk) -> Answer:
        if answer.kind != PRICE or not answer.answered or any(row.table == localities.TABLE for row in answer.rows):
            return answer
        desk = desk.on_date(answer.on)
        talk = Talk()
        for code in answer.codes:
            chosen = [one for one in localities.paid(desk, code) if place_id(one.place) == self.locality]
            amounts(code, Where("", "", named=True), chosen, talk)
        rows = tuple(dict.fromkeys((*answer.rows, *(row for said in talk.said for row in said.rows))))
        return replace(
            answer,
            said=(*answer.said, *talk.said),
            lines=(*answer.lines, *(said.say for said in talk.said)),
            rows=rows,
            cites=cites_of(answer.cites, *(said.cites for said in talk.said)),
        )

    # -- from a code --------------------------------------------------------------------------------------------------

    def origin(self, code: str, with_code: str = "") -> Origin:
        """What leads to a code on the date, and to both codes where a second one is written.

        Raises:
            UsageError: no table names a code, or the two are not both CPT codes.
        """
        desk, reach = self._book.desk(), self.session.reach()
        first = written(desk, _clean(code))
        second = written(desk, _clean(with_code)) if with_code.strip() else ""
        pair = _pair(desk, first, second) if second else None
        both = _both(desk, reach, first, second) if second else ()
        made = page(desk, first, {})
        assert made is not None  # the code is one that the tables name
        return Origin(
            first,
            made.title,
            made.standing,
            pair,
            bool(both),
            both or trails(desk, reach, first),
            {each: tuple(desk.book.documentation(each)) for each in filter(None, (first, second))},
        )

    def facts(self, answer: Answer) -> dict[str, str]:
        """What the words of a question settle of the questions that the case can come to, whose claim it is kept."""
        claim = self.session.answers.get(CLAIM)
        given = {name: text for name, text in answer.facts if not (name == CLAIM and claim)}
        values = {name: frozenset((text,)) for name, text in given.items()} | ({CLAIM: claim} if claim else {})
        led = ways(self.session.tree, self._book.library, self.session.on, values)
        asked = {step.question for way in led for step in way.steps}
        return {name: text for name, text in given.items() if name in asked}

    def assumptions(self, way: Trail) -> dict[str, str]:
        """The answers to start the tree with; with whose claim it is, where that of the case leads elsewhere."""
        given = dict(way.assumed)
        claims = next((need.answers for need in way.needs if need.question == CLAIM), ())
        if claims and self.session.answers.get(CLAIM, frozenset()).isdisjoint(claims):
            given[CLAIM] = claims[0]
        return given

    def under_way(self) -> int:
        """How many answers the case holds beside whose claim it is, assumed ones included."""
        return len({*self.session.answers, *self.session.assumed} - {CLAIM})


def place_id(place: Locality) -> str:
    """A locality as it is chosen: contractor and number."""
    return f"{place.contractor}{place.number}"


def _clean(text: str) -> str:
    """The text without what no table can be asked for: halves of characters."""
    return text.encode("utf-8", "replace").decode("utf-8").strip()


def _pair(desk: Desk, first: str, second: str) -> Beside:
    one, other = desk.book.code(first), desk.book.code(second)
    if one is None or other is None:
        raise UsageError(f"Two CPT codes are held against each other, not {first} and {second}; leave the second out.")
    return beside(desk, one, other)


def _both(desk: Desk, reach: Reach, first: str, second: str) -> tuple[Trail, ...]:
    """The ways that end in both codes, told by the one that only a detail brings."""
    found, turned = trails(desk, reach, first, second), trails(desk, reach, second, first)
    return turned if any(way.details for way in turned) else found
