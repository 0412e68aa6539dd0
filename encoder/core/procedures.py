"""ICD-10-PCS from its tables: what was done, where, which side, how and with what give the code, or none.

A code has seven characters. The first three name a table (section, body system, root operation); the rows of the table
say which values of part, approach, device and qualifier go together. What no row holds is no code, and is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from itertools import islice, product
from math import prod

from encoder.core.codes import Cites, Span

NONE = "none"
OPERATION, PART, APPROACH, DEVICE, QUALIFIER = "operation", "part", "approach", "device", "qualifier"
AXES = (PART, APPROACH, DEVICE, QUALIFIER)
MOST = 200
"""How many codes an answer lists at most."""

_DIAGNOSTIC = "Diagnostic"
_WITHOUT_OF = ("Reposition", "Supplement", "Release", "Repair")


@dataclass(frozen=True, slots=True)
class PcsValue:
    """One value of an axis: its character and its name; parts have a side, operations and approaches plain words."""

    value: str
    label: str
    side: str = NONE
    plain: str = ""


@dataclass(frozen=True, slots=True)
class PcsRow:
    """One row of a table: the characters that may stand at each of the last four places."""

    table: str
    parts: str
    approaches: str
    devices: str
    qualifiers: str
    span: Span
    cites: Cites

    def values(self, axis: str) -> str:
        """The characters of an axis."""
        return {PART: self.parts, APPROACH: self.approaches, DEVICE: self.devices, QUALIFIER: self.qualifiers}[axis]


@dataclass(frozen=True, slots=True)
class Wish:
    """What the coder has chosen so far, by name; an empty field is open. ``device`` and ``qualifier`` may be "none"."""

    operation: str = ""
    part: str = ""
    side: str = ""
    approach: str = ""
    device: str = ""
    qualifier: str = ""


CHOICES = tuple(entry.name for entry in fields(Wish))


@dataclass(frozen=True, slots=True)
class Built:
    """One code that the tables hold: its title, its values by name, and the row that says so."""

    code: str
    title: str
    values: Wish
    row: PcsRow


@dataclass(frozen=True, slots=True)
class Fitting:
    """What the tables say to a wish: how many codes fit and the first of them.

    With none, ``in_the_way`` names the choices without each of which a code exists.
    """

    count: int
    codes: tuple[Built, ...]
    say: str
    in_the_way: tuple[str, ...] = ()


@dataclass(frozen=True)
class PcsTables:
    """The tables of some body systems; ``values`` by (system or *, operation or *, axis), then by character."""

    rows: tuple[PcsRow, ...]
    values: Mapping[tuple[str, str, str], Mapping[str, PcsValue]]

    def value(self, table: str, axis: str, character: str) -> PcsValue:
        """The meaning of a character in a table: its own there, else that of the body system, else that of all.

        Raises:
            KeyError: no table of values names it.
        """
        system, operation = table[:2], table[2]
        for key in ((system, operation, axis), (system, "*", axis), ("*", "*", axis), ("*", operation, axis)):
            found = self.values.get(key, {}).get(character)
            if found:
                return found
        raise KeyError(f"{table} {axis} {character}")

    def operation(self, table: str) -> PcsValue:
        """The root operation of a table."""
        return self.value(table, OPERATION, table[2])

    def operations(self) -> tuple[PcsValue, ...]:
        """The root operations of the tables, each once, by name."""
        found = {row.table[2]: self.operation(row.table) for row in self.rows}
        return tuple(sorted(found.values(), key=lambda value: value.label))

    def all(self) -> Iterator[Built]:
        """Every code of the tables, in the order of the rows, whatever its dates."""
        for row in self.rows:
            yield from self.codes(row, [[self.value(row.table, a, c) for c in row.values(a)] for a in AXES])

    def code(self, code: str) -> Built | None:
        """The code as the tables build it; None when no row holds it."""
        characters = code[3:]
        if len(characters) != len(AXES):
            return None
        for row in self.rows:
            if row.table == code[:3] and all(c in row.values(a) for c, a in zip(characters, AXES, strict=True)):
                values = [[self.value(row.table, a, c)] for a, c in zip(AXES, characters, strict=True)]
                return next(self.codes(row, values))
        return None

    def fitting(self, wish: Wish, on: date) -> Iterator[tuple[PcsRow, list[list[PcsValue]]]]:
        """The rows of a day that hold a code for the wish, with the values of each axis that go with it."""
        wanted = {PART: wish.part, APPROACH: wish.approach, DEVICE: wish.device, QUALIFIER: wish.qualifier}
        for row in self.rows:
            if not row.span.covers(on) or wish.operation not in ("", self.operation(row.table).label):
                continue
            left = []
            for axis in AXES:
                values = [self.value(row.table, axis, character) for character in row.values(axis)]
                side = wish.side if axis == PART else ""
                left.append([v for v in values if wanted[axis] in ("", v.label) and side in ("", v.side)])
            if all(left):
                yield row, left

    def codes(self, row: PcsRow, values: list[list[PcsValue]]) -> Iterator[Built]:
        """The codes of a row with these values of its axes."""
        operation = self.operation(row.table).label
        for part, approach, device, qualifier in product(*values):
            yield Built(
                row.table + part.value + approach.value + device.value + qualifier.value,
                title(operation, part, approach.label, device.label, qualifier.label),
                Wish(operation, part.label, part.side, approach.label, device.label, qualifier.label),
                row,
            )


def title(operation: str, part: PcsValue, approach: str, device: str, qualifier: str) -> str:
    """The title of a code from the names of its values, in the order in which the code set writes them."""
    where = part.label if part.side == NONE else f"{part.side.capitalize()} {part.label}"
    match operation:
        case "Detachment":
            said = f"Detachment at {where}"
        case "Insertion":
            said = f"Insertion of {device} into {where}"
        case "Removal":
            said = f"Removal of {device} from {where}"
        case "Revision":
            said = f"Revision of {device} in {where}"
        case "Change":
            said = f"Change {device} in {where}"
        case "Extirpation":
            said = f"Extirpation of Matter from {where}"
        case _:
            of = " " if operation in _WITHOUT_OF else " of "
            said = f"{operation}{of}{where}" + ("" if device == NONE else f" with {device}")
    if qualifier not in (NONE, _DIAGNOSTIC):
        said += f" {qualifier}" if qualifier.startswith("using ") else f", {qualifier}"
    return f"{said}, {approach} Approach" + (f", {_DIAGNOSTIC}" if qualifier == _DIAGNOSTIC else "")


def build(tables: PcsTables, wish: Wish, on: date) -> Fitting:
    """The codes that fit what was chosen, on the date of service: one when all is chosen, or none and why."""
    if not any(row.span.covers(on) for row in tables.rows):
        return Fitting(0, (), f"No loaded edition of the ICD-10-PCS tables covers {on}.")
    rows = list(tables.fitting(wish, on))
    count = sum(prod(len(axis) for axis in values) for _, values in rows)
    if count:
        codes = islice((built for row, values in rows for built in tables.codes(row, values)), MOST)
        return Fitting(count, tuple(codes), "One code fits." if count == 1 else f"{count} codes fit; choose further.")
    chosen = [name for name in CHOICES if getattr(wish, name)]
    blocking = tuple(name for name in chosen if any(tables.fitting(replace(wish, **{name: ""}), on)))
    if not blocking:
        return Fitting(0, (), "The tables hold no code for this, and changing one choice alone does not give one.")
    least = " or ".join(f"{name} than '{getattr(wish, name)}'" for name in blocking)
    return Fitting(0, (), f"The tables hold no code for this; they do with another {least}.", blocking)


def choices(tables: PcsTables, wish: Wish, on: date) -> dict[str, tuple[str, ...]]:
    """For each field of a wish, what may still be chosen when the other fields stay as they are."""
    found: dict[str, set[str]] = {name: set() for name in CHOICES}
    for name in CHOICES:
        for row, (parts, approaches, devices, qualifiers) in tables.fitting(replace(wish, **{name: ""}), on):
            match name:
                case "operation":
                    found[name].add(tables.operation(row.table).label)
                case "part":
                    found[name] |= {value.label for value in parts}
                case "side":
                    found[name] |= {value.side for value in parts}
                case "approach":
                    found[name] |= {value.label for value in approaches}
                case "device":
                    found[name] |= {value.label for value in devices}
                case _:
                    found[name] |= {value.label for value in qualifiers}
    return {name: tuple(sorted(values)) for name, values in found.items()}
