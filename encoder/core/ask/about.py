"""What codes are, and what the note must say for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from encoder.core.add_on import is_add_on
from encoder.core.ask.answer import Draft, Talk, near_codes, refused
from encoder.core.ask.kinds import NOTE, WHAT
from encoder.core.codes import Cites, Code, Diagnosis
from encoder.core.page.beside import undated
from encoder.core.page.edits import add_on_list
from encoder.core.page.evidence import Desk, RowRef, Said
from encoder.core.page.page import GRAFTS, checks
from encoder.core.reference import IcdEntry


def what(desk: Desk, codes: Sequence[str]) -> Draft:
    """What codes are, each in a few sentences."""
    talk = Talk()
    for code in codes:
        talk.all(_told(desk, code))
    known = tuple(code for code in codes if desk.title(code))
    return Draft(WHAT, tuple(talk.said), "", known, True, (), near_codes(desk, codes))


def _told(desk: Desk, code: str) -> Iterable[Said]:
    """What a code of any code set is."""
    book = desk.book
    held, diagnosis, procedure = book.code(code), desk.diagnosis(code), book.procedure(code)
    if held is not None:
        return _cpt(desk, held)
    if diagnosis is not None:
        return _diagnosis(desk, code, diagnosis)
    if procedure is not None:
        return (Said(f"{procedure.code}: {procedure.title}.", (desk.procedure_row(procedure),), procedure.cites),)
    modifier, supply, entry = book.modifier(code), book.supply(code), book.icd_entry(code)
    if modifier is not None:
        head = f"Modifier {code}: {modifier.title}. {modifier.use}"
        return _all((desk.modifier_row(code),), modifier.cites, head, f"Not: {modifier.not_for}")
    if supply is not None:
        head = f"{code} (HCPCS Level II): {supply.title}. {supply.plain}."
        row = (desk.supply_row(supply),)
        return _all(row, supply.cites, head, f"Use: {supply.use}.", f"Not: {supply.not_for}.")
    return _entry(desk, entry) if entry is not None else ()


def _all(rows: tuple[RowRef, ...], cites: Cites, *texts: str) -> Iterable[Said]:
    return tuple(Said(text, rows, cites) for text in texts)


def _entry(desk: Desk, entry: IcdEntry) -> Iterable[Said]:
    """An entry of the whole tabular list, outside the diagnoses of the scope."""
    row = (desk.entry_row(entry),)
    yield Said(f"{entry.code}: {entry.title}.", row, entry.cites)
    if not entry.billable(desk.on):
        yield Said(f"{entry.code} is no code that a claim carries as it stands on {desk.on}.", row, entry.cites)
    yield Said("It is outside the diagnoses that the product answers for.", row, entry.cites)


def _cpt(desk: Desk, code: Code) -> Iterable[Said]:
    row = (desk.code_row(code),)
    yield Said(f"{code.code}: {code.title}. {code.plain}.", row, code.cites)
    yield Said(f"{GRAFTS[code.includes_graft]} Site: {code.site}.", row, code.cites)
    if is_add_on(desk.book, code.code):
        kind = add_on_list(desk, code.code)
        listed = f", with a list of type {kind}" if kind else ""
        yield Said(f"It is an add-on{listed}: after its primary, never alone.", row, code.cites)
    fault = undated(desk, code)
    if fault is not None:
        yield fault
        yield from _mistaken(desk, code.code)
    for service in desk.lore.services_of(code.code, code.category):
        if service.state == "use":
            yield Said(f"{service.say}.", (desk.service_row(service),), service.cites)


def _diagnosis(desk: Desk, written: str, row: Diagnosis) -> Iterable[Said]:
    ref = (desk.diagnosis_row(row),)
    head = f"{written} stands under the heading {row.code}" if written != row.code else row.code
    yield Said(f"{head}: {row.title}.", ref, row.cites)
    if row.note:
        yield Said(f"{row.note.rstrip('.')}.", ref, row.cites)
    if row.seventh:
        yield Said(f"A seventh character is due: {row.seventh.replace(' ', ', ')}.", ref, row.cites)


def _mistaken(desk: Desk, code: str) -> Iterable[Said]:
    """What is said of a code that is not valid, and what the tables say."""
    for entry in desk.lore.confused_of(code):
        yield Said(f"Said: {entry.said} {entry.says}", (desk.confused_row(entry),), entry.cites)


def note(desk: Desk, codes: Sequence[str]) -> Draft:
    """The facts that the note must show for codes."""
    found = {code: checks(desk, code) for code in codes}
    near = near_codes(desk, codes)
    empty = [code for code, facts in found.items() if not facts]
    if len(empty) == len(codes):
        return refused(f"no documentation checklist is held for {', '.join(codes)}.", near, NOTE)
    talk = Talk()
    for code, facts in found.items():
        if facts:
            rows = tuple(desk.fact_row(fact.id) for fact in facts)
            labels = "; ".join(fact.label.lower() for fact in facts)
            talk.add(f"For {code} the note must show: {labels}.", rows, facts[0].cites)
            talk.all(Said(f"{fact.label}: {fact.say}.", (desk.fact_row(fact.id),), fact.cites) for fact in facts)
        else:
            talk.add(f"No checklist is held for {code}.")
    return Draft(NOTE, tuple(talk.said), "", tuple(code for code in codes if code not in empty), True, (), near)
