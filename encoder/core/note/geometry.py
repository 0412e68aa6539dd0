"""The form of the donor piece, put together from its anatomy where no word for it is used.

A joint part that the piece carries, its ligaments sewn to the patient's, the joint that was reduced upon it; cut at
both ends, between the ends of the bone, held at both junctions; a slab that fills a trough. One hint gives no form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from encoder.core.note.cues import Composed, Cue, Kind
from encoder.core.note.findings import NAMES, TOLD, Line
from encoder.core.note.forms import OFF, PART
from encoder.core.note.naming import DONOR, Mention
from encoder.core.note.phrases import Hit, longest
from encoder.core.note.status import NEGATED

AGAINST = "spoken against"
"""The cue of a form that the story of the piece speaks against."""
PROMISE = "promise"
_TITLED = frozenset(("part_host", "whole_host"))
"""Hints of what was taken out, which a title may say: "resection of part of the wall"."""
_HELD_BY = {"whole_shape": ("part_host", "part_piece"), PART: (OFF,)}
"""Hints that are none within the words of another: "half of the tube" is no tube, "no joint surface" is no part."""
_BEFORE, _AFTER, _LEADING, _NAME = 4, 4, 5, 6
Place = tuple[Mention | None, Line, int, int]


def compose(
    mentions: Sequence[Mention], lines: Sequence[Line], rules: Sequence[Composed]
) -> list[tuple[str, Line, int, int]]:
    """Give the pieces that were put in the forms that their hints add up to.

    Returns:
        forms that the note speaks against, and where: its joint end was not used, the other half of the bone was kept.
    """
    mine = [m for m in mentions if m.origin == DONOR and m.stands]
    told = [m for m in mine if m.line.kind in TOLD]
    if not told:
        return []
    found: dict[str, list[Place]] = {}
    for mention in told:
        for hit in hints_in(mention.line) if _of_bone(mention) else ():
            if _counts(mention, hit):
                found.setdefault(hit.what.value, []).append((mention, mention.line, hit.first, hit.last))
    for line in lines:
        if line.kind in TOLD | NAMES:
            for hit in hints_in(line):
                titled = line.kind in TOLD or hit.what.value in _TITLED
                if hit.what.bind == "told" and titled and line.statuses.of(hit.first, hit.last) is None:
                    found.setdefault(hit.what.value, []).append((None, line, hit.first, hit.last))
    named = {form for m in mine if m.line.kind in NAMES for form, _, _ in m.forms}
    shapes = {form for mention in told for form, _, _ in mention.forms}
    against = [
        (rule.value, *place[1:]) for rule in rules if not rule.needs for place in _firm(rule.bars & found.keys(), found)
    ]
    for rule in (rule for rule in rules if rule.needs):
        there = found.keys() | shapes | ({PROMISE} if rule.value in named else set())
        if all(group & there for group in rule.needs) and not rule.bars & there:
            _give(rule, found)
    return against


def _firm(names: Iterable[str], found: Mapping[str, Sequence[Place]]) -> Sequence[Place]:
    """What speaks against a form: its joint end was cut off, or it is said at the piece itself or more than once."""
    places = [place for name in sorted(names) for place in found[name]]
    named = OFF in names or any(mention is not None and mention.head is not None for mention, *_ in places)
    return places if named or len({line.number for _, line, *_ in places}) > 1 else ()


def _of_bone(mention: Mention) -> bool:
    """Whether a sentence may tell of the form of a piece: not one of chips, nor of a drain or a plaster."""
    line = mention.line
    return mention.shapes != {"chips"} and (
        mention.head is not None or not set(line.words.words) & line.lists["not_graft"]
    )


def drop_slight(mentions: Sequence[Mention]) -> None:
    """Let words that only hint at a form ("diaphysis", "tubular") give way to the forms that are plainly named."""
    mine = [m for m in mentions if m.origin == DONOR and m.stands]
    plain = {form[0] for m in mine for form in m.forms if not _slight(m, form)} - {"chips", "unclear"}
    if plain:
        for mention in mine:
            mention.forms = [form for form in mention.forms if not _slight(mention, form)]


def is_plain(mention: Mention, form: tuple[str, int, int]) -> bool:
    """Whether a word for the form itself says it, not a part of the piece or the way it met the bone."""
    if mention.head is not None and mention.head.what.form == form[0]:
        return True
    return any(
        hit.what.kind is Kind.FORM and not hit.what.weak and (hit.what.value, hit.first, hit.last) == form
        for hit in mention.line.hits
    )


def only_hinted(mentions: Iterable[Mention], form: str) -> bool:
    """Whether nothing but words for a length of shaft ("diaphysis") speaks for a form."""
    every = [(m, f) for m in mentions for f in m.forms if f[0] == form]
    return bool(every) and all(_slight(m, f) for m, f in every)


def _slight(mention: Mention, form: tuple[str, int, int]) -> bool:
    same = [
        hit.what.weak
        for hit in mention.line.hits
        if hit.what.kind is Kind.FORM and (hit.what.value, hit.first, hit.last) == form
    ]
    return bool(same) and all(same)


def _give(rule: Composed, found: dict[str, list[Place]]) -> None:
    for name in frozenset().union(*rule.needs) & found.keys():
        for mention, _, first, last in found[name]:
            if mention is not None:
                mention.forms.append((rule.value, first, last))


def hints_in(line: Line) -> Iterator[Hit[Cue]]:
    """What a sentence tells of the form of a piece, the longest words for each hint."""
    names: dict[tuple[str, str], list[Hit[Cue]]] = {}
    kept = [hit for hit in line.hits if hit.what.kind is Kind.KEEP]
    for hit in line.hits:
        if hit.what.kind is Kind.HINT and not any(
            keep.first <= hit.first and hit.last <= keep.last and keep.last - keep.first > hit.last - hit.first
            for keep in kept
        ):
            names.setdefault((hit.what.value, hit.what.bind), []).append(hit)
    for (name, _), hits in names.items():
        larger = [hit for (other, _), held in names.items() if other in _HELD_BY.get(name, ()) for hit in held]
        yield from (h for h in longest(hits) if not any(o.first <= h.first and h.last <= o.last for o in larger))


def _counts(mention: Mention, hit: Hit[Cue]) -> bool:
    """Whether a hint in the sentence of a graft speaks of that graft."""
    line, bind = mention.line, hit.what.bind
    status = line.statuses.of(hit.first, hit.last)
    if status is not None and (hit.what.value != OFF or status.name != NEGATED):
        return False
    if bind == "named":
        if mention.head is None:
            return False
        return mention.first - _NAME <= hit.first and hit.last <= mention.head.last + _NAME
    return bind == "line" or (bind == "owned" and _owned(line, hit))


def _owned(line: Line, hit: Hit[Cue]) -> bool:
    """Whether a part of a bone is the donor's: "its plateau", "the condyles of the graft", "Condyles 84 mm"."""
    words, lists = line.words.words, line.lists
    before = words[max(0, hit.first - _BEFORE) : hit.first]
    after = words[hit.last : hit.last + _AFTER]
    for word in reversed(before):
        if word in lists["host"]:
            return False
        if word in lists["owner"]:
            return True
        if word in lists["near"] or word in (".", ";", ":"):
            break
    if after[:1] == ("of",) and set(after) & (lists["owner"] | lists["host"]):
        return bool(set(after) & lists["owner"]) and not set(after) & lists["host"]
    if any(word in lists["near"] for word in before[-3:]):
        return False
    return hit.first < _LEADING or bool(set(before[-2:]) & lists["has"])
