"""``encoder tree``: proofs about the trees, a printable outline, and every way as JSON lines."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from itertools import islice

from encoder.commands import shapes
from encoder.commands.output import Output
from encoder.commands.shipped import Shipped
from encoder.core.tree.model import Kind, Outcome, Tree
from encoder.core.tree.outline import outline
from encoder.core.tree.proofs import prove
from encoder.core.tree.rules import claim
from encoder.core.tree.walk import Position, offered, picks, walk
from encoder.core.tree.ways import Way, ways
from encoder.store.codebook import Codebook


def check(arguments: Namespace, shipped: Shipped, out: Output, on: date) -> int:
    """Prove every tree; 1 when a fault was found."""
    _ = on
    found = 0
    ids = [arguments.tree] if arguments.tree else list(shipped.tree_ids())
    reports: list[shapes.Json] = []
    for tree_id in ids:
        tree = shipped.tree(tree_id)
        proof = prove(tree, shipped.book)
        found += len(proof.faults)
        dates = [day.isoformat() for day in proof.dates]
        faults = [{"kind": fault.kind, "say": fault.say} for fault in proof.faults]
        reports.append(
            {**shapes.tree_head(tree), "dates": dates, "ways": proof.ways, "rules": proof.rules, "faults": faults}
        )
        if not arguments.json:
            for fault in proof.faults:
                out.say(f"{fault.kind}: {fault.say}")
            out.say(
                f"Tree '{tree.id}', edition {tree.edition}: {proof.ways} ways on {len(dates)} intervals of dates, "
                f"{proof.rules} rules, {len(proof.faults)} faults."
            )
    if arguments.json:
        out.json({"trees": reports})
    return 1 if found else 0


def print_outline(arguments: Namespace, shipped: Shipped, out: Output, on: date) -> int:
    """The tree as a document that a coder can read and sign."""
    tree = shipped.tree(arguments.tree)
    lines = outline(tree, shipped.book, on)
    if arguments.json:
        out.json({"tree": shapes.tree_head(tree), "dos": on.isoformat(), "text": "\n".join(lines)})
        return 0
    for line in lines:
        out.say(line)
    return 0


def paths(arguments: Namespace, shipped: Shipped, out: Output, on: date) -> int:
    """Every way through the deciding questions, one JSON object a line; details at their usual answers."""
    tree, book = shipped.tree(arguments.tree), shipped.book
    found = 0
    for way in islice(ways(tree, book, on), arguments.limit):
        if way.fault:
            out.note(way.fault)
            found = 1
            continue
        position = with_usual(tree, book, way, on)
        made = claim(position)
        trail = [[step.question, step.text] for step in position.trail]
        out.json({"trail": trail, "outcome": way.end_id, "lines": shapes.lines(made.lines, book, on)}, line=True)
    return found


def with_usual(tree: Tree, book: Codebook, way: Way, on: date) -> Position:
    """A way with the details that must be answered at their first answer."""
    answers = {step.question: frozenset(step.answers) for step in way.steps}
    position = walk(tree, book, answers, on)
    while position.pending is not None and isinstance(way.end, Outcome):
        question = position.pending
        if question.kind is Kind.PICK:
            first = picks(question, book, position.facts, on)[0]
        else:
            first = offered(question, position.facts)[0].id
        answers[question.id] = frozenset((first,))
        position = walk(tree, book, answers, on)
    return position
