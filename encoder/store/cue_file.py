"""Reading the cue files: ``resources/cues/*.toml`` become one ``Cues``; and the word lists of the query to the surgeon.

Strict: an unknown key or kind, a wrong type, a phrase whose brackets do not close is refused in one sentence.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from encoder.core.note.cues import Composed, Cue, Cues, Derived, Kind, Site
from encoder.core.note.headings import Headings
from encoder.core.note.phrases import Phrases
from encoder.core.query import QueryWords, words_from
from encoder.errors import DataError

Entry = Mapping[str, object]
_LISTS = {
    "mask": Kind.MASK,
    "mark": Kind.MARK,
    "head": Kind.HEAD,
    "form": Kind.FORM,
    "act": Kind.ACT,
    "prepare": Kind.PREPARE,
    "hint": Kind.HINT,
    "term": Kind.TERM,
    "diagnosis": Kind.DIAGNOSIS,
    "cue": Kind.STATUS,
    "stop": Kind.STOP,
    "keep": Kind.KEEP,
}
_TABLES = {"alias", "whole", "site", "groups", "derive", "compose", "prefer", "lists", "sets"}
_SET = re.compile(r"\{\w+\}")
"""A set of words in a phrase; within brackets its words are choices among the others."""
_TEXTS = {"fact", "value", "name", "bind", "looks", "form", "status"}
_MANY = {"phrases", "with", "without", "sections", "in", "yes", "no"}
_FLAGS = {"weak", "joint"}
_FACTS = {Kind.HEAD: "graft_material", Kind.FORM: "graft_form", Kind.DIAGNOSIS: "diagnosis"}


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of a cue file with its mention between ``<`` and ``>``, and what must be found there, or must not."""

    where: str
    say: str
    fact: str
    value: str
    status: str
    found: bool


@dataclass(frozen=True, slots=True)
class _Files:
    """Every entry of every file with where it stands, and the tables."""

    entries: tuple[tuple[str, Kind, Entry], ...]
    headings: tuple[Entry, ...]
    tables: Mapping[str, dict[str, object]]


def read_cues(folder: Path) -> Cues:
    """Every cue of a folder.

    Raises:
        DataError: a file is missing or is not as described.
    """
    files = _files(folder)
    alias = {key: str(value) for key, value in files.tables["alias"].items()}
    groups = {name: frozenset(_texts(kinds, f"groups.{name}")) for name, kinds in files.tables["groups"].items()}
    phrases: Phrases[Cue] = Phrases(alias)
    sets = {f"{{{name}}}": "|".join(_texts(words, f"sets.{name}")) for name, words in files.tables["sets"].items()}
    for where, kind, entry in files.entries:
        _add(phrases, entry, _cue(kind, entry, groups), where, sets)
    sites = {name: _site(name, table, phrases, sets) for name, table in files.tables["site"].items()}
    return Cues(
        alias=alias,
        headings=_headings(files),
        phrases=phrases,
        sites=sites,
        derived=tuple(_derived(files.tables["derive"])),
        composed=tuple(_composed(files.tables["compose"])),
        prefer={name: _texts(order, f"prefer.{name}") for name, order in files.tables["prefer"].items()},
        site_questions=frozenset(question for site in sites.values() for question in site.answers),
        lists={name: frozenset(_texts(words, f"lists.{name}")) for name, words in files.tables["lists"].items()},
    )


def examples(folder: Path) -> Iterator[Example]:
    """The examples of every entry; a test reads them all."""
    files = _files(folder)
    for where, kind, entry in files.entries:
        fact, value = str(entry.get("fact", "") or _FACTS.get(kind, "")), str(entry.get("value", ""))
        for example in _list(entry.get("examples", []), where):
            if isinstance(example, dict):
                yield Example(where, str(example["say"]), fact, value, str(example["is"]), found=True)
            else:
                yield Example(where, str(example), fact, value, "affirmed", found=True)
        for say in _texts(entry.get("yes", []), where):
            yield Example(where, say, fact, value, "affirmed", found=True)
        for say in _texts(entry.get("no", []), where):
            yield Example(where, say, fact, value, "affirmed", found=False)
    for name, table in files.tables["site"].items():
        for say in _texts(_table(table, f"site.{name}").get("examples", []), f"site.{name}"):
            yield Example(f"site.{name}", f"Title: Wide resection of the <{say}>", "site", name, "affirmed", found=True)


def read_query_words(file: Path) -> QueryWords:
    """The word lists that a query to the surgeon is held against.

    Raises:
        DataError: the file is missing or lacks a list.
    """
    data = _toml(file)
    try:
        return words_from((name, _texts(_table(table, name)["phrases"], name)) for name, table in data.items())
    except KeyError as error:
        raise DataError(f"{file.name}: the list {error} is missing; install the program again.") from error


# ---------------------------------------------------------------------------------------------- files


def _toml(file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise DataError(
            f"{file.name} cannot be read as TOML: {error}; mend it or install the program again."
        ) from error


def _files(folder: Path) -> _Files:
    entries: list[tuple[str, Kind, Entry]] = []
    headings: list[Entry] = []
    tables: dict[str, dict[str, object]] = {name: {} for name in _TABLES}
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise DataError(f"No cue files in {folder.name}: notes cannot be read; the installation is not complete.")
    for file in files:
        for key, value in _toml(file).items():
            where = f"{file.name}: {key}"
            if key in _LISTS:
                kind = Kind.SITE_MASK if key == "mask" and file.stem == "sites" else _LISTS[key]
                rows = _list(value, where)
                entries += [(f"{where} {n}", kind, _checked(row, f"{where} {n}")) for n, row in enumerate(rows, 1)]
            elif key == "words":
                headings += [_table(row, where) for row in _list(value, where)]
            elif key in _TABLES:
                tables[key].update(_table(value, where))
            else:
                raise DataError(f"{file.name}: unknown key '{key}'; remove it or mend its name.")
    return _Files(tuple(entries), tuple(headings), tables)


def _checked(value: object, where: str) -> Entry:
    """One entry, its keys known and of their types."""
    entry = _table(value, where)
    for key, held in entry.items():
        if key in _MANY:
            _texts(held, f"{where}, {key}")
        elif key in _TEXTS and not isinstance(held, str):
            raise DataError(f"{where}: '{key}' is {held!r}; a text was expected.")
        elif key in _FLAGS and not isinstance(held, bool):
            raise DataError(f"{where}: '{key}' is {held!r}; true or false was expected.")
        elif key not in _TEXTS | _FLAGS | {"examples"}:
            raise DataError(f"{where}: unknown key '{key}'; remove it or mend its name.")
    return entry


def _table(value: object, where: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise DataError(f"{where} is {value!r}; a table was expected.")
    return value


def _list(value: object, where: str) -> list[object]:
    if not isinstance(value, list):
        raise DataError(f"{where} is {value!r}; a list was expected.")
    return value


def _texts(value: object, where: str) -> tuple[str, ...]:
    texts = _list(value, where)
    if not all(isinstance(text, str) for text in texts):
        raise DataError(f"{where} is {value!r}; a list of texts was expected.")
    return tuple(str(text) for text in texts)


# ---------------------------------------------------------------------------------------------- entries


def _cue(kind: Kind, entry: Entry, groups: Mapping[str, frozenset[str]]) -> Cue:
    sections = set(_texts(entry.get("sections", []), "sections"))
    for name in _texts(entry.get("in", []), "in"):
        sections |= groups.get(name, frozenset((name,)))

    def text(key: str) -> str:
        return str(entry.get(key, ""))

    return Cue(
        kind,
        fact=_FACTS[kind] if kind is Kind.DIAGNOSIS else text("fact"),
        value=text("value") or text("name"),
        sections=frozenset(sections),
        needs=frozenset(_texts(entry.get("with", []), "with")),
        bars=frozenset(_texts(entry.get("without", []), "without")),
        bind=text("bind"),
        looks=text("looks"),
        form=text("form"),
        status=text("status"),
        weak=bool(entry.get("weak", False)),
        joint=bool(entry.get("joint", False)),
    )


def _add(phrases: Phrases[Cue], entry: Entry, cue: Cue, where: str, sets: Mapping[str, str]) -> None:
    for phrase in _texts(entry.get("phrases", []), where):
        try:
            phrases.add(_SET.sub(lambda found: _choices(found, sets), phrase), cue)
        except ValueError as error:
            raise DataError(f"{where}: {error}; mend the phrase.") from error


def _choices(found: re.Match[str], sets: Mapping[str, str]) -> str:
    """The words of a set, in brackets of their own where they stand in none."""
    words = sets.get(found[0])
    if words is None:
        return found[0]
    return words if found.string[found.start() - 1 : found.start()] in tuple("[(|") else f"({words})"


def _site(name: str, value: object, phrases: Phrases[Cue], sets: Mapping[str, str]) -> Site:
    where = f"site.{name}"
    table = _table(value, where)
    _add(phrases, table, Cue(Kind.SITE, "site", name), where, sets)
    answers = {question: str(answer) for question, answer in _table(table.get("answers", {}), where).items()}
    kind, region, within = (str(table.get(key, "")) for key in ("kind", "region", "within"))
    if not kind or not region:
        raise DataError(f"{where} has no kind or no region; add them.")
    return Site(name, kind, region, within, table.get("axial") is True, answers)


def _headings(files: _Files) -> Headings:
    whole = {phrase: kind for kind, names in files.tables["whole"].items() for phrase in _texts(names, kind)}
    words = tuple(
        (str(row.get("kind", "")), frozenset(entry.split()))
        for row in files.headings
        for entry in _texts(row.get("any", []), "words")
    )
    return Headings(whole, words, frozenset(_texts(files.tables["lists"].get("short_headings", []), "lists")))


def _composed(table: Mapping[str, object]) -> Iterator[Composed]:
    for where, value, needs, bars in _triples(table, "compose", "a form, its hints and what bars it"):
        groups = tuple(frozenset(text.split()) for text in _texts(needs, where))
        yield Composed(str(value), groups, frozenset(_texts(bars, where)))


def _derived(table: Mapping[str, object]) -> Iterator[Derived]:
    for where, fact, value, when in _triples(table, "derive", "a fact, a value and its conditions"):
        conditions = tuple(
            (name, frozenset(_texts(values, where)) if isinstance(values, list) else frozenset((str(values),)))
            for name, values in _table(when, where).items()
        )
        yield Derived(str(fact), str(value), conditions)


def _triples(table: Mapping[str, object], name: str, what: str) -> Iterator[tuple[str, object, object, object]]:
    """The rows of three of a table, each with its place."""
    for number, row in enumerate(_list(table.get("rows", []), f"{name}.rows"), 1):
        where = f"{name}.rows {number}"
        parts = _list(row, where)
        if len(parts) != 3:
            raise DataError(f"{where} is {row!r}; {what} were expected.")
        yield where, parts[0], parts[1], parts[2]
