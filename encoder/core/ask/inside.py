"""Whether some work is inside a code, apart from it, or never with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from encoder.core.ask.answer import Draft, Talk, held_off, near_asks, near_codes, refused
from encoder.core.ask.kinds import INCLUDED
from encoder.core.ask.lexicon import Topic
from encoder.core.codes import Code
from encoder.core.page.beside import HELD, beside, held, own_version, undated
from encoder.core.page.edits import edits_of
from encoder.core.page.evidence import Desk, Said
from encoder.core.page.page import GRAFTS

STRUCTURAL, SERVICE, HARVEST = "20932", "graft_is_the_service", "harvest.incision"
STRUCTURAL_ADD_ON = "addon_structural_allograft"
STATES = ("never", "inside", "apart", "none")
"""Of several facts the first of these states is the answer."""


def included(desk: Desk, code: Code, topics: Sequence[Topic], graft: str) -> Draft:
    """Whether some work is inside a code: from our own facts, from the code pairs, and for a graft from the code.

    Args:
        graft: allograft, autograft, bone (either), or empty when no graft is asked about.
    """
    fault = undated(desk, code)
    if fault is not None:
        return held_off(desk, code, fault, INCLUDED)
    near = near_codes(desk, (code.code,))
    told: list[tuple[str, Said]] = []
    harvest = any(topic.id == "harvest" for topic in topics)
    if graft or (harvest and code.includes_graft != SERVICE):
        state = _graft(code, graft or "autograft")
        told.append((state, Said(f"{code.code}: {GRAFTS[code.includes_graft]}", (desk.code_row(code),), code.cites)))
        if state == "none" and (harvest or graft != "allograft"):
            told += _harvest(desk, code)
    wanted = {topic.id for topic in topics}
    wanted |= {"own_bone"} if graft == "autograft" else {"graft"} if graft else set()
    services = desk.lore.services_of(code.code, code.category)
    told += [
        (service.state if service.state in HELD else "", held(desk, code, service))
        for service in services
        if wanted & set(service.about)
    ]
    for topic in topics:
        for partner in map(desk.book.code, topic.codes):
            if partner is not None and partner != code:
                found = beside(desk, code, partner)
                if found.pair.edits:
                    told.append(("inside" if found.pair.edits[0].first else "", found.head))
                    near = (*near, *near_codes(desk, (partner.code,)))
    states = {state for state, _ in told}
    state = next((name for name in STATES if name in states), "")
    if not state:
        return refused(f"no fact is held about this work beside {code.code}.", near, INCLUDED, [s for _, s in told])
    if not graft or state in ("never", "inside"):
        told.sort(key=lambda entry: entry[0] != state)
    return Draft(INCLUDED, tuple(said for _, said in told), state, (code.code,), True, (), near)


def _harvest(desk: Desk, code: Code) -> list[tuple[str, Said]]:
    """Whether taking the own bone counts apart from a code: no code pair puts it inside, no version contains it."""
    rule = next(service for service in desk.lore.services if service.id == HARVEST)
    version = own_version(desk, code)
    if version is not None:
        return [("never", version)]
    codes = [other for other in map(desk.book.code, rule.of) if other is not None]
    found = [beside(desk, code, other) for other in codes]
    inside = [entry.head for entry in found if any(edit.first for edit in entry.pair.edits)]
    if inside:
        return [("inside", head) for head in inside]
    names = ", ".join(rule.of)
    say = f"Apart from {code.code}: taking the patient's own bone ({names}). {rule.say}."
    known = all(entry.pair.pairs_known for entry in found)
    more = [] if known else [("", Said(f"Not all code pairs of {code.code} with {names} are held."))]
    return [("apart", Said(say, (desk.service_row(rule),), rule.cites)), *more]


def contents(desk: Desk, code: Code) -> Draft:
    """Everything that is held about what is inside a code, apart from it, and never with it."""
    fault = undated(desk, code)
    if fault is not None:
        return held_off(desk, code, fault, INCLUDED)
    near = (*near_codes(desk, (code.code,)), *near_asks(f"NCCI edits of {code.code}"))
    talk = Talk().add(f"{code.code}: {GRAFTS[code.includes_graft]}", (desk.code_row(code),), code.cites)
    services = desk.lore.services_of(code.code, code.category)
    talk.all(held(desk, code, service) for service in services if service.state in HELD)
    inside = sorted({edit.other for edit in edits_of(desk, code.code) if edit.first})
    if inside:
        rows = tuple(edit.row for edit in edits_of(desk, code.code) if edit.first)
        talk.add(
            f"By code pairs these give way to it at one site: {', '.join(inside)}.",
            rows,
            desk.edition_cites("ptp_practitioner"),
        )
    return Draft(INCLUDED, tuple(talk.said), "listed", (code.code,), True, (), near)


def included_in_structural(desk: Desk, topics: Sequence[Topic]) -> Draft:
    """Whether some work is inside the structural allograft add-ons, asked without a code."""
    code = desk.book.code(STRUCTURAL)
    assert code is not None
    draft = included(desk, code, topics, "")
    if not draft.answered:
        return draft
    first, *rest = draft.said
    lead = f"For the structural allograft add-ons (20932, 20933, 20934): {first.say}"
    return replace(draft, said=(replace(first, say=lead), *rest))


def _graft(code: Code, graft: str) -> str:
    """Whether the graft asked about is inside the code; empty where the code is a graft, perhaps another one."""
    held = code.includes_graft
    if held in ("none", "not_defined"):
        return "none"
    if held == SERVICE:
        return "inside" if graft == "allograft" and code.category == STRUCTURAL_ADD_ON else ""
    return "inside" if graft == "bone" or held.startswith(graft) else "none"
