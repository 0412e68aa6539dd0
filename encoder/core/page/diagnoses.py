"""The diagnoses at the site of a procedure: which fit, and which make the tree warn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from encoder.core.codes import Code, Diagnosis
from encoder.core.page.evidence import Desk
from encoder.core.page.model import DiagnosisGroup, Warned
from encoder.core.tree.model import Values
from encoder.core.tree.rules import firing
from encoder.core.tree.walk import walk

FAMILY, CODE = "diagnosis", "diagnosis_code"
PASSED = {"W17", "W18", "W19"}
"""Warnings that a page leaves out: it shows only what is at the site, and names sides and seventh characters itself."""
_VAGUE = re.compile(r"\b(other|unspecified|multiple) (sites?|specified)")
_ADD_ON_OF = {"addon_structural_allograft": "radical_resection_bone"}
"""An add-on stands beside its primaries: what fits them fits it."""


def diagnoses(desk: Desk, code: Code, answers: Mapping[str, Values]) -> tuple[DiagnosisGroup, ...]:
    """The families of diagnoses that fit the code or warn with it, with their codes at its site, in the tree's order.

    Args:
        answers: one way to the code (see ``reverse.first_answers``); without one nothing warns.
    """
    question = desk.tree.questions.get(FAMILY)
    if question is None:
        return ()
    category = _ADD_ON_OF.get(code.category, code.category)
    fitting = desk.lore.fits.families.get(category, ())
    made = []
    for answer in question.answers:
        rows = at_site(desk, desk.book.diagnoses(answer.id), code)
        if not rows:
            continue
        warnings = _warnings(desk, answers, rows[0]) if answers else ()
        if any(warned.severity == "stop" for warned in warnings) and answer.id not in fitting:
            continue
        if answer.id in fitting or warnings:
            codes = tuple(row.code for row in rows)
            made.append(DiagnosisGroup(answer.id, answer.say, answer.id in fitting, codes, warnings))
    made.sort(key=lambda group: not group.fits)
    return tuple(made)


def at_site(desk: Desk, rows: Iterable[Diagnosis], code: Code) -> tuple[Diagnosis, ...]:
    """The diagnoses whose title names the site of the code, and those of no site at all.

    Left out are titles of an "other" or unspecified site, and unspecified sides where the family has sided codes. For a
    code of a wide site the part of the body decides.
    """
    parts = re.findall(r"[a-z]+", code.site.lower())
    fits = desk.lore.fits
    wide = next((fits.anywhere[part] for part in parts if part in fits.anywhere), None)
    words = tuple(word for part in parts for word in fits.sites.get(part, ()))
    held = [row for row in rows if row.span.covers(desk.on)]
    if any(row.laterality != "unspecified" for row in held):
        held = [row for row in held if row.laterality != "unspecified"]
    return tuple(row for row in held if _at(row, words, wide))


def _at(row: Diagnosis, words: tuple[str, ...], wide: tuple[str, ...] | None) -> bool:
    if not row.area:
        return not vague(row)
    if wide is not None:
        return row.area in wide or not wide
    return named(words, row)


def vague(row: Diagnosis) -> bool:
    """Whether a title is of an "other", unspecified or multiple site."""
    return bool(_VAGUE.search(row.title))


def named(words: Iterable[str], row: Diagnosis) -> bool:
    """Whether a title holds one of the words; a star stands for a side."""
    patterns = (r"\b" + word.replace("* ", r"(\w+ )?") for word in words)
    return any(re.search(pattern, row.title.lower()) for pattern in patterns)


def _warnings(desk: Desk, answers: Mapping[str, Values], row: Diagnosis) -> tuple[Warned, ...]:
    """The warnings that the tree gives for a diagnosis on one way, and would not give without it."""
    plain = _fired(desk, answers)
    given = {**answers, FAMILY: frozenset((row.family,)), CODE: frozenset((complete(row),))}
    names = [name for name in _fired(desk, given) if name not in plain and name not in PASSED]
    found = [desk.tree.warnings[name] for name in dict.fromkeys(names)]
    return tuple(Warned(w.id, w.severity, w.say, w.cites) for w in found)


def _fired(desk: Desk, answers: Mapping[str, Values]) -> list[str]:
    """The warnings of every rule that holds at the end of a way."""
    facts = walk(desk.tree, desk.book, answers, desk.on).facts
    return [
        effect.value for rule in firing(desk.tree, facts, desk.on) for effect in rule.effects if effect.how == "warn"
    ]


def complete(row: Diagnosis) -> str:
    """A code with its first seventh character, filled up with X, where one is due."""
    return with_seventh(row.code, row.seventh[0]) if row.seventh else row.code


def with_seventh(code: str, letter: str) -> str:
    """A code with a seventh character, the places before it filled up with X."""
    stem = code.replace(".", "")
    full = f"{stem:X<6}{letter}"
    return f"{full[:3]}.{full[3:]}"
