"""What goes with a code and what does not: primaries, add-ons, bars and code pairs."""

from __future__ import annotations

from collections.abc import Iterable

from encoder.core.add_on import is_add_on
from encoder.core.ask.answer import Draft, Talk, held_off, near_codes, refused
from encoder.core.ask.kinds import ADD_ONS, BARRED, EDITS, PRIMARIES
from encoder.core.codes import Code
from encoder.core.page.beside import edition_notes, undated
from encoder.core.page.edits import PARTIAL, PAYER, add_on_list, add_ons_of, edits_of, extracted
from encoder.core.page.evidence import Desk, Said, cites_of
from encoder.core.page.model import Edit


def primaries(desk: Desk, code: Code) -> Draft:
    """The primaries of an add-on on the date."""
    fault = undated(desk, code)
    if fault is not None:
        return held_off(desk, code, fault, PRIMARIES)
    kind = add_on_list(desk, code.code)
    if not kind:
        if is_add_on(desk.book, code.code):
            return refused(
                f"the list of primaries of {code.code} is not loaded.", near_codes(desk, (code.code,)), PRIMARIES
            )
        said = Said(
            f"{code.code} is no add-on: it has no list of primaries, it is one itself.",
            (desk.code_row(code),),
            code.cites,
        )
        return Draft(
            PRIMARIES, (said, *_carries(desk, code)), "no_add_on", (), True, (), near_codes(desk, (code.code,))
        )
    means = desk.lore.meanings["list_type"]
    listed = [entry for entry in add_ons_of(desk, code.code) if entry.state == "allowed"]
    codes = tuple(entry.code for entry in listed)
    rows = tuple(entry.row for entry in listed if entry.row)
    if kind == "2":
        row = next(row for row in desk.book.relations(code.code) if row.add_on == code.code)
        talk = Talk().add(f"{code.code} has no list: {row.basis}.", (desk.relation_row(row),), row.cites)
        return Draft(PRIMARIES, tuple(talk.all(_notes(desk)).said), PAYER, (), True, (), near_codes(desk, (code.code,)))
    talk = Talk().add(f"{code.code} goes with {len(codes)} primaries: {', '.join(codes)}.", rows, listed[0].cites)
    talk.add(f"Its list is of type {kind}: {means.of(kind)}.", (), means.cites)
    talk.all(Said(f"{entry.code} {entry.title}.", (entry.row,) if entry.row else (), entry.cites) for entry in listed)
    return Draft(PRIMARIES, tuple(talk.all(_notes(desk)).said), "listed", codes, True, (), near_codes(desk, codes))


def add_ons(desk: Desk, code: Code) -> Draft:
    """The add-ons that may go with a primary on the date."""
    fault = undated(desk, code)
    if fault is not None:
        return held_off(desk, code, fault, ADD_ONS)
    if add_on_list(desk, code.code):
        said = Said(
            f"{code.code} is an add-on itself: it goes with primaries, no add-on goes with it.",
            (desk.code_row(code),),
            code.cites,
        )
        return Draft(
            ADD_ONS, (said, *primaries(desk, code).said), "add_on", (), True, (), near_codes(desk, (code.code,))
        )
    entries = add_ons_of(desk, code.code)
    allowed = [entry for entry in entries if entry.state == "allowed"]
    codes = tuple(entry.code for entry in allowed)
    rows = tuple(entry.row for entry in allowed if entry.row)
    cites = cites_of(*(entry.cites for entry in allowed)) or desk.edition_cites("aoc")
    if codes:
        talk = Talk().add(
            f"{code.code} is on the list of {', '.join(codes)}: these add-ons may go with it.", rows, cites
        )
        talk.all(
            Said(f"{entry.code} {entry.title}.", (entry.row,) if entry.row else (), entry.cites) for entry in allowed
        )
    else:
        talk = Talk().add(f"No add-on of the book lists {code.code} among its primaries.", (), cites)
    talk.all(_carries(desk, code))
    return Draft(
        ADD_ONS,
        tuple(talk.all(_notes(desk)).said),
        "listed" if codes else "none",
        codes,
        True,
        (),
        near_codes(desk, codes or (code.code,)),
    )


def _carries(desk: Desk, code: Code) -> Iterable[Said]:
    """What else the add-on table says of a primary: bars, and lists that are left to the payer."""
    entries = add_ons_of(desk, code.code)
    barred = [entry for entry in entries if entry.state == "barred"]
    if barred:
        rows = tuple(entry.row for entry in barred if entry.row)
        yield Said(f"Barred with it: {', '.join(entry.code for entry in barred)}.", rows, barred[0].cites)
    left = [entry.code for entry in entries if entry.state in (PAYER, PARTIAL)]
    if left:
        yield Said(f"Left to the payer: {', '.join(left)}.", (), desk.lore.meanings["list_type"].cites)


def barred(desk: Desk, code: Code) -> Draft:
    """The codes that must not be reported with a code: bars of the add-on table, then code pairs."""
    fault = undated(desk, code)
    if fault is not None:
        return held_off(desk, code, fault, BARRED)
    entries = [entry for entry in add_ons_of(desk, code.code) if entry.state == "barred"]
    codes = tuple(entry.code for entry in entries)
    rows = tuple(entry.row for entry in entries if entry.row)
    cites = cites_of(*(entry.cites for entry in entries)) or desk.edition_cites("aoc")
    if codes:
        said = f"Barred with {code.code} by name, {len(codes)} in all: {', '.join(codes)}."
        talk = Talk().add(said, rows, cites)
    else:
        talk = Talk().add(f"No code is barred with {code.code} by name in the add-on table.", (), cites)
    if add_on_list(desk, code.code) == "1":
        means = desk.lore.meanings["list_type"]
        talk.add(
            "Every code that is not on its closed list is not listed: with it alone the add-on is not payable.",
            (),
            means.cites,
        )
    inside = sorted({pair.column2 for pair in desk.book.pairs(code.code) if pair.column1 == code.code} - set(codes))
    above = sorted({pair.column1 for pair in desk.book.pairs(code.code) if pair.column2 == code.code} - set(codes))
    for others, what in ((inside, "gives way to it at one site"), (above, "takes its place at one site")):
        if others:
            pairs = [p for p in desk.book.pairs(code.code) if p.column1 in others or p.column2 in others]
            talk.add(
                f"By code pairs, each of these {what}: {', '.join(others)}.",
                tuple(map(desk.pair_row, pairs)),
                pairs[0].cites,
            )
    talk.all(edition_notes(desk, "aoc", "ptp_practitioner"))
    return Draft(
        BARRED,
        tuple(talk.said),
        "listed" if codes else "none",
        codes,
        True,
        (),
        near_codes(desk, codes[:4] or (code.code,)),
    )


def edits(desk: Desk, code: Code, setting: str) -> Draft:
    """Every code pair of a code, put together by direction and indicator."""
    fault = undated(desk, code)
    if fault is not None:
        return held_off(desk, code, fault, EDITS)
    near = near_codes(desk, (code.code,))
    found = [edit for edit in edits_of(desk, code.code) if setting in ("", edit.setting)]
    if not found:
        known = extracted(desk, code.code)
        why = "no code pair names it; none found is no proof" if known else "its code pairs are not loaded"
        return refused(f"{code.code}: {why}.", near, EDITS, tuple(edition_notes(desk, "ptp_practitioner")))
    groups: dict[tuple[bool, str], list[Edit]] = {}
    for edit in found:
        groups.setdefault((edit.first, edit.indicator), []).append(edit)
    others = {edit.other for edit in found}
    talk = Talk().add(f"{code.code} stands in code pairs with {len(others)} codes.", (), found[0].cites)
    for (first, indicator), same in sorted(groups.items(), reverse=True):
        names = ", ".join(sorted({edit.other for edit in same}))
        lead = f"{code.code} is paid and these give way" if first else f"These are paid and {code.code} gives way"
        rows = tuple(edit.row for edit in same)
        talk.add(f"{lead}, indicator {indicator} ({same[0].means}): {names}.", rows, same[0].cites)
    if not extracted(desk, code.code):
        talk.add(f"Not all code pairs of {code.code} are held.")
    talk.all(edition_notes(desk, "ptp_practitioner", "ptp_hospital"))
    return Draft(EDITS, tuple(talk.said), "listed", tuple(sorted(others)), True, (), near)


def _notes(desk: Desk) -> Iterable[Said]:
    return edition_notes(desk, "aoc")
