"""Reading a note: from the text to its findings, in one pass over its sentences.

The engine knows no bone and no graft: what it looks for stands in the cue files. It never answers for the coder; what
it finds carries the quote, the status and the words that made the status.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from encoder.core.note.confirm import confirmed
from encoder.core.note.cues import Cue, Cues, Kind
from encoder.core.note.findings import NAMES, TOLD, Finding, Line, fits
from encoder.core.note.geometry import AGAINST, compose, drop_slight
from encoder.core.note.grafts import mentions_of, settle
from encoder.core.note.headings import BODY, TITLE
from encoder.core.note.naming import DONOR, NOT_TOLD, UNKNOWN, Mention
from encoder.core.note.parts import parts_of
from encoder.core.note.phrases import Hit, longest
from encoder.core.note.places import DIAGNOSED, GRAFT, OTHER, Place, places_of
from encoder.core.note.sections import Section, sections_of
from encoder.core.note.sentences import Sentence, typed, wrapped
from encoder.core.note.sides import Sided, past_sides, sides_of
from encoder.core.note.status import AFFIRMED, HISTORY, NEGATED, PLANNED, UNCERTAIN, Status, Statuses
from encoder.core.note.story import leads, says_title, told_in
from encoder.core.note.text import fold, words_of

LEADING = "leading"
"""The first line of a note without a heading over it, when it names the operation rather than tells it."""
Progress = Callable[[int, int], None]
_PAST = {"history": HISTORY, "preoperative": HISTORY, "diagnosis": HISTORY}
_LATER = {"indications": PLANNED, "plan": PLANNED, "planned_title": PLANNED, "consent": UNCERTAIN}
_LEADING_LINES = 3
_PRESENTED = 2
"""Sentences that present the patient: bone and side stand there beside what was talked about."""
_SPOKEN_LINES = 8
"""Sentences within which a dictation says what the operation was."""
_TOLD_EVERY = 200
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Reading:
    """A note, read: its sections, every finding in the order of the text, and what the suggestions are made from.

    Attributes:
        parts: the two operations of the note, each read by itself; empty where it tells of one.
    """

    text: str
    sections: tuple[Section, ...]
    findings: tuple[Finding, ...]
    mentions: tuple[Mention, ...]
    places: tuple[Place, ...]
    sides: tuple[Sided, ...]
    marks: Mapping[str, Finding]
    lines: tuple[Line, ...]
    parts: tuple[Reading, ...] = ()


def read(text: str, cues: Cues, progress: Progress | None = None) -> Reading:
    """Read a note.

    Args:
        progress: called now and then with the characters read and their number.
    """
    folded = fold(text)
    sections = sections_of(text, folded, cues.headings)
    lines = tuple(_lines(folded, sections, cues, progress))
    whole = _understood(text, sections, lines, cues)
    parts = parts_of(lines, whole.places, cues)
    if parts is None:
        return whole
    return replace(whole, parts=tuple(_part(whole, own, cues) for own in (parts.first, parts.second)))


def _part(whole: Reading, own: frozenset[int], cues: Cues) -> Reading:
    """One of two operations: its own sentences, and the diagnosis and what else belongs to both."""
    lines = tuple(line for line in whole.lines if line.number in own or line.kind not in NAMES | TOLD | {"specimens"})
    part = _understood(whole.text, whole.sections, lines, cues)
    placed = ("bone", "side")
    return replace(
        part,
        places=tuple(place for place in part.places if place.line.number in own),
        sides=tuple(side for side in part.sides if side.line.number in own),
        findings=tuple(f for f in part.findings if f.sentence in own or f.fact not in placed),
    )


def _understood(text: str, sections: tuple[Section, ...], lines: tuple[Line, ...], cues: Cues) -> Reading:
    """What sentences say together."""
    mentions = confirmed(mentions_of(lines), lines)
    settle(mentions, joined=any("anastomosis" in line.marks for line in lines if line.kind in TOLD))
    against = compose(mentions, lines, cues.composed)
    drop_slight(mentions)
    places = tuple(places_of(lines, mentions, cues.sites))
    sides = tuple(sides_of(lines, places))
    found = [
        *_terms(text, lines),
        *_grafts(text, mentions),
        *(
            _finding(text, line, "graft_form", form, NEGATED, first, last, AGAINST)
            for form, line, first, last in against
        ),
        *_places(text, places),
        *_sided(text, sides),
        *_shared(text, lines),
    ]
    marks: dict[str, Finding] = {}
    for line in lines:
        for hit in _stated(line):
            name = hit.what.value
            marks.setdefault(name, _finding(text, line, name, "yes", AFFIRMED, hit.first, hit.last, ""))
    findings = _whole(sorted(set(found), key=lambda f: (f.start, f.end, f.fact, f.value)))
    return Reading(text, sections, tuple(findings), tuple(mentions), places, sides, marks, lines)


def _whole(findings: Sequence[Finding]) -> list[Finding]:
    """The findings in order, without those whose words are a part of the same finding in more words."""
    widest: dict[tuple[str, str, str], Finding] = {}
    parts: set[Finding] = set()
    for finding in sorted(findings, key=lambda f: (f.start, -f.end)):
        held = widest.setdefault((finding.fact, finding.value, finding.status), finding)
        if finding.end > held.end or (finding.start, finding.end) == (held.start, held.end):
            widest[finding.fact, finding.value, finding.status] = finding
        else:
            parts.add(finding)
    return [finding for finding in findings if finding not in parts]


# ---------------------------------------------------------------------------------------------- sentences


def _lines(folded: str, sections: Sequence[Section], cues: Cues, progress: Progress | None) -> Iterator[Line]:
    how, each = typed(folded), not wrapped(folded)
    number, leading = 0, False
    told = any(section.kind in (TITLE, "technique") for section in sections)
    for section in sections:
        for sentence, kind in told_in(folded, section, cues, typed=how, each=each):
            if not _LETTER.search(folded, sentence.start, sentence.end):
                continue
            number += 1
            first = kind == BODY and section.start == 0 and number <= _LEADING_LINES
            on = leading and kind == BODY and folded[sentence.start - 2 : sentence.start].startswith(";")
            leading = (first or on) and leads(folded, sentence, number, told=told and not on)
            leading = leading or (kind == BODY and number <= _SPOKEN_LINES and says_title(folded, sentence))
            yield _line(folded, sentence, section, LEADING if leading else kind, number, cues)
            if progress is not None and number % _TOLD_EVERY == 0:
                progress(sentence.end, len(folded))


def _line(folded: str, sentence: Sentence, section: Section, kind: str, number: int, cues: Cues) -> Line:
    words = words_of(folded, sentence.start, sentence.end, cues.alias)
    hits = [*cues.phrases.find(words), *past_sides(words, cues)]
    masks = [hit for hit in hits if hit.what.kind is Kind.MASK]
    if masks:
        hits = [hit for hit in hits if hit.what.kind is Kind.MASK or not _masked(hit, masks)]
    marks = frozenset(hit.what.value for hit in hits if hit.what.kind is Kind.MARK)
    if kind in TOLD and number > _PRESENTED and "talk" in marks and "resolve" not in marks:
        kind = "consent"  # what was only talked about tells nothing, wherever it stands
    things = [hit for hit in hits if hit.what.kind in (Kind.HEAD, Kind.TERM, Kind.SITE, Kind.MASK)]
    statuses = Statuses(words, hits, kind, things, cues.lists)
    return Line(number, section, kind, words, tuple(hits), marks, statuses, cues.lists, sentence.start, sentence.end)


def _masked(hit: Hit[Cue], masks: Sequence[Hit[Cue]]) -> bool:
    if hit.what.kind in (Kind.STATUS, Kind.STOP, Kind.KEEP, Kind.HINT):
        return False
    return any(
        mask.first < hit.last and hit.first < mask.last and hit.last - hit.first <= mask.last - mask.first
        for mask in masks
    )


def _stated(line: Line) -> Iterator[Hit[Cue]]:
    """The marks that a sentence plainly sets."""
    for hit in line.hits:
        kinds = hit.what.sections or TOLD | NAMES
        counts = hit.what.kind is Kind.MARK and (line.kind in kinds or "anywhere" in kinds)
        beside = not hit.what.needs or hit.what.needs & line.marks
        if counts and beside and not hit.what.bars & line.marks and line.statuses.of(hit.first, hit.last) is None:
            yield hit


# ---------------------------------------------------------------------------------------------- findings


def _terms(text: str, lines: Sequence[Line]) -> Iterator[Finding]:
    for line in lines:
        layers: dict[str, list[Hit[Cue]]] = {}
        for hit in line.hits:
            cue = hit.what
            if cue.kind in (Kind.TERM, Kind.DIAGNOSIS) and fits(cue, line.kind, line.marks):
                layers.setdefault(cue.fact, []).append(hit)
        for hits in layers.values():
            for hit in longest(hits):
                status, words = _status(line, hit, past=hit.what.kind is Kind.TERM)
                yield _finding(
                    text, line, hit.what.fact, hit.what.value, status, hit.first, hit.last, words, weak=hit.what.weak
                )


def _status(line: Line, hit: Hit[Cue], *, past: bool) -> tuple[str, str]:
    """The status of a term and the words that made it."""
    found = line.statuses.of(hit.first, hit.last)
    if hit.what.status:
        return (found.name if found and found.name == NEGATED else hit.what.status), ""
    if found is not None and not (found.name == UNCERTAIN and line.kind == "plan"):
        return found.name, _words(line, found)
    if past and line.kind in _PAST and not hit.what.fact.startswith(("repair_kind", "other_kind", "fracture_bone")):
        return _PAST[line.kind], line.section.title
    if past and line.kind in _LATER:
        return _LATER[line.kind], line.section.title
    if line.kind in ("plan", "planned_title"):
        return PLANNED, line.section.title
    return AFFIRMED, ""


def _words(line: Line, status: Status) -> str:
    return f"{line.words.starts[status.first]}:{line.words.ends[status.last - 1]}" if status.first >= 0 else ""


def _finding(
    text: str, line: Line, fact: str, value: str, status: str, first: int, last: int, cue: str, *, weak: bool = False
) -> Finding:
    start, end = line.words.starts[first], line.words.ends[last - 1]
    if ":" in cue and cue.replace(":", "").isdigit():
        at, to = cue.split(":")
        cue = " ".join(text[int(at) : int(to)].split())
    return Finding(fact, value, status, start, end, text[start:end], cue, line.kind, line.number, weak)


def _grafts(text: str, mentions: Sequence[Mention]) -> Iterator[Finding]:
    for mention in mentions:
        known = mention.origin != UNKNOWN
        if not known and mention.status.name != NEGATED:
            continue  # of things that nobody says whose they are, only "no chips were used" is worth saying
        line = mention.line
        status = mention.retold or mention.status.name
        cue = NOT_TOLD if mention.retold == UNCERTAIN else _words(line, mention.status)
        if not cue and status != AFFIRMED:
            cue = line.section.title
        if known and mention.head is not None and not (mention.weak and line.kind not in TOLD | NAMES | {"implants"}):
            yield _finding(
                text,
                line,
                "graft_material",
                mention.origin,
                status,
                mention.first,
                mention.head.last,
                cue,
                weak=mention.weak,
            )
        elif known and mention.status.name == NEGATED and mention.head is None:
            first, last = mention.status.first, mention.status.last
            yield _finding(text, line, "graft_material", mention.origin, NEGATED, first, last, cue)
        if mention.origin not in (DONOR, UNKNOWN):
            continue
        for form, first, last in mention.forms:
            own = line.statuses.of(first, last)
            name = own.name if own is not None and status == AFFIRMED else status
            said = _words(line, own) if own is not None and status == AFFIRMED else cue
            if form == "unclear":
                name, said = UNCERTAIN, text[line.words.starts[first] : line.words.ends[last - 1]]
            left = min(first, mention.first) if mention.first >= 0 and first >= mention.first else first
            yield _finding(text, line, "graft_form", form, name, left, max(last, first + 1), said)
        for act, first, last in mention.acts:
            own = _of_act(line, first, last)
            name = own.name if own is not None else status
            said = _words(line, own) if own is not None else cue
            yield _finding(text, line, act, "yes", name, first, last, said)


def _of_act(line: Line, first: int, last: int) -> Status | None:
    """What is said of a step of the work itself: not what a comma parts from it, nor a doubt about a measure."""
    own = line.statuses.of(first, last)
    if own is None or own.name == UNCERTAIN:
        return None
    between = line.words.words[own.last : first] if own.last <= first else line.words.words[last : own.first]
    return None if own.name == NEGATED and "," in between else own


def _places(text: str, places: Sequence[Place]) -> Iterator[Finding]:
    regions: set[str] = set()
    strong = {place.site.answers.get("bone") for place in places if place.role not in (DIAGNOSED, OTHER, GRAFT)} - {
        None
    }
    for place in (place for place in places if place.role != GRAFT):
        line = place.line
        bone = place.site.answers.get("bone")
        weak = place.role in (DIAGNOSED, OTHER)
        if bone and (not weak or not strong or bone in strong):
            yield _finding(text, line, "bone", bone, place.status, place.first, place.last, "", weak=weak)
        if place.site.region not in regions and place.status == AFFIRMED and place.role != OTHER:
            regions.add(place.site.region)
            yield _finding(text, line, "region", place.site.region, AFFIRMED, place.first, place.last, "", weak=weak)


def _shared(text: str, lines: Sequence[Line]) -> Iterator[Finding]:
    """Co-surgeons that only a heading names."""
    for line in lines:
        if (
            line.kind == "co_surgeons"
            and not line.statuses.of(0, 1)
            and line.words.words[:1] not in (("none",), ("n",))
        ):
            start, end = line.section.start, line.end
            yield Finding("surgeons", "co_surgeons", AFFIRMED, start, end, text[start:end], "", line.kind, line.number)


def _sided(text: str, sides: Sequence[Sided]) -> Iterator[Finding]:
    for sided in sides:
        yield _finding(text, sided.line, "side", sided.side, sided.status, sided.at, sided.at + 1, "", weak=sided.weak)
