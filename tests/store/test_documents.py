"""Notes as files: each kind read through its library, each kind of bad file refused in one sentence."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from encoder.core.beside.case_note import Document
from encoder.errors import InputError
from encoder.store import documents
from encoder.store.documents import document_of, joined, read_document

NOTE = "PROCEDURE: Wide resection of the left femur."


def pdf(*pages: str, lock: str = "") -> bytes:
    """A small PDF whose pages show their text in Helvetica."""
    writer = PdfWriter()
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    for text in pages:
        page = writer.add_blank_page(300, 300)
        fonts = DictionaryObject({NameObject("/F1"): font})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 10 200 Td ({text}) Tj ET".encode() if text else b"")
        page[NameObject("/Contents")] = writer._add_object(stream)
    if lock:
        writer.encrypt(lock, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def word(make: Callable[[docx.document.Document], None]) -> bytes:
    made = docx.Document()
    make(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def full(made: docx.document.Document) -> None:
    made.sections[0].header.paragraphs[0].text = "Hospital"
    made.sections[0].footer.paragraphs[0].text = "Page"
    made.add_paragraph("PROCEDURE")
    table = made.add_table(2, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Side", "left"
    table.cell(1, 0).merge(table.cell(1, 1)).text = "Graft"
    made.add_paragraph("End")


# ---- each kind


@pytest.mark.parametrize(
    "data",
    [
        NOTE.encode(),
        b"\xef\xbb\xbf" + NOTE.encode(),
        NOTE.encode("utf-16"),
        NOTE.encode("utf-32"),
        NOTE.encode("utf-16-le"),
        NOTE.encode("utf-16-be"),
    ],
)
def test_plain_text_in_every_encoding(data: bytes) -> None:
    assert document_of("note.txt", data).text == NOTE


def test_western_letters_and_line_ends() -> None:
    assert document_of("note.md", "Naïve\r\nlésion\rdone".encode("cp1252")).text == "Naïve\nlésion\ndone"


def test_rtf_word_and_pdf() -> None:
    assert NOTE in document_of("note.rtf", rb"{\rtf1\ansi " + NOTE.encode() + rb"\par}").text
    lines = document_of("note.docx", word(full)).text.split("\n")
    assert lines == ["Hospital", "PROCEDURE", "Side | left", "Graft", "End", "Page"]
    assert document_of("note.pdf", pdf(NOTE, "Second page")).text == f"{NOTE}\n\nSecond page"


def test_the_first_bytes_overrule_the_name() -> None:
    assert NOTE in document_of("note.txt", pdf(NOTE)).text


def test_progress_is_told_for_each_page() -> None:
    told: list[tuple[int, int]] = []
    document_of("note.pdf", pdf(NOTE, "Two", "Three"), lambda done, pages: told.append((done, pages)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_pdf_locked_without_a_password_opens() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(NOTE))))
    writer.encrypt("", owner_password="x", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    assert NOTE in document_of("note.pdf", out.getvalue()).text


# ---- what is refused


def unpacked(name: str, size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, b"0" * size)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("n.txt", b"", "holds no text"),
        ("n.txt", bytes(range(1, 9)) * 40, "is no text"),
        ("n.txt", b"a\x00b" + b"x" * 400 + b"\x00", "is no text"),
        ("n.pdf", b"hello", "is no PDF file"),
        ("n.rtf", b"hello", "is no RTF file"),
        ("n.docx", b"hello", "is no Word file"),
        ("n.doc", b"\xd0\xcf\x11\xe0" + b"x" * 99, "of the old kind"),
        ("n.pdf", b"%PDF-1.7 broken", "damaged or locked PDF"),
        ("n.pdf", pdf(NOTE, lock="secret"), "locked with a password"),
        ("n.pdf", pdf("", ""), "scanned PDF"),
        ("n.docx", b"PK\x03\x04broken", "damaged or locked Word"),
        ("n.docx", unpacked("other.xml", 9), "damaged or locked Word"),
        ("n.rtf", rb"{\rtf1 \u99999999?}", "damaged RTF"),
    ],
)
def test_a_bad_file_is_refused_in_one_sentence(name: str, data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says) as caught:
        document_of(name, data)
    assert "secret" not in str(caught.value)
    assert str(caught.value).count(". ") == 0


def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "note.txt"
    file.write_text(NOTE, encoding="utf-8")
    assert read_document(file) == Document("note.txt", NOTE)
    monkeypatch.setattr(documents, "MOST_LETTERS", 20)
    with pytest.raises(InputError, match="more than the 20 characters"):
        read_document(file)
    with pytest.raises(InputError, match="more than the 20 characters"):
        document_of("n.pdf", pdf(NOTE, NOTE))
    monkeypatch.setattr(documents, "MOST_BYTES", 10)
    with pytest.raises(InputError, match="0 MB"):
        read_document(file)
    monkeypatch.setattr(documents, "_MOST_UNPACKED", 10)
    with pytest.raises(InputError, match="unpacks to"):
        document_of("n.docx", word(full))


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"gone\.txt cannot be read"):
        read_document(tmp_path / "gone.txt")


# ---- several, and anything at all


def test_several_documents_are_one_text_and_each_is_found_in_it() -> None:
    text, places = joined([Document("a", "one"), Document("b", "two")])
    assert [text[place.start : place.end] for place in places] == ["one", "two"]
    assert joined([]) == ("", ())


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(("n.txt", "n.pdf", "n.rtf", "n.docx")),
    st.sampled_from((b"", b"%PDF-1.4\n", b"{\\rtf1", b"PK\x03\x04")),
    st.binary(max_size=300),
)
def test_arbitrary_bytes_are_read_or_refused(name: str, lead: bytes, data: bytes) -> None:
    try:
        text = document_of(name, lead + data).text
    except InputError as error:
        text = str(error) if str(error).startswith(name) else ""
    assert text.strip()
