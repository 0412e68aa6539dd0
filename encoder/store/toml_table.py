"""One table of a TOML file, read key by key; what is not as expected is refused by file, key and value."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from encoder.errors import DataError

_SORTS = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    date: "a date",
    list: "a list",
    dict: "a table",
}


class _Identified(Protocol):
    @property
    def id(self) -> str: ...


_Named = TypeVar("_Named", bound=_Identified)


@dataclass(frozen=True)
class Table:
    """A table and where it stands, for messages. Every method raises DataError when a value is of another kind."""

    table: Mapping[str, object]
    where: str

    def get(self, key: str, kind: type, default: object = None) -> object:
        """The value of a key, of exactly this type."""
        value = self.table.get(key, default)
        if type(value) is not kind:
            found = "missing" if value is None else repr(value)
            raise DataError(f"{self.where}: '{key}' is {found}; {_SORTS[kind]} was expected.")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text; without a default it must be there."""
        return str(self.get(key, str, default))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty when the key is missing."""
        values = self.get(key, list, [])
        assert isinstance(values, list)
        if not all(isinstance(value, str) for value in values):
            raise DataError(f"{self.where}: '{key}' is {values!r}; a list of texts was expected.")
        return tuple(values)

    def tables(self, key: str) -> list[dict[str, object]]:
        """A list of tables; empty when the key is missing."""
        values = self.get(key, list, [])
        assert isinstance(values, list)
        if not all(isinstance(value, dict) for value in values):
            raise DataError(f"{self.where}: '{key}' is {values!r}; a list of tables was expected.")
        return values

    def part(self, key: str) -> Table:
        """A table within; empty when the key is missing."""
        value = self.get(key, dict, {})
        assert isinstance(value, dict)
        return Table(value, f"{self.where}, {key}")

    def only(self, known: set[str]) -> None:
        """Refuse a key that is not among the known ones."""
        for key in self.table:
            if key not in known:
                raise DataError(f"{self.where}: unknown key '{key}'; one of {', '.join(sorted(known))} was expected.")


def read_table(file: Path) -> Table:
    """The whole of a TOML file.

    Raises:
        DataError: it cannot be read or is no TOML.
    """
    try:
        return Table(tomllib.loads(file.read_text(encoding="utf-8")), file.name)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise DataError(f"{file.name} cannot be read as TOML: {error}; mend the line named.") from error


def read_each(folder: Path, key: str, make: Callable[[Table], _Named]) -> tuple[_Named, ...]:
    """What is made of each ``[[key]]`` table of every file of a folder, in the order of the files.

    Raises:
        DataError: there is no file, a file or a table is not as expected, or two tables share an id.
    """
    found: dict[str, _Named] = {}
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise DataError(f"No {key} files in {folder.name}: nothing to replay; the installation is not complete.")
    for file in files:
        whole = read_table(file)
        whole.only({key})
        for index, table in enumerate(whole.tables(key), 1):
            made = make(Table(table, f"{file.name}: {key} {table.get('id', index)}"))
            if made.id in found:
                raise DataError(f"{file.name}: {key} '{made.id}' stands a second time; ids are unique.")
            found[made.id] = made
    return tuple(found.values())
