"""Which form a graft of a sentence has: the words of its name, and the forms that belong to it and to nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from encoder.core.note.cues import Cue, Kind
from encoder.core.note.findings import Line, fits
from encoder.core.note.phrases import Hit, longest
from encoder.core.note.status import NEGATED
from encoder.core.note.text import TICKED

OFF = "joint_off"
"""The hint that the joint end of the donor piece was not used."""
PART, METAL_JOINT = "joint_part", "metal_joint"
"""The hints of a part of a joint: on the piece, and of metal."""
STRUCTURAL = frozenset(("osteoarticular", "hemicortical", "complete"))
"""The forms that a structural add-on follows from."""
_LEFT, _RIGHT, _HELD = 8, 6, 12
_ASIDE = 4
"""Words in brackets that may belong to the name of a graft."""
_MADE, _LONG = 6, 24
"""Words before a form within which it is said to be made; words between the graft and that form."""
_NOUN = 1
"""Words between a form and "of": a half-shell piece of donor bone."""
_APART = frozenset((Kind.STATUS, Kind.ACT))


def begin(line: Line, first: int) -> int:
    """Where the name of a graft begins: its adjectives, and a form noun before "of"."""
    words = line.words.words
    at = first
    while at > 0 and first - at < _LEFT:
        before = words[at - 1]
        if before == ")" and (opens := _aside(line, at - 1)) is not None:
            at = opens
            continue
        if before == "of":
            form = _form_before(line, at - 1)
            if form is None:
                break
            at = form
            continue
        if before in line.lists["articles"] and at > 1 and words[at - 2] == "of":
            form = _form_before(line, at - 2)
            if form is not None:
                at = form
                continue
        if before in line.lists["left_ends"] or before == ",":
            break
        if any(hit.first < at <= hit.last <= first and hit.what.kind in _APART for hit in line.hits):
            break
        at -= 1
    return at


def _aside(line: Line, closes: int) -> int | None:
    """Where brackets open that hold nothing but a form: "partial (hemicortical) allograft"."""
    words = line.words.words
    opens = closes - 1
    while opens >= 0 and closes - opens <= _ASIDE and words[opens] != "(":
        opens -= 1
    held = any(hit.what.kind is Kind.FORM and opens < hit.first and hit.last <= closes for hit in line.hits)
    return opens if opens >= 0 and words[opens] == "(" and held else None


def _form_before(line: Line, of: int) -> int | None:
    """Where the form begins that stands before "of"."""
    shapes = [hit for hit in line.hits if hit.what.kind is Kind.FORM and of - _NOUN <= hit.last <= of]
    return max((hit.first for hit in shapes), default=None)


def forms_of(line: Line, head: Hit[Cue], first: int, others: Sequence[Hit[Cue]]) -> Iterator[tuple[str, int, int]]:
    """The forms of the sentence that the graft has, with the words that say so.

    Args:
        head, first: the graft's head, and where its name begins.
        others: things of another kind that the sentence names.
    """
    right = _right(line, head.last)
    ticked = TICKED in line.words.words
    for hit in longest(h for h in line.hits if h.what.kind is Kind.FORM and fits(h.what, line.kind, line.marks)):
        bind = hit.what.bind
        if ticked:
            bound = _denied(line, hit) == _denied(line, head)
        elif bind == "phrase":
            named = (first <= hit.first and hit.last <= right) or (hit.first < head.last and head.first < hit.last)
            bound = named or _is_a(line, head, hit) or _made_into(line, head, hit)
        elif bind == "has":
            bound = _has(line, head, hit, right)
        else:
            bound = bind == "anywhere" or not line.statuses.ends(min(hit.last, head.last), max(hit.first, head.first))
            bound = bound or _a_piece(line, head, hit)
        if hit.what.weak and set(line.words.words[max(0, hit.first - 2) : hit.first]) & line.lists["host"]:
            continue  # "against the remaining shaft"
        if bound and any(
            off.first - 1 <= hit.first and hit.last <= off.last for off in line.hits if off.what.value == OFF
        ):
            continue  # "its condyles and joint surface were sawn off"
        if bound and (bind == "anywhere" or not any(_takes_form(other, head, hit) for other in others)):
            yield hit.what.value, hit.first, hit.last


def _a_piece(line: Line, head: Hit[Cue], hit: Hit[Cue]) -> bool:
    """Whether the next clause begins with the piece: "a donor radius was unpacked and a half tube sawn from it"."""
    return head.last <= hit.first and line.words.words[hit.first - 2 : hit.first] in (("and", "a"), ("and", "an"))


def _denied(line: Line, hit: Hit[Cue]) -> bool:
    """Whether the box before these words is empty."""
    status = line.statuses.of(hit.first, hit.last)
    return status is not None and status.name == NEGATED


def _right(line: Line, last: int) -> int:
    words = line.words.words
    at = last
    while at < len(words) and at - last < _RIGHT and words[at] not in line.lists["right_ends"]:
        at += 1
    return at


def _is_a(line: Line, head: Hit[Cue], hit: Hit[Cue]) -> bool:
    """Whether the sentence says of the graft that it was one: "the graft used was a half cylinder"."""
    between = line.words.words[head.last : hit.first]
    return bool(set(between) & line.lists["finite"]) and set(between) <= line.lists["is_a"]


def _made_into(line: Line, head: Hit[Cue], hit: Hit[Cue]) -> bool:
    """Whether the piece was worked into this form: "a donor tibia was sawn to a ring", "leaving a 15 cm cylinder"."""
    between = line.words.words[head.last : hit.first]
    near = between[-_MADE:]
    made = bool(set(near) & line.lists["made_into"]) and not hit.what.weak
    apart = max((at + 1 for at, word in enumerate(near) if word in ("and", ",")), default=0)
    return made and len(between) <= _LONG and not set(near[apart:]) & line.lists["host"]


def stands_between(other: Hit[Cue], head: Hit[Cue], hit: Hit[Cue]) -> bool:
    """Whether another thing is named between a graft and what is said of it."""
    return min(head.first, hit.first) < other.first < max(head.first, hit.first)


def _takes_form(other: Hit[Cue], head: Hit[Cue], hit: Hit[Cue]) -> bool:
    """Whether a form belongs to another thing: "allograft in a tube of mesh"."""
    return stands_between(other, head, hit) or (other.first < hit.last and hit.first < other.last)


def _has(line: Line, head: Hit[Cue], hit: Hit[Cue], right: int) -> bool:
    """Whether the graft has a joint surface, rather than lying near one."""
    words = line.words.words
    if any(word in line.lists["owner"] for word in words[max(0, hit.first - 3) : hit.first]):
        before = words[max(0, hit.first - 3) : hit.first]
        own = before[-1:] == ("own",) and before[-2:-1] and before[-2] in line.lists["owner"]
        return bool(own) or not any(word in line.lists["has_not"] for word in before)
    after = words[hit.last : hit.last + 3]
    if after[:1] == ("of",) and any(word in line.lists["owner"] for word in after):
        return True
    if hit.first >= head.last:
        between = words[head.last : hit.first]
        joined = any(word in line.lists["has"] for word in (*between[:6], *between[-2:])) or hit.last <= right
        return (
            joined
            and len(between) <= _HELD
            and not any(word in line.lists["has_not"] or word == ";" for word in between)
        )
    return hit.last <= head.first and hit.first >= begin(line, head.first)
