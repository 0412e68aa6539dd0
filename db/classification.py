"""The tabular list of ICD-10-CM, as it is published, into rows: read from the data files of simple-icd-10-cm.

The package's own interface builds every object of the list in memory; its files are read here instead, which takes a
quarter of a second. The tabular list leaves out codes with a seventh character, and some of those that its rules would
give do not exist: the list of all codes beside it says which do.
"""

from __future__ import annotations

import importlib.util
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from db.reference import CM
from db.rows import Tables, Value
from encoder.errors import DataError, SetupError

PACKAGE = "simple_icd_10_cm"
YEAR = "2026"
"""The fiscal year of the list; the package carries its April release, whose codes are those of the October one."""

NOTES = {
    "notes": "note",
    "includes": "includes",
    "inclusionTerm": "inclusion_term",
    "excludes1": "excludes1",
    "excludes2": "excludes2",
    "useAdditionalCode": "use_additional",
    "codeFirst": "code_first",
    "codeAlso": "code_also",
    "sevenChrNote": "seventh_note",
}
_LENGTH = 7  # characters of a code with its seventh, without the point


@dataclass(frozen=True)
class Release:
    """The two files of one release."""

    tabular: Path
    codes: Path


@dataclass
class _Reading:
    """What was read so far."""

    file: str
    codes: frozenset[str]
    entries: list[dict[str, Value]] = field(default_factory=list)
    notes: list[dict[str, Value]] = field(default_factory=list)
    sevenths: list[dict[str, Value]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def refuse(self, code: str, fault: str) -> DataError:
        return DataError(f"{self.file}: at {code or 'an entry without a name'} {fault}; install the package again.")


def find_release() -> Release:
    """The release inside the installed package, without importing it.

    Raises:
        SetupError: the package is missing or does not hold one release.
    """
    spec = importlib.util.find_spec(PACKAGE)
    folder = Path(spec.submodule_search_locations[0]) / "data" if spec and spec.submodule_search_locations else None
    tabular = sorted(folder.glob("*tabular*.xml")) if folder else []
    codes = sorted(folder.glob("*code-list*.txt")) if folder else []
    if len(tabular) != 1 or len(codes) != 1:
        raise SetupError(f"The package {PACKAGE} with the ICD-10-CM list is not installed whole; run: python run.py db")
    return Release(tabular[0], codes[0])


def classification(release: Release, changes: Sequence[Mapping[str, Value]]) -> Tables:
    """The rows of icd, icd_note and icd_seventh.

    Raises:
        DataError: a file is no such list, or a change names an entry that the list does not have.
    """
    file = release.tabular.name
    try:
        root = ET.parse(release.tabular).getroot()
        listed = frozenset(release.codes.read_text(encoding="utf-8").split())
    except (OSError, ET.ParseError, UnicodeDecodeError) as error:
        raise DataError(
            f"{file}: the list of diagnoses cannot be read ({error}); install the package again."
        ) from error
    version = root.findtext("version", "").strip()
    if version != YEAR:
        raise DataError(
            f"{file}: found the release of '{version}', expected {YEAR}; db/classification.py dates its rows."
        )
    reading = _Reading(file, listed)
    for chapter in root.iter("chapter"):
        number, name = _text(chapter, "name"), _text(chapter, "desc")
        _entry(reading, chapter, f"Chapter {number}", name, "chapter", "")
        for section in chapter.iter("section"):
            key = section.get("id", "")
            block = key if "-" in key else f"{key}-{key}"
            _entry(reading, section, block, _text(section, "desc"), "block", f"Chapter {number}")
            for diagnosis in section.findall("diag"):
                _diagnosis(reading, diagnosis, block, "", {})
    _check_changes(reading, changes)
    return {"icd": reading.entries, "icd_note": reading.notes, "icd_seventh": reading.sevenths}


def _diagnosis(reading: _Reading, element: ET.Element, parent: str, seventh: str, letters: Mapping[str, str]) -> None:
    """One heading or code and all below it; ``seventh`` names the entry whose seventh characters hold here."""
    code = _text(element, "name")
    if not CM.fullmatch(code):
        raise reading.refuse(code, "a code was expected")
    own = element.find("sevenChrDef")
    if own is not None:
        seventh, letters = code, dict(_sevenths(reading, code, own))
    below = element.findall("diag")
    bare = code.replace(".", "")
    taken = "" if below else "".join(a for a in letters if bare.ljust(_LENGTH - 1, "X") + a in reading.codes)
    if not below and not taken and bare not in reading.codes:
        raise reading.refuse(code, "the list of all codes was expected to hold it")
    _entry(reading, element, code, _text(element, "desc"), "heading" if below else "code", parent)
    reading.entries[-1] |= {"seventh": seventh if taken else "", "letters": taken}
    for child in below:
        _diagnosis(reading, child, code, seventh, letters)


def _entry(reading: _Reading, element: ET.Element, code: str, title: str, kind: str, parent: str) -> None:
    if not title or code in reading.seen:
        raise reading.refuse(code, "a title was expected" if not title else "one entry was expected, not two")
    reading.seen.add(code)
    reading.entries.append(
        {
            "code": code,
            "position": len(reading.entries),
            "title": title,
            "kind": kind,
            "parent": parent,
            "seventh": "",
            "letters": "",
        }
    )
    position = 0
    for child in element:
        for note in child if child.tag in NOTES else ():
            text = " ".join((note.text or "").split())
            if text:
                reading.notes.append({"code": code, "position": position, "kind": NOTES[child.tag], "text": text})
                position += 1


def _sevenths(reading: _Reading, code: str, definitions: ET.Element) -> Iterator[tuple[str, str]]:
    """The letters that an entry defines; a note after one says what else the letter stands for."""
    rows: list[dict[str, Value]] = []
    for child in definitions:
        text = " ".join((child.text or "").split())
        if child.tag == "extension":
            rows.append({"code": code, "letter": child.get("char", ""), "text": text, "also": ""})
            yield child.get("char", ""), text
        elif rows:
            rows[-1]["also"] = text
    reading.sevenths += rows


def _check_changes(reading: _Reading, changes: Sequence[Mapping[str, Value]]) -> None:
    """Each new code and heading must be in the list; each deleted code must be in it or bring its title."""
    for row in changes:
        code, bare = str(row["code"]), str(row["code"]).replace(".", "")
        known, change = code in reading.seen or bare in reading.codes, str(row["change"])
        if not known and (change != "deleted" or not row["title"]):
            raise DataError(
                f"diagnosis_changes.csv: {code} is {change} and not in the ICD-10-CM list, expected an entry of "
                "it or, for a deleted code, a title; correct the row."
            )


def _text(element: ET.Element, tag: str) -> str:
    return " ".join(element.findtext(tag, "").split())
