"""``encoder search``: finds codes and places in the tree by what a coder types."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from datetime import date

from encoder.commands.output import Output
from encoder.commands.shapes import Json
from encoder.commands.shipped import Shipped
from encoder.core.search.found import Found, Hit, titled
from encoder.core.standing import standing
from encoder.store.search import LIMIT


def run(arguments: Namespace, shipped: Shipped, out: Output, on: date) -> int:
    """Search and print; what was corrected, left aside or not found is said beside the hits."""
    found = shipped.finder.search(
        " ".join(arguments.text),
        tuple(arguments.system),
        arguments.limit or LIMIT,
        correct=not arguments.as_typed,
    )
    found = replace(found, hits=titled(found.hits, lambda code: shipped.book.official(code, on)))
    stands = [standing(hit.system, hit.code, shipped.book, on) for hit in found.hits]
    if arguments.json:
        out.json(shape(found, stands))
        return 0
    if found.corrected:
        out.say(f"Read as: {found.corrected} (--as-typed searches for what was typed)")
    for hit, stand in zip(found.hits, stands, strict=True):
        out.say(line(hit, stand))
    if found.said:
        out.say(found.said)
    if found.near:
        out.say(f"Near it: {', '.join(found.near)}")
    return 0


def shape(found: Found, stands: list[str]) -> Json:
    """The object of ``search --json``."""
    return {
        "query": found.query,
        "corrected": found.corrected,
        "results": [
            {
                "system": hit.system,
                "code": hit.code,
                "title": hit.title,
                "official": hit.official,
                "score": hit.score,
                "matched": list(hit.matched),
                "missing": list(hit.missing),
                "in_scope": hit.scope,
                "standing": stand or None,
            }
            for hit, stand in zip(found.hits, stands, strict=True)
        ],
        "words": [{"typed": word.typed, "read": word.read or None, "how": word.how} for word in found.words],
        "said": found.said or None,
        "near": list(found.near),
    }


def line(hit: Hit, stand: str) -> str:
    """One hit for a reader in a terminal: code, code set, title, and why it is here."""
    why = ", ".join(hit.matched)
    lacks = f"; not: {', '.join(hit.missing)}" if hit.missing else ""
    return f"{hit.code:<9} {hit.system:<8} {hit.title}  [{why}{lacks}]{f'  {stand}' if stand else ''}"
