"""What an audit found, counted: by kind, by rule, by code, and what is at stake by locality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from encoder.core.claim import Claim
from encoder.core.edits.findings import Finding
from encoder.core.edits.worth import Worth

COUNTS = ("claims", "lines", "denied_claims", "findings", "bad_rows")


@dataclass
class Tally:
    """Lines that would not be paid, what they are worth in cents, and how many of them have no loaded value."""

    lines: int = 0
    cents: int = 0
    unpriced: int = 0

    def add(self, amount: Decimal | None) -> None:
        """Count one line."""
        self.lines += 1
        self.cents += int(amount * 100) if amount is not None else 0
        self.unpriced += amount is None


@dataclass
class Summary:
    """What an audit found so far; it grows with the number of codes and localities, not of claims."""

    claims: int = 0
    lines: int = 0
    denied_claims: int = 0
    findings: int = 0
    bad_rows: int = 0
    kinds: dict[str, dict[str, int]] = field(default_factory=dict)
    rules: dict[str, int] = field(default_factory=dict)
    codes: dict[str, Tally] = field(default_factory=dict)
    localities: dict[str, Tally] = field(default_factory=dict)
    unloaded: dict[str, int] = field(default_factory=dict)

    def unknown(self, code: str) -> bool:
        """Count a line whose code is not loaded; whether it is the first with that code."""
        self.unloaded[code] = self.unloaded.get(code, 0) + 1
        return self.unloaded[code] == 1

    def count(self, claim: Claim, found: Sequence[Finding], worth: Worth) -> None:
        """Add a claim; a line counts once, however many findings deny it."""
        self.claims += 1
        self.lines += len(claim.lines)
        self.findings += len(found)
        denied: dict[int, Finding] = {}
        for finding in found:
            severities = self.kinds.setdefault(finding.kind, {})
            severities[finding.severity] = severities.get(finding.severity, 0) + 1
            self.rules[finding.id] = self.rules.get(finding.id, 0) + 1
            if finding.severity == "deny" and finding.lines:
                held = denied.get(finding.lines[0])
                if held is None or (held.over and not finding.over):
                    denied[finding.lines[0]] = finding
        self.denied_claims += any(finding.severity == "deny" for finding in found)
        for place, finding in denied.items():
            amount = at_stake(claim, finding, worth)
            self.codes.setdefault(claim.lines[place].code, Tally()).add(amount)
            self.localities.setdefault(claim.locality, Tally()).add(amount)

    def as_json(self) -> dict[str, object]:
        """As plain values."""
        return {
            **{name: getattr(self, name) for name in COUNTS},
            "kinds": self.kinds,
            "rules": self.rules,
            "codes": {key: vars(tally) for key, tally in self.codes.items()},
            "localities": {key: vars(tally) for key, tally in self.localities.items()},
            "unloaded": self.unloaded,
        }

    @classmethod
    def from_json(cls, data: object) -> Summary:
        """From plain values.

        Raises:
            ValueError: they are no summary.
        """
        held = _table(data)
        claims, lines, denied, findings, bad = (_count(held.get(name)) for name in COUNTS)
        return cls(
            claims,
            lines,
            denied,
            findings,
            bad,
            kinds={kind: _counts(found) for kind, found in _table(held.get("kinds")).items()},
            rules=_counts(held.get("rules")),
            codes={code: Tally(**_counts(one)) for code, one in _table(held.get("codes")).items()},
            localities={place: Tally(**_counts(one)) for place, one in _table(held.get("localities")).items()},
            unloaded=_counts(held.get("unloaded")),
        )


def at_stake(claim: Claim, finding: Finding, worth: Worth) -> Decimal | None:
    """What the line that a finding denies is worth, of a unit limit only what is above it; None where not loaded."""
    if not finding.lines:
        return None
    place = finding.lines[0]
    line = claim.lines[place]
    each = worth(line.code, claim.day(place), claim.setting, claim.locality)
    return None if each is None else each * (finding.over or line.units)


def _table(data: object) -> Mapping[str, object]:
    if not isinstance(data, dict):
        raise ValueError
    return data


def _counts(data: object) -> dict[str, int]:
    return {name: _count(value) for name, value in _table(data).items()}


def _count(data: object) -> int:
    if type(data) is not int:
        raise ValueError
    return data
