"""The page of one code on one date, of whichever system: everything the tables, the tree and our own facts hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from encoder.core.add_on import is_add_on
from encoder.core.codes import Code
from encoder.core.page import diagnoses, edits, history, icd10cm, icd10pcs, localities, modifiers, others, values
from encoder.core.page.evidence import Desk, Said, cites_of
from encoder.core.page.lore import Service
from encoder.core.page.model import AddOn, Check, CodePage, Figure, Held
from encoder.core.page.panels import with_panels
from encoder.core.tree.model import Values

OURS = "ours; the official descriptor is the AMA's and is not shipped"
OFFICIAL = "the official descriptor, from licensed files that were imported here"
GRAFTS = {
    "none": "No graft is inside the code.",
    "autograft_included": "The patient's own bone is inside the code, and so is taking it.",
    "autograft_if_performed": "The patient's own bone is inside the code when it is used.",
    "allograft_included": "Donor material is inside the code.",
    "allograft_if_performed": "Donor bone is inside the code when it is used.",
    "graft_is_the_service": "The graft is the service.",
    "not_defined": "The code says nothing about a graft.",
}


def page(desk: Desk, code: str, answers: Mapping[str, Values]) -> CodePage | None:
    """The page of a code as it is written; None when no table names it.

    Args:
        answers: one way of the tree to the code (``reverse.first_answers``), for what depends on it; may be empty.
    """
    held = desk.book.code(code)
    if held is not None:
        return _cpt(desk, held, answers)
    diagnosis = desk.diagnosis(code)
    if diagnosis is not None:
        return icd10cm.diagnosis(desk, diagnosis, code)
    procedure, built = desk.book.procedure(code), desk.built(code)
    if procedure is not None:
        return icd10pcs.procedure(desk, procedure)
    if built is not None:
        return icd10pcs.built(desk, built)
    beside = others.beside(desk, code)
    if beside is not None:
        return beside
    entry = desk.book.icd_entry(code)
    return icd10cm.entry(desk, entry) if entry is not None else None


# ---------------------------------------------------------------------------------------------- CPT


def _cpt(desk: Desk, code: Code, answers: Mapping[str, Values]) -> CodePage:
    services = tuple(desk.lore.services_of(code.code, code.category))
    add_ons = edits.add_ons_of(desk, code.code)
    years = values.years(desk, code.code)
    paid = localities.paid(desk, code.code)
    figures = values.figures(desk, code.code)
    title = desk.title(code.code)
    made = replace(
        others.empty(desk, "cpt", code.code, title),
        plain=code.plain,
        ours=code.title if title != code.title else "",
        wording=OFFICIAL if title != code.title else OURS,
        picture=desk.lore.picture(code.code, code.category),
        site=code.site,
        category=code.category,
        valid=code.span.covers(desk.on),
        start=code.span.start,
        end=code.span.end,
        chips=_chips(desk, code, figures),
        notes=(Said(GRAFTS[code.includes_graft], (desk.code_row(code),), code.cites),),
        held=tuple(_held(desk, service) for service in services if service.state in ("inside", "apart", "never")),
        guidelines=(*_sequence(desk, code), *_partners(desk, code, add_ons), *_uses(desk, services)),
        checks=tuple(checks(desk, code.code)),
        modifiers=modifiers.verdicts(desk, code),
        diagnoses=diagnoses.diagnoses(desk, code, answers),
        edits=edits.edits_of(desk, code.code),
        add_ons=add_ons,
        years=years,
        paid=paid,
        value_notes=(localities.note(desk, paid),) if years else (),
        figures=figures,
        facility=values.facility(desk, code.code),
        history=history.history(desk, code, years, services),
        mistaken=others.mistaken(desk, code.code),
        cites=code.cites,
    )
    return with_panels(desk, made)


def _chips(desk: Desk, code: Code, figures: tuple[Figure, ...]) -> tuple[str, ...]:
    held = {figure.field: figure.value for figure in figures}
    kind = edits.add_on_list(desk, code.code)
    chips = []
    if is_add_on(desk.book, code.code):
        chips.append(f"add-on, type {kind}" if kind else "add-on")
    chips.append(f"{code.span.start or 'always'} to {code.span.end or 'no end'}")
    chips += [f"status {held['status']}"] if "status" in held else []
    chips += [f"global {held['global_days']}"] if "global_days" in held else []
    if "mue_practitioner" in held:
        units = held["mue_practitioner"]
        chips.append(f"{units} unit{'' if units == '1' else 's'} a day, MAI {held['mue_practitioner_mai']}")
    return tuple(chips)


def _held(desk: Desk, service: Service) -> Held:
    return Held(service.id, service.state, service.say, service.codes, service.cites, desk.service_row(service))


def _uses(desk: Desk, services: tuple[Service, ...]) -> tuple[Said, ...]:
    uses = (service for service in services if service.state == "use")
    return tuple(Said(f"{service.say}.", (desk.service_row(service),), service.cites) for service in uses)


def _sequence(desk: Desk, code: Code) -> tuple[Said, ...]:
    """Where the code stands on a claim."""
    row, cites = desk.code_row(code), code.cites
    if not is_add_on(desk.book, code.code):
        return (Said("Sequence: it stands by itself; an add-on follows it.", (row,), cites),)
    kind = edits.add_on_list(desk, code.code)
    means = desk.lore.meanings["list_type"]
    said = f"Its list is of type {kind}: {means.of(kind)}." if kind else "Its list of primaries is not loaded."
    return (
        Said(
            f"Sequence: an add-on, after its primary, never first and never alone. {said}",
            (row,),
            cites_of(cites, means.cites),
        ),
    )


def _partners(desk: Desk, code: Code, add_ons: tuple[AddOn, ...]) -> tuple[Said, ...]:
    """With which codes it is used, and with which it must not be: one sentence for each state and each basis."""
    found: dict[tuple[str, str], list[AddOn]] = {}
    for entry in add_ons:
        if entry.row is not None and entry.state in ("allowed", "barred"):
            found.setdefault((entry.state, entry.basis), []).append(entry)
    words = {"allowed": "Use with", "barred": "Do not use with"}
    said = [
        Said(
            f"{words[state]} {', '.join(entry.code for entry in entries)}. {basis}.",
            tuple(entry.row for entry in entries if entry.row is not None),
            entries[0].cites,
        )
        for (state, basis), entries in found.items()
    ]
    closed = [entry.code for entry in add_ons if entry.state == "not_listed" and entry.list_type == "1"]
    if closed and not is_add_on(desk.book, code.code):
        cites = desk.edition_cites("aoc")
        said.append(
            Said(f"Not on the closed list of {', '.join(closed)}: with it alone they are not payable.", (), cites)
        )
    return tuple(said)


def checks(desk: Desk, code: str) -> tuple[Check, ...]:
    """The facts that the note must hold for a CPT code: those of its kind, then its own."""
    held = desk.book.code(code)
    subjects = (f"category:{held.category}", code) if held else (code,)
    found = {fact.id: fact for subject in subjects for fact in desk.book.documentation(subject)}
    return tuple(Check(fact.id, fact.label, fact.say, fact.question, fact.cites) for fact in found.values())
