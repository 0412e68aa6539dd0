"""Packs are signed in minisign's format, checked before a byte is used, and taken whole or not at all."""

from __future__ import annotations

import base64
import hashlib
import shutil
import sqlite3
import subprocess
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from encoder.errors import InputError, SetupError, UsageError
from encoder.store import minisign, packs
from encoder.store.edition_writer import CancelledError, Watcher
from encoder.store.library import Library
from encoder.store.minisign import PublicKey, SecretKey
from encoder.store.packs import Label, bring_pack, distrust, export, looks_like_pack, sign, trust, trusted_keys
from tests.formats import made
from tests.store.shelves import JULY, Shelves
from tests.store.test_editions import change

KEY, OTHER = SecretKey.new(), SecretKey.new()
LABEL = Label("ortho", 3, "2026Q3")
QUIET = Watcher()
MINISIGN = shutil.which("minisign")


@pytest.fixture
def pack(shelves: Shelves) -> Path:
    """A signed pack of two editions."""
    shelves.file(made.MUE_NAME, made.mue_csv())
    shelves.pairs()
    return packed(shelves, LABEL)


def packed(shelves: Shelves, label: Label, *editions: str) -> Path:
    path = shelves.drop / f"{label.id}-{label.version}.pack"
    export(shelves.library.shelf, editions, path, label, licensed=False, watcher=QUIET)
    sign(path, KEY)
    return path


@pytest.fixture
def elsewhere(shelves: Shelves, tmp_path: Path) -> Library:
    """Another workstation."""
    return Library.open(shelves.database, tmp_path / "elsewhere" / "editions")


def names(library: Library) -> list[str]:
    folder = library.shelf.folder
    assert folder is not None
    return sorted(path.name for path in folder.iterdir() if path.name != ".lock") if folder.exists() else []


def test_a_pack_carries_editions_to_another_workstation_row_for_row(
    shelves: Shelves, pack: Path, elsewhere: Library
) -> None:
    label, reports = bring_pack(pack, elsewhere, (KEY.public,), QUIET)
    assert label == LABEL
    assert [(report.id, report.kept, report.files) for report in reports] == [
        ("mue-2026q3", 4, ("ortho-3.pack",)),
        ("ptp_practitioner-2026q3", 8, ("ortho-3.pack",)),
    ]
    assert names(elsewhere) == ["mue-2026q3.db", "ptp_practitioner-2026q3.db"]
    for held in shelves.library.shelf.all():
        other = elsewhere.shelf.find(held.id)
        assert other.meta["content_sha256"] == held.meta["content_sha256"]
        assert (other.meta["pack_id"], other.meta["pack_version"], other.files) == ("ortho", "3", held.files)
    limit = elsewhere.indicator("20932", "mue_practitioner", JULY)
    assert limit is not None
    assert limit.value == "1"
    elsewhere.close()


def test_a_pack_holds_the_editions_that_are_chosen(shelves: Shelves, pack: Path, elsewhere: Library) -> None:
    one = packed(shelves, Label("limits", 1, "2026Q3"), "mue-2026q3")
    shelves.library.shelf.hide("mue-2026q3")
    rest = packed(shelves, Label("rest", 1, "2026Q3"))
    found = [[r.id for r in bring_pack(path, elsewhere, (KEY.public,), QUIET, dry=True)[1]] for path in (one, rest)]
    assert found == [["mue-2026q3"], ["ptp_practitioner-2026q3"]]
    assert names(elsewhere) == []


def test_two_packs_of_the_same_editions_are_equal(shelves: Shelves, pack: Path) -> None:
    again = shelves.drop / "again.pack"
    export(shelves.library.shelf, (), again, LABEL, licensed=False, watcher=QUIET)
    assert again.read_bytes() == pack.read_bytes()


def test_what_may_not_be_packed_is_said(shelves: Shelves) -> None:
    out = shelves.drop / "x.pack"

    def attempt(*editions: str, label: Label = LABEL, licensed: bool = False) -> None:
        export(shelves.library.shelf, editions, out, label, licensed=licensed, watcher=QUIET)

    with pytest.raises(UsageError, match="No edition is imported here, so there is nothing to pack"):
        attempt()
    with pytest.raises(UsageError, match="name a pack and its quarter; write each as one word"):
        attempt(label=Label("two words", 1, "2026Q3"))
    shelves.file("SHORTU.txt", made.cpt_file("SHORTU"), JULY)
    with pytest.raises(
        InputError, match="holds the AMA's text under your licence; leave it out, or say with --licensed"
    ):
        attempt()
    attempt(licensed=True)
    assert looks_like_pack(out)
    shelves.file(made.MUE_NAME, made.mue_csv())
    change(shelves.folder / "mue-2026q3.db", "UPDATE unit_limit SET units = 9")
    with pytest.raises(InputError, match=r"^mue-2026q3 is damaged: its rows were changed"):
        attempt("mue-2026q3")
    with pytest.raises(SetupError, match="could not be written"):
        export(
            shelves.library.shelf,
            ("cpt_licensed-2026-from-2026-07-01",),
            shelves.drop / "no" / "x.pack",
            LABEL,
            licensed=True,
            watcher=QUIET,
        )
    assert not list(shelves.drop.glob("*.part"))


def test_an_export_can_be_cancelled(shelves: Shelves, pack: Path) -> None:
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 1

    with pytest.raises(CancelledError):
        export(
            shelves.library.shelf, (), shelves.drop / "x.pack", LABEL, licensed=False, watcher=Watcher(cancelled=stop)
        )
    assert not list(shelves.drop.glob("*x.pack*"))


def sealed(pack: Path, comment: str, key: SecretKey = KEY) -> None:
    pack.with_name(pack.name + ".minisig").write_text(key.sign(pack, comment))


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-100] ^= 1
    path.write_bytes(data)


def rewrite(pack: Path, *statements: str) -> None:
    change(pack, *statements)
    sealed(pack, LABEL.comment)


def signature(pack: Path) -> Path:
    return pack.with_name(pack.name + ".minisig")


REFUSED: list[tuple[Callable[[Path], object], str]] = [
    (lambda pack: signature(pack).unlink(), "has no signature (ortho-3.pack.minisig) beside it"),
    (lambda pack: signature(pack).write_bytes(b"\xff"), "The signature ortho-3.pack.minisig cannot be read"),
    (lambda pack: signature(pack).write_text("x"), "The signature of ortho-3.pack is no signature of minisign"),
    (lambda pack: sealed(pack, LABEL.comment, OTHER), "which is not trusted here; if you know whose it is, give the"),
    (flip, "ortho-3.pack is not as it was signed, so it is not used; get it again."),
    (lambda pack: sealed(pack, "pack=ortho version=4 quarter=2026Q3"), "The signature of ortho-3.pack belongs to an"),
    (lambda pack: rewrite(pack, "DELETE FROM part"), "The edition mue-2026q3 is not as it was packed; the pack ortho"),
    (lambda pack: rewrite(pack, "UPDATE part SET data = x'0000'"), "An edition cannot be unpacked (Error -3 while"),
    (lambda pack: rewrite(pack, "DROP TABLE part"), "An edition cannot be unpacked (no such table: part); the pack"),
    (lambda pack: rewrite(pack, "DELETE FROM pack"), "is no pack of editions ('id'); give the file that export-pack"),
]


@pytest.mark.parametrize(("spoil", "said"), REFUSED)
def test_a_pack_that_is_not_whole_and_signed_is_refused(
    pack: Path, elsewhere: Library, spoil: Callable[[Path], object], said: str
) -> None:
    spoil(pack)
    with pytest.raises(InputError) as refused:
        bring_pack(pack, elsewhere, (KEY.public,), QUIET)
    assert said in str(refused.value)
    assert names(elsewhere) == []


def test_a_pack_that_holds_a_damaged_edition_is_refused(shelves: Shelves, pack: Path, elsewhere: Library) -> None:
    change(shelves.folder / "mue-2026q3.db", "UPDATE unit_limit SET units = 9")
    data = (shelves.folder / "mue-2026q3.db").read_bytes()
    with closing(sqlite3.connect(pack)) as opened:
        opened.execute("DELETE FROM part WHERE edition = 'mue-2026q3'")
        opened.execute("INSERT INTO part VALUES ('mue-2026q3', 0, ?)", (zlib.compress(data),))
        opened.execute("UPDATE edition SET sha256 = ? WHERE id = 'mue-2026q3'", (hashlib.sha256(data).hexdigest(),))
        opened.commit()
    sealed(pack, LABEL.comment)
    with pytest.raises(
        InputError, match=r"^The pack ortho holds an edition that cannot be used: packed is damaged: its rows"
    ):
        bring_pack(pack, elsewhere, (KEY.public,), QUIET)
    assert names(elsewhere) == []


def test_an_older_pack_is_refused_and_the_same_may_come_again(shelves: Shelves, pack: Path, elsewhere: Library) -> None:
    older = packed(shelves, Label("ortho", 2, "2026Q2"))
    another = packed(shelves, Label("spine", 1, "2026Q1"))
    keys = (KEY.public,)
    bring_pack(pack, elsewhere, keys, QUIET)
    with pytest.raises(
        InputError, match=r"^The pack ortho is version 2, and version 3 is here; an older pack is not taken"
    ):
        bring_pack(older, elsewhere, keys, QUIET)
    assert [report.replaces for report in bring_pack(pack, elsewhere, keys, QUIET)[1]] == [True, True]
    assert bring_pack(another, elsewhere, keys, QUIET)[0].id == "spine"
    elsewhere.close()


def test_a_pack_can_be_cancelled(pack: Path, elsewhere: Library) -> None:
    with pytest.raises(CancelledError):
        bring_pack(pack, elsewhere, (KEY.public,), Watcher(cancelled=lambda: True))
    assert names(elsewhere) == []


def test_keys_are_given_or_trusted(tmp_path: Path, pack: Path, elsewhere: Library) -> None:
    file = tmp_path / "k.pub"
    file.write_text(KEY.public.text())
    line = KEY.public.text().splitlines()[1]
    folder = elsewhere.shelf.folder
    assert folder is not None
    assert trusted_keys(None, str(file)) == trusted_keys(folder, line) == (KEY.public,)
    assert trusted_keys(folder) == ()
    assert trust(folder, str(file)) == KEY.public
    assert trusted_keys(folder) == (KEY.public,)
    assert bring_pack(pack, elsewhere, trusted_keys(folder), QUIET)[0] == LABEL
    distrust(folder, KEY.public.id)
    assert trusted_keys(folder) == ()
    for gone in (KEY.public.id, "../k"):
        with pytest.raises(UsageError, match=f"^No key {gone} is trusted here"):
            distrust(folder, gone)
    for wrong in ("", "RWQ", "no key"):
        with pytest.raises(InputError, match="This is no public key of minisign"):
            trust(folder, wrong)
    file.write_bytes(b"\xff")
    with pytest.raises(InputError, match=r"The key k\.pub cannot be read"):
        trusted_keys(None, str(file))
    elsewhere.close()


def test_what_is_no_pack_is_told_from_one(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"x")
    assert not looks_like_pack(tmp_path / "x")
    assert not looks_like_pack(tmp_path / "none")
    with pytest.raises(InputError, match="x is no pack of editions"):
        sign(tmp_path / "x", KEY)


# --- the format of minisign -------------------------------------------------------------------------------------------


def test_a_secret_key_is_read_as_it_was_written_locked_or_not() -> None:
    assert SecretKey.read(KEY.text(""), lambda: pytest.fail("it is not locked")) == KEY
    assert SecretKey.read(KEY.text("a passphrase ü"), lambda: "a passphrase ü") == KEY
    with pytest.raises(InputError, match="The passphrase does not open this secret key"):
        SecretKey.read(KEY.text("right"), lambda: "wrong")
    for wrong in ("", "x", KEY.public.text()):
        with pytest.raises(InputError, match="This is no secret key of minisign"):
            SecretKey.read(wrong, str)
    data = bytearray(base64.b64decode(KEY.text("x").splitlines()[1]))
    data[46:54] = (1 << 40).to_bytes(8, "little")
    with pytest.raises(InputError, match="asks for more than 2 GB"):
        SecretKey.read(base64.b64encode(data).decode(), lambda: "x")


def test_a_key_has_the_number_that_minisign_prints() -> None:
    assert PublicKey(bytes(range(8)), bytes(32)).id == "0706050403020100"


@pytest.mark.parametrize(
    ("operations", "memory", "picked"),
    [
        (33_554_432, 1_073_741_824, (20, 1)),
        (524_288, 16_777_216, (14, 1)),
        (0, 1 << 30, (10, 1)),
        (1 << 24, 1 << 24, (14, 32)),
    ],
)
def test_the_parameters_of_scrypt_are_those_of_libsodium(operations: int, memory: int, picked: tuple[int, int]) -> None:
    assert minisign._scrypt(operations, memory) == picked


def test_a_signature_covers_the_file_and_the_comment(tmp_path: Path) -> None:
    file = tmp_path / "x"
    file.write_bytes(b"content" * 1000)
    text = KEY.sign(file, "a comment")
    assert minisign.verify(file, "x", text, (OTHER.public, KEY.public)) == "a comment"
    lines = text.splitlines()
    for wrong in (text.replace("a comment", "a Comment"), "\n".join([*lines[:3], lines[1]]), "\n".join(lines[:3])):
        with pytest.raises(InputError):
            minisign.verify(file, "x", wrong, (KEY.public,))
    legacy = base64.b64decode(lines[1])
    with pytest.raises(InputError, match="signed in the old way"):
        minisign.verify(file, "x", text.replace(lines[1], base64.b64encode(b"Ed" + legacy[2:]).decode()), (KEY.public,))
    with pytest.raises(UsageError, match="A trusted comment is one line of text"):
        KEY.sign(file, "two\nlines")


@pytest.mark.skipif(MINISIGN is None, reason="minisign is not installed")
def test_the_tool_minisign_agrees_both_ways(tmp_path: Path) -> None:
    assert MINISIGN is not None
    file = tmp_path / "x"
    file.write_bytes(b"content" * 1000)
    (tmp_path / "k.pub").write_text(KEY.public.text())
    (tmp_path / "k.key").write_text(KEY.text("locked"))
    (tmp_path / "x.minisig").write_text(KEY.sign(file, "made here"))
    ours = subprocess.run(
        [MINISIGN, "-V", "-p", "k.pub", "-m", "x"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (ours.returncode, "Trusted comment: made here" in ours.stdout) == (0, True)
    signed = subprocess.run(
        [MINISIGN, "-S", "-s", "k.key", "-m", "x", "-t", "made there"],
        cwd=tmp_path,
        input="locked\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert signed.returncode == 0, signed.stderr
    assert minisign.verify(file, "x", (tmp_path / "x.minisig").read_text(), (KEY.public,)) == "made there"


def test_the_schema_of_a_pack_is_as_described(pack: Path) -> None:
    with closing(sqlite3.connect(pack)) as opened:
        assert dict(opened.execute("SELECT * FROM pack")) == {"id": "ortho", "version": "3", "quarter": "2026Q3"}
        assert [row[0] for row in opened.execute("SELECT id FROM edition")] == ["mue-2026q3", "ptp_practitioner-2026q3"]
    assert packs.label_of(pack) == LABEL
