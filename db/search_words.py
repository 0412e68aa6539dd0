"""The word files of the search (``resources/search/*.toml``), checked and compiled into rows."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from db.rows import Value
from encoder.core.search.reading import FAINT, LEFT_OUT, LONGEST_PHRASE, NEAR, SAME, SHORT, SYSTEM, UNUSUAL, USUAL
from encoder.core.search.words import Spelling, pieces
from encoder.errors import DataError

FILES = ("spelling", "stopwords", "abbreviations", "synonyms", "aliases")
SYSTEMS = ("cpt", "icd10cm", "icd10pcs", "hcpcs", "modifier", "pos", "tree")
_KINDS = {"synonyms": ("same", "near"), "abbreviations": ("means",), "aliases": ("codes", "words", "category")}

Table = Mapping[str, object]


@dataclass
class Words:
    """The word files, read: rows of sought_spelling and sought_reading, and what codes are called.

    ``names`` holds, under codes, words and category, the further names by code or category.
    """

    spelling_rows: list[dict[str, Value]] = field(default_factory=list)
    readings: list[dict[str, Value]] = field(default_factory=list)
    names: dict[str, dict[str, list[str]]] = field(default_factory=lambda: {kind: {} for kind in _KINDS["aliases"]})
    spelling: Spelling = field(default_factory=Spelling)


def read_words(folder: Path, known: Collection[str]) -> Words:
    """Read all word files of a folder.

    Raises:
        DataError: a file is missing or no TOML, cites nothing, or has an entry that says nothing.
    """
    tables = {name: _table(folder / f"{name}.toml") for name in FILES}
    words = Words()
    words.spelling_rows = list(_spelling(tables["spelling"], known))
    rows = [(str(row["kind"]), str(row["pattern"]), str(row["becomes"])) for row in words.spelling_rows]
    words.spelling = Spelling.of(rows)
    readings: dict[tuple[str, str], dict[str, Value]] = {}
    stopwords = list(_stopwords(tables["stopwords"], known, words.spelling))
    left_out = {str(row["typed"]) for row in stopwords if row["how"] == LEFT_OUT}
    for row in (
        *stopwords,
        *_readings("abbreviations", tables["abbreviations"], known, words.spelling, left_out),
        *_readings("synonyms", tables["synonyms"], known, words.spelling, left_out),
    ):
        readings.setdefault((str(row["typed"]), str(row["meaning"])), row)
    words.readings = [readings[key] for key in sorted(readings)]
    for where, name, said in _aliases(tables["aliases"], known):
        words.names[where].setdefault(name, []).extend(said)
    return words


def _table(path: Path) -> Table:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"search/{path.name}: the words cannot be read ({error}); correct the file.") from error


def _refuse(file: str, place: str, expected: str) -> DataError:
    return DataError(f"search/{file}.toml, {place}: expected {expected}; correct the entry.")


def _check_cites(file: str, place: str, cites: object, known: Collection[str]) -> None:
    marks = cites if isinstance(cites, list) else []
    if not marks or not all(isinstance(m, str) and "#" in m and m.split("#")[0] in known for m in marks):
        raise _refuse(file, place, "cites with at least one source#locator of the register")


def _texts(file: str, place: str, value: object, least: int = 1) -> list[str]:
    if not isinstance(value, list) or len(value) < least or not all(isinstance(v, str) and v.strip() for v in value):
        raise _refuse(file, place, f"a list of {least} or more texts")
    return [str(v) for v in value]


def _spelling(table: Table, known: Collection[str]) -> Iterator[dict[str, Value]]:
    _check_cites("spelling", "file", table.get("cites"), known)
    position = 0
    for kind in ("letters", "plural"):
        rules = table.get(kind)
        for number, rule in enumerate(rules if isinstance(rules, list) else [None], 1):
            if not isinstance(rule, dict) or set(rule) != {"from", "to", "about"}:
                raise _refuse("spelling", f"{kind} {number}", "from, to and about")
            try:
                re.compile(rule["from"])
            except (re.error, TypeError) as error:
                raise _refuse("spelling", f"{kind} {number}", f"a regular expression ({error})") from error
            yield {"position": position, "kind": kind, "pattern": rule["from"], "becomes": str(rule["to"])}
            position += 1
    words = table.get("words")
    for word, becomes in sorted((words if isinstance(words, dict) else {}).items()):
        yield {"position": position, "kind": "word", "pattern": word, "becomes": str(becomes)}
        position += 1


def _stopwords(table: Table, known: Collection[str], spelling: Spelling) -> Iterator[dict[str, Value]]:
    _check_cites("stopwords", "file", table.get("cites"), known)
    words = table.get("words")
    if not isinstance(words, str):
        raise _refuse("stopwords", "words", "words parted by spaces")
    for word in words.split():
        yield _row(word, "", LEFT_OUT, spelling)
    for how in (FAINT, USUAL, UNUSUAL):
        listed = table.get(how)
        for word in listed.split() if isinstance(listed, str) else _texts("stopwords", how, listed):
            yield _row(word, "", how, spelling) | {"meaning": f"={how}"}
    systems = table.get("systems")
    for word, system in sorted((systems if isinstance(systems, dict) else {}).items()):
        if system not in SYSTEMS:
            raise _refuse("stopwords", f"systems.{word}", "one of " + ", ".join(SYSTEMS))
        yield _row(word, "", SYSTEM, spelling) | {"meaning": f"={system}", "shown": str(system)}


def _sets(file: str, table: Table, known: Collection[str]) -> Iterator[tuple[str, Table]]:
    sets = table.get("set")
    for number, entry in enumerate(sets if isinstance(sets, list) else [None], 1):
        about = entry.get("about") if isinstance(entry, dict) else None
        if not isinstance(entry, dict) or not isinstance(about, str) or set(entry) - {"about", "cites", *_KINDS[file]}:
            raise _refuse(file, f"set {number}", f"about, cites and {' or '.join(_KINDS[file])}")
        _check_cites(file, f"set '{about}'", entry.get("cites"), known)
        yield about, entry


def _readings(
    file: str, table: Table, known: Collection[str], spelling: Spelling, left_out: Collection[str]
) -> Iterator[dict[str, Value]]:
    for about, entry in _sets(file, table, known):
        means = entry.get("means")
        for typed, meanings in (means if isinstance(means, dict) else {}).items():
            for meaning in _texts(file, f"'{about}', {typed}", meanings):
                yield _row(typed, meaning, SHORT, spelling, file, left_out)
        for how in (SAME, NEAR):
            groups = entry.get(how)
            for number, group in enumerate(groups if isinstance(groups, list) else [], 1):
                texts = _texts(file, f"'{about}', {how} {number}", group, 2)
                short = [text for text in texts if len(_telling(text, spelling, left_out)) <= LONGEST_PHRASE]
                for typed in short if how == SAME else texts[:1]:
                    for meaning in texts:
                        if meaning != typed:
                            yield _row(typed, meaning, how, spelling, file, left_out)


def _row(
    typed: str, meaning: str, how: str, spelling: Spelling, file: str = "stopwords", left_out: Collection[str] = ()
) -> dict[str, Value]:
    """One reading, made alike and without the words that are left out of a query; an abbreviation keeps its signs."""
    whole = pieces(typed)
    key = whole if len(whole) == 1 and not whole[0].isalnum() else _telling(typed, spelling, left_out)
    means = _telling(meaning, spelling, left_out)
    if not 0 < len(key) <= LONGEST_PHRASE or (how in (SAME, NEAR, SHORT) and not means):
        raise _refuse(file, f"'{typed}'", f"one to {LONGEST_PHRASE} words and a meaning")
    return {"typed": " ".join(key), "meaning": " ".join(means), "how": how, "shown": meaning or typed}


def _telling(text: str, spelling: Spelling, left_out: Collection[str]) -> list[str]:
    """The words of a text without those that are left out, unless there are no others."""
    words = spelling.words_of(text)
    return [word for word in words if word not in left_out] or words


def _aliases(table: Table, known: Collection[str]) -> Iterator[tuple[str, str, Sequence[str]]]:
    for about, entry in _sets("aliases", table, known):
        for where in _KINDS["aliases"]:
            named = entry.get(where)
            for name, said in (named if isinstance(named, dict) else {}).items():
                yield where, name, _texts("aliases", f"'{about}', {name}", said)
