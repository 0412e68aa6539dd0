"""A whole audit: findings in a file, stopped and gone on with, compared with other tables, and counted."""

from __future__ import annotations

import csv
import json
import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from encoder.core.codes import Span
from encoder.core.edits.rules import EditRules
from encoder.core.edits.worth import national
from encoder.errors import InputError, SetupError
from encoder.store import audit_run
from encoder.store.audit_run import AuditRun, Task
from encoder.store.audit_summary import Summary, Tally
from encoder.store.audit_tables import AuditTables
from encoder.store.codebook import Codebook
from tests.core.edits.plain_book import PlainBook, a_code, a_figure, a_pair, listed

HEADER = "claim,line,code,modifiers,units,date,locality\n"
GOOD = "{0},1,10000,LT,1,2026-05-01,L1\n{0},2,20932,,1,2026-05-01,L1\n"
ALONE = "{0},1,20932,,1,2026-05-01,L2\n"
TWICE = "{0},a,10000,,1,2026-05-01,\n{0},b,20932,,3,2026-05-01,\n"


@pytest.fixture(scope="module")
def rules(book: Codebook) -> EditRules:
    return book.edit_rules()


@pytest.fixture
def few(rules: EditRules) -> PlainBook:
    made = PlainBook(rules)
    made.held_codes = [a_code("10000"), a_code("10001"), a_code("20932", "addon_structural_allograft")]
    made.held_relations = [listed("20932", "10000")]
    figures = {"mue_practitioner": "1", "mue_practitioner_mai": "3", "national_facility_payment_usd": "100.25"}
    made.figures = [a_figure("20932", name, value) for name, value in figures.items()]
    return made


@pytest.fixture
def task(few: PlainBook, tmp_path: Path) -> Task:
    return Task(tmp_path / "claims.csv", tmp_path / "found.csv", few, national(few), "practitioner", "tables")


@pytest.fixture
def portions_of_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_run, "PORTION", 2)


def write(task: Task, *claims: str) -> None:
    text = "".join(claim.format(f"A{number}") for number, claim in enumerate(claims, 1))
    task.source.write_text(HEADER + text)


def finished(task: Task) -> AuditRun:
    run = AuditRun(task)
    for _ in run.run():
        pass
    return run


def rows(task: Task) -> list[dict[str, str]]:
    with task.out.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_each_finding_is_a_row(task: Task) -> None:
    write(task, GOOD, ALONE, TWICE)
    finished(task)
    alone, units = rows(task)
    assert alone == {
        "claim": "A2",
        "lines": "1",
        "kind": "add_on",
        "severity": "deny",
        "say": "20932 is an add-on and stands without any primary on 2026-05-01.",
        "table": "aoc",
        "row": "20932",
        "edition": "2026",
        "rule": "add_on_alone",
        "at_stake": "100.25",
    }
    assert (units["lines"], units["rule"], units["at_stake"]) == ("b", "units_appeal", "200.50")
    assert [path.name for path in sorted(task.out.parent.iterdir())] == ["claims.csv", "found.csv"]


def test_bad_rows_are_reported_and_do_not_stop_the_run(task: Task) -> None:
    write(task, ALONE, "{0},1,oops,,1,2026-05-01,\n", ALONE)
    run = finished(task)
    assert [row["claim"] for row in rows(task)] == ["A1", "A2", "A3"]
    refused = rows(task)[1]
    assert (refused["kind"], refused["severity"], refused["rule"]) == ("file", "refused", "bad_row")
    why = "the code column does not hold a code of five characters"
    assert refused["say"] == f"Row 3 was not read: {why}; its claim was left out."
    assert (run.summary.bad_rows, run.summary.claims) == (1, 2)


def test_the_summary_counts_by_kind_rule_code_and_locality(task: Task) -> None:
    write(task, GOOD, ALONE, TWICE, "{0},1,10001,ZZ LT LT,1,2026-05-01,L2\n", "{0},1,99999,,1,2026-05-01,\n")
    total = finished(task).summary
    assert (total.claims, total.lines, total.denied_claims, total.findings, total.bad_rows) == (5, 7, 2, 5, 0)
    assert total.kinds == {"add_on": {"deny": 1}, "mue": {"deny": 1}, "modifier": {"warn": 2}, "code": {"note": 1}}
    assert total.rules["modifier_unknown"] == 1
    assert total.codes == {"20932": Tally(2, 30075, 0)}
    assert total.localities == {"L2": Tally(1, 10025, 0), "": Tally(1, 20050, 0)}
    assert total.unloaded == {"99999": 1}


def test_a_line_that_several_findings_deny_counts_once(task: Task) -> None:
    write(task, "{0},1,20932,51,3,2026-05-01,\n", "{0},1,10000,,1,2026-05-01,\n{0},2,20932,51,3,2026-05-01,\n")
    total = finished(task).summary
    assert total.codes == {"20932": Tally(2, 60150, 0)}
    assert total.kinds["mue"] == {"deny": 2}


def test_a_denied_line_without_a_value_is_counted_as_such(few: PlainBook, task: Task) -> None:
    few.held_pairs = [a_pair("10000", "10001")]
    write(task, "{0},1,10000,,1,2026-05-01,\n{0},2,10001,,1,2026-05-01,\n")
    assert finished(task).summary.codes == {"10001": Tally(1, 0, 1)}
    assert rows(task)[0]["at_stake"] == ""


def test_a_code_that_is_not_loaded_is_said_once(task: Task) -> None:
    write(task, *["{0},1,99999,,1,2026-05-01,\n"] * 3, "{0},1,88888,,1,2026-05-01,\n")
    run = finished(task)
    assert [row["claim"] for row in rows(task)] == ["A1", "A4"]
    assert run.summary.unloaded == {"99999": 3, "88888": 1}


def test_a_diagnosis_of_the_whole_claim_stands_on_no_line(task: Task) -> None:
    task.source.write_text("claim,code,date,dx\nA1,10000,2026-05-01,M84.551A\n")
    finished(task)
    assert [(row["lines"], row["rule"], row["at_stake"]) for row in rows(task)] == [("", "dx_not_loaded", "")]


# ---------------------------------------------------------------------------------------------- stopping and going on


def stopped(task: Task, after: int) -> AuditRun:
    """A run that is left after some portions."""
    run = AuditRun(task)
    steps = run.run()
    for _ in range(after):
        next(steps)
    steps.close()
    return run


@pytest.mark.usefixtures("portions_of_two")
@pytest.mark.parametrize("after", [1, 2, 3])
def test_a_stopped_audit_goes_on_and_ends_in_the_same(task: Task, after: int) -> None:
    write(task, ALONE, TWICE, GOOD, ALONE, TWICE, "{0},1,99999,,1,2026-05-01,\n", "{0},1,99999,,1,2026-05-01,\n")
    whole = finished(task)
    expected = task.out.read_bytes()
    task.out.unlink()
    stopped(task, after)
    assert not task.out.exists()
    left = sorted(path.name for path in task.out.parent.iterdir())
    assert left == ["claims.csv", "found.csv.part", "found.csv.part.json"]
    run = finished(task)
    assert run.resumed > 0
    assert task.out.read_bytes() == expected
    assert run.summary == whole.summary


@pytest.mark.usefixtures("portions_of_two")
@pytest.mark.parametrize("after", [1, 2, 3])
def test_bad_and_empty_rows_are_passed_over_when_it_goes_on(task: Task, after: int) -> None:
    broken = '"' + "x" * 200_000 + '",1,10000,,1,2026-05-01,\n'
    write(task, ALONE, broken, "\n\n", TWICE, ",1,10000,,1,2026-05-01,\n", "\n", ALONE, "{0},oops\n", ALONE, TWICE)
    whole = finished(task)
    expected = task.out.read_bytes()
    stopped(task, after)
    run = finished(task)
    assert (task.out.read_bytes(), run.summary) == (expected, whole.summary)
    assert run.resumed > 0


@pytest.mark.usefixtures("portions_of_two")
def test_what_was_written_beyond_the_note_is_cut_off(task: Task) -> None:
    write(task, ALONE, TWICE, ALONE)
    finished(task)
    expected = task.out.read_bytes()
    task.out.unlink()
    stopped(task, 1)
    part = task.out.with_name("found.csv.part")
    part.write_bytes(part.read_bytes() + b"half a ro")
    finished(task)
    assert task.out.read_bytes() == expected


@pytest.mark.usefixtures("portions_of_two")
@pytest.mark.parametrize("spoil", ["claims", "note", "part", "summary", "task", "list", "older"])
def test_a_stopped_audit_of_something_else_begins_anew(task: Task, spoil: str) -> None:
    write(task, ALONE, TWICE, ALONE)
    stopped(task, 1)
    note, part = (task.out.with_name(f"found.csv.part{end}") for end in (".json", ""))
    held = json.loads(note.read_text())
    if spoil == "claims":
        write(task, TWICE, TWICE, ALONE)
    elif spoil == "note":
        note.write_text("{")
    elif spoil == "part":
        part.unlink()
    elif spoil == "summary":
        note.write_text(json.dumps({**held, "summary": {**held["summary"], "claims": "many"}}))
    elif spoil == "list":
        note.write_text(json.dumps({**held, "summary": [1]}))
    elif spoil == "older":
        note.write_text(json.dumps({**held, "size": held["size"] + 1}))
    else:
        task = replace(task, name="other tables")
    run = finished(task)
    assert run.resumed == 0
    assert run.summary.claims == 3


@pytest.mark.usefixtures("portions_of_two")
def test_progress_is_told_portion_by_portion(task: Task) -> None:
    write(task, ALONE, ALONE, ALONE, ALONE)
    seen = [(step.done, step.size, step.summary.claims) for step in AuditRun(task).run()]
    size = task.source.stat().st_size
    assert seen == [(size, size, 2), (size, size, 4)]


def test_an_empty_file_has_no_findings(task: Task) -> None:
    write(task)
    assert finished(task).summary == Summary()
    assert rows(task) == []


def test_the_note_holds_nothing_of_a_claim(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_run, "PORTION", 1)
    write(task, ALONE, ALONE.replace("{0}", "Secret{0}"), ALONE)
    stopped(task, 2)
    assert "Secret" not in task.out.with_name("found.csv.part.json").read_text()


# ---------------------------------------------------------------------------------------------- other tables


def test_a_look_back_writes_differences_alone(few: PlainBook, task: Task) -> None:
    other = replace(few, held_relations=[], held_codes=[*few.held_codes, a_code("99999")])
    other.figures = [f for f in few.figures if f.field == "national_facility_payment_usd"]
    write(task, GOOD, ALONE, TWICE, "{0},1,99999,,1,2026-05-01,\n")
    run = finished(replace(task, against=(other, None)))
    assert [(row["change"], row["claim"], row["rule"]) for row in rows(task)] == [
        ("new", "A1", "add_on_not_listed"),
        ("gone", "A3", "units_appeal"),
        ("new", "A3", "add_on_not_listed"),
    ]
    assert run.summary.unloaded == {"99999": 1}
    assert rows(task)[0].keys() >= {"change", "claim", "at_stake"}


def test_a_look_back_to_a_day_asks_the_same_tables_as_of_that_day(few: PlainBook, task: Task) -> None:
    few.held_pairs = [a_pair("10000", "10001", "1", Span(date(2026, 3, 1), date(2026, 3, 31)))]
    write(task, "{0},1,10000,,1,2026-05-01,\n{0},2,10001,,1,2026-05-01,\n", "{0},1,oops,,1,2026-05-01,\n")
    finished(replace(task, against=(few, date(2026, 3, 9))))
    assert [(row["change"], row["rule"]) for row in rows(task)] == [("new", "pair_not_opened"), ("", "bad_row")]
    finished(replace(task, as_of=date(2026, 3, 9)))
    assert [row["rule"] for row in rows(task)] == ["pair_not_opened", "bad_row"]


def test_a_finding_that_is_the_same_but_for_the_day_in_its_words_is_no_difference(few: PlainBook, task: Task) -> None:
    write(task, ALONE, TWICE)
    finished(task)
    assert [row["say"] for row in rows(task) if "2026-05-01" in row["say"]] != []
    finished(replace(task, against=(few, date(2026, 3, 9))))
    assert rows(task) == []


# ---------------------------------------------------------------------------------------------- what goes wrong


def test_a_place_that_cannot_be_written_is_said(task: Task) -> None:
    write(task, ALONE)
    lost = replace(task, out=task.out.parent / "nowhere" / "found.csv")
    with pytest.raises(
        SetupError, match=r"^The findings cannot be written to .*; free the disk or name another folder"
    ):
        finished(lost)


def test_a_file_that_is_none_leaves_no_scraps(task: Task) -> None:
    task.source.write_text("name,age\n")
    with pytest.raises(InputError):
        finished(task)
    assert [path.name for path in task.out.parent.iterdir()] == ["claims.csv"]


def test_a_fault_of_the_engine_reaches_the_caller(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: AuditTables) -> None:
        raise sqlite3.OperationalError("interrupted")

    monkeypatch.setattr(AuditTables, "judge", fail)
    write(task, ALONE)
    with pytest.raises(SetupError, match=r"^The audit's tables in memory failed \(interrupted\); close other programs"):
        finished(task)


@pytest.mark.parametrize("spoil", [None, [], {"claims": 1}, {**Summary().as_json(), "rules": {"x": "1"}}])
def test_what_is_no_summary_is_refused(spoil: object) -> None:
    with pytest.raises(ValueError, match=r"^$"):
        Summary.from_json(spoil)
    assert Summary.from_json(Summary(1, 2, codes={"20932": Tally(1, 2, 3)}).as_json()).codes == {
        "20932": Tally(1, 2, 3)
    }


def test_a_value_that_is_no_number_is_none(few: PlainBook) -> None:
    few.figures = [a_figure("10000", "national_facility_payment_usd", "NA"), a_figure("10000", "opps_rate_usd", "7.5")]
    worth = national(few)
    day = date(2026, 5, 1)
    assert worth("10000", day, "practitioner", "L1") is None
    assert str(worth("10000", day, "outpatient_hospital", "")) == "7.5"
    assert worth("10001", day, "practitioner", "") is None
