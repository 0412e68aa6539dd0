"""Worked cases: answers, a date, and what the sources say must come out.

One format drives core, window and self-check.

A file holds ``[[case]]`` tables: id, say, why, cites, date, answers (question = "answer" or a list), and expect with
any of status, outcome (the auditors' name, O-20932), lines, warnings, absent (codes), review, missing (a query's id).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from encoder.core.cases import Case, Expected
from encoder.errors import DataError
from encoder.store.toml_table import Table, read_each

_CASE = {"id", "say", "why", "cites", "date", "answers", "expect"}
_EXPECT = {"status", "outcome", "lines", "warnings", "absent", "review", "missing"}


def read_cases(folder: Path) -> tuple[Case, ...]:
    """Every case of every file of a folder, in the order of the files.

    Raises:
        DataError: a file or a case is not as described, or two cases share an id.
    """
    return read_each(folder, "case", _case)


def _case(table: Table) -> Case:
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
