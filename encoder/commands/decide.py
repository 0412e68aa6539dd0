"""``encoder decide``: walk the tree with the answers given, stop at the first question without one."""

from __future__ import annotations

import tomllib
from argparse import Namespace
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from encoder.commands import shapes
from encoder.commands.output import Output
from encoder.commands.shipped import Shipped
from encoder.core.book import Book
from encoder.core.note.evidence import Evidence, evidence_of
from encoder.core.note.reading import read
from encoder.core.note.suggest import walk_note
from encoder.core.reference import WholeBook
from encoder.core.tree.explain import Result, answer_text, explain
from encoder.core.tree.model import Tree, Values
from encoder.core.tree.walk import Position, parse_answer, walk
from encoder.errors import InputError, UsageError
from encoder.store.cue_file import read_cues
from encoder.store.documents import read_document


def run(arguments: Namespace, shipped: Shipped, out: Output, on: date) -> int:
    """Decide one case; 1 when it stopped, 0 when it is decided or a question is still open."""
    tree, book = shipped.tree(arguments.tree), shipped.book
    answers: dict[str, Values] = dict(_from_file(arguments.answers, tree, book))
    for question, text in (_split(text) for text in arguments.answer):
        answers[question] = parse_answer(tree, book, question, text)
    position = walk(tree, book, answers, on)
    reach = shipped.reach(tree, on)
    result = explain(position, book, reach)
    evidence = note_evidence(arguments.note, position, shipped) if arguments.note else {}
    if arguments.json:
        out.json(shapes.decided(position, result, book, reach.along(position.steps)[-1], evidence))
    else:
        for line in in_words(position, result, book):
            out.say(line)
    for step in position.aside:
        out.note(f"Set aside, not on the way: {step.question}={step.text}.")
    return 1 if result.status in {"query", "stopped"} else 0


def note_evidence(file: Path, position: Position, shipped: Shipped) -> Evidence:
    """What a note says for the answers of a way."""
    cues = read_cues(shipped.resources / "cues")
    reading = read(read_document(file).text, cues)
    walked = walk_note(reading, cues, position.tree, shipped.book, position.on)
    return evidence_of(reading, walked, position.trail)


def _split(text: str) -> tuple[str, str]:
    question, sign, answer = text.partition("=")
    if not (question and sign and answer):
        raise UsageError(f"Answer '{text}' is not QUESTION=ANSWER; write for example -a graft_form=osteoarticular.")
    return question.strip(), answer.strip()


def _from_file(file: Path | None, tree: Tree, book: Book) -> Iterator[tuple[str, Values]]:
    """The answers of a TOML file: a table [answers], or the answers themselves; a list gives several answers."""
    if file is None:
        return
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{file} cannot be read ({error.strerror}); name a TOML file with answers.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InputError(f'{file} is not valid TOML: {error}; write one QUESTION = "ANSWER" a line.') from error
    table = data.get("answers", data)
    if not isinstance(table, dict):
        raise InputError(f"{file}: 'answers' is {table!r}; a table of QUESTION = \"ANSWER\" was expected.")
    for question, answer in table.items():
        values = answer if isinstance(answer, list) else [answer]
        if not all(isinstance(value, str) for value in values):
            raise InputError(
                f"{file}: the answer to '{question}' is {answer!r}; a text or a list of texts was expected."
            )
        try:
            yield question, parse_answer(tree, book, question, "+".join(values))
        except UsageError as error:
            raise InputError(f"{file}: {error}") from error


def in_words(position: Position, result: Result, book: WholeBook) -> Iterator[str]:
    """A position for a reader in a terminal."""
    yield f"Date of service {position.on}"
    for step in position.trail:
        question = position.tree.questions[step.question]
        yield f"  {question.label}: {answer_text(question, step)}"
    if position.pending is not None:
        yield f"Next: {position.pending.ask}  ({position.pending.id})"
        for answer in position.pending.answers:
            if answer.only.holds(position.facts):
                yield f"  {answer.id}: {answer.say}"
        yield "  not_documented: The note does not say"
        return
    yield result.verdict
    yield f"  {result.say}"
    for line in result.lines:
        yield f"  {line.text}  {shapes.title_of(line.code, book, position.on)}"
    for text in result.review:
        yield f"Review: {text}"
    for why in result.why:
        yield f"Why: {why.say} [{why.rule}; {', '.join(why.cites)}]"
    for warning in result.warnings:
        yield f"{warning.id} {warning.severity}: {warning.say}"
    for item in result.why_not:
        yield f"Not {item.code}: {item.say}."
    for query in result.queries:
        yield query.text
    if result.assumed:
        yield "Taken as usual, not asked yet: " + ", ".join(q.label.lower() for q in result.assumed)
