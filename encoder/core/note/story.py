"""Where the story of an operation stands: under its own heading, or behind what a list or a background says.

Many notes give the story no heading: it goes on behind a title of one line, behind the tourniquet time, or in a new
paragraph after the indications. Words of an operation under way tell it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from encoder.core.note.cues import Cues
from encoder.core.note.findings import STATED
from encoder.core.note.headings import BODY, TITLE
from encoder.core.note.sections import Section
from encoder.core.note.sentences import Sentence, Typed, sentences_of

_LISTED = frozenset(
    (TITLE, "preoperative", "diagnosis", "implants", "specimens", "surgeons", "side", "admin", "planned_title")
)
_BEFORE = frozenset(("indications", "history", "consent"))
"""Sections behind whose first paragraph the story may begin without a heading of its own."""
_ASIDE = frozenset(("admin", "specimens", "implants", "surgeons"))
"""Sections of one entry, behind which the story may go on in the same line."""
_GRAFT = ("graft", "donor bone", "bank bone")
"""A heading that names the piece whose work is told under it."""
_PARAGRAPH = re.compile(r"(?:\n\s*\n|(?<=[.:])\s*\n)\s*")
_WORK = re.compile(
    r"\b(incisions?|approach|supine|prone|decubitus|draped|prepped|tourniquet|osteotom[a-z]+|retracted|ligated|divided|dissect[a-z]+"
    r"|sawn|sawed|saw|closed|closure|sutured|sewn|drains?|irrigat[a-z]+|thawed|screws?|plates?|nail|fluoroscopy|cut|exposed"
    r"|elevated|detached|transected|delivered|opened|nerve|vessels|artery|muscle|fascia)\b"
)
"""Words of an operation under way: several different ones tell its story."""
_BEGUN = re.compile(
    r"\b(?:incision|approach|draped|prepped|prepared|supine|prone|decubitus|lateral position|beach[ -]chair|skin"
    r"|positioned|tourniquet|opened)\b"
)
_TOLD = re.compile(r"\b(?:was|were|is|had been|underwent)\b")
_VERB = re.compile(r"\b(?:was|were|i|we)\b")
_TELLS = re.compile(r"\b(?:was|were|i|we|incision|approach|supine|prone|decubitus|beach[ -]chair|draped|prepped)\b")
_OPENS = re.compile(
    r"(?:(?:an?|the|through|via|using) )*(?:[a-z-]+ ){0,3}(?:incision|approach)\b|supine|prone|lateral decubitus|beach"
    r"|(?:he|she|the patient|patient|the child) was (?:placed|positioned|brought|taken|put|laid)|after induction"
)
"""How the first sentence of an operation begins."""
_FULL_STOP = re.compile(r"[a-z)]\.(?:\s|$)")
_ITEM = re.compile(r"(?:[-*+•]|\(?\d{1,2}[.):]|\(?[a-z][.)])\s")
_SAYS = re.compile(
    r"(?:(?:we|i) (?:did|performed|carried out) an?\b(?=.{0,80}\b(?:osteotomy|resection|curettage|fusion|revision)\b)"
    r"|(?:she|he|the patient) (?:is|was) here (?:today )?for an?\b"
    r"|(?:the |his |her |this |our )?(?:operation|procedure|surgery)(?: performed| done| carried out| today)?"
    r" (?:is|was|were|consisted of|has been|comprised)\b)"
)
_NAMED = re.compile(
    r"\b(?:resection|excision|removal|curettage|replacement|transplantation|reconstruction|revision|allograft|osteotomy|fusion)\b"
)
_BARE = re.compile(
    r"[^a-z]*(?:(?:left|right|l|r|lt|rt|wide|radical|en bloc|arthroscopic|open|revision|total|extended) )*"
    r"(?:intralesional )?"
    r"(?:orif|resection|resn|wle|removal|excision|curettage|arthroplasty|fusion|arthrodesis|osteotomy|transplant(?:ation)?|acdf|revision)\b"
)
_VERBS = re.compile(r"\b(?:was|were|is|are|had|has|will|then|performed|done|carried|completed|of the margin)\b")
_LEADING_WORDS, _SPOKEN_WORDS, _BARE_WORDS = 40, 60, 14
_MANY_STEPS, _SOON = 4, 12
_FIRST_WORDS, _MANY_WORKS = 900, 4


def told_in(folded: str, section: Section, cues: Cues, *, typed: Typed, each: bool) -> Iterator[tuple[Sentence, str]]:
    """The sentences of a section with their kind: behind a heading that names something the story may begin.

    A heading may be words of the first sentence too: "Allograft: distal femur with cartilage, cut, plated."

    Args:
        each: every line is a sentence of its own: the note is not wrapped at a width.
    """
    if section.kind not in _LISTED:
        title = section.title.lower()
        told = section.kind == BODY and any(word in title for word in cues.lists["spoken_in"])
        told = told or (section.kind == "technique" and any(word in title for word in _GRAFT))
        start = section.start if told or title in cues.lists["spoken"] else section.body
        turn = section.end
        if section.kind in _BEFORE:
            turn = _operation_begins(folded, section)
        elif section.kind == "plan":
            turn = _plan_ends(folded, section)
        for sentence in (
            _row(folded, section) if section.row else sentences_of(folded, start, turn, lines=each, typed=typed)
        ):
            yield sentence, section.kind
        for sentence in sentences_of(folded, turn, section.end, lines=each, typed=typed):
            yield sentence, BODY
        return
    if section.kind in _ASIDE and section.start and folded[section.start - 1] != "\n":
        entry = next(sentences_of(folded, section.body, section.end, lines=True, typed=typed), None)
        if entry is not None:  # a heading in running text holds one entry: "Exam: Lachman 3. The scope ..."
            yield entry, section.kind
            for sentence in sentences_of(folded, entry.end, section.end, lines=each, typed=typed):
                yield sentence, BODY
        return
    story = section.body if section.kind == "diagnosis" and _at_once(folded, section) else _story(folded, section)
    for sentence in sentences_of(folded, section.body, story, lines=True, typed=typed):
        yield sentence, section.kind
    for sentence in sentences_of(folded, story, section.end, lines=each, typed=typed):
        yield sentence, BODY


def _row(folded: str, section: Section) -> Iterator[Sentence]:
    """The sentences of a row of a form, the first with its label: "Graft ..... none"."""
    sentences = sentences_of(folded, section.body, section.end, lines=True, typed=Typed.SIGNED)
    first = next(sentences, None)
    if first is not None:
        yield Sentence(section.start, first.end)
        yield from sentences


def _story(folded: str, section: Section) -> int:
    """Where a heading that names something gives way to the story without a heading of its own."""
    each = sentences_of(folded, section.body, section.end, lines=True, typed=Typed.SIGNED)
    for sentence in islice(each, 1, _SOON):
        begun = section.kind in _ASIDE or _TELLS.search(folded, sentence.start, sentence.end)
        if begun and _goes_on(folded, sentence.start, section.end):
            return sentence.start
    first = folded.find("\n", section.body, section.end)
    inline = first >= 0 and bool(folded[section.body : first].strip())
    at = first + 1 if inline else section.body
    blank = False
    while 0 < at < section.end:
        stop = folded.find("\n", at, section.end)
        stop = section.end if stop < 0 else stop
        line = folded[at:stop].strip()
        if not line:
            blank = True
        elif (inline or blank) and (_story_line(line) or (inline and _steps(folded[at : section.end]))):
            return at
        elif inline and section.kind in STATED and _BARE.match(line):
            return at  # "Dx: Ewing, femoral shaft", and in the next line "Wide excision 15 cm"
        at = stop + 1
    return section.end


def _at_once(folded: str, section: Section) -> bool:
    """Whether a heading such as "Tumour" stands over a part of the story, not over a diagnosis."""
    first = next(sentences_of(folded, section.body, section.end, lines=True, typed=Typed.SIGNED), None)
    return (
        first is not None
        and bool(_BEGUN.search(folded, first.start, first.end))
        and _goes_on(folded, section.body, section.end)
    )


def _steps(folded: str) -> bool:
    """Whether what follows a title of one line is told in dashes: a title has no such list behind its first line."""
    sign = folded[:1]
    return sign in "-*+>" and folded[1:2] == " " and folded.count(f"\n{sign} ") + 1 >= _MANY_STEPS


def _story_line(line: str) -> bool:
    return bool(_VERB.search(line)) or (not _ITEM.match(line) and len(_FULL_STOP.findall(line)) > 1)


def leads(folded: str, sentence: Sentence, number: int, *, told: bool) -> bool:
    """Whether a sentence at the begin of a note without headings is its title."""
    words = folded[sentence.start : sentence.end].split()
    verbs = {"was", "were", "is", "had", "i", "we", "patient", "made", "has"} & set(words)
    before = folded[max(0, sentence.start - 4) : sentence.start]
    if number > 1 and _BEGUN.search(folded, sentence.start, sentence.end):
        return False
    begins = sentence.start == 0 or "\n" in before or ";" in before or len(words) <= _BARE_WORDS
    return len(words) <= _LEADING_WORDS and not verbs and begins and (number == 1 or not told)


def says_title(folded: str, sentence: Sentence) -> bool:
    """Whether an early sentence of a dictation says what a title says: "The operation was a wide resection"."""
    words = folded[sentence.start : sentence.end]
    if _SAYS.match(words) and _NAMED.search(words):
        return len(words.split()) <= _SPOKEN_WORDS
    return bool(_BARE.match(words)) and len(words.split()) <= _BARE_WORDS and not _VERBS.search(words)


def _operation_begins(folded: str, section: Section) -> int:
    """Where a later paragraph of a section goes over to the operation, without a heading; its end where none does."""
    each = sentences_of(folded, section.body, section.end, lines=False, typed=Typed.SIGNED)
    for sentence in islice(each, 1, _SOON):
        if _OPENS.match(folded, sentence.start, sentence.end) and _goes_on(folded, sentence.start, section.end):
            return sentence.start
    for found in _PARAGRAPH.finditer(folded, section.body, section.end):
        paragraph = folded[found.end() : min(section.end, found.end() + _FIRST_WORDS)]
        if len(set(_WORK.findall(paragraph))) >= _MANY_WORKS and _BEGUN.search(paragraph):
            return found.end()
    return section.end


def _plan_ends(folded: str, section: Section) -> int:
    """Where the operation begins behind a plan of one line at the begin of a note; its end where none does."""
    first = folded.find("\n", section.body, section.end)
    if first < 0 or section.start > len(folded) // 3:
        return section.end
    works = set(_WORK.findall(folded[first : section.end]))
    return first + 1 if len(works) > _MANY_WORKS else section.end


def _goes_on(folded: str, start: int, end: int) -> bool:
    """Whether text behind an entry of a list tells the operation: "Tourniquet: 90 min. An incision was made"."""
    told = folded[start:end]
    works = len(set(_WORK.findall(told)))
    return works > _MANY_WORKS or (bool(_TOLD.search(told)) and works >= _MANY_WORKS - 1)
