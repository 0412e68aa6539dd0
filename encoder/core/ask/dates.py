"""Whether a code is valid on a date, since when it is, and what took its place."""

from __future__ import annotations

from dataclasses import replace

from encoder.core.ask.answer import Draft, Near, Talk, near_codes, refused
from encoder.core.ask.kinds import HISTORY, REPLACED, VALID
from encoder.core.codes import Code, Diagnosis, Procedure
from encoder.core.page import values
from encoder.core.page.beside import NOT_LOADED, NOT_VALID, undated, unloaded
from encoder.core.page.evidence import Desk, RowRef, Said
from encoder.core.page.history import history, known_before, replaces

INCOMPLETE = "incomplete"


def valid(desk: Desk, code: str, *, ended: bool) -> Draft:
    """Whether a code is valid on the desk's date.

    Args:
        ended: whether the question is if the code has ended, so that yes and no change places.
    """
    near = near_codes(desk, (code,))
    yes, no = ("no", "yes") if ended else ("yes", "no")
    held, diagnosis, procedure = desk.book.code(code), desk.diagnosis(code), desk.book.procedure(code)
    if held is not None:
        fault = undated(desk, held)
        if fault is not None and unloaded(desk, held):
            return refused(fault.say, near, VALID, (fault,), NOT_LOADED)
        if fault is not None:
            return Draft(VALID, (fault,), NOT_VALID, (code,), True, (), near, no)
        start = f"in use by {held.span.start}" if known_before(held) else f"since {held.span.start}"
        say = f"{code} is valid on {desk.on}: {start}, until: {held.span.end or 'no end is known'}."
        return Draft(VALID, (Said(say, (desk.code_row(held),), held.cites),), "valid", (code,), True, (), near, yes)
    if diagnosis is not None:
        fault = _incomplete(desk, diagnosis, code)
        if fault is not None:
            return Draft(VALID, (fault,), INCOMPLETE, (code,), True, (), near, "" if ended else no)
        return _public(desk, code, diagnosis, desk.diagnosis_row(diagnosis), near, yes)
    if procedure is not None:
        return _public(desk, code, procedure, desk.procedure_row(procedure), near, yes)
    return _beside(desk, code, near, yes, no)


def _beside(desk: Desk, code: str, near: tuple[Near, ...], yes: str, no: str) -> Draft:
    """The validity of a code of HCPCS Level II, or of an entry of the whole list of ICD-10-CM."""
    supply, entry = desk.book.supply(code), desk.book.icd_entry(code)
    if supply is not None:
        held, span, table = Said(supply.title, (desk.supply_row(supply),), supply.cites), supply.span, "hcpcs"
    else:
        assert entry is not None
        held, span, table = Said(entry.title, (desk.entry_row(entry),), entry.cites), entry.span, "icd10cm_list"
    if not (span.covers(desk.on) and desk.covers(table)):
        return refused(
            f"{code} is not loaded for {desk.on}: loaded is {desk.loaded(table)}.", near, VALID, (held,), NOT_LOADED
        )
    if entry is not None and not entry.billable(desk.on):
        whole = replace(held, say=f"{code} is no code that a claim carries as it stands: {held.say}.")
        return Draft(VALID, (whole,), INCOMPLETE, (code,), True, (), near, "" if yes == "no" else no)
    said = replace(held, say=f"{code} is valid on {desk.on}: {held.say}.")
    return Draft(VALID, (said,), "valid", (code,), True, (), near, yes)


def _incomplete(desk: Desk, row: Diagnosis, written: str) -> Said | None:
    """Why a diagnosis as written is no whole code, with what it needs; None when it is one."""
    ref = (desk.diagnosis_row(row),)
    if row.laterality == "varies":
        return Said(
            f"{written} stands under the heading {row.code}, which is no code of a claim: {row.title}.", ref, row.cites
        )
    due = row.seventh.split()
    if not due or (written != row.code and written[-1] in due):
        return None
    letters = ", ".join(due)
    if written == row.code:
        return Said(f"{written} is not whole: a seventh character is due ({letters}).", ref, row.cites)
    return Said(f"{written} is no code: the seventh character of {row.code} is one of {letters}.", ref, row.cites)


def _public(desk: Desk, code: str, row: Diagnosis | Procedure, ref: RowRef, near: tuple[Near, ...], yes: str) -> Draft:
    """The validity of a code of a public code set, which is known for the dates of the loaded editions alone."""
    if row.span.covers(desk.on):
        said = Said(f"{code} is valid on {desk.on}: {row.title}.", (ref,), row.cites)
        return Draft(VALID, (said,), "valid", (code,), True, (), near, yes)
    loaded = desk.loaded("icd10cm" if isinstance(row, Diagnosis) else "icd10pcs")
    why = f"no loaded edition covers {desk.on}: loaded is {loaded}."
    return refused(why, near, VALID, (Said(row.title, (ref,), row.cites),), NOT_LOADED)


def began(desk: Desk, code: Code) -> Draft:
    """The history of a code, its first day first."""
    services = tuple(desk.lore.services_of(code.code, code.category))
    events = history(desk, code, values.years(desk, code.code), services)
    talk = Talk()
    row = (desk.code_row(code),)
    if known_before(code):
        first = f"{code.code} was in use by {code.span.start}, the first date that the program answers for"
    else:
        first = f"{code.code} begins on {code.span.start}"
    last = f"; its last day was {code.span.end}" if code.span.end else ""
    talk.add(f"{first}{last}.", row, code.cites)
    for event in events:
        when = f"{event.on}: " if event.on else ""
        talk.add(f"{when}{event.say.rstrip('.')}.", (event.row,) if event.row else (), event.cites)
    return Draft(HISTORY, tuple(talk.said), "", (code.code,), True, (), near_codes(desk, (code.code,)))


def replaced(desk: Desk, code: Code) -> Draft:
    """What took the place of a code, and which codes it took the place of."""
    row, near = (desk.code_row(code),), near_codes(desk, (code.code,))
    older = replaces(desk, code.code)
    said = [
        Said(f"{service.say}.", (desk.service_row(service),), service.cites)
        for service in desk.lore.services_of(code.code, code.category)
        if service.state == "history"
    ]
    if code.replaced_by:
        after = f"{code.replaced_by} took the place of {code.code}, whose last day was {code.span.end}."
        return Draft(
            REPLACED,
            (Said(after, row, code.cites), *said),
            "",
            (code.replaced_by,),
            True,
            (),
            near_codes(desk, (code.replaced_by,)),
        )
    if older:
        names = ", ".join(other.code for other in older)
        rows = tuple(map(desk.code_row, older))
        return Draft(
            REPLACED,
            (Said(f"{code.code} took the place of {names}.", rows, older[0].cites), *said),
            "",
            tuple(o.code for o in older),
            True,
            (),
            near,
        )
    if code.span.end is not None:
        told = f"No code is named in the place of {code.code}, whose last day was {code.span.end}."
    else:
        told = f"Nothing has replaced {code.code}: it has no last day here. No code is held that it replaced."
    return Draft(REPLACED, (Said(told, row, code.cites), *said), "none", (), True, (), near)
