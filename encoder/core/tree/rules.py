"""The refining rules: modifiers, sides, surgeons, other work, second site. All that fire are applied at once.

The kinds of effect are applied in one fixed order (replace, drop, line, modify, split), never in the order of the
file, and two effects that contradict each other are an error that shows both rules. Which modifiers exclude each other
and in which order they stand is in the tables of the claim check (``db/sources/edits``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from encoder.core.codes import Row
from encoder.core.tree.facts import FactSheet
from encoder.core.tree.model import Effect, LineSpec, Outcome, Rule, Tree
from encoder.core.tree.near import Near
from encoder.core.tree.walk import Position
from encoder.errors import DataError

ROLES = ("primary", "add_on", "second_primary", "second_add_on", "other")


@dataclass(frozen=True, slots=True)
class Line:
    """One claim line. ``role`` is one of ROLES."""

    code: str
    role: str
    units: int = 1
    modifiers: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """As it is entered: 27365-LT."""
        return "-".join((self.code, *self.modifiers))

    @property
    def plain_role(self) -> str:
        """primary, add_on or other, as the command line says it."""
        return self.role.removeprefix("second_")


@dataclass(frozen=True, slots=True)
class Claim:
    """The claim of a position: lines in order, what the rules said on the way, and the table rows behind the lines."""

    lines: tuple[Line, ...]
    fired: tuple[Rule, ...]
    warnings: tuple[str, ...]
    reviews: tuple[str, ...]
    dropped: tuple[tuple[str, Rule], ...]
    rows: tuple[Row, ...] = ()


def claim(position: Position) -> Claim:
    """The claim lines of an end; empty where the position is a stop or not at an end yet.

    Raises:
        DataError: rules contradict each other, or a line has no code (a gap of the tables); the way is shown.
    """
    outcome = position.outcome
    if outcome is None or position.query is not None or position.pending is not None:
        return Claim((), (), (), (), ())
    return apply(position.tree, outcome, position.facts, position.on)


def apply(tree: Tree, outcome: Outcome, facts: FactSheet, on: date) -> Claim:
    """The lines of an outcome after every rule whose condition holds."""
    fired = firing(tree, facts, on)
    effects = [(rule, effect) for rule in fired for effect in rule.effects]
    lines = [_line(spec, facts, outcome.where) for spec in outcome.lines]
    lines = _replaced(lines, _of("replace", effects), facts)
    for rule, spec in ((rule, effect.line) for rule, effect in effects if effect.line is not None):
        _add(lines, _line(spec, facts, rule.where), rule)
    lines, dropped = _dropped(lines, _of("drop", effects), facts)
    lines = _modified(lines, _of("modify", effects), facts)
    lines = _split(lines, _of("split", effects), facts)
    lines.sort(key=lambda line: ROLES.index(line.role))
    rows = _rows(outcome, fired, facts)
    warnings = [
        *outcome.warn,
        *(w for row in rows for w in row.warn),
        *(effect.value for _, effect in _of("warn", effects)),
    ]
    reviews = [
        *(text for text in (outcome.review, *(row.review for row in rows)) if text),
        *(effect.value for _, effect in _of("review", effects)),
    ]
    return Claim(tuple(lines), tuple(fired), _once(warnings), _once(reviews), dropped, rows)


def firing(tree: Tree, facts: FactSheet, on: date) -> list[Rule]:
    """The rules whose condition holds on the date, in the order of the file (the order means nothing)."""
    found = {rule.id for rule in _near(tree).holding(facts) if rule.span.covers(on)}
    return [rule for rule in tree.rules if rule.id in found]


@lru_cache(maxsize=8)
def _near(tree: Tree) -> Near[Rule]:
    return Near(tree.rules)


Effects = Sequence[tuple[Rule, Effect]]


def _rows(outcome: Outcome, fired: Sequence[Rule], facts: FactSheet) -> tuple[Row, ...]:
    effects = [effect for rule in fired for effect in rule.effects]
    names = [spec.code_of for spec in (*outcome.lines, *(effect.line for effect in effects if effect.line is not None))]
    names += [effect.value for effect in effects if effect.how == "replace"]
    found = (facts.worked(name).evidence for name in names)
    return tuple(dict.fromkeys(row for row in found if isinstance(row, Row)))


def _of(how: str, effects: Effects) -> list[tuple[Rule, Effect]]:
    return [(rule, effect) for rule, effect in effects if effect.how == how]


def _once(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))


def _line(spec: LineSpec, facts: FactSheet, where: str) -> Line:
    code = spec.code or facts.one(spec.code_of)
    if not code:
        asked = ", ".join(f"{name}={'+'.join(sorted(values))}" for name, values in facts.asked.items())
        raise DataError(
            f"{where}: no table row gives '{spec.code_of}' for the {spec.role} line ({asked}); add the row."
        )
    return Line(code, spec.role, 1, spec.modifiers)


def _hits(line: Line, on: str, facts: FactSheet) -> bool:
    """Whether an effect is meant for a line: by its role, or by a fact that holds its code (roles come first)."""
    return line.role == on if on in ROLES else on == "all" or line.code == facts.one(on)


def _replaced(lines: list[Line], effects: Effects, facts: FactSheet) -> list[Line]:
    targets = [effect.on for _, effect in effects]
    for _, effect in effects:
        if targets.count(effect.on) > 1:
            both = " and ".join(r.where for r, e in effects if e.on == effect.on)
            raise DataError(f"Conflict: {both} both replace the {effect.on} line; let one of them apply.")
        lines = [
            replace(line, code=facts.one(effect.value)) if _hits(line, effect.on, facts) else line for line in lines
        ]
    return lines


def _dropped(lines: list[Line], effects: Effects, facts: FactSheet) -> tuple[list[Line], tuple[tuple[str, Rule], ...]]:
    gone: list[tuple[str, Rule]] = []
    for rule, effect in effects:
        gone += [(line.code, rule) for line in lines if _hits(line, effect.on, facts)]
        lines = [line for line in lines if not _hits(line, effect.on, facts)]
    return lines, tuple(gone)


def _add(lines: list[Line], line: Line, rule: Rule) -> None:
    if any(other.code == line.code and other.role == line.role for other in lines):
        raise DataError(f"Conflict: {rule.where} adds {line.code} a second time as {line.role}; let one rule add it.")
    lines.append(line)


def _modified(lines: list[Line], effects: Effects, facts: FactSheet) -> list[Line]:
    marks = facts.book.edit_rules()
    for index, line in enumerate(lines):
        given = [(rule, _modifier(effect, facts)) for rule, effect in effects if _hits(line, effect.on, facts)]
        modifiers = {*line.modifiers, *(value for _, value in given)}
        for pair in marks.clashes:
            if pair <= modifiers:
                both = " and ".join(rule.where for rule, value in given if value in pair)
                clash = ", ".join(sorted(pair))
                raise DataError(f"Conflict: {both} put {clash} on {line.code} at once; let one of them apply.")
        lines[index] = replace(line, modifiers=marks.ordered(sorted(modifiers)))
    return lines


def _modifier(effect: Effect, facts: FactSheet) -> str:
    """A modifier as written, or the one that a fact holds (facts are lower case)."""
    return facts.one(effect.value) if effect.value.islower() else effect.value


def _split(lines: list[Line], effects: Effects, facts: FactSheet) -> list[Line]:
    """One line for each limb where a code takes no modifier 50."""
    out: list[Line] = []
    for line in lines:
        if any(_hits(line, effect.on, facts) for _, effect in effects):
            for side in ("RT", "LT"):
                out.append(replace(line, modifiers=facts.book.edit_rules().ordered((*line.modifiers, side))))
        else:
            out.append(line)
    return out
