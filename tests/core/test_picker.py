"""A diagnosis picked by kind, site and side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from encoder.commands.shipped import Shipped
from encoder.core.page.evidence import Desk
from encoder.core.picker import SIDES, Wish, kinds_of, offered, picked
from encoder.core.reference import IcdEntry
from tests.core.small import NOW


@pytest.fixture(scope="module")
def desk(shipped: Shipped) -> Desk:
    return shipped.desk(shipped.tree(), NOW)


def codes(desk: Desk, *wish: str) -> list[str]:
    return [each.code for each in picked(desk, Wish(*wish))]


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (("malignant_primary_limb", "Thigh bone", "left"), ["C40.22"]),  # ICD-10-CM FY2026, C40.2
        (("malignant_primary_limb", "Shoulder blade", "right"), ["C40.01"]),
        (("benign", "Lower jaw", ""), ["D16.5", "D16.4"]),
        (("pathologic_fracture_neoplastic", "Thigh bone", "right"), ["M84.551"]),
        (("infection_joint_prosthesis", "Knee", "left"), ["T84.54X"]),
        (("uncertain_behavior", "Knee", "left"), ["D48.0"]),  # of no site and no side
        (("malignant_primary_limb", "Thigh bone", "unspecified"), ["C40.20"]),
        (("malignant_primary_limb", "Spine", "left"), []),
        (("", "Thigh bone", "left"), []),
    ],
)
def test_kind_site_and_side_give_the_code(desk: Desk, wish: tuple[str, str, str], expected: list[str]) -> None:
    assert codes(desk, *wish) == expected


def test_the_site_that_is_named_most_exactly_comes_first(desk: Desk) -> None:
    found = codes(desk, "osteonecrosis", "Hip", "right")
    assert found.index("M87.051") < found.index("M87.050")  # the femur before the pelvis


def test_a_heading_is_opened_into_the_codes_of_a_claim_with_their_seventh_characters(desk: Desk) -> None:
    found = picked(desk, Wish("acute_trauma", "Thigh bone", "left"))
    shaft = next(each for each in found if each.code == "S72.302")
    assert shaft.title == "Unspecified fracture of shaft of left femur"
    assert [letter for letter, _ in shaft.sevenths][:3] == ["A", "B", "C"]
    assert shaft.whole("B") == "S72.302B"
    assert {each.side for each in found} == {"left"}
    ends = {each.code: each.side for each in picked(desk, Wish("acute_trauma", "Spine", ""))}
    assert ends["S32.010"] == "none"


def test_a_short_code_is_filled_up_before_its_seventh_character(desk: Desk) -> None:
    (infected,) = picked(desk, Wish("infection_joint_prosthesis", "Knee", "left"))
    assert infected.whole("A") == "T84.54XA"
    (whole,) = picked(desk, Wish("malignant_primary_limb", "Thigh bone", "left"))
    assert (whole.sevenths, whole.whole("A")) == ((), "C40.22")


def test_every_offer_leaves_a_code_and_what_is_not_offered_leaves_none(desk: Desk) -> None:
    for kind in offered(desk, Wish()).kinds:
        offer = offered(desk, Wish(kind.id))
        for site in desk.lore.fits.picks:
            assert bool(codes(desk, kind.id, site)) == (site in offer.sites), (kind.id, site)
        for side in SIDES:
            if side not in offer.sides:
                assert not codes(desk, kind.id, "", side), (kind.id, side)


def test_the_offer_follows_what_is_chosen(desk: Desk) -> None:
    assert [kind.id for kind in kinds_of(desk)][:2] == ["malignant_primary_limb", "malignant_primary_axial"]
    jaw = offered(desk, Wish(site="Lower jaw"))
    assert "malignant_primary_limb" not in [kind.id for kind in jaw.kinds]
    assert offered(desk, Wish("malignant_primary_limb")).sides == ("left", "right", "unspecified")


def test_without_the_whole_list_a_heading_stands_for_itself_and_letters_have_no_meaning(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nothing(_code: str) -> IcdEntry | None:
        return None

    monkeypatch.setattr(desk.book, "icd_entry", nothing)
    heading = next(each for each in picked(desk, Wish("acute_trauma", "Thigh bone")) if each.code == "S72.3")
    assert heading.sevenths[0] == ("A", "")


def test_a_tree_that_asks_for_no_diagnosis_offers_none(desk: Desk) -> None:
    asked = {name: question for name, question in desk.tree.questions.items() if name != "diagnosis"}
    assert kinds_of(Desk(desk.book, replace(desk.tree, questions=asked), desk.lore, NOW)) == ()
