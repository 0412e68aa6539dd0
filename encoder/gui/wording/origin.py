"""From a code back to the facts, in words: the ways to it, what tells them apart, what the note must show."""

from __future__ import annotations

from collections.abc import Sequence

from encoder.core.page.beside import UNKNOWN_STATES, Beside
from encoder.core.page.evidence import RowRef
from encoder.core.reverse import Need, Trail, differing
from encoder.gui.ask_work import Origin
from encoder.gui.widgets.facts import Fact
from encoder.gui.widgets.panels import CalloutKind
from encoder.gui.wording.ask import cite, row
from encoder.gui.wording.sources import Sources, many, mark_codes, upper_first

KEYS = 9
"""Ways that have a digit of their own."""
_MOST_SAID = 4  # answers of a question that are written out
_FEW = 3
_STATES: dict[str, tuple[CalloutKind, str]] = {
    "allowed": ("ok", "Allowed"),
    "barred": ("stop", "Barred"),
    "not_listed": ("warn", "Not listed"),
    "never": ("stop", "Never together"),
    "inside": ("stop", "One is inside the other"),
    "in_place": ("warn", "One takes the place of the other"),
    "both_add_ons": ("warn", "Two add-ons"),
    "partial": ("warn", "Not on its list, which is not a whole one"),
    "payer": ("warn", "The payer decides"),
    "edit": ("warn", "A code pair stands between them"),
    "no_edit_found": ("warn", "No code pair found"),
}


def head(origin: Origin) -> str:
    """The code with what it stands for."""
    return f"`{origin.code}`  {mark_codes(origin.title)}"


def state(pair: Beside) -> tuple[CalloutKind, str, str]:
    """What two codes are to each other: the kind of box, the state in words, and the sentence."""
    kind, words = _STATES.get(pair.state, ("warn", upper_first(pair.state.replace("_", " "))))
    if pair.state in UNKNOWN_STATES:
        words = "The tables do not say"
    return kind, f"{words}: {pair.pair.first} with {pair.pair.second}", mark_codes(pair.head.say)


def state_source(pair: Beside, sources: Sources) -> str:
    """The rows and editions that the state rests on, and their sources."""
    said = "; ".join(_few([row(ref) for ref in pair.head.rows]))
    return " · ".join(part for part in (upper_first(said), cite(pair.head.cites, sources)) if part)


def pair_rows(pair: Beside) -> tuple[RowRef, ...]:
    """Every row behind the sentences on a pair."""
    return tuple(dict.fromkeys(ref for said in (pair.head, *pair.lines) for ref in said.rows))


def _few(texts: Sequence[str]) -> list[str]:
    rest = len(texts) - _FEW
    return [*texts[:_FEW], f"and {many(rest, 'more row')}"] if rest > 0 else list(texts)


def leads(origin: Origin, on: str) -> str:
    """The sentence over the ways: where they end, or that there is none."""
    pair = origin.beside
    if not origin.ways:
        return f"No way of the tree leads to {origin.code} on {on}."
    if pair is None:
        return ""
    if not origin.together:
        both = f"{pair.pair.first} and {pair.pair.second}"
        return f"No way of the tree ends in {both} on {on}. Shown is what leads to {origin.code} alone."
    if pair.state != "allowed":
        by_detail = any(way.details for way in origin.ways)
        how = "where a detail brings one of them" if by_detail else "and the state above still holds"
        return f"The two are not an allowed pair by themselves. These answers put both on one claim, {how}."
    return "These answers end in both codes."


def meant(origin: Origin) -> str:
    """What the assumptions come from: the code, or both where the ways end in both."""
    pair = origin.beside
    if origin.together and pair is not None:
        return f"{origin.code} with {pair.pair.second if pair.pair.first == origin.code else pair.pair.first}"
    return origin.code


def choices(ways: Sequence[Trail], chosen: int) -> list[Fact]:
    """The ways, each by the few facts that tell it from the others; Enter or its digit chooses one."""
    facts = []
    for place, (way, needs) in enumerate(zip(ways, differing(ways), strict=True)):
        now = place == chosen
        says = "; ".join(f"{need.label}: **{_answers(need)}**" for need in needs if not need.every)
        end = f"{'chosen, ' if now else ''}{many(way.ways, 'way')}"
        icon, key = ("tick", "accent") if now else ("possible", "text3")
        label = str(place + 1) if place < KEYS else " "
        facts.append(Fact(str(place), label, says or "any other answers", icon=icon, ink=key, end=end, opens=True))
    return facts


def _answers(need: Need) -> str:
    if need.every:
        return "any answer"
    rest = len(need.say) - _MOST_SAID
    return _one_of((*need.say[:_MOST_SAID], *([f"{rest} more"] if rest > 0 else ())))


def _one_of(texts: Sequence[str]) -> str:
    """Answers side by side; a comma may stand within one."""
    return " / ".join(texts)


def needs(way: Trail) -> list[Fact]:
    """What must be answered on a way, in the order of the questions; what is settled is assumed, the rest is asked."""
    facts = [_need(need, "assumed" if len(need.answers) == 1 else "asked") for need in way.needs]
    return facts + [_need(need, "a detail, asked") for need in way.details]


def _need(need: Need, end: str) -> Fact:
    icon, ink = ("query", "text2") if end == "assumed" else ("possible", "text3")
    words = "any answer" if need.every else _one_of(need.say)
    return Fact(need.question, need.label, words, icon=icon, ink=ink, end=end, hint=need.ask, opens=True)


def note(origin: Origin, code: str, sources: Sources) -> list[Fact]:
    """What the note must show for a code."""
    return [
        Fact(fact.id, fact.label, mark_codes(fact.say), icon="note", cite=cite(fact.cites, sources))
        for fact in origin.notes[code]
    ]


def start(count: int) -> str:
    """The button that begins the case."""
    return f"Start the tree with these {count} as assumptions" if count > 1 else "Start the tree with this assumption"


def replace(count: int) -> tuple[str, str]:
    """What is asked before a case under way goes."""
    words = "Its answers go, label and note stay. Ctrl+Z brings them back."
    return f"A case is under way, with {many(count, 'answer')}. Replace it?", words
