"""Where the story of an operation begins when no heading says so, and what the places of a title say."""

from __future__ import annotations

import pytest

from encoder.core.note.cues import Cues
from encoder.core.note.reading import Reading, read

CUT = "A medial incision was made, the vessels were ligated, the femur was divided with a saw and closed over a drain."


def kinds(text: str, cues: Cues) -> list[str]:
    return list(dict.fromkeys(line.kind for line in read(text, cues).lines))


def said(reading: Reading, fact: str) -> set[tuple[str, str]]:
    return {(finding.value, finding.status) for finding in reading.findings if finding.fact == fact}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"INDICATIONS: Pain for a year.\n\n{CUT}", ["indications", "body"]),
        ("INDICATIONS: Pain for a year.\n\nShe has two children.", ["indications"]),
        (
            "INDICATIONS: Pain for a year.\n\nThe limb was draped. The vessels were ligated, the femur cut with a saw.",
            ["indications", "body"],
        ),
        (f"Tourniquet: 90 minutes. {CUT}", ["admin", "body"]),
        (f"PROCEDURE: Wide resection of femur. {CUT}", ["title", "body"]),
        (f"Indication: third recurrence. A dorsal incision was used. {CUT}", ["indications", "body"]),
        ("Indication: a lateral approach was used elsewhere. Pain for a year.", ["indications"]),
        ("Specimens: femur. Marrow. Wound closed.", ["specimens"]),
        ("HISTORY: Pain.\nFROZEN DONOR TIBIA\nIt was cut.", ["history", "body"]),
    ],
)
def test_the_story_begins_where_it_is_told(text: str, expected: list[str], cues: Cues) -> None:
    assert kinds(text, cues) == expected


def test_an_unknown_heading_that_names_the_graft_is_read_with_it(cues: Cues) -> None:
    reading = read(f"INDICATIONS: Pain.\nFrozen donor tibia:\nIt was cut to 10 cm and plated. {CUT}", cues)
    assert ("donor_bone", "affirmed") in said(reading, "graft_material")


def test_a_bone_that_is_spared_is_no_place_of_the_operation(cues: Cues) -> None:
    assert said(read("PROCEDURE: Wide resection of left iliac wing, acetabulum preserved.", cues), "bone") == {
        ("pelvis_partial", "affirmed")
    }
    assert not said(read("PROCEDURE: Wide resection sparing the acetabulum.", cues), "bone")


def test_a_line_that_names_a_side_and_a_limb_alone_gives_the_side(cues: Cues) -> None:
    assert said(read("Right elbow.\nOsteosarcoma of the olecranon.", cues), "side") == {("right", "affirmed")}
    assert not said(read("Right angle clamp.\nThe olecranon was exposed.", cues), "side")


def test_the_side_of_the_disease_counts_where_nothing_else_names_one(cues: Cues) -> None:
    assert said(read("HISTORY: Chondrosarcoma of the right femur.", cues), "side") == {("right", "affirmed")}


def test_chips_that_were_not_used_are_found_as_such(cues: Cues) -> None:
    reading = read("DETAILS: No morselized chips were used.", cues)
    assert ("chips", "negated") in said(reading, "graft_form")
    assert not said(reading, "graft_material")
