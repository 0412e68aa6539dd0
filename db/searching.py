"""What can be found, and by which words: every code and every place of the tree, best first, with its phrases.

The index holds words that were made alike; the phrases of an entry are kept as numbers, so that a find can be ranked
without reading and parting its texts again.
"""

from __future__ import annotations

import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from db.rows import Tables, Value, said
from db.search_words import Words
from encoder.core.codes import ALWAYS
from encoder.core.procedures import PcsRow, PcsTables
from encoder.core.search.matching import ALSO, LOOSE, MARK, SORT, TERM, TITLE
from encoder.core.search.words import Spelling
from encoder.core.search.words import parts as parts_of
from encoder.core.tree.model import Tree
from encoder.errors import DataError
from encoder.store import reference_shapes as shapes
from encoder.store.sought import mark

Phrase = tuple[int, str]

_VALUE = ("system", "operation", "axis", "value", "label", "side", "plain")


@dataclass
class Entry:
    """One thing that can be found. ``stored`` is its title where no other table has it; ``more`` are further words."""

    system: str
    code: str
    title: str
    scope: bool
    phrases: list[Phrase] = field(default_factory=list)
    stored: bool = True
    more: list[str] = field(default_factory=list)

    def all_phrases(self) -> list[Phrase]:
        """The title and what else it is found by."""
        return [(TITLE, self.title), *self.phrases]


def index(tables: Tables, words: Words, trees: Sequence[Tree], *, whole: bool) -> Tables:
    """The rows of sought, sought_word, sought_text, sought_reading and sought_spelling.

    ``whole`` says that the list of diagnoses is among the tables, so that a name without a code is a fault.

    Raises:
        DataError: a word file gives a name to a code that no table has.
    """
    entries = list(_entries(tables, trees))
    missing = _name(entries, words, {str(row["code"]): str(row["category"]) for row in tables["code"]})
    if whole and missing:
        raise DataError(f"search/aliases.toml: no table has {missing[0]}; correct the name, or add the code.")
    written = Counter[str]()
    held = [[(kind, _words(text, words.spelling, written)) for kind, text in e.all_phrases()] for e in entries]
    more = [[word for text in e.more for word in _words(text, words.spelling, written)] for e in entries]
    found = Counter[str]()
    for phrases, further in zip(held, more, strict=True):
        found.update({word for _, phrase in phrases for word in phrase}.union(further))
    number = {word: at for at, word in enumerate(sorted(found), 1)}
    if len(number) >= MARK:
        raise DataError(
            f"{len(number)} different words are too many for the search index; db/searching.py numbers them."
        )
    shown = _shown(written, words.spelling)
    return {
        "sought": [
            {
                "id": at,
                "system": entry.system,
                "code": entry.code,
                "title": entry.title if entry.stored else "",
                "scope": int(entry.scope),
                "words": _numbers(phrases, number),
            }
            for at, (entry, phrases) in enumerate(zip(entries, held, strict=True), 1)
        ],
        "sought_text": [
            {
                "rowid": at,
                "words": " ".join(dict.fromkeys([*(w for _, p in phrases for w in p), *further, mark(e.system)])),
            }
            for at, (e, phrases, further) in enumerate(zip(entries, held, more, strict=True), 1)
        ],
        "sought_word": [
            {"id": at, "word": word, "shown": shown.get(word, word), "found": found[word]}
            for word, at in number.items()
        ],
        "sought_reading": words.readings,
        "sought_spelling": words.spelling_rows,
    }


def _numbers(phrases: Sequence[tuple[int, Sequence[str]]], number: Mapping[str, int]) -> bytes:
    packed = array("H")
    for kind, phrase in phrases:
        packed.extend((MARK, kind, *(number[word] for word in phrase)))
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def _words(text: str, spelling: Spelling, written: Counter[str]) -> list[str]:
    """The words of a text, made alike; how they were written is counted."""
    found = parts_of(text)
    written.update(found)
    return [spelling.alike(word) for word in found]


def _shown(written: Counter[str], spelling: Spelling) -> dict[str, str]:
    """The way each word is mostly written."""
    ways: defaultdict[str, list[str]] = defaultdict(list)
    for way in written:
        ways[spelling.alike(way)].append(way)
    return {word: min(of_word, key=lambda way: (-written[way], way)) for word, of_word in ways.items()}


def _entries(tables: Tables, trees: Sequence[Tree]) -> Iterator[Entry]:
    """Everything that can be found, best first: what the decision knows, then the rest, short titles first."""
    yield from _codes(tables)
    for row in tables["modifier"]:
        more = [(LOOSE, said("modifier", row, "kind", "use"))]
        yield Entry("modifier", str(row["code"]), str(row["title"]), True, more)
    for row in tables["place"]:
        more = [(LOOSE, said("place of service", row, "plain", "setting"))]
        yield Entry("pos", str(row["code"]), str(row["title"]), True, more)
    for row in tables["supply"]:
        yield Entry("hcpcs", str(row["code"]), str(row["title"]), True, [(LOOSE, said("", row, "plain", "kind"))])
    for tree in trees:
        yield from _places(tree)
    diagnoses = list(_diagnoses(tables))
    yield from (entry for entry in diagnoses if entry.scope)
    yield from _procedures(tables)
    yield from sorted((entry for entry in diagnoses if not entry.scope), key=lambda e: (e.title.count(" "), e.code))
    yield from _table_procedures(tables)


def _codes(tables: Tables) -> Iterator[Entry]:
    """CPT: the add-ons of the decision and their primaries first, then the codes in use, then those that are gone."""
    listed = [str(row["primary_code"]) for row in tables["relation"] if row["kind"] == "allowed"]
    structural = {str(row["code"]) for row in tables["code"] if row["category"] == "addon_structural_allograft"}
    primaries = {
        str(r["primary_code"]) for r in tables["relation"] if r["add_on"] in structural and r["kind"] == "allowed"
    }
    often = Counter(listed)

    def rank(row: Mapping[str, Value]) -> tuple[object, ...]:
        code = str(row["code"])
        gone = row["until_date"] is not None
        return gone, code not in structural, code not in primaries, not often[code], code

    for row in sorted(tables["code"], key=rank):
        more = [(LOOSE, said("", row, "plain", "site"))]
        yield Entry("cpt", str(row["code"]), str(row["title"]), True, more)


def _places(tree: Tree) -> Iterator[Entry]:
    """The questions of a tree, their answers as question=answer, and its ends as outcome:id."""
    for question in tree.questions.values():
        yield Entry("tree", question.id, question.ask, True, [(ALSO, question.label), (LOOSE, question.hint)])
        for answer in question.answers:
            said = f"{question.label}: {answer.say}"
            more = [(ALSO, answer.say), (LOOSE, f"{answer.plain} {answer.group}")]
            yield Entry("tree", f"{question.id}={answer.id}", said, True, more)
    for outcome in tree.outcomes.values():
        yield Entry("tree", f"outcome:{outcome.id}", outcome.verdict, True, [(LOOSE, outcome.say)])


def _diagnoses(tables: Tables) -> Iterator[Entry]:
    """The whole tabular list; a code that takes a seventh character stands for all of its own."""
    scope = {str(row["code"]).rstrip("X") for row in tables["diagnosis"]}  # M84.40X is M84.40 before its seventh
    headings = tuple(str(row["code"]) for row in tables["diagnosis"] if row["laterality"] == "varies")
    terms: defaultdict[str, list[Phrase]] = defaultdict(list)
    for note in tables["icd_note"]:
        if note["kind"] in ("inclusion_term", "includes"):
            terms[str(note["code"])].append((TERM, str(note["text"])))
    sevenths: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in tables["icd_seventh"]:
        sevenths[str(row["code"])][str(row["letter"])] = said("", row, "text", "also")
    for row in tables["icd"]:
        code = str(row["code"])
        if row["kind"] == "chapter":
            continue
        inside = code in scope or (bool(headings) and code.startswith(headings))
        more = [sevenths[str(row["seventh"])][letter] for letter in str(row["letters"])]
        yield Entry("icd10cm", code, str(row["title"]), inside, terms[code], stored=False, more=more)
    for row in tables["icd_change"]:
        if row["title"]:
            yield Entry("icd10cm", str(row["code"]), str(row["title"]), False)


def _procedures(tables: Tables) -> Iterator[Entry]:
    for row in tables["procedure"]:
        yield Entry("icd10pcs", str(row["code"]), str(row["title"]), True)


def _table_procedures(tables: Tables) -> Iterator[Entry]:
    """The codes of the hospital tables that the scope does not hold."""
    known = {str(row["code"]) for row in tables["procedure"]}
    for built in _pcs_tables(tables).all():
        if built.code not in known:
            yield Entry("icd10pcs", built.code, built.title, False)


def _pcs_tables(tables: Tables) -> PcsTables:
    """The hospital tables as the builder reads them, without their dates."""
    columns = ("table_name", "parts", "approaches", "devices", "qualifiers")
    rows = []
    for row in tables["procedure_table"]:
        table, parts, approaches, devices, qualifiers = (str(row[column]) for column in columns)
        rows.append(PcsRow(table, parts, approaches, devices, qualifiers, ALWAYS, ()))
    values = (tuple(str(row[column]) for column in _VALUE) for row in tables["procedure_value"])
    return shapes.pcs_tables(rows, (shapes.pcs_value(*value) for value in values))


def _name(entries: Sequence[Entry], words: Words, categories: Mapping[str, str]) -> list[str]:
    """Give the entries the further names and words that the word files have for them; gives the names that none has."""
    used: set[str] = set()
    for where, kind in (("codes", ALSO), ("words", SORT)):
        named = words.names[where]
        stars = {name.removesuffix("*"): name for name in named if name.endswith("*")}
        for entry in entries:
            plain = entry.system in ("cpt", "hcpcs", "icd10cm", "icd10pcs")
            key = entry.code if plain else f"{entry.system}:{entry.code}"
            for name in [*([key] if key in named else []), *(n for start, n in stars.items() if key.startswith(start))]:
                entry.phrases += [(kind, text) for text in named[name]]
                used.add(name)
    for entry in entries:
        category = categories.get(entry.code, "") if entry.system == "cpt" else ""
        entry.phrases += [(SORT, text) for text in words.names["category"].get(category, ())]
    known = used | set(categories.values())
    return sorted(name for named in words.names.values() for name in named if name not in known)
