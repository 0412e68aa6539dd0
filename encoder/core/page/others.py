"""The pages of the small code sets: places of service, modifiers, HCPCS Level II; and what every page begins as."""

from __future__ import annotations

from dataclasses import replace

from encoder.core.page.evidence import POS, Desk, RowRef, Said
from encoder.core.page.model import CodePage, Mistaken
from encoder.core.page.panels import with_panels
from encoder.core.reference import Modifier, Place, Supply
from encoder.core.standing import standing

PUBLIC = "the public title of the code set"


def empty(desk: Desk, system: str, code: str, title: str) -> CodePage:
    """A page with its name alone."""
    return CodePage(
        system=system,
        code=code,
        title=title,
        plain="",
        ours="",
        wording=PUBLIC,
        picture="",
        site="",
        category="",
        on=desk.on,
        valid=True,
        standing=standing(system, code.removeprefix(POS), desk.book, desk.on),
        start=None,
        end=None,
        chips=(),
        notes=(),
        held=(),
        guidelines=(),
        checks=(),
        modifiers=(),
        diagnoses=(),
        edits=(),
        add_ons=(),
        years=(),
        paid=(),
        value_notes=(),
        figures=(),
        facility=(),
        history=(),
        mistaken=(),
        siblings=(),
        tabular=(),
        sevenths=(),
        above=(),
        below=(),
        axes=(),
        panels=(),
        cites=(),
    )


def mistaken(desk: Desk, code: str) -> tuple[Mistaken, ...]:
    """What is often confused about a code."""
    return tuple(
        Mistaken(entry.id, entry.claim, entry.said, entry.said_by, entry.says, entry.codes, entry.cites)
        for entry in desk.lore.confused_of(code)
    )


def beside(desk: Desk, code: str) -> CodePage | None:
    """The page of a place of service, of a modifier, or of a code of HCPCS Level II; None for any other."""
    place, modifier, supply = desk.place(code), desk.book.modifier(code), desk.book.supply(code)
    if place is not None:
        return with_panels(desk, _place(desk, place))
    if modifier is not None:
        made = _used(desk, "modifier", modifier, desk.modifier_row(code))
        return with_panels(desk, made)
    if supply is not None:
        made = _used(desk, "hcpcs", supply, desk.supply_row(supply))
        return with_panels(desk, replace(made, plain=supply.plain, category=supply.kind))
    return None


SETTINGS = {
    "facility": "A practitioner is paid the amount of a facility there.",
    "nonfacility": "A practitioner is paid the amount outside of a facility there.",
    "not_settled": "Which amount a practitioner is paid there is not settled by the list.",
}


def _place(desk: Desk, place: Place) -> CodePage:
    """The page of a place of service."""
    ref = (desk.place_row(place),)
    return replace(
        empty(desk, "pos", f"{POS}{place.code}", place.title),
        plain=place.plain,
        wording="ours",
        valid=place.span.covers(desk.on),
        start=place.span.start,
        end=place.span.end,
        notes=(Said(SETTINGS[place.setting], ref, place.cites),),
        cites=place.cites,
    )


def _used(desk: Desk, system: str, held: Modifier | Supply, ref: RowRef) -> CodePage:
    """A code that says when it is used and when not."""
    notes = (
        Said(f"Use: {held.use.rstrip('.')}.", (ref,), held.cites),
        Said(f"Do not use: {held.not_for.rstrip('.')}.", (ref,), held.cites),
    )
    return replace(
        empty(desk, system, held.code, held.title),
        wording="ours",
        valid=held.span.covers(desk.on),
        start=held.span.start,
        end=held.span.end,
        notes=notes,
        mistaken=mistaken(desk, held.code),
        cites=held.cites,
    )
