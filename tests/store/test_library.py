"""The book with imported editions before the bundled tables: which of them answers, on which date, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encoder.commands.tree import with_usual
from encoder.core.book import HOSPITAL, PRACTITIONER
from encoder.core.codes import Span, State
from encoder.core.editions import editions_on
from encoder.core.tree.explain import explain
from encoder.core.tree.model import Outcome, Tree
from encoder.core.tree.reach import Reach
from encoder.core.tree.rules import claim
from encoder.core.tree.walk import walk
from encoder.core.tree.ways import Way, ways
from encoder.errors import DataError
from encoder.paths import resources
from encoder.store.codebook import Codebook
from encoder.store.library import Library
from encoder.store.tree_file import read_tree
from tests.formats import made
from tests.store.shelves import JULY, Shelves
from tests.tiny import Tiny

PRE = date(2018, 6, 1)
REASON = "Anatomic Consideration"


def test_without_imports_the_bundled_tables_answer_and_nothing_is_made(shelves: Shelves) -> None:
    with closing(Codebook.open(shelves.database)) as bundled:
        for code in ("20932", "27365", "27445", "27646", "*"):
            assert list(shelves.library.relations(code)) == list(bundled.relations(code))
            assert list(shelves.library.pairs(code)) == list(bundled.pairs(code))
            assert list(shelves.library.indicators(code)) == list(bundled.indicators(code))
        assert list(shelves.library.editions()) == list(bundled.editions())
        assert list(shelves.library.sources()) == list(bundled.sources())
        assert shelves.library.diagnosis("C40.21") == bundled.diagnosis("C40.21")
        assert shelves.library.relation("20932", "27365", JULY) == bundled.relation("20932", "27365", JULY)
        assert shelves.library.pair("27365", "27445", HOSPITAL, JULY) == bundled.pair("27365", "27445", HOSPITAL, JULY)
        assert shelves.library.indicator("27365", "work_rvu", JULY) == bundled.indicator("27365", "work_rvu", JULY)
    assert (shelves.library.faults(), shelves.folder.exists()) == ((), False)
    nothing = shelves.library
    assert (nothing.licensed("27365", JULY), nothing.hcpcs("A0080", JULY), nothing.localities(JULY)) == (None, None, ())
    assert nothing.icd("icd10cm", "C40.21", JULY) is None


def test_another_thread_opens_the_same_tables_once_more(shelves: Shelves) -> None:
    shelves.pairs()
    with closing(shelves.library.twin()) as twin:
        assert list(twin.editions()) == list(shelves.library.editions())
        assert [one.table for one in twin.bundled()] == ["pfs", "pfs"]
        assert next(iter(twin.editions())).table == "ptp_practitioner"


def test_an_imported_edition_answers_for_its_table_and_the_bundled_one_is_not_asked(shelves: Shelves) -> None:
    assert shelves.library.pair("27365", "27445", PRACTITIONER, JULY) is not None
    shelves.pairs()
    book = shelves.library
    found = book.pair("11010", "20932", PRACTITIONER, JULY)
    assert found is not None
    assert (found.id, found.column1, found.indicator, found.rationale) == (
        "ptp:practitioner:20932>11010@2019-01-01",
        "20932",
        "1",
        "More extensive procedure",
    )
    assert found.cites == ("ptp-practitioner-2026q3#20932:11010",)
    assert book.pair("27365", "27445", PRACTITIONER, JULY) is None  # bundled, and not in the imported edition
    assert book.pair("27365", "27445", HOSPITAL, JULY) is not None  # no hospital edition was imported
    assert book.pair("27365", "\udcff", PRACTITIONER, JULY) is None
    assert any(source.id == "ptp-practitioner-2026q3" for source in book.sources())


def test_the_deletion_date_is_the_last_day_and_an_edit_of_indicator_9_never_applied(shelves: Shelves) -> None:
    shelves.pairs()
    book = shelves.library
    days = (date(2018, 12, 31), date(2019, 1, 1), date(2021, 12, 31), date(2022, 1, 1), JULY)
    found = [book.pair("20930", "20932", PRACTITIONER, day) for day in days]
    assert [pair and pair.id.partition("@")[2] for pair in found] == [
        None,
        "2019-01-01",
        "2019-01-01",
        "2022-01-01",
        "2022-01-01",
    ]
    assert book.pair("27365", "27364", PRACTITIONER, date(2019, 1, 1)) is None
    assert [(pair.column2, pair.setting) for pair in book.pairs("27365")] == [
        ("20240", PRACTITIONER),
        ("27445", HOSPITAL),
    ]
    ended = [pair for pair in book.pairs("20930") if pair.span.end is not None]
    assert [pair.span.end for pair in ended] == [date(2021, 12, 31)]


def test_of_two_edits_in_force_the_stricter_answers(shelves: Shelves) -> None:
    both = [("27365", "20932", "", "20190101", "*", "0", "x"), *made.PTP[3:]]
    parts = made.ptp_parts()
    parts |= made.ptp_parts({2: [("20932", "27365", "", "20190101", "*", "1", "x")], 3: both})
    shelves.pairs(parts)
    pair = shelves.library.pair("20932", "27365", PRACTITIONER, JULY)
    assert pair is not None
    assert (pair.column1, pair.indicator) == ("27365", "0")


def test_a_date_that_no_edition_covers_is_answered_by_the_one_that_ends_last_and_said(shelves: Shelves) -> None:
    shelves.pairs()
    later = date(2027, 2, 1)
    assert shelves.library.pair("20932", "11010", PRACTITIONER, later) is not None
    (note,) = [note for note in editions_on(shelves.library, later) if note.edition.table == "ptp_practitioner"]
    assert (note.state, note.edition.edition) == ("older", "2026Q3")
    assert shelves.library.pair("27365", "27445", HOSPITAL, later) is not None


def test_where_the_bundled_edition_ends_later_it_answers(tiny: Tiny, tmp_path: Path) -> None:
    tiny.change(
        "editions.csv",
        "pfs,Values,2026,",
        "aoc,List,2027Q1,2019-01-01,2027-03-31,The list,list#1\npfs,Values,2026,",
    )
    shelves = Shelves(tiny.build(), tmp_path)
    rows = [row for row in made.AOC if row[3] != "27365"]
    shelves.file("AOC_V2026Q3-MCR.xlsx", made.aoc_xlsx(rows))
    book = shelves.library
    assert book.relation("20932", "27365", JULY).state is State.NOT_LISTED
    assert book.relation("20932", "27365", date(2027, 1, 1)).state is State.ALLOWED
    assert (
        book.relation("20932", "27365", date(2027, 6, 1)).state is State.ALLOWED
    )  # none covers it; the last list says so
    assert "aoc:20932>27365" in [row.id for row in book.relations("20932")]
    book.close()


def test_an_imported_add_on_list_takes_the_place_of_ours_and_the_bars_stay(shelves: Shelves) -> None:
    rows = [*made.AOC, ("1", "20932", "", "27445", "", "2019001", "", "")]
    shelves.file("AOC_V2026Q3-MCR.xlsx", made.aoc_xlsx(rows))
    book = shelves.library
    allowed = book.relation("20932", "27365", JULY)
    assert allowed.row is not None
    assert (allowed.state, allowed.row.id, allowed.row.cites) == (
        State.ALLOWED,
        "aoc:20932>27365",
        ("aoc-2026q3#20932:27365",),
    )
    assert allowed.row.basis == "Closed list (type 1): payable only with a listed primary"
    assert len(allowed.row.hash) == 16
    assert book.relation("20932", "27646", date(2020, 12, 31)).state is State.ALLOWED  # the primary was deleted then
    assert book.relation("20932", "27646", date(2021, 1, 1)).state is State.BARRED  # and our bar still stands
    assert book.relation("20932", "27445", JULY).state is State.ALLOWED  # listed, and the bar has ended
    assert book.relation("20932", "11010", JULY).state is State.NOT_LISTED
    ids = [row.id for row in book.relations("20932")]
    assert [row.id for row in book.relations("20932")] == ids  # and the same when it is remembered
    assert ids == ["bar:20932>27445", "bar:20932>27646"] + [f"aoc:20932>{code}" for code in ("27365", "27445", "27646")]
    types = {row.id: (row.kind, row.basis) for code in ("20985", "20700") for row in book.relations(code)}
    assert types["aoc:20985>*"] == (
        "contractor_defined",
        "No list (type 2): the payer decides which primaries it accepts",
    )
    assert list(types) == ["aoc:20985>*", "aoc:20700>*", "aoc:20700>11010", "aoc:20700>11010@2023-01-01"]
    assert types["aoc:20700>11010"][1] == "Partial list (type 3): the payer may accept further primaries"
    (noted,) = [row for row in book.relations("20933") if row.add_on == "20933"]
    assert (noted.basis.endswith(made.LONG_NOTE), noted.span) == (True, Span(date(2019, 1, 1), date(2025, 12, 31)))


def test_the_rows_of_all_lists_are_seen_and_the_newest_speaks_for_a_row(shelves: Shelves) -> None:
    shelves.file("AOC_V2026Q2-MCR.xlsx", made.aoc_xlsx())
    gone = [row for row in made.AOC if row[3] != "27365"]
    shelves.file("AOC_V2026Q3-MCR.xlsx", made.aoc_xlsx(gone))
    book = shelves.library
    assert "aoc:20932>27365" in [row.id for row in book.relations("20932")]
    assert book.relation("20932", "27365", date(2026, 6, 30)).state is State.ALLOWED
    assert book.relation("20932", "27365", JULY).state is State.NOT_LISTED


FEE_FIELDS = {
    "work_rvu": "32.21",
    "facility_total_rvu": "59.69",
    "status": "A",
    "global_days": "090",
    "national_facility_payment_usd": "1930.76",
    "nonfacility_na": "NA",
}


def test_figures_of_the_fee_schedule_keep_their_names_and_blanks_are_no_figures(shelves: Shelves) -> None:
    shelves.file("PPRRVU2025_Oct.csv", made.fees_csv())
    book, day = shelves.library, date(2025, 11, 1)
    for field, value in FEE_FIELDS.items():
        figure = book.indicator("27365", field, day)
        assert figure is not None
        assert (figure.value, figure.edition, figure.cites) == (value, "2025 October", ("pfs-2025-october#27365",))
    assert book.indicator("27365", "endo_base", day) is None
    assert book.indicator("27446", "work_rvu", day) is None
    assert book.indicator("27365", "work_rvu", date(2025, 9, 30)) is not None  # bundled, for the days before
    factor = book.indicator("*", "conversion_factor", day)
    assert factor is not None
    assert (factor.value, book.factor(day)) == ("32.3465", Decimal("32.3465"))
    assert book.factor(date(2019, 1, 1)) is None
    editions = [figure.edition for figure in book.indicators("27365") if figure.field == "work_rvu"]
    assert editions == ["2026", "2025 October", "2025"]


def test_a_bundled_figure_whose_days_are_all_answered_is_not_shown(shelves: Shelves) -> None:
    shelves.file("PPRRVU2025_Jan.csv", made.fees_csv(title="2025 {} January Release"))
    editions = [figure.edition for figure in shelves.library.indicators("27365") if figure.field == "work_rvu"]
    assert editions == ["2026", "2025 January"]


@pytest.mark.parametrize(
    ("name", "make", "fields"),
    [
        (
            made.MUE_NAME,
            made.mue_csv,
            {"mue_practitioner": "1", "mue_practitioner_mai": "2", "mue_rationale": REASON},
        ),
        (
            "MCR_MUE_OutpatientHospitalServices_Eff_07-01-2026.csv",
            lambda: made.mue_csv(setting="Outpatient Hospital Services"),
            {"mue_outpatient_hospital": "1", "mue_outpatient_hospital_mai": "2"},
        ),
        ("opps.csv", made.opps_csv, {"opps_si": "J1", "opps_apc": "5115", "opps_rate_usd": "12866.82"}),
    ],
)
def test_figures_of_other_tables_have_the_names_of_the_code_database(
    shelves: Shelves, name: str, make: Callable[[], bytes], fields: dict[str, str]
) -> None:
    shelves.file(name, make())
    found = {field: shelves.library.indicator("27365", field, JULY) for field in fields}
    assert {field: figure and figure.value for field, figure in found.items()} == fields
    assert all(shelves.library.indicator("99999", field, JULY) is None for field in fields)
    assert all(shelves.library.indicator("27365", field, date(2026, 10, 1)) is None for field in fields)
    assert {figure.field for figure in shelves.library.indicators("27365")} >= set(fields)


def test_an_order_file_says_until_when_a_code_of_the_scope_is_valid(shelves: Shelves) -> None:
    bundled = shelves.library.diagnosis("C40.21")
    assert bundled is not None
    assert bundled.span == Span(date(2023, 10, 1), None)
    shelves.file("icd10cm_order_2027.txt", made.order_file())
    assert shelves.library.diagnosis("C40.21") == bundled  # it is there, and stays open
    gone = shelves.library.diagnosis("M84.551")
    assert gone is not None
    assert gone.span.end == date(2026, 9, 30)  # not in FY2027
    heading = shelves.library.diagnosis("S42.211A")
    assert heading is not None
    assert (heading.code, heading.span.end) == ("S42.2", None)  # a code below it is there
    assert shelves.library.diagnosis("Z99") is None
    row = shelves.library.icd("icd10cm", "QA0.0101", date(2027, 1, 1))
    assert row is not None
    assert (row.billable, row.short_title) == (True, "A code whose second letter is a letter")
    head = shelves.library.icd("icd10cm", "A00", date(2027, 1, 1))
    assert head is not None
    assert not head.billable
    assert shelves.library.icd("icd10cm", "B99", date(2027, 1, 1)) is None
    assert [row.code for row in shelves.library.scope_diagnoses()] == ["C40.21", "M84.551", "S42", "S42.2"]


def test_an_order_file_is_an_edition_of_the_whole_list(shelves: Shelves) -> None:
    bundled = {code: shelves.library.icd_entry(code) for code in ("C40.21", "C40.22", "C40", "C40-C41", "S72.31")}
    tables = [edition.table for edition in shelves.library.book_editions()]
    shelves.file("icd10cm_order_2028.txt", made.order_file((*made.ICD_CM, ("S7231", "0", "A break", "A break"))))
    library = shelves.library
    assert [edition.table for edition in library.book_editions()] == ["icd10cm_list", *tables]
    ends = {}
    for code, before in bundled.items():
        entry = library.icd_entry(code)
        assert entry is not None
        assert before is not None
        ends[code] = (before.span.end, entry.span.end)
    known, later = date(2027, 9, 30), date(2028, 9, 30)
    assert ends == {
        "C40.21": (known, later),  # in the file
        "C40.22": (known, known),  # not in the file
        "C40": (known, later),  # a code below it is
        "C40-C41": (known, known),  # a block is in no order file
        "S72.31": (known, later),  # its codes have a seventh character, so it stands there as a heading
    }
    new, heading = library.icd_entry("QA0.0101"), library.icd_entry("A00")
    assert new is not None
    assert heading is not None
    assert (new.kind, new.title, new.span) == (
        "code",
        "A code whose second character is a letter",
        Span(date(2027, 10, 1), later),
    )
    assert (heading.kind, heading.billable(date(2028, 1, 1)), new.billable(date(2028, 1, 1))) == (
        "heading",
        False,
        True,
    )
    assert library.icd_entry("B99") is None


def test_an_older_order_file_says_nothing_about_a_code_that_came_later(shelves: Shelves) -> None:
    bundled = shelves.library.icd_entry("C40.22")
    shelves.file("icd10cm_order_2025.txt", made.order_file())
    assert bundled is not None
    assert bundled.change == "new"
    assert shelves.library.icd_entry("C40.22") == bundled


def test_an_order_file_extends_a_code_that_ended_with_the_bundled_one(shelves: Shelves) -> None:
    shelves.file("icd10pcs_order_2027.txt", made.order_file(made.ICD_PCS))
    (row,) = shelves.library.scope_procedures()
    assert (row.code, row.span) == ("0QRB0KZ", Span(date(2023, 10, 1), date(2027, 9, 30)))
    shelves.file("icd10pcs_order_2029.txt", made.order_file(made.ICD_PCS))
    again = shelves.library.procedure("0QRB0KZ")
    assert again is not None
    assert again.span.end == date(2027, 9, 30)  # nothing is known of the year between


def test_level_two_codes_are_given_by_column(shelves: Shelves) -> None:
    shelves.file("HCPC2026_OCT_ANWEB.csv", made.hcpcs_csv())
    row = shelves.library.hcpcs("JG", date(2026, 11, 1))
    assert row is not None
    assert (row["record"], row["terminated"]) == ("modifier", "2024-12-31")
    assert shelves.library.hcpcs("JG", JULY) is None


def test_what_a_payment_is_worked_out_from(shelves: Shelves) -> None:
    shelves.bring(shelves.put("PPRRVU2025_Oct.csv", made.fees_csv()), shelves.put("GPCI2025.csv", made.gpci_csv()))
    book, day = shelves.library, date(2025, 11, 1)
    assert [(place.state, place.name, place.work) for place in book.localities(day)] == [
        ("AK", "ALASKA", Decimal("1.5")),
        ("AL", "ALABAMA", Decimal(1)),
        ("HI", "HAWAII, GUAM", Decimal(1)),
    ]
    values = book.values("27365", "", day)
    assert values is not None
    assert (values.work, values.office_pe, values.office_rare) == (Decimal("32.21"), Decimal("21.06"), True)
    part = book.values("72170", "26", day)
    assert part is not None
    assert (part.modifier, part.status, part.office_rare) == ("26", "R", False)
    assert book.values("27365", "26", day) is None


def test_the_bundled_values_lack_the_expense_outside_a_facility(tiny: Tiny, tmp_path: Path) -> None:
    figures = "".join(
        f"27365,{field},{value},2026,2026-01-01,2026-12-31,list#27365\n"
        for field, value in (("status", "A"), ("facility_pe_rvu", "20.00"), ("mp_rvu", "6.00"))
    )
    tiny.change("indicators.csv", "27365,work_rvu,31.40", f"{figures}27365,work_rvu,31.40")
    with closing(Library.open(tiny.build(), tmp_path / "none")) as book:
        values = book.values("27365", "", JULY)
        assert values is not None
        assert (values.work, values.office_pe, values.office_rare) == (Decimal("31.40"), None, False)
        assert book.values("27365", "26", JULY) is None
        assert book.values("27445", "", JULY) is None
        assert book.values("27365", "", date(2025, 6, 1)) is None  # only the work of 2025 is loaded
        assert book.factor(JULY) == Decimal("33.4009")


@pytest.mark.parametrize(
    ("statement", "ask"),
    [
        (
            "UPDATE pair SET from_date = 'soon' WHERE column2 = '11010'",
            lambda book: book.pair("20932", "11010", PRACTITIONER, JULY),
        ),
        ("UPDATE pair SET rationale = 99", lambda book: book.pairs("20932")),
        ("DROP TABLE pair", lambda book: book.pair("20932", "11010", PRACTITIONER, JULY)),
        ("DROP TABLE pair", lambda book: book.pairs("20932")),
    ],
)
def test_a_damaged_edition_is_said_when_it_is_asked(
    shelves: Shelves, statement: str, ask: Callable[[Library], object]
) -> None:
    from tests.store.test_editions import change

    shelves.pairs()
    shelves.library.close()
    change(shelves.folder / "ptp_practitioner-2026q3.db", statement)
    with pytest.raises(
        DataError, match=r"^The imported edition ptp_practitioner-2026q3\.db is damaged \(.*remove it with"
    ):
        ask(shelves.again())


def test_an_edition_that_cannot_be_opened_is_said(shelves: Shelves) -> None:
    shelves.file(made.MUE_NAME, made.mue_csv())
    held = shelves.library.shelf.find("mue-2026q3")
    gone = replace(held, path=held.path.with_name("gone.db"))
    with pytest.raises(DataError, match=r"gone\.db is damaged \(unable to open database file\)"):
        list(shelves.library.beside(gone).indicators("20932"))


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_a_damaged_edition_never_ends_in_a_traceback(sound: tuple[Path, bytes], data: st.DataObject) -> None:
    database, content = sound
    spoiled = bytearray(content)
    for _ in range(data.draw(st.integers(1, 30))):
        spoiled[data.draw(st.integers(0, len(spoiled) - 1))] = data.draw(st.integers(0, 255))
    folder = database.parent / "spoiled"
    folder.mkdir(exist_ok=True)
    (folder / "ptp_practitioner-2026q3.db").write_bytes(spoiled)
    with closing(Library.open(database, folder)) as book:
        try:
            for code in ("20932", "27365", "\udcff"):
                list(book.pairs(code)), book.pair(code, "11010", PRACTITIONER, JULY)
            list(book.editions()), list(book.sources())
        except DataError:
            pass


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    folder = tmp_path_factory.mktemp("sound")
    shelves = Shelves(Tiny(folder).build(), folder)
    shelves.pairs()
    shelves.library.close()
    return shelves.database, (shelves.folder / "ptp_practitioner-2026q3.db").read_bytes()


def listed(rows: Iterable[tuple[str, str]], **days: str) -> list[tuple[str, ...]]:
    """Rows of an add-on list; ``end`` is when their edit ends."""
    end = days.get("end", "")
    return [
        ("1", add_on, "", "CCCCC" if primary == "*" else primary, "", "2019001", end, "") for add_on, primary in rows
    ]


def on_the_shipped_database(database: Path, folder: Path, rows: list[tuple[str, ...]]) -> Library:
    shelves = Shelves(database, folder)
    shelves.file("AOC_V2026Q4-MCR.xlsx", made.aoc_xlsx(rows))
    return shelves.library


def pairs_of(book: Codebook) -> list[tuple[str, str]]:
    rows = (row for code in book.codes() for row in book.relations(code.code))
    return sorted({(row.add_on, row.primary) for row in rows if row.kind != "barred"})


def test_the_list_that_is_ours_gives_the_answers_that_are_ours(database: Path, tmp_path: Path) -> None:
    with closing(Codebook.open(database)) as bundled:
        kept = [(a, p) for a, p in pairs_of(bundled) if a in ("20932", "20933", "20934")]
        with closing(on_the_shipped_database(database, tmp_path, listed(kept))) as book:
            for add_on, primary in ((a, code.code) for a in ("20932", "20934") for code in bundled.codes()):
                for day in (PRE, date(2019, 9, 30), JULY):
                    ours, theirs = (one.relation(add_on, primary, day) for one in (bundled, book))
                    assert (ours.state, ours.withdrawn) == (theirs.state, theirs.withdrawn)


def test_the_tree_never_gives_an_add_on_that_the_imported_list_does_not_allow(database: Path, tmp_path: Path) -> None:
    """One list with every kind of difference: a primary less, one that ended, an add-on without any, and new ones.

    A way that the tree does not know, because the primary was never allowed, stops with both rows and editions.
    """
    with closing(Codebook.open(database)) as bundled:
        ours = pairs_of(bundled)
        primaries = [code.code for code in bundled.codes() if not code.category.startswith("addon")]
    kept = [pair for pair in ours if pair[0] != "20933" and pair not in (("20932", "27365"), ("20934", "27365"))]
    new = [("20932", primary) for primary in primaries if ("20932", primary) not in ours and primary != "27365"]
    rows = [*listed(kept), *listed([("20934", "27365")], end="2025181"), *listed(new)]
    tree = read_tree(resources() / "tree", "structural_allograft")
    grafts, given = {"20932", "20933", "20934"}, set()
    stopped: set[str] = set()
    with closing(on_the_shipped_database(database, tmp_path, rows)) as book:
        for way in ways(tree, book, JULY):
            assert way.end is not None, way.fault
            if isinstance(way.end, Outcome) and way.end.imported:
                stopped.add(_stop_of(way, tree, book))
                continue
            codes = {line.code for line in claim(with_usual(tree, book, way, JULY)).lines}
            for add_on in codes & grafts:
                allowed = {code for code in codes if book.relation(add_on, code, JULY).state is State.ALLOWED}
                assert allowed, (way, codes)
                given |= {(add_on, code) for code in allowed}
    assert {add_on for add_on, _ in given} == {"20932", "20934"}
    assert not given & {("20932", "27365"), ("20934", "27365")}
    assert stopped == {"implant_newly_listed", "osteotomy_newly_listed", "ankle_no_longer_listed"}


def _stop_of(way: Way, tree: Tree, book: Library) -> str:
    """A stop where the imported list and ours disagree: no line, a review mark, both rows, both editions."""
    position = walk(tree, book, way.facts.asked, JULY)
    primary = position.facts.one("primary")
    assert position.outcome is not None
    if primary in ("27090", "27486", "27704"):
        told = explain(position, book, Reach(tree, book, JULY), "")
        review, add_on = told.review[-1], "20933" if primary == "27704" else "20932"
        assert (told.status, told.lines, told.verdict.partition(":")[0]) == ("stopped", (), "Review required")
        says = {
            "27090": "2026Q4 allows 20932 beside 27090 (row aoc:20932>27090); the row bar:20932>27090 beside ",
            "27486": "2026Q4 allows 20932 beside 27486 (row aoc:20932>27486); ",
            "27704": "2026Q4 does not allow 20933 beside 27704; ",
        }
        assert says[primary] in review
        assert "2026Q2" in review
        named = [row.id for row in book.relations(primary) if (row.add_on, row.primary) == (add_on, primary)]
        assert {*named} <= {why.rule for why in told.why}
    return position.outcome.id
