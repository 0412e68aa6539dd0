"""Keeping a coder's favourites and notes: one small JSON file in the user's data folder, written whole or not at all.

The file belongs to the user: updates of the program and of the tables leave it alone, and a file that cannot be read is
refused and never written over.
"""

from __future__ import annotations

import contextlib
import json
import os
from datetime import date
from pathlib import Path

from encoder.core.own import Collection, OwnNote
from encoder.errors import InputError, SetupError

VERSION = 1
NAME = "codes.json"
_FIELDS = ("code", "text", "table", "key", "hash")


def read_collection(file: Path) -> Collection:
    """The favourites and notes of a file; an empty collection when there is none yet.

    Raises:
        InputError: the file cannot be read, or is not one that this program wrote.
    """
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Collection()
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(_refused(file, f"it cannot be read ({type(error).__name__})")) from error
    if not isinstance(data, dict) or data.get("version") != VERSION:
        raise InputError(_refused(file, f"it is not of version {VERSION}"))
    favourites, notes = data.get("favourites"), data.get("notes")
    if not isinstance(favourites, list) or not all(isinstance(code, str) for code in favourites):
        raise InputError(_refused(file, "'favourites' is no list of codes"))
    if not isinstance(notes, list):
        raise InputError(_refused(file, "'notes' is no list"))
    return Collection(tuple(favourites), tuple(_note(file, entry) for entry in notes))


def _note(file: Path, entry: object) -> OwnNote:
    if not isinstance(entry, dict) or not all(isinstance(entry.get(name), str) for name in (*_FIELDS, "written")):
        raise InputError(_refused(file, "a note in it is not whole"))
    try:
        written = date.fromisoformat(entry["written"])
    except ValueError as error:
        raise InputError(_refused(file, "a note in it has no date")) from error
    code, text, table, key, digest = (entry[name] for name in _FIELDS)
    return OwnNote(code, text, written, table, key, digest)


def _refused(file: Path, why: str) -> str:
    return f"The favourites and notes in {file} are not used: {why}; mend the file, or move it away to begin anew."


def write_collection(file: Path, collection: Collection) -> None:
    """Write the favourites and notes beside their place and move them there in one step.

    Raises:
        SetupError: the folder cannot be written; the earlier file stays as it was.
    """
    notes = [
        {
            "code": note.code,
            "text": note.text,
            "written": note.written.isoformat(),
            "table": note.table,
            "key": note.key,
            "hash": note.hash,
        }
        for note in collection.notes
    ]
    text = json.dumps(
        {"version": VERSION, "favourites": list(collection.favourites), "notes": notes}, ensure_ascii=False, indent=1
    )
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        aside.write_text(text, encoding="utf-8")
        aside.replace(file)
    except (OSError, UnicodeEncodeError) as error:
        with contextlib.suppress(OSError):
            aside.unlink()
        why = type(error).__name__
        raise SetupError(
            f"The favourites and notes cannot be written to {file} ({why}); choose a folder that can be written."
        ) from error
