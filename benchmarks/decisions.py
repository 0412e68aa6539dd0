"""One decision of the tree beside the same table in zen-engine, a general decision-table engine."""

from __future__ import annotations

import json
import time
from datetime import date

import zen

from benchmarks.run import Row, median
from encoder import paths
from encoder.core.tree.model import Tree
from encoder.core.tree.rules import claim
from encoder.core.tree.walk import walk
from encoder.core.tree.ways import Way, ways
from encoder.store.codebook import Codebook
from encoder.store.tree_file import read_tree

ON = date(2026, 5, 1)
CASE = {
    "claim": "surgeon",
    "graft_material": "donor_bone",
    "region": "limb",
    "main_procedure": "radical_resection",
    "graft_form": "osteoarticular",
    "bone": "distal_femur",
    "graft_placed": "yes",
}
ROUNDS = 300


def decision() -> Row:
    """A whole case walked and its claim made, beside one evaluation of all ways as one decision table."""
    tree, book = read_tree(paths.resources() / "tree", "structural_allograft"), Codebook.open(paths.database())
    answers = {question: frozenset((answer,)) for question, answer in CASE.items()}
    ours = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        position = walk(tree, book, answers, ON)
        made = claim(position)
        ours.append(time.perf_counter() - started)
    assert [line.text for line in made.lines] == ["27365", "20932"]
    decided = zen.ZenEngine().create_decision(
        zen.ZenDecisionContent(json.dumps(table(tree, list(ways(tree, book, ON)))))
    )
    theirs = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        answer = decided.evaluate(dict(CASE))
        theirs.append(time.perf_counter() - started)
    assert answer["result"]["end"] == "listed_osteoarticular"
    value, beside = median(ours), median(theirs)
    return Row("one decision", f"{value:.2f} ms", f"zen-engine {beside:.2f} ms", "", None, value / beside)


def table(tree: Tree, found: list[Way]) -> dict[str, object]:
    """All ways of one date as one decision table: a column for each question, a row for each way, the end as output."""
    columns = [question.id for question in tree.deciding()]
    rules = [
        {
            "_id": str(number),
            "end": f'"{way.end_id}"',
            **dict.fromkeys(columns, ""),
            **{step.question: f'"{step.text}"' for step in way.steps},
        }
        for number, way in enumerate(found)
    ]
    content = {
        "hitPolicy": "first",
        "inputs": [{"id": name, "name": name, "field": name, "type": "expression"} for name in columns],
        "outputs": [{"id": "end", "name": "end", "field": "end", "type": "expression"}],
        "rules": rules,
    }
    nodes = [
        {"id": "in", "name": "in", "type": "inputNode"},
        {"id": "table", "name": "table", "type": "decisionTableNode", "content": content},
        {"id": "out", "name": "out", "type": "outputNode"},
    ]
    edges = [
        {"id": "first", "type": "edge", "sourceId": "in", "targetId": "table"},
        {"id": "last", "type": "edge", "sourceId": "table", "targetId": "out"},
    ]
    return {"nodes": nodes, "edges": edges}


MEASURES = {"decision": decision}
