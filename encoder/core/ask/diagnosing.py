"""Diagnoses: which fit a code, whether one does, and the code for a diagnosis in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from encoder.core.ask.answer import Draft, Talk, near_codes, near_questions, refused
from encoder.core.ask.kinds import DIAGNOSIS
from encoder.core.ask.lexicon import Term
from encoder.core.codes import Code, Diagnosis
from encoder.core.page.diagnoses import diagnoses, named, vague
from encoder.core.page.evidence import Desk, cites_of
from encoder.core.tree.model import Values

SHOWN = 6
"""Codes of a family that a sentence names."""


def fitting(desk: Desk, code: Code, answers: Mapping[str, Values]) -> Draft:
    """The diagnoses that fit a code at its site, and those that warn."""
    groups = diagnoses(desk, code, answers)
    near = near_codes(desk, (code.code,))
    fits = [group for group in groups if group.fits]
    if not fits:
        return refused(f"no diagnosis of the scope is tied to {code.code}.", near, DIAGNOSIS)
    cites = desk.lore.fits.cites
    codes = tuple(name for group in fits for name in group.codes)
    named_ = "; ".join(f"{group.title.lower()} {_some(group.codes)}" for group in fits)
    shown = (desk.diagnosis(name) for group in fits for name in group.codes[:SHOWN])
    rows = (desk.code_row(code), *(desk.diagnosis_row(row) for row in shown if row is not None))
    talk = Talk().add(f"Diagnoses that fit {code.code} by kind and site: {named_}.", rows, cites)
    for group in groups:
        for warned in group.warnings:
            talk.add(
                f"{group.title} ({_some(group.codes)}): {warned.say}",
                (desk.tree_row(f"warning:{warned.id}"),),
                warned.cites,
            )
    talk.add(
        "The diagnosis decides no code here; it must agree with the pathology, and its side with LT or RT.", (), cites
    )
    return Draft(DIAGNOSIS, tuple(talk.said), "", codes, True, (), near)


def _some(codes: Sequence[str]) -> str:
    return ", ".join(codes[:SHOWN]) + (" and others" if len(codes) > SHOWN else "")


def supports(desk: Desk, code: Code, written: str, row: Diagnosis, answers: Mapping[str, Values]) -> Draft:
    """Whether a diagnosis fits a code, warns with it, or belongs to another site or kind of procedure."""
    ref = (desk.diagnosis_row(row),)
    near = near_codes(desk, (code.code,))
    groups = {group.family: group for group in diagnoses(desk, code, answers)}
    group = groups.get(row.family)
    talk = Talk()
    if not row.span.covers(desk.on):
        return refused(f"no loaded edition of ICD-10-CM holds {written} on {desk.on}.", near, DIAGNOSIS)
    if group is None or row.code not in group.codes:
        where = "its site is another, or" if group is not None else "its kind does not go with it, or"
        talk.add(
            f"{written} ({row.title}) is not among the diagnoses of {code.code}: {where} it is not specific.",
            ref,
            row.cites,
        )
        state = "not_fitting"
    elif group.fits:
        talk.add(
            f"{written} ({row.title}) fits {code.code} by kind and site.",
            ref,
            cites_of(row.cites, desk.lore.fits.cites),
        )
        state = "fits"
    else:
        talk.add(f"{written} ({row.title}) warns with {code.code}.", ref, row.cites)
        state = "warns"
    for warned in group.warnings if group is not None and row.code in group.codes else ():
        talk.add(f"{warned.id}: {warned.say}", (desk.tree_row(f"warning:{warned.id}"),), warned.cites)
    if row.note:
        talk.add(f"{row.note.rstrip('.')}.", ref, row.cites)
    talk.add(
        "The diagnosis decides no code here: the bone and what was done decide.",
        (),
        ("cpt-guideline-notes#bone-tumours",),
    )
    return Draft(DIAGNOSIS, tuple(talk.said), state, (written,), True, (), near)


def pick(desk: Desk, terms: Sequence[Term], sites: Sequence[str], side: str) -> Draft:
    """The diagnosis codes of a family named in words, at a site and on a side."""
    families = [term for term in terms if term.family]
    if not families:
        return refused(
            "the question names no diagnosis that the tables hold.", near_questions(desk, ("diagnosis",)), DIAGNOSIS
        )
    family = families[-1].family
    words = [word for site in sites for part in site.split("_") for word in desk.lore.fits.sites.get(part, ())]
    rows = [row for row in desk.book.diagnoses(family) if row.span.covers(desk.on)]
    at = [row for row in rows if not vague(row) and (not sites or not row.area or named(words, row))]
    if sites and any(row.area for row in rows) and not any(row.area for row in at):
        at = []  # codes of no site belong to a site of the family, and it is none of them
    sided = [row for row in at if side in ("", row.laterality) or row.laterality == "none"]
    shown = [row for row in sided if row.laterality != "unspecified"] or sided
    label = next((a.say for a in desk.tree.questions["diagnosis"].answers if a.id == family), family)
    if not shown:
        return refused(f"no code of '{label}' is held for that site.", near_questions(desk, ("diagnosis",)), DIAGNOSIS)
    codes = tuple(row.code for row in shown)
    refs = tuple(map(desk.diagnosis_row, shown[:12]))
    talk = Talk().add(f"{label}: {_some(codes)}.", refs, shown[0].cites)
    for row in shown[:12]:
        due = f" A seventh character is due: {row.seventh.replace(' ', ', ')}." if row.seventh else ""
        talk.add(f"{row.code}: {row.title}.{due}", (desk.diagnosis_row(row),), row.cites)
    notes = dict.fromkeys(row.note for row in shown if row.note)
    for text in list(notes)[:2]:
        talk.add(f"{text.rstrip('.')}.", refs[:1], shown[0].cites)
    if len(codes) > 1:
        talk.add("Which of them depends on the exact site, the side and the pathology.", (), desk.lore.fits.cites)
    return Draft(DIAGNOSIS, tuple(talk.said), "", codes, True, (), near_codes(desk, codes[:SHOWN]))
