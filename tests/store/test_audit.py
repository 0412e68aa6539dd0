"""The audit's query: it finds what the claim check finds, in SQLite and in DuckDB over the same tables as Parquet."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encoder.core.claim import Claim, ClaimLine
from encoder.core.codes import Span
from encoder.core.edits.check import check
from encoder.core.edits.findings import Finding, listing
from encoder.core.edits.rules import EditRules
from encoder.store.audit import Audit
from encoder.store.audit_query import QUERY
from encoder.store.audit_schema import TABLES, Row
from encoder.store.codebook import Codebook
from tests.core.edits.plain_book import NOW, PlainBook, a_code, a_diagnosis, a_figure, a_pair, barred, listed
from tests.store.random_claims import random_claim

MARCH = Span(date(2026, 3, 1), date(2026, 3, 31))


@pytest.fixture(scope="module")
def audit(book: Codebook) -> Iterator[Audit]:
    with closing(Audit(book)) as made:
        yield made


def facts(finding: Finding) -> tuple[object, ...]:
    """What check and audit must agree on."""
    row, also = finding.row, {(one.key, one.edition) for one in finding.also}
    diagnoses = finding.diagnoses if finding.kind == "diagnosis" else ()
    place = (row.table, row.key, row.edition) if row else None
    key = (finding.id, finding.kind, finding.severity, finding.lines, diagnoses)
    return *key, finding.say, finding.rationale, place, frozenset(also), finding.over


def audited(claim: Claim, book: Codebook | PlainBook) -> set[tuple[object, ...]]:
    """What the claim check finds, of the rules that an audit looks for."""
    rules = book.edit_rules().rules
    return {facts(finding) for finding in check(claim, book).findings if rules[finding.id].audited}


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 2**32))
def test_the_audit_finds_what_the_claim_check_finds(audit: Audit, book: Codebook, seed: int) -> None:
    chance = random.Random(seed)
    claims = [random_claim(chance) for _ in range(30)]
    for claim, found in zip(claims, audit.find(claims), strict=True):
        assert {facts(finding) for finding in found} == audited(claim, book), claim


def test_duckdb_gives_the_same_answer_over_the_same_tables_as_parquet(book: Codebook, tmp_path: Path) -> None:
    chance = random.Random(1)
    with closing(Audit(book)) as made:
        made.find([random_claim(chance) for _ in range(300)])
        writer = duckdb.connect()
        for name, declared in TABLES.items():
            rows = made.tables.rows(name)
            assert rows, name
            plain = tmp_path / f"{name}.csv"
            with plain.open("w", newline="") as file:
                csv.writer(file).writerows(rows)
            writer.execute(f"CREATE TABLE {name} ({declared})")
            writer.execute(f"COPY {name} FROM '{plain}' (HEADER false, NULLSTR 'none')")
            writer.execute(f"COPY {name} TO '{tmp_path / name}.parquet' (FORMAT parquet)")
        engine = duckdb.connect()
        for name in TABLES:
            engine.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{tmp_path / name}.parquet')")
        theirs = sorted(Row(*row) for row in engine.execute(QUERY).fetchall())
        assert theirs == made.tables.answer()
        assert len({row.rule for row in theirs}) > 40


# ---------------------------------------------------------------------------------------------- tables of a few rows


@pytest.fixture
def few(rules: EditRules) -> PlainBook:
    book = PlainBook(rules)
    book.held_codes = [a_code(code) for code in ("10000", "10001", "10002")]
    book.held_codes.append(a_code("20932", "addon_structural_allograft"))
    return book


@pytest.mark.parametrize(("partial", "rule"), [((), "add_on_not_listed"), (("aoc",), "add_on_list_not_loaded")])
def test_an_add_on_without_rows_is_denied_by_a_whole_list_alone(
    few: PlainBook, partial: tuple[str, ...], rule: str
) -> None:
    few.partial = partial
    assert agree(few, one(ClaimLine("10000"), ClaimLine("20932"))) == [[rule]]


@pytest.fixture(scope="session")
def rules(book: Codebook) -> EditRules:
    return book.edit_rules()


def agree(book: PlainBook, *claims: Claim) -> list[list[str]]:
    """The rules that fire on each claim; check and audit must agree."""
    with closing(Audit(book)) as made:
        found = made.find(claims)
    for claim, of_claim in zip(claims, found, strict=True):
        assert {facts(finding) for finding in of_claim} == audited(claim, book)
    return [[finding.id for finding in of_claim] for of_claim in found]


def one(*lines: ClaimLine, on: date = NOW, dx: tuple[str, ...] = (), setting: str = "practitioner") -> Claim:
    return Claim(lines, on, dx, setting)


def test_of_two_editions_the_newer_counts_and_the_older_stands_around_it(few: PlainBook) -> None:
    few.figures = [
        a_figure("10000", "bilateral_ind", "2", MARCH, "2026Q1"),
        a_figure("10000", "bilateral_ind", "0"),
    ]
    days = [date(2026, 2, 28), *(day for day in (MARCH.start, MARCH.end) if day), date(2026, 4, 1), date(2027, 1, 1)]
    found = agree(few, *(one(ClaimLine("10000", ("50",)), on=day) for day in days))
    inside, never = ["bilateral_inside"], ["bilateral_never"]
    assert found == [never, inside, inside, never, ["date_uncovered"]]


def test_an_edition_wholly_inside_the_days_of_a_newer_one_is_not_asked(few: PlainBook) -> None:
    few.figures = [a_figure("10000", "bilateral_ind", "0"), a_figure("10000", "bilateral_ind", "2", MARCH)]
    later = a_figure("10000", "bilateral_ind", "1", Span(date(2027, 1, 1), None))
    few.figures.append(later)
    assert agree(few, one(ClaimLine("10000", ("50",)), on=date(2026, 3, 5))) == [["bilateral_never"]]


def test_the_last_limit_before_a_date_stands_in(few: PlainBook) -> None:
    june = Span(date(2026, 6, 1), date(2026, 6, 30))
    few.spans = {"mue": [MARCH, Span(june.start, date(2026, 7, 31))]}
    limits = [("1", MARCH), ("2", june)]
    for value, span in limits:
        few.figures.append(a_figure("10000", "mue_practitioner", value, span, str(span.start)))
        few.figures.append(a_figure("10000", "mue_practitioner_mai", "3", span))
    few.figures.append(a_figure("10001", "mue_practitioner", "none"))
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 5, 31), *(date(2026, 6, day) for day in (1, 30))]
    days += [date(2026, 7, 1), date(2026, 12, 1)]  # the edition of July has no limit of the code
    found = agree(few, *(one(ClaimLine("10000", (), 3), on=day) for day in days), one(ClaimLine("10001", (), 9)))
    appeal = ["units_appeal"]
    assert found == [[], appeal, appeal, appeal, appeal, [], [], []]


def test_limits_by_line_and_absolute_ones(few: PlainBook) -> None:
    for code, mai in (("10000", "1"), ("10001", "2"), ("10002", "")):
        few.figures.append(a_figure(code, "mue_practitioner", "1"))
        few.figures += [a_figure(code, "mue_practitioner_mai", mai)] if mai else []
    lines = [(ClaimLine(code, (), 2), ClaimLine(code, ("76",))) for code in ("10000", "10001", "10002")]
    assert agree(few, *(one(*both) for both in lines)) == [["units_line"], ["units_day"], ["units_line"]]


def test_an_edit_that_never_applied_and_one_on_its_last_day(few: PlainBook) -> None:
    few.held_pairs = [a_pair("10000", "10001", "9"), a_pair("10000", "10002", "1", MARCH)]
    both, other = (ClaimLine("10000"), ClaimLine("10001")), (ClaimLine("10002"), ClaimLine("10000"))
    days = (date(2026, 3, 31), date(2026, 4, 1))
    assert agree(few, one(*both), *(one(*other, on=day) for day in days)) == [[], ["pair_not_opened"], []]


def test_an_edit_in_both_directions_is_one_finding(few: PlainBook) -> None:
    few.held_pairs = [a_pair("10000", "10001", "1"), a_pair("10001", "10000", "1")]
    assert agree(few, one(ClaimLine("10001"), ClaimLine("10000"))) == [["pair_not_opened"]]


def test_the_column_of_a_modifier_before_the_middle_of_2019(few: PlainBook) -> None:
    few.covered = Span(date(2019, 1, 1), None)
    few.held_pairs = [
        a_pair("10000", "10001", "1", Span(date(2019, 1, 1), None)),
        a_pair("10000", "10001", "1", Span(date(2019, 1, 1), None), "outpatient_hospital"),
    ]
    lines = ClaimLine("10000", ("59",)), ClaimLine("10001")
    days = date(2019, 6, 30), date(2019, 7, 1)
    assert agree(few, *(one(*lines, on=day) for day in days)) == [["pair_wrong_column"], ["pair_opened"]]
    with closing(Audit(few)) as made:
        ((hospital,),) = made.find([one(*lines, on=days[0], setting="outpatient_hospital")])
    assert hospital.id == "pair_opened"


def test_add_ons_between_practitioners_days_and_lists(few: PlainBook) -> None:
    few.held_relations = [
        listed("20932", "10000", MARCH),
        barred("20932", "10001"),
        listed("10010", "10002", list_type="3"),
        listed("10010", "CCCCC", MARCH, list_type="3"),
    ]
    add_on, primary = ClaimLine("20932", practitioner="A"), ClaimLine("10000", practitioner="A")
    march, april = date(2026, 3, 5), date(2026, 4, 5)
    found = agree(
        few,
        one(primary, add_on, on=march),
        one(ClaimLine("10000", practitioner="B"), add_on, on=march),
        one(ClaimLine("10000", (), 1, april), add_on, on=march),
        one(primary, add_on, on=april),
        one(primary, add_on, on=date(2026, 2, 5)),
        one(ClaimLine("10001", practitioner="A"), add_on),
        one(ClaimLine("10002", practitioner="A"), add_on),
        one(add_on),
        one(ClaimLine("10000"), ClaimLine("10010"), on=march),
        one(ClaimLine("10000"), ClaimLine("10010"), on=april),
        one(ClaimLine("10010"), on=april),
    )
    assert [[rule for rule in rules if rule != "code_not_loaded"] for rules in found] == [
        [],
        ["add_on_other_practitioner"],
        ["add_on_other_day"],
        ["add_on_list_ended"],
        ["add_on_list_later"],
        ["add_on_barred"],
        ["add_on_not_listed"],
        ["add_on_alone"],
        ["add_on_payer_decides"],
        ["add_on_partial_list"],
        ["add_on_alone"],
    ]


def test_statuses_of_the_hospital_and_codes_of_a_published_table_alone(few: PlainBook) -> None:
    few.figures = [a_figure("10000", "opps_si", "C"), a_figure("30000", "bilateral_ind", "9")]
    hospital = one(ClaimLine("10000"), setting="outpatient_hospital")
    assert agree(few, hospital, one(ClaimLine("10000")), one(ClaimLine("30000", ("50",)))) == [
        ["code_inpatient_only"],
        [],
        ["bilateral_not_for"],
    ]


def test_diagnoses_by_date_side_and_site(few: PlainBook) -> None:
    few.held_codes = [a_code("10000", "radical_resection_bone", "lower_limb"), a_code("10001")]
    few.held_diagnoses = [
        a_diagnosis("C40.21", "malignant_primary_limb", "right", "lower_limb", span=MARCH),
        a_diagnosis("C40.22", "malignant_primary_limb", "left", "lower_limb"),
        a_diagnosis("C40.01", "malignant_primary_limb", "right", "upper_limb"),
        a_diagnosis("M16.0", "osteoarthritis", "bilateral", "pelvis_hip"),
    ]
    left = ClaimLine("10000", ("LT",))
    found = agree(
        few,
        one(left, dx=("C40.21",)),
        one(left, dx=("C40.01", "C40.22")),
        one(left, dx=("C40.01",)),
        one(ClaimLine("10000", ("LT",), pointers=(0,)), dx=("C40.21", "C40.22"), on=date(2026, 3, 1)),
        one(left, dx=("M16.0",)),
        one(ClaimLine("10001", ("LT",)), dx=("C40.01",)),
        one(ClaimLine("99999", ("LT",)), dx=("C40.01",)),
    )
    assert found == [
        ["dx_not_valid", "dx_side"],
        [],
        ["dx_site"],
        ["dx_side"],
        ["dx_no_resection"],
        ["dx_side"],
        ["code_not_loaded", "dx_side"],
    ]


def test_an_audit_as_of_a_day_asks_the_tables_of_that_day(few: PlainBook) -> None:
    few.held_codes.append(a_code("10003", span=MARCH))
    few.held_pairs = [a_pair("10000", "10001", "1", MARCH)]
    few.held_relations = [listed("20932", "10000", MARCH)]
    claims = [
        one(ClaimLine("10000"), ClaimLine("10001")),
        one(ClaimLine("10003")),
        one(ClaimLine("10000"), ClaimLine("20932")),
        one(ClaimLine("10000"), ClaimLine("20932", on=date(2026, 5, 9))),
    ]
    now = [["pair_not_opened"], ["code_deleted"], ["add_on_list_ended"], ["add_on_alone"]]
    with closing(Audit(few)) as made:
        assert [[f.id for f in found] for found in made.find(claims)] == [[], *now[1:]]
    with closing(Audit(few, date(2026, 3, 9))) as made:
        found = made.find(claims)
    assert [[f.id for f in of_claim] for of_claim in found] == [now[0], [], [], ["add_on_other_day"]]
    assert "2026-03-09" in found[3][0].say


def test_portion_after_portion_forgets_the_claims_before(few: PlainBook) -> None:
    few.held_relations = [listed("20932", "10000")]
    with closing(Audit(few)) as made:
        assert [len(found) for found in made.find([one(ClaimLine("20932")), one(ClaimLine("10000"))])] == [1, 0]
        assert [len(found) for found in made.find([one(ClaimLine("10000"))])] == [0]
        assert made.find([]) == []


def test_words_in_a_row() -> None:
    assert [listing(words) for words in ([], ["1"], ["1", "2"], ["1", "2", "3"])] == ["", "1", "1 and 2", "1, 2 and 3"]
