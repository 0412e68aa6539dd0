"""Codes, citations and dates in words: what the code tables and the source register know of them."""

from __future__ import annotations

import re
from datetime import date

from encoder.core.codes import Cites, Source
from encoder.core.reference import WholeBook

_CODE = re.compile(r"(?<![\w`.])(?:\d{5}|[A-Z]\d{2}\.[0-9A-Z]{1,4}|0[A-Z0-9]{6})(?![\w`])")


class Sources:
    """The words of the code tables, kept once read."""

    def __init__(self, book: WholeBook) -> None:
        self._book = book
        self.again()

    def again(self) -> None:
        """Read the register again: an edition of the tables came or went."""
        self._sources = {source.id: source for source in self._book.sources()}

    def title(self, code: str, on: date | None = None) -> str:
        """What a CPT, ICD-10-PCS or ICD-10-CM code stands for: our wording or the public title; empty if unknown.

        On a date the licensed text of a CPT code goes before our wording, where one was imported.
        """
        official = self._book.official(code, on) if on else None
        if official:
            return official
        held = self._book.code(code) or self._book.procedure(code) or self._book.diagnosis(code)
        entry = None if held else self._book.icd_entry(code)
        return held.title if held else entry.title if entry else ""

    def plain(self, code: str) -> str:
        """The same in plain words; empty where the tables have none."""
        held = self._book.code(code)
        return held.plain if held else ""

    def cite(self, cites: Cites) -> str:
        """Citations in words: title, edition and place of each, parted by a dot."""
        return " · ".join(self._cite(cite) for cite in cites)

    def document(self, cites: Cites) -> str:
        """Title and edition of the first citation, without its place."""
        return self._cite(cites[0].partition("#")[0]) if cites else ""

    def evidence(self, cites: Cites) -> list[str]:
        """Every citation in words, with what to think of its source."""
        return [self._cite(cite, sure=True) for cite in cites]

    def source(self, source_id: str) -> Source | None:
        """An entry of the source register."""
        return self._sources.get(source_id)

    def _cite(self, cite: str, *, sure: bool = False) -> str:
        name, _, place = cite.partition("#")
        source = self._sources.get(name)
        if source is None:
            return cite
        words = ", ".join(part for part in (source.title, source.edition) if part)
        said = f"{words}: {place}" if place else words
        return f"{said} ({source.confidence})" if sure else said


def mark_codes(text: str) -> str:
    """The text with its codes marked, so that they are written as codes are."""
    return _CODE.sub(lambda match: f"`{match[0]}`", text)


def codes_in(text: str) -> list[str]:
    """The codes that a text names, in their order."""
    return _CODE.findall(text)


def dates(start: date | None, end: date | None) -> str:
    """The days something holds for: "since 2019-01-01"; empty for always."""
    if start and end:
        return f"{start} to {end}"
    return f"since {start}" if start else f"until {end}" if end else ""


def row_name(rule: str) -> str:
    """The row behind a reason, by the kind of row and its id."""
    kind, parted, name = rule.partition(":")
    kinds = {"aoc": "add-on row", "rule": "rule", "outcome": "end", "query": "query", "family": "family"}
    if parted and kind in kinds:
        return f"{kinds[kind]} {name}"
    return f"row {rule}" if rule else ""


def lower_first(text: str) -> str:
    """The text as it goes on within a sentence; abbreviations keep their capitals."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def upper_first(text: str) -> str:
    """The text as it begins a sentence."""
    return text[:1].upper() + text[1:]


def many(count: int, noun: str) -> str:
    """A count with its noun: "1 fact", "3 facts"."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
