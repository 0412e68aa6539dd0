"""The libraries of the program work without all that the frozen program leaves out."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.workshop import libraries

ROOT = Path(__file__).parents[2]


def left_out() -> list[str]:
    """UNUSED_MODULES, as build.spec makes it on this Python."""
    lines = ast.parse((ROOT / "build.spec").read_text(encoding="utf-8")).body
    made, added = (line for line in lines if ast.unparse(line).startswith(("UNUSED_MODULES =", "if sys.version_info")))
    found: dict[str, list[str]] = {}
    exec(compile(ast.Module([made, added], []), "build.spec", "exec"), {"sys": sys}, found)
    return found["UNUSED_MODULES"]


def test_every_library_works_without_what_is_left_out() -> None:
    modules = left_out()
    assert {"socket", "ssl", "_ssl", "PySide6.QtNetwork", "sqlite_utils"} <= set(modules)
    command = [sys.executable, str(ROOT / "tests" / "workshop" / "libraries.py"), *modules]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_library_of_the_program_is_tried() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert {name.partition("==")[0] for name in project["project"]["dependencies"]} == set(libraries.USES)
