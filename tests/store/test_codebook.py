"""The code database answers by the date of service, and a damaged one is said in a sentence."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encoder.core.book import HOSPITAL, PRACTITIONER, Book
from encoder.core.codes import Edition, Span, State
from encoder.errors import DataError
from encoder.store.codebook import SCHEMA_VERSION, Codebook
from tests.tiny import Tiny

NOW = date(2026, 6, 1)


@pytest.fixture
def small(tiny: Tiny) -> Iterator[Codebook]:
    with closing(Codebook.open(tiny.build())) as book:
        yield book


def ask_everything(book: Book) -> None:
    """Every question of the protocol once, over all that the book holds."""
    codes = [code.code for code in book.codes()]
    for code in [*codes, "*"]:
        book.code(code), list(book.relations(code)), list(book.indicators(code)), list(book.documentation(code))
        assert all(code in (pair.column1, pair.column2) for pair in book.pairs(code))
        book.relation("20932", code, NOW), book.pair("27365", code, HOSPITAL, NOW), book.indicator(code, "status", NOW)
    for table in book.tables():
        assert all(len(row.key) == len(book.columns(table)) for row in book.rows(table))
    for family in ("malignant", "trauma", "malignant_primary_limb", "acute_trauma"):
        assert all(book.diagnosis(row.code) == row for row in book.diagnoses(family))
    book.procedure("0QRB0KZ"), list(book.editions()), list(book.sources()), list(book.citations())


def test_a_bundled_edition_knows_how_much_of_the_scope_it_holds(small: Codebook) -> None:
    def size(table: str, start: date | None = None, end: date | None = None) -> int:
        return small.size(Edition(table, "", "", Span(start, end), "", ()))

    assert [size(table) for table in ("cpt", "aoc", "icd10cm", "icd10pcs", "nothing")] == [5, 2, 4, 1, 0]
    assert [size(table) for table in ("ptp_practitioner", "ptp_hospital")] == [2, 1]
    assert size("pfs", date(2026, 1, 1), date(2026, 12, 31)) == 1
    assert size("mue", date(2026, 1, 1), date(2026, 12, 31)) == 0


def test_a_code_is_given_with_its_dates_and_sources(small: Codebook) -> None:
    code = small.code("27445")
    assert code is not None
    assert (code.title, code.plain, code.category, code.cites) == (
        "Hinged knee",
        "A hinge",
        "arthroplasty",
        ("manual#27445",),
    )
    assert code.span == Span(date(2019, 1, 1), date(2025, 12, 31))
    assert [code.code for code in small.codes()] == ["20932", "20999", "27365", "27445", "27646"]
    assert [code.replaced_by for code in small.codes()] == ["", "", "", "", "27365"]
    assert small.code("99999") is None


def test_a_relation_is_allowed_barred_or_not_listed_on_the_date(small: Codebook) -> None:
    allowed = small.relation("20932", "27365", NOW)
    assert allowed.row is not None
    assert (allowed.state, allowed.row.id, allowed.withdrawn) == (State.ALLOWED, "aoc:20932>27365", None)
    barred = small.relation("20932", "27646", NOW)
    assert barred.row is not None
    assert (barred.state, barred.row.cites) == (State.BARRED, ("list#27646:20932", "manual#20932"))
    for nothing in (small.relation("20932", "27365", date(2018, 12, 31)), small.relation("20932", "20999", NOW)):
        assert (nothing.state, nothing.row, nothing.withdrawn) == (State.NOT_LISTED, None, None)


def test_a_withdrawn_bar_bars_to_its_last_day_and_is_shown_afterwards(small: Codebook) -> None:
    assert small.relation("20932", "27445", date(2019, 9, 30)).state is State.BARRED
    after = small.relation("20932", "27445", date(2019, 10, 1))
    assert (after.state, after.row) == (State.NOT_LISTED, None)
    assert after.withdrawn is not None
    assert after.withdrawn.id == "bar:20932>27445"
    assert small.relation("20932", "27445", date(2018, 1, 1)).withdrawn is None


def test_of_two_withdrawn_bars_the_latest_is_shown(tiny: Tiny) -> None:
    again = "bar:20932>27445@2020,20932,27445,barred,,Again,1,2020-01-01,2020-12-31,list#1\nbar:20932>27646,"
    tiny.change("relations.csv", "bar:20932>27646,", again)
    with closing(Codebook.open(tiny.build())) as book:
        withdrawn = book.relation("20932", "27445", NOW).withdrawn
        assert withdrawn is not None
        assert withdrawn.basis == "Again"


def test_the_rows_of_a_code_name_it_on_either_side(small: Codebook) -> None:
    rows = ["aoc:20932>27365", "bar:20932>27445", "bar:20932>27646"]
    assert [row.id for row in small.relations("20932")] == rows
    assert [row.id for row in small.relations("27445")] == ["bar:20932>27445"]
    assert [row.kind for row in small.relations("20999")] == ["contractor_defined"]


def test_an_edit_is_found_in_either_direction_in_the_table_of_its_setting(small: Codebook) -> None:
    for first, second in (("27365", "27646"), ("27646", "27365")):
        pair = small.pair(first, second, PRACTITIONER, NOW)
        assert pair is not None
        assert (pair.id, pair.column1, pair.indicator) == ("ptp:practitioner:27646>27365", "27646", "0")
        assert small.pair(first, second, HOSPITAL, NOW) is None
    assert {pair.setting for pair in small.pairs("27445")} == {PRACTITIONER, HOSPITAL}
    assert list(small.pairs("20932")) == []


def test_a_figure_is_that_of_the_edition_of_the_date(small: Codebook) -> None:
    figures = [small.indicator("27365", "work_rvu", date(year, 3, 1)) for year in (2024, 2025, 2026)]
    assert [figure and figure.value for figure in figures] == [None, "32.21", "31.40"]
    assert [figure.edition for figure in small.indicators("27365")] == ["2026", "2025"]
    assert small.indicator("27365", "status", NOW) is None


def test_the_bundled_tables_hold_no_payment_localities(facts: Codebook) -> None:
    assert facts.localities(NOW) == ()


def test_a_lookup_row_is_picked_by_its_key_and_the_date(small: Codebook) -> None:
    row = small.row("by_bone", ("femur", ""), NOW)
    assert row is not None
    assert (row.id, row.code, row.warn) == ("by_bone.femur", "27365", ())
    hinges = [small.row("by_bone", ("hinge", ""), date(year, 6, 1)) for year in (2018, 2025, 2026)]
    assert [hinge and (hinge.code, hinge.warn) for hinge in hinges] == [None, ("27445", ("W03", "W20")), ("", ())]
    assert small.row("by_bone", ("skull", ""), NOW) is None
    assert small.row("no_table", ("femur", ""), NOW) is None


def test_a_lookup_table_lists_its_columns_and_its_rows_in_key_order(small: Codebook) -> None:
    assert list(small.tables()) == ["by_bone"]
    assert small.columns("by_bone") == ("bone", "graft")
    assert [row.key for row in small.rows("by_bone")] == [
        ("femur", ""),
        ("femur", "donor"),
        ("hinge", ""),
        ("hinge", ""),
    ]
    assert (small.columns("no_table"), list(small.rows("no_table"))) == ((), [])


def test_a_heading_answers_for_the_diagnoses_below_it(small: Codebook) -> None:
    expected = {
        "C40.21": "C40.21",
        "C40.2": None,
        "C40.211": None,
        "S42.211A": "S42.2",
        "S42.9": "S42",
        "S4": None,
        "M84.551": "M84.551",
    }
    found = {code: small.diagnosis(code) for code in expected}
    assert {code: row and row.code for code, row in found.items()} == expected
    assert [row.code for row in small.diagnoses("trauma")] == ["S42", "S42.2"]
    assert list(small.diagnoses("unknown")) == []


def test_bytes_that_are_no_text_are_in_no_table(small: Codebook) -> None:
    """A terminal hands over what it cannot decode as unpaired surrogates."""
    assert small.diagnosis("C40.2\udc80") is None
    assert [*small.pairs("\udc80"), *small.indicators("\udc80")] == []
    assert small.code("\udc80") is None


def test_a_hospital_procedure_is_found_by_its_code(small: Codebook) -> None:
    procedure = small.procedure("0QRB0KZ")
    assert procedure is not None
    assert (procedure.operation, procedure.part, procedure.side) == ("Replacement", "Lower Femur", "right")
    assert small.procedure("0QRB0ZZ") is None


def test_the_facts_of_a_note_are_those_of_the_category_and_then_of_the_code(small: Codebook) -> None:
    assert [fact.id for fact in small.documentation("27646")] == ["resection.margin", "27646.side"]
    assert [fact.id for fact in small.documentation("27365")] == ["resection.margin"]
    assert [fact.id for fact in small.documentation("category:resection")] == ["resection.margin"]
    assert list(small.documentation("99999")) == []


def test_editions_and_sources_come_in_the_order_of_their_files(small: Codebook) -> None:
    assert [(edition.table, edition.edition) for edition in small.editions()] == [("pfs", "2025"), ("pfs", "2026")]
    listed, manual = small.sources()
    assert (listed.id, listed.span) == ("list", Span(date(2019, 1, 1), date(2026, 6, 30)))
    assert (manual.where, manual.confidence) == ("https://example.org/manual", "one source")


def test_the_shipped_tables_answer_every_question(facts: Codebook) -> None:
    ask_everything(facts)


def test_the_book_is_read_only_and_leaves_nothing_beside_the_file(tiny: Tiny) -> None:
    path = tiny.build()
    before = sorted(path.parent.iterdir())
    with closing(Codebook.open(path)) as book:
        ask_everything(book)
        assert sorted(path.parent.iterdir()) == before


@pytest.mark.parametrize("name", ["a b", "50%", "what?", "no#1", "für"])
def test_a_folder_may_have_any_name(tiny: Tiny, tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    tiny.database = folder / "encoder.db"
    with closing(Codebook.open(tiny.build())) as book:
        assert book.meta()["schema_version"] == SCHEMA_VERSION


def test_a_missing_database_is_said_with_its_remedy(tmp_path: Path) -> None:
    for path in (tmp_path / "encoder.db", tmp_path):
        with pytest.raises(
            DataError, match=r"^The code database is missing at .*build it again with: python run\.py db$"
        ):
            Codebook.open(path)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="needs a file that this user may not read")
def test_a_database_that_may_not_be_read_is_said(tiny: Tiny) -> None:
    tiny.build().chmod(0)
    with pytest.raises(DataError, match=r"cannot be opened \(unable to open database file\)"):
        Codebook.open(tiny.database)


def test_a_connection_that_fails_is_said(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **named: object) -> None:
        raise sqlite3.OperationalError("unable to open database file")

    tiny.build()
    monkeypatch.setattr(sqlite3, "connect", fail)
    with pytest.raises(DataError, match=r"cannot be opened \(unable to open database file\); build it again"):
        Codebook.open(tiny.database)


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda data: b"", "is damaged (no such table: meta)"),
        (lambda data: b"not a database" * 100, "is damaged (file is not a database)"),
        (lambda data: data[:4096], "is damaged (database disk image is malformed)"),
    ],
)
def test_what_is_no_code_database_is_said(tiny: Tiny, spoil: Callable[[bytes], bytes], sentence: str) -> None:
    path = tiny.build()
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(DataError) as refused:
        Codebook.open(path)
    assert str(refused.value) == f"The code database {path} {sentence}; build it again with: python run.py db"


@pytest.mark.parametrize("version", ["0", None])
def test_a_database_of_another_schema_is_said(tiny: Tiny, version: str | None) -> None:
    with closing(sqlite3.connect(tiny.build())) as database:
        database.execute("DELETE FROM meta WHERE key = 'schema_version'")
        if version:
            database.execute("INSERT INTO meta VALUES ('schema_version', ?)", (version,))
        database.commit()
    with pytest.raises(
        DataError, match=f"has schema {version or 'unknown'}, this program reads {SCHEMA_VERSION}; build it again"
    ):
        Codebook.open(tiny.database)


def test_a_senseless_date_is_said(tiny: Tiny) -> None:
    with closing(sqlite3.connect(tiny.build())) as database:
        database.execute("UPDATE code SET from_date = '2019-99-99' WHERE code = '27365'")
        database.commit()
    with closing(Codebook.open(tiny.database)) as book, pytest.raises(DataError, match=r"is damaged \("):
        book.code("27365")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Tiny(tmp_path_factory.mktemp("sound")).build()


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_damaged_file_never_ends_in_a_traceback(sound: Path, data: st.DataObject) -> None:
    content = bytearray(sound.read_bytes())
    for _ in range(data.draw(st.integers(1, 40))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    end = data.draw(st.one_of(st.just(len(content)), st.integers(0, len(content))))
    damaged = sound.with_name("damaged.db")
    damaged.write_bytes(content[:end])
    try:
        book = Codebook.open(damaged)
    except DataError:
        return
    try:
        ask_everything(book)
    except (DataError, AssertionError):
        pass  # refused, or readable with another text where one was overwritten
    finally:
        book.close()
