"""Modifiers: those that are unknown, repeated, at odds or out of order, and what the payment indicators say of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from encoder.core.edits.findings import Finding, RowRef
from encoder.core.edits.ground import Ground
from encoder.core.edits.units import bills

ROOM = 4
"""Modifiers that a line of a claim form holds."""


def check_modifiers(ground: Ground) -> Iterator[Finding]:
    """Every line's modifiers, then what they say of the lines together."""
    for place in ground.places:
        line = ground.lines[place]
        once = tuple(dict.fromkeys(line.modifiers))
        for modifier in once:
            yield from _one(ground, place, modifier)
            if line.modifiers.count(modifier) > 1:
                fix = ground.modify(place, once, f"keep {modifier} once")
                yield ground.finding("modifier_repeated", (place,), value=modifier, fix=fix)
        yield from _clashes(ground, place, once)
        yield from _form(ground, place, once)
        if ground.add_on(place):
            yield from _global(ground, place)
    yield from _two_lines(ground)


def _one(ground: Ground, place: int, modifier: str) -> Iterator[Finding]:
    """What is wrong with one modifier on one line; of the policies the first that fires counts."""
    rule = ground.rules.modifiers.get(modifier)
    if rule is None:
        yield ground.finding("modifier_unknown", (place,), value=modifier)
        return
    off = ground.without(place, modifier)
    row = RowRef("edits", modifier, "")
    if rule.setting not in ("", ground.claim.setting):
        yield ground.finding("setting_modifier", (place,), value=modifier, row=row, cites=rule.cites, fix=off)
    area = ground.area(place)
    if rule.region and area and rule.region != area:
        yield ground.finding("place_modifier", (place,), value=modifier, row=row, cites=rule.cites, fix=off)
    if modifier == "XP" and not any(line.practitioner for line in ground.lines):
        yield ground.finding("separate_practitioner", (place,), row=row)
    yield from _policy(ground, place, modifier)


def _policy(ground: Ground, place: int, modifier: str) -> Iterator[Finding]:
    policies = [
        policy for policy in ground.rules.policies_of.get(modifier, ()) if policy.setting in ("", ground.claim.setting)
    ]
    for policy in policies:
        trait = ground.has(place, policy.field, policy.value)
        if trait is not None:
            severity = ground.rules.rules[policy.rule].severity
            fix = None if severity == "note" else ground.without(place, modifier)
            yield ground.finding(policy.rule, (place,), value=modifier, row=trait.row, cites=policy.cites, fix=fix)
            return
    figures = {policy.field for policy in policies if policy.field.endswith("_ind")}
    if ground.loaded(place) and any(ground.trait(place, field) is None for field in figures):
        yield ground.finding("indicator_not_loaded", (place,), value=modifier)


def _clashes(ground: Ground, place: int, once: Sequence[str]) -> Iterator[Finding]:
    for one, other in combinations(ground.rules.ordered(once), 2):
        cites = ground.rules.clashes.get(frozenset((one, other)))
        if cites is not None:
            row = RowRef("edits", f"{one}:{other}", "")
            yield ground.finding("modifier_clash", (place,), value=f"{one} and {other}", row=row, cites=cites)


def _form(ground: Ground, place: int, once: Sequence[str]) -> Iterator[Finding]:
    """How many modifiers there are, in which order, and 50 with more than one unit."""
    line = ground.lines[place]
    if len(once) > ROOM:
        yield ground.finding("modifiers_many", (place,))
    ordered = ground.rules.ordered(once)
    if ordered != tuple(once):
        fix = ground.modify(place, ordered, f"write {line.code}-{'-'.join(ordered)}")
        yield ground.finding("modifier_order", (place,), value="-".join(ordered), fix=fix)
    if "50" in once and line.units > 1 and ground.has(place, "bilateral_ind", "1"):
        yield ground.finding("bilateral_units", (place,), units=line.units)


def _global(ground: Ground, place: int) -> Iterator[Finding]:
    """A modifier of a global period that stands on every listed primary and not on the add-on."""
    primaries = ground.listed(place)
    held = {
        other: {m for m in ground.lines[other].modifiers if ground.rules.opens(m) == "global"} for other in primaries
    }
    shared = set.intersection(*held.values()) if held else set()
    mine = {m for m in ground.lines[place].modifiers if ground.rules.opens(m) == "global"}
    for modifier in sorted(shared - mine) if not mine else ():
        added = ground.rules.ordered([*ground.lines[place].modifiers, modifier])
        fix = ground.modify(place, added, f"put {modifier} on line {place + 1}")
        yield ground.finding("global_not_followed", (place, primaries[0]), value=modifier, fix=fix)


def _two_lines(ground: Ground) -> Iterator[Finding]:
    """Both sides of one code on two lines, where one line with 50 is usual."""
    for places in bills(ground):
        if len(places) == 2 and {ground.side(place) for place in places} == {"left", "right"}:
            trait = ground.has(places[0], "bilateral_ind", "1")
            if trait is not None:
                yield ground.finding("bilateral_two_lines", places, row=trait.row)
