"""The examples of every cue file: what stands between < and > is found with its value and status."""

from __future__ import annotations

import pytest

from encoder import paths
from encoder.core.note.cues import Cues
from encoder.core.note.reading import read
from encoder.core.tree.model import Kind, Tree
from encoder.store.codebook import Codebook
from encoder.store.cue_file import Example, examples

EXAMPLES = list(examples(paths.resources() / "cues"))
BEYOND = {"biopsy", "two_sites", "fracture_bone"}


def written(example: Example) -> tuple[str, int, int]:
    """The example as a short note, and where its mention stands."""
    head = "POSTOPERATIVE DIAGNOSIS: " if example.fact == "diagnosis" else "DESCRIPTION OF PROCEDURE: "
    say = example.say
    if say.startswith("Title: "):
        head, say = "PROCEDURE: ", say.removeprefix("Title: ")
    start, end = say.find("<"), say.find(">") - 1
    return head + say.replace("<", "").replace(">", ""), len(head) + start, len(head) + end


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example.where}: {example.say}")
def test_an_example_is_read_as_it_says(example: Example, cues: Cues) -> None:
    text, start, end = written(example)
    reading = read(text, cues)
    if example.fact == "site":
        assert example.value in {place.site.id for place in reading.places}
        return
    near = [
        (finding.fact, finding.value, finding.status)
        for finding in reading.findings
        if not example.found or (finding.start < end and start < finding.end)
    ]
    matching = [
        one
        for one in near
        if (not example.fact or one[0] == example.fact)
        and (not example.value or one[1] == example.value)
        and one[2] == example.status
    ]
    assert bool(matching) == example.found, near


def test_every_cue_names_a_fact_and_a_value_of_the_tree(cues: Cues, tree: Tree, book: Codebook) -> None:
    for name in cues.prefer:
        known = name in BEYOND or name in tree.questions
        assert known, name
    for rule in cues.derived:
        question = tree.questions[rule.fact]
        there = book.code(rule.value) if question.kind is Kind.PICK else question.answer(rule.value)
        assert there is not None, rule
    for site in cues.sites.values():
        for name, value in site.answers.items():
            question_ = tree.questions.get(name)
            assert question_ is None or question_.answer(value) is not None, (site.id, name)


def test_every_group_of_cues_has_an_example() -> None:
    with_examples = {example.where for example in EXAMPLES}
    assert {where.partition(":")[0] for where in with_examples} >= {
        "graft.toml",
        "procedures.toml",
        "diagnoses.toml",
        "other.toml",
        "status.toml",
    }
