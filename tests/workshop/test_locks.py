"""The locked requirements: complete, alike, and tied to no package index."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("app.txt", "build.txt", "dev.txt")


def text(lock: str) -> str:
    return (ROOT / "requirements" / lock).read_text(encoding="utf-8")


def locked(lock: str) -> dict[str, list[str]]:
    """The line that pins a package, and its hashes."""
    packages: dict[str, list[str]] = {}
    hashes: list[str] = []
    for line in text(lock).splitlines():
        if line.startswith("    "):
            hashes.append(line.strip(" \\"))
        elif not line.startswith("#"):
            hashes = packages[line.removesuffix(" \\")] = []
    return packages


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_to_hashes(lock: str) -> None:
    packages = locked(lock)
    assert packages
    for package, hashes in packages.items():
        assert "==" in package
        assert hashes
        assert all(entry.startswith("--hash=sha256:") for entry in hashes)


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_a_package_index(lock: str) -> None:
    assert [
        word for word in ("://", "--index-url", "--extra-index-url", "--find-links", "@") if word in text(lock)
    ] == []


def test_the_tools_are_locked_with_the_versions_and_hashes_of_the_program() -> None:
    dev = locked("dev.txt")
    assert {**dev, **locked("app.txt"), **locked("build.txt")} == dev


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = {
        "app.txt": project["project"]["dependencies"],
        "build.txt": project["dependency-groups"]["build"],
        "dev.txt": project["dependency-groups"]["dev"],
    }
    for lock, packages in wanted.items():
        assert {package.lower() for package in packages} <= {pin.partition(" ")[0] for pin in locked(lock)}


def test_the_notices_name_every_locked_package() -> None:
    notices = (ROOT / "THIRD_PARTY_NOTICES.md").read_text(encoding="utf-8").lower()
    program = {pin.partition(" ")[0].replace("==", " ") for pin in locked("app.txt")}
    assert sorted(pin for pin in program if pin not in notices) == []
    tools = {pin.partition("==")[0] for pin in [*locked("build.txt"), *locked("dev.txt")]}
    assert sorted(name for name in tools if name not in notices) == []


def test_the_system_libraries_are_one_package_name_a_line() -> None:
    names = text("debian.list").splitlines()
    assert names
    assert len(set(names)) == len(names)
    assert all(name.startswith("lib") and name == name.strip() and " " not in name for name in names)
