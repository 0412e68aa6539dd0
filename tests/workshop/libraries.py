"""Works with each library of the program, without the modules that are named: ``libraries.py MODULE ...``.

The frozen program leaves those modules out. What cannot work without one of them ends here with its traceback.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable


def docx() -> None:
    from docx import Document

    kept = io.BytesIO()
    document = Document()
    document.add_paragraph("distal femur")
    document.add_table(1, 1).cell(0, 0).text = "allograft"
    document.save(kept)
    read = Document(kept)
    assert read.paragraphs[0].text == "distal femur"
    assert read.tables[0].cell(0, 0).text == "allograft"


def pypdf() -> None:
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer = PdfWriter()
    page = writer.add_blank_page(200, 100)
    words = DecodedStreamObject()
    words.set_data(b"BT /F 12 Tf 10 50 Td (distal femur) Tj ET")
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    face = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
    fonts = DictionaryObject({NameObject("/F"): face})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    page[NameObject("/Contents")] = writer._add_object(words)
    writer.encrypt("", "owner", algorithm="AES-256")
    kept = io.BytesIO()
    writer.write(kept)
    assert PdfReader(kept).pages[0].extract_text() == "distal femur"


def rapidfuzz() -> None:
    from rapidfuzz import fuzz, process
    from rapidfuzz.distance import OSA

    assert process.extractOne("femru", ["tibia", "femur"], scorer=OSA.distance) == ("femur", 1, 1)
    assert fuzz.ratio("femur", "femur") == 100


def striprtf() -> None:
    from striprtf.striprtf import rtf_to_text

    assert rtf_to_text(r"{\rtf1\ansi\ansicpg1252 l\'e9sion}") == "lésion"  # type: ignore[no-untyped-call]


def cryptography() -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

    key = Ed25519PrivateKey.generate()
    key.public_key().verify(key.sign(b"pack"), b"pack")
    stretched = Argon2id(salt=bytes(16), length=32, iterations=1, lanes=1, memory_cost=64).derive(b"passphrase")
    locked = AESGCM(stretched).encrypt(bytes(12), b"key", None)
    assert AESGCM(stretched).decrypt(bytes(12), locked, None) == b"key"


def sqlcipher3() -> None:
    from sqlcipher3 import dbapi2  # type: ignore[import-untyped]

    connection = dbapi2.connect(":memory:")
    assert connection.execute("PRAGMA cipher_version").fetchone()
    connection.close()


def platformdirs() -> None:
    from platformdirs import user_data_path

    assert user_data_path("Graftpath", appauthor=False).name == "Graftpath"


def qt() -> None:
    from PySide6 import QtCore, QtGui, QtPrintSupport, QtSvg, QtWidgets

    assert all(module.__name__ for module in (QtCore, QtGui, QtPrintSupport, QtSvg, QtWidgets))


USES: dict[str, Callable[[], None]] = {
    "PySide6-Essentials": qt,
    "cryptography": cryptography,
    "platformdirs": platformdirs,
    "pypdf": pypdf,
    "python-docx": docx,
    "rapidfuzz": rapidfuzz,
    "sqlcipher3": sqlcipher3,
    "striprtf": striprtf,
}


if __name__ == "__main__":
    for name in sys.argv[1:]:
        sys.modules[name] = None  # type: ignore[assignment]  # importing it then fails
    for use in USES.values():
        use()
