"""Operative notes as files: plain text, Markdown, RTF, Word and PDF become text, the text as it is shown and quoted.

The libraries are loaded when a file of their kind is first opened. What a file cannot give is said in one sentence that
names no word of its content: notes are about patients. Nothing is written anywhere.
"""

from __future__ import annotations

import io
import logging
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from encoder.core.beside.case_note import Document, Part
from encoder.errors import InputError

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.section import _Footer, _Header
    from docx.table import _Cell as Cell

    Edge = _Header | _Footer

ENDINGS = (".txt", ".text", ".md", ".rtf", ".docx", ".pdf")
MOST_BYTES = 64_000_000
MOST_LETTERS = 4_000_000
"""About two thousand pages; a longer file is no operative note, and reading it would hold the program up."""
Progress = Callable[[int, int], None]
_BREAK = re.compile(r"\r\n?|[\u2028\u2029\x85]")
_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe\x00\x00": "utf-32", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_SENSE = 0.02
_MOST_UNPACKED = 8 * MOST_BYTES
_WORD = re.compile(r"[^\W\d_]{3}")
_BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
"""What the libraries say of bytes that are not what they seem; an ``InputError`` of ours passes through."""


def read_document(file: Path, progress: Progress | None = None) -> Document:
    """Read one file.

    Args:
        progress: called with the pages read and their number, for a long PDF.

    Raises:
        InputError: the file is missing, too large, of another kind, encrypted, damaged, or holds no text.
    """
    try:
        size = file.stat().st_size
        if size > MOST_BYTES:
            raise InputError(
                f"{file.name} has {size // 1_000_000} MB, more than the {MOST_BYTES // 1_000_000} MB that are read; "
                "save the note alone as text and open that."
            )
        data = file.read_bytes()
    except OSError as error:
        raise InputError(f"{file.name} cannot be read ({error.strerror}); check its place and its rights.") from error
    return document_of(file.name, data, progress)


def document_of(name: str, data: bytes, progress: Progress | None = None) -> Document:
    """The document in some bytes; the name's ending says of what kind they are, their first bytes overrule it.

    Raises:
        InputError: as for ``read_document``.
    """
    return made(name, _reader(name, data)(name, data, progress))


def made(name: str, text: str) -> Document:
    """A document of text that is already at hand, such as pasted text: every line break is the same.

    Raises:
        InputError: it is empty, or longer than what is read.
    """
    text = _BREAK.sub("\n", text)
    if not text.strip():
        raise InputError(f"{name} holds no text; open the note itself, or paste it.")
    if len(text) > MOST_LETTERS:
        raise InputError(
            f"{name} holds more than the {MOST_LETTERS:,} characters that are read; cut the note out of it."
        )
    return Document(name, text)


def joined(documents: Sequence[Document]) -> tuple[str, tuple[Part, ...]]:
    """Several documents of one case as one text, and where each stands in it."""
    parts: list[str] = []
    places: list[Part] = []
    at = 0
    for number, document in enumerate(documents):
        lead = "" if number == 0 else "\n\n"
        parts += [lead, document.text]
        at += len(lead)
        places.append(Part(document.name, at, at + len(document.text)))
        at += len(document.text)
    return "".join(parts), tuple(places)


_Read = Callable[[str, bytes, Progress | None], str]


def _reader(name: str, data: bytes) -> _Read:
    start = data[:1024].lstrip()
    ending = Path(name).suffix.lower()
    if start.startswith(b"%PDF-"):
        return _pdf
    if start.startswith(b"{\\rtf"):
        return _rtf
    if data.startswith(b"PK\x03\x04"):
        return _docx
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError(f"{name} is a Word file of the old kind (.doc); save it as .docx or as text and open that.")
    if ending in (".pdf", ".rtf", ".docx"):
        kind = {".pdf": "PDF", ".rtf": "RTF", ".docx": "Word"}[ending]
        raise InputError(f"{name} is no {kind} file, though its name says so; save the note again and open that.")
    return _plain


def _plain(name: str, data: bytes, progress: Progress | None) -> str:
    """Text in the encoding its first bytes name, else UTF-8, else the Western one of Windows."""
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if b"\0" in data[:4096]:
        zeros = data[:4096]
        if zeros[1::2].count(0) > len(zeros) // 4:
            return data.decode("utf-16-le", errors="replace")
        if zeros[0::2].count(0) > len(zeros) // 4:
            return data.decode("utf-16-be", errors="replace")
        raise InputError(f"{name} is no text; open a note as {', '.join(e[1:] for e in ENDINGS)}.")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    odd = sum(1 for letter in text[:20_000] if (letter < " " and letter not in "\t\n\r\f\v") or letter == "\ufffd")
    if odd > max(8, _SENSE * min(len(text), 20_000)):
        raise InputError(f"{name} is no text; open a note as {', '.join(e[1:] for e in ENDINGS)}.")
    return text


def _rtf(name: str, data: bytes, progress: Progress | None) -> str:
    from striprtf.striprtf import rtf_to_text

    try:
        return str(rtf_to_text(data.decode("latin-1"), errors="replace"))  # type: ignore[no-untyped-call]
    except _BROKEN as error:
        raise InputError(f"{name} is a damaged RTF file; save the note as text and open that.") from error


def _docx(name: str, data: bytes, progress: Progress | None) -> str:
    """Headers, then paragraphs and tables in order, then footers; what repeats from section to section stands once."""
    import docx
    from docx.opc.exceptions import OpcError

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(info.file_size for info in packed.infolist())
        if size > _MOST_UNPACKED:
            raise InputError(f"{name} unpacks to {size // 1_000_000} MB; save the note alone as text and open that.")
        word = docx.Document(io.BytesIO(data))
        heads = [line for section in word.sections for line in _blocks(section.header)]
        feet = [line for section in word.sections for line in _blocks(section.footer)]
        return "\n".join([*dict.fromkeys(heads), *_blocks(word), *dict.fromkeys(feet)])
    except (*_BROKEN, OpcError) as error:
        raise InputError(f"{name} is a damaged or locked Word file; save the note as text and open that.") from error


def _blocks(holder: Word | Cell | Edge) -> Iterator[str]:
    """The paragraphs of a document, header or table cell; a row of a table is one line, its cells parted by a bar."""
    from docx.table import Table

    for block in holder.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                cells = dict.fromkeys(row.cells)  # a merged cell is handed out once for each column
                yield " | ".join(" ".join(line for line in _blocks(cell) if line) for cell in cells)
        else:
            yield block.text.strip()


def _pdf(name: str, data: bytes, progress: Progress | None) -> str:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its remarks quote the file
    texts: list[str] = []
    letters = 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = PdfReader(io.BytesIO(data), strict=False)
            if reader.is_encrypted and not reader.decrypt(""):
                raise InputError(f"{name} is locked with a password; save the note without it and open that.")
            pages = len(reader.pages)
            for number in range(pages):
                texts.append(reader.pages[number].extract_text())
                letters += len(texts[-1])
                if progress is not None:
                    progress(number + 1, pages)
                if letters > MOST_LETTERS:
                    break
    except (*_BROKEN, PyPdfError) as error:
        raise InputError(f"{name} is a damaged or locked PDF; print it to a new PDF or save it as text.") from error
    text = "\n\n".join(texts)
    if pages and not _WORD.search(text):
        raise InputError(f"{name} is a scanned PDF: it holds pictures, no text; run text recognition on it first.")
    return text
