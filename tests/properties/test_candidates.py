"""What is still possible after each answer is what a plain filter of the printed ways says."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from pathlib import Path as File

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encoder import paths
from encoder.commands.shipped import Shipped
from tests.commands.calls import TODAY, Path, answered, call

pytestmark = pytest.mark.usefixtures("unmeasured")

SOURCES = File(__file__).parents[2] / "db" / "sources"
TABLES = ("vascularized", "session_prosthesis", "own_version")
"""The lookup tables from which rules of this site take codes."""


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    with (SOURCES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def by_details() -> set[str]:
    """The codes that only refining rules put on the claim of the first site."""
    found = {row["code"] for table in TABLES for row in rows(f"lookups/{table}")}
    for rule in tomllib.loads((paths.resources() / "tree/structural_allograft.rules.toml").read_text("utf-8"))["rule"]:
        for effect in rule.get("effect", []):
            found |= {effect["value"]} if "replace" in effect else {effect.get("line", {}).get("code", "")}
    return found


def reached(way: Path) -> set[str]:
    """The codes of a way, whichever details are answered: the other side in hospital, the other spine primaries."""
    asked, codes = dict(way["trail"]), {line["code"] for line in way["lines"]}
    if "inpatient_side" in asked:
        picked = (asked["inpatient_operation"], asked["inpatient_part"])
        on = TODAY.isoformat()
        codes |= {
            row["code"]
            for row in rows("lookups/inpatient_codes")
            if (row["inpatient_operation"], row["inpatient_part"]) == picked and row["from"] <= on <= row["until"]
        }
    if "spine_primary" in asked:
        codes |= {row["primary"] for row in rows("relations") if row["kind"] == "allowed" and row["add_on"] in codes}
    return codes


@pytest.fixture(scope="module")
def ways(shipped: Shipped) -> list[Path]:
    return call(shipped, "tree", "paths").paths


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_the_candidates_are_the_codes_of_the_ways_that_agree(
    shipped: Shipped, ways: list[Path], data: st.DataObject
) -> None:
    trail = data.draw(st.sampled_from(ways))["trail"]
    given_ = dict(trail[: data.draw(st.integers(0, len(trail)))])
    candidates = call(shipped, "decide", "--json", *answered(given_)).object["candidates"]
    assert isinstance(candidates, list)
    possible = {candidate["code"] for candidate in candidates}
    left = [way for way in ways if given_.items() <= dict(way["trail"]).items()]
    wanted = set().union(*(reached(way) for way in left))
    assert wanted <= possible
    assert possible - wanted <= by_details()
