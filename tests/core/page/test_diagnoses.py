"""The diagnoses at the site of a code: which fit, which warn, and which belong elsewhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from encoder.core.codes import Diagnosis
from encoder.core.page.diagnoses import at_site, complete, diagnoses, named, vague
from encoder.core.page.evidence import Desk
from tests.core.page.conftest import Pages
from tests.core.small import NOW


def test_families_that_fit_come_first_and_the_others_warn(pages: Pages) -> None:
    groups = pages("27365").diagnoses
    fits = [group.family for group in groups if group.fits]
    assert fits == ["malignant_primary_limb", "malignant_secondary", "uncertain_behavior"]
    assert [group.fits for group in groups] == sorted((group.fits for group in groups), reverse=True)
    warned = {group.family: [warning.id for warning in group.warnings] for group in groups if not group.fits}
    assert warned["osteoarthritis"] == ["W15"]
    assert warned["benign"] == ["W11"]
    assert all(warned.values())


def test_only_codes_of_the_site_are_shown(pages: Pages) -> None:
    group = pages("27365").diagnoses[0]
    assert {"C40.21", "C40.22"} <= {*group.codes}
    assert not {"C40.01", "C40.20", "C40.31"} & {*group.codes}
    humerus = pages("24150").diagnoses[0]
    assert {"C40.01", "C40.02"} <= {*humerus.codes}
    assert not {"C40.21", "C40.11"} & {*humerus.codes}


def test_without_a_way_to_the_code_nothing_warns(desk: Desk) -> None:
    code = desk.book.code("27365")
    assert code is not None
    assert all(group.fits and not group.warnings for group in diagnoses(desk, code, {}))


def test_a_tree_without_the_question_of_diagnoses_has_none(desk: Desk) -> None:
    code = desk.book.code("27365")
    assert code is not None
    questions = {name: q for name, q in desk.tree.questions.items() if name != "diagnosis"}
    assert diagnoses(Desk(desk.book, replace(desk.tree, questions=questions), desk.lore, NOW), code, {}) == ()


def row(desk: Desk, code: str) -> Diagnosis:
    held = desk.diagnosis(code)
    assert held is not None
    return held


@pytest.mark.parametrize(("code", "whole"), [("C40.21", "C40.21"), ("M84.551", "M84.551A"), ("S42.2", "S42.2XXA")])
def test_a_seventh_character_is_put_in_its_place(desk: Desk, code: str, whole: str) -> None:
    assert complete(row(desk, code)) == whole


def test_titles_are_read_for_their_site(desk: Desk) -> None:
    assert named(["long bones of * lower limb"], row(desk, "C40.21"))
    assert not named(["humerus"], row(desk, "C40.21"))
    assert not vague(row(desk, "C40.21"))
    assert vague(replace(row(desk, "C40.21"), title="Malignant neoplasm of other specified sites"))


def test_sides_that_are_not_said_are_left_out_where_others_are(desk: Desk) -> None:
    code = desk.book.code("27365")
    assert code is not None
    unsaid = replace(row(desk, "C40.21"), laterality="unspecified")
    assert at_site(desk, [unsaid], code) == (unsaid,)
    assert at_site(desk, [unsaid, row(desk, "C40.22")], code) == (row(desk, "C40.22"),)
