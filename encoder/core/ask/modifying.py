"""Which modifier for a situation, and which modifiers a code takes."""

from __future__ import annotations

from collections.abc import Sequence

from encoder.core.ask.answer import Draft, Talk, held_off, near_asks, near_codes, refused
from encoder.core.ask.kinds import MAY_MODIFIER, MODIFIER
from encoder.core.ask.lexicon import Situation
from encoder.core.codes import Code
from encoder.core.page.beside import NOT_LOADED, undated
from encoder.core.page.evidence import Desk, Said
from encoder.core.page.model import ModifierVerdict
from encoder.core.page.modifiers import verdict, verdicts

_ORDER = ("refused", NOT_LOADED, "conditional", "allowed")


def which_modifier(desk: Desk, situations: Sequence[Situation]) -> Draft:
    """The modifiers that stand for a situation."""
    names = tuple(dict.fromkeys(name for situation in situations for name in situation.modifiers))
    talk = Talk()
    rows = [desk.modifier(name) for name in names]
    for row in rows:
        talk.add(f"{row.code}: {row.title}. {row.use}", (desk.modifier_row(row.code),), row.cites)
    for row in rows:
        talk.add(f"{row.code}, not: {row.not_for}", (desk.modifier_row(row.code),), row.cites)
    return Draft(
        MODIFIER,
        tuple(talk.said),
        "",
        names,
        True,
        (),
        near_asks(f"can {names[0]} go on 20932", f"what is modifier {names[0]}"),
    )


def may_modifier(desk: Desk, codes: Sequence[Code], names: Sequence[str]) -> Draft:
    """Whether codes take modifiers, and why."""
    for code in codes:
        fault = undated(desk, code)
        if fault is not None:
            return held_off(desk, code, fault, MAY_MODIFIER)
    near = near_codes(desk, [code.code for code in codes])
    ruled = [desk.lore.modifiers[name] for name in names if name in desk.lore.modifiers]
    if len(ruled) != len(names):
        lost = [name for name in names if name not in desk.lore.modifiers]
        told = [Said(f"{n}: {desk.modifier(n).use}", (desk.modifier_row(n),), desk.modifier(n).cites) for n in lost]
        why = f"no rule is held that says whether a code takes {', '.join(lost)}."
        return refused(why, near, MAY_MODIFIER, told, NOT_LOADED)
    found = [(code, verdict(desk, code, rule)) for code in codes for rule in ruled]
    found.sort(key=lambda entry: _ORDER.index(entry[1].verdict))
    state = found[0][1].verdict
    said = [said for code, entry in found for said in _verdict(code, entry)]
    if state == NOT_LOADED:
        return refused(said[0].say, near, MAY_MODIFIER, said[1:], NOT_LOADED)
    polar = {"allowed": "yes", "refused": "no"}.get(state, "")
    return Draft(MAY_MODIFIER, tuple(said), state, tuple(names), True, (), near, polar)


def _verdict(code: Code, entry: ModifierVerdict) -> tuple[Said, ...]:
    words = {
        "allowed": "may go on",
        "refused": "does not go on",
        "conditional": "may go under a condition on",
        NOT_LOADED: "on",
    }
    said = [Said(f"{entry.modifier} {words[entry.verdict]} {code.code}: {entry.why}.", entry.rows, entry.cites)]
    if entry.against:
        said.append(Said(f"But {entry.against}.", entry.rows, entry.cites))
    said.append(Said(f"{entry.modifier}: {entry.title}. {entry.when} {entry.not_when}", entry.rows[-1:], entry.cites))
    return tuple(said)


def modifiers_of(desk: Desk, code: Code) -> Draft:
    """Every modifier with its verdict on a code."""
    fault = undated(desk, code)
    if fault is not None:
        return held_off(desk, code, fault, MAY_MODIFIER)
    found = verdicts(desk, code)
    named = {
        v: [entry for entry in found if entry.verdict == v] for v in ("allowed", "conditional", "refused", NOT_LOADED)
    }
    heads = {"allowed": "Allowed", "conditional": "Under a condition", "refused": "Refused", NOT_LOADED: "Not loaded"}
    talk = Talk()
    told = "; ".join(f"{heads[v].lower()} {', '.join(e.modifier for e in same)}" for v, same in named.items() if same)
    talk.add(f"Modifiers on {code.code}: {told}.", tuple(row for entry in found for row in entry.rows), found[0].cites)
    for verdict_, same in named.items():
        talk.all(Said(f"{heads[verdict_]}: {entry.modifier}, {entry.why}.", entry.rows, entry.cites) for entry in same)
        talk.all(
            Said(f"{entry.modifier}, but: {entry.against}.", entry.rows, entry.cites) for entry in same if entry.against
        )
    codes = tuple(entry.modifier for entry in found)
    return Draft(MAY_MODIFIER, tuple(talk.said), "listed", codes, True, (), near_codes(desk, (code.code,)))
