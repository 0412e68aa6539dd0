"""Questions about money: relative values and payment of codes, national or in a locality."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from encoder.core.ask.answer import Draft, Talk, near_asks, near_codes, refused
from encoder.core.ask.figures import said_of
from encoder.core.ask.kinds import PRICE
from encoder.core.ask.lexicon import Where
from encoder.core.page import localities, values
from encoder.core.page.beside import NOT_LOADED
from encoder.core.page.evidence import Desk, cites_of
from encoder.core.page.model import Paid

MOST_PLACES = 12
"""Localities of a state that an answer lists."""


def price(desk: Desk, codes: Sequence[str], where: Where | None, *, relative: bool) -> Draft:
    """Payment and relative values of codes on the date: national, or in the localities that a place stands for.

    Args:
        relative: whether the question asks for relative values rather than for dollars.
    """
    near = near_codes(desk, codes)
    talk = Talk()
    told = [_told(desk, code, talk, relative=relative) for code in codes]
    if where is not None:
        return _local(desk, codes, where, talk)
    if not all(told):
        what_ = "no values" if relative else "no payment"
        return refused(f"{what_} of {', '.join(codes)} loaded for {desk.on}.", near, PRICE, talk.said, NOT_LOADED)
    if relative:
        talk.said.sort(key=lambda said: "relative values" not in said.say)
    talk.add(
        "A national amount before the locality; Medicare's own rules may reduce it.",
        (),
        desk.lore.meanings["conversion_factor"].cites,
    )
    return Draft(PRICE, tuple(talk.said), "", tuple(codes), True, (), near)


def _told(desk: Desk, code: str, talk: Talk, *, relative: bool) -> bool:
    """Say what a code is worth nationally; whether what was asked for is loaded."""
    year = values.year_on(desk, code)
    if year is None:
        talk.add(f"No values of {code} are loaded for {desk.on}.")
        return False
    if year.dollars and not Decimal(year.dollars):
        talk.all(said_of(desk, code, ("status",)))
    if year.dollars:
        how = f"total {year.total} times the factor {year.factor}" if year.computed else "published"
        talk.add(f"{code}: US$ {year.dollars} national, facility, {year.edition} ({how}).", year.rows, year.cites)
    parts = (
        ("work", year.work),
        ("practice expense", year.practice),
        ("malpractice", year.malpractice),
        ("total", year.total),
    )
    told = ", ".join(f"{name} {value}" for name, value in parts if value)
    talk.add(f"{code}, relative values, {year.edition}: {told}.", year.rows, year.cites)
    if not year.dollars:
        talk.add(f"The payment of {code} is not loaded for {desk.on}; nothing is worked out from another year.")
    return bool(year.work if relative else year.dollars)


def _local(desk: Desk, codes: Sequence[str], where: Where, talk: Talk) -> Draft:
    """The amounts in the localities that a place stands for, before what the codes are worth nationally."""
    near = near_codes(desk, codes)
    count = len(desk.book.localities(desk.on))
    if not count:
        talk.add(localities.MISSING)
        return refused(f"the amount in {where.words.title()} is not loaded.", near, PRICE, talk.said, NOT_LOADED)
    if not where.named:
        asks = near_asks(f"how much is {codes[0]} in Alabama", f"how much is {codes[0]} in Chicago")
        why = f"it does not say which of the {count} localities is meant; name its state or its town."
        return refused(why, (*asks, *near), PRICE, talk.said)
    paid = {code: localities.paid(desk, code) for code in codes}
    without = [code for code, places in paid.items() if not places]
    if without:
        why = f"no amount of {', '.join(without)} can be worked out for {desk.on}."
        return refused(why, near, PRICE, talk.said, NOT_LOADED)
    found = {code: localities.found(places, where.words, where.state) for code, places in paid.items()}
    if not all(found.values()):
        why = f"none of the {count} loaded localities is named '{where.words.title()}'; name its state instead."
        return refused(why, near, PRICE, talk.said)
    said = Talk()
    for code, places in found.items():
        amounts(code, where, places, said)
    talk.said.append(localities.note(desk, paid[codes[0]]))
    return Draft(PRICE, (*said.said, *talk.said), "", tuple(codes), True, (), near)


def amounts(code: str, where: Where, places: Sequence[Paid], talk: Talk) -> None:
    """One locality in a sentence; of several the range, then each."""
    if len(places) > 1:
        paid = sorted(Decimal(entry.facility) for entry in places)
        lead = f"{code} in {where.words.title()}, {len(places)} localities"
        rows, cites = tuple(entry.row for entry in places), cites_of(*(entry.cites for entry in places))
        talk.add(f"{lead}: US$ {paid[0]} to US$ {paid[-1]} in a facility.", rows, cites)
    for entry in places[:MOST_PLACES]:
        outside = f", US$ {entry.office} outside of one" if entry.office else ""
        rare = " (rarely done there)" if entry.rare else ""
        place = localities.name(entry.place)
        say = f"{code} in {place}: US$ {entry.facility} in a facility{outside}{rare}, GPCI {entry.row.edition}."
        talk.add(say, (entry.row,), entry.cites)
