"""Reading the rules of the claim check from the code database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from encoder.core.edits.rules import (
    Companion,
    DiagnosisRule,
    EditRule,
    EditRules,
    ModifierRule,
    Policy,
    SiteRule,
)
from encoder.store.shapes import Day, span

_Made = TypeVar("_Made")


class Read(Protocol):
    """Runs a statement and makes one object of each row."""

    def __call__(self, sql: str, values: tuple[str, ...], make: Callable[..., _Made]) -> tuple[_Made, ...]:
        """The objects, in the order of the rows."""


def read_edit_rules(read: Read) -> EditRules:
    """Every rule of the claim check."""
    rules = read("SELECT id, kind, severity, warning, audited, say, rationale, cites FROM edit_rule", (), _rule)
    modifiers = read(
        "SELECT modifier, say, opens, side, region, setting, place, cites FROM edit_modifier ORDER BY place, modifier",
        (),
        _modifier,
    )
    clashes = read(
        "SELECT one, other, cites FROM edit_clash",
        (),
        lambda one, other, cites: (frozenset((one, other)), tuple(cites.split())),
    )
    return EditRules(
        rules={rule.id: rule for rule in rules},
        modifiers={modifier.modifier: modifier for modifier in modifiers},
        clashes=dict(clashes),
        policies=read(
            "SELECT id, rule, modifier, field, value, setting, cites FROM edit_policy ORDER BY position", (), _policy
        ),
        diagnoses=read(
            """SELECT id, rule, families, pattern, field, value, first, absent, from_date, until_date, cites
               FROM edit_diagnosis ORDER BY position""",
            (),
            _diagnosis,
        ),
        sites=read(
            "SELECT id, diagnosis_area, code_area, families, category, cites FROM edit_site ORDER BY id", (), _site
        ),
        companions=read(
            "SELECT id, rule, field, value, beside_field, beside_value, cites FROM edit_companion ORDER BY id",
            (),
            _companion,
        ),
    )


def _rule(
    rule_id: str, kind: str, severity: str, warning: str, audited: str, say: str, rationale: str, cites: str
) -> EditRule:
    return EditRule(rule_id, kind, severity, warning, audited == "yes", say, rationale, tuple(cites.split()))


def _modifier(
    modifier: str, say: str, opens: str, side: str, region: str, setting: str, place: int, cites: str
) -> ModifierRule:
    return ModifierRule(modifier, say, opens, side, region, setting, place, tuple(cites.split()))


def _policy(policy_id: str, rule: str, modifier: str, field: str, value: str, setting: str, cites: str) -> Policy:
    return Policy(policy_id, rule, modifier, field, value, setting, tuple(cites.split()))


def _diagnosis(
    rule_id: str,
    rule: str,
    families: str,
    pattern: str,
    field: str,
    value: str,
    first: str,
    absent: str,
    start: Day,
    end: Day,
    cites: str,
) -> DiagnosisRule:
    meant, missing = frozenset(families.split()), frozenset(absent.split())
    days = span(start, end)
    return DiagnosisRule(rule_id, rule, meant, pattern, field, value, bool(first), missing, days, tuple(cites.split()))


def _site(rule_id: str, diagnosis: str, code: str, families: str, category: str, cites: str) -> SiteRule:
    return SiteRule(rule_id, diagnosis, code, frozenset(families.split()), category, tuple(cites.split()))


def _companion(
    rule_id: str, rule: str, field: str, value: str, beside_field: str, beside_value: str, cites: str
) -> Companion:
    return Companion(rule_id, rule, field, value, beside_field, beside_value, tuple(cites.split()))
