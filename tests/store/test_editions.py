"""Imported editions side by side: the date picks, a rollback gives back what was, a damaged file is said."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoder.core.codes import Span
from encoder.errors import InputError, SetupError, UsageError
from encoder.store import edition_writer
from encoder.store.edition_tables import KINDS, Record
from encoder.store.edition_writer import CancelledError, Draft, Watcher, locked
from encoder.store.editions import Held, Shelf, held_at, verify
from tests.formats import made
from tests.store.shelves import JULY, Shelves

MUE_APRIL = "MCR_MUE_PractitionerServices_Eff_04-01-2026.csv"
QUIET = Watcher()


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as edition:
        for statement in statements:
            edition.execute(statement)
        edition.commit()


def test_an_edition_is_found_again_at_the_next_start_with_all_that_is_known_of_it(shelves: Shelves) -> None:
    shelves.file(made.MUE_NAME, made.mue_csv())
    (held,) = shelves.again().shelf.all()
    assert (held.id, held.kind.name, held.edition, held.hidden, held.fault) == (
        "mue-2026q3",
        "mue",
        "2026Q3",
        False,
        "",
    )
    assert held.own == held.span == Span(JULY, date(2026, 9, 30))
    assert (held.files, held.cite) == ((made.MUE_NAME,), "mue-2026q3")
    edition, source = held.as_edition(), held.as_source()
    assert (edition.table, edition.label, edition.cites) == ("mue", "Unit limits", ("mue-2026q3#file",))
    assert edition.note == f"Imported from {made.MUE_NAME}: 4 rows."
    assert (source.id, source.confidence, source.span) == ("mue-2026q3", "published file", held.own)


@pytest.mark.parametrize(
    ("name", "start", "edition", "until"),
    [
        ("mue", date(2026, 4, 1), "2026Q2", date(2026, 6, 30)),
        ("mue", date(2026, 5, 1), "2026Q2 from 2026-05-01", date(2026, 6, 30)),
        ("pfs", date(2026, 4, 1), "2026 April", date(2026, 12, 31)),
        ("pfs", date(2026, 4, 9), "2026 April from 2026-04-09", date(2026, 12, 31)),
        ("gpci", date(2026, 1, 1), "2026", date(2026, 12, 31)),
        ("icd10cm", date(2025, 10, 1), "FY2026", date(2026, 9, 30)),
        ("icd10cm", date(2026, 4, 1), "FY2026 from 2026-04-01", date(2026, 9, 30)),
    ],
)
def test_an_edition_is_named_by_its_first_day_and_ends_with_its_period(
    name: str, start: date, edition: str, until: date
) -> None:
    assert (KINDS[name].edition(start), KINDS[name].until(start)) == (edition, until)


def test_the_date_picks_the_newest_edition_that_covers_it(shelves: Shelves) -> None:
    for title in ("January", "October", "July"):
        shelves.file(f"{title}.csv", made.fees_csv(title=f"2025 {{}} {title} Release"))
    shelf = shelves.library.shelf
    assert [held.edition for held in shelf.all()] == ["2025 October", "2025 July", "2025 January"]
    days = (date(2024, 12, 31), date(2025, 1, 1), date(2025, 7, 1), date(2025, 12, 31), date(2026, 1, 1))
    picked = [shelf.on("pfs", day) for day in days]
    assert [held and held.edition for held in picked] == [None, "2025 January", "2025 July", "2025 October", None]


def test_rows_with_days_of_their_own_answer_back_to_the_end_of_the_edition_before(shelves: Shelves) -> None:
    for quarter in ("2026Q3", "2025Q4"):
        shelves.file(f"AOC_V{quarter}-MCR.xlsx", made.aoc_xlsx())
    newest, oldest = shelves.library.shelf.all()
    assert newest.span == Span(date(2026, 1, 1), date(2026, 9, 30))
    assert oldest.span == Span(date(2013, 4, 1), date(2025, 12, 31))
    assert newest.note.endswith("Each row keeps its own first and last day, so it answers for earlier dates too.")
    shelves.library.shelf.hide("aoc-2025q4")
    assert shelves.library.shelf.of("aoc")[0].span.start == date(2013, 4, 1)


def test_two_releases_of_one_quarter_lie_side_by_side(shelves: Shelves) -> None:
    shelves.pairs()
    shelves.pairs(made.ptp_parts(name="medicare-ncci-2026q3-practitioner-ptp-edits-ccipra-v322r1-f{}"))
    assert shelves.ids == ["ptp_practitioner-2026q3-r1", "ptp_practitioner-2026q3"]
    assert shelves.library.shelf.all()[0].span.start == JULY
    again = shelves.library.shelf.on("ptp_practitioner", JULY)
    assert again is not None
    assert again.id == "ptp_practitioner-2026q3-r1"


def test_a_rollback_hides_an_edition_and_a_restore_gives_it_back_byte_for_byte(shelves: Shelves) -> None:
    shelves.file(MUE_APRIL, made.mue_csv())
    shelves.file(made.MUE_NAME, made.mue_csv([("20932", "5", *made.MUE[0][2:]), *list(made.MUE[1:])]))
    data = (shelves.folder / "mue-2026q3.db").read_bytes()
    shelf = shelves.library.shelf
    assert shelf.hide("mue-2026q3").hidden
    assert shelves.names == ["mue-2026q2.db", "mue-2026q3.db.hidden"]
    assert (shelf.on("mue", JULY), shelves.again().shelf.find("mue-2026q3").hidden) == (None, True)
    assert not shelves.library.shelf.restore("mue-2026q3").hidden
    assert (shelves.folder / "mue-2026q3.db").read_bytes() == data


def test_a_new_import_takes_the_place_of_a_hidden_copy(shelves: Shelves) -> None:
    shelves.file(made.MUE_NAME, made.mue_csv())
    shelves.library.shelf.hide("mue-2026q3")
    report = shelves.file(made.MUE_NAME, made.mue_csv())
    assert (report.replaces, shelves.names) == (True, ["mue-2026q3.db"])


def test_an_edition_is_removed(shelves: Shelves) -> None:
    shelves.file(made.MUE_NAME, made.mue_csv())
    assert shelves.library.shelf.remove("mue-2026q3").id == "mue-2026q3"
    assert (shelves.names, shelves.ids) == ([], [])
    with pytest.raises(UsageError, match=r"^No edition 'mue-2026q3' is imported here; there are: none"):
        shelves.library.shelf.remove("mue-2026q3")


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    for folder in (None, tmp_path / "none"):
        assert Shelf(folder).all() == ()


# --- verification -----------------------------------------------------------------------------------------------------


def test_what_was_imported_is_verified(shelves: Shelves) -> None:
    shelves.pairs()
    shelves.file(made.MUE_NAME, made.mue_csv())
    assert [verify(held, QUIET).say for held in shelves.library.shelf.all()] == [
        "ptp_practitioner-2026q3: 8 rows, as imported.",
        "mue-2026q3: 4 rows, as imported.",
    ]


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        (("UPDATE unit_limit SET units = 9 WHERE code = '20932'",), "its rows were changed"),
        (("DELETE FROM unit_limit WHERE code = '20932'",), "rows are missing"),
        (("DROP TABLE unit_limit",), "no such table: unit_limit"),
    ],
)
def test_a_changed_edition_does_not_verify(shelves: Shelves, statements: tuple[str, ...], said: str) -> None:
    shelves.file(made.MUE_NAME, made.mue_csv())
    change(shelves.folder / "mue-2026q3.db", *statements)
    (held,) = shelves.again().shelf.all()
    checked = verify(held, QUIET)
    assert (checked.sound, checked.say) == (False, f"mue-2026q3 is damaged: {said}; remove it and import it again.")


def test_a_changed_text_of_a_rationale_does_not_verify(shelves: Shelves) -> None:
    shelves.pairs()
    change(shelves.folder / "ptp_practitioner-2026q3.db", "UPDATE rationale SET say = 'x' WHERE id = 0")
    (held,) = shelves.again().shelf.all()
    assert not verify(held, QUIET).sound


def test_a_damaged_page_does_not_verify(shelves: Shelves) -> None:
    shelves.pairs()
    path = shelves.folder / "ptp_practitioner-2026q3.db"
    data = bytearray(path.read_bytes())
    data[4096 * 3 : 4096 * 3 + 8] = bytes(8)
    path.write_bytes(data)
    (held,) = shelves.again().shelf.all()
    assert not verify(held, QUIET).sound


def test_a_verification_can_be_cancelled(shelves: Shelves) -> None:
    rows = [(f"{number:05d}", "1", *made.MUE[0][2:]) for number in range(30_000)]
    shelves.file(made.MUE_NAME, made.mue_csv(rows))
    (held,) = shelves.library.shelf.all()
    with pytest.raises(CancelledError):
        verify(held, Watcher(cancelled=lambda: True))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda path: path.write_bytes(b""), "no such table: meta"),
        (lambda path: path.write_bytes(b"nothing" * 200), "file is not a database"),
        (
            lambda path: change(path, "UPDATE meta SET value = '9' WHERE key = 'schema_version'"),
            "it has schema 9, this",
        ),
        (
            lambda path: change(path, "UPDATE meta SET value = 'soon' WHERE key = 'from'"),
            "Invalid isoformat string: 'soon'",
        ),
        (lambda path: change(path, "DELETE FROM meta WHERE key = 'kind'"), "KeyError 'kind'"),
        (lambda path: change(path, "UPDATE meta SET value = 'x' WHERE key = 'kept'"), "invalid literal for int"),
        (lambda path: change(path, "UPDATE meta SET value = 'x' WHERE key = 'files'"), "Expecting value"),
        (lambda path: change(path, "UPDATE meta SET value = '[1]' WHERE key = 'files'"), "'int' object is not"),
    ],
)
def test_a_file_that_is_no_edition_is_said_and_answers_for_nothing(
    shelves: Shelves, spoil: Callable[[Path], object], said: str
) -> None:
    shelves.file(made.MUE_NAME, made.mue_csv())
    shelves.library.close()
    spoil(shelves.folder / "mue-2026q3.db")
    library = shelves.again()
    (fault,) = library.faults()
    assert fault.startswith(f"The imported edition mue-2026q3.db cannot be used ({said}")
    assert fault.endswith("remove it with 'encoder data remove mue-2026q3' and import it again.")
    (held,) = library.shelf.all()
    assert (library.shelf.on("mue", JULY), verify(held, QUIET).say) == (None, fault)
    assert [edition.table for edition in library.editions()] == ["pfs", "pfs"]
    with pytest.raises(InputError, match="cannot be used"):
        library.shelf.hide("mue-2026q3")
    library.shelf.remove("mue-2026q3")
    assert shelves.names == []


def test_a_file_of_any_other_name_is_a_fault_of_some_kind(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_bytes(b"x")
    assert held_at(tmp_path / "notes.db", "notes.db").fault


# --- writing ----------------------------------------------------------------------------------------------------------


def test_one_process_changes_the_folder_at_a_time(shelves: Shelves) -> None:
    path = shelves.put(made.MUE_NAME, made.mue_csv())
    with locked(shelves.folder):
        with pytest.raises(
            SetupError, match=r"cannot be changed now \(database is locked\): another window or command"
        ):
            shelves.bring(path)
        part = shelves.folder / ".mue.1.0.part"
        part.write_bytes(b"another import")
        assert Shelf(shelves.folder).all() == ()
        assert part.exists()  # it is not ours to throw away
    assert shelves.names == []


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    with (
        pytest.raises(
            SetupError, match=r"could not be written \(.*\), and the editions are as they were; an edition ne"
        ),
        locked(blocked / "editions"),
    ):
        pytest.fail("it was written")


def test_a_full_disk_leaves_everything_as_it_was(shelves: Shelves, monkeypatch: pytest.MonkeyPatch) -> None:
    shelves.file(MUE_APRIL, made.mue_csv())
    before = {name: (shelves.folder / name).read_bytes() for name in shelves.names}
    rows = [(f"{number:05d}", "1", *made.MUE[0][2:]) for number in range(20_000)]
    path = shelves.put(made.MUE_NAME, made.mue_csv(rows))
    connect = sqlite3.connect

    def small(*given: Any, **named: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*given, **named)
        connection.execute("PRAGMA max_page_count = 40")
        return connection

    monkeypatch.setattr(sqlite3, "connect", small)
    with pytest.raises(
        SetupError, match=r"could not be written \(database or disk is full\), and the editions are as they"
    ):
        shelves.bring(path)
    assert {name: (shelves.folder / name).read_bytes() for name in shelves.names} == before


def test_a_disk_that_loses_what_was_written_is_found_out(shelves: Shelves, monkeypatch: pytest.MonkeyPatch) -> None:
    add = Draft.add

    def lose(draft: Draft, records: Iterable[Record], where: str) -> None:
        add(draft, records, where)
        draft.kept += 1

    monkeypatch.setattr(Draft, "add", lose)
    with pytest.raises(
        SetupError, match=r"^The edition could not be verified in .* \(4 of 5 rows, ok\); nothing has changed"
    ):
        shelves.file(made.MUE_NAME, made.mue_csv())
    assert shelves.names == []


def test_where_a_folder_cannot_be_opened_its_names_are_not_waited_for(
    shelves: Shelves, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(edition_writer, "_WINDOWS", True)
    assert shelves.file(made.MUE_NAME, made.mue_csv()).kept == 4


def test_work_of_sqlite_can_be_cancelled(tmp_path: Path) -> None:
    stop: list[int] = []
    rows = [(line, (f"{line:05d}", 1, "2", "x", "y")) for line in range(30_000)]
    with Draft(tmp_path, KINDS["mue"], Watcher(cancelled=lambda: bool(stop))) as draft:
        draft.add(rows, "x")
        stop.append(1)
        with pytest.raises(CancelledError):
            draft.finish("2026Q3", JULY, JULY, {}, {})


def test_two_drafts_of_one_process_do_not_meet(tmp_path: Path) -> None:
    with Draft(tmp_path, KINDS["mue"]), Draft(tmp_path, KINDS["mue"]):
        assert len(list(tmp_path.iterdir())) == 2


def test_a_switch_that_was_begun_is_finished_at_the_next_start(shelves: Shelves) -> None:
    shelves.file(made.MUE_NAME, made.mue_csv())
    (shelves.folder / "mue-2026q3.db").rename(shelves.folder / ".mue.7.0.part")
    (shelves.folder / ".switch").write_text(json.dumps({".mue.7.0.part": "mue-2026q3.db", ".gone.part": "x.db"}))
    (shelves.folder / ".mue.7.1.part").write_bytes(b"not finished")
    assert [held.id for held in shelves.again().shelf.all()] == ["mue-2026q3"]
    assert shelves.names == ["mue-2026q3.db"]


def test_a_part_that_is_held_open_elsewhere_is_left_for_later(
    shelves: Shelves, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelves.folder.mkdir()
    (shelves.folder / ".mue.7.1.part").write_bytes(b"not finished")

    def held(*_: object, **__: object) -> None:
        raise PermissionError(13, "in use")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", held)
        assert shelves.ids == []
    assert shelves.again().shelf.all() == ()
    assert shelves.names == []


@given(st.dates(date(2013, 1, 1), date(2030, 1, 1)), st.sets(st.integers(0, 40), max_size=6))
def test_each_day_has_at_most_one_edition_of_rows_with_days(day: date, quarters: set[int]) -> None:
    kind = KINDS["aoc"]
    shelf = Shelf(None, ())
    for quarter in quarters:
        start = date(2018 + quarter // 4, quarter % 4 * 3 + 1, 1)
        own = Span(start, kind.until(start))
        meta = {"kept": "0", "reaches_back_to": "2013-04-01"}
        shelf = shelf.beside(held_of(kind.edition(start), own, meta))
    covering = [held for held in shelf.of("aoc") if held.span.covers(day)]
    assert len(covering) <= 1
    last = max((held.own.end for held in shelf.of("aoc") if held.own.end), default=date.min)
    assert bool(covering) == (date(2013, 4, 1) <= day <= last)
    if covering:  # the edition of its quarter, or the next that is here
        held = covering[0]
        assert held.own.end is not None
        assert not any(other.own.end and day <= other.own.end < held.own.end for other in shelf.of("aoc"))
        assert held.span.end == held.own.end
        assert held.own.start is None or held.span.start is None or held.span.start <= held.own.start + timedelta(0)


def held_of(edition: str, own: Span, meta: dict[str, str]) -> Held:
    return Held(f"aoc-{edition.lower()}", Path("x"), KINDS["aoc"], edition, own, own, meta)
