"""Files, archives and streams: what is damaged, swollen, misnamed or no table is said in one sentence."""

from __future__ import annotations

import gzip
import io
import re
import stat
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encoder.errors import InputError
from encoder.formats import xlsx
from encoder.formats.recognise import Once, head_of, recognise
from encoder.formats.sources import Limits, Source, find
from encoder.formats.text import LONGEST, Lines, RefusedError, records
from tests.formats import made
from tests.formats.made import put, zipped


def names(sources: Sequence[Source]) -> list[str]:
    return [source.where for source in sources]


def test_tables_are_found_in_files_archives_and_archives_in_archives(tmp_path: Path) -> None:
    inner = zipped({"folder/b.csv": b"b", "__MACOSX/b.csv": b"litter", ".DS_Store": b"litter"})
    outer = put(tmp_path, "outer.zip", zipped({"a.csv": b"a", "inner.zip": inner, "folder/": b""}))
    loose, packed = put(tmp_path, "c.csv", b"c"), put(tmp_path, "d.csv.gz", gzip.compress(b"d"))
    found = find([outer, loose, packed])
    assert names(found) == ["outer.zip > a.csv", "outer.zip > inner.zip > folder/b.csv", "c.csv", "d.csv.gz"]
    assert [source.name for source in found] == ["a.csv", "b.csv", "c.csv", "d.csv"]
    assert found[1].names == ("b.csv", "folder/b.csv", "inner.zip", "outer.zip")
    for _ in range(2):  # a stream can be had again
        assert [source.head(10) for source in found] == [b"a", b"b", b"c", b"d"]


def test_a_zip_three_deep_is_refused(tmp_path: Path) -> None:
    deep = zipped({"1.zip": zipped({"2.zip": zipped({"x.csv": b"x"})})})
    with pytest.raises(InputError, match=r"^x\.zip > 1\.zip > 2\.zip holds a zip in a zip in a zip; unpack it"):
        find([put(tmp_path, "x.zip", deep)])


def test_a_missing_file_and_an_empty_archive_hold_nothing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^There is no file .*x\.zip; check the name\.$"):
        find([tmp_path / "x.zip"])
    assert find([put(tmp_path, "x.zip", zipped({}))]) == ()


@pytest.mark.parametrize("name", ["../x.csv", "/x.csv", "a\\..\\x.csv", "C:/x.csv", "x\n.csv"])
def test_a_name_that_reaches_out_of_its_archive_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="is named to be written outside its archive; the file is not used"):
        find([put(tmp_path, "x.zip", zipped({name: b"x"}))])


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("x.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(InputError, match="is named to be written outside"):
        find([tmp_path / "x.zip"])


def test_two_members_of_one_name_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        archive.writestr("x.csv", "1")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("x.csv", "2")
    with pytest.raises(InputError, match=r"x\.csv stands in its archive twice"):
        find([tmp_path / "x.zip"])


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped({"x.csv": b"x"}))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        data[data.index(mark) + (6 if mark == b"PK\x03\x04" else 8)] |= 1
    with pytest.raises(InputError, match=r"x\.csv is encrypted; unpack it with its password"):
        find([put(tmp_path, "x.zip", bytes(data))])


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_cut_archive_is_refused(tmp_path: Path, share: float) -> None:
    data = zipped({name: make() for name, make in (("a.csv", made.fees_csv), ("b.csv", made.mue_csv))})
    with pytest.raises(InputError, match=r"x\.zip is cut or damaged \(.*\); get the file again\.$"):
        find([put(tmp_path, "x.zip", data[: int(len(data) * share)])])


def test_damage_in_a_member_is_said_when_it_is_read(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.csv": made.fees_csv() * 50}))
    at = data.index(b"PK\x01\x02") - 30  # in the last of the packed bytes
    data[at : at + 8] = bytes(8)
    (source,) = find([put(tmp_path, "x.zip", bytes(data))])
    with pytest.raises(InputError, match=r"x\.zip > a\.csv is cut or damaged"):
        made.read_source(source)


@pytest.mark.parametrize(
    ("mark", "at", "new"),
    [
        (b"PK\x01\x02", 46, b"\xff\xfe"),  # a name that is said to be UTF-8
        (b"PK\x01\x02", 28, b"\x00\x00"),  # a name without a letter
        (b"PK\x03\x04", 26, b"\xff\xff"),  # a header that is longer than the file
    ],
)
def test_a_damaged_directory_is_refused(tmp_path: Path, mark: bytes, at: int, new: bytes) -> None:
    data = bytearray(zipped({"ü.csv": b"x"}))
    place = data.index(mark) + at
    data[place : place + len(new)] = new
    with pytest.raises(InputError, match=r"x\.zip.* is cut or damaged"):
        find([put(tmp_path, "x.zip", bytes(data))])


def test_a_cut_gz_is_refused(tmp_path: Path) -> None:
    (source,) = find([put(tmp_path, "x.csv.gz", gzip.compress(made.fees_csv())[:-20])])
    with pytest.raises(InputError, match=r"x\.csv\.gz is cut or damaged"):
        source.head(1 << 20)


def test_a_packing_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    data = bytearray(zipped({"x.csv": b"x"}))
    for mark, at in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        data[data.index(mark) + at] = 9
    with pytest.raises(InputError, match="is packed in a way that cannot be read"):
        find([put(tmp_path, "x.zip", bytes(data))])


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = put(tmp_path, "x.zip", zipped({"x.csv": bytes(6 << 20)}))
    with pytest.raises(
        InputError, match=r"^x\.zip > x\.csv unpacks to 6,291,456 bytes from [\d,]+, which no published"
    ):
        find([bomb])
    packed = put(tmp_path, "x.csv.gz", gzip.compress(bytes(6 << 20)))
    (source,) = find([packed])
    with pytest.raises(InputError, match="unpacks to"):
        source.head(8 << 20)


def test_more_than_the_limits_is_refused(tmp_path: Path) -> None:
    two = put(tmp_path, "x.zip", zipped({"a.csv": b"aaaa", "b.csv": b"bbbb"}))
    for limits, said in (
        (Limits(members=1), "x.zip holds 2 files, which no published archive does"),
        (Limits(total=7), "x.zip unpacks to more than 7 bytes"),
        (Limits(member=3), "x.zip > a.csv unpacks to 4 bytes"),
    ):
        with pytest.raises(InputError, match=re.escape(said)):
            find([two], limits)
    with pytest.raises(InputError, match="These files hold 2 members of 226 bytes, more than any edition"):
        find([put(tmp_path, "a.csv", b"a" * 113), put(tmp_path, "b.csv", b"b" * 113)], Limits(total=200))


@pytest.mark.skipif(sys.platform == "win32", reason="a folder cannot be opened as a file there, and is refused as none")
def test_a_disk_that_fails_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, "x.csv", b"x")

    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(InputError, match=r"^x\.csv cannot be read \(Input/output error\); check the file"):
        find([path])


# --- text -------------------------------------------------------------------------------------------------------------


def lines_of(data: bytes, block: int | None = None) -> list[str]:
    class Drops:
        """Hands out a few bytes at a time."""

        def __init__(self) -> None:
            self.stream = io.BytesIO(data)

        def read(self, size: int = -1, /) -> bytes:
            return self.stream.read(block or size)

    return list(Lines(Drops()))


@given(
    st.lists(
        st.text(st.characters(exclude_characters="\r\n\0\x1a", exclude_categories=["Cs"]), max_size=9), max_size=9
    ),
    st.lists(st.sampled_from(["\n", "\r", "\r\n"]), min_size=9, max_size=9),
    st.integers(1, 7),
)
def test_lines_are_the_same_however_they_end_and_however_they_come(
    words: list[str], ends: list[str], block: int
) -> None:
    kept = [word.removeprefix("\ufeff") for word in words]
    if any(end == "\r" and not after for end, after in zip(ends, kept[1:], strict=False)):
        ends = ["\n"] * 9  # a CR before an LF is one end
    data = "".join(word + end for word, end in zip(kept, ends, strict=False)).encode()
    assert lines_of(data, block) == lines_of(data) == kept


def test_text_is_utf_8_with_or_without_its_mark_or_windows() -> None:
    for data in ("CPT® é".encode(), "\ufeffCPT® é".encode(), "CPT® é".encode("cp1252")):
        assert lines_of(data) == ["CPT® é"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"one\ntw\x81o\n", "line 2: a byte (0x81) that is neither UTF-8 nor Windows-1252"),
        (b"one\ntwo\nthr\0ee", "line 3: a zero byte, so this is no text"),
        ("one".encode("utf-16"), "the text is UTF-16; save it as UTF-8 or get the file again"),
        (b"x" * 2 * LONGEST, f"line 1: over {LONGEST:,} characters without a line end, so this is no table"),
    ],
)
def test_what_is_no_text_is_refused_with_its_line(data: bytes, said: str) -> None:
    with pytest.raises(RefusedError) as refused:
        lines_of(data)
    assert str(refused.value) == said


def test_a_csv_may_hold_line_ends_in_its_cells() -> None:
    rows = list(records(['"one', 'two",3', "", "4,5"]))
    assert rows == [(1, ["one\ntwo", "3"]), (3, []), (4, ["4", "5"])]
    for bad in (['"open', "never shut"], ['"shut" and more,1']):
        with pytest.raises(RefusedError, match="line 1: the quotation marks do not match"):
            list(records(bad))


# --- workbooks --------------------------------------------------------------------------------------------------------

ROWS = [("one", "", "three"), ("", 2017, "a < b & c"), ("x",), (), ("", "", "", "", "", "", "", "", "", "", "last")]
EXPECTED = [
    (1, ["one", "", "three"]),
    (2, ["", "2017", "a < b & c"]),
    (3, ["x"]),
    (4, []),
    (5, [*[""] * 10, "last"]),
]


@pytest.mark.parametrize("inline", [True, False])
@pytest.mark.parametrize("prefix", ["", "x"])
@pytest.mark.parametrize("target", ["worksheets/sheet1.xml", "/xl/worksheets/sheet1.xml"])
def test_the_first_sheet_is_read_however_it_is_written(inline: bool, prefix: str, target: str) -> None:
    data = made.workbook(ROWS, inline=inline, prefix=prefix, target=target)
    assert list(xlsx.rows(io.BytesIO(data), "x")) == EXPECTED


def test_cells_without_names_stand_in_their_order() -> None:
    data = made.workbook(ROWS, names=False)
    assert [cells for _, cells in xlsx.rows(io.BytesIO(data), "x")][:3] == [
        ["one", "", "three"],
        ["", "2017", "a < b & c"],
        ["x"],
    ]


def rebuilt(change: Callable[[dict[str, bytes]], None]) -> io.BytesIO:
    with zipfile.ZipFile(io.BytesIO(made.workbook(ROWS))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    return io.BytesIO(zipped(members))


def replacing(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(members: dict[str, bytes]) -> None:
        assert old in members[name]
        members[name] = members[name].replace(old, new)

    return change


SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda members: members.pop(BOOK), "an Office file without a sheet"),
        (lambda members: members.pop(SHEET), "the workbook has no sheet"),
        (lambda members: members.pop("xl/_rels/workbook.xml.rels"), "the workbook has no sheet"),
        (lambda members: members.pop("xl/sharedStrings.xml"), "refers to a text '0' that the workbook does not have"),
        (replacing(SHEET, b"</row>", b"</wor>"), r"the workbook is damaged \(mismatched tag"),
        (replacing(SHEET, b"<v>0</v>", b"<v>-1</v>"), "line 1: a cell refers to a text '-1'"),
        (replacing(SHEET, b'r="A1"', b'r="$1"'), r"a cell stands in a column '\$', and no sheet has one"),
        (replacing(SHEET, b'r="A1"', b'r="ZZZ1"'), "a cell stands in a column 'ZZZ'"),
        (
            replacing(SHEET, b"<worksheet", b"<!DOCTYPE x><worksheet"),
            "declares a document type, which no workbook does",
        ),
    ],
)
def test_a_damaged_workbook_is_refused(change: Callable[[dict[str, bytes]], None], said: str) -> None:
    with pytest.raises(RefusedError, match=said):
        list(xlsx.rows(rebuilt(change), "x"))


def test_numbers_are_given_as_they_were_typed() -> None:
    change = replacing(SHEET, b"<v>2017</v>", b"<v>6.8899999999999997</v>")
    assert [cells for _, cells in xlsx.rows(rebuilt(change), "x")][1] == ["", "6.89", "a < b & c"]
    change = replacing(SHEET, b"<v>2017</v>", b"<v>no number at all</v>")
    with pytest.raises(RefusedError, match="line 2: a cell holds 'no number at all' as a number"):
        list(xlsx.rows(rebuilt(change), "x"))


def test_a_row_number_that_is_none_is_counted() -> None:
    change = replacing(SHEET, b'<row r="2"', b'<row r="two"')
    assert [number for number, _ in xlsx.rows(rebuilt(change), "x")] == [1, 2, 3, 4, 5]


def test_a_workbook_that_is_a_bomb_is_refused() -> None:
    def swell(members: dict[str, bytes]) -> None:
        members[SHEET] = b" " * (6 << 20)

    with pytest.raises(InputError, match="unpacks to 6,291,456 bytes"):
        list(xlsx.rows(rebuilt(swell), "x"))


PAGE = "a web page under the name of a table; get the file itself, not the page that links to it"

# --- what a file is ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7", "a PDF, which no table is read from"),
        (b"\xd0\xcf\x11\xe0old", "an Excel file of the old kind (xls); save it as xlsx or csv"),
        (b"\n<!DOCTYPE html><html>", PAGE),
        (b"<HTML><body>", PAGE),
        (b"<?xml version='1.0'?>", "an XML file, which is not read"),
        (b"{\\rtf1", "a text document (rtf), which no table is read from"),
        (b" \r\n", "empty"),
        (b"", "empty"),
        (b"a,b\n1,2\n", "none of the published layouts that this program knows; check that it is the file you meant"),
        (b'a,"b\n', "none of the published layouts that this program knows; check that it is the file you meant"),
        (b"\x00\x01\x02", "line 1: a zero byte, so this is no text"),
    ],
)
def test_what_is_no_published_table_is_said(tmp_path: Path, data: bytes, said: str) -> None:
    (source,) = find([put(tmp_path, "PPRRVU2025_Oct.csv", data)])
    with pytest.raises(RefusedError) as refused:
        recognise(source)
    assert str(refused.value) == said


def test_an_office_file_that_is_no_workbook_is_said(tmp_path: Path) -> None:
    (source,) = find(
        [put(tmp_path, "x.xlsx", zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<d/>"}))]
    )
    with pytest.raises(RefusedError, match="an Office file without a sheet"):
        recognise(source)


def test_the_beginning_of_a_long_file_ends_with_a_whole_line(tmp_path: Path) -> None:
    data = made.order_file(made.ICD_CM * 400)
    (source,) = find([put(tmp_path, "x.txt", data)])
    assert head_of(source).lines[-1] in made.order_file(made.ICD_CM * 400).decode().splitlines()
    (source,) = find([put(tmp_path, "y.txt", b"x" * 100_000)])
    assert head_of(source).lines == ("x" * (1 << 16),)


def test_bytes_are_a_stream_once() -> None:
    once = Once(b"x")
    assert (once.read(), once.read()) == (b"x", b"")


MAKERS: list[Callable[[], bytes]] = [
    *(made.fees_csv, made.fees_fixed, made.gpci_csv, made.gpci_fixed, made.counties_csv, made.counties_fixed),
    *(made.anesthesia_csv, made.anesthesia_fixed, made.ptp_text, made.mue_csv, made.aoc_xlsx, made.aoc_fixed),
    *(made.order_file, made.codes_file, made.addenda, made.conversion_xlsx, made.hcpcs_csv, made.hcpcs_fixed),
    *(made.opps_csv, made.asc_csv, lambda: made.cpt_file("LONGULF"), lambda: made.cpt_file("SHORTU")),
]
WHOLE = [make() for make in MAKERS]


def readable(data: bytes) -> None:
    """Either read or refused; nothing else may happen to a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = put(Path(folder), "file", data)
        said = "read"
        try:
            for source in find([path]):
                made.read_source(source)
        except InputError as error:
            said = str(error)
    assert said
    assert "\n" not in said


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_arbitrary_bytes_are_read_or_refused(data: bytes) -> None:
    readable(data)


@settings(max_examples=250, deadline=None)
@given(st.data())
def test_damaged_files_are_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(WHOLE)))
    for _ in range(data.draw(st.integers(0, 5))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    start, end = sorted((data.draw(st.integers(0, len(content))), data.draw(st.integers(0, len(content)))))
    readable(bytes(content[:start] + content[end:] if data.draw(st.booleans()) else content[:end]))


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_files_with_swapped_columns_or_lines_are_read_or_refused(data: st.DataObject) -> None:
    content = data.draw(st.sampled_from([whole for whole in WHOLE if not whole.startswith(b"PK")]))
    lines = content.splitlines(keepends=True)
    one, other = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    lines[one], lines[other] = lines[other], lines[one]
    left, right = (data.draw(st.integers(0, 6)) for _ in range(2))
    swapped = []
    for line in lines:
        cells = line.split(b",")
        if max(left, right) < len(cells):
            cells[left], cells[right] = cells[right], cells[left]
        swapped.append(b",".join(cells))
    readable(b"".join(swapped))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_damaged_archives_are_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(zipped({"a.csv": made.mue_csv(), "b.zip": zipped({"c.txt": made.ptp_text()})}))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    readable(bytes(content[: data.draw(st.integers(0, len(content)))] if data.draw(st.booleans()) else content))
