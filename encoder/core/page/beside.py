"""May two codes stand on one claim: the state in words, with its rows, both settings and what modifiers change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from encoder.core.add_on import is_add_on
from encoder.core.book import HOSPITAL
from encoder.core.codes import Code
from encoder.core.page.edits import BOTH_ADD_ONS, NO_LIST, PARTIAL, PAYER, Together, add_on_list, together
from encoder.core.page.evidence import Desk, RowRef, Said, cites_of, dated
from encoder.core.page.history import known_before
from encoder.core.page.lore import Service
from encoder.core.page.model import Edit
from encoder.core.page.modifiers import verdict

NOT_LOADED, NOT_VALID, EDIT, NO_EDIT = "not_loaded", "not_valid", "edit", "no_edit_found"
PAIRS_NOT_LOADED, LIST_NOT_LOADED = "pairs_not_loaded", "list_not_loaded"
UNKNOWN_STATES = (NOT_LOADED, PAIRS_NOT_LOADED, LIST_NOT_LOADED)
"""States in which the tables do not say."""
OPENERS = "59, XE, XS, XP, XU, LT, RT, 58, 78 or 79"
WITHDRAWN = "W08"
IN_PLACE = "in_place"
HELD = {"never": "Never with {0}: {1}.", "inside": "Inside {0}: {1}.", "apart": "Apart from {0}: {1}."}
OWN_STATES = (IN_PLACE, *HELD)
"""States by our own facts, where no table speaks of the two codes; the first of several is the answer."""
TABLE, OWN_VERSION, HARVEST = "cpt", "own_version", "autograft_harvest"
_REFUSALS = ("50", "51", "62", "66")


@dataclass(frozen=True, slots=True)
class Beside:
    """The answer about two codes. ``state`` is that of ``Together``, or one of the states of this module.

    ``own`` are the states that our own facts give the two, the strictest first.
    """

    pair: Together
    state: str
    head: Said
    lines: tuple[Said, ...]
    own: tuple[str, ...] = ()


def undated(desk: Desk, code: Code) -> Said | None:
    """Why nothing can be said of a code on the date: no edition covers it, or the code is not valid; None if it is."""
    start, end = code.span.start, code.span.end
    row = (desk.code_row(code),)
    if start is not None and desk.on < start:
        if known_before(code):
            return Said(f"{code.code}: nothing is loaded before {start}.", row, code.cites)
        return Said(f"{code.code} begins on {start}; it did not exist on {desk.on}.", row, code.cites)
    if end is not None and desk.on > end:
        after = f"{code.replaced_by} took its place" if code.replaced_by else "no code is named in its place"
        return Said(f"{code.code} is not valid on {desk.on}: its last day was {end}, and {after}.", row, code.cites)
    if not desk.covers(TABLE):
        say = f"No edition of the codes covers {desk.on}: loaded is {desk.loaded(TABLE)}."
        return Said(say, (), desk.edition_cites(TABLE))
    return None


def unloaded(desk: Desk, code: Code) -> bool:
    """Whether the date lies outside what is loaded, so that even the validity of the code is not known."""
    before = code.span.start is not None and desk.on < code.span.start and known_before(code)
    return before or (code.span.covers(desk.on) and not desk.covers(TABLE))


def beside(desk: Desk, first: Code, second: Code, setting: str = "") -> Beside:
    """What the tables say of two codes on one claim.

    Args:
        setting: the setting that was asked for; empty shows both.
    """
    pair = together(desk, first.code, second.code)
    for code in (first, second):
        fault = undated(desk, code)
        if fault is not None:
            return Beside(pair, NOT_LOADED if unloaded(desk, code) else NOT_VALID, fault, ())
    edits = tuple(edit for edit in pair.edits if setting in ("", edit.setting))
    own = sorted((*_own(desk, first, second), *_own(desk, second, first)), key=lambda fact: OWN_STATES.index(fact[0]))
    missing = [code for code in (first, second) if is_add_on(desk.book, code.code) and not add_on_list(desk, code.code)]
    if pair.state == NO_LIST and missing and not edits:
        state, head = LIST_NOT_LOADED, _no_list(desk, missing[0])
    elif pair.state == NO_LIST and own and not edits:
        state, head = own[0]
    elif pair.state == NO_LIST:
        state, head = _by_edits(desk, pair, edits)
    else:
        state, head = pair.state, _head(desk, pair)
    facts = [said for _, said in own if said != head]
    lines = [*facts, *_relation_lines(desk, pair), *_edit_lines(desk, pair, edits), *_conditions(desk, pair)]
    notes = edition_notes(desk, "aoc", *_tables(setting))
    return Beside(pair, state, head, (*lines, *notes), tuple(state for state, _ in own))


def _own(desk: Desk, code: Code, other: Code) -> Iterator[tuple[str, Said]]:
    """What our own facts say of another code beside a code, each with its state."""
    version = own_version(desk, code) if other.category == HARVEST else None
    if version is not None:
        yield IN_PLACE, version
    for service in desk.lore.services_of(code.code, code.category):
        if other.code in service.codes and service.state in HELD:
            yield service.state, held(desk, code, service)


def held(desk: Desk, code: Code, service: Service) -> Said:
    """A fact of our own about what is inside a code, apart from it or never with it; a guideline as it stands."""
    codes = f" ({', '.join(service.codes)})" if service.codes else ""
    say = HELD.get(service.state, "{1}.").format(code.code, service.say + codes)
    return Said(say, (desk.service_row(service),), service.cites)


def own_version(desk: Desk, code: Code) -> Said | None:
    """The version of a code that contains the patient's own bone; None where there is none."""
    row = next((row for row in desk.book.rows(OWN_VERSION) if code.code in row.key and row.span.covers(desk.on)), None)
    if row is None:
        return None
    return Said(f"Not beside {code.code} but in its place: {row.code}. {row.say}", (desk.lookup_row(row),), row.cites)


def _tables(setting: str) -> tuple[str, ...]:
    both = ("ptp_practitioner", "ptp_hospital")
    return both if not setting else both[1:] if setting == HOSPITAL else both[:1]


# ---------------------------------------------------------------------------------------------- the add-on table


def _head(desk: Desk, pair: Together) -> Said:
    add_on, primary = pair.add_on, pair.primary
    rows = (desk.relation_row(pair.row),) if pair.row else ()
    cites = pair.row.cites if pair.row else desk.edition_cites("aoc")
    if pair.state == "allowed":
        kind = {"1": "its closed list of primaries", "3": "its partial list of primaries"}[add_on_list(desk, add_on)]
        return Said(f"{add_on} may go with {primary}: {primary} is on {kind}.", rows, cites)
    if pair.state == "barred":
        return Said(f"{add_on} must not go with {primary}: it is barred.", rows, cites)
    if pair.state == PAYER:
        said = f"{add_on} has no list of primaries (type 2): the payer decides whether it may go with {primary}."
        return Said(said, _list_rows(desk, add_on), cites)
    if pair.state == PARTIAL:
        said = f"{primary} is not on the partial list of {add_on} (type 3): the payer may accept it or not."
        return Said(said, _list_rows(desk, add_on), cites)
    if pair.state == BOTH_ADD_ONS:
        said = (
            f"{pair.first} and {pair.second} are both add-ons: neither is a primary of the other, each needs its own."
        )
        return Said(said, _list_rows(desk, add_on), cites)
    said = f"{add_on} is not payable with {primary} alone: {primary} is not on its closed list of primaries (type 1)."
    return Said(said, _list_rows(desk, add_on), cites)


def _list_rows(desk: Desk, add_on: str) -> tuple[RowRef, ...]:
    rows = [row for row in desk.book.relations(add_on) if row.add_on == add_on and row.kind != "barred"]
    return tuple(desk.relation_row(row) for row in rows if row.span.covers(desk.on))


def _relation_lines(desk: Desk, pair: Together) -> Iterator[Said]:
    if pair.row is not None:
        yield Said(f"{pair.basis}.", (desk.relation_row(pair.row),), pair.row.cites)
    if pair.state in ("not_listed", "barred") and add_on_list(desk, pair.add_on) == "1":
        listed = [
            row for row in desk.book.relations(pair.add_on) if row.add_on == pair.add_on and row.kind == "allowed"
        ]
        listed = [row for row in listed if row.span.covers(desk.on)]
        codes = ", ".join(row.primary for row in listed)
        cites = desk.edition_cites("aoc")
        yield Said(
            f"Primaries of {pair.add_on}: {codes}. With one of them on the claim, by the same practitioner on the same "
            f"day, it belongs to that one.",
            tuple(desk.relation_row(row) for row in listed),
            cites,
        )
    if pair.state == "not_listed":
        if pair.withdrawn is not None:
            row = pair.withdrawn
            ended = f"A bar between them ended on {row.span.end}."
            warning = desk.tree.warnings.get(WITHDRAWN)
            say = f"{ended} {warning.say}" if warning and pair.add_on == "20934" else ended
            yield Said(say, (desk.relation_row(row),), row.cites)
        elif not pair.edits:
            yield Said("No row bars the two by name; not barred is not allowed, since the list is closed.")


# ---------------------------------------------------------------------------------------------- code pairs


def _edit_lines(desk: Desk, pair: Together, edits: tuple[Edit, ...]) -> Iterator[Said]:
    found: dict[tuple[str, str, str], list[Edit]] = {}
    for edit in edits:
        found.setdefault((_column1(pair, edit), edit.indicator, edit.rationale), []).append(edit)
    for (column1, indicator, rationale), same in found.items():
        settings = " and ".join(edit.setting.replace("_", " ") for edit in same)
        column2 = pair.second if column1 == pair.first else pair.first
        say = (
            f"Code pair, {settings}: {column1} is paid and {column2} gives way, indicator {indicator}: "
            f"{same[0].means}. Reason: {rationale}."
        )
        yield Said(say, tuple(edit.row for edit in same), cites_of(*(edit.cites for edit in same)))
    manual = desk.lore.meanings["pair_indicator"].cites
    if any(edit.indicator == "1" for edit in edits):
        yield Said(
            f"Modifiers that can open it, for a separate site or encounter that the note shows: {OPENERS}; never 22, "
            "76 or 77. Neighbouring structures are one site.",
            (),
            manual,
        )
    if any(edit.indicator == "0" for edit in edits):
        yield Said("Indicator 0: no modifier opens it; unusual work is column 1 with 22.", (), manual)
    if not edits:
        yield _no_edit(desk, pair)


def _column1(pair: Together, edit: Edit) -> str:
    return pair.first if edit.first else pair.second


def _no_edit(desk: Desk, pair: Together) -> Said:
    edition = desk.edition("ptp_practitioner")
    if pair.pairs_known:
        return Said(f"Code pairs: none between the two in {edition}. No pair found is no proof that none exists.")
    return Said(f"Code pairs: not all pairs of the two are held ({edition}), so nothing is known of one between them.")


def _no_list(desk: Desk, code: Code) -> Said:
    said = f"{code.code} is an add-on whose list of primaries is not loaded, so nothing is known of its primary."
    return Said(said, (desk.code_row(code),), code.cites)


def _by_edits(desk: Desk, pair: Together, edits: tuple[Edit, ...]) -> tuple[str, Said]:
    """Neither code has a list: the code pairs decide."""
    first, second = pair.first, pair.second
    if not edits and not pair.pairs_known:
        said = f"No row speaks of {first} with {second}, and not all code pairs of the two are held."
        return PAIRS_NOT_LOADED, Said(said)
    if not edits:
        said = f"No edit was found between {first} and {second}: neither has a list of primaries"
        return NO_EDIT, Said(f"{said}, and no code pair names both.")
    column1 = _column1(pair, edits[0])
    column2 = second if column1 == first else first
    rows, cites = tuple(edit.row for edit in edits), cites_of(*(edit.cites for edit in edits))
    if edits[0].indicator == "0":
        said = f"{column2} must not go with {column1}: a code pair without exception puts it inside."
    else:
        said = f"{column2} does not go with {column1} at one site: a code pair puts it inside; only a separate site or "
        said += "encounter opens it."
    return EDIT, Said(said, rows, cites)


# ---------------------------------------------------------------------------------------------- modifiers, editions


def _conditions(desk: Desk, pair: Together) -> Iterator[Said]:
    """What modifiers change: none on the add-on that its indicators refuse, and no modifier lists a primary."""
    add_on = desk.book.code(pair.add_on) if pair.add_on else None
    if add_on is None:
        return
    if pair.state == "allowed":
        yield Said(
            "Both by the same practitioner, for the same patient, on the same day; the add-on follows its primary.",
            (),
            desk.lore.meanings["list_type"].cites,
        )
        refused = [verdict(desk, add_on, desk.lore.modifiers[name]) for name in _REFUSALS]
        refused = [entry for entry in refused if entry.verdict == "refused"]
        if refused:
            names = ", ".join(entry.modifier for entry in refused)
            rows = tuple(row for entry in refused for row in entry.rows)
            yield Said(f"Never on {pair.add_on}: {names}.", rows, cites_of(*(entry.cites for entry in refused)))
    elif pair.state in ("barred", "not_listed"):
        rule = desk.lore.modifiers["59"]
        yield Said(
            f"No modifier makes {pair.primary} a primary of {pair.add_on}; at another site it needs a listed primary "
            "there.",
            (desk.modifier_row(rule.code),),
            rule.cites,
        )


def edition_notes(desk: Desk, *tables: str) -> Iterator[Said]:
    """One sentence for each table whose loaded edition does not cover the date."""
    for note in desk.notes(*tables):
        if note.state != "covers":
            when = "ends before" if note.state == "older" else "begins after"
            yield Said(f"Edition: {dated(note.edition)}, {when} {desk.on}. {note.edition.note}", (), note.edition.cites)
