"""How one sentence names a graft: the head and its adjectives, the form that belongs to it, the verbs said of it.

Opening, thawing, templating or holding a graft does not place it: only a verb of its own clause puts it in.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from encoder.core.note.cues import Cue, Kind
from encoder.core.note.findings import NAMES, TOLD, Line, fits
from encoder.core.note.forms import OFF, PART, STRUCTURAL, begin, forms_of, stands_between
from encoder.core.note.phrases import Hit, longest
from encoder.core.note.status import AFFIRMED, NEGATED, UNCERTAIN, Status

DONOR, OWN, VASCULAR, METAL, NOTHING, UNKNOWN = (
    "donor_bone",
    "own_bone",
    "vascularized_own",
    "cement_metal",
    "nothing",
    "unknown",
)
NOT_TOLD = "not told to be placed"
_FAR = 45
"""Words of a sentence between a graft and a verb that may still be said of it."""
_SUBJECT = 4
_PUT_IN = frozenset(("placed", "fixed"))
_OWNER = 3
_PORTION = 4
"""Words before the name of a graft that may name a part of it: "the surplus of the donor bone"."""


@dataclass(eq=False)
class Mention:
    """One mention of a graft; two are the same only where they are one.

    Attributes:
        first, last: the words that name it, its adjectives included; -1 for a pronoun or no word at all.
        forms: form and the words that say so. ``placed``: a verb puts it in.
        acts: what else was done with it (templated, cut, fixed, placed), with the words.
    """

    line: Line
    origin: str
    first: int
    last: int
    head: Hit[Cue] | None
    status: Status
    forms: list[tuple[str, int, int]] = field(default_factory=list)
    acts: list[tuple[str, int, int]] = field(default_factory=list)
    placed: bool = False
    retold: str = ""
    """A status that other sentences give to this one: a title that the operation does not keep."""

    @property
    def weak(self) -> bool:
        """Whether it is a device that stands for a filling only where nothing better is named."""
        return self.head is not None and self.head.what.weak

    @property
    def stands(self) -> bool:
        """Whether it is affirmed and no other sentence takes it back."""
        return self.status.name == AFFIRMED and not self.retold

    @property
    def shapes(self) -> frozenset[str]:
        """The forms that it names."""
        return frozenset(form for form, _, _ in self.forms if form != "unclear")


def named_in(line: Line) -> Iterator[Mention]:
    """The grafts and fillings that a sentence names."""
    every = [hit for hit in line.hits if hit.what.kind is Kind.HEAD and fits(hit.what, line.kind, line.marks)]
    every = [hit for hit in every if hit.what.value != NOTHING or not hit.what.sections or hit.first == 0]
    every = [hit for hit in every if hit.what.value != OWN or not (_of_donor(line, hit) or _in_donor(hit, every))]
    named = longest(hit for hit in every if hit.what.value != UNKNOWN)
    vague = longest(hit for hit in every if hit.what.value == UNKNOWN and not _overlap(hit, named))
    heads = list(_joined(sorted([*named, *vague], key=lambda hit: hit.first), line))
    for head in heads:
        first = begin(line, head.first)
        status = line.statuses.of(head.first, head.last) or Status(_by_section(line.kind))
        if status.name == NEGATED and status.last <= head.last and _another(line, status, head):
            continue  # "no second donor bone was in the house"
        if status.name == NEGATED and (_cut_off(line, status) or not _denies(line, status, first, head)):
            status = Status(_by_section(line.kind))
        if line.kind == "plan" and status.name == UNCERTAIN:
            status = Status("planned", status.first, status.last)
        if head.what.value == NOTHING:
            status = Status(AFFIRMED if line.kind in TOLD | NAMES | {"implants"} else _by_section(line.kind))
        unsaid = head.what.value == UNKNOWN and set(line.words.words[first : head.last]) & line.lists["sure_donors"]
        mention = Mention(line, DONOR if unsaid else head.what.value, first, head.last, head, status)
        if head.what.form:
            mention.forms.append((head.what.form, head.first, head.last))
        if mention.origin in (DONOR, UNKNOWN, OWN):
            others = [o for o in heads if o.what.value not in (UNKNOWN, mention.origin) and not o.what.weak]
            mention.forms += forms_of(line, head, first, others)
            mention.forms = list(_of_chips(mention))
        act(mention, heads)
        filled = line.section.row and set(line.section.title.lower().split()) & line.lists["filled_by"]
        if filled and status.name == AFFIRMED and mention.origin in (OWN, DONOR):
            mention.placed = True  # a row of a form that says what filled the gap
        yield mention


def _of_donor(line: Line, hit: Hit[Cue]) -> bool:
    """Whether a bone that is often the patient's is a part of the donor's: "the iliac crest of the graft"."""
    behind = line.words.words[hit.last : hit.last + _OWNER]
    return behind[:1] == ("of",) and bool(set(behind) & line.lists["owner"])


def _in_donor(hit: Hit[Cue], every: Sequence[Hit[Cue]]) -> bool:
    """Whether words for own bone begin within the name of a donor's: "allograft bone-tendon-bone, irradiated"."""
    return any(other.what.value == DONOR and other.first < hit.first < other.last for other in every)


def _cut_off(line: Line, status: Status) -> bool:
    """Whether what was thrown away is the joint end that was cut off the graft, not the graft."""
    return any(
        hit.what.kind is Kind.HINT and hit.what.value == OFF and hit.first <= status.last and status.first <= hit.last
        for hit in line.hits
    )


def named_forms(mention: Mention) -> frozenset[str]:
    """The forms that the very name of a graft says."""
    return frozenset(form for form, _, _ in _in_name(mention))


def _in_name(mention: Mention) -> list[tuple[str, int, int]]:
    last = -1 if mention.head is None else mention.head.last + 1
    return [form for form in mention.forms if mention.first <= form[1] and form[2] <= last]


def _of_chips(mention: Mention) -> Sequence[tuple[str, int, int]]:
    """The forms of a graft; what is chips has no structural form but one of its name."""
    named = named_forms(mention)
    if named == {"chips"}:
        return _in_name(mention)
    crushed = "chips" in mention.shapes and not named & STRUCTURAL
    return [form for form in mention.forms if not (crushed and form[0] in STRUCTURAL)]


def _another(line: Line, status: Status, head: Hit[Cue]) -> bool:
    """Whether only a further graft is denied: "no second one", "no supplementary graft"."""
    return bool(set(line.words.words[status.last : head.last]) & (line.lists["portion"] - {"unused", "top"}))


def _denies(line: Line, status: Status, first: int, head: Hit[Cue]) -> bool:
    """Whether words deny the graft itself: not "no gap at the graft", nor "the surplus of the graft was discarded"."""
    words, lists = line.words.words, line.lists
    if status.last <= head.first:
        between = words[status.last : max(first, status.last)]
        return not any(
            word in lists["beside"] and not (at and between[at - 1] in lists["use_of"])
            for at, word in enumerate(between)
        )
    before = max(0, first - _PORTION)
    part = any(
        hit.what.kind is Kind.HINT and hit.what.value == PART and before <= hit.first and hit.last <= status.first
        for hit in line.hits
    )
    return not part and not set(words[before : status.first]) & lists["portion"]


def _overlap(hit: Hit[Cue], others: Sequence[Hit[Cue]]) -> bool:
    return any(other.first < hit.last and hit.first < other.last for other in others)


def _joined(heads: Sequence[Hit[Cue]], line: Line) -> Iterator[Hit[Cue]]:
    """Heads that name one graft together: "fresh frozen distal femur allograft"."""
    held: Hit[Cue] | None = None
    for head in heads:
        if held is not None and _one_name(held, head, line):
            lesser = head.what.value == UNKNOWN or (head.what.weak and not held.what.weak)
            what = held.what if lesser else head.what
            if held.what.form and not what.form:
                what = replace(what, form=held.what.form)
            held = Hit(what, held.first, max(held.last, head.last))
            continue
        if held is not None:
            yield held
        held = head
    if held is not None:
        yield held


def _one_name(held: Hit[Cue], head: Hit[Cue], line: Line) -> bool:
    between = line.words.words[held.last : head.first]
    same = UNKNOWN in (held.what.value, head.what.value) or held.what.value == head.what.value
    return (
        same
        and len(between) <= 2
        and not any(word in line.lists["left_ends"] - {"("} or word == "," for word in between)
    )


def act(mention: Mention, heads: Sequence[Hit[Cue]]) -> None:
    """What the sentence does with the graft: verbs of its clause, none of them of another graft."""
    line, head = mention.line, mention.head
    ready = [hit for hit in line.hits if hit.what.kind is Kind.PREPARE]
    acts: dict[str, list[Hit[Cue]]] = {}
    for hit in line.hits:
        if hit.what.kind is Kind.ACT:
            acts.setdefault(hit.what.value, []).append(hit)
    for hits in acts.values():
        for hit in longest(hits):
            if head is None or -_FAR <= hit.first - head.first <= _FAR:
                _take(mention, hit, head, heads, ready)


def _take(
    mention: Mention, hit: Hit[Cue], head: Hit[Cue] | None, heads: Sequence[Hit[Cue]], ready: Sequence[Hit[Cue]]
) -> None:
    line = mention.line
    if hit.what.value in _PUT_IN and any(other.first <= hit.first < other.last for other in ready):
        return
    if head is not None and not _linked(mention, head, hit, heads):
        return
    if head is None and line.words.words[hit.last - 1] in line.lists["act_nouns"]:
        return  # "reconstruction will follow" tells nothing of the piece
    status = line.statuses.of(hit.first, hit.last)
    mention.acts.append((hit.what.value, hit.first, hit.last))
    out = "took_out" in line.marks and line.words.words[hit.first] in line.lists["devices"]
    if status is None and hit.what.value in _PUT_IN and not out:
        mention.placed = True


def _linked(mention: Mention, head: Hit[Cue], act: Hit[Cue], heads: Sequence[Hit[Cue]]) -> bool:
    """Whether a verb of the sentence is said of this graft."""
    line, words = mention.line, mention.line.words.words
    if mention.first <= act.first and act.last <= head.last:
        return mention.origin == METAL and head.first < act.first  # "cement was packed" is a name with its verb
    others = [o for o in heads if o is not head and o.what.value not in (UNKNOWN, head.what.value) and not o.what.weak]
    if words[act.last : act.last + 1] and words[act.last] in line.lists["objects"] and act.first >= head.last:
        return True  # "measured and cut it"
    if act.what.value == "templated":
        return not any(stands_between(other, head, act) for other in others)
    if act.first >= head.last:
        if any(stands_between(other, head, act) for other in others):
            return False
        return all(_goes_on(line, stop, act) for stop in line.statuses.stops(head.last, act.first))
    between = words[act.last : mention.first]
    if any(word in line.lists["finite"] for word in between) or line.statuses.ends(act.last, mention.first):
        return False
    return "and" not in between or any(stands_between(other, head, act) for other in heads if other is not head)


def _goes_on(line: Line, stop: int, act: Hit[Cue]) -> bool:
    """Whether the clause behind a stop goes on about the same thing: "then it was", "and was", ", 8 cm, and fixed"."""
    words = line.words.words
    behind = words[stop : act.first]
    subject = [word for word in behind if word not in line.lists["empty"]]
    if behind[0] in line.lists["relative"] and sum(word in line.lists["finite"] for word in behind) > 1:
        return True  # "the graft, which was a tibia, was cut"
    if behind[0] == "and" and set(behind[1:2]) & line.lists["owner"]:
        return True  # "the graft and its joint surface were placed"
    if not subject or subject[0] in line.lists["pronouns"]:
        return True
    if (
        behind[0] in ("and", ",", "so", "then")
        and set(subject[:_SUBJECT]) & line.lists["nouns"]
        and not set(subject) & line.lists["host"]
    ):
        return True  # "the graft was halved, and the lateral half was cut"
    if any(word == "," and verb in line.lists["finite"] for word, verb in pairwise(behind)):
        return True  # what stood between commas was said of it: "the graft, a left femur, was cut"
    return not any(word in line.lists["finite"] for word in behind)


def _by_section(kind: str) -> str:
    return {
        "history": "history",
        "indications": "planned",
        "preoperative": "history",
        "diagnosis": "history",
        "plan": "planned",
        "planned_title": "planned",
        "consent": "uncertain",
    }.get(kind, AFFIRMED)
