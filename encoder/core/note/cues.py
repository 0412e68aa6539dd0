"""What the cue files say, as data: phrases with what they stand for, sites, headings, and what follows from what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from encoder.core.note.headings import Headings
from encoder.core.note.phrases import Phrases

Conditions = tuple[tuple[str, frozenset[str]], ...]


class Kind(StrEnum):
    """What a phrase is for."""

    MASK = "mask"
    SITE_MASK = "site_mask"
    MARK = "mark"
    HEAD = "head"
    FORM = "form"
    ACT = "act"
    PREPARE = "prepare"
    HINT = "hint"
    TERM = "term"
    DIAGNOSIS = "diagnosis"
    SITE = "site"
    SIDE = "side"
    STATUS = "status"
    STOP = "stop"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry of a cue file.

    Attributes:
        fact, value: the finding that it makes; for a mark, ``value`` is its name, for a site its id.
        sections: kinds of sections in which it counts; empty for everywhere.
        needs, bars: marks of which one must, or none may, stand in the sentence.
        bind: how near a graft stands to its form: phrase, has, sentence or anywhere; and where a hint of its form must
            stand: named, owned, line or told (``geometry``).
        looks: which way a status cue looks: after, before or both.
        form: the form that the name of the graft already says. ``weak``: only where nothing better is said.
        status: the status that the entry itself carries, empty when the sentence decides.
    """

    kind: Kind
    fact: str = ""
    value: str = ""
    sections: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    bars: frozenset[str] = frozenset()
    bind: str = ""
    looks: str = ""
    form: str = ""
    status: str = ""
    weak: bool = False
    joint: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """A bone, a part of it or a joint, and the answer that each question has for it."""

    id: str
    kind: str
    region: str
    within: str
    axial: bool
    answers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Derived:
    """A finding that follows from several others together."""

    fact: str
    value: str
    when: Conditions


@dataclass(frozen=True, slots=True)
class Composed:
    """A form that several hints together give to the donor piece.

    Attributes:
        needs: groups of hints; of each group one must be there. ``bars``: hints of which none may be there.
            Without ``needs`` the bars speak against the form, also where a word for it is used.
    """

    value: str
    needs: Sequence[frozenset[str]]
    bars: frozenset[str]


@dataclass(frozen=True)
class Cues:
    """Everything that the engine knows of words."""

    alias: Mapping[str, str]
    headings: Headings
    phrases: Phrases[Cue]
    sites: Mapping[str, Site]
    derived: Sequence[Derived]
    composed: Sequence[Composed]
    prefer: Mapping[str, Sequence[str]]
    site_questions: frozenset[str]
    lists: Mapping[str, frozenset[str]]
