"""Build the code database from our tables of facts: ``python db/build.py [--out PATH] [--if-stale]``.

Every row is checked, and the first wrong one is refused by file, line and column. The database is written beside its
place and moved there in one step, so that a refused build leaves the old one. Two builds of one source are equal byte
for byte.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import os
import sqlite3
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # started as a script, Python sees this folder alone

from db.classification import Release, classification, find_release  # noqa: E402
from db.reading import read_register  # noqa: E402
from db.rows import Tables, Value  # noqa: E402
from db.search_words import read_words  # noqa: E402
from db.searching import index  # noqa: E402
from db.tables import collect  # noqa: E402
from encoder.errors import DataError, EncoderError, SetupError  # noqa: E402
from encoder.store.tree_file import read_tree, tree_ids  # noqa: E402

SOURCES = ROOT / "db" / "sources"
REGISTER = ROOT / "resources" / "sources.toml"
DATABASE = ROOT / "db" / "encoder.db"
SCHEMA = ROOT / "db" / "schema.sql"
PROGRAM = (
    *sorted((ROOT / "db").glob("*.py")),
    ROOT / "encoder" / "core" / "edits" / "rules.py",
    ROOT / "encoder" / "core" / "procedures.py",
    *sorted((ROOT / "encoder" / "core" / "search").glob("*.py")),
)


@dataclass(frozen=True)
class Beside:
    """What the code book is made from beside the tables of facts; a test leaves out what it does not ask for.

    Attributes:
        words: the folder of the search's word files.
        trees: the folder of the trees whose places can be found.
        release: the published list of diagnoses; None leaves it out.
    """

    words: Path
    trees: Path | None
    release: Release | None


def shipped() -> Beside:
    """What the shipped database is made from.

    Raises:
        SetupError: the package with the list of diagnoses is missing.
    """
    resources = ROOT / "resources"
    return Beside(resources / "search", resources / "tree", find_release())


def fingerprint(sources: Path, register: Path, beside: Beside | None = None) -> str:
    """One hash over every input: the tables of facts, the register, what is beside, the schema and this program."""
    return hashlib.sha256(json.dumps(_inputs(sources, register, beside or shipped())).encode()).hexdigest()


def build(sources: Path, register: Path, out: Path, beside: Beside | None = None) -> None:
    """Check the tables of facts and write the database to ``out``; without ``beside`` all that is shipped goes in.

    Raises:
        DataError: a source is wrong; the sentence names file, line, column, what was found and what was expected.
        SetupError: the database cannot be written there, or the list of diagnoses is not installed.
    """
    beside = beside or shipped()
    tables = collect(sources, register)
    _add_book(tables, register, beside)
    meta = {f"input:{name}": digest for name, digest in _inputs(sources, register, beside).items()}
    meta["fingerprint"] = fingerprint(sources, register, beside)
    aside = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        _write(aside, tables, meta)
        aside.replace(out)
    except (OSError, sqlite3.OperationalError) as error:
        fault = f"The code database cannot be written to {out} ({error})"
        raise SetupError(f"{fault}; name a folder that exists and can be written.") from error
    finally:
        with contextlib.suppress(OSError):
            aside.unlink()


def is_current(out: Path, wanted: str) -> bool:
    """Whether the database at ``out`` was built from the inputs with this fingerprint."""
    try:
        connection = sqlite3.connect(f"{out.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    except sqlite3.Error:
        return False
    try:
        row = connection.execute("SELECT value FROM meta WHERE key = 'fingerprint'").fetchone()
    except sqlite3.Error:
        return False
    finally:
        connection.close()
    return row is not None and row[0] == wanted


def _add_book(tables: Tables, register: Path, beside: Beside) -> None:
    """The list of diagnoses and the search index."""
    words = read_words(beside.words, read_register(register))
    trees = [read_tree(beside.trees, name) for name in tree_ids(beside.trees)] if beside.trees else []
    empty: Tables = {"icd": [], "icd_note": [], "icd_seventh": []}
    tables |= classification(beside.release, tables["icd_change"]) if beside.release else empty
    tables |= index(tables, words, trees, whole=beside.release is not None)


def _inputs(sources: Path, register: Path, beside: Beside) -> dict[str, str]:
    """The hash of every file that the database depends on, by name."""
    tables = {path.relative_to(sources).as_posix(): path for path in sources.rglob("*.csv")}
    others = {path.relative_to(ROOT).as_posix(): path for path in (SCHEMA, *PROGRAM)} | {register.name: register}
    others |= {f"search/{path.name}": path for path in beside.words.glob("*.toml")}
    others |= {f"tree/{path.name}": path for path in (beside.trees.glob("*.toml") if beside.trees else ())}
    others |= {path.name: path for path in ((beside.release.tabular, beside.release.codes) if beside.release else ())}
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""
        for name, path in sorted({**tables, **others}.items())
    }


def _write(path: Path, tables: Tables, meta: Mapping[str, str]) -> None:
    from sqlite_utils import Database  # slow to import, and a fresh database is mostly already there

    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    try:
        database = Database(connection)
        database.executescript(SCHEMA.read_text(encoding="utf-8"))
        version = database.execute("PRAGMA user_version").fetchone()[0]
        for name, rows in tables.items():
            _insert(connection, name, rows)
        settings = {**meta, "schema_version": str(version)}
        database.table("meta").insert_all({"key": key, "value": settings[key]} for key in sorted(settings))
        connection.execute("INSERT INTO sought_text (sought_text) VALUES ('optimize')")
        connection.commit()
        faults = [*database.execute("PRAGMA foreign_key_check"), *database.execute("PRAGMA integrity_check")]
        if faults != [("ok",)]:
            raise DataError(f"The code database does not hold together ({faults[0]}); correct db/build.py.")
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("VACUUM")
    finally:
        connection.close()


def _insert(connection: sqlite3.Connection, table: str, rows: Sequence[Mapping[str, Value]]) -> None:
    """Write the rows of a table, in their order."""
    if rows:
        columns = list(rows[0])
        places = ", ".join(f":{column}" for column in columns)
        connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Build as the command line says; gives the exit code."""
    parser = argparse.ArgumentParser(prog="python db/build.py", description="Build the code database.")
    parser.add_argument("--out", type=Path, default=DATABASE, metavar="PATH", help="where to write it (db/encoder.db)")
    parser.add_argument("--if-stale", action="store_true", help="only when it is missing or its sources have changed")
    chosen = parser.parse_args(arguments)
    try:
        if chosen.if_stale and is_current(chosen.out, fingerprint(SOURCES, REGISTER)):
            return 0
        build(SOURCES, REGISTER, chosen.out)
    except EncoderError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print(f"Built {chosen.out}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
