"""Words of the trade, groups of codes, and subjects outside the product."""

from __future__ import annotations

from collections.abc import Sequence

from encoder.core.ask.answer import Draft, Talk, near_codes, refused
from encoder.core.ask.kinds import FAMILY, MEANING, OUT_OF_SCOPE
from encoder.core.ask.lexicon import CodeFamily, GlossaryEntry, Scope
from encoder.core.codes import Code
from encoder.core.page.evidence import Desk, Said, cites_of


def meaning_of(desk: Desk, entries: Sequence[GlossaryEntry]) -> Draft:
    """What words of the trade or values of a figure mean."""
    talk = Talk()
    for entry in entries:
        rows = tuple(desk.code_row(code) for code in map(desk.book.code, entry.codes) if code is not None)
        if entry.figure:
            figure = desk.lore.meanings[entry.figure]
            talk.add(f"{figure.label} {entry.value}: {figure.of(entry.value)}.", (), figure.cites)
        else:
            talk.add(entry.say, rows, entry.cites)
    codes = tuple(dict.fromkeys(code for entry in entries for code in entry.codes))
    return Draft(MEANING, tuple(talk.said), "", codes, True, (), near_codes(desk, codes))


def family(desk: Desk, wanted: Sequence[CodeFamily]) -> Draft:
    """The codes of a group."""
    names = [name for group in wanted for name in group.families]
    found = [f for f in desk.tree.families if f.id in names]
    codes = tuple(dict.fromkeys(code for f in found for code in f.codes))
    talk = Talk().add(
        f"{', '.join(codes)}.",
        tuple(desk.tree_row(f"family:{f.id}") for f in found),
        cites_of(*(f.cites for f in found)),
    )
    for f in found:
        for code in f.codes:
            talk.add(f"{code}: {desk.title(code)}; for {f.needs}.", (desk.tree_row(f"family:{f.id}"),), f.cites)
    return Draft(FAMILY, tuple(talk.said), "", codes, True, (), near_codes(desk, codes))


def outside(desk: Desk, scopes: Sequence[Scope], code: Code | None) -> Draft:
    """A subject outside the product: said as such, with the right codes where the book has them."""
    refusing = [scope for scope in scopes if scope.refuse]
    scope = (refusing or list(scopes))[0]
    codes = tuple(name for name in scope.codes if desk.book.code(name) is not None)
    rows = [desk.lookup_row(row) for row in desk.book.rows(scope.table) if row.code in codes] if scope.table else []
    if scope.refuse:
        return refused(
            scope.say, near_codes(desk, [code.code] if code else []), OUT_OF_SCOPE, (Said(scope.say, (), scope.cites),)
        )
    talk = Talk()
    if code is not None:
        talk.add(f"{code.code} is not for this. {scope.say}", rows, scope.cites)
        talk.add(f"{code.code}: {code.title}.", (desk.code_row(code),), code.cites)
    else:
        talk.add(scope.say, rows, scope.cites)
    for name in codes:
        talk.add(
            f"{name}: {desk.title(name)}.",
            tuple(row for row in rows if row.key.startswith(scope.table))[:1],
            scope.cites,
        )
    answered = bool(codes) or code is not None
    if not answered:
        talk.said[0] = Said(f"I cannot answer that with a code. {scope.say}", (), scope.cites)
    return Draft(OUT_OF_SCOPE, tuple(talk.said), scope.id, codes, answered, (), near_codes(desk, codes))
