"""Packs: chosen editions in one signed SQLite file, to be imported on other workstations.

The file holds ``pack`` (key, value: id, version, quarter), ``edition`` (id, size, sha256) and ``part``: the edition
files in compressed pieces. The signature lies beside it (``.minisig``), and its trusted comment repeats id, version and
quarter, so that neither can be put beside another pack. A pack without a trusted signature, an older version of a pack
that is here, and a pack whose editions are not what they say are refused.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import zlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from encoder.errors import InputError, UsageError
from encoder.store.edition_changes import Report, compare
from encoder.store.edition_import import importing
from encoder.store.edition_writer import PART, Staged, Watcher, file_name, on_disk, to_disk, told
from encoder.store.editions import FILE, TRUSTED, Held, Shelf, connect, held_at, verify
from encoder.store.library import Library
from encoder.store.minisign import SUFFIX, PublicKey, SecretKey
from encoder.store.minisign import verify as verify_signature

MAGIC = b"SQLite format 3\0"
PIECE = 1 << 20
LICENSED = "cpt_licensed"
_SCHEMA = """
    CREATE TABLE pack (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE edition (id TEXT PRIMARY KEY, size INTEGER NOT NULL, sha256 TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE part (edition TEXT NOT NULL, number INTEGER NOT NULL, data BLOB NOT NULL,
                       PRIMARY KEY (edition, number)) STRICT;
"""


@dataclass(frozen=True, slots=True)
class Label:
    """What a pack says of itself. Its version only ever grows."""

    id: str
    version: int
    quarter: str

    @property
    def comment(self) -> str:
        """As the trusted comment of its signature."""
        return f"pack={self.id} version={self.version} quarter={self.quarter}"


def looks_like_pack(path: Path) -> bool:
    """Whether a file begins as a pack does."""
    try:
        with path.open("rb") as stream:
            return stream.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def export(shelf: Shelf, editions: Sequence[str], out: Path, label: Label, *, licensed: bool, watcher: Watcher) -> None:
    """Write a pack of some editions, or of all that are in use.

    Raises:
        UsageError: an edition is not here, or the id or quarter of the label cannot be written.
        InputError: an edition is damaged, or is the AMA's text and ``licensed`` does not say that it may go on.
        SetupError: the file cannot be written.
    """
    if not all(
        word and word.isascii() and word.isprintable() and " " not in word for word in (label.id, label.quarter)
    ):
        raise UsageError(f"'{label.id}' and '{label.quarter}' name a pack and its quarter; write each as one word.")
    chosen = [shelf.find(edition) for edition in editions] or [held for held in shelf.all() if not held.hidden]
    if not chosen:
        raise UsageError("No edition is imported here, so there is nothing to pack.")
    for held in chosen:
        if held.kind.name == LICENSED and not licensed:
            raise InputError(
                f"{held.id} holds the AMA's text under your licence; leave it out, or say with --licensed that all who "
                "get the pack are licensed too."
            )
        checked = verify(held, watcher)
        if not checked.sound:
            raise InputError(checked.say)
    aside = out.with_name(f".{out.name}{PART}")
    with told(out.parent):
        try:
            _write(aside, chosen, label, watcher)
            to_disk(aside)
            aside.replace(out)
        finally:
            aside.unlink(missing_ok=True)


def _write(path: Path, chosen: Iterable[Held], label: Label, watcher: Watcher) -> None:
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as pack:
        pack.execute("PRAGMA journal_mode = OFF")
        pack.executescript(_SCHEMA)
        pack.execute("BEGIN")
        said = {"id": label.id, "version": str(label.version), "quarter": label.quarter}
        pack.executemany("INSERT INTO pack VALUES (?, ?)", said.items())
        for held in chosen:
            size, sha = 0, hashlib.sha256()
            with held.path.open("rb") as stream:
                for number in range(held.path.stat().st_size // PIECE + 1):
                    watcher.progress(f"packing {held.id}", size, held.path.stat().st_size)
                    watcher.go_on()
                    data = stream.read(PIECE)
                    size += len(data)
                    sha.update(data)
                    pack.execute("INSERT INTO part VALUES (?, ?, ?)", (held.id, number, zlib.compress(data)))
            pack.execute("INSERT INTO edition VALUES (?, ?, ?)", (held.id, size, sha.hexdigest()))
        pack.execute("COMMIT")


def sign(pack: Path, key: SecretKey) -> Path:
    """Sign a pack; the file of the signature.

    Raises:
        InputError: it is no pack.
        SetupError: the signature cannot be written beside it.
    """
    label = label_of(pack)
    signature = pack.with_name(pack.name + SUFFIX)
    with told(pack.parent):
        signature.write_text(key.sign(pack, label.comment), encoding="utf-8")
    return signature


def label_of(pack: Path) -> Label:
    """What a pack says of itself.

    Raises:
        InputError: it is no pack.
    """
    try:
        with closing(connect(pack)) as opened:
            said = dict(opened.execute("SELECT key, value FROM pack"))
        return Label(said["id"], int(said["version"]), said["quarter"])
    except (sqlite3.Error, KeyError, ValueError, OSError) as error:
        raise InputError(
            f"{pack.name} is no pack of editions ({error}); give the file that export-pack wrote."
        ) from error


def trusted_keys(folder: Path | None, given: str = "") -> tuple[PublicKey, ...]:
    """The keys that are trusted here, and one that was given as a file or as a text.

    Raises:
        InputError: what was given is no public key.
    """
    keys = [PublicKey.read(_key_text(given))] if given else []
    if folder is not None and (folder / TRUSTED).is_dir():
        keys += [PublicKey.read(path.read_text(encoding="utf-8")) for path in sorted((folder / TRUSTED).glob("*.pub"))]
    return tuple(keys)


def trust(folder: Path, given: str) -> PublicKey:
    """Trust a key for all packs to come.

    Raises:
        InputError: it is no public key.
        SetupError: the folder cannot be written.
    """
    key = PublicKey.read(_key_text(given))
    with told(folder):
        (folder / TRUSTED).mkdir(parents=True, exist_ok=True)
        (folder / TRUSTED / f"{key.id}.pub").write_text(key.text(), encoding="utf-8")
    return key


def distrust(folder: Path, key_id: str) -> None:
    """Trust a key no longer; editions that came with it stay.

    Raises:
        UsageError: no key of this id is trusted here.
        SetupError: the folder cannot be written.
    """
    file = folder / TRUSTED / f"{key_id}.pub"
    if not key_id.isalnum() or not file.is_file():
        raise UsageError(f"No key {key_id} is trusted here.")
    with told(folder):
        file.unlink()


def _key_text(given: str) -> str:
    path = Path(given)
    try:
        return path.read_text(encoding="utf-8") if path.is_file() else given
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The key {path.name} cannot be read ({error}); give the .pub file.") from error


def bring_pack(
    pack: Path, library: Library, keys: tuple[PublicKey, ...], watcher: Watcher, *, dry: bool = False
) -> tuple[Label, tuple[Report, ...]]:
    """Import the editions of a pack, all or none.

    Raises:
        InputError: it is not signed by one of the keys, was changed, is older than what is here, or is damaged.
        SetupError: the folder is full, read-only, or being changed by another process.
        CancelledError: the watcher ended it.
    """
    with importing(library, dry=dry) as job:
        copy = job.place / f".pack{PART}"
        label = _checked(pack, copy, keys, watcher)
        _check_newer(label, library.shelf)
        for staged in _unpack(copy, job.place, label, watcher):
            job.add(staged, replace(compare(library, staged, watcher), files=(pack.name,)))
        job.switch(watcher)
    return label, tuple(job.reports)


def _checked(pack: Path, copy: Path, keys: tuple[PublicKey, ...], watcher: Watcher) -> Label:
    """Copy a pack, and check the copy, so that what is checked is what is used."""
    signature = pack.with_name(pack.name + SUFFIX)
    if not signature.is_file():
        raise InputError(
            f"{pack.name} has no signature ({signature.name}) beside it, so it is not used; get both files."
        )
    watcher.progress("checking the signature", 0, 0)
    with told(copy.parent):
        shutil.copyfile(pack, copy)
    try:
        text = signature.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The signature {signature.name} cannot be read ({error}); get both files again.") from error
    comment = verify_signature(copy, pack.name, text, keys)
    label = label_of(copy)
    if comment != label.comment:
        raise InputError(f"The signature of {pack.name} belongs to another pack ({comment}); get both files again.")
    return label


def _check_newer(label: Label, shelf: Shelf) -> None:
    here = [int(held.meta["pack_version"]) for held in shelf.all() if held.meta.get("pack_id") == label.id]
    if here and label.version < max(here):
        raise InputError(
            f"The pack {label.id} is version {label.version}, and version {max(here)} is here; an older pack is not "
            "taken: get the newest, or roll back single editions with 'encoder data rollback'."
        )


def _unpack(pack: Path, place: Path, label: Label, watcher: Watcher) -> list[Staged]:
    """The editions of a pack as parts, each verified, and stamped with the pack it came in."""
    damaged = f"the pack {label.id} is damaged and not used; get it again."
    try:
        with closing(connect(pack)) as opened, on_disk(place):
            wanted = opened.execute("SELECT id, size, sha256 FROM edition ORDER BY id").fetchall()
            parts = [place / f".pack.{number}{PART}" for number in range(len(wanted))]
            for part, (edition, size, sha) in zip(parts, wanted, strict=True):
                watcher.progress(f"unpacking {edition}", 0, size)
                if _unpack_one(opened, edition, part, watcher) != sha:
                    raise InputError(f"The edition {edition} is not as it was packed; {damaged}")
    except (sqlite3.DatabaseError, zlib.error, TypeError) as error:
        raise InputError(f"An edition cannot be unpacked ({error}); {damaged}") from error
    return [_stamped(part, label, watcher) for part in parts]


def _unpack_one(pack: sqlite3.Connection, edition: str, part: Path, watcher: Watcher) -> str:
    """Write one edition; the SHA-256 of what was written."""
    sha = hashlib.sha256()
    with part.open("wb") as stream:
        for (packed,) in pack.execute("SELECT data FROM part WHERE edition = ? ORDER BY number", (edition,)):
            watcher.go_on()
            data = zlib.decompressobj().decompress(packed, PIECE)
            sha.update(data)
            stream.write(data)
    return sha.hexdigest()


def _stamped(part: Path, label: Label, watcher: Watcher) -> Staged:
    held = held_at(part, f"packed{FILE}")
    checked = verify(held, watcher)
    if not checked.sound:
        raise InputError(f"The pack {label.id} holds an edition that cannot be used: {checked.say}")
    stamp: Mapping[str, str] = {"pack_id": label.id, "pack_version": str(label.version)}
    with closing(sqlite3.connect(part)) as opened:
        opened.execute("PRAGMA journal_mode = OFF")
        opened.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", stamp.items())
        opened.commit()
    to_disk(part)
    meta = {**held.meta, **stamp}
    name = f"{file_name(held.kind.name, meta)}{FILE}"
    return Staged(part, name, int(meta["kept"]), int(meta.get("repeated", "0")), meta)
