"""What is in the folder of the frozen program, and what is not."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from PyInstaller.archive.readers import PKG_ITEM_PYMODULE, CArchiveReader  # type: ignore[import-untyped]

import run
from encoder import paths

MOST_MB = 250
NETWORK = {"socket", "ssl", "_ssl", "http", "urllib.request", "ftplib", "asyncio", "PySide6.QtNetwork"}
TOOLS = {"sqlite_utils", "click", "simple_icd_10_cm", "pip", "setuptools", "pytest", "hypothesis", "tests", "db"}


@pytest.fixture(scope="module")
def files(built: Path) -> list[str]:
    inner = built / "_internal"
    return [part.relative_to(inner).as_posix() for part in inner.rglob("*")]


@pytest.fixture(scope="module")
def modules(built: Path, files: list[str]) -> set[str]:
    """Every module that the program can import: beside its start, archived, in Python's base, compiled, built in."""
    program = CArchiveReader(str(run.FROZEN))
    beside = {name for name, (*_, kind) in program.toc.items() if kind == PKG_ITEM_PYMODULE}
    packed = program.open_embedded_archive("PYZ.pyz").toc
    with ZipFile(built / "_internal" / "base_library.zip") as base:
        started = {name.removesuffix(".pyc").removesuffix("/__init__").replace("/", ".") for name in base.namelist()}
    parts = (name.split("/") for name in files if name.endswith((".so", ".pyd")))
    compiled = {".".join((*part[:-1], part[-1].partition(".")[0])) for part in parts}
    plain = {name.rpartition("lib-dynload.")[2] for name in compiled}
    return {*beside, *packed, *started, *compiled, *plain, *sys.builtin_module_names}


def test_no_module_can_reach_a_network(modules: set[str]) -> None:
    assert modules & NETWORK == set()
    if "_socket" not in sys.builtin_module_names and sys.version_info[:2] != (3, 13):  # build.spec says why
        assert "_socket" not in modules


def test_no_library_can_reach_a_network(files: list[str]) -> None:
    names = [Path(file).name.lower() for file in files]
    assert [name for name in names if "qt6network" in name or name.startswith(("libssl", "libcurl"))] == []
    assert [name for name in files if "/plugins/tls/" in name or "/networkinformation/" in name] == []


def test_no_tool_of_the_workshop_is_shipped(modules: set[str]) -> None:
    assert {name.partition(".")[0] for name in modules} & TOOLS == set()


def imported(file: Path) -> Iterator[str]:
    """The modules that a source file imports anywhere in it, but for what only a type checker reads."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for_checkers = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import) and id(node) not in for_checkers:
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and id(node) not in for_checkers:
            yield str(node.module)


def test_every_module_that_the_program_imports_is_carried(modules: set[str]) -> None:
    package = Path(paths.__file__).parent
    assert {name for file in package.rglob("*.py") for name in imported(file)} - modules == set()


def test_what_the_program_reads_and_must_say_is_in_the_folder(built: Path, files: list[str]) -> None:
    def texts(folder: Path) -> dict[str, bytes]:
        return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}

    assert texts(built / "_internal" / "resources") == texts(paths.resources())
    assert texts(built / "_internal" / "cases") == texts(paths.cases())
    assert {"db/encoder.db", "LICENSE", "THIRD_PARTY_NOTICES.md"} <= set(files)


def test_every_library_brings_its_licence(files: list[str]) -> None:
    lines = (Path(run.__file__).parent / "requirements" / "app.txt").read_text(encoding="utf-8").splitlines()
    names = {line.partition("==")[0] for line in lines if "==" in line and not line.startswith("#")}
    qt = {"pyside6-essentials", "shiboken6"}  # whose wheels hold no text: resources/licences does
    assert {file.split("/")[1] for file in files if file.startswith("licences/") and file.count("/") == 2} == names - qt


def test_no_link_in_the_folder_leads_nowhere(built: Path) -> None:
    assert [str(part) for part in built.rglob("*") if part.is_symlink() and not part.exists()] == []


def test_the_folder_stays_small(built: Path) -> None:
    size = sum(file.stat().st_size for file in built.rglob("*") if file.is_file() and not file.is_symlink()) / 1e6
    assert size < MOST_MB
