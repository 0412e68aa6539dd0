"""What an auditor reads first under a reason is a published table, where one carries it."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from encoder import paths

TABLES = ("cms-", "ncci-", "pprrvu-", "rvu-", "opps-", "hcpcs-", "icd10", "place-of-service")
PAGES = ("codingahead", "mira-health", "openpayer", "iframe", "aapc", "kza", "findacode", "decisionhealth", "jrf")
SOURCES = Path(paths.__file__).parent.parent / "db" / "sources"


def cited(value: object) -> Iterator[list[str]]:
    """Every list of citations in a file of rules or texts."""
    if isinstance(value, dict):
        if isinstance(value.get("cites"), list):
            yield value["cites"]
        for part in value.values():
            yield from cited(part)
    elif isinstance(value, list):
        for part in value:
            yield from cited(part)


def every() -> Iterator[tuple[str, list[str]]]:
    for file in sorted(paths.resources().rglob("*.toml")):
        for cites in cited(tomllib.loads(file.read_text(encoding="utf-8"))):
            yield file.name, cites
    for file in sorted(SOURCES.rglob("*.csv")):
        with file.open(encoding="utf-8", newline="") as rows:
            for row in csv.reader(rows):
                yield file.name, re.split(r" (?=[a-z][a-z0-9-]*#)", row[-1])


def test_a_page_about_codes_is_never_cited_before_a_published_table() -> None:
    lists = list(every())
    assert sum(cites[0].startswith(TABLES) for _, cites in lists if cites) > 1000
    wrong = [
        (name, cites)
        for name, cites in lists
        if cites and cites[0].startswith(PAGES) and any(cite.startswith(TABLES) for cite in cites)
    ]
    assert wrong == []
