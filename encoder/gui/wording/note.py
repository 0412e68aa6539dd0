"""The note in words: statuses, what stands beside an answer, where a mention stands, what does not agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from encoder.core.beside.case_note import CaseNote
from encoder.core.beside.marks import Beside, Mark
from encoder.core.evidence import Quoted
from encoder.core.note.facts import CONTRADICTION, UNCLEAR
from encoder.core.note.status import AFFIRMED, HISTORY, NEGATED, PLANNED, UNCERTAIN
from encoder.core.view import Ask
from encoder.gui.widgets.paint import Tag
from encoder.gui.wording.sources import many, upper_first

Kind = Literal["stated", "quoted", "mentioned", "conflict", "unclear", "negated", "history", "planned", "uncertain"]
WORDS: Mapping[Kind, str] = {
    "stated": "stated",
    "quoted": "quoted",
    "mentioned": "mentioned",
    "conflict": "in conflict",
    "unclear": "unclear",
    "negated": "negated",
    "history": "history",
    "planned": "planned",
    "uncertain": "uncertain",
}
_TAGS: Mapping[Kind, Tag] = {
    "stated": Tag("stated in the note", "accent", "note", "stated"),
    "quoted": Tag("your quote", "ok", "quote", "quoted"),
    "mentioned": Tag("mentioned", "plain", "note"),
    "conflict": Tag("in conflict", "warn", "warn"),
    "unclear": Tag("unclear", "warn", "query"),
    "negated": Tag("negated", "plain", "no"),
    "history": Tag("history", "plain", "clock"),
    "planned": Tag("planned", "plain", "calendar"),
    "uncertain": Tag("uncertain", "plain", "help"),
}
_STATUSES: Mapping[str, Kind] = {
    NEGATED: "negated",
    HISTORY: "history",
    PLANNED: "planned",
    UNCERTAIN: "uncertain",
}
_MOST_TAGS = 3
_MOST_SIDES = 3


@dataclass(frozen=True, slots=True)
class Remark:
    """What the note says of one answer: tags, and the words behind the first of them."""

    tags: tuple[Tag, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A place of the joined text that is marked in the pane.

    Attributes:
        kind: what it is; ``key`` is the digit of the answer it speaks of, and ``about`` the answer in words.
        cue: the words that made its status.
    """

    start: int
    end: int
    kind: Kind
    key: str = ""
    about: str = ""
    cue: str = ""


def _kinds(beside: Beside) -> Iterator[tuple[Mark, Kind]]:
    """Every mention with how it is marked."""
    why = {(finding.start, finding.end) for finding in beside.missing}
    return ((mark, _kind(mark, beside, shows_why=(mark.start, mark.end) in why)) for mark in beside.marks)


def _kind(mark: Mark, beside: Beside, *, shows_why: bool) -> Kind:
    if beside.because == UNCLEAR and shows_why and mark.status in (AFFIRMED, UNCERTAIN):
        return "unclear"
    if mark.status != AFFIRMED:
        return _STATUSES[mark.status]
    if mark.carries:
        return "stated"
    return "conflict" if beside.because == CONTRADICTION and shows_why else "mentioned"


def remarks(beside: Beside, quotes: Iterable[Quoted]) -> dict[str, Remark]:
    """What stands beside each answer that the note speaks of, or that has quotes of the coder's."""
    order = list(_TAGS)
    found: dict[str, list[tuple[Kind, str]]] = {}
    for quoted in quotes:
        for answer in quoted.answers:
            found.setdefault(answer, []).append(("quoted", quoted.words))
    for mark, kind in _kinds(beside):
        said = " ".join(mark.quote.split())
        if mark.answer and ("quoted", said) not in found.get(mark.answer, ()):
            found.setdefault(mark.answer, []).append((kind, said))
    made: dict[str, Remark] = {}
    for answer, said_of in found.items():
        said_of.sort(key=lambda one: order.index(one[0]))
        kinds = list(dict.fromkeys(kind for kind, _ in said_of))
        tags = tuple(_TAGS[kind] for kind in kinds[:_MOST_TAGS])
        made[answer] = Remark(tags, f"“{said_of[0][1]}”")
    return made


def mentions(note: CaseNote, beside: Beside, quotes: Iterable[Quoted], ask: Ask | None) -> list[Mention]:
    """Every place to mark for a question, in the order of the text; what is quoted counts as quoted."""
    names = {option.id: (option.key, option.short or option.say) for option in ask.options} if ask else {}
    held: dict[tuple[int, int], Mention] = {}
    for mark, kind in _kinds(beside):
        key, about = names.get(mark.answer, ("", ""))
        mention = Mention(mark.start, mark.end, kind, key, about, " ".join(mark.cue.split()))
        held.setdefault((mark.start, mark.end), mention)
    for quoted in quotes:
        place = note.where(quoted)
        if place is not None:
            key, about = names.get(next(iter(sorted(quoted.answers)), ""), ("", ""))
            held[place] = Mention(*place, "quoted", key, about)
    return sorted(held.values(), key=lambda mention: (mention.start, mention.end))


def quoted_places(note: CaseNote, quotes: Iterable[tuple[str, Quoted]]) -> list[Mention]:
    """The places of quotes, each with what it shows: for a result."""
    held: dict[tuple[int, int], Mention] = {}
    for about, quoted in quotes:
        place = note.where(quoted)
        if place is not None:
            held.setdefault(place, Mention(*place, "quoted", "", about))
    return sorted(held.values(), key=lambda mention: (mention.start, mention.end))


def told(mention: Mention, number: int, count: int) -> str:
    """A mention in words: "2 of 5: negated by “No” · 5 Chips, putty"."""
    by = f" by “{mention.cue}”" if mention.cue and mention.kind in _STATUSES.values() else ""
    about = " ".join(part for part in (mention.key, mention.about) if part)
    return f"{number} of {count}: {WORDS[mention.kind]}{by}{f' · {about}' if about else ''}"


def counted(mentioned: int, quoted: int) -> str:
    """How often the note speaks of the question, for the title of the pane."""
    if not mentioned:
        return "no mention"
    return f"{quoted} quoted" if quoted == mentioned else many(mentioned, "mention")


def conflict(note: CaseNote, beside: Beside, ask: Ask) -> str:
    """What does not agree, each side with its words and place; empty where nothing contradicts."""
    if not beside.contradicts:
        return ""
    sides: dict[str, str] = {}
    for finding in beside.missing:
        if finding.value not in sides:
            quote = note.quote(finding.start, finding.end)
            sides[finding.value] = f"“{quote.text}” ({quote.place})"
    if len(sides) < 2:
        return f"The note leaves this open: {'; '.join(sides.values())}. It suggests nothing; 0 asks the surgeon."
    said = ", but ".join(list(sides.values())[:_MOST_SIDES])
    return f"The note does not agree with itself: {said}. It suggests nothing; 0 asks the surgeon."


def waiting(quotes: Iterable[Quoted]) -> str:
    """What is said of quotes that wait for an answer."""
    words = [f"“{quoted.words}”" for quoted in quotes if not quoted.answers]
    return f"{', '.join(words)} goes with the answer you give." if words else ""


def document_name(name: str) -> str:
    """A document on its tab."""
    return upper_first(name)
