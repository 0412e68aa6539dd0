"""Which modifiers a code takes, and why: from its published indicators and our own rules about modifiers."""

from __future__ import annotations

from encoder.core.codes import Code, Indicator
from encoder.core.page.evidence import Desk, cites_of
from encoder.core.page.lore import ModifierRule, Ruling
from encoder.core.page.model import ModifierVerdict

NOT_LOADED = "not_loaded"


def verdicts(desk: Desk, code: Code) -> tuple[ModifierVerdict, ...]:
    """The verdict of every modifier, in the order of the file; those of single fingers or toes only where they fit."""
    return tuple(
        verdict(desk, code, modifier)
        for modifier in desk.lore.modifiers.values()
        if not modifier.sites or code.site in modifier.sites
    )


def verdict(desk: Desk, code: Code, modifier: ModifierRule) -> ModifierVerdict:
    """Whether a code takes a modifier on the date.

    An exemption goes before the indicator, the indicator before a general rule. An indicator of another year decides
    nothing: the verdict is then not_loaded.
    """
    figure = desk.book.indicator(code.code, modifier.by, desk.on) if modifier.by else None
    exempt = next((entry for entry in modifier.exemptions if code.code in entry.codes), None)
    if exempt is not None:
        opposed = desk.book.indicator(code.code, exempt.field, desk.on) if exempt.field else None
        against = exempt.against if opposed is not None and opposed.value in exempt.values else ""
        return _made(desk, modifier, exempt.ruling, opposed, against, exempt.cites)
    if modifier.by:
        if figure is None:
            label = desk.lore.meanings[modifier.by].label.lower()
            why = f"its indicator for {label} is not loaded for {desk.on}; nothing is taken from another year"
            return _made(desk, modifier, Ruling(NOT_LOADED, why), None)
        ruling = modifier.values.get(figure.value)
        if ruling is None:
            why = f"its indicator is {figure.value}, whose meaning is not known here"
            ruling = Ruling(NOT_LOADED, why)
        return _made(desk, modifier, ruling, figure)
    assert modifier.ruling is not None
    return _made(desk, modifier, _bounded(modifier, modifier.ruling, code), None)


def _bounded(modifier: ModifierRule, ruling: Ruling, code: Code) -> Ruling:
    """The ruling for the part of the body that the code is about."""
    if modifier.areas and modifier.elsewhere and code.area not in modifier.areas:
        return modifier.elsewhere
    if modifier.sites and modifier.at_sites and code.site in modifier.sites:
        return modifier.at_sites
    return ruling


def _made(
    desk: Desk,
    modifier: ModifierRule,
    ruling: Ruling,
    figure: Indicator | None,
    against: str = "",
    cites: tuple[str, ...] = (),
) -> ModifierVerdict:
    said = desk.modifier(modifier.code)
    rows = [desk.modifier_row(modifier.code)]
    if figure is not None:
        rows.insert(0, desk.figure_row(figure))
    return ModifierVerdict(
        modifier.code,
        said.title,
        ruling.verdict,
        ruling.why,
        said.use,
        said.not_for,
        figure.field if figure else "",
        figure.value if figure else "",
        against,
        cites_of(figure.cites if figure else (), cites, modifier.cites, said.cites),
        tuple(rows),
    )
