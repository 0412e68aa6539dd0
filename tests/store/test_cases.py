"""The encrypted store of cases: no word of them in any file, one window at a time, whole after a kill."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoder.core.beside.case_note import Document
from encoder.core.case_state import CaseState
from encoder.core.evidence import Quoted
from encoder.core.kept import Kept, Row, Standing, row
from encoder.errors import InputError, SetupError, UsageError
from encoder.store import case_key, cases
from encoder.store.case_key import WrongPassphraseError
from encoder.store.cases import FILE, KEY, Cases, connect, exist

pytestmark = pytest.mark.usefixtures("cheap_key")
PASSPHRASE = "a sentence to keep"
CANARY = "Quettle"
KEPT = Kept(
    CaseState(
        date(2026, 5, 1),
        f"{CANARY} 12-044",
        {"graft_form": frozenset({"osteoarticular"})},
        evidence={"graft_form": (Quoted("note", 0, 7, CANARY),)},
    ),
    True,
    (Document("note", f"{CANARY}: the allograft was thawed. " * 99), Document("second", "half a character: \ud800")),
    {"graft_form": f"To: Dr {CANARY}"},
)
ROW = row("a1", KEPT, Standing("open", CANARY), "2026-11-26T09:15")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "new" / "cases"


@pytest.fixture
def store(folder: Path) -> Iterator[Cases]:
    with closing(Cases.make(folder, PASSPHRASE)) as made:
        yield made


def held(folder: Path) -> list[bytes]:
    return [file.read_bytes() for file in folder.iterdir()]


def test_what_was_kept_is_read_again(folder: Path, store: Cases) -> None:
    assert store.rows() == ()
    store.keep(ROW, KEPT)
    assert store.rows() == (ROW,)
    assert store.read("a1") == KEPT
    store.close()
    with closing(Cases.open(folder, PASSPHRASE)) as again:
        assert again.rows() == (ROW,)
        assert again.read("a1") == KEPT


def test_a_case_is_kept_in_place_of_what_it_was(store: Cases) -> None:
    store.keep(ROW, KEPT)
    for kept in (replace(KEPT, drafts={}), replace(KEPT, documents=KEPT.documents[:1]), KEPT.bare, KEPT):
        store.keep(replace(ROW, saved=kept.saved), kept)
        assert store.rows() == (replace(ROW, saved=kept.saved),)
        assert store.read("a1") == kept


def test_a_deleted_case_is_gone(store: Cases) -> None:
    store.keep(ROW, KEPT)
    store.keep(replace(ROW, id="b2"), KEPT.bare)
    store.drop("a1")
    assert [each.id for each in store.rows()] == ["b2"]
    with pytest.raises(InputError, match="This case is no longer kept; choose another"):
        store.read("a1")
    store.keep(ROW, KEPT)  # brought back with all of its documents
    assert store.read("a1") == KEPT


@given(st.lists(st.tuples(st.text(max_size=9), st.text(max_size=99)), max_size=3))
def test_any_documents_are_kept_as_they_are(
    tmp_path_factory: pytest.TempPathFactory, documents: list[tuple[str, str]]
) -> None:
    kept = replace(KEPT, documents=tuple(Document(name, text) for name, text in documents))
    with closing(Cases.make(tmp_path_factory.mktemp("any") / "cases", PASSPHRASE)) as store:
        store.keep(ROW, kept)
        assert store.read("a1") == kept


# ------------------------------------------------------------------------------------------- what others can read


def test_no_word_of_a_case_stands_in_any_file(folder: Path, store: Cases) -> None:
    store.keep(ROW, KEPT)
    assert {file.name for file in folder.iterdir()} >= {KEY, FILE, f"{FILE}-wal"}
    for raw in held(folder):
        for words in (CANARY, "allograft", "graft_form", PASSPHRASE, "SQLite format"):
            for code in ("utf-8", "utf-16-le", "utf-16-be"):
                assert words.encode(code) not in raw
    store.close()
    assert {file.name for file in folder.iterdir()} == {KEY, FILE}
    assert all(CANARY.encode() not in raw for raw in held(folder))


@pytest.mark.skipif(os.name == "nt", reason="Windows has rights of its own")
def test_only_the_user_may_read_the_key(folder: Path, store: Cases) -> None:
    assert (folder / KEY).stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0


def test_two_stores_with_one_passphrase_have_other_keys(tmp_path: Path) -> None:
    made = [case_key.new_key(tmp_path / name, PASSPHRASE) for name in ("a", "b")]
    assert made[0] != made[1]
    assert [case_key.read_key(tmp_path / name, PASSPHRASE) for name in ("a", "b")] == made


@pytest.mark.parametrize("other", ["", "a sentence to kee", "A sentence to keep", "a sentence to keep ", "\ud800"])
def test_another_passphrase_opens_nothing(folder: Path, store: Cases, other: str) -> None:
    store.close()
    before = held(folder)
    with pytest.raises(WrongPassphraseError, match="This passphrase does not open the cases; type it again"):
        Cases.open(folder, other)
    assert held(folder) == before


def test_letters_may_be_composed_in_two_ways(folder: Path) -> None:
    Cases.make(folder, "caf\u00e9 au lait noir").close()
    Cases.open(folder, "cafe\u0301 au lait noir").close()


@pytest.mark.parametrize("passphrase", ["", "eleven char"])
def test_a_short_passphrase_is_refused(folder: Path, passphrase: str) -> None:
    with pytest.raises(UsageError, match=f"has {len(passphrase)} characters; choose one of 12 or more"):
        Cases.make(folder, passphrase)
    assert not exist(folder)


def test_another_passphrase_is_chosen(folder: Path, store: Cases) -> None:
    store.keep(ROW, KEPT)
    with pytest.raises(WrongPassphraseError):
        store.change_passphrase("not this sentence", "the sentence from now on")
    with pytest.raises(UsageError):
        store.change_passphrase(PASSPHRASE, "short")
    store.change_passphrase(PASSPHRASE, "the sentence from now on")
    store.keep(replace(ROW, id="b2"), KEPT)
    store.close()
    with pytest.raises(WrongPassphraseError):
        Cases.open(folder, PASSPHRASE)
    with closing(Cases.open(folder, "the sentence from now on")) as again:
        assert len(again.rows()) == 2
    assert {file.name for file in folder.iterdir()} == {KEY, FILE}


def test_one_guess_costs_what_it_should(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cheap_key: None) -> None:
    monkeypatch.undo()
    case_key.new_key(tmp_path / KEY, PASSPHRASE)
    written = json.loads((tmp_path / KEY).read_text())
    assert (written["memory"], written["passes"]) == (65_536, 3)  # OWASP asks for 19 MiB and two passes at least


# ------------------------------------------------------------------------------------------- what goes wrong


def test_two_windows_do_not_write_over_each_other(folder: Path, store: Cases) -> None:
    store.keep(ROW, KEPT)
    with pytest.raises(InputError, match="open in another window of the program, and two would write over each other"):
        Cases.open(folder, PASSPHRASE)
    store.close()
    Cases.open(folder, PASSPHRASE).close()


def test_a_store_is_not_made_over_another(folder: Path, store: Cases) -> None:
    store.keep(ROW, KEPT)
    store.close()
    with pytest.raises(UsageError, match=r"There are cases in .* already; open them with their passphrase"):
        Cases.make(folder, PASSPHRASE)
    with pytest.raises(UsageError, match="is there already, and a key is never overwritten"):
        case_key.new_key(folder / KEY, PASSPHRASE)
    (folder / KEY).unlink()
    with pytest.raises(UsageError, match="There are cases in"):
        Cases.make(folder, PASSPHRASE)
    with pytest.raises(
        InputError, match=r"cannot be read \(FileNotFoundError\), and no case opens without it; put back"
    ):
        Cases.open(folder, PASSPHRASE)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: raw[:2000],
        lambda raw: bytes(len(raw)),
        lambda raw: raw[:100] + bytes([raw[100] ^ 1]) + raw[101:],
        lambda raw: b"SQLite format 3\0" + raw[16:],
    ],
    ids=["cut", "emptied", "one bit", "plain"],
)
def test_a_damaged_file_is_refused_and_left_alone(folder: Path, store: Cases, spoil: object, capfd: object) -> None:
    store.keep(ROW, KEPT)
    store.close()
    assert callable(spoil)
    spoilt = spoil((folder / FILE).read_bytes())
    (folder / FILE).write_bytes(spoilt)
    with pytest.raises(
        InputError, match=r"cannot be read .*; put back a copy of cases\.key and cases\.db, which belong to"
    ):
        Cases.open(folder, PASSPHRASE)
    assert (folder / FILE).read_bytes() == spoilt
    assert isinstance(capfd, pytest.CaptureFixture)
    assert capfd.readouterr() == ("", "")  # SQLCipher tells stderr of such files unless it is told not to


def test_a_lost_file_is_no_empty_list(folder: Path, store: Cases) -> None:
    store.keep(ROW, KEPT)
    store.close()
    (folder / FILE).write_bytes(b"")
    with pytest.raises(InputError, match=r"cannot be read \(cases\.db is empty\); put back a copy"):
        Cases.open(folder, PASSPHRASE)
    (folder / FILE).unlink()
    with pytest.raises(InputError, match=r"cannot be read \(cases\.db is missing\); put back a copy"):
        Cases.open(folder, PASSPHRASE)
    assert not (folder / FILE).exists()


def test_a_page_that_is_damaged_is_met_when_it_is_read(folder: Path, store: Cases) -> None:
    store.keep(ROW, replace(KEPT, documents=(Document("long", "x" * 50_000),)))
    store.close()
    raw = bytearray((folder / FILE).read_bytes())
    raw[len(raw) // 2] ^= 1
    (folder / FILE).write_bytes(raw)
    with closing(Cases.open(folder, PASSPHRASE)) as again:
        assert again.rows() == (ROW,)
        with pytest.raises(InputError, match="cannot be read"):
            again.read("a1")


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"form": 1}', '{"form": 1, "memory": 64, "passes": 1, "salt": "?", "nonce": "", "key": ""}'],
)
def test_a_key_that_is_none_of_ours_is_refused(folder: Path, store: Cases, text: str) -> None:
    store.close()
    (folder / KEY).write_text(text)
    with pytest.raises(InputError, match=r"The key of the cases in .* cannot be read"):
        Cases.open(folder, PASSPHRASE)


def test_a_key_that_would_only_keep_the_machine_busy_is_refused(folder: Path, store: Cases) -> None:
    store.close()
    written = json.loads((folder / KEY).read_text())
    for more in ({"memory": 2**30}, {"passes": 10**6}):
        (folder / KEY).write_text(json.dumps(written | more))
        with pytest.raises(InputError, match=r"cannot be read \(ValueError\)"):
            Cases.open(folder, PASSPHRASE)


def test_files_of_a_later_program_say_so(folder: Path, store: Cases) -> None:
    store.close()
    written = json.loads((folder / KEY).read_text())
    with closing(connect(folder / FILE, case_key.read_key(folder / KEY, PASSPHRASE))) as raw:
        raw.execute("PRAGMA user_version = 9")
    with pytest.raises(InputError, match="have form 9 and the program reads form 1; open them with the program"):
        Cases.open(folder, PASSPHRASE)
    (folder / KEY).write_text(json.dumps(written | {"form": 9}))
    with pytest.raises(InputError, match="has form 9 and the program reads form 1"):
        Cases.open(folder, PASSPHRASE)


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SetupError, match=r"No cases can be kept in .*; name another folder in GRAFTPATH_DATA"):
        Cases.make(tmp_path / "file" / "cases", PASSPHRASE)

    def full(_self: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(SetupError, match=r"cannot be written to .* \(No space left on device\); make room"):
        Cases.make(tmp_path / "cases", PASSPHRASE)
    assert list((tmp_path / "cases").iterdir()) == []


def test_a_case_that_cannot_be_written_stays_as_it_was(store: Cases, monkeypatch: pytest.MonkeyPatch) -> None:
    store.keep(ROW, KEPT)
    spoilt = replace(KEPT, documents=(Document("a", "1"), Document("b", "2")))

    def fail(text: str) -> bytes:
        if text == "2":
            raise sqlcipher_error("database or disk is full")
        return text.encode()

    monkeypatch.setattr(cases, "_raw", fail)
    with pytest.raises(SetupError, match=r"The case was not saved \(database or disk is full\): .* cannot be written"):
        store.keep(replace(ROW, label="other"), spoilt)
    monkeypatch.undo()
    assert store.rows() == (ROW,)
    assert store.read("a1") == KEPT
    store.keep(replace(ROW, label="other"), spoilt)
    assert store.read("a1") == spoilt


def sqlcipher_error(text: str) -> Exception:
    from sqlcipher3 import dbapi2  # type: ignore[import-untyped]

    error: Exception = dbapi2.OperationalError(text)
    return error


def test_a_closed_store_says_that_nothing_was_saved(store: Cases) -> None:
    store.close()
    with pytest.raises(SetupError, match="The case was not saved"):
        store.keep(ROW, KEPT)
    with pytest.raises(SetupError, match="The case was not saved"):
        store.drop("a1")
    with pytest.raises(InputError, match="cannot be read"):
        store.rows()


def test_without_the_library_that_encrypts_nothing_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    with pytest.raises(SetupError, match="the library that encrypts them cannot be loaded"):
        Cases.make(folder, PASSPHRASE)
    assert not exist(folder)


def test_a_library_that_does_not_encrypt_keeps_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cases.engine().startswith("SQLCipher 4.")
    monkeypatch.setattr(cases, "_driver", lambda: sqlite3)
    with pytest.raises(SetupError, match="the library that encrypts them does not; install the program again"):
        cases.engine()


# ------------------------------------------------------------------------------------------- after a crash

CHILD = """
import sys
from pathlib import Path
from encoder.store.cases import Cases
from tests.store.test_cases import KEPT, PASSPHRASE, ROW
from dataclasses import replace

store = Cases.open(Path(sys.argv[1]), PASSPHRASE)
for number in range(100_000):
    label = str(number)
    store.keep(replace(ROW, label=label), replace(KEPT, drafts={"graft_form": label}))
    print(label, flush=True)
"""


def test_a_process_that_is_killed_leaves_the_last_answer(folder: Path, store: Cases) -> None:
    store.close()
    command = [sys.executable, "-c", CHILD, str(folder)]
    root = Path(cases.__file__).parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as child:
        assert child.stdout is not None
        last = ""
        for last in child.stdout:
            if last == "40\n":
                break
        child.kill()
        last = ([last, *child.stdout])[-1]
    with closing(Cases.open(folder, PASSPHRASE)) as again:
        (found,) = again.rows()
        assert int(found.label) >= int(last)
        assert again.read("a1").drafts == {"graft_form": found.label}


def test_the_file_is_no_database_to_others(folder: Path, store: Cases) -> None:
    store.keep(ROW, KEPT)
    store.close()
    with closing(sqlite3.connect(folder / FILE)) as raw, pytest.raises(sqlite3.DatabaseError, match="not a database"):
        raw.execute("SELECT * FROM kept")


def test_a_row_of_another_make_is_refused(folder: Path, store: Cases) -> None:
    store.close()
    with closing(connect(folder / FILE, case_key.read_key(folder / KEY, PASSPHRASE))) as raw:
        raw.execute("INSERT INTO kept VALUES ('a', 'Quettle', '{}')")
    with closing(Cases.open(folder, PASSPHRASE)) as again:
        with pytest.raises(InputError, match="A case cannot be read"):
            again.rows()
        with pytest.raises(InputError, match="A case cannot be read"):
            again.read("a")


def test_rows_are_what_the_list_shows(store: Cases) -> None:
    made = [Row(str(each), "", date(2026, 5, each + 1), "", Standing("open", ""), False, "") for each in range(9)]
    for each in made:
        store.keep(each, KEPT.bare)
    assert sorted(store.rows(), key=lambda each: each.id) == made
