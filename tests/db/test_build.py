"""The build refuses the first wrong row by its place, and what it writes is always the same."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from db import build as program
from db.build import ROOT, fingerprint, is_current, main
from db.reading import meet
from db.tables import collect
from encoder.errors import DataError, SetupError
from encoder.store.codebook import SCHEMA_VERSION
from tests.tiny import TINY, Tiny
from tests.tiny_book import WORDS


def _wrong_cells() -> list[tuple[str, str, str, str]]:
    """Table, what is replaced, by what, and the place and words of the refusal."""
    text = (Path(__file__).parent / "wrong_cells.txt").read_text(encoding="utf-8")
    text = text.replace("(nothing)", "")
    text = re.sub(r"(\w)\{(\d+)\}", lambda many: many[1] * int(many[2]), text)
    found = re.findall(r"^(\S+): (.*) => (.*)\n +(line .*)$", text, re.MULTILINE)
    return [(table, old.replace("\\n", "\n"), new.replace("\\n", "\n"), words) for table, old, new, words in found]


@pytest.mark.parametrize(("table", "old", "new", "words"), _wrong_cells())
def test_a_wrong_cell_is_refused_by_its_place(tiny: Tiny, table: str, old: str, new: str, words: str) -> None:
    tiny.change(table, old, new)
    with pytest.raises(DataError) as refused:
        tiny.build()
    assert str(refused.value) == f"{table}, {words}; correct the row."
    assert not tiny.database.exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"code\n\xe9\n", "line 2: this is not UTF-8; save the file as UTF-8."),
        (b"\xef\xbb\xbfcode\n", "line 1: a byte order mark was found; save the file as plain UTF-8 with LF."),
        (b"code\r\n", "line 1: a carriage return was found; save the file as plain UTF-8 with LF."),
        (b"code\nx\0\n", "line 2: a NUL character was found; save the file as plain UTF-8 with LF."),
        (b'code\n"a"b\n', "line 2: this is not CSV (',' expected after '\"'); correct the quotes."),
        (b"", "line 1, column code: found no such column, expected the columns code, title, "),
    ],
)
def test_a_file_that_is_no_clean_text_is_refused(tiny: Tiny, data: bytes, sentence: str) -> None:
    header = TINY["codes.csv"].split("\n", 1)[0].encode()
    tiny.put("codes.csv", data.replace(b"code", header))
    with pytest.raises(DataError) as refused:
        tiny.build()
    assert str(refused.value).startswith(f"codes.csv, {sentence}")


def test_a_missing_table_is_refused(tiny: Tiny) -> None:
    tiny.path("pairs.csv").unlink()
    with pytest.raises(DataError, match=r"^pairs\.csv: the file cannot be read \(No such file or directory\); "):
        tiny.build()


def test_an_unknown_table_is_refused(tiny: Tiny) -> None:
    tiny.put("prices.csv", b"code\n")
    with pytest.raises(DataError, match=r"^prices\.csv: no such table of facts is known; "):
        tiny.build()


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("[source.list]", "[source.list", ": this is not TOML ("),
        ("[source.list]", "[source.The_List]", ", source The_List, id: expected lower-case letters"),
        ("from = 2019-01-01", 'from = "2019"', ", source list, from: expected a date such as 2019-01-31, "),
        ("from = 2019-01-01", "from = 2019-01-01T00:00:00", ", source list, from: expected a date such as "),
        ("from = 2019-01-01", "from = 2027-01-01", ", source list, until: expected a date not before 2027-"),
        ("from = 2019-01-01", "since = 2019-01-01", ", source list, since: expected only title, edition, "),
        ('edition = "2026 Q2"\n', "", ", source list, edition: expected a text; correct the entry."),
        ('"2026 Q2"', "2026", ", source list, edition: expected a text; correct the entry."),
        ("two or more sources", "sure", ", source list, confidence: expected one of 'two or more sources', "),
        ("[source.list]", "[source]\nnews = 1\n[source.list]", ", source news, entry: expected a [source."),
    ],
)
def test_a_wrong_entry_of_the_register_is_refused(tiny: Tiny, old: str, new: str, sentence: str) -> None:
    tiny.change("sources.toml", old, new)
    with pytest.raises(DataError) as refused:
        tiny.build()
    assert str(refused.value).startswith(f"sources.toml{sentence}")


def test_an_empty_register_is_refused(tiny: Tiny) -> None:
    tiny.put("sources.toml", b"")
    with pytest.raises(DataError, match=r"^sources\.toml: no \[source\.<id>\] entry was found"):
        tiny.build()


def test_two_builds_are_equal_byte_for_byte(tiny: Tiny) -> None:
    first = tiny.build().read_bytes()
    tiny.database.unlink()
    assert tiny.build().read_bytes() == first


def test_the_shipped_tables_build_twice_to_the_same_bytes(database: Path, tmp_path: Path) -> None:
    again = tmp_path / "again.db"
    program.build(program.SOURCES, program.REGISTER, again)
    assert again.read_bytes() == database.read_bytes()


def test_a_refused_build_leaves_the_old_database_and_no_scraps(tiny: Tiny) -> None:
    old = tiny.build().read_bytes()
    tiny.change("codes.csv", "2025-12-31", "2018-12-31")
    with pytest.raises(DataError):
        tiny.build()
    assert tiny.database.read_bytes() == old
    left = sorted(path.name for path in tiny.database.parent.iterdir())
    assert left == ["icd", "search", "sources", "sources.toml", "tiny.db"]


def test_a_place_that_cannot_be_written_is_said_in_one_sentence(tiny: Tiny) -> None:
    tiny.database = tiny.register / "tiny.db"
    with pytest.raises(SetupError, match=r"^The code database cannot be written to .*; name a folder "):
        tiny.build()


def test_a_database_that_does_not_hold_together_is_not_kept(tiny: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = collect(tiny.sources, tiny.register)
    tables["code"] = [row for row in tables["code"] if row["code"] != "27646"]
    monkeypatch.setattr(program, "collect", lambda sources, register: tables)
    with pytest.raises(DataError, match=r"^The code database does not hold together \(\('"):
        tiny.build()
    assert not tiny.database.exists()


def test_the_days_of_a_lookup_row_are_cut_to_the_days_of_its_code(tiny: Tiny) -> None:
    tiny.change("lookups/by_bone.csv", "femur,donor,0QRB0KZ,,,,,", "femur,donor,0QRB0KZ,,,,2024-01-01,")
    with closing(sqlite3.connect(tiny.build())) as database:
        rows = database.execute("SELECT row_id, from_date, until_date FROM lookup_row ORDER BY row_id").fetchall()
    assert rows == [
        ("by_bone.femur", "2019-01-01", None),
        ("by_bone.femur_pcs", "2024-01-01", "2026-09-30"),
        ("by_bone.hinge", "2019-01-01", "2025-12-31"),
        ("by_bone.hinge_after", "2026-01-01", None),
    ]


def test_the_hash_of_a_row_is_the_hash_of_its_text(tiny: Tiny) -> None:
    with closing(sqlite3.connect(tiny.build())) as database:
        *values, digest = database.execute("SELECT * FROM lookup_row WHERE row_id = 'by_bone.hinge'").fetchone()
        rows = database.execute("SELECT hash FROM relation UNION ALL SELECT hash FROM lookup_row").fetchall()
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    assert digest == hashlib.sha256(text.encode()).hexdigest()[:16]
    assert len(set(rows)) == len(rows)


def test_the_meta_table_names_every_input_and_the_schema(tiny: Tiny) -> None:
    with closing(sqlite3.connect(tiny.build())) as database:
        meta = dict(database.execute("SELECT key, value FROM meta"))
        journal = database.execute("PRAGMA journal_mode").fetchone()[0]
    assert meta["schema_version"] == SCHEMA_VERSION
    assert meta["fingerprint"] == fingerprint(tiny.sources, tiny.register, tiny.beside)
    inputs = {key.removeprefix("input:") for key in meta if key.startswith("input:")}
    program = {name for name in inputs if name.startswith(("db/", "encoder/"))}
    assert inputs - program == {*TINY, *WORDS, "tabular.xml", "codes.txt"}
    assert {"db/schema.sql", "db/build.py", "db/searching.py", "encoder/core/search/words.py"} <= program
    assert journal == "delete"


@pytest.mark.parametrize(
    "table", ["codes.csv", "lookups/by_bone.csv", "sources.toml", "search/aliases.toml", "icd/codes.txt"]
)
def test_a_changed_input_makes_the_database_stale(tiny: Tiny, table: str) -> None:
    tiny.build()
    assert is_current(tiny.database, fingerprint(tiny.sources, tiny.register, tiny.beside))
    tiny.put(table, tiny.path(table).read_bytes() + b" ")
    assert not is_current(tiny.database, fingerprint(tiny.sources, tiny.register, tiny.beside))


def test_what_is_no_database_is_stale(tiny: Tiny) -> None:
    assert not is_current(tiny.database, "")
    tiny.put("sources.toml", b"no database, but long enough to be looked at as one, were there no magic number" * 20)
    assert not is_current(tiny.register, "")
    with closing(sqlite3.connect(tiny.database)) as database:
        database.execute("CREATE TABLE meta (key TEXT, value TEXT)")
    assert not is_current(tiny.database, "")


def test_the_command_builds_only_when_stale(
    tiny: Tiny, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(program, "SOURCES", tiny.sources)
    monkeypatch.setattr(program, "REGISTER", tiny.register)
    monkeypatch.setattr(program, "shipped", lambda: tiny.beside)
    command = ["--if-stale", "--out", str(tiny.database)]
    assert main(command) == 0
    assert capsys.readouterr().out == f"Built {tiny.database}.\n"
    assert main(command) == 0
    assert capsys.readouterr().out == ""
    tiny.change("codes.csv", "2025-12-31", "2018-12-31")
    assert main(command) == 3
    assert capsys.readouterr().err.startswith("codes.csv, line 5, column until: ")


def test_the_program_runs_from_any_folder(tmp_path: Path) -> None:
    script = ROOT / "db" / "build.py"
    done = subprocess.run([sys.executable, script, "--help"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "--if-stale" in done.stdout


def test_two_open_spans_meet_in_an_open_span() -> None:
    assert meet(("", ""), ("", "")) == ("", "")
    assert meet(("2019-01-01", ""), ("", "2020-01-01")) == ("2019-01-01", "2020-01-01")
    assert meet(("2019-01-01", "2019-12-31"), ("2020-01-01", "")) is None
