"""``encoder data`` from the words of a call to its exit code: what is said, what is JSON, what is left behind."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from encoder.commands.output import Output, Progress
from encoder.commands.shipped import Shipped
from encoder.paths import resources
from tests.commands.calls import Called, call
from tests.formats import made
from tests.formats.made import put
from tests.tiny import Tiny


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Tiny(tmp_path_factory.mktemp("data")).build()


@pytest.fixture
def shipped(database: Path, tmp_path: Path) -> Iterator[Shipped]:
    made = Shipped(database, resources(), tmp_path, tmp_path / "editions")
    yield made
    made.book.close()


def data(shipped: Shipped, *words: object) -> Called:
    return call(shipped, "data", *map(str, words), today=date(2026, 8, 1))


def only(value: object) -> dict[str, object]:
    """The one object of a list."""
    assert isinstance(value, list)
    (item,) = value
    assert isinstance(item, dict)
    return item


@pytest.fixture
def limits(shipped: Shipped, tmp_path: Path) -> Path:
    """Unit limits, imported."""
    path = put(tmp_path, made.MUE_NAME, made.mue_csv())
    assert data(shipped, "import", path).code == 0
    return path


def test_without_imports_the_list_says_so(shipped: Shipped, tmp_path: Path) -> None:
    said = data(shipped, "list")
    assert said.out == f"No edition is imported in {tmp_path / 'editions'}; the bundled tables answer alone.\n"
    assert data(shipped, "list", "--json").object["editions"] == []
    assert data(shipped, "verify").out.endswith("so there is nothing to verify.\n")
    assert not (tmp_path / "editions").exists()


def test_an_import_is_told_in_words(shipped: Shipped, tmp_path: Path) -> None:
    rows = [("20932", "5", *made.MUE[0][2:]), *made.MUE[1:], ("2", "1", "2 x", "y")]
    paths = [put(tmp_path, made.MUE_NAME, made.mue_csv(rows)), put(tmp_path, "AOC_V2026Q3.txt", made.aoc_fixed())]
    paths.append(put(tmp_path, "AOC_V2026Q3.xlsx", made.aoc_xlsx()))
    dry = data(shipped, "import", *paths, "--dry-run")
    assert (
        dry.code,
        "mue-2026q3 would be imported" in dry.out,
        data(shipped, "list", "--json").object["editions"],
    ) == (
        1,
        True,
        [],
    )
    said = data(shipped, "import", *paths)
    assert said.code == 1  # a row was refused
    assert said.out.splitlines() == [
        "mue-2026q3 imported: NCCI medically unlikely edits, practitioner, 2026Q3, for 2026-07-01 to 2026-09-30",
        "  5 rows read, 4 kept, 0 repeated, 1 refused",
        f"  {made.MUE_NAME}, line 12: '2' is no code of five characters",
        "aoc-2026q3 imported: NCCI add-on code edits, 2026Q3, for 2026-07-01 to 2026-09-30",
        "  its rows keep their own days, so it also answers back to 2013-04-01",
        "  7 rows read, 7 kept, 0 repeated, 0 refused",
        "  answers that change for the codes in scope on 2026-07-01: 1",
        "    20999 with *: contractor defined, now nothing",
        "Not read: AOC_V2026Q3.txt: holds the same as AOC_V2026Q3.xlsx, which is read",
    ]
    assert said.err.splitlines()[0] == "reading NCCI medically unlikely edits, practitioner 2026Q3"
    again = data(shipped, "import", put(tmp_path, made.MUE_NAME, made.mue_csv()))
    assert (again.code, again.out.splitlines()[0].partition(":")[0]) == (0, "mue-2026q3 replaced")
    assert again.out.splitlines()[2:] == [
        "  answers that change for the codes in scope on 2026-07-01: 1",
        "    20932 mue practitioner: 5, now 1",
        "  against mue-2026q3: 0 rows new, 0 gone, 1 changed",
    ]


def test_an_import_is_told_as_json(shipped: Shipped, tmp_path: Path) -> None:
    path = put(tmp_path, "limits.zip", made.zipped({made.MUE_NAME: made.mue_csv(), "a.pdf": b"%PDF"}))
    said = data(shipped, "import", path, "--json").object
    assert said["not_read"] == [{"file": "limits.zip > a.pdf", "reason": "a PDF, which no table is read from"}]
    edition = only(said["editions"])
    expected = {
        "id": "mue-2026q3",
        "table": "mue",
        "edition": "2026Q3",
        "from": "2026-07-01",
        "until": "2026-09-30",
        "reaches_back_to": "2026-07-01",
        "files": [f"limits.zip > {made.MUE_NAME}"],
        "read": 4,
        "kept": 4,
        "repeated": 0,
        "refused": 0,
        "told": [],
        "before": "",
        "counts": None,
        "changes": [],
        "replaces": False,
    }
    assert {key: edition[key] for key in expected} == expected
    listed = only(data(shipped, "list", "--json").object["editions"])
    assert (listed["id"], listed["answers_dos"], listed["rows"], listed["pack"], listed["fault"]) == (
        "mue-2026q3",
        True,
        4,
        None,
        None,
    )
    file = only(listed["files"])
    assert (file["name"], len(str(file["sha256"]))) == ("limits.zip", 64)


def test_what_the_user_says_is_handed_on(shipped: Shipped, tmp_path: Path) -> None:
    table = put(tmp_path, "texts.csv", made.table([("Code", "Text"), ("27365", "One")]))
    said = data(shipped, "import", table, "--from", "2026-01-01", "--columns", "code=A,long=B")
    assert said.out.startswith("cpt_licensed-2026 imported")
    parts = [
        put(tmp_path, f"{part}.txt", made.ptp_text([row]))
        for part, row in enumerate((made.PTP[0], made.PTP[3], ("30000", *made.PTP[0][1:]), ("40000", *made.PTP[0][1:])))
    ]
    said = data(shipped, "import", *parts, "--from", "2026-07-01", "--setting", "hospital")
    assert said.out.startswith("ptp_hospital-2026q3 imported")
    few = put(tmp_path, "few.csv", made.mue_csv(made.MUE[:1]))
    data(shipped, "import", put(tmp_path, made.MUE_NAME, made.mue_csv()))
    assert data(shipped, "import", few, "--from", "2026-08-01").code == 3
    assert data(shipped, "import", few, "--from", "2026-08-01", "--smaller").code == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("import", "nothing.zip"), 3, "There is no file nothing.zip; check the name.\n"),
        (("import",), 2, "The following arguments are required: FILE; see encoder data import --help.\n"),
        (("import", "x", "--from", "soon"), 2, "Argument --from: 'soon' is no date"),
        (("rollback", "mue-2026q3"), 2, "No edition 'mue-2026q3' is imported here; there are: none.\n"),
        (("verify", "x"), 2, "No edition 'x' is imported here"),
        (("export-pack", "x.pack", "--id", "a", "--version", "1"), 2, "No edition is imported here"),
        (("sign", "x.pack", "--secret", "none"), 3, "none cannot be read"),
        (("trust", "no key"), 3, "This is no public key of minisign"),
    ],
)
def test_a_call_that_cannot_be_done_is_one_sentence(
    shipped: Shipped, words: tuple[str, ...], code: int, said: str
) -> None:
    done = data(shipped, *words)
    assert (done.code, done.out) == (code, "")
    assert done.err.startswith(said)
    assert done.err.count("\n") == 1


def test_a_rollback_hides_and_a_restore_brings_back(shipped: Shipped, limits: Path) -> None:
    assert data(shipped, "rollback", "mue-2026q3").out == "mue-2026q3 is hidden and no longer answers.\n"
    assert data(shipped, "list").out.endswith("4 rows, hidden\n")
    said = data(shipped, "rollback", "mue-2026q3", "--restore", "--json").object
    assert said["say"] == "mue-2026q3 answers again."
    assert data(shipped, "list").out.endswith("4 rows, answers on 2026-08-01\n")
    assert data(shipped, "list", "--dos", "2026-10-01").out.endswith("4 rows, in use\n")
    assert data(shipped, "remove", "mue-2026q3").out == "mue-2026q3 is removed.\n"
    assert data(shipped, "list", "--json").object["editions"] == []


def test_an_edition_that_was_changed_is_found_out(shipped: Shipped, limits: Path, tmp_path: Path) -> None:
    assert data(shipped, "verify", "--json").object == {
        "holds": True,
        "editions": [{"id": "mue-2026q3", "sound": True, "say": "mue-2026q3: 4 rows, as imported."}],
    }
    path = tmp_path / "editions" / "mue-2026q3.db"
    content = path.read_bytes()
    shipped.book.again()
    path.write_bytes(content.replace(b"Anatomic", b"Anatomik"))
    done = data(shipped, "verify", "mue-2026q3")
    assert (done.code, done.out) == (
        1,
        "mue-2026q3 is damaged: its rows were changed; remove it and import it again.\n",
    )
    path.write_bytes(b"nothing")
    shipped.book.again()
    listed = data(shipped, "list")
    assert listed.out.startswith("The imported edition mue-2026q3.db cannot be used")
    assert listed.err == listed.out  # every command says it once more
    assert "cannot be used" in call(shipped, "code", "27365").err


def test_a_pack_goes_from_one_workstation_to_another(shipped: Shipped, limits: Path, tmp_path: Path) -> None:
    pack, name = tmp_path / "ortho.pack", tmp_path / "key"
    word = put(tmp_path, "passphrase", b"secret\n")
    made_key = data(shipped, "make-key", name, "--passphrase-file", word)
    assert made_key.code == 0
    assert "which stays with you" in made_key.out
    again = data(shipped, "make-key", name, "--passphrase-file", word)
    assert (again.code, "a key is never overwritten" in again.err) == (2, True)
    wrote = data(shipped, "export-pack", pack, "--id", "ortho", "--version", "1")
    assert "(pack=ortho version=1 quarter=2026Q3)" in wrote.out
    wrote = data(shipped, "export-pack", pack, "mue-2026q3", "--id", "ortho", "--version", "1", "--json")
    assert wrote.object["pack"] == {"id": "ortho", "version": 1, "quarter": "2026Q3"}
    signed = data(shipped, "sign", pack, "--secret", f"{name}.key", "--passphrase-file", word)
    assert signed.out.startswith(f"Wrote {pack}.minisig, signed with key ")
    assert data(shipped, "sign", pack, "--secret", f"{name}.key", "--passphrase-file", word, "--json").code == 0
    other = Shipped(shipped.database, shipped.resources, tmp_path, tmp_path / "elsewhere")
    assert data(other, "import", pack).code == 3
    dry = data(other, "import", pack, "--key", f"{name}.pub", "--dry-run", "--json").object
    assert (dry["pack"], dry["dry_run"]) == ({"id": "ortho", "version": 1, "quarter": "2026Q3"}, True)
    assert data(other, "trust", f"{name}.pub").out.startswith("Packs signed with key ")
    assert len(str(data(other, "trust", f"{name}.pub", "--json").object["key"])) == 16
    assert data(other, "import", pack).out.startswith("mue-2026q3 imported")
    listed = only(data(other, "list", "--json").object["editions"])
    assert listed["pack"] == {"id": "ortho", "version": 1}
    both = data(other, "import", pack, limits)
    assert (both.code, both.err) == (2, "A pack is imported alone; give the other files in another call.\n")
    other.book.close()


def test_a_passphrase_is_asked_for(shipped: Shipped, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return ""

    monkeypatch.setattr("getpass.getpass", answer)
    assert data(shipped, "make-key", tmp_path / "open", "--json").object["secret"] == str(tmp_path / "open.key")
    assert asked == ["Passphrase for the secret key (empty: none): "]
    missing = data(shipped, "make-key", tmp_path / "no" / "key")
    assert (missing.code, "The keys cannot be written" in missing.err) == (4, True)


def test_without_a_folder_no_key_is_trusted(database: Path, tmp_path: Path) -> None:
    nowhere = Shipped(database, resources(), tmp_path)
    assert data(nowhere, "trust", "x").err.startswith("No folder is set for imported editions")


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_one_line_that_changes() -> None:
    err = Terminal()
    progress = Progress(Output(io.StringIO(), err))
    for done in (0, 1, 1, 2):
        progress.tell("reading", done, 2)
    progress.tell("verifying", 0, 0)
    progress.end()
    assert err.getvalue() == "\rreading 0 %\rreading 50 %\rreading 100 %\rverifying    \n"
    quiet = Terminal()
    Progress(Output(io.StringIO(), quiet)).end()
    assert quiet.getvalue() == ""
