"""``encoder ask``: a plain question, answered from rules and tables, or not at all."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from datetime import date

from encoder.commands.output import Output
from encoder.commands.pages import row
from encoder.commands.shapes import Json
from encoder.commands.shipped import Shipped
from encoder.core.ask.answer import Answer
from encoder.core.ask.ask import Asker


def run(arguments: Namespace, shipped: Shipped, out: Output, on: date) -> int:
    """Answer a question; 1 when it cannot be answered."""
    tree = shipped.tree(arguments.tree)
    asker = Asker(shipped.lexicon(tree), lambda day: shipped.reach(tree, day))
    answer = asker.ask(" ".join(arguments.text), shipped.desk(tree, on))
    if arguments.json:
        out.json(answer_json(answer))
    else:
        for line in in_words(answer):
            out.say(line)
    return 0 if answer.answered else 1


def answer_json(answer: Answer) -> Json:
    """The object of ``ask --json``."""
    return {
        "question": answer.question,
        "kind": answer.kind,
        "answered": answer.answered,
        "state": answer.state or None,
        "say": answer.say,
        "lines": list(answer.lines),
        "codes": list(answer.codes),
        "rows": [row(ref) for ref in answer.rows],
        "cites": list(answer.cites),
        "missing": [
            {
                "question": part.question,
                "ask": part.ask,
                "answers": [{"id": i, "say": s, "codes": [list(c) for c in codes]} for i, s, codes in part.answers],
            }
            for part in answer.missing
        ],
        "near": [{"kind": near.kind, "id": near.id, "title": near.title} for near in answer.near],
        "facts": [{"question": question, "answer": answer} for question, answer in answer.facts],
        "read_as": list(answer.read_as),
        "dos": answer.on.isoformat(),
    }


def in_words(answer: Answer) -> Iterator[str]:
    """The answer for a reader in a terminal."""
    for text in answer.read_as:
        yield f"({text})"
    yield answer.say
    for line in answer.lines:
        yield f"  {line}"
    if answer.rows:
        yield "Rows: " + ", ".join(dict.fromkeys(f"{ref.table} {ref.key}" for ref in answer.rows))
    if answer.cites:
        yield "Sources: " + ", ".join(answer.cites)
    if answer.near and not answer.answered:
        yield "Nearest:"
        for near in answer.near:
            yield f"  {near.title}" if near.kind == "ask" else f"  {near.id}: {near.title}"
