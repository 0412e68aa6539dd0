"""``tree check``, ``tree outline`` and ``tree paths`` on the shipped tree and on a spoiled one."""

from __future__ import annotations

from typing import cast

import pytest

from encoder.commands.shipped import Shipped
from encoder.core.tree.model import Tree
from tests.commands.calls import Called, call
from tests.commands.fits import DAY, misfits
from tests.commands.test_decide import LINE
from tests.core.small import Small

pytestmark = pytest.mark.usefixtures("unmeasured")

CHECKED = {
    "trees": [
        {
            "id": str,
            "edition": str,
            "sha256": str,
            "dates": [DAY],
            "ways": int,
            "rules": int,
            "faults": [{"kind": str, "say": str}],
        }
    ]
}
PATH = {"trail": [[str]], "outcome": str, "lines": [LINE]}


def installed(small: Small) -> Shipped:
    return Shipped(small.build(), small.tree_folder.parent, small.tree_folder.parent)


# ---------------------------------------------------------------------------------------------- check


def test_the_shipped_tree_is_proved(shipped: Shipped, tree: Tree) -> None:
    called = call(shipped, "tree", "check", "--json")
    assert (called.code, called.err) == (0, "")
    assert [*misfits(called.object, CHECKED)] == []
    (report,) = cast(list[dict[str, object]], called.object["trees"])
    assert (report["id"], report["sha256"], report["faults"]) == (tree.id, tree.sha256, [])
    assert cast(list[str], report["dates"])[0] == "2018-12-31"
    assert report["rules"] == len(tree.rules)


def test_a_proof_is_told_in_words(small: Small) -> None:
    called = call(installed(small), "tree", "check", "--tree", "small")
    assert (called.code, called.err) == (0, "")
    assert called.out == ("Tree 'small', edition 2026-11-23: 54 ways on 6 intervals of dates, 16 rules, 0 faults.\n")


def test_a_fault_is_listed_and_exits_with_1(small: Small) -> None:
    small.change("small.toml", '  { when = { form = "chips" }, to = "end" },\n', "")
    shipped = installed(small)
    called, words = call(shipped, "tree", "check", "--json"), call(shipped, "tree", "check")
    assert (called.code, words.code) == (1, 1)
    assert [*misfits(called.object, CHECKED)] == []
    faults = cast(list[dict[str, list[dict[str, str]]]], called.object["trees"])[0]["faults"]
    assert {fault["kind"] for fault in faults} == {"gap", "unreachable"}
    assert words.out.splitlines()[:-1] == [f"{fault['kind']}: {fault['say']}" for fault in faults]
    assert words.out.endswith(f"16 rules, {len(faults)} faults.\n")


def test_each_tree_is_checked_and_one_must_be_named_to_decide_by_it(small: Small) -> None:
    other = small.tree_folder / "other.toml"
    other.write_text(
        small.path("small.toml").read_text(encoding="utf-8").replace('id = "small"', 'id = "other"'), "utf-8"
    )
    for part in ("details", "outcomes", "texts"):
        text = small.path(f"small.{part}.toml").read_text(encoding="utf-8")
        (small.tree_folder / f"other.{part}.toml").write_text(text, encoding="utf-8")
    shipped = installed(small)
    checked = call(shipped, "tree", "check", "--json")
    assert [tree["id"] for tree in cast(list[dict[str, str]], checked.object["trees"])] == ["other", "small"]
    refused = call(shipped, "decide")
    assert (refused.code, refused.err) == (
        2,
        "Cannot choose a tree: several trees are shipped; name one with --tree: other, small.\n",
    )
    assert call(shipped, "decide", "--tree", "other", "--json").code == 0


# ---------------------------------------------------------------------------------------------- outline


def test_the_outline_is_a_document_for_the_date(shipped: Shipped, tree: Tree) -> None:
    called = call(shipped, "tree", "outline", "--dos", "2026-05-01")
    assert (called.code, called.err) == (0, "")
    assert called.out.startswith(f"# {tree.title}\n")
    assert "Printed for 2026-05-01.\n" in called.out
    assert called.out.endswith("Read and approved: ______________________  Date: ______________\n")


def test_the_outline_as_an_object_holds_the_same_text(shipped: Shipped, tree: Tree) -> None:
    called = call(shipped, "--dos", "2025-06-01", "tree", "outline", "--json")
    assert [
        *misfits(called.object, {"tree": {"id": str, "edition": str, "sha256": str}, "dos": DAY, "text": str})
    ] == []
    assert f"{called.object['text']}\n" == call(shipped, "tree", "outline", "--dos", "2025-06-01").out


# ---------------------------------------------------------------------------------------------- paths


@pytest.fixture(scope="module")
def listed(shipped: Shipped) -> Called:
    return call(shipped, "tree", "paths")


def test_every_way_is_one_object_a_line(listed: Called) -> None:
    assert (listed.code, listed.err) == (0, "")
    assert len(listed.paths) == len(listed.out.splitlines()) > 1000
    assert [text for path in listed.paths[::50] for text in misfits(path, PATH)] == []
    assert all(len(step) == 2 for path in listed.paths for step in path["trail"])
    with_joint = [path for path in listed.paths if path["outcome"] == "listed_osteoarticular"]
    assert [line["role"] for line in with_joint[0]["lines"]] == ["primary", "add_on"]


def test_the_list_stops_at_the_limit_with_and_without_json(shipped: Shipped, listed: Called) -> None:
    for limit in (1, 7):
        called = call(shipped, "tree", "paths", "--limit", str(limit))
        assert called == call(shipped, "tree", "paths", "--limit", str(limit), "--json")
        assert called.out.splitlines() == listed.out.splitlines()[:limit]


def test_a_limit_above_all_ways_lists_them_all(small: Small) -> None:
    shipped = installed(small)
    assert len(call(shipped, "tree", "paths", "--limit", "9" * 30).paths) == 13


def test_a_detail_that_must_be_answered_is_walked_at_its_first_answer(listed: Called) -> None:
    by_spine = [path for path in listed.paths if "spine_primary" in dict(path["trail"])]
    assert by_spine
    assert all(len(path["lines"]) == 2 for path in by_spine)


def test_a_way_at_fault_is_told_beside_the_others_and_exits_with_1(small: Small) -> None:
    small.change("small.toml", '  { when = { form = "chips" }, to = "end" },\n', "")
    called = call(installed(small), "tree", "paths", "--json")
    assert called.code == 1
    assert len(called.paths) == 10
    assert called.err.count("Gap: small.toml: question 'bone': this way leads nowhere") == 3


# ---------------------------------------------------------------------------------------------- a bad installation


@pytest.mark.parametrize("part", ["check", "outline", "paths"])
def test_a_tree_file_that_is_broken_is_told_by_file_and_key(small: Small, part: str) -> None:
    small.change("small.toml", 'title = "A small tree"', 'titel = "A small tree"')
    called = call(installed(small), "tree", part, "--json")
    assert (called.code, called.out) == (3, "")
    assert called.err == ("small.toml: unknown key 'titel' (did you mean 'title'?); remove it or mend its name.\n")


@pytest.mark.parametrize("part", [["tree", "check"], ["tree", "paths"], ["decide"], ["self-check"]])
def test_an_installation_without_a_tree_is_told(small: Small, part: list[str]) -> None:
    shipped = installed(small)
    for file in small.tree_folder.iterdir():
        file.unlink()
    called = call(shipped, *part, "--json")
    assert (called.code, called.out) == (3, "")
    assert called.err == (
        f"No tree file is in {small.tree_folder}, so nothing can be decided; install the program again.\n"
    )
