"""May codes stand together, and what tells codes apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from encoder.core.add_on import is_add_on
from encoder.core.ask.answer import Draft, Talk, near_codes
from encoder.core.ask.kinds import DIFFERENCE, PAIR
from encoder.core.codes import Code
from encoder.core.page.beside import (
    LIST_NOT_LOADED,
    NOT_LOADED,
    NOT_VALID,
    OWN_STATES,
    PAIRS_NOT_LOADED,
    UNKNOWN_STATES,
    Beside,
    beside,
)
from encoder.core.page.edits import PARTIAL, PAYER, add_on_list
from encoder.core.page.evidence import Desk, Said, cites_of
from encoder.core.page.lore import ModifierRule
from encoder.core.page.modifiers import verdict
from encoder.core.page.page import GRAFTS

POLAR = {
    "allowed": "yes",
    **dict.fromkeys(("barred", "not_listed", "edit", "other_day", "in_place", "never", "inside"), "no"),
}
WORST = (
    "barred",
    NOT_LOADED,
    NOT_VALID,
    "edit",
    *OWN_STATES,
    "not_listed",
    "both_add_ons",
    PARTIAL,
    PAYER,
    PAIRS_NOT_LOADED,
    LIST_NOT_LOADED,
    "allowed",
    "no_edit_found",
)


def together(
    desk: Desk,
    codes: Sequence[str],
    setting: str = "",
    modifiers: Sequence[ModifierRule] = (),
    conditions: Sequence[str] = (),
) -> Draft:
    """Whether codes may stand on one claim; of more than two, every pair is looked up and the strictest leads.

    Args:
        conditions: cues of the question that change the answer: separate_site, other_day, other_surgeon.
    """
    held = [code for code in map(desk.book.code, codes) if code is not None]
    found = [beside(desk, first, second, setting) for first, second in combinations(held, 2)]
    carried = {pair.pair.add_on for pair in found if pair.state == "allowed"}
    found.sort(key=lambda pair: (_settled(pair, carried), _rank(pair)))
    first = found[0]
    said: list[Said] = []
    for pair in found:
        if pair is first or (pair.state != "no_edit_found" and not _settled(pair, carried)):
            said += [pair.head, *pair.lines]
        elif _settled(pair, carried):
            said.append(
                Said(f"{pair.pair.add_on} belongs to its listed primary on this claim, not to {pair.pair.primary}.")
            )
            said += [line for line in pair.lines if line.rows and line.rows[0].end is not None]
    state, polar = first.state, POLAR.get(first.state, "")
    if state == "not_listed" and "apart" in first.own:
        beside_it = (
            f"{first.pair.primary} is no primary of {first.pair.add_on}, but beside a listed one both may count."
        )
        said[1:1], polar = [Said(beside_it)], ""
    changed = _changed(desk, first, conditions)
    if changed is not None:
        state, lead = changed
        polar = POLAR.get(state, "") if first.pair.add_on else ""
        said.insert(0, lead)
    lines = list(_modifier_lines(desk, held, first, modifiers))
    if lines and state == "allowed":
        said[1:1], polar = lines, ""  # that the codes go together does not say that the modifier does
    else:
        said += lines
    said += [Said(f"{code.code}: {code.title}.", (desk.code_row(code),), code.cites) for code in held]
    answered = first.state not in UNKNOWN_STATES
    if not answered:
        said[0] = Said(f"I cannot answer that: {said[0].say}", said[0].rows, said[0].cites)
    return Draft(PAIR, tuple(said), state, tuple(codes), answered, (), near_codes(desk, codes), polar)


def _settled(found: Beside, carried: set[str]) -> bool:
    """Whether an add-on that is not listed beside one code stands on the claim by another, its listed primary."""
    return found.state in ("not_listed", PARTIAL, PAYER) and found.pair.add_on in carried


def _changed(desk: Desk, found: Beside, conditions: Sequence[str]) -> tuple[str, Said] | None:
    """What a condition of the question makes of two codes; None where it changes nothing."""
    pair = found.pair
    means = desk.lore.meanings["list_type"]
    rows = (desk.relation_row(pair.row),) if pair.row else ()
    if found.state in (NOT_LOADED, NOT_VALID):
        return None
    for cue, what, state in (
        ("other_day", "on another day", "other_day"),
        ("other_surgeon", "by another surgeon", "other_surgeon"),
    ):
        if cue in conditions and pair.add_on:
            rule = "payable only beside its primary, by the same practitioner for the same patient on the same day"
            return state, Said(f"Not {what}: {pair.add_on} is an add-on and is {rule}.", rows, means.cites)
        if cue in conditions:
            rule = "A code pair holds for one practitioner and one patient on one day"
            cites = desk.lore.meanings["pair_indicator"].cites
            return state, Said(f"{rule}; {what} it does not apply.", rows, cites)
    opens = any(edit.indicator == "1" for edit in pair.edits)
    if "separate_site" in conditions and found.state in ("barred", "edit") and opens:
        modifier = desk.lore.modifiers["XS"]
        own = " and each add-on has a listed primary of its own there" if pair.add_on else ""
        both = f"{pair.first} and {pair.second}"
        head = f"At separate sites {both} may be reported with XS or 59, when the note shows the two sites{own}"
        edit_rows = tuple(edit.row for edit in pair.edits)
        return "separate_site", Said(
            f"{head}; at one site not.", (*edit_rows, desk.modifier_row(modifier.code)), modifier.cites
        )
    return None


def _rank(found: Beside) -> int:
    return WORST.index(found.state) if found.state in WORST else len(WORST)


def _modifier_lines(
    desk: Desk, held: Iterable[Code], found: Beside, modifiers: Sequence[ModifierRule]
) -> Iterable[Said]:
    if found.state in (NOT_LOADED, NOT_VALID):
        return
    for modifier in modifiers:
        for code in held:
            entry = verdict(desk, code, modifier)
            yield Said(
                f"{modifier.code} on {code.code}: {entry.verdict.replace('_', ' ')}, {entry.why}.",
                entry.rows,
                entry.cites,
            )


def against(desk: Desk, code: str, others: Sequence[str], setting: str = "") -> Draft:
    """One code beside each of several, as when a procedure is named in words and leaves more than one code."""
    held = desk.book.code(code)
    partners = [partner for partner in map(desk.book.code, others) if partner is not None]
    assert held is not None
    found = sorted((beside(desk, held, partner, setting) for partner in partners), key=_rank)
    said = [pair.head for pair in found]
    said += [line for pair in found for line in pair.lines]
    answered = found[0].state not in UNKNOWN_STATES
    state = found[0].state
    near = near_codes(desk, (code, *others))
    return Draft(PAIR, tuple(said), state, (code, *others), answered, (), near, POLAR.get(state, ""))


def difference(desk: Desk, codes: Sequence[Code]) -> Draft:
    """What tells codes apart: what they are, their grafts, their place on a claim, and what they are together."""
    names = tuple(code.code for code in codes)
    rows = tuple(map(desk.code_row, codes))
    talk = Talk().add(
        " ".join(f"{code.code}: {code.plain}." for code in codes), rows, cites_of(*(code.cites for code in codes))
    )
    for code in codes:
        kind = add_on_list(desk, code.code)
        what = "an add-on" if is_add_on(desk.book, code.code) else "a procedure of its own"
        listed = f", with a list of type {kind}" if kind else ""
        talk.add(
            f"{code.code} {code.title}: {what}{listed}. {GRAFTS[code.includes_graft]} Site: {code.site}.",
            (desk.code_row(code),),
            code.cites,
        )
    both = [entry for entry in desk.lore.confused if len(set(names) & set(entry.codes)) > 1]
    talk.all(
        Said(f"Often confused: {entry.said} {entry.says}", (desk.confused_row(entry),), entry.cites) for entry in both
    )
    talk.all(beside(desk, first, second).head for first, second in combinations(codes, 2))
    return Draft(DIFFERENCE, tuple(talk.said), "", names, True, (), near_codes(desk, names))
