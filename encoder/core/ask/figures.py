"""Questions about one published figure of a code: add-on or not, units, global days, facility status."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from encoder.core.add_on import is_add_on
from encoder.core.ask.answer import Draft, Talk, near_asks, near_codes, refused
from encoder.core.ask.kinds import ADD_ON, FACILITY, GLOBAL, UNITS
from encoder.core.codes import Code, Indicator
from encoder.core.page import values
from encoder.core.page.beside import NOT_LOADED, edition_notes
from encoder.core.page.edits import add_on_list
from encoder.core.page.evidence import Desk, Said


def whether_add_on(desk: Desk, code: Code, *, alone: bool) -> Draft:
    """Whether a code is an add-on, and so never alone and never first.

    Args:
        alone: whether the question is if it stands alone, rather than if it is an add-on.
    """
    row = (desk.code_row(code),)
    near = near_codes(desk, (code.code,))
    if not is_add_on(desk.book, code.code):
        said = Said(f"{code.code} is no add-on: it stands by itself, and add-ons follow it.", row, code.cites)
        return Draft(ADD_ON, (said,), "no", (code.code,), True, (), near, "yes" if alone else "no")
    kind = add_on_list(desk, code.code)
    means = desk.lore.meanings["list_type"]
    talk = Talk().add(
        f"{code.code} is an add-on: never alone and never first, always after a primary.", row, code.cites
    )
    if kind:
        talk.add(f"The list of primaries of {code.code} is of type {kind}: {means.of(kind)}.", (), means.cites)
    talk.all(said_of(desk, code.code, ("global_days",)))
    near = (*near, *near_asks(f"which primaries go with {code.code}"))
    return Draft(ADD_ON, tuple(talk.said), "yes", (code.code,), True, (), near, "no" if alone else "yes")


def units(desk: Desk, code: Code, setting: str, wanted: int = 0) -> Draft:
    """The unit limit of a code in both settings, of the date or of the last edition before it.

    Args:
        wanted: a number of units that the question asks for; 0 when it names none.
    """
    fields: tuple[str, ...] = (
        "mue_practitioner",
        "mue_practitioner_mai",
        "mue_outpatient_hospital",
        "mue_outpatient_hospital_mai",
    )
    if setting:
        fields = tuple(field for field in fields if setting in field)
    found = _latest(desk, code.code, fields)
    near = near_codes(desk, (code.code,))
    if not found:
        return refused(
            f"no unit limit is loaded for {code.code}; no limit found does not mean that there is none.", near, UNITS
        )
    first = found[0]
    what_ = desk.lore.meanings[first.field].label.lower()
    talk = Talk().add(
        f"{code.code}: {first.value} unit{'' if first.value == '1' else 's'} a day ({what_}, {first.edition}).",
        (desk.figure_row(first),),
        first.cites,
    )
    if wanted:
        fits = wanted <= int(first.value)
        talk.add(f"{wanted} units are {'within' if fits else 'above'} it.", (desk.figure_row(first),), first.cites)
    talk.all(_worded(desk, found[1:]))
    late = [figure for figure in found if not figure.span.covers(desk.on)]
    if late:
        talk.add(f"The loaded limits end before {desk.on}: they are the newest that are held.", (), late[0].cites)
    polar = "" if not wanted else "yes" if wanted <= int(first.value) else "no"
    return Draft(UNITS, tuple(talk.said), "", (code.code,), True, (), near, polar)


def global_days(desk: Desk, code: Code) -> Draft:
    """The global period of a code on the date."""
    return _of_fields(desk, code, GLOBAL, ("global_days",), "the global period")


def facility(desk: Desk, code: Code, *, centre: bool, inpatient_only: bool) -> Draft:
    """What hospital outpatient and surgery centre say of a code on the date.

    Args:
        centre: whether the question is about a surgery centre, which then comes first.
        inpatient_only: whether it is about the inpatient-only list, which then comes first.
    """
    near = near_codes(desk, (code.code,))
    said = list(values.facility(desk, code.code))
    notes = [
        Said(f"{service.say}.", (desk.service_row(service),), service.cites)
        for service in desk.lore.services_of(code.code, code.category)
        if "inpatient_only" in service.about
    ]
    loaded = any(entry.rows for entry in said)
    status = desk.book.indicator(code.code, "opps_si", desk.on)
    if status is not None and inpatient_only:
        listed = status.value == "C"
        is_ = "is" if listed else "is not"
        told = f"{code.code} {is_} inpatient-only on {desk.on}: its outpatient status is {status.value}."
        notes.insert(0, Said(told, (desk.figure_row(status),), status.cites))
        said = [*notes, *said]
    else:
        said = [*(said[::-1] if centre else said), *notes]
    if not loaded:
        return refused(
            f"the facility status of {code.code} is not loaded for {desk.on}.", near, FACILITY, said, NOT_LOADED
        )
    said[0] = (
        said[0]
        if said[0].say.startswith(code.code)
        else Said(f"{code.code}: {said[0].say}", said[0].rows, said[0].cites)
    )
    fee = said_of(desk, code.code, ("status",))
    return Draft(FACILITY, (*said, *fee, *edition_notes(desk, "opps", "asc")), "", (code.code,), True, (), near)


_KINDS = {"global_days": GLOBAL, "list_type": ADD_ON, "mue_practitioner_mai": UNITS}


def has_value(desk: Desk, code: Code, field: str, value: str) -> Draft:
    """Whether a figure of a code, or the type of its add-on list, is the value asked about."""
    kind = _KINDS.get(field, FACILITY)
    if field == "list_type":
        draft, held = whether_add_on(desk, code, alone=False), add_on_list(desk, code.code)
        said = (draft.said[1], draft.said[0], *draft.said[2:]) if held else draft.said
        return replace(draft, said=said, polar="yes" if held == value else "no")
    meaning = desk.lore.meanings[field]
    name = f"{meaning.label[:1].lower()}{meaning.label[1:]}"
    draft = _of_fields(desk, code, kind, (field,), name)
    figure = desk.book.indicator(code.code, field, desk.on)
    return draft if figure is None else replace(draft, polar="yes" if figure.value == value else "no")


def _of_fields(desk: Desk, code: Code, kind: str, fields: Sequence[str], name: str) -> Draft:
    near = near_codes(desk, (code.code,))
    said = list(said_of(desk, code.code, fields))
    if not said:
        held = _latest(desk, code.code, fields)
        others = [
            Said(f"In {f.edition}: {values.figure_of(desk, f).label} {f.value}.", (desk.figure_row(f),), f.cites)
            for f in held
        ]
        return refused(f"{name} of {code.code} is not loaded for {desk.on}.", near, kind, others, NOT_LOADED)
    return Draft(kind, tuple(said), "", (code.code,), True, (), near)


def said_of(desk: Desk, code: str, fields: Sequence[str]) -> Iterable[Said]:
    """Published figures of a code on the date, a sentence each."""
    found = (desk.book.indicator(code, field, desk.on) for field in fields)
    return _worded(desk, [figure for figure in found if figure is not None])


def _worded(desk: Desk, found: Iterable[Indicator]) -> Iterable[Said]:
    for figure in found:
        spelled = values.figure_of(desk, figure)
        means = f": {spelled.means}" if spelled.means else ""
        unit = f" {spelled.unit}" if spelled.unit and spelled.unit != values.DOLLARS else ""
        yield Said(f"{spelled.label} of {figure.code}: {figure.value}{unit}{means}.", (spelled.row,), spelled.cites)


def _latest(desk: Desk, code: str, fields: Sequence[str]) -> list[Indicator]:
    """For each field the figure of the date, else the newest one that began before it."""
    found = []
    for field in fields:
        held = [f for f in desk.book.indicators(code) if f.field == field and (f.span.start or date.min) <= desk.on]
        current = [f for f in held if f.span.covers(desk.on)] or held
        found += current[:1]
    return found
