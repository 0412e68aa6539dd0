"""Worked cases: answers, a date, and what the sources say must come out.

One format drives core, window and self-check.

A file holds ``[[case]]`` tables: id, say, why, cites, date, answers (question = "answer" or a list), and expect with
any of status, outcome (the auditors' name, O-20932), lines, warnings, absent (codes), review, missing (a query's id).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from encoder.core.cases import Case, Expected
from encoder.errors import DataError

_SORTS = {str: "a text", list: "a list", dict: "a table", bool: "true or false", date: "a date"}
_CASE = {"id", "say", "why", "cites", "date", "answers", "expect"}
_EXPECT = {"status", "outcome", "lines", "warnings", "absent", "review", "missing"}


def read_cases(folder: Path) -> tuple[Case, ...]:
    """Every case of every file of a folder, in the order of the files.

    Raises:
        DataError: a file or a case is not as described, or two cases share an id.
    """
    found: dict[str, Case] = {}
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise DataError(f"No case files in {folder.name}: nothing to replay; the installation is not complete.")
    for file in files:
        try:
            data = tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
            raise DataError(f"{file.name} cannot be read as TOML: {error}; mend the line named.") from error
        whole = _Table(data, file.name)
        whole.only({"case"})
        for index, table in enumerate(whole.tables("case"), 1):
            case = _case(_Table(table, f"{file.name}: case {table.get('id', index)}"))
            if case.id in found:
                raise DataError(f"{file.name}: case '{case.id}' stands a second time; ids are unique.")
            found[case.id] = case
    return tuple(found.values())


@dataclass(frozen=True)
class _Table:
    table: Mapping[str, object]
    where: str

    def get(self, key: str, kind: type, default: object = None) -> object:
        value = self.table.get(key, default)
        if type(value) is not kind:
            found = "missing" if value is None else repr(value)
            raise DataError(f"{self.where}: '{key}' is {found}; {_SORTS[kind]} was expected.")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        return str(self.get(key, str, default))

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.get(key, list, [])
        assert isinstance(values, list)
        if not all(isinstance(value, str) for value in values):
            raise DataError(f"{self.where}: '{key}' is {values!r}; a list of texts was expected.")
        return tuple(values)

    def tables(self, key: str) -> list[dict[str, object]]:
        values = self.get(key, list, [])
        assert isinstance(values, list)
        if not all(isinstance(value, dict) for value in values):
            raise DataError(f"{self.where}: '{key}' is {values!r}; a list of tables was expected.")
        return values

    def part(self, key: str) -> _Table:
        value = self.get(key, dict, {})
        assert isinstance(value, dict)
        return _Table(value, f"{self.where}, {key}")

    def only(self, known: set[str]) -> None:
        for key in self.table:
            if key not in known:
                raise DataError(f"{self.where}: unknown key '{key}'; one of {', '.join(sorted(known))} was expected.")


def _case(table: _Table) -> Case:
    table.only(_CASE)
    on = table.get("date", date)
    assert isinstance(on, date)
    given = table.part("answers")
    answers = {
        question: "+".join(given.texts(question)) if isinstance(value, list) else given.text(question)
        for question, value in given.table.items()
    }
    expect = table.part("expect")
    expect.only(_EXPECT)
    wanted = Expected(
        status=expect.text("status"),
        outcome=expect.text("outcome", ""),
        lines=expect.texts("lines") if "lines" in expect.table else None,
        warnings=expect.texts("warnings"),
        absent=expect.texts("absent"),
        review=bool(expect.get("review", bool)) if "review" in expect.table else None,
        missing=expect.text("missing", ""),
    )
    cites = table.texts("cites")
    if not cites:
        raise DataError(f"{table.where} has no 'cites'; every case names its source.")
    return Case(table.text("id"), table.text("say"), table.text("why"), cites, on, answers, wanted)
