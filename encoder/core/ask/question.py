"""One question with everything that was read out of it, and the small questions that decide what is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from encoder.core.ask.answer import Near, near_codes, near_questions, ready_questions
from encoder.core.ask.lexicon import (
    CUE,
    GLOSSARY,
    PLACE,
    SCOPE,
    SITUATION,
    TERM,
    TOPIC,
    GlossaryEntry,
    Lexicon,
    Scope,
    Situation,
    Term,
    Topic,
    Where,
)
from encoder.core.ask.reading import Reading
from encoder.core.ask.words import CODE
from encoder.core.book import HOSPITAL, PRACTITIONER
from encoder.core.codes import Code
from encoder.core.page.evidence import Desk
from encoder.core.reverse import first_answers
from encoder.core.tree.model import Values
from encoder.core.tree.reach import Reach

CONDITIONS = ("other_day", "other_surgeon", "separate_site")
VERBS = frozenset(
    (
        *("can", "may", "could", "should", "is", "are", "was", "were", "does", "do", "did"),
        *("will", "would", "must", "has", "have"),
    )
)
SIDES = ("LT", "RT")
_CLINICAL = ("procedure", "material", "form", "approach", "scope", "detail", "diagnosis")
_DONOR = {"allograft", "bulk_allograft", "bulk", "osteoarticular", "hemicortical", "complete", "intercalary"}


@dataclass(frozen=True)
class Question:
    """A question on its date of service. ``reach`` gives what the tree can end in on a date."""

    r: Reading
    desk: Desk
    lexicon: Lexicon
    reach: Callable[[date], Reach]
    codes: tuple[Code, ...]
    situations: tuple[Situation, ...]
    terms: tuple[Term, ...]
    topics: tuple[Topic, ...]
    scopes: tuple[Scope, ...]
    setting: str

    # ---- what kind of words it holds

    def clinical(self) -> bool:
        """Whether words for an operation, a graft or a diagnosis are in it, denied ones included."""
        if any(term.kind in _CLINICAL for term in self.terms):
            return True
        return any(hit.denied for hit in self.r.hits)

    def sited(self) -> bool:
        """Whether a site or a procedure is named."""
        return _sited(self.terms)

    def only_donor(self) -> bool:
        """Whether words for a donor graft are all that is said of an operation."""
        names = {term.id for term in self.terms}
        return bool(names) and names <= _DONOR

    def only_own_bone(self) -> bool:
        """Whether words for own bone, at some site, are all that is said of an operation."""
        own = (
            term.kind in ("site", "side") or "own_bone" in term.facts.get("graft_material", ()) for term in self.terms
        )
        return all(own)

    def graft(self) -> str:
        """The graft it asks about: allograft, autograft, bone (either); empty when none, or beside an operation."""
        names = {term.id for term in self.terms if term.kind == "material"}
        if any(term.kind in ("procedure", "form", "site") for term in self.terms):
            return ""
        known = (("allograft", "allograft"), ("autograft", "autograft"), ("graft", "bone"))
        return next((graft for name, graft in known if name in names), "")

    # ---- how it is asked

    def starts_polar(self) -> bool:
        """Whether it begins like a question of yes or no."""
        return bool(self.r.tokens) and self.r.tokens[0].text in VERBS

    def polar(self) -> bool:
        """Whether yes or no may stand before the answer: no negation, no "why", nothing that turns yes into no."""
        r = self.r
        turned = r.loose or r.cue("why", "bars", "included", "edits", "difference") or (r.cue("may") and r.cue("ended"))
        return self.starts_polar() and not turned

    def says_is(self) -> bool:
        """Whether the verb comes first, as in "is 20932 an add-on"."""
        return self.r.tokens[0].text in ("is", "are", "was")

    def lists(self) -> bool:
        """Whether it asks for a list: which, what, name the."""
        return self.r.cue("which", "family")

    def chooses(self) -> bool:
        """Whether codes have "or" between them."""
        kinds = [CODE if token.kind == CODE else token.text for token in self.r.tokens]
        return any(kinds[place : place + 3] == [CODE, "or", CODE] for place in range(len(kinds)))

    def says(self, *texts: str) -> bool:
        """Whether a phrase begins with one of the texts."""
        return any(hit.text.startswith(texts) for hit in self.r.hits)

    def only_sides(self) -> bool:
        """Whether the situations are no more than left and right, said in passing."""
        return not self.r.cue("modifier") and all(situation.modifiers[0] in SIDES for situation in self.situations)

    def place(self) -> Where | None:
        """The place that it names; None when none."""
        words = next(iter(self.r.ids(PLACE)), "")
        return self.lexicon.where(words) if words else None

    def figure(self) -> GlossaryEntry | None:
        """The one value of a published figure that it names ("status N", "ZZZ"); None when none or more."""
        entries = [self.lexicon.glossary[name] for name in self.r.ids(GLOSSARY)]
        named = [entry for entry in entries if entry.figure not in ("", "pair_indicator")]
        return named[0] if len(named) == len(entries) == 1 else None

    # ---- what the tree knows of a code

    def answers(self, code: Code) -> dict[str, Values]:
        """One whole way of the tree to a code."""
        return dict(first_answers(self.desk, self.reach(self.desk.on), code.code))

    def leads_to(self, code: Code) -> bool:
        """Whether a way of the tree gives a code by itself."""
        return any(gives for _, gives in self.reach(self.desk.on).leading_to(code.code))

    def shared(self, code: Code) -> dict[str, Values]:
        """What every way to a code answers: the questions that all of them ask, with all answers given."""
        found = [answers for answers, gives in self.reach(self.desk.on).leading_to(code.code) if gives]
        names = set(found[0]).intersection(*found) if found else set()
        return {name: frozenset(answers[name] for answers in found) for name in names}

    def near(self) -> tuple[Near, ...]:
        """The nearest places when it is not answered: its codes, its words in the tree, questions that can be asked."""
        codes = self.r.codes or tuple(code for topic in self.topics for code in topic.codes)
        wanted = [question for term in self.terms for question in term.facts][:2]
        return (*ready_questions(self.r.codes), *near_codes(self.desk, codes), *near_questions(self.desk, wanted))


def question_of(reading: Reading, desk: Desk, lexicon: Lexicon, reach: Callable[[date], Reach]) -> Question:
    """Put what was read together with the tables and the words."""
    r = _told_apart(reading)
    terms = tuple(lexicon.terms[name] for name in r.ids(TERM))
    held = (desk.book.code(code) for code in r.codes)
    setting = HOSPITAL if r.cue("hospital") else PRACTITIONER if r.cue("practitioner") else ""
    return Question(
        r,
        desk,
        lexicon,
        reach,
        tuple(code for code in held if code is not None),
        tuple(lexicon.situations[name] for name in r.ids(SITUATION)),
        terms,
        _topics(r, terms, lexicon),
        tuple(lexicon.scopes[name] for name in r.ids(SCOPE)),
        setting,
    )


def _topics(r: Reading, terms: tuple[Term, ...], lexicon: Lexicon) -> tuple[Topic, ...]:
    """The work asked about; a word that is a term as well is one beside a site or a procedure."""
    asked = r.cue("included") and r.codes
    hits = [hit for hit in r.hits if asked or not (_sited(terms) and hit.of(TERM))]
    return tuple(lexicon.topics[name] for name in dict.fromkeys(name for hit in hits for name in hit.of(TOPIC)))


def _sited(terms: tuple[Term, ...]) -> bool:
    return any(term.kind in ("site", "procedure") for term in terms)


def _told_apart(reading: Reading) -> Reading:
    """A word that names a graft and a payment class ("APC"): the graft beside other words for an operation."""
    double = [hit for hit in reading.hits if hit.of(TERM) and "facility" in hit.of(CUE)]
    if not double:
        return reading
    others = any(hit.of(TERM) for hit in reading.hits if hit not in double)
    kind = CUE if others and not reading.codes else TERM
    hits = tuple(
        replace(hit, senses=tuple(sense for sense in hit.senses if sense.kind != kind)) if hit in double else hit
        for hit in reading.hits
    )
    return replace(reading, hits=hits)
