"""What a sentence says of the graft that an earlier one named: "it was cut", "the segment was fixed", "not used"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from encoder.core.note.cues import Cue, Kind
from encoder.core.note.findings import Line
from encoder.core.note.forms import METAL_JOINT, OFF, PART
from encoder.core.note.naming import DONOR, Mention, act
from encoder.core.note.phrases import Hit, longest
from encoder.core.note.status import AFFIRMED, NEGATED, Status

_LEADING = 3
_SOON = 6
READY = "graft_ready"
"""The mark of a sentence in which a piece that a title names is brought out: thawed, unpacked, on the back table."""
_ONESELF = frozenset(("we", "i"))
_NEAR_HOST, _EARLY = 4, 8
_JUST = 2
"""Sentences within which "the bone" is still the graft's."""


def speaks_on(line: Line, topic: Mention, *, worked: bool, named: bool) -> bool:
    """Whether a sentence goes on about the graft before it: "It was cut", "Cut to length", "The piece".

    Args:
        worked: the graft was measured, cut or set already, so that a plate holds it.
        named: the sentence names the graft itself.
    """
    words = line.words.words
    if topic.origin == DONOR and not named and labelled(line):
        return True
    start = words.index(":") + 1 if ":" in words[:3] else 0
    words = words[start:]
    lead = 1 if words[:1] and words[0] in line.lists["leads"] else 0
    if set(words[lead : lead + 1]) & line.lists["pronouns"] or words[:1] == ("its",):
        return True
    me = next((at for at, word in enumerate(words[:_SOON]) if word in ("we", "i")), None)
    if me is not None and set(words[me + 1 : me + 8]) & line.lists["objects"]:
        return True
    if words[:1] == ("the",) and set(words[1:4]) & _nouns(line, topic):
        return True
    if (
        _it_was(line, words)
        or (topic.origin == DONOR and _it_is(line))
        or (worked and not named and set(words) & line.lists["junctions"])
    ):
        return True
    if topic.origin == DONOR and not named and "donor" in words and not set(words[:_SOON]) & {"no", "none"}:
        return True
    if topic.origin == DONOR and not named and not set(words[:_SOON]) & (line.lists["host"] | {"no", "none"}):
        if set(words[:_SOON]) & line.lists["nouns"]:
            return True
        hints = {hit.what.value for hit in line.hits if hit.what.kind is Kind.HINT and hit.first < _SOON}
        if PART in hints and METAL_JOINT not in hints and topic.shapes != {"chips"}:
            return True
        held = worked and set(words) & line.lists["devices"] and not set(words) & line.lists["elsewhere"]
        if held and not {"took_out", "closing"} & line.marks:
            return True
    begins = {lead, start + lead}
    return any(hit.first in begins and hit.what.kind in (Kind.ACT, Kind.PREPARE) for hit in line.hits)


def labelled(line: Line) -> bool:
    """Whether the sentence is a row of a form about the graft of the rows before: "Shaped to ... : half a tube"."""
    return line.section.row and bool(set(line.section.title.lower().split()) & line.lists["row_labels"])


def brought_out(line: Line) -> Mention | None:
    """The donor piece that a title names, where the story turns to it without naming it: "On the back table ..."."""
    return Mention(line, DONOR, -1, -1, None, Status(AFFIRMED)) if READY in line.marks else None


def _nouns(line: Line, topic: Mention) -> frozenset[str]:
    """What may stand for a graft: "the segment"; "the bone" right behind it; "the fibula" for the patient's own."""
    nouns = line.lists["nouns"]
    if line.number - topic.line.number <= _JUST:
        nouns |= {"bone"}
    return nouns if topic.origin == DONOR else nouns | line.lists["own_nouns"]


def pronoun(line: Line, origin: str) -> Mention:
    """The mention in a sentence that goes on about the graft before it."""
    cues = sorted(loose(line), key=lambda cue: cue.what.status != NEGATED)  # what is denied is not only considered
    status = Status(cues[0].what.status, cues[0].first, cues[0].last) if cues else Status(AFFIRMED)
    mention = Mention(line, origin, -1, -1, None, status)
    words = line.words.words
    for hit in longest(hit for hit in line.hits if hit.what.kind is Kind.FORM):
        off = any(o.first - 1 <= hit.first < o.last for o in line.hits if o.what.value == OFF)
        if (
            not off
            and (hit.first <= _LEADING or labelled(line) or _itself(line, hit))
            and hit.what.bind != "has"
            and not set(words) & line.lists["not_graft"]
        ):
            mention.forms.append((hit.what.value, hit.first, hit.last))
    act(mention, ())
    return mention


def _itself(line: Line, hit: Hit[Cue]) -> bool:
    """Whether a plain word for a form stands in a sentence that begins with the graft: "It was cut, a hollow tube"."""
    words, lists = line.words.words, line.lists
    lead = 1 if words[:1] and words[0] in lists["leads"] else 0
    mine = bool(set(words[lead : lead + 2]) & (lists["pronouns"] | lists["nouns"] | {"its"}))
    mine = mine or (words[:1] in (("we",), ("i",)) and bool(set(words[:_EARLY]) & lists["objects"]))
    length = words[lead : lead + 1] in (("a",), ("an",)) and bool(set(words[lead : lead + _SOON]) & lists["nouns"])
    mine = mine or length or any(other.first == lead and other.what.kind is Kind.ACT for other in line.hits)
    if _is_it(words, hit):
        return True
    near = set(words[max(0, hit.first - _NEAR_HOST) : hit.first])
    held = {"by", "with"} & near  # "fixed by circumferential wires"
    return mine and not held and not hit.what.weak and not near & lists["host"]


def _it_is(line: Line) -> bool:
    """Whether a clause says what the piece is: "it is a complete ring"."""
    forms = (hit for hit in line.hits if hit.what.kind is Kind.FORM and not hit.what.weak)
    return any(_is_it(line.words.words, hit) for hit in forms)


def _is_it(words: tuple[str, ...], hit: Hit[Cue]) -> bool:
    before = words[max(0, hit.first - _NEAR_HOST) : hit.first]
    return any(it in ("it", "this") and was in ("is", "was") for it, was in pairwise(before))


def _it_was(line: Line, words: tuple[str, ...]) -> bool:
    """Whether a later clause goes on about the graft: "a pattern was laid on it and it was sawn"."""
    at = {
        n
        for n, (it, was) in enumerate(pairwise(words))
        if it in ("it", "bone", "graft") and was in line.lists["finite"]
    }
    skipped = len(line.words.words) - len(words)
    return "closing" not in line.marks and any(
        hit.what.kind is Kind.ACT and 0 < hit.first - skipped - place <= _SOON for hit in line.hits for place in at
    )


def beside(line: Line, origin: str) -> Iterator[Mention]:
    """A sentence that says of the piece before it how it was measured and cut, or how it met the joint."""
    measured = any(hit.what.kind is Kind.ACT and hit.what.value == "templated" for hit in line.hits)
    host = line.lists["host"] - ({"specimen", "resected"} if measured else set())
    acts = [
        (name, hit.first, hit.last)
        for name in ("templated", "cut")  # "shortened to 9 cm" is both
        for hit in longest(hit for hit in line.hits if hit.what.kind is Kind.ACT and hit.what.value == name)
        if name == "templated" or origin != DONOR or _mine(line, hit, host)
    ]
    put = _put_in(line, acts)
    if acts or any(hit.what.kind is Kind.HINT for hit in line.hits):
        acts += [(hit.what.value, hit.first, hit.last) for hit in put]
        yield Mention(line, origin, -1, -1, None, Status(AFFIRMED), acts=acts, placed=bool(put))


def _put_in(line: Line, acts: Sequence[tuple[str, int, int]]) -> list[Hit[Cue]]:
    """What is said of the piece between its cut and the device that holds it: "recut, seated, three lag screws"."""
    cut = min((first for name, first, _ in acts if name == "cut"), default=None)
    held = min((hit.first for hit in line.hits if hit.what.kind is Kind.HEAD), default=0)
    return [
        hit
        for hit in longest(hit for hit in line.hits if hit.what.kind is Kind.ACT and hit.what.value == "placed")
        if cut is not None and cut < hit.first < hit.last <= held and line.statuses.of(hit.first, hit.last) is None
    ]


def _mine(line: Line, hit: Hit[Cue], host: frozenset[str]) -> bool:
    """Whether a cut is one of the piece: no bone of the patient near it, or "it" right behind."""
    words = line.words.words
    if set(words[hit.last : hit.last + 1]) & line.lists["objects"]:
        return True
    return not set(words[max(0, hit.first - _SOON) : hit.last + _SOON]) & host


def loose(line: Line) -> list[Hit[Cue]]:
    """Cues that speak of the graft before: not of another thing, nor of the joint end that was cut off it."""
    words = line.words.words
    cut_off = [hit for hit in line.hits if hit.what.kind is Kind.HINT and hit.what.value in (OFF, PART)]
    return [
        cue
        for cue in (*line.statuses.loose(), *line.statuses.denied(line.lists["objects"]))
        if not _of_another(line, words[max(0, cue.first - _SOON) : cue.first])
        and set(words) - {"nil", "none", "."}
        and not any(hit.first <= cue.last and cue.first <= hit.last + _SOON for hit in cut_off)
    ]


def _of_another(line: Line, before: tuple[str, ...]) -> bool:
    """Whether the thing named last before a cue is another one than the graft: "the soleus was not needed"."""
    if set(before) & line.lists["portion"]:
        return True
    mine = line.lists["nouns"] | line.lists["owner"] | line.lists["pronouns"]
    last = next((word for word in reversed(before) if word in mine or word in line.lists["others"]), "")
    if not last:
        return bool(set(before) - line.lists["empty"] - line.lists["leads"] - line.lists["articles"] - _ONESELF)
    return last in line.lists["others"] and last not in line.lists["nouns"]


def left_out(line: Line, origin: str, cue: Hit[Cue]) -> Mention:
    """The mention in a sentence that only says that the graft before it was left out, or that chips were."""
    chips = [at for at in range(cue.first) if line.words.words[at] in line.lists["chips"]]
    forms = [("chips", at, at + 1) for at in chips]
    return Mention(line, origin, -1, -1, None, Status(cue.what.status, cue.first, cue.last), forms=forms)
