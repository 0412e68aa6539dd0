"""The rules of the claim check as data: what a finding says, which modifiers open an edit, what goes with what.

The tables are ``db/sources/edits/*.csv``; the store reads them and hands them over as one ``EditRules``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from encoder.core.codes import Cites, Span

KINDS = ("code", "date", "add_on", "ptp", "mue", "modifier", "diagnosis")
SEVERITIES = ("deny", "warn", "note")
"""deny: an edit of the payer or the code set itself refuses the line; warn: it needs a look; note: good to know."""

FIELDS = ("code", "other", "value", "more", "units", "limit", "day", "end")
"""What the words of a rule may name: the line's code, another code, a modifier or diagnosis, and so on."""

OPENS = ("", "site", "distinct", "global", "visit", "laboratory")
"""How a modifier opens a code pair of indicator 1 (NCCI policy manual 2026, chapter I, section E); empty: never."""


@dataclass(frozen=True, slots=True)
class EditRule:
    """One rule: what it finds and in which words.

    Attributes:
        warning: the id of the same warning in the catalogue of the tree, W23; empty where it has none.
        audited: whether an audit looks for it too; advice about one claim is not audited.
        say: the sentence, with the names of FIELDS in braces.
    """

    id: str
    kind: str
    severity: str
    warning: str
    audited: bool
    say: str
    rationale: str
    cites: Cites


@dataclass(frozen=True, slots=True)
class ModifierRule:
    """One modifier: how it opens a code pair (OPENS), its side, the part of the body it names, its claim, its place."""

    modifier: str
    say: str
    opens: str
    side: str
    region: str
    setting: str
    place: int
    cites: Cites


@dataclass(frozen=True, slots=True)
class Policy:
    """A rule that fires where a code has a trait, on lines with the modifier (empty: on every line)."""

    id: str
    rule: str
    modifier: str
    field: str
    value: str
    setting: str
    cites: Cites


@dataclass(frozen=True, slots=True)
class DiagnosisRule:
    """A rule that fires for a diagnosis, by its family or its written form (LIKE pattern).

    Attributes:
        field: with ``value`` the trait that a line pointing to it must have; empty where any line will do.
        first: only where the diagnosis stands first.
        absent: families of which none may stand on the claim.
    """

    id: str
    rule: str
    families: frozenset[str]
    pattern: str
    field: str
    value: str
    first: bool
    absent: frozenset[str]
    span: Span
    cites: Cites

    def matches(self, written: str, family: str) -> bool:
        """Whether a diagnosis is meant, as written and by its family (empty for one that is not loaded)."""
        return (not self.families or family in self.families) and like(self.pattern, written)


@dataclass(frozen=True, slots=True)
class Companion:
    """A rule that fires for a code with a trait beside a code with another, unless modifiers set the two apart."""

    id: str
    rule: str
    field: str
    value: str
    beside_field: str
    beside_value: str
    cites: Cites


@dataclass(frozen=True, slots=True)
class SiteRule:
    """Two parts of the body that do not go together; with families and a category only for those."""

    id: str
    diagnosis_area: str
    code_area: str
    families: frozenset[str]
    category: str
    cites: Cites


@dataclass(frozen=True)
class EditRules:
    """All of them. ``policies`` stand in the order in which the first that fires on a modifier counts."""

    rules: Mapping[str, EditRule]
    modifiers: Mapping[str, ModifierRule]
    clashes: Mapping[frozenset[str], Cites]
    policies: tuple[Policy, ...]
    diagnoses: tuple[DiagnosisRule, ...]
    sites: tuple[SiteRule, ...]
    companions: tuple[Companion, ...]

    @cached_property
    def policies_of(self) -> Mapping[str, tuple[Policy, ...]]:
        """The policies by modifier; those of every line under the empty one."""
        found: dict[str, tuple[Policy, ...]] = {}
        for policy in self.policies:
            found[policy.modifier] = (*found.get(policy.modifier, ()), policy)
        return found

    @cached_property
    def fields(self) -> frozenset[str]:
        """The traits of a code that any rule asks for."""
        asked = {rule.field for rule in self.policies} | {rule.field for rule in self.diagnoses}
        return frozenset(asked | {field for rule in self.companions for field in (rule.field, rule.beside_field)}) - {
            ""
        }

    def cited(self) -> Iterator[tuple[str, Cites]]:
        """Every row with what it cites, for the proof of the sources."""
        yield from ((f"edit rule '{rule.id}'", rule.cites) for rule in self.rules.values())
        yield from ((f"modifier {rule.modifier}", rule.cites) for rule in self.modifiers.values())
        yield from ((f"modifiers {' and '.join(sorted(pair))}", cites) for pair, cites in self.clashes.items())
        yield from ((f"row '{row.id}'", row.cites) for row in self.policies)
        yield from ((f"row '{row.id}'", row.cites) for row in self.diagnoses)
        yield from ((f"row '{row.id}'", row.cites) for row in self.sites)
        yield from ((f"row '{row.id}'", row.cites) for row in self.companions)

    def ordered(self, modifiers: Iterable[str]) -> tuple[str, ...]:
        """Modifiers in the order in which they stand on a line; those that are not loaded last, as they came."""
        last = max((rule.place for rule in self.modifiers.values()), default=0) + 1
        return tuple(sorted(modifiers, key=lambda name: self.modifiers[name].place if name in self.modifiers else last))

    def opens(self, modifier: str) -> str:
        """How a modifier opens a code pair, one of OPENS; empty for one that never does or is not loaded."""
        rule = self.modifiers.get(modifier)
        return rule.opens if rule else ""

    def side(self, modifier: str) -> str:
        """left, right or both, as the modifier says; empty where it names no side."""
        rule = self.modifiers.get(modifier)
        return "both" if modifier == "50" else rule.side if rule else ""


def like(pattern: str, text: str) -> bool:
    """Whether a text fits a pattern as SQL's LIKE reads it: % is any text, _ any one character."""
    wild = {"%": ".*", "_": "."}
    return re.fullmatch("".join(wild.get(sign) or re.escape(sign) for sign in pattern), text, re.DOTALL) is not None
