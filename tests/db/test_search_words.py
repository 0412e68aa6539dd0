"""The word files of the search: checked entry by entry, and every shipped entry leads somewhere."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from db import searching
from db.build import REGISTER, ROOT
from db.reading import read_register
from db.search_words import read_words
from encoder.errors import DataError
from encoder.store.codebook import Codebook
from tests.tiny import Tiny


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("spelling", 'cites = ["manual#words"]', "", "spelling.toml, file: expected cites with at least one source#"),
        ("spelling", '"manual#words"', '"rumour#words"', "spelling.toml, file: expected cites with at least one "),
        ("spelling", 'from = "our$"', 'from = "our("', "spelling.toml, letters 1: expected a regular expression ("),
        ("spelling", 'from = "our$"', "from = 5", "spelling.toml, letters 1: expected a regular expression ("),
        ("spelling", ', about = "tumour"', "", "spelling.toml, letters 1: expected from, to and about; "),
        ("spelling", "plural = [", "plurals = [", "spelling.toml, plural 1: expected from, to and about; "),
        ("stopwords", 'words = "', 'wordz = "', "stopwords.toml, words: expected words parted by spaces; "),
        ("stopwords", '["unspecified"]', '"unspecified"]', "stopwords.toml: the words cannot be read ("),
        ("stopwords", '["other"]', "5", "stopwords.toml, unusual: expected a list of 1 or more texts; "),
        ("stopwords", 'dx = "icd10cm"', 'dx = "icd11"', "stopwords.toml, systems.dx: expected one of cpt, icd10cm, "),
        (
            "stopwords",
            "dx =",
            '"the words of the place now" =',
            "stopwords.toml, 'the words of the place now': expected",
        ),
        ("abbreviations", 'about = "Short forms"', "", "abbreviations.toml, set 1: expected about, cites and means; "),
        ("abbreviations", '"manual#words"', '"manual"', "abbreviations.toml, set 'Short forms': expected cites with "),
        ("abbreviations", '["fracture"]', "[]", "abbreviations.toml, 'Short forms', fx: expected a list of 1 or more "),
        (
            "abbreviations",
            '["fracture"]',
            '["***"]',
            "abbreviations.toml, 'fx': expected one to 4 words and a meaning; ",
        ),
        (
            "synonyms",
            '["fracture", "broken"]',
            '["fracture"]',
            "synonyms.toml, 'The same', same 1: expected a list of 2",
        ),
        ("synonyms", '"shin bone"', '"a bone with five more words"', "synonyms.toml, 'a bone with five more words': "),
        ("synonyms", "same =", "alike =", "synonyms.toml, set 1: expected about, cites and same or near; "),
        ("aliases", '"C40.2*"', '"C99.2*"', "aliases.toml: no table has C99.2*; correct the name, or add the code."),
        (
            "aliases",
            "resection =",
            "cutting =",
            "aliases.toml: no table has cutting; correct the name, or add the code.",
        ),
        ("aliases", '["distinct"]', '"distinct"', "aliases.toml, 'Names', modifier:59: expected a list of 1 or more "),
    ],
)
def test_a_wrong_entry_is_refused_by_its_place(tiny: Tiny, file: str, old: str, new: str, sentence: str) -> None:
    tiny.change(f"search/{file}.toml", old, new)
    with pytest.raises(DataError) as refused:
        tiny.build()
    assert str(refused.value).startswith(f"search/{sentence}")
    assert not tiny.database.exists()


@pytest.mark.parametrize("file", ["spelling", "stopwords", "abbreviations", "synonyms", "aliases"])
def test_a_word_file_without_entries_or_without_the_file(tiny: Tiny, file: str) -> None:
    tiny.path(f"search/{file}.toml").unlink()
    with pytest.raises(DataError, match=rf"^search/{file}\.toml: the words cannot be read \("):
        tiny.build()


def test_sets_and_tables_may_be_empty(tiny: Tiny) -> None:
    for file in ("abbreviations", "synonyms", "aliases"):
        tiny.put(f"search/{file}.toml", b'[[set]]\nabout = "Nothing"\ncites = ["manual#words"]\n')
    tiny.put(
        "search/stopwords.toml", b'cites = ["manual#words"]\nwords = ""\nfaint = ""\nusual = ["x"]\nunusual = ["y"]\n'
    )
    tiny.put(
        "search/spelling.toml",
        b'cites = ["manual#words"]\nletters = [{ from = "x", to = "y", about = "x" }]\nplural = []\n',
    )
    with closing(sqlite3.connect(tiny.build())) as database:
        rows = database.execute("SELECT how, typed FROM sought_reading ORDER BY how").fetchall()
    assert rows == [("unusual", "y"), ("usual", "x")]


def test_a_set_that_is_no_table_is_refused(tiny: Tiny) -> None:
    tiny.put("search/synonyms.toml", b"set = 5\n")
    with pytest.raises(DataError, match=r"^search/synonyms\.toml, set 1: expected about, cites and same or near; "):
        tiny.build()


def test_meanings_are_stored_without_the_words_that_are_left_out(tiny: Tiny) -> None:
    tiny.change("search/synonyms.toml", '["shin bone", "tibia"]', '["bone of the shin", "tibia for the leg"]')
    with closing(sqlite3.connect(tiny.build())) as database:
        rows = database.execute("SELECT typed, meaning, how, shown FROM sought_reading WHERE how = 'near'").fetchall()
    assert ("bone shin", "tibia leg", "near", "tibia for the leg") in rows


def test_what_is_too_long_to_be_typed_is_only_a_meaning(tiny: Tiny) -> None:
    with closing(sqlite3.connect(tiny.build())) as database:
        typed = {row[0] for row in database.execute("SELECT typed FROM sought_reading WHERE how = 'same'")}
    assert typed == {"fracture", "broken", "resection", "cut away"}


def test_too_many_words_are_refused(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searching, "MARK", 20)
    with pytest.raises(DataError, match=r"^\d+ different words are too many for the search index; "):
        tiny.build()


def test_the_numbers_of_an_entry_do_not_depend_on_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    little = searching._numbers([(1, ["a"])], {"a": 258})
    monkeypatch.setattr(sys, "byteorder", "big" if sys.byteorder == "little" else "little")
    assert searching._numbers([(1, ["a"])], {"a": 258}) != little
    assert len(little) == 6


def test_every_shipped_meaning_leads_to_words_that_titles_have(book: Codebook) -> None:
    """A short form or synonym whose words no title has finds nothing: a slip, or a word for a table we do not ship."""
    words = set(book.read("SELECT word FROM sought_word", (), str))
    rows = book.read(
        "SELECT typed, meaning FROM sought_reading WHERE meaning NOT LIKE '=%' AND meaning <> ''", (), tuple_of
    )
    typed = {row[0] for row in rows}
    led = {row[0] for row in rows if set(row[1].split()) <= words}
    lost = {phrase for phrase in typed - led if not set(phrase.split()) <= words}
    assert lost == set()


def tuple_of(*row: str) -> tuple[str, ...]:
    return row


def test_the_shipped_word_files_are_as_rich_as_they_should_be() -> None:
    words = read_words(ROOT / "resources" / "search", read_register(REGISTER))
    hows = [row["how"] for row in words.readings]
    assert hows.count("short") > 250
    assert hows.count("same") > 700
    assert hows.count("near") > 500
    assert len(words.names["codes"]) > 200


def test_every_word_file_has_its_hash_in_the_database(database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        inputs = {key for (key,) in connection.execute("SELECT key FROM meta WHERE key LIKE 'input:search/%'")}
    assert inputs == {f"input:search/{path.name}" for path in (ROOT / "resources" / "search").glob("*.toml")}
