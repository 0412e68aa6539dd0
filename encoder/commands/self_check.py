"""``encoder self-check``: does this installation do what its sources say? Opens everything, proves, replays."""

from __future__ import annotations

import hashlib
import platform
from argparse import Namespace
from datetime import date
from pathlib import Path

from encoder.commands import shapes
from encoder.commands.output import Output
from encoder.commands.shipped import Shipped
from encoder.core import claim_cases
from encoder.core.cases import differences, replay
from encoder.core.editions import editions_on
from encoder.core.tree.model import Tree
from encoder.core.tree.proofs import prove
from encoder.errors import EncoderError
from encoder.store.case_file import read_cases
from encoder.store.cases import engine
from encoder.store.claim_file import read_claims
from encoder.store.codebook import ENGINE


def run(arguments: Namespace, shipped: Shipped, out: Output, on: date) -> int:
    """Check the installation; 1 when something does not hold."""
    tree, book = shipped.tree(arguments.tree), shipped.book
    proof = prove(tree, book)
    problems = [f"{fault.kind}: {fault.say}" for fault in proof.faults]
    cases = read_cases(shipped.cases)
    for case in cases:
        try:
            problems += differences(case, *replay(case, tree, book, shipped.reach(tree, case.on)))
        except EncoderError as error:
            problems.append(f"{case.id}: {error}")
    claims = read_claims(shipped.claims)
    for claim in claims:
        problems += claim_cases.differences(claim, claim_cases.replay(claim, book))
    try:
        encryption = engine()
    except EncoderError as error:
        encryption = "none"
        problems.append(str(error))
    missing = [name for name in _files(tree) if not (shipped.resources / name).is_file()]
    problems += [f"resources/{name} is missing; install the program again." for name in missing]
    report: shapes.Json = {
        "holds": not problems,
        "python": platform.python_version(),
        "sqlite": ENGINE,
        "encryption": encryption,
        "system": f"{platform.system()} {platform.machine()}",
        "tree": shapes.tree_head(tree),
        "database": {"sha256": _hash(shipped.database), **book.meta()},
        "ways": proof.ways,
        "rules": proof.rules,
        "cases": len(cases),
        "claims": len(claims),
        "editions": [shapes.edition(note) for note in editions_on(book, on)],
        "problems": problems,
    }
    if arguments.json:
        out.json(report)
    else:
        for problem in problems:
            out.say(problem)
        out.say(f"Python {report['python']}, SQLite {report['sqlite']}, {encryption}, {report['system']}")
        out.say(f"Tree '{tree.id}' {tree.edition} sha256 {tree.sha256}")
        out.say(f"Database sha256 {_hash(shipped.database)}")
        for note in editions_on(book, on):
            held = note.edition
            out.say(
                f"  {held.label} {held.edition}: {held.span.start} to {held.span.end or 'now'}, {note.state} on {on}"
            )
        out.say(
            f"{proof.ways} ways and {proof.rules} rules proved, {len(cases)} cases and {len(claims)} claims replayed, "
            f"{len(problems)} problems."
        )
    return 1 if problems else 0


def _files(tree: Tree) -> list[str]:
    """What the window needs to draw itself, and what the questions of the tree name."""
    pictures = {answer.picture for question in tree.questions.values() for answer in question.answers}
    pages = {question.help for question in tree.questions.values()}
    named = [f"pictures/row/{name}.svg" for name in pictures if name] + [f"help/{name}.md" for name in pages if name]
    return ["tokens.toml", "look.qss", "pictures/body_map.svg", *sorted(named)]


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()
