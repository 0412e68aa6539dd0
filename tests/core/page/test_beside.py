"""Two codes on one claim in words: the state, what bears it out, and what modifiers change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from encoder.core.book import HOSPITAL, PRACTITIONER
from encoder.core.page.beside import Beside, beside, undated, unloaded
from encoder.core.page.evidence import Desk


def found(desk: Desk, first: str, second: str, setting: str = "") -> Beside:
    held = desk.book.code(first), desk.book.code(second)
    assert held[0] is not None
    assert held[1] is not None
    return beside(desk, held[0], held[1], setting)


def told(result: Beside) -> str:
    return " ".join(said.say for said in (result.head, *result.lines))


def test_a_listed_primary_is_named_with_its_row_and_its_conditions(desk: Desk) -> None:
    result = found(desk, "20932", "27365")
    assert result.state == "allowed"
    assert result.head.say == "20932 may go with 27365: 27365 is on its closed list of primaries."
    assert [row.key for row in result.head.rows] == ["aoc:20932>27365"]
    assert "Both by the same practitioner, for the same patient, on the same day" in told(result)
    assert "Never on 20932: 50, 51, 62, 66." in told(result)


def test_a_bar_and_a_code_that_is_not_listed_name_the_list(desk: Desk) -> None:
    barred = found(desk, "27646", "20932")
    assert (barred.state, barred.head.rows[0].key) == ("barred", "bar:20932>27646")
    assert "Primaries of 20932: 23210, 23220" in told(barred)
    assert "No modifier makes 27646 a primary of 20932" in told(barred)
    missing = found(desk, "27447", "20932")
    assert missing.state == "not_listed"
    assert "No row bars the two by name; not barred is not allowed" in told(missing)


def test_a_bar_that_ended_is_said_with_the_warning_of_the_tree(desk: Desk) -> None:
    lines = found(desk, "20934", "27134").lines
    (line,) = [said for said in lines if "A bar between them ended on 2019-09-30." in said.say]
    assert desk.tree.warnings["W08"].say in line.say
    (other,) = [said for said in found(desk, "20955", "20934").lines if "A bar between them ended" in said.say]
    assert other.rows[0].end == date(2019, 9, 30)


def test_a_bar_that_ended_of_another_add_on_is_said_alone(desk: Desk) -> None:
    bare = Desk(desk.book, replace(desk.tree, warnings={}), desk.lore, desk.on)
    (line,) = [said for said in found(bare, "20934", "27134").lines if "A bar between them" in said.say]
    assert line.say == "A bar between them ended on 2019-09-30."


def test_lists_that_are_not_closed_are_left_to_the_payer(desk: Desk) -> None:
    assert found(desk, "20985", "27365").head.say.startswith("20985 has no list of primaries (type 2): the payer")
    partial = found(desk, "20701", "27365")
    assert partial.state == "partial"
    assert partial.head.say == "27365 is not on the partial list of 20701 (type 3): the payer may accept it or not."
    assert found(desk, "20701", "20700").state in ("allowed", "both_add_ons")


def test_two_add_ons_need_a_primary_each(desk: Desk) -> None:
    result = found(desk, "20700", "20702")
    assert result.state == "both_add_ons"
    assert "both add-ons: neither is a primary of the other" in result.head.say


def test_pairs_are_told_by_direction_setting_and_indicator(desk: Desk) -> None:
    result = found(desk, "27365", "20245")
    assert (result.state, result.head.say) == (
        "edit",
        "20245 does not go with 27365 at one site: a code pair puts it inside; only a separate site or encounter opens "
        "it.",
    )
    assert "Code pair, practitioner and outpatient hospital: 27365 is paid and 20245 gives way, indicator 1" in told(
        result
    )
    assert "never 22, 76 or 77" in told(result)
    closed = found(desk, "27076", "27075")
    assert closed.head.say.endswith("a code pair without exception puts it inside.")
    assert "no modifier opens it" in told(closed)


@pytest.mark.parametrize(("setting", "table"), [(HOSPITAL, "ptp_hospital"), (PRACTITIONER, "ptp_practitioner")])
def test_a_setting_that_is_asked_for_is_shown_alone(desk: Desk, setting: str, table: str) -> None:
    result = found(desk, "27365", "20245", setting)
    assert {row.table for said in result.lines for row in said.rows if row.table.startswith("ptp")} == {table}
    assert sum("Edition: Code pairs" in said.say for said in result.lines) == 1


def test_no_pair_is_said_as_no_proof_or_as_not_held(desk: Desk) -> None:
    none = found(desk, "27365", "27447")
    assert (none.state, none.head.rows) == ("no_edit_found", ())
    assert "No pair found is no proof that none exists." in told(none)
    unknown = found(desk, "28730", "27870")
    assert unknown.state == "pairs_not_loaded"
    assert "not all code pairs of the two are held" in unknown.head.say


def test_an_add_on_whose_list_is_not_loaded_is_no_free_code(desk: Desk) -> None:
    result = found(desk, "11043", "11046")
    assert (result.state, result.head.rows[0].key) == ("list_not_loaded", "11046")
    assert found(desk, "11010", "11046").state in ("edit", "list_not_loaded")


@pytest.mark.parametrize(
    ("first", "second", "on", "state", "words"),
    [
        ("20932", "27365", date(2018, 6, 1), "not_valid", "20932 begins on 2019-01-01"),
        ("27365", "20932", date(2018, 6, 1), "not_loaded", "nothing is loaded before 2019-01-01"),
        ("20932", "27445", date(2026, 1, 1), "not_valid", "its last day was 2025-12-31"),
        ("19260", "27365", date(2026, 1, 1), "not_valid", "21601 took its place"),
        ("20932", "27365", date(2027, 1, 1), "not_loaded", "No edition of the codes covers 2027-01-01"),
    ],
)
def test_a_date_outside_a_code_or_an_edition_is_said(
    desk: Desk, first: str, second: str, on: date, state: str, words: str
) -> None:
    result = found(desk.on_date(on), first, second)
    assert (result.state, result.lines) == (state, ())
    assert words in result.head.say


def test_an_open_beginning_and_no_edition_at_all_are_no_fault(desk: Desk) -> None:
    code = desk.book.code("27365")
    assert code is not None
    always = replace(code, span=replace(code.span, start=None))
    assert undated(desk, always) is None
    assert not unloaded(desk, always)
    bare = desk.on_date(desk.on)
    bare.editions = {}
    fault = undated(bare, code)
    assert fault is not None
    assert (fault.say, fault.cites) == (f"No edition of the codes covers {desk.on}: loaded is nothing.", ())


def test_editions_that_do_not_cover_the_date_are_said(desk: Desk) -> None:
    told_now = [said.say for said in found(desk, "20932", "27365").lines if said.say.startswith("Edition:")]
    assert len(told_now) == 2
    assert all("ends before 2026-05-01" in say for say in told_now)
    early = [said.say for said in found(desk.on_date(date(2024, 3, 1)), "20932", "27365").lines]
    assert any("begins after 2024-03-01" in say for say in early)


def test_where_no_indicator_is_loaded_no_modifier_is_refused(desk: Desk) -> None:
    early = desk.on_date(date(2021, 6, 1))
    result = found(early, "20700", "11043")
    assert result.state == "allowed"
    assert "Never on 20700" not in told(result)


@pytest.mark.parametrize(
    ("first", "second", "state", "words"),
    [
        ("20680", "27365", "inside", "Inside 27365: Taking out hardware at the same site"),
        ("27703", "27704", "inside", "Inside 27703: Taking out an earlier ankle implant"),
        ("20902", "24430", "in_place", "Not beside 24430 but in its place: 24435."),
    ],
)
def test_where_no_table_speaks_of_two_codes_our_own_facts_do(
    desk: Desk, first: str, second: str, state: str, words: str
) -> None:
    for result in (found(desk, first, second), found(desk, second, first)):
        assert (result.state, result.own[0]) == (state, state)
        assert result.head.say.startswith(words)
        assert result.head.rows
        assert result.head not in result.lines


def test_our_own_facts_stand_beside_what_the_tables_say(desk: Desk) -> None:
    result = found(desk, "20902", "20932")
    assert (result.state, result.own) == ("not_listed", ("apart",))
    assert "Apart from 20932: The patient's own bone through a separate incision" in told(result)
    assert found(desk, "27365", "20240").own == ("inside",)
    assert found(desk, "27365", "27447").own == ()
