"""Codes, citations and dates in words: what the code tables and the source register know of them."""

from __future__ import annotations

import re
from datetime import date

from encoder.core.book import Book
from encoder.core.codes import Cites, Source

_CODE = re.compile(r"(?<![\w`.])(?:\d{5}|[A-Z]\d{2}\.[0-9A-Z]{1,4}|0[A-Z0-9]{6})(?![\w`])")


class Sources:
    """The words of the code tables, kept once read."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._sources = {source.id: source for source in book.sources()}

    def title(self, code: str) -> str:
        """What a CPT, ICD-10-PCS or ICD-10-CM code stands for, in our wording or the public title; empty if unknown."""
        held = self._book.code(code) or self._book.procedure(code) or self._book.diagnosis(code)
        return held.title if held else ""

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
