"""``encoder audit``: a file in, a file out, a summary, progress, and a stop that can go on."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path
from typing import cast

import pytest

from encoder import paths
from encoder.commands import line
from encoder.commands.output import Output
from encoder.commands.shipped import Shipped
from encoder.store import audit_run
from encoder.store.audit_run import AuditRun
from tests.commands.calls import TODAY, Called, call
from tests.formats import made
from tests.store.shelves import Shelves

CLAIMS = """\
claim,code,modifiers,units,date,dx,locality
A1,27365,LT,1,2026-05-01,C40.22,0111205
A1,20932,,1,2026-05-01,C40.22,0111205
A2,20932,,1,2026-05-01,,0111205
A3,27365,,1,2026-05-01,,
A3,20932,51,2,2026-05-01,,
A4,99999,,1,2026-05-01,,
A5,Smith,,1,2026-05-01,,
"""


@pytest.fixture(scope="module")
def shipped(database: Path) -> Shipped:
    return Shipped(database, paths.resources(), paths.cases())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "claims.csv"
    path.write_text(CLAIMS)
    return path


def audit(shipped: Shipped, file: Path, *words: str) -> Called:
    return call(shipped, "audit", str(file), "--out", str(file.with_name("found.csv")), *words)


def rows(file: Path) -> list[dict[str, str]]:
    with file.with_name("found.csv").open(newline="") as found:
        return list(csv.DictReader(found))


def test_findings_go_into_the_file_and_the_summary_is_said(shipped: Shipped, file: Path) -> None:
    called = audit(shipped, file)
    assert called.code == 1
    assert [(row["claim"], row["severity"], row["rule"]) for row in rows(file)] == [
        ("A2", "deny", "add_on_alone"),
        ("A3", "deny", "multiple_on_add_on"),
        ("A3", "deny", "units_appeal"),
        ("A4", "note", "code_not_loaded"),
        ("A5", "refused", "bad_row"),
    ]
    assert "Smith" not in called.out + called.err + file.with_name("found.csv").read_text()
    assert "4 claims, 6 lines: 4 findings in " in called.out
    assert "2 claims with a line that would be denied." in called.out
    assert "1 row not read, and the claim left out: see kind 'file' there." in called.out
    assert "1 line not checked: 1 code not loaded." in called.out
    assert "  20932             2         1,945.95" in called.out
    assert "  0111205           1           648.65" in called.out
    assert called.err == "100 %  4 claims, 4 findings\n"


def test_the_json_has_the_summary(shipped: Shipped, file: Path) -> None:
    said = audit(shipped, file, "--json").object
    assert (said["claims"], said["lines"], said["denied_claims"], said["bad_rows"]) == (4, 6, 2, 1)
    kinds = {"add_on": {"deny": 1}, "modifier": {"deny": 1}, "mue": {"deny": 1}, "code": {"note": 1}}
    assert said["by_kind"] == kinds
    assert said["by_code"] == {"20932": {"denied_lines": 2, "at_stake": "1945.95", "without_value": 0}}
    assert said["by_locality"] == {
        "0111205": {"denied_lines": 1, "at_stake": "648.65", "without_value": 0},
        "national": {"denied_lines": 1, "at_stake": "1297.30", "without_value": 0},
    }
    assert said["not_loaded"] == {"99999": 1}


def test_a_file_without_findings_ends_well(shipped: Shipped, file: Path) -> None:
    file.write_text("\n".join(CLAIMS.splitlines()[:3]))
    called = audit(shipped, file)
    assert called.code == 0
    assert "2 lines: 0 findings" in called.out
    assert "By code" not in called.out


def test_money_is_that_of_the_locality_where_its_indices_are_loaded(file: Path, database: Path, tmp_path: Path) -> None:
    shelves = Shelves(database, tmp_path)
    shelves.bring(shelves.put("GPCI2025.csv", made.gpci_csv()))
    shelves.library.close()
    placed = Shipped(database, paths.resources(), paths.cases(), shelves.folder)
    rows = ("A1,27365,2025-06-01,1011200", "A1,27365,2025-06-01,1011200", "A2,20932,2026-05-01,1011200")
    file.write_text("\n".join(("claim,code,date,locality", *rows, "A3,20932,2025-06-01,Atlantis")))
    said = audit(placed, file)
    placed.book.close()
    assert "US$ at stake (values of the locality where its indices are loaded, else national):" in said.out
    assert "  27365             1         1,816.86" in said.out
    assert "  1011200           2         2,465.51" in said.out
    assert "  Atlantis          1             0.00, 1 without a loaded value" in said.out


def test_money_without_a_value_is_counted(shipped: Shipped, file: Path) -> None:
    file.write_text("claim,code,date,setting\nA1,20932,2026-05-01,hospital\n")
    called = audit(shipped, file, "--setting", "hospital")
    assert "  20932             1             0.00, 1 without a loaded value" in called.out


@pytest.mark.parametrize(
    ("against", "change"),
    [("2025-06-30", [("new", "code_not_yet")]), ("2025 October", [("new", "code_not_yet")]), ("2026-05-01", [])],
)
def test_a_look_back_to_a_day_or_an_edition(
    shipped: Shipped, file: Path, against: str, change: list[tuple[str, str]]
) -> None:
    file.write_text("claim,code,date\nA1,27458,2026-05-01\n")
    audit(shipped, file, "--against", against)
    assert [(row["change"], row["rule"]) for row in rows(file)] == change


def test_a_look_back_to_another_database(shipped: Shipped, database: Path, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    shutil.copy(database, other)
    called = audit(shipped, file, "--against", str(other))
    assert [row["rule"] for row in rows(file)] == ["bad_row"]
    assert called.code == 1


def test_a_look_back_to_nothing_known_is_refused(shipped: Shipped, file: Path) -> None:
    called = audit(shipped, file, "--against", "1999Q1")
    assert called.code == 2
    assert called.err.startswith("'1999Q1' is no code database, no day and no loaded edition; name a file, a day ")


def test_the_claims_are_never_overwritten(shipped: Shipped, file: Path) -> None:
    called = call(shipped, "audit", str(file), "--out", str(file))
    assert (called.code, file.read_text()) == (2, CLAIMS)
    assert called.err.startswith("The findings would overwrite the claims in ")


def test_a_file_that_is_none_is_one_sentence(shipped: Shipped, file: Path) -> None:
    called = audit(shipped, file.with_name("missing.csv"))
    assert called.code == 3
    assert called.err.endswith("name a csv file with claims.\n")


def test_ctrl_c_leaves_what_the_same_command_goes_on_from(
    shipped: Shipped, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_run, "PORTION", 1)
    audit(shipped, file)
    whole = file.with_name("found.csv").read_bytes()
    real = AuditRun._save
    saved: list[int] = []

    def save(self: AuditRun, *args: object) -> None:
        real(self, *args)  # type: ignore[arg-type]
        saved.append(1)
        if len(saved) == 2:
            raise KeyboardInterrupt

    monkeypatch.setattr(AuditRun, "_save", save)
    called = audit(shipped, file)
    assert called.code == 130
    assert called.err.endswith("Stopped after 2 claims; the same command goes on from there.\n")
    monkeypatch.setattr(AuditRun, "_save", real)
    again = audit(shipped, file)
    assert "It went on from where an earlier run had stopped.\n" in again.err
    assert file.with_name("found.csv").read_bytes() == whole


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_a_bar(shipped: Shipped, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_run, "PORTION", 1)
    out = Output(io.StringIO(), Terminal())
    words = ["audit", str(file), "--out", str(file.with_name("found.csv"))]
    assert line.run(line.parse(words), shipped, out, TODAY) == 1
    shown = cast(Terminal, out.err).getvalue()
    assert shown.startswith("\r[")
    assert shown.endswith("100 %  4 claims, 4 findings\n")
