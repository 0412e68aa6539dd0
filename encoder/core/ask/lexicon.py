"""The words that questions are made of, as data: what each phrase may stand for. Nothing outside it is understood."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from encoder.core.codes import Cites
from encoder.core.tree.model import Values

Phrase = tuple[str, ...]
Facts = Mapping[str, Values]

TERM, CUE, TOPIC, SITUATION, SCOPE, GLOSSARY, FAMILY, PLACE, FILLER, NEGATION = (
    "term",
    "cue",
    "topic",
    "situation",
    "scope",
    "glossary",
    "family",
    "place",
    "filler",
    "negation",
)


@dataclass(frozen=True, slots=True)
class Sense:
    """One thing a phrase may stand for: its kind, and the id of the entry of that kind."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class Term:
    """A word for a site, a procedure, a graft or a diagnosis.

    Attributes:
        kind: site, part, procedure, material, form, approach, scope (an approach that must count), claim, side, detail
            or diagnosis.
        facts: answers of the tree by question, as said; ``hints`` hold only where nothing speaks against them.
        off: the facts when the word is denied; None when a denied word says nothing.
        family: the family of the diagnosis; empty for other words.
    """

    id: str
    kind: str
    facts: Facts
    hints: Facts
    off: Facts | None
    family: str


@dataclass(frozen=True, slots=True)
class Topic:
    """Work that may be asked about beside a code; ``codes`` are its own, if the book has them."""

    id: str
    label: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Situation:
    """A situation that modifiers stand for, the usual one first."""

    id: str
    label: str
    modifiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scope:
    """A subject outside the product. ``refuse``: nothing can be answered; otherwise ``say`` is the answer."""

    id: str
    label: str
    say: str
    codes: tuple[str, ...]
    table: str
    refuse: bool
    cites: Cites


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A word of the trade: a text, or a value of a published figure."""

    id: str
    label: str
    say: str
    codes: tuple[str, ...]
    figure: str
    value: str
    cites: Cites


@dataclass(frozen=True, slots=True)
class CodeFamily:
    """A group of codes by the words for it; ``families`` are ids of the tree."""

    id: str
    label: str
    families: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Where:
    """A place in a question about payment: its words, its letters when it is a state, whether it names any place."""

    words: str
    state: str
    named: bool


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a text is brought into one spelling before its words are looked up."""

    contractions: Mapping[str, str]
    spellings: Mapping[str, str]
    pattern: re.Pattern[str]

    @classmethod
    def of(cls, contractions: Mapping[str, str], spellings: Mapping[str, str]) -> Spelling:
        """Contractions by what is written, spellings by the other form of a word."""
        known = sorted(contractions, key=len, reverse=True)
        written = "|".join(map(re.escape, known)) or "(?!)"
        pattern = re.compile(rf"(?<![\w/'-])(?:{written})(?![\w'])", re.IGNORECASE)
        return cls(contractions, spellings, pattern)

    def written_out(self, text: str) -> str:
        """The text with its contractions written out."""
        return self.pattern.sub(lambda match: self.contractions[match[0].lower()], text)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words. ``phrases`` maps a run of words to its senses; ``longest`` is the most words of one phrase.

    ``states`` are the letters of states by name, ``unnamed`` words for a locality that do not say which.
    """

    spelling: Spelling
    phrases: Mapping[Phrase, tuple[Sense, ...]]
    longest: int
    words: frozenset[str]
    negations: frozenset[Phrase]
    ends: frozenset[str]
    terms: Mapping[str, Term]
    topics: Mapping[str, Topic]
    situations: Mapping[str, Situation]
    scopes: Mapping[str, Scope]
    glossary: Mapping[str, GlossaryEntry]
    families: Mapping[str, CodeFamily]
    states: Mapping[str, str]
    unnamed: frozenset[str]

    def where(self, words: str) -> Where:
        """A place as a question names it."""
        return Where(words, self.states.get(words, ""), words not in self.unnamed)
