"""The tables of a tree's files: each entry with the file it stands in, read key by key.

Strict: an unknown key, a wrong type, a second id or a missing text is refused in one sentence with file, id, key, value
and what was expected.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from encoder.core.codes import Span
from encoder.core.tree.model import ANY, Condition
from encoder.errors import DataError

_HEAD = {
    "schema",
    "id",
    "title",
    "edition",
    "start",
    "from",
    "until",
    "usual_way",
    "cites",
    "band",
    "question",
    "fact",
    "outcome",
    "rule",
    "warning",
    "query",
    "family",
}


class Merged:
    """The tables of all files, each entry with the file it stands in."""

    def __init__(self) -> None:
        self.head: dict[str, object] = {}
        self.named: dict[str, dict[str, Entry]] = {k: {} for k in ("question", "fact", "warning", "query")}
        self.listed: dict[str, list[Entry]] = {k: [] for k in ("band", "outcome", "rule", "family")}

    def add(self, file: str, raw: bytes) -> None:
        """Take in the tables of one file."""
        try:
            data = tomllib.loads(raw.decode("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
            raise DataError(f"{file} is not valid TOML: {error}; mend the line named.") from error
        for key, value in data.items():
            if key not in _HEAD:
                raise DataError(f"{file}: unknown key '{key}'{_hint(key, _HEAD)}; remove it or mend its name.")
            if key in self.named:
                for name, entry in table_of(value, f"{file}: {key}").items():
                    if name in self.named[key]:
                        first = self.named[key][name].where
                        raise DataError(
                            f"{file}: {key} '{name}' stands a second time (first in {first}); ids are unique."
                        )
                    self.named[key][name] = Entry(table_of(entry, f"{file}: {key} '{name}'"), f"{file}: {key} '{name}'")
            elif key in self.listed:
                for index, entry in enumerate(_list(value, f"{file}: {key}"), 1):
                    table = table_of(entry, f"{file}: {key} {index}")
                    name = str(table.get("id", index))
                    if any(other.text("id", "") == name for other in self.listed[key]):
                        raise DataError(f"{file}: {key} '{name}' stands a second time; ids are unique.")
                    self.listed[key].append(Entry(table, f"{file}: {key} '{name}'"))
            elif key in self.head:
                raise DataError(f"{file}: '{key}' is set a second time; it belongs in one file of the tree.")
            else:
                self.head[key] = value


@dataclass(frozen=True)
class Entry:
    """One table of a file, read key by key; what is left over at the end is an unknown key."""

    table: Mapping[str, object]
    where: str

    def text(self, key: str, default: str | None = None) -> str:
        """A text; without a default it must be there and say something."""
        value = self.table.get(key, default)
        if value is None:
            raise DataError(f"{self.where} has no '{key}'; add the text.")
        if not isinstance(value, str):
            raise DataError(f"{self.where}: '{key}' is {value!r}; a text in quotes was expected.")
        if not value.strip() and default is None:
            raise DataError(f"{self.where}: '{key}' is empty; write the text.")
        return value

    def flag(self, key: str) -> bool:
        """True or false; false where it is not set."""
        value = self.table.get(key, False)
        if not isinstance(value, bool):
            raise DataError(f"{self.where}: '{key}' is {value!r}; true or false was expected.")
        return value

    def texts(self, key: str, needed: bool = False) -> tuple[str, ...]:
        """A list of texts."""
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise DataError(f"{self.where}: '{key}' is {value!r}; a list of texts was expected.")
        if needed and not value:
            raise DataError(f"{self.where} has no '{key}'; every entry needs at least one.")
        return tuple(value)

    def day(self, key: str) -> date | None:
        """A date; None where it is not set."""
        value = self.table.get(key)
        if value is not None and type(value) is not date:
            raise DataError(f"{self.where}: '{key}' is {value!r}; a date without quotes was expected (2019-01-01).")
        return value

    def span(self) -> Span:
        """The dates from and until, in order."""
        start, end = self.day("from"), self.day("until")
        if start and end and start > end:
            raise DataError(f"{self.where}: 'from' {start} lies after 'until' {end}; swap or mend them.")
        return Span(start, end)

    def condition(self, key: str = "when") -> Condition:
        """The facts and their values that must hold; always true where none is set."""
        value = self.table.get(key)
        if value is None:
            return ANY
        terms = []
        for fact, wanted in table_of(value, f"{self.where}: '{key}'").items():
            values = wanted if isinstance(wanted, list) else [wanted]
            if not values or not all(isinstance(v, str) for v in values):
                raise DataError(
                    f"{self.where}: '{key}' wants {fact} = {wanted!r}; a text or a list of texts was expected."
                )
            terms.append((fact, frozenset(str(v) for v in values)))
        return Condition(tuple(terms))

    def part(self, key: str) -> Entry | None:
        """A table within; None where there is none."""
        value = self.table.get(key)
        return None if value is None else Entry(table_of(value, f"{self.where}: '{key}'"), f"{self.where}: '{key}'")

    def parts(self, key: str) -> Iterable[Entry]:
        """The tables of a list, each with its place."""
        for index, value in enumerate(_list(self.table.get(key, []), f"{self.where}: '{key}'"), 1):
            table = table_of(value, f"{self.where}: {key} {index}")
            yield Entry(table, f"{self.where}: {key} '{table.get('id', index)}'")

    def only(self, *known: str) -> Entry:
        """The entry itself, refused where it has another key than these."""
        for key in self.table:
            if key not in known:
                raise DataError(f"{self.where}: unknown key '{key}'{_hint(key, known)}; remove it or mend its name.")
        return self


def table_of(value: object, where: str) -> dict[str, object]:
    """The table that a value is."""
    if not isinstance(value, dict):
        raise DataError(f"{where} is {value!r}; a table was expected.")
    return {str(key): item for key, item in value.items()}


def _list(value: object, where: str) -> list[object]:
    if not isinstance(value, list):
        raise DataError(f"{where} is {value!r}; a list was expected.")
    return list(value)


def unique(ids: list[str], where: str, what: str) -> None:
    """Refuse ids that stand more than once."""
    for name in ids:
        if ids.count(name) > 1:
            raise DataError(f"{where}: {what} '{name}' stands {ids.count(name)} times; ids are unique.")


def _hint(word: str, names: Iterable[str]) -> str:
    close = get_close_matches(word, list(names), 1)
    return f" (did you mean '{close[0]}'?)" if close else ""
