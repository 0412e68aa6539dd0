"""ICD-10-PCS by site, side and what was done: the code, or that there is none and which choice stands in the way."""

from __future__ import annotations

import csv
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.build import SOURCES
from encoder.core.codes import ALWAYS, Span
from encoder.core.procedures import MOST, PcsRow, PcsTables, PcsValue, Wish, build, choices, title
from encoder.store.codebook import Codebook

DAY = date(2026, 5, 1)
DONOR = "Nonautologous Tissue Substitute"


@pytest.fixture(scope="module")
def tables(facts: Codebook) -> PcsTables:
    return facts.procedure_tables()


def test_site_side_and_what_was_done_give_the_code(tables: PcsTables) -> None:
    found = build(tables, Wish("Replacement", "Lower Femur", "right", "Open", DONOR, "none"), DAY)
    assert (found.count, found.say) == (1, "One code fits.")
    assert [(built.code, built.title) for built in found.codes] == [
        ("0QRB0KZ", f"Replacement of Right Lower Femur with {DONOR}, Open Approach")
    ]
    assert found.codes[0].row.table == "0QR"
    assert found.codes[0].values == Wish("Replacement", "Lower Femur", "right", "Open", DONOR, "none")


def test_what_is_left_open_gives_all_codes_that_fit(tables: PcsTables) -> None:
    found = build(tables, Wish("Replacement", "Tibia", "left", "Open"), DAY)
    assert [built.code for built in found.codes] == ["0QRH07Z", "0QRH0JZ", "0QRH0KZ"]
    assert (found.count, found.say) == (3, "3 codes fit; choose further.")
    everything = build(tables, Wish(), DAY)
    assert everything.count == 13_444
    assert len(everything.codes) == MOST


def test_no_code_names_the_choices_that_stand_in_the_way(tables: PcsTables) -> None:
    found = build(tables, Wish("Resection", "Lower Femur", "right", "Percutaneous"), DAY)
    assert (found.count, found.codes, found.in_the_way) == (0, (), ("operation", "approach"))
    other = "they do with another operation than 'Resection' or approach than 'Percutaneous'."
    assert found.say == f"The tables hold no code for this; {other}"
    hopeless = build(tables, Wish("Resection", "Knee Joint", "right", "External", "Spacer", "Diagnostic"), DAY)
    assert (hopeless.in_the_way, hopeless.say) == (
        (),
        "The tables hold no code for this, and changing one choice alone does not give one.",
    )


def test_a_date_that_no_edition_covers_is_said(tables: PcsTables) -> None:
    found = build(tables, Wish("Replacement"), date(2026, 10, 1))
    assert (found.count, found.say) == (0, "No loaded edition of the ICD-10-PCS tables covers 2026-10-01.")
    assert choices(tables, Wish(), date(2026, 10, 1))["operation"] == ()


def test_the_choices_left_are_those_that_go_with_the_others(tables: PcsTables) -> None:
    left = choices(tables, Wish("Removal", "Ankle Joint", "right"), DAY)
    assert {"Knee Joint", "Ankle Joint"} <= set(left["part"])
    assert "Synthetic Substitute" in left["device"]
    assert "Lower Femur" in choices(tables, Wish(side="right"), DAY)["part"]
    assert left["side"] == ("left", "right")
    assert left["approach"] == ("External", "Open", "Percutaneous", "Percutaneous Endoscopic")
    assert set(left["operation"]) > {"Removal", "Replacement", "Fusion"}
    assert left["qualifier"] == ("none",)


def test_the_root_operations_say_what_they_mean(tables: PcsTables) -> None:
    operations = {value.label: value.plain for value in tables.operations()}
    assert list(operations) == sorted(operations)
    assert operations["Supplement"] == "A graft or device only reinforces the part"
    assert all(operations.values())


def test_a_code_is_read_back_from_the_tables(tables: PcsTables) -> None:
    removal, cemented = tables.code("0SPF0JZ"), tables.code("0SRC0J9")
    assert removal is not None
    assert cemented is not None
    assert removal.title == "Removal of Synthetic Substitute from Right Ankle Joint, Open Approach"
    assert cemented.title == "Replacement of Right Knee Joint with Synthetic Substitute, Cemented, Open Approach"
    assert [tables.code(code) for code in ("0QRB0KX", "0ZZB0KZ", "0QR", "")] == [None] * 4


def test_the_tables_write_the_titles_of_the_scope_as_the_code_set_does(tables: PcsTables) -> None:
    with (SOURCES / "procedures.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        built = tables.code(row["code"])
        assert built is not None, row["code"]
        assert built.title.casefold() == row["title"].casefold()
        values = built.values
        assert (values.operation, values.side) == (row["operation"], row["side"])
        assert row["part"] in (values.part, f"{values.part}, {values.qualifier}")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("0Y6C0Z1", "Detachment at Right Upper Leg, High, Open Approach"),
        ("0QHB04Z", "Insertion of Internal Fixation Device into Right Lower Femur, Open Approach"),
        ("0QWB04Z", "Revision of Internal Fixation Device in Right Lower Femur, Open Approach"),
        ("0Q2YX0Z", "Change Drainage Device in Lower Bone, External Approach"),
        ("0QCB0ZZ", "Extirpation of Matter from Right Lower Femur, Open Approach"),
        ("0QSB04Z", "Reposition Right Lower Femur with Internal Fixation Device, Open Approach"),
        ("0QBB0ZX", "Excision of Right Lower Femur, Open Approach, Diagnostic"),
        ("0P530Z3", "Destruction of Cervical Vertebra using Laser Interstitial Thermal Therapy, Open Approach"),
        ("0PS404Z", "Reposition Thoracic Vertebra with Internal Fixation Device, Open Approach"),
        ("0RG2070", "Fusion of 2 or more Cervical Vertebral Joints with Autologous Tissue Substitute, "
                    "Anterior Approach, Anterior Column, Open Approach"),
    ],
)  # fmt: skip
def test_every_kind_of_title(tables: PcsTables, code: str, said: str) -> None:
    built = tables.code(code)
    assert built is not None
    assert built.title == said


def test_every_code_of_the_tables_is_read_back_as_itself(tables: PcsTables) -> None:
    codes = [built.code for built in tables.all()]
    assert len(codes) == len(set(codes)) == 13_444
    for code in codes[::97]:
        built = tables.code(code)
        assert built is not None
        assert [found.code for found in build(tables, built.values, DAY).codes] == [code]


@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_whatever_is_chosen_from_what_is_left_there_is_a_code(tables: PcsTables, data: st.DataObject) -> None:
    wish = Wish()
    for name in data.draw(st.permutations(["operation", "part", "side", "approach", "device", "qualifier"])):
        chosen = data.draw(st.sampled_from(choices(tables, wish, DAY)[name]))
        wish = Wish(**{**{n: getattr(wish, n) for n in Wish.__dataclass_fields__}, name: chosen})
        assert build(tables, wish, DAY).count > 0
    assert build(tables, wish, DAY).count == 1


def test_a_character_without_a_meaning_is_a_fault_of_the_tables() -> None:
    row = PcsRow("0QR", "B", "0", "K", "Z", ALWAYS, ())
    broken = PcsTables((row,), {("*", "R", "operation"): {"R": PcsValue("R", "Replacement")}})
    with pytest.raises(KeyError, match="0QR part B"):
        list(broken.all())


def test_a_part_without_sides_keeps_its_name() -> None:
    assert title("Resection", PcsValue("0", "Sternum"), "Open", "none", "none") == "Resection of Sternum, Open Approach"
    assert Span().covers(DAY)
