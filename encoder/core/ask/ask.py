"""A plain question in, an exact answer out, or an honest "I cannot answer that".

What is asked is decided by which codes, cues and words the question holds. A question with a word that is in no list is
not answered: what is not understood might have changed the answer. Nor is one whose words are not all taken in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from encoder.core.ask import by_codes, by_words, lists, outside
from encoder.core.ask.answer import Answer, Draft, finished, ready_questions, refused
from encoder.core.ask.lexicon import Lexicon
from encoder.core.ask.question import Question, question_of
from encoder.core.ask.reading import Reading, read
from encoder.core.ask.words import Matcher, near_word
from encoder.core.page.evidence import Desk, Said
from encoder.core.tree.reach import Reach


@dataclass(frozen=True)
class Asker:
    """Answers questions. ``reach`` is built once for a date; ``matcher`` finds the word a misspelt word stands for."""

    lexicon: Lexicon
    reach: Callable[[date], Reach]
    matcher: Matcher = near_word

    def ask(self, text: str, desk: Desk) -> Answer:
        """Answer a question on the desk's date of service, or on the date that it names itself."""
        reading = read(text, self.lexicon, desk, self.matcher)
        read_as = [f"'{word.written}' is read as '{word.read}'" for word in reading.corrected]
        on = _day(reading, desk.on)
        if on != desk.on:
            desk = desk.on_date(on)
        if reading.years and reading.day is None and len(reading.years) == 1:
            read_as.append(f"{reading.years[0]} is taken as {on}; write a full date for another day")
        question = question_of(reading, desk, self.lexicon, self.reach)
        return finished(_draft(question), text, read_as, desk.on, polar=question.polar())


def _day(reading: Reading, on: date) -> date:
    """The date that a question names; a year alone is taken at the date asked on, or in its middle."""
    if reading.day is not None:
        return reading.day
    if len(reading.years) == 1 and reading.years[0] != on.year:
        return date(reading.years[0], 7, 1)
    return on


def _draft(q: Question) -> Draft:
    """What stands against an answer first, then the answer by codes or by words."""
    r = q.r
    if not r.tokens:
        return refused("nothing was asked. Ask, for example, one of the questions below.")
    beyond = _outside(q) if q.scopes and not r.absent else None
    if beyond is not None:
        return beyond
    if r.unknown:
        return _not_understood(q)
    if r.absent:
        return _absent(q)
    if len(r.years) > 1 or (r.years and r.day):
        return refused("it names more than one date; ask about one.", ready_questions(r.codes))
    if r.cue("price", "rvu") and (q.situations or r.modifiers):
        return refused("what a modifier makes of the payment is not worked out here.", q.near())
    draft = by_codes.answer(q) if r.codes or r.others else by_words.answer(q)
    return draft or refused("I do not understand what is asked. Nearest are the places below.", q.near())


def _outside(q: Question) -> Draft | None:
    """A subject outside the product, unless the codes named belong to it."""
    known = {code for scope in q.scopes for code in scope.codes}
    belong = bool(q.codes) and all(code.code in known or code.site == "Spine" for code in q.codes)
    if (belong or len(q.codes) > 1) and not any(scope.refuse for scope in q.scopes):
        return None
    return outside.outside(q.desk, q.scopes, q.codes[0] if len(q.codes) == 1 else None)


def _not_understood(q: Question) -> Draft:
    """Words that are in no list."""
    words = ", ".join(f"'{word}'" for word in dict.fromkeys(q.r.unknown))
    many = "words" if len(q.r.unknown) > 1 else "word"
    return refused(f"I do not know the {many} {words}, and it might change the answer.", q.near())


def _absent(q: Question) -> Draft:
    """Codes that no table names; beside them it is said what is known of those that have a row."""
    said = []
    for code in q.codes:
        draft = lists.primaries(q.desk, code)
        first = draft.said[0]
        said += [Said(f"What is known: {first.say}", first.rows, first.cites)] if draft.codes else []
    return refused(f"no table here names {', '.join(q.r.absent)}.", q.near(), said=said)
