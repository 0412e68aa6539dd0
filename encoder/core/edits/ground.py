"""What every check stands on: the claim, the tables, and what is asked again and again about its lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import islice

from encoder.core.add_on import is_add_on
from encoder.core.book import HOSPITAL, Book
from encoder.core.claim import Claim
from encoder.core.codes import ICD_LIST, ICD_SCOPE, Cites, Code, State
from encoder.core.editions import EditionNote, edits_on
from encoder.core.edits.findings import Finding, Fix, RowRef, Step
from encoder.core.edits.icd import Read, read
from encoder.core.edits.traits import SEVERAL, Trait, loaded, traits

STRUCTURAL = "addon_structural_allograft"


class Ground:
    """A claim on its tables. Lines are named by their place from 0."""

    def __init__(self, claim: Claim, book: Book) -> None:
        self.claim = claim
        self.book = book
        self.rules = book.edit_rules()
        self.lines = claim.lines
        self.places = range(len(claim.lines))
        self.days = tuple(claim.day(place) for place in self.places)
        self.codes: tuple[Code | None, ...] = tuple(book.code(line.code) for line in claim.lines)
        self.pairs_table = "ptp_hospital" if claim.setting == HOSPITAL else "ptp_practitioner"
        self.limit_field = "mue_outpatient_hospital" if claim.setting == HOSPITAL else "mue_practitioner"
        self.limits_table = "mue_hospital" if claim.setting == HOSPITAL else "mue"
        self._tables = {"ptp": self.pairs_table, "mue": self.limits_table}
        self._editions: dict[date, dict[str, EditionNote]] = {}
        self._add_ons: dict[str, bool] = {}

    # ------------------------------------------------------------------------------------------ lines

    @cached_property
    def first_day(self) -> date:
        """The first date of service on the claim, for what belongs to no line."""
        return min(self.days, default=self.claim.on)

    def add_on(self, place: int) -> bool:
        """Whether a line is an add-on."""
        code = self.lines[place].code
        if code not in self._add_ons:
            self._add_ons[code] = is_add_on(self.book, code)
        return self._add_ons[code]

    def loaded(self, place: int) -> bool:
        """Whether any table says what the code of a line is."""
        return self.codes[place] is not None or loaded(self.book, self.lines[place].code)

    def structural(self, place: int) -> bool:
        """Whether a line is one of the structural allograft add-ons."""
        held = self.codes[place]
        return held is not None and held.category == STRUCTURAL

    def area(self, place: int) -> str:
        """The part of the body of a line's code; empty where it belongs to no single one."""
        held = self.codes[place]
        return held.area if held else ""

    def same_day(self, place: int) -> list[int]:
        """The other lines of the day."""
        return [other for other in self.places if other != place and self.days[other] == self.days[place]]

    @cached_property
    def bills(self) -> list[list[int]]:
        """The lines of each practitioner and day, in their order: those that edits judge together."""
        found: dict[tuple[date, str], list[int]] = {}
        for place in self.places:
            found.setdefault((self.days[place], self.lines[place].practitioner), []).append(place)
        return list(found.values())

    def together(self, place: int) -> list[int]:
        """The other lines of the same practitioner and day."""
        return [other for other in self._bill_of[place] if other != place]

    @cached_property
    def _bill_of(self) -> dict[int, list[int]]:
        return {place: bill for bill in self.bills for place in bill}

    def listed(self, place: int) -> list[int]:
        """The lines that carry an add-on line: on its list, by the same practitioner on the same day."""
        return [other for other in self.together(place) if self.carries(other, place)]

    def carries(self, primary: int, add_on: int) -> bool:
        """Whether the list lets one line carry another on the day of the add-on."""
        relation = self.book.relation(self.lines[add_on].code, self.lines[primary].code, self.days[add_on])
        return relation.state is State.ALLOWED

    def side(self, place: int) -> str:
        """left, right or both, as the modifiers of a line say; empty without one, or where they disagree."""
        sides = {side for modifier in self.lines[place].modifiers if (side := self.rules.side(modifier))}
        return sides.pop() if len(sides) == 1 else "both" if sides else ""

    def trait(self, place: int, field: str) -> Trait | None:
        """The value that a field of the line's code has on its day."""
        return next(self._traits(place, field), None)

    def has(self, place: int, field: str, value: str) -> Trait | None:
        """The trait, where the line's code has this very value on its day."""
        found = self._traits(place, field)
        held = found if field in SEVERAL else islice(found, 1)  # of two editions the newer one counts
        return next((trait for trait in held if trait.value == value), None)

    def _traits(self, place: int, field: str) -> Iterator[Trait]:
        day = self.days[place]
        return (trait for trait in traits(self.book, self.lines[place].code, field) if trait.span.covers(day))

    @cached_property
    def diagnoses(self) -> tuple[Read, ...]:
        """The diagnoses of the claim as the tables read them."""
        return tuple(read(self.book, written) for written in self.claim.diagnoses)

    # ------------------------------------------------------------------------------------------ editions

    def note(self, table: str, day: date) -> EditionNote | None:
        """The edition of a table that stands for a day."""
        if day not in self._editions:
            self._editions[day] = {note.edition.table: note for note in edits_on(self.book, day)}
        return self._editions[day].get(table)

    def stands(self, table: str, day: date) -> date | None:
        """The day whose rows of a table stand for a day; None where its editions begin after it."""
        note = self.note(table, day)
        return note.stands(day) if note else day

    @property
    def asked(self) -> tuple[str, ...]:
        """The tables that a claim such as this is held against."""
        figures = "opps" if self.claim.setting == HOSPITAL else "pfs"
        diagnoses = {one.table for one in self.diagnoses}
        asked = (table for table in (ICD_SCOPE, ICD_LIST) if table in diagnoses)
        return ("cpt", "aoc", self.pairs_table, self.limits_table, figures, *asked)

    def covered(self, table: str, day: date) -> bool:
        """Whether an edition of the table covers the day."""
        note = self.note(table, day)
        return note is not None and note.state == "covers"

    def row(self, row: RowRef, day: date) -> RowRef:
        """A row with the name of its edition; that of the table for the day where the row has none of its own."""
        if row.edition:
            return row
        note = self.note(self._tables.get(row.table, row.table), day)
        return RowRef(row.table, row.key, note.edition.edition if note else "", row.span)

    # ------------------------------------------------------------------------------------------ findings

    def finding(
        self,
        rule_id: str,
        lines: Sequence[int] = (),
        *,
        row: RowRef | None = None,
        fix: Fix | None = None,
        cites: Cites = (),
        diagnoses: Sequence[int] = (),
        **words: object,
    ) -> Finding:
        """A finding in the words of its rule; ``code``, ``other`` and ``day`` come from the lines unless given."""
        rule = self.rules.rules[rule_id]
        day = self.days[lines[0]] if lines else self.first_day
        said = {"code": self.lines[lines[0]].code} if lines else {}
        said |= {"other": self.lines[lines[1]].code} if len(lines) > 1 else {}
        return Finding(
            rule.id,
            rule.kind,
            rule.severity,
            rule.warning,
            rule.say.format(**{**said, "day": day, **words}),
            rule.rationale,
            tuple(lines),
            tuple(diagnoses),
            self.row(row, day) if row else None,
            fix,
            tuple(dict.fromkeys((*cites, *rule.cites))),
        )

    def drop(self, place: int) -> Fix:
        """Take a line off the claim."""
        return Fix(f"remove line {place + 1}", (Step("drop_line", place),))

    def without(self, place: int, modifier: str) -> Fix:
        """Take a modifier off a line."""
        left = [one for one in self.lines[place].modifiers if one != modifier]
        return self.modify(place, left, f"take {modifier} off line {place + 1}")

    def modify(self, place: int, modifiers: Sequence[str], say: str, *, needs_note: bool = False) -> Fix:
        """Set the modifiers of a line."""
        return Fix(say, (Step("set_modifiers", place, " ".join(modifiers)),), needs_note)

    def diagnose(self, place: int, code: str) -> Fix:
        """Set a diagnosis, which the note must bear out."""
        return Fix(f"use {code}", (Step("set_diagnosis", place, code),), needs_note=True)
