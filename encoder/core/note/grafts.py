"""The grafts of a note: whose bone each was, and whether it was put in or left out.

A graft counts as used only where the operation is told and a verb puts it in, and no later sentence takes it back; a
title or an implant list alone proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from encoder.core.note.findings import LISTS, NAMES, TOLD, Line
from encoder.core.note.naming import DONOR, METAL, NOTHING, OWN, UNKNOWN, VASCULAR, Mention, named_in
from encoder.core.note.pronouns import beside, brought_out, left_out, loose, pronoun, speaks_on
from encoder.core.note.status import AFFIRMED, HISTORY, NEGATED, PLANNED, UNCERTAIN

_AGO, _LONG = 4, 12
"""Sentences for which "it" may stand for the graft; more where a title promises one."""
_SURE = frozenset(("soft_tissue", "sleeve", "chips"))
"""Forms that are named only where they are put in, and that no structural code follows from."""
_LAST_ROWS = frozenset(("admin", "plan"))
"""Sections behind the story of a form, in which a remark may still take the graft back."""


def mentions_of(lines: Sequence[Line]) -> list[Mention]:
    """Every mention of a graft or filling, in the order of the text, with what "it" stands for worked out."""
    found: list[Mention] = []
    topic: Mention | None = None
    at = 0
    worked = put = False
    named: set[str] = set()
    called: set[str] = set()
    before: Mention | None = None
    for line in lines:
        here = list(named_in(line))
        if line.kind in LISTS:
            named |= {m.origin for m in here if m.status.name == AFFIRMED and m.origin in (DONOR, OWN, VASCULAR)}
        for mention in here:
            if mention.origin == UNKNOWN and line.kind in TOLD:
                mention.origin = topic.origin if topic is not None else min(named) if len(named) == 1 else UNKNOWN
            if put and _the_graft_out(mention):
                mention.origin = DONOR  # of own bone beside it too, this much is sure: it is no longer plain
        promised = DONOR in named
        if topic is None and promised and line.kind in TOLD and not any(not m.weak for m in here):
            topic = brought_out(line)
            if topic is not None:
                here.append(topic)
                at = line.number
        elif topic is not None and line.kind in TOLD and line.number - at <= (_LONG if promised else _AGO):
            alone = all(
                mention.weak or (mention.origin == topic.origin and mention.status.name == AFFIRMED) for mention in here
            )
            cues = loose(line)
            out = [left_out(line, topic.origin, cue) for cue in cues]
            other = before is not None and before.origin != topic.origin and before.line.number == line.number - 1
            if cues and before is not None and other:
                here += [
                    left_out(line, before.origin, cue) for cue in cues
                ]  # "allograft was at hand; it was not opened"
            elif alone and speaks_on(line, topic, worked=worked, named=any(not m.weak for m in here)):
                here.append(pronoun(line, topic.origin))
                at = line.number
            elif out and all(m.weak or m.origin == topic.origin for m in here):
                here += out
            elif alone and "closing" not in line.marks and topic.shapes != {"chips"}:
                here += beside(line, topic.origin)
        if topic is not None and topic.origin != DONOR and line.kind in TOLD:
            here += _called(line, called)
        called |= {word for m in here for word in _nouns_of(m)}
        found += here
        put = put or any(m.origin == DONOR and m.placed and m.status.name == AFFIRMED for m in here)
        before = next((m for m in here if m.head is not None and m.status.name == UNCERTAIN), None)
        if line.kind in TOLD:
            leading = next((m for m in here if _leads_on(m)), None)
            if leading is not None:
                worked = worked and topic is not None and topic.origin == leading.origin
                topic, at = leading, line.number
            worked = worked or any(m.acts and m.status.name == AFFIRMED for m in here)
            mine = [m for m in here if topic is None or m.origin == topic.origin]
            dropped = any(m.status.name == NEGATED and not (m.shapes and m.shapes <= {"chips"}) for m in mine)
            later = not put and any(m.status.name == PLANNED and m.origin == DONOR for m in mine)
            if "closing" in line.marks or dropped or later:
                topic = None
    return _whose(found)


def _nouns_of(mention: Mention) -> frozenset[str]:
    """What a donor piece is called by its form: a cylinder, a shell."""
    words, shapes = mention.line.words.words, mention.line.lists["shapes"]
    told = mention.origin == DONOR and mention.stands and mention.line.kind in TOLD
    return frozenset(words[at] for _, first, last in mention.forms for at in range(first, last) if told) & shapes


def _called(line: Line, called: set[str]) -> Iterator[Mention]:
    """The donor piece where a sentence about own bone comes back to it: "the fibula was threaded into the cylinder"."""
    words = line.words.words
    at = next((n for n, word in enumerate(words) if word in called and words[n - 1] in line.lists["articles"]), None)
    if at is not None:
        mention = pronoun(line, DONOR)
        mention.status = line.statuses.of(at, at + 1) or mention.status
        yield mention


def _the_graft_out(mention: Mention) -> bool:
    """Whether a sentence says that "the graft" came out again or was not used, long after it was named."""
    line = mention.line
    unsaid = mention.head is not None and mention.head.what.value == UNKNOWN
    before = line.words.words[mention.status.last : max(0, mention.last - 2)]
    refused = mention.status.first < mention.last and bool(set(before) & line.lists["put_in"])
    out = mention.status.name == NEGATED and (mention.status.first >= mention.last or refused)
    return unsaid and out and line.words.words[max(0, mention.last - 2) : mention.last] == ("the", "graft")


def _whose(found: list[Mention]) -> list[Mention]:
    """The mentions, of unknown origin where no word of the note says that the graft was a donor's."""
    mine = [m for m in found if m.origin == DONOR]
    if mine and not any(m.head is not None and _says_donor(m) for m in mine):
        for mention in mine:
            mention.origin = UNKNOWN
    return found


def _says_donor(mention: Mention) -> bool:
    """Whether the name of a graft says whose bone it was: "intercalary graft" does not."""
    head = mention.head
    last = mention.last if head is None else head.last
    return mention.line.words.words[last - 1 : last] != ("graft",) or bool(
        set(mention.line.words.words[max(0, mention.first) : last]) & mention.line.lists["donors"]
    )


def _leads_on(mention: Mention) -> bool:
    """Whether "it" in the next sentences may stand for this graft: one of today that has a name."""
    return mention.head is not None and mention.status.name == AFFIRMED and mention.origin in (DONOR, OWN, VASCULAR)


def settle(mentions: Sequence[Mention], *, joined: bool) -> None:
    """Let what is told outweigh what is named: the last word on each graft counts.

    Args:
        joined: the note tells that vessels were joined.
    """
    filled = False
    for origin in (DONOR, OWN, VASCULAR, METAL):
        mine = [m for m in mentions if m.origin == origin and not m.weak]
        used = used_of(mine)
        if origin == VASCULAR and not used and joined:
            used = [m for m in mine if m.status.name == AFFIRMED and m.line.kind in NAMES | TOLD]
        out = [m for m in mine if m.status.name == NEGATED and m.line.kind in TOLD | {"implants"}]
        if origin == DONOR and not used and not out:
            used = _slight_alone(mentions)
        if origin == OWN and not used and not filled and not out and _taken(mentions):
            used = [m for m in mine if m.status.name == AFFIRMED and m.line.kind in NAMES]
        if origin == METAL and not used and any(m.weak and _fitted(m) for m in mentions):
            used = [m for m in mine if m.status.name == AFFIRMED and m.line.kind in NAMES]
        filled = filled or bool(used)
        if used:
            shapes = frozenset().union(*(m.shapes for m in used))
            gone = {m.shapes for m in out if m.shapes}
            given_up, put_in = _given_up(mine, used, out), set(used)
            for mention in mine:
                dropped = mention.shapes in gone and not mention.shapes & shapes and mention not in put_in
                if mention.status.name == AFFIRMED and ((given_up and mention.shapes != {"chips"}) or dropped):
                    mention.retold = UNCERTAIN
        else:
            old = any(m.status.name == HISTORY for m in mine) and not any(
                m.status.name == AFFIRMED and m.line.kind in NAMES for m in mine
            )
            empty = any(m.origin == NOTHING and m.status.name == AFFIRMED for m in mentions)
            left = empty and _left_out_last(mine)
            for mention in mine:
                if mention.status.name == AFFIRMED and mention.line.kind in NAMES | TOLD | {"implants"}:
                    doubt = NEGATED if left and mention.line.kind in TOLD else UNCERTAIN
                    mention.retold = HISTORY if old and not mention.acts else doubt
    for mention in mentions:
        if mention.origin == NOTHING and filled:
            mention.retold = UNCERTAIN


def _left_out_last(mine: Sequence[Mention]) -> bool:
    """Whether the last word of the story on the piece is that it was left out, and no title promises it."""
    told = [m for m in mine if m.line.kind in TOLD]
    promised = any(m.status.name == AFFIRMED and m.line.kind in NAMES for m in mine)
    return bool(told) and not promised and told[-1].status.name == NEGATED and told[-1].shapes != {"chips"}


def _given_up(mine: Sequence[Mention], used: Sequence[Mention], out: Sequence[Mention]) -> bool:
    """Whether a later sentence takes the piece back, and only chips of the donor stay."""
    piece = [m for m in mine if m.status.name == AFFIRMED and m.shapes != {"chips"}]
    told = [m for m in piece if m.line.kind in TOLD]
    last = max((m.line.number for m in told), default=0)
    was_in = any(m.placed for m in told) or any(not m.shapes and m.line.number > last for m in out if told)
    return was_in and set(piece).isdisjoint(used)


def _slight_alone(mentions: Sequence[Mention]) -> list[Mention]:
    """Chips or a tendon that only a title names, where the story puts in nothing else; no add-on follows from them."""
    others = [m for m in mentions if m.origin in (OWN, VASCULAR, METAL) and not m.weak]
    mine = [m for m in mentions if m.origin == DONOR and m.status.name == AFFIRMED and m.line.kind in NAMES]
    slight = all(m.shapes and m.shapes <= {"chips", "soft_tissue"} for m in mine)
    alone = mine and slight and not used_of(others)
    return mine if alone else []


def _fitted(mention: Mention) -> bool:
    """Whether the story puts in a part of a joint implant or of a fixation, or names one that is cemented or seated."""
    line = mention.line
    parts = set(line.words.words[mention.first : mention.last]) & line.lists["prostheses"]
    parts &= frozenset() if "took_out" in line.marks else parts
    return line.kind in TOLD and mention.status.name == AFFIRMED and (mention.placed or bool(parts))


def _taken(mentions: Sequence[Mention]) -> bool:
    """Whether nothing of the story speaks of another graft than the patient's own bone of the title."""
    return not any(
        m.origin == DONOR and m.status.name == AFFIRMED and not m.weak and m.line.kind in NAMES | TOLD for m in mentions
    )


def used_of(mine: Sequence[Mention]) -> list[Mention]:
    """The mentions that put the graft in and that no later one takes back."""
    named = any(m.status.name == AFFIRMED and m.line.kind in NAMES for m in mine)
    used: list[Mention] = []
    given_up = False
    for mention in mine:
        kind, denied = mention.line.kind, mention.status.name == NEGATED
        listed = kind == "implants" and not given_up  # what was opened proves nothing after the story gave it up
        if not (kind in TOLD or listed or (denied and kind in _LAST_ROWS)):
            continue
        if mention.status.name == AFFIRMED:
            worked = {name for name, _, _ in mention.acts} & {"cut", "templated"}
            begun = named and worked and kind in TOLD and mention.origin == DONOR and not used
            if mention.placed or mention.origin == METAL or mention.shapes & _SURE or begun:
                used.append(mention)
        elif denied:
            kept = [m for m in used if not _same(mention, m)]
            given_up = given_up or (bool(used) and not any(m.shapes != {"chips"} for m in kept))
            used = kept
    return used if any(m.placed or m.origin == METAL or m.shapes & _SURE for m in used) else []


def _same(out: Mention, used: Mention) -> bool:
    """Whether a graft that was left out is the one that an earlier sentence put in."""
    if out.origin == OWN and _site(out) - _site(used):
        return False  # "no iliac bone was taken" says nothing of the bone that was frozen and put back
    if out.shapes and used.shapes:
        return bool(out.shapes & used.shapes)
    if out.shapes == {"chips"}:
        return False
    return not (used.shapes == {"chips"} and out.first >= 0)


def _site(mention: Mention) -> frozenset[str]:
    """Where the patient's own bone was taken, as the sentence names it."""
    return frozenset(mention.line.words.words) & mention.line.lists["taken_at"]
