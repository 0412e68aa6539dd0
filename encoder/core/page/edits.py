"""Code pairs and add-on relations as a page shows them, and what two codes are to each other on a date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from encoder.core.book import HOSPITAL, PRACTITIONER
from encoder.core.codes import Pair, Relation, RelationRow, State
from encoder.core.page.evidence import PRACTITIONER_PAIRS, Desk, RowRef
from encoder.core.page.model import AddOn, Edit

PAYER, PARTIAL, BOTH_ADD_ONS, NO_LIST = "payer", "partial", "both_add_ons", "none"
EXTRACT = "ncci-ptp-2024q3#"
"""The source of the bundled code pairs, which are a part of the published table."""


def edits_of(desk: Desk, code: str) -> tuple[Edit, ...]:
    """Every code pair that names the code on the date, both directions and settings."""
    return tuple(_edit(desk, pair, code) for pair in desk.book.pairs(code) if pair.span.covers(desk.on))


def _edit(desk: Desk, pair: Pair, code: str) -> Edit:
    first = pair.column1 == code
    other = pair.column2 if first else pair.column1
    means = desk.lore.meanings["pair_indicator"].of(pair.indicator)
    row = desk.pair_row(pair)
    return Edit(other, desk.title(other), first, pair.setting, pair.indicator, means, pair.rationale, pair.cites, row)


def filtered(
    edits: Iterable[Edit], text: str = "", setting: str = "", indicator: str = "", first: bool | None = None
) -> tuple[Edit, ...]:
    """The edits that hold every word of a text (in code, title or rationale) and the other choices; empty is any."""
    words = text.lower().split()
    return tuple(
        edit
        for edit in edits
        if setting in ("", edit.setting)
        and indicator in ("", edit.indicator)
        and first in (None, edit.first)
        and all(word in f"{edit.other} {edit.title} {edit.rationale}".lower() for word in words)
    )


def extracted(desk: Desk, code: str) -> bool:
    """Whether all code pairs of a code are in the book.

    The bundled pairs were taken out of the published table for the codes whose unit limits were taken out with them. Of
    other codes only some pairs are held, so that "no pair" says nothing about them. An imported table is whole.
    """
    if not any(cite.startswith(EXTRACT) for cite in desk.edition_cites(PRACTITIONER_PAIRS)):
        return True
    bundled = desk.edition(PRACTITIONER_PAIRS)
    return any(f.field == "mue_practitioner" and f.edition == bundled for f in desk.book.indicators(code))


def add_on_list(desk: Desk, code: str) -> str:
    """The type of the add-on's list on the date; empty when the code is no add-on with a list here."""
    rows = (row for days, row in desk.book.relation_days(code) if row.add_on == code and days.covers(desk.on))
    return next((row.list_type for row in rows if row.list_type), "")


@dataclass(frozen=True, slots=True)
class Together:
    """What two codes are to each other on a date.

    Attributes:
        add_on: the one of the two that the add-on table files as the add-on; empty when it files neither.
        state: allowed, barred, not_listed, payer (no list), partial (on no partial list), both_add_ons (two add-ons
            that do not name each other) or none (neither has a list here).
        basis: what the row says; ``row`` is that row, ``withdrawn`` a bar that has ended.
        edits: the code pairs between them, seen from ``first``.
        pairs_known: whether all pairs of both are in the book, so that none found means none published.
    """

    first: str
    second: str
    add_on: str
    state: str
    basis: str
    row: RelationRow | None
    withdrawn: RelationRow | None
    edits: tuple[Edit, ...]
    pairs_known: bool

    @property
    def primary(self) -> str:
        """The other one of an add-on; empty without an add-on."""
        return "" if not self.add_on else self.second if self.add_on == self.first else self.first


def together(desk: Desk, first: str, second: str) -> Together:
    """The add-on state of two codes in either order, and the code pairs between them in both settings."""
    found: list[tuple[str, str, Relation]] = []
    for add_on, primary in ((first, second), (second, first)):
        kind = add_on_list(desk, add_on)
        if kind:
            found.append((add_on, kind, desk.book.relation(add_on, primary, desk.on)))
    add_on, state, relation = _strongest(found)
    edits = tuple(
        _edit(desk, pair, first)
        for setting in (PRACTITIONER, HOSPITAL)
        if (pair := desk.book.pair(first, second, setting, desk.on)) is not None
    )
    row = relation.row if relation else None
    return Together(
        first,
        second,
        add_on,
        state,
        row.basis if row else "",
        row,
        relation.withdrawn if relation else None,
        edits,
        extracted(desk, first) and extracted(desk, second),
    )


def _strongest(found: list[tuple[str, str, Relation]]) -> tuple[str, str, Relation | None]:
    """The relation that decides: a row before the absence of one, an allowing row before a barring one."""
    for state in (State.ALLOWED, State.BARRED):
        for add_on, _, relation in found:
            if relation.state is state:
                return add_on, str(state), relation
    if not found:
        return "", NO_LIST, None
    add_on, kind, relation = next((entry for entry in found if entry[2].withdrawn), found[0])
    if len(found) > 1 and relation.withdrawn is None:
        return add_on, BOTH_ADD_ONS, relation
    return add_on, {"2": PAYER, "3": PARTIAL}.get(kind, str(State.NOT_LISTED)), relation


def add_ons_of(desk: Desk, code: str) -> tuple[AddOn, ...]:
    """The codes that the add-on table relates to a code.

    For an add-on: every code of its list and of its bars. For any other code: every add-on of the book, listed or not,
    so that all three states can be read off.
    """
    if add_on_list(desk, code):
        rows = [row for row in desk.book.relations(code) if code in (row.add_on, row.primary)]
        others = sorted({row.primary if row.add_on == code else row.add_on for row in rows} - {"*"})
    else:
        others = [other.code for other in desk.book.codes() if other.code != code and add_on_list(desk, other.code)]
    made = [_add_on(desk, together(desk, code, other), other) for other in others]
    order = ("allowed", "barred", PAYER, PARTIAL)
    made.sort(key=lambda entry: (order.index(entry.state) if entry.state in order else len(order), entry.code))
    return tuple(made)


def _add_on(desk: Desk, pair: Together, other: str) -> AddOn:
    def ref(row: RelationRow | None) -> RowRef | None:
        return desk.relation_row(row) if row else None

    state = str(State.NOT_LISTED) if pair.state == BOTH_ADD_ONS else pair.state
    row = pair.row or pair.withdrawn
    kind = add_on_list(desk, pair.add_on)
    cites = row.cites if row else ()
    return AddOn(other, desk.title(other), state, pair.basis, kind, cites, ref(pair.row), ref(pair.withdrawn))
