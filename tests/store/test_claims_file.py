"""A file of claims: any order and name of columns, any sensible form of a cell; a bad row is told without its words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encoder.core.book import HOSPITAL, PRACTITIONER
from encoder.core.claim import Claim, ClaimLine
from encoder.errors import InputError
from encoder.store import claims_cells
from encoder.store.claims_columns import Columns, columns, kind_of
from encoder.store.claims_file import BadRow, ClaimsFile, FileClaim

MAY = date(2026, 5, 1)
HEADER = "claim,line,code,modifiers,units,date,dx\n"


def read(folder: Path, text: str | bytes, setting: str = PRACTITIONER) -> list[FileClaim | BadRow]:
    path = folder / "claims.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with ClaimsFile(path, setting) as file:
        return list(file.claims())


def claims(folder: Path, text: str | bytes) -> list[FileClaim]:
    found = read(folder, text)
    assert not [one for one in found if isinstance(one, BadRow)]
    return [one for one in found if isinstance(one, FileClaim)]


def bad(folder: Path, text: str | bytes) -> list[tuple[int, str, str]]:
    return [(one.number, one.why, one.claim) for one in read(folder, text) if isinstance(one, BadRow)]


def test_the_lines_of_a_claim_stand_together(tmp_path: Path) -> None:
    rows = "A1,1,27365,LT,1,2026-05-01,C40.22\nA1,2,20932,,1,2026-05-01,C40.22\nA2,1,20932,51,2,2026-05-02,\n"
    first, second = claims(tmp_path, HEADER + rows)
    lines = (ClaimLine("27365", ("LT",), on=MAY), ClaimLine("20932", on=MAY))
    assert first == FileClaim("A1", Claim(lines, MAY, ("C40.22",)), ("1", "2"), 2)
    on = date(2026, 5, 2)
    assert second == FileClaim("A2", Claim((ClaimLine("20932", ("51",), 2, on),), on), ("1",), 3)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_delimiter_line_end_and_mark_are_recognised(tmp_path: Path, delimiter: str, end: str, mark: bytes) -> None:
    text = end.join(("Date of Service,CPT Code,Claim ID", "5/1/2026,27365-LT,A1", "")).replace(",", delimiter)
    (found,) = claims(tmp_path, mark + text.encode())
    assert found.claim.lines == (ClaimLine("27365", ("LT",), on=MAY),)


def test_columns_are_known_by_their_names(tmp_path: Path) -> None:
    header = "Claim-No.,Ln,Rendering NPI,HCPCS,Mod 1,Mod 2,Qty,DOS,Dx1,Dx2,Claim type,Pricing locality,Patient\n"
    row = "A1,7,123,27365,RT,,2.0,20260501 ,C4021,I10,UB-04,0111205,somebody\n"
    (found,) = claims(tmp_path, header.replace("Ln", "Line no") + row)
    assert found.lines == ("7",)
    line = ClaimLine("27365", ("RT",), 2, MAY, (), "123")
    assert found.claim == Claim((line,), MAY, ("C40.21", "I10"), HOSPITAL, "0111205")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("CLAIM_ID", "claim"),
        ("Diagnosis Code 12", "diagnoses"),
        ("icd10", "diagnoses"),
        ("ICD10 3", "diagnoses"),
        ("modifier4", "modifiers"),
        ("Units of service", "units"),
        ("units2", ""),
        ("patient name", ""),
        ("", ""),
        ("12", ""),
    ],
)
def test_what_a_column_is_called(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_a_missing_column_stands_behind_the_last() -> None:
    assert columns(["date", "code", "claim"], "x.csv") == Columns(2, 3, 1, 3, 0, 3, 3, 3, 3, (), ())


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "claims.csv: no column for the claim was found in the header; name it claim, claimid, "),
        ("claim,date\n", "claims.csv: no column for the code was found in the header; name it code, cpt, hcpcs, "),
        ("claim,code\n", "claims.csv: no column for the date was found in the header; name it date, dos, "),
        ("claim,code,CPT,date\n", "claims.csv: the columns 'code' and 'CPT' both name the code; keep one of them."),
        ("PK\x03\x04", "claims.csv is no csv in UTF-8; save the claims as csv (UTF-8)"),
        (b"\xff\xfec\0l\0a\0", "claims.csv is no csv in UTF-8; save the claims as csv (UTF-8)"),
    ],
)
def test_a_file_without_a_usable_header_is_refused(tmp_path: Path, text: str | bytes, sentence: str) -> None:
    with pytest.raises(InputError) as refused:
        read(tmp_path, text)
    assert str(refused.value).startswith(sentence)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"missing\.csv cannot be read \(No such file or directory\); name a csv"):
        ClaimsFile(tmp_path / "missing.csv")
    with pytest.raises(InputError, match=r"cannot be read \(Is a directory\)|cannot be read \(Permission denied\)"):
        ClaimsFile(tmp_path)


# ---------------------------------------------------------------------------------------------- cells


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("A1,1,Smith,LT,1,2026-05-01,C40.22", "the code column does not hold a code of five characters"),
        ("A1,1,27365*2,LT,1,2026-05-01,C40.22", "the code column does not hold a code of five characters"),
        ("A1,1,,LT,1,2026-05-01,C40.22", "the code column does not hold a code of five characters"),
        ("A1,1,27365,LEFT,1,2026-05-01,C40.22", "the modifiers column does not hold modifiers of two characters"),
        ("A1,1,27365,LT,0,2026-05-01,C40.22", "the units column does not hold a whole number from 1 to 99999"),
        ("A1,1,27365,LT,1.5,2026-05-01,C40.22", "the units column does not hold a whole number from 1 to 99999"),
        ("A1,1,27365,LT,-1,2026-05-01,C40.22", "the units column does not hold a whole number from 1 to 99999"),
        ("A1,1,27365,LT,1,1 May,C40.22", "the date column does not hold a date such as 2026-05-01 or 5/1/2026"),
        ("A1,1,27365,LT,1,2026-02-30,C40.22", "the date column does not hold a date such as 2026-05-01 or 5/1/2026"),
        ("A1,1,27365,LT,1,,C40.22", "the date column does not hold a date such as 2026-05-01 or 5/1/2026"),
        ("A1,1,27365,LT,1,2026-05-01,hip", "the diagnoses column does not hold ICD-10-CM codes"),
        ("A1,1,27365,LT,1,2026-05-01", "it has 6 fields, the header 7"),
        ("A1,1,27365,LT,1,2026-05-01,C40.22,more", "it has 8 fields, the header 7"),
        (",1,27365,LT,1,2026-05-01,C40.22", "the claim has no id"),
    ],
)
def test_a_bad_row_is_told_by_its_line_and_column_and_never_by_its_words(tmp_path: Path, row: str, why: str) -> None:
    good = "A0,1,27365,LT,1,2026-05-01,C40.22\n"
    rows = f"{HEADER}{good}{row}\n{good.replace('A0', 'A9')}"
    found = read(tmp_path, rows)
    claim = "" if row.startswith(",") else "A0" if "fields" in why else "A1"
    assert [(one.number, one.why, one.claim) for one in found if isinstance(one, BadRow)] == [(3, why, claim)]
    kept = [one.id for one in found if isinstance(one, FileClaim)]
    assert kept == (["A9"] if claim == "A0" else ["A0", "A9"])


def test_the_claim_of_a_bad_row_is_left_out_whole(tmp_path: Path) -> None:
    rows = "A1,1,27365,LT,1,2026-05-01,\nA1,2,oops,,1,2026-05-01,\nA1,3,20932,,1,oops,\nA2,1,27365,LT,1,2026-05-01,\n"
    found = read(tmp_path, HEADER + rows)
    assert [one.number for one in found if isinstance(one, BadRow)] == [3]
    assert [one.id for one in found if isinstance(one, FileClaim)] == ["A2"]


@pytest.mark.parametrize("column", ["setting", "pointers"])
def test_a_setting_or_pointers_that_cannot_be_read(tmp_path: Path, column: str) -> None:
    rows = f"claim,code,date,{column}\nA1,27365,2026-05-01,?\n"
    expected = claims_cells.EXPECTED[column]
    assert bad(tmp_path, rows) == [(2, f"the {column} column does not hold {expected}", "A1")]


def test_the_setting_of_a_claim_is_one(tmp_path: Path) -> None:
    header = "claim,code,date,setting\n"
    (found,) = claims(tmp_path, header + "A1,27365,2026-05-01,Hospital\nA1,20932,2026-05-01,outpatient\n")
    assert found.claim.setting == HOSPITAL
    mixed = header + "A1,27365,2026-05-01,\nA1,20932,2026-05-01,hospital\n"
    assert bad(tmp_path, mixed) == [(3, "its setting is another than that of its claim", "A1")]
    path = tmp_path / "claims.csv"
    path.write_text(header + "A1,27365,2026-05-01,\n")
    with ClaimsFile(path, HOSPITAL) as file:
        (usual,) = (one for one in file.claims() if isinstance(one, FileClaim))
    assert usual.claim.setting == HOSPITAL


def test_rows_of_a_claim_that_stand_apart_are_not_checked(tmp_path: Path) -> None:
    row = "{},1,27365,LT,1,2026-05-01,\n"
    found = read(tmp_path, HEADER + "".join(row.format(name) for name in ("A1", "A2", "A1")))
    why = "the rows of its claim do not stand together; sort the file by claim"
    assert [(one.number, one.why) for one in found if isinstance(one, BadRow)] == [(4, why)]


def test_broken_quotes_do_not_end_the_reading(tmp_path: Path) -> None:
    row = "{},1,27365,LT,1,2026-05-01,\n"
    open_quote = HEADER + row.format("A1") + '"A2,1,27365\nA3,1",27365,LT,1,2026-05-01,\n' + row.format("A4")
    found = read(tmp_path, open_quote)
    assert [(one.number, one.why) for one in found if isinstance(one, BadRow)] == [(3, "a quote is open up to line 4")]
    assert [one.id for one in found if isinstance(one, FileClaim)] == ["A4"]
    huge = HEADER + '"' + "x" * 200_000 + '",1,27365,LT,1,2026-05-01,\n' + row.format("A4")
    ((number, why, _),) = bad(tmp_path, huge)
    assert (number, why) == (2, "it is no csv (field larger than field limit (131072))")


def test_empty_rows_are_passed_over(tmp_path: Path) -> None:
    rows = "\n,,,,,,\nA1,1,27365,LT,1,2026-05-01,\n\nA1,2,20932,,1,2026-05-01,\n,,,,,,\n"
    (found,) = claims(tmp_path, HEADER + rows)
    assert len(found.claim.lines) == 2


def test_bytes_that_are_no_text_come_out_as_they_went_in(tmp_path: Path) -> None:
    (found,) = claims(tmp_path, HEADER.encode() + b"A\xe9,1,27365,LT,1,2026-05-01,\n")
    assert found.id.encode("utf-8", "surrogateescape") == b"A\xe9"


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-05-01", MAY),
        ("2026-5-1", MAY),
        ("2026-05-01 00:00:00", MAY),
        ("2026-05-01T08:30", MAY),
        ("20260501", MAY),
        ("5/1/2026", MAY),
        ("05/01/2026 12:00 AM", MAY),
    ],
)
def test_dates_of_an_export(cell: str, day: date) -> None:
    assert claims_cells.day(cell) == day


@pytest.mark.parametrize(
    ("cell", "places"),
    [
        ("", ()),
        ("A", (0,)),
        ("AB", (0, 1)),
        ("a,b", (0, 1)),
        ("12", (11,)),
        ("1,2", (0, 1)),
        ("13", (0, 2)),
        ("10", (9,)),
    ],
)
def test_pointers_are_letters_or_numbers(cell: str, places: tuple[int, ...]) -> None:
    assert claims_cells.pointers(cell) == places


@pytest.mark.parametrize("cell", ["M", "0", "1,13", "A,?", "A,BC", "²"])
def test_what_is_no_pointer(cell: str) -> None:
    with pytest.raises(ValueError, match=r"^$"):
        claims_cells.pointers(cell)


def test_diagnoses_belong_to_the_line_of_their_row(tmp_path: Path) -> None:
    header = "claim,code,date,dx,pointers\n"
    rows = [
        "A1,27365,2026-05-01,C40.22 I10,",
        "A1,20932,2026-05-01,C40.22,",
        "A1,20680,2026-05-01,,",
        "A1,20680,2026-05-01,I10 C40.22,B",
        "A1,20680,2026-05-01,,2",
        "A1,20680,2026-05-01,,L",
    ]
    (found,) = claims(tmp_path, header + "\n".join(rows) + "\n")
    assert found.claim.diagnoses == ("C40.22", "I10")
    assert [line.pointers for line in found.claim.lines] == [(0, 1), (0,), (), (0,), (1,), ()]


# ---------------------------------------------------------------------------------------------- going on


def test_what_was_read_is_known_again(tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    path.write_text(HEADER + "A1,1,27365,LT,1,2026-05-01,\nA1,2,20932,,1,2026-05-01,\nA2,1,27365,,1,2026-05-01,\n")
    with ClaimsFile(path) as file:
        first = next(iter(file.claims()))
        size, digest = file.read
        assert (first.records, size) == (2, file.size)
        assert file.begins_with(size, digest)
        assert not file.begins_with(size - 1, digest)
        assert not file.begins_with(size + 1, digest)
    with ClaimsFile(path) as again:
        again.skip(2)
        assert [one.id for one in again.claims() if isinstance(one, FileClaim)] == ["A2"]
    path.write_text(path.read_text() + "A1,3,20680,,1,2026-05-01,\n\n")
    with ClaimsFile(path) as longer:
        longer.skip(2)
        (apart,) = (one for one in longer.claims() if isinstance(one, BadRow))
        assert apart.claim == "A1"
    with ClaimsFile(path) as beyond:
        beyond.skip(99)
        assert list(beyond.claims()) == []


def test_a_disk_that_fails_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> int:
        raise OSError(5, "Input/output error")

    path = tmp_path / "claims.csv"
    path.write_text(HEADER + "A1,1,27365,LT,1,2026-05-01,\n" * 10_000)
    with ClaimsFile(path) as file:
        found = file.claims()
        monkeypatch.setattr("encoder.store.claims_file._Meter.readinto", fail)
        with pytest.raises(InputError, match=r"cannot be read further \(Input/output error\); run it again\.$"):
            list(found)
    with pytest.raises(InputError, match=r"cannot be read \(Input/output error\); name a csv file with claims\.$"):
        ClaimsFile(path)


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=300))
def test_any_bytes_are_claims_bad_rows_or_a_sentence(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.getbasetemp()
    found = read(folder, HEADER.encode() + data)
    assert all(isinstance(one, FileClaim | BadRow) for one in found)
    path = folder / "claims.csv"
    path.write_bytes(data)
    with pytest.raises(InputError):
        ClaimsFile(path)
