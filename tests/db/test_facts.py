"""Guards over the tables we ship: what the sources say, kept from a slip of the pen."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date

import pytest

from db.build import REGISTER, SOURCES
from db.reading import read_register
from encoder.core.book import HOSPITAL, PRACTITIONER
from encoder.core.codes import Span, State
from encoder.core.tree.model import Kind, Tree
from encoder.store.codebook import Codebook

NOW = date(2026, 6, 1)
ADD_ONS = ("20932", "20933", "20934")
PRIMARIES = {"23210", "23220", "24150", "25170", "27075", "27076", "27077", "27365", "27645", "27704"}
BARRED = {"23200", "24152", "27078", "27090", "27091", "27448", "27646", "27647", "27648"}
EXCLUSIVE = {"20930", "20931", "20936", "20937", "20938", "11010"}
TWENTY = {
    *("20955", "20956", "20957", "20962", "23146", "23156", "24116", "24126", "25126", "25136"),
    *("27130", "27132", "27134", "27138", "27236", "27244", "27356", "27638", "28103", "28107"),
}


def rows(table: str) -> list[dict[str, str]]:
    """The lines of a table of facts."""
    with (SOURCES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def named(facts: Codebook, add_on: str, state: State, on: date = NOW) -> set[str]:
    """The codes that an add-on stands in this state with."""
    primaries = {row.primary for row in facts.relations(add_on) if row.add_on == add_on}
    return {primary for primary in primaries if facts.relation(add_on, primary, on).state is state}


def test_the_tables_are_as_long_as_their_sources() -> None:
    named = 318 + 193  # codes that relations, lookups, ranges and texts name, so that none is a bare number
    assert len(rows("codes")) == 187 + named
    assert len(rows("relations")) == 567 + 137  # in force or withdrawn, and the lines of the list that have ended
    assert len(rows("pairs")) == 2042
    assert len(rows("indicators")) == 6679 + 1  # the factor of 2024 changed in March
    assert len(rows("diagnoses")) == 934 + 26  # codes, and headings of injury families
    assert len(rows("procedures")) == 572


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ("codes", ["code"]),
        ("relations", ["add_on", "primary", "from"]),
        ("pairs", ["column1", "column2"]),
        ("indicators", ["code", "field", "from"]),
        ("diagnoses", ["code"]),
        ("procedures", ["code"]),
    ],
)
def test_a_table_is_sorted_so_that_a_change_shows_as_a_change(table: str, key: list[str]) -> None:
    keys = [[row[column] for column in key] for row in rows(table)]
    assert keys == sorted(keys)


@pytest.mark.parametrize("add_on", ADD_ONS)
def test_the_structural_add_ons_have_the_ten_primaries_since_2019(facts: Codebook, add_on: str) -> None:
    for on in (date(2019, 1, 1), date(2023, 5, 5), NOW):
        assert named(facts, add_on, State.ALLOWED, on) == PRIMARIES
    assert named(facts, add_on, State.ALLOWED, date(2018, 12, 31)) == set()
    row = facts.relation(add_on, "27365", NOW).row
    assert row is not None
    assert row.id == f"aoc:{add_on}>27365"
    assert {cite.split("#")[0] for cite in row.cites} == {"cms-aoc-2026q2", "cms-aoc-2024q2", "mira-health"}


@pytest.mark.parametrize("add_on", ADD_ONS)
def test_the_bar_list_of_each_add_on(facts: Codebook, add_on: str) -> None:
    others = set(ADD_ONS) - {add_on}
    more = TWENTY if add_on == "20933" else set()
    assert named(facts, add_on, State.BARRED) == BARRED | EXCLUSIVE | others | more


def test_the_twenty_withdrawn_edits_of_20934_barred_until_the_end_of_september_2019(facts: Codebook) -> None:
    assert named(facts, "20934", State.BARRED, date(2019, 9, 30)) >= TWENTY
    assert {p for p in TWENTY if facts.relation("20934", p, date(2019, 10, 1)).withdrawn} == TWENTY
    assert not any(facts.relation("20932", p, NOW).withdrawn for p in TWENTY)


@pytest.mark.parametrize("primary", ["24155", "23195", "27122", "27137", "26250", "28171", "27488", "23334", "27450"])
def test_what_neither_list_names_is_not_listed(facts: Codebook, primary: str) -> None:
    for add_on in ADD_ONS:
        assert facts.relation(add_on, primary, NOW).state is State.NOT_LISTED


def test_ankle_is_the_only_implant_removal_that_is_listed(facts: Codebook) -> None:
    removals = {code.code for code in facts.codes() if code.category == "implant_removal"}
    assert removals & PRIMARIES == {"27704"}
    assert removals & BARRED == {"27090", "27091"}


def test_at_the_femur_the_middle_number_is_the_allograft(facts: Codebook) -> None:
    grafts = {code.code: code.includes_graft for code in facts.codes() if code.category == "curettage_benign"}
    assert (grafts["27355"], grafts["27356"], grafts["27357"]) == ("none", "allograft_included", "autograft_included")
    inside = {code for code, graft in grafts.items() if graft == "allograft_included"}
    assert inside == {*TWENTY & set(grafts)}


def test_spine_graft_lists_and_their_sizes(facts: Codebook) -> None:
    sizes = {"20930": 23, "20931": 23, "20936": 23, "20937": 23, "20938": 23, "20939": 24, "27358": 3}
    for add_on, size in sizes.items():
        assert len(named(facts, add_on, State.ALLOWED)) == size
    assert named(facts, "20939", State.ALLOWED) - named(facts, "20931", State.ALLOWED) == {"22534"}
    assert named(facts, "27358", State.ALLOWED) == {"27355", "27356", "27357"}


def test_drug_device_lists_by_date(facts: Codebook) -> None:
    now = {"20700": 76, "20701": 42, "20702": 39, "20703": 16, "20704": 31, "20705": 99}
    assert {add_on: len(named(facts, add_on, State.ALLOWED)) for add_on in now} == now
    then = {"20700": 76, "20701": 76, "20702": 39, "20703": 38, "20704": 21, "20705": 21}
    assert {add_on: len(named(facts, add_on, State.ALLOWED, date(2021, 1, 1))) for add_on in then} == then
    assert not {"27704", "27091", "27488"} & named(facts, "20704", State.ALLOWED)
    assert all(named(facts, add_on, State.ALLOWED, date(2019, 12, 31)) == set() for add_on in now)


def test_navigation_has_no_list(facts: Codebook) -> None:
    assert [(row.id, row.primary, row.kind) for row in facts.relations("20985")] == [
        ("aoc:20985>*", "*", "contractor_defined")
    ]


def test_edits_turn_round_with_the_setting(facts: Codebook) -> None:
    for one, two in (("20932", "20931"), ("20932", "20933"), ("20932", "20934")):
        practitioner, hospital = facts.pair(one, two, PRACTITIONER, NOW), facts.pair(one, two, HOSPITAL, NOW)
        assert practitioner is not None
        assert hospital is not None
        assert (practitioner.column1, hospital.column1) == (one, two)
    settings = [facts.pair("20932", "69990", setting, NOW) for setting in (PRACTITIONER, HOSPITAL)]
    assert [pair and pair.indicator for pair in settings] == ["0", "0"]


@pytest.mark.parametrize(
    ("column1", "column2", "indicator"),
    [
        ("27076", "27075", "0"),
        ("27077", "27075", "1"),
        ("27077", "27076", "1"),
        ("27702", "27704", "1"),
        ("27870", "27704", "1"),
        ("27365", "27356", "1"),
        ("27365", "20704", "1"),
        ("24150", "20704", "1"),
        ("27236", "27365", "1"),
        ("27415", "29867", "1"),
        ("24155", "24150", "1"),
    ],
)
def test_an_edit_of_the_practitioner_table(facts: Codebook, column1: str, column2: str, indicator: str) -> None:
    pair = facts.pair(column2, column1, PRACTITIONER, NOW)
    assert pair is not None
    assert (pair.column1, pair.indicator, pair.span) == (column1, indicator, Span())


def test_tumour_and_arthroplasty_codes_have_no_edit_and_27703_none_with_27704(facts: Codebook) -> None:
    for tumour, joint in (
        ("23220", "23472"),
        ("24150", "24363"),
        ("27365", "27447"),
        ("27365", "27130"),
        ("27703", "27704"),
    ):
        for setting in (PRACTITIONER, HOSPITAL):
            assert facts.pair(tumour, joint, setting, NOW) is None


def test_figures_of_the_add_ons(facts: Codebook) -> None:
    expected = {"20932": ("12.68", "19.42"), "20933": ("11.64", "17.83"), "20934": ("12.68", "19.42")}
    for code, (work, total) in expected.items():
        figures = {
            f: facts.indicator(code, f, NOW) for f in ("work_rvu", "facility_total_rvu", "global_days", "opps_si")
        }
        values = [figure and figure.value for figure in figures.values()]
        assert values == [work, total, "ZZZ", "N"]
    work_by_year = [facts.indicator("20933", "work_rvu", date(year, 7, 1)) for year in range(2018, 2027)]
    assert [figure and figure.value for figure in work_by_year] == [None, *["11.94"] * 7, "11.64"]


def test_the_unit_limit_of_the_add_ons_is_one_and_may_be_appealed(facts: Codebook) -> None:
    for code in ADD_ONS:
        for day, loaded in (
            (date(2024, 6, 30), False),
            (date(2024, 7, 1), True),
            (date(2026, 3, 31), True),
            (NOW, False),
        ):
            limit = facts.indicator(code, "mue_practitioner", day), facts.indicator(code, "mue_practitioner_mai", day)
            assert [figure and figure.value for figure in limit] == (["1", "3"] if loaded else [None, None])
        assert facts.indicator(code, "mue_outpatient_hospital", date(2025, 1, 1)) is None
    absolute = {"27076", "27077", "27704"}
    for code in PRIMARIES:
        judged = facts.indicator(code, "mue_practitioner_mai", date(2025, 1, 1))
        assert judged is not None
        assert judged.value == ("2" if code in absolute else "3")


def test_the_ankle_removal_pays_no_assistant_and_the_pelvis_has_no_bilateral_rule(facts: Codebook) -> None:
    assistants = {code: facts.indicator(code, "assistant_ind", NOW) for code in sorted(PRIMARIES | set(ADD_ONS))}
    assert {code for code, figure in assistants.items() if figure and figure.value == "1"} == {"27704"}
    bilateral = {code: facts.indicator(code, "bilateral_ind", NOW) for code in PRIMARIES | set(ADD_ONS)}
    assert {code for code, figure in bilateral.items() if figure and figure.value == "0"} == {
        *ADD_ONS, "27075", "27076", "27077",
    }  # fmt: skip


def test_the_values_of_2026_add_up_and_are_work_cut_by_two_and_a_half_per_cent(facts: Codebook) -> None:
    counted = 0
    for code in facts.codes():
        parts = [
            facts.indicator(code.code, f"{part}_rvu", NOW) for part in ("work", "facility_pe", "mp", "facility_total")
        ]
        before = facts.indicator(code.code, "work_rvu", date(2025, 6, 1))
        if before is None or any(part is None for part in parts):
            continue
        work, practice, malpractice, total = [float(part.value) for part in parts if part]
        assert work + practice + malpractice == pytest.approx(total, abs=0.011), code.code
        assert work == pytest.approx(float(before.value) * 0.975, abs=0.0051), code.code
        counted += 1
    assert counted == 182


def test_conversion_factors_by_date(facts: Codebook) -> None:
    days = {date(2024, 3, 8): "32.7442", date(2024, 3, 9): "33.2875", date(2025, 1, 1): "32.3465"}
    for day, value in days.items():
        factor = facts.indicator("*", "conversion_factor", day)
        assert factor is not None
        assert factor.value == value
    both = [facts.indicator("*", f"conversion_factor_{kind}", NOW) for kind in ("non_apm", "apm")]
    assert [factor and factor.value for factor in both] == ["33.4009", "33.5675"]


def test_codes_hold_for_their_days(facts: Codebook) -> None:
    days = {
        "20932": ("2019-01-01", ""),
        "20700": ("2020-01-01", ""),
        "20705": ("2020-01-01", ""),
        "21601": ("2020-01-01", ""),
        "27445": ("2019-01-01", "2025-12-31"),
        "27458": ("2026-01-01", ""),
        "27713": ("2026-01-01", ""),
        "19271": ("2019-01-01", "2019-12-31"),
        "20926": ("2019-01-01", "2019-12-31"),
        "23221": ("", "2018-12-31"),
        "64466": ("2025-01-01", ""),
        "95919": ("2023-01-01", ""),
    }
    listed = {row["code"]: (row["from"], row["until"]) for row in rows("codes")}
    assert {code: listed[code] for code in days} == days
    assert {row["code"]: row["replaced_by"] for row in rows("codes") if row["replaced_by"]} == {
        "19260": "21601",
        "19271": "21602",
        "19272": "21603",
        "23221": "23220",
        "23222": "23220",
        "24151": "24150",
        "24153": "24152",
    }
    starts = {start for code, (start, _) in listed.items() if code not in days}
    assert starts <= {"2019-01-01", "2020-01-01", "2025-01-01", ""}
    gone = {code for code, (_, until) in listed.items() if until}
    assert gone == {"19260", "19271", "19272", "20926", "23221", "23222", "24151", "24153", "27445"}


def test_an_add_on_says_so_in_its_title(facts: Codebook) -> None:
    add_ons = {row["add_on"] for row in rows("relations")}
    titles = {code.code: code.title for code in facts.codes()}
    assert all(titles[code].endswith("(add-on)") for code in add_ons)


def test_diagnoses_carry_their_side_and_their_seventh_characters(facts: Codebook) -> None:
    giant_cell, fracture = facts.diagnosis("D48.0"), facts.diagnosis("M84.551")
    assert giant_cell is not None
    assert fracture is not None
    assert (giant_cell.laterality, giant_cell.seventh) == ("none", "")
    assert (fracture.laterality, fracture.seventh) == ("right", "A D G K P S")
    heading = facts.diagnosis("S72.301C")
    assert heading is not None
    assert (heading.code, heading.laterality) == ("S72.3", "varies")
    for row in rows("diagnoses"):
        title = row["title"].lower()
        sides = {side for side in ("right", "left", "bilateral") if re.search(rf"\b{side}\b", title)}
        assert sides == ({row["laterality"]} & {"right", "left", "bilateral"}), row["code"]
        assert len(row["code"].replace(".", "")) == 6 or not row["seventh"] or row["laterality"] == "varies", row[
            "code"
        ]


def test_the_part_of_the_body_never_sets_a_listed_primary_against_its_own_diagnosis(facts: Codebook) -> None:
    areas = {code.code: code.area for code in facts.codes()}
    assert {code: areas[code] for code in PRIMARIES} == {
        **dict.fromkeys(("23210", "23220", "24150", "25170"), "upper_limb"),
        **dict.fromkeys(("27075", "27076", "27077"), "pelvis_hip"),
        **dict.fromkeys(("27365", "27645", "27704"), "lower_limb"),
    }
    diagnoses = {code: facts.diagnosis(code) for code in ("C40.01", "C40.21", "C41.4", "C41.2", "C41.3", "D48.0")}
    found = [row and row.area for row in diagnoses.values()]
    assert found == ["upper_limb", "lower_limb", "pelvis_hip", "trunk", "trunk", ""]
    assert areas["23200"] == "", "the clavicle is grouped with the ribs in C41.3"


def test_hospital_procedures_say_in_fields_what_their_title_says() -> None:
    for row in rows("procedures"):
        title = row["title"].replace("Tissue Substitute", "tissue substitute").replace("Synthetic S", "Synthetic s")
        side = "" if row["side"] == "none" else f"{row['side'].capitalize()} "
        assert title.startswith(row["operation"])
        assert f"{side}{row['part']}" in title
        assert title.endswith(f", {row['approach']} Approach")
        assert row["device"] == "none" or row["device"] in title
    assert Counter(row["side"] for row in rows("procedures")) == {"right": 229, "left": 229, "none": 114}


def test_a_diagnosis_of_fiscal_year_2027_is_covered_and_a_procedure_is_not(facts: Codebook) -> None:
    osteosarcoma, replacement = facts.diagnosis("C40.21"), facts.procedure("0QRB0KZ")
    assert osteosarcoma is not None
    assert replacement is not None
    assert osteosarcoma.span.covers(date(2026, 11, 23))
    assert replacement.span == Span(date(2023, 10, 1), date(2026, 9, 30))


def test_editions_say_which_dates_they_answer_for(facts: Codebook) -> None:
    loaded: dict[str, list[Span]] = {}
    for edition in facts.editions():
        loaded.setdefault(edition.table, []).append(edition.span)
    assert list(loaded) == [
        *("cpt", "aoc", "ptp_practitioner", "ptp_hospital", "mue", "mue_hospital", "pfs", "opps", "asc"),
        *("icd10cm", "icd10pcs"),
    ]
    assert loaded["cpt"] == [Span(date(2019, 1, 1), date(2026, 12, 31))]
    assert loaded["aoc"] == [Span(date(2019, 1, 1), date(2026, 6, 30))]
    assert [span.start for span in loaded["pfs"]] == [date(2025, 1, 1), date(2026, 1, 1)]


def test_a_note_has_facts_to_show_for_each_code_of_the_decision(facts: Codebook) -> None:
    for code in (
        *ADD_ONS,
        *PRIMARIES,
        *BARRED - {"27090", "27091", "27448", "27648"},
        "27356",
        "27357",
        "27415",
        "29867",
    ):
        assert list(facts.documentation(code)), code
    labels = {fact.label for fact in facts.documentation("20932")}
    assert {
        "Joint and bone",
        "Templated",
        "Cut to shape",
        "Placed",
        "Fixed",
        "Soft tissue",
        "Tissue bank, lot",
    } <= labels
    assert {"Margin", "Bone and side", "Pathology"} <= {fact.label for fact in facts.documentation("27365")}


def test_documentation_facts_are_settled_by_questions_that_take_one_answer(tree: Tree) -> None:
    """One of several answers says nothing of the others: "internal fixation" does not tick the soft tissue."""
    single = {question.id for question in tree.questions.values() if question.kind is not Kind.MANY}
    assert {row["question"] for row in rows("documentation")} <= single | {""}


def test_every_source_speaks_for_itself() -> None:
    register = read_register(REGISTER)
    assert {"coder-knowledge", "inference", "product-rule", "query-practice"} <= set(register)
    assert all(entry["note"].endswith(".") for entry in register.values())
    assert Counter(entry["confidence"] for entry in register.values())["coder knowledge"] == 2


def test_the_wording_is_calm() -> None:
    for table in ("codes", "relations", "documentation", "editions", "diagnoses"):
        assert not [row for row in rows(table) if "!" in "".join(row.values())]
