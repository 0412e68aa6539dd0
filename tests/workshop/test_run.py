"""run.py: what it says on a machine that lacks something, when it sets up again, and what it starts."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

import run

ROOT = Path(run.__file__).parent
NO_DISPLAY = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


class Machine:
    """Stands in for the processes that run.py starts: remembers them, and answers as a test wants."""

    def __init__(self) -> None:
        self.started: list[list[str]] = []
        self.fails: dict[str, tuple[int, str]] = {}  # a word of the command -> exit code and output

    def call(self, command: list[str], log: Path | None = None) -> int:
        code, printed = self.answer(command)
        if log is not None:
            log.write_text(printed, encoding="utf-8")
        if "venv" in command:
            python = run.Environment(Path(command[-1])).python
            python.parent.mkdir(parents=True)
            python.touch()
        return code

    def run(self, command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        code, printed = self.answer(command)
        return subprocess.CompletedProcess(command, code, stdout=printed, stderr=printed)

    def answer(self, command: list[str]) -> tuple[int, str]:
        self.started.append(command)
        return next((answer for word, answer in self.fails.items() if word in command), (0, ""))

    def said(self, word: str) -> list[list[str]]:
        return [command for command in self.started if word in command]


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Machine:
    machine = Machine()
    monkeypatch.setattr(run, "call", machine.call)
    monkeypatch.setattr("run.subprocess.run", machine.run)
    monkeypatch.setenv("GRAFTPATH_VENV", str(tmp_path / "venv"))
    monkeypatch.setenv("PYTHONPATH", "")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.delenv("GRAFTPATH_DATABASE_FAULT", raising=False)
    monkeypatch.chdir(tmp_path)
    return machine


@pytest.fixture
def environment(machine: Machine, tmp_path: Path) -> run.Environment:
    return run.Environment(tmp_path / "venv")


def one_line(capsys: pytest.CaptureFixture[str]) -> str:
    """What was said, which is one line beside the line of the set-up."""
    lines = [line for line in capsys.readouterr().err.splitlines() if not line.startswith("Setting up in")]
    assert len(lines) == 1, lines
    return lines[0]


# Old Pythons


def test_every_line_runs_on_an_old_python() -> None:
    tree = ast.parse((ROOT / "run.py").read_text(encoding="utf-8"), feature_version=(3, 7))
    futures = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module == "__future__"]
    assert futures == []
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    notes = [note for node in functions for note in (node.returns, *(arg.annotation for arg in signature(node.args)))]
    assert [ast.unparse(note) for note in notes if isinstance(note, ast.Subscript | ast.BinOp)] == []


def signature(of: ast.arguments) -> list[ast.arg]:
    """Every parameter of a function."""
    return [*of.posonlyargs, *of.args, *of.kwonlyargs, *(arg for arg in (of.vararg, of.kwarg) if arg is not None)]


def test_only_the_standard_library_is_imported() -> None:
    tree = ast.parse((ROOT / "run.py").read_text(encoding="utf-8"))
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    taken_from = {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in plain | taken_from} <= sys.stdlib_module_names


def test_an_old_python_is_told_in_one_line(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("run.sys.version_info", (3, 10, 13))
    assert run.main([]) == 4
    assert "needs 3.11 or newer; start run.py with such a Python" in one_line(capsys)
    assert machine.started == []


def test_the_oldest_python_is_the_one_that_the_project_names() -> None:
    version = ".".join(map(str, run.OLDEST))
    assert f'requires-python = ">={version}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


# Help


def test_help_lists_every_command_with_a_line_of_its_own(
    machine: Machine, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for word in ("help", "-h", "--help"):
        assert run.main([word]) == 0
        out = capsys.readouterr().out
        assert [name for name in run.COMMANDS if f"\n  {name:<6} " in out] == list(run.COMMANDS)
        assert str(tmp_path / "venv") in out
    assert set(run.COMMANDS) == {"run", "test", "check", "db", "shots", "bench", "build"}
    assert machine.started == []


# The set-up


def test_the_first_start_sets_up_and_the_second_does_not(environment: run.Environment, machine: Machine) -> None:
    environment.prepare("app")
    pip = machine.said("pip")[0]
    assert {"--require-hashes", "--no-deps", "--only-binary=:all:"} <= set(pip)
    assert not [word for word in pip if "index" in word or "find-links" in word]
    assert [Path(word).name for word in pip if word.endswith(".txt")] == ["app.txt", "build.txt"]
    before = len(machine.started)
    environment.prepare("app")
    assert len(machine.started) == before


def test_the_tools_are_added_to_the_environment_that_is_there(environment: run.Environment, machine: Machine) -> None:
    environment.prepare("app")
    environment.prepare("dev")
    assert len(machine.said("venv")) == 1
    assert [Path(word).name for word in machine.said("pip")[-1] if word.endswith(".txt")] == ["dev.txt"]


def test_the_tools_hold_all_that_the_program_needs(environment: run.Environment, machine: Machine) -> None:
    environment.prepare("dev")
    before = len(machine.started)
    environment.prepare("app")
    assert len(machine.started) == before


def test_the_stamp_changes_with_a_lock_file_and_with_the_python(
    environment: run.Environment, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(run, "REQUIREMENTS", tmp_path)
    lock = tmp_path / "app.txt"
    lock.write_text("shiboken6==6.11.3", encoding="utf-8")
    first = environment.stamp()
    assert first == environment.stamp()
    lock.write_text("shiboken6==6.11.4", encoding="utf-8")
    second = environment.stamp()
    monkeypatch.setattr("run.sys.version", "3.13.0")
    assert len({first, second, environment.stamp()}) == 3


def test_a_changed_lock_file_rebuilds_the_environment_from_nothing(
    environment: run.Environment, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.prepare("dev")
    left_over = environment.folder / "lib" / "old.py"
    left_over.parent.mkdir()
    left_over.touch()
    monkeypatch.setattr("run.sys.version", "3.13.0")
    environment.prepare("app")
    assert not left_over.exists()
    assert environment.has("app")
    assert not environment.has("dev")


def test_an_interrupted_set_up_is_done_again(
    environment: run.Environment, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(command: list[str], log: Path | None = None) -> int:
        if "pip" in command:
            raise KeyboardInterrupt
        return machine.call(command, log)

    monkeypatch.setattr(run, "call", interrupted)
    assert run.main(["decide"]) == 130
    assert not environment.has("app")
    monkeypatch.setattr(run, "call", machine.call)
    assert run.main(["decide"]) == 0
    assert environment.has("app")
    assert len(machine.said("venv")) == 2


def test_a_folder_of_someone_else_is_never_emptied(
    environment: run.Environment, machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    environment.folder.mkdir()
    (environment.folder / "thesis.odt").touch()
    assert run.main(["decide"]) == 4
    assert one_line(capsys).endswith(
        "venv was not made by run.py; move it away, or name another folder in GRAFTPATH_VENV."
    )
    assert (environment.folder / "thesis.odt").exists()
    assert machine.started == []


def test_a_python_without_venv_is_told_which_package_to_install(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("run.importlib.util.find_spec", lambda name: None if name == "ensurepip" else object())
    assert run.main(["decide"]) == 4
    python = f"python{sys.version_info.major}.{sys.version_info.minor}"
    assert one_line(capsys).endswith(
        f"lacks the venv module, which the set-up needs; Debian and Ubuntu: apt install {python}-venv"
    )


def test_a_folder_that_cannot_be_used_is_named(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("GRAFTPATH_VENV", str(tmp_path / "file" / "venv"))
    assert run.main(["decide"]) == 4
    line = one_line(capsys)
    assert line.startswith(f"Cannot use {tmp_path / 'file' / 'venv'}")
    assert line.endswith("copy the program to a folder of your own, or name one for its packages in GRAFTPATH_VENV.")


@pytest.mark.parametrize(
    ("printed", "meaning"),
    [
        (
            "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError('<...>: Failed to "
            "establish a new connection: [Errno -3] Temporary failure in name resolution')': /simple/shiboken6/\n"
            "ERROR: No matching distribution found for shiboken6==6.11.3\n",
            "the package index was not reached; check the network",
        ),
        (
            "WARNING: Retrying after connection broken by 'ProxyError('Cannot connect to proxy.')'\n",
            "the package index was not reached; check the network",
        ),
        (
            "ERROR: Could not find a version that satisfies the requirement shiboken6==6.11.3 (from versions: none)\n"
            "ERROR: No matching distribution found for shiboken6==6.11.3\n",
            "no shiboken6==6.11.3 was found for Python ",
        ),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.\n", "a package is not the one"),
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n",
            "the disk is full",
        ),
        ("ERROR: First fault\nERROR: pip is too old\n[notice] more\n", "pip ended with 'pip is too old'"),
        ("Segmentation fault\n", "it ended with 'Segmentation fault'"),
        ("", "it gave no reason"),
    ],
)
def test_what_pip_printed_is_said_in_one_line_with_the_log(
    machine: Machine,
    environment: run.Environment,
    capsys: pytest.CaptureFixture[str],
    printed: str,
    meaning: str,
) -> None:
    machine.fails["pip"] = (1, printed)
    assert run.main(["decide"]) == 4
    line = one_line(capsys)
    assert line.startswith(f"The set-up failed: {meaning}")
    assert line.endswith(f"All that pip said: {environment.log}")
    assert environment.log.read_text(encoding="utf-8") == printed
    assert not environment.has("app")


@pytest.mark.parametrize(
    ("free", "printed", "meaning"),
    [
        (0, "", "the disk is full; free about 1 GB, or name another folder in GRAFTPATH_VENV"),
        (10**9, "", "it gave no reason"),
        (0, "Error: no rights in 'lib'\n", "it ended with 'Error: no rights in 'lib''"),
    ],
)
def test_an_environment_that_cannot_be_made_says_why(
    machine: Machine,
    environment: run.Environment,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    free: int,
    printed: str,
    meaning: str,
) -> None:
    machine.fails["venv"] = (1, printed)
    monkeypatch.setattr("run.shutil.disk_usage", lambda _folder: SimpleNamespace(free=free))
    assert run.main(["decide"]) == 4
    assert one_line(capsys) == f"Python could not make an environment in {environment.folder}: {meaning}."
    assert not machine.said("pip")


def test_a_wheelhouse_takes_the_place_of_the_index(machine: Machine, tmp_path: Path) -> None:
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    assert run.main(["--wheelhouse", "wheels", "decide"]) == 0
    assert {"--no-index", f"--find-links={wheels}"} <= set(machine.said("pip")[0])


@pytest.mark.parametrize("arguments", [["--wheelhouse"], ["--wheelhouse", "nowhere", "decide"]])
def test_a_wheelhouse_that_is_not_there_is_said(
    machine: Machine, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert run.main(arguments) == 2
    assert one_line(capsys).startswith("--wheelhouse needs the folder with the packages, not '")


# The window


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["--dos", "2026-05-01", "--compact"], True),
        (["--case", "decide", "--note=op.txt"], True),
        (["decide"], False),
        (["--dos", "2026-05-01", "decide", "-a", "side=left"], False),
        (["--help"], False),
        (["--version"], False),
    ],
)
def test_without_a_command_the_window_opens(arguments: list[str], window: bool) -> None:
    assert run.opens_window(arguments) is window


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")
def test_no_display_is_said_before_anything_is_installed(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in NO_DISPLAY:
        monkeypatch.delenv(name, raising=False)
    assert run.main([]) == 4
    assert one_line(capsys) == (
        "No display: the window needs a desktop; use the commands, for example python run.py decide --help."
    )
    assert machine.started == []
    assert run.main(["decide"]) == 0


@pytest.mark.parametrize(
    ("printed", "meaning"),
    [
        (
            "ImportError: libEGL.so.1: cannot open shared object file: No such file or directory\n",
            "the system library libEGL.so.1 is missing; Debian and Ubuntu: apt install libegl1 ",
        ),
        (
            "qt.core.library: ... cannot load: Cannot load library libqxcb.so: libxcb-icccm.so.4: cannot open shared "
            "object file: No such file or directory\nThis application failed to start\n",
            "the system library libxcb-icccm.so.4 is missing; Debian and Ubuntu: apt install ",
        ),
        (
            "qt.qpa.xcb: could not connect to display :7\nAvailable platform plugins are: xcb.\n",
            "the display does not answer; log in to a desktop, or use the commands, for example ",
        ),
        ("Available platform plugins are: xcb.\n", "it ended with 'Available platform plugins are: xcb.'"),
    ],
)
def test_a_qt_that_does_not_start_says_why(
    machine: Machine, capsys: pytest.CaptureFixture[str], printed: str, meaning: str
) -> None:
    machine.fails[run.PROBE] = (1, printed)
    assert run.main([]) == 4
    assert one_line(capsys).startswith(f"Qt does not start: {meaning}")
    assert machine.said("encoder") == []


def test_qt_is_tried_once_for_a_display(
    environment: run.Environment, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment.prepare("app")
    environment.check_qt()
    environment.check_qt()
    assert len(machine.said(run.PROBE)) == 1
    monkeypatch.setenv("QT_QPA_PLATFORM", "minimal")
    environment.check_qt()
    assert len(machine.said(run.PROBE)) == 2


# The database


def test_the_database_is_brought_up_to_date_before_the_program_starts(machine: Machine) -> None:
    assert run.main(["decide", "--json"]) == 0
    build, program = machine.started[-2:]
    assert build[1:] == [str(ROOT / "db" / "build.py"), "--if-stale"]
    assert program[1:] == ["-P", "-m", "encoder", "decide", "--json"]


def test_a_refused_source_row_stops_a_command_with_its_own_code(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.fails["--if-stale"] = (3, "db/sources/codes.csv, line 3: bad date\n")
    assert run.main(["decide"]) == 3
    assert one_line(capsys) == "db/sources/codes.csv, line 3: bad date"
    assert machine.said("encoder") == []


def test_a_refused_source_row_is_handed_to_the_window_which_opens(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRAFTPATH_DATABASE_FAULT", "")
    machine.fails["--if-stale"] = (3, "db/sources/codes.csv, line 3: bad date\n")
    assert run.main([]) == 0
    assert os.environ["GRAFTPATH_DATABASE_FAULT"] == "db/sources/codes.csv, line 3: bad date"
    assert len(machine.said("encoder")) == 1


# The commands


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["test", "-k", "tree"], [["-m", "pytest", "--ignore=tests/frozen", "-k", "tree"]]),
        (
            ["test"],
            [
                ["-m", "coverage", "run", "-m", "pytest", "--ignore=tests/frozen"],
                ["-m", "coverage", "report", "--include=encoder/core/*,encoder/store/*", "--fail-under=100"],
            ],
        ),
        (["shots", "--dark"], [["tests/shots.py", "--dark"]]),
        (["bench"], [["benchmarks/run.py"]]),
        (["db"], [[str(ROOT / "db" / "build.py")]]),
        (["run", "decide"], [["-P", "-m", "encoder", "decide"]]),
        (["check", "27365-LT"], [["-P", "-m", "encoder", "check", "27365-LT"]]),
        (["self-check"], [["-P", "-m", "encoder", "self-check"]]),
    ],
)
def test_a_command_starts_what_it_names(machine: Machine, arguments: list[str], expected: Sequence[list[str]]) -> None:
    assert run.main(arguments) == 0
    assert [command[1:] for command in machine.started[-len(expected) :]] == expected


def test_the_first_step_that_fails_ends_a_command_with_its_code(machine: Machine) -> None:
    machine.fails["run"] = (2, "")
    assert run.main(["test"]) == 2
    assert machine.said("report") == []


def test_check_goes_on_after_a_failure_and_names_what_failed(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.fails["mypy"] = (1, "")
    machine.fails["tree"] = (1, "")
    assert run.main(["check"]) == 1
    assert one_line(capsys) == "Failed: mypy, tree check"
    machine.fails.clear()
    assert run.main(["check"]) == 0
    assert one_line(capsys) == "All checks passed."


def test_build_freezes_lets_the_result_check_itself_and_tests_it(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("run.shutil.which", lambda name: f"/usr/bin/{name}")
    assert run.main(["build"]) == 0
    assert "build.spec" in machine.said("PyInstaller")[0]
    assert [str(run.FROZEN), "self-check"] in machine.started
    assert machine.started[-1][1:] == ["-m", "pytest", "tests/frozen"]
    machine.fails["self-check"] = (1, "")
    machine.started.clear()
    assert run.main(["build"]) == 1
    assert machine.said("pytest") == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="PyInstaller needs objdump on Linux alone")
def test_build_says_that_objdump_is_missing(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("run.shutil.which", lambda name: None)
    assert run.main(["build"]) == 4
    assert one_line(capsys).endswith("apt install binutils")


# Processes


def test_a_started_command_gives_its_exit_code_and_its_output_goes_to_the_log(tmp_path: Path) -> None:
    log = tmp_path / "log"
    assert run.call([sys.executable, "-c", "print('words'); raise SystemExit(7)"], log=log) == 7
    assert log.read_text(encoding="utf-8") == "words\n"


@pytest.mark.skipif(sys.platform == "win32", reason="signals are not exit codes there")
def test_a_command_that_a_signal_ended_gives_the_code_a_shell_would() -> None:
    assert run.call([sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGTERM)"]) == 128 + 15


def test_ctrl_c_waits_for_the_command_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    class Process:
        waits = 0

        def __init__(self, *_: object, **__: object) -> None:
            pass

        def wait(self) -> int:
            Process.waits += 1
            if Process.waits == 1:
                raise KeyboardInterrupt
            return 0

    monkeypatch.setattr("run.subprocess.Popen", Process)
    with pytest.raises(KeyboardInterrupt):
        run.call(["anything"])
    assert Process.waits == 2
