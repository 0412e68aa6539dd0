"""``self-check``: opens everything, proves the tree, replays every case; says versions, editions and hashes."""

from __future__ import annotations

import hashlib
import sqlite3
import sys
from pathlib import Path
from typing import cast

import pytest

from encoder.commands.shipped import Shipped
from encoder.core.tree.model import Tree
from encoder.store.case_file import read_cases
from encoder.store.claim_file import read_claims
from tests.commands.calls import Called, call
from tests.commands.fits import DAY, Maybe, misfits
from tests.core.small import Small

pytestmark = pytest.mark.usefixtures("unmeasured")

SHAPE = {
    "holds": bool,
    "python": str,
    "sqlite": str,
    "encryption": str,
    "system": str,
    "tree": {"id": str, "edition": str, "sha256": str},
    "database": {"sha256": str, "schema_version": str, "fingerprint": str},
    "ways": int,
    "rules": int,
    "cases": int,
    "claims": int,
    "editions": [{"table": str, "edition": str, "from": DAY, "until": Maybe(DAY), "covers_dos": bool}],
    "problems": [str],
}
CASE = """\
[[case]]
id = "chips"
say = "Chips"
why = "Chips have no code"
cites = ["manual#chips"]
date = 2026-05-01
answers = { claim = "surgeon", form = "chips", bone = "femur" }
expect = { status = "decided", lines = ["27365"] }
"""
CLAIM = """\
[[claim]]
id = "alone"
why = "An add-on is never alone"
cites = ["manual#20932"]
date = 2026-05-01
lines = ["20932"]
expect = { payable = false, find = ["deny add_on_alone 1", "warn date_uncovered 1"] }
"""


def installed(small: Small, case: str = CASE, claim: str = CLAIM) -> Shipped:
    cases = small.tree_folder.parent / "cases"
    for folder, text in ((cases, case), (cases.with_name("claims"), claim)):
        folder.mkdir()
        (folder / f"{folder.name}.toml").write_text(text, encoding="utf-8")
    return Shipped(small.build(), small.tree_folder.parent, cases)


def problems(called: Called) -> list[str]:
    return cast(list[str], called.object["problems"])


def test_the_shipped_installation_holds(shipped: Shipped, tree: Tree, database: Path) -> None:
    called = call(shipped, "self-check", "--json")
    report = called.object
    assert (called.code, called.err) == (0, "")
    assert [*misfits(report, SHAPE)] == []
    assert (report["holds"], report["problems"]) == (True, [])
    assert report["cases"] == len(read_cases(shipped.cases)) > 188
    assert cast(dict[str, str], report["tree"])["sha256"] == tree.sha256
    assert cast(dict[str, str], report["database"])["sha256"] == hashlib.sha256(database.read_bytes()).hexdigest()
    assert report["claims"] == len(read_claims(shipped.claims)) >= 200
    assert report["sqlite"] == sqlite3.sqlite_version
    assert cast(str, report["encryption"]).startswith("SQLCipher 4.")


def test_without_the_library_that_encrypts_the_cases_it_does_not_hold(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    called = call(installed(small), "self-check", "--json")
    assert (called.code, called.object["encryption"]) == (1, "none")
    (problem,) = problems(called)
    assert problem.startswith("No cases can be kept here: the library that encrypts them cannot be loaded")


def test_it_is_told_in_words_with_versions_hashes_and_editions(small: Small) -> None:
    called = call(installed(small), "self-check", "--dos", "2025-06-01")
    lines = called.out.splitlines()
    assert (called.code, called.err) == (0, "")
    assert lines[0].startswith("Python 3.")
    assert lines[1].startswith("Tree 'small' 2026-11-23 sha256 ")
    assert lines[2].startswith("Database sha256 ")
    assert lines[3] == "  Values 2025: 2025-01-01 to 2025-12-31, covers on 2025-06-01"
    assert lines[4] == "54 ways and 16 rules proved, 1 cases and 1 claims replayed, 0 problems."


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('["27365"]', '["27447"]', "chips: lines are 27365, 27447 was expected"),
        (
            'bone = "femur"',
            'bone = "rib"',
            "chips: Question 'bone' has no answer 'rib'; it is one of: femur, fibula, knee, not_documented.",
        ),
    ],
)
def test_a_case_that_does_not_hold_is_a_problem(small: Small, old: str, new: str, problem: str) -> None:
    shipped = installed(small, CASE.replace(old, new))
    called, words = call(shipped, "self-check", "--json"), call(shipped, "self-check")
    assert (called.code, words.code) == (1, 1)
    assert [*misfits(called.object, SHAPE)] == []
    assert (called.object["holds"], problems(called)) == (False, [problem])
    assert words.out.splitlines()[0] == problem
    assert words.out.endswith(" 1 problems.\n")


def test_a_fault_of_the_tree_is_a_problem_and_so_is_the_case_that_meets_it(small: Small) -> None:
    small.change("small.toml", '  { when = { form = "chips" }, to = "end" },\n', "")
    called = call(installed(small), "self-check", "--json")
    found = problems(called)
    assert called.code == 1
    assert any(problem.startswith("gap: from 2019-01-01: Gap: small.toml: question 'bone'") for problem in found)
    assert found[-1].startswith("chips: Gap: small.toml: question 'bone': this way leads nowhere (claim=surgeon")


@pytest.mark.parametrize("name", ["tokens.toml", "look.qss", "pictures/body_map.svg"])
def test_a_missing_resource_is_a_problem(small: Small, name: str) -> None:
    shipped = installed(small)
    (shipped.resources / name).unlink()
    called = call(shipped, "self-check", "--json")
    assert (called.code, problems(called)) == (1, [f"resources/{name} is missing; install the program again."])


def test_pictures_and_help_that_the_tree_names_are_looked_for(small: Small) -> None:
    small.change("small.toml", 'say = "Femur"', 'say = "Femur"\n  picture = "femur"')
    small.change("small.toml", 'hint = "The table says."', 'hint = "The table says."\nhelp = "form"')
    called = call(installed(small), "self-check", "--json")
    assert problems(called) == [
        "resources/help/form.md is missing; install the program again.",
        "resources/pictures/row/femur.svg is missing; install the program again.",
    ]


@pytest.mark.parametrize("command", [["self-check"], ["decide"], ["code", "27365"], ["tree", "check"]])
def test_a_missing_database_is_told_with_its_remedy(small: Small, command: list[str]) -> None:
    shipped = installed(small)
    small.database.unlink()
    called = call(shipped, *command, "--json")
    assert (called.code, called.out) == (3, "")
    assert called.err == (
        f"The code database is missing at {small.database}, and no code can be looked up; build it again with: "
        "python run.py db\n"
    )


@pytest.mark.parametrize("command", [["self-check"], ["decide"], ["code", "27365"], ["tree", "check"]])
@pytest.mark.parametrize("size", [0, 100, 4096, 20000])
def test_a_damaged_database_is_told_in_one_sentence(small: Small, command: list[str], size: int) -> None:
    shipped = installed(small)
    small.database.write_bytes(small.database.read_bytes()[:size])
    called = call(shipped, *command, "--json")
    assert (called.code, called.out, called.err.count("\n")) == (3, "", 1)
    assert called.err.startswith(f"The code database {small.database} is damaged (")
    assert called.err.endswith("; build it again with: python run.py db\n")


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        ("[[case]]\nid = 7", "cases.toml: case 7: 'date' is missing; a date was expected."),
        ("", None),
    ],
)
def test_cases_that_cannot_be_read_are_told(small: Small, case: str, sentence: str | None) -> None:
    shipped = installed(small, case)
    if sentence is None:
        (shipped.cases / "cases.toml").unlink()
        sentence = "No case files in cases: nothing to replay; the installation is not complete."
    called = call(shipped, "self-check")
    assert (called.code, called.out, called.err) == (3, "", sentence + "\n")


def test_a_claim_that_does_not_hold_is_a_problem(small: Small) -> None:
    called = call(installed(small, claim=CLAIM.replace("payable = false", "payable = true")), "self-check", "--json")
    assert called.code == 1
    assert problems(called) == ["claim alone: payable is False, True was expected"]
