"""Set up and start Graftpath with nothing but Python: ``python run.py``, ``python run.py help``.

Standard library only, and every line runs on Python 3.6: an old Python gets a sentence, not a syntax error. That is why
what newer Pythons brought stands in quotes in a signature. pip reads its own configuration. What is said here goes to
stderr: stdout belongs to the program that is started.
"""

import contextlib
import hashlib
import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
REQUIREMENTS = ROOT / "requirements"
OLDEST = (3, 11)
SETS = {"app": ("app.txt", "build.txt"), "dev": ("dev.txt",)}  # dev holds all that app holds, at the same versions
FROZEN = ROOT / "dist" / "encoder" / ("encoder.exe" if os.name == "nt" else "encoder")
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
INSTEAD = "use the commands, for example python run.py decide --help"
PROBE = "from PySide6 import QtSvg, QtWidgets; QtWidgets.QApplication([])"
FAULTS = {  # what pip or Qt printed, and what it means; the first that matches speaks
    r"No space left on device": "the disk is full; free about 1 GB, or name another folder in GRAFTPATH_VENV",
    r"DO NOT MATCH THE HASHES": "a package is not the one that was locked; do not use it, and tell who runs the index",
    r"NewConnectionError|NameResolutionError|Connect\w*Error|Timeout|Network is unreachable|ProxyError|SSLError": "the "
    "package index was not reached; check the network and pip's proxy and certificate settings, or bring the packages "
    "in a folder (--wheelhouse, see python run.py help)",
    r"No matching distribution found for (?P<what>\S+)": "no {what} was found for Python {python} on {machine}; it "
    "takes a network or a filled --wheelhouse folder, and Python 3.11 to 3.14 on a 64-bit system",
    r"(?P<what>lib[\w.+-]+\.so[\d.]*): cannot open shared object": "the system library {what} is missing; Debian and "
    "Ubuntu: apt install {debian}",
    r"could not connect to display|Failed to create wl_display": "the display does not answer; log in to a desktop, or "
    + INSTEAD,
    r"(?s:.*)^ERROR: (?P<what>[^\n]+)": "pip ended with '{what}'",
    r"(?P<what>\S[^\n]*)\s*\Z": "it ended with '{what}'",
}
HELP = """python run.py [--wheelhouse FOLDER] [COMMAND ...]

{commands}
  help   This page.

Any other command is the encoder's own: decide, code, tree, self-check ... (python run.py decide --help).
The first start installs the locked packages into {folder} (GRAFTPATH_VENV names another folder).
For a machine without a network, fill a folder on one of the same kind and name it here with --wheelhouse:
  python -m pip download --no-deps --only-binary=:all: -r requirements/app.txt -r requirements/build.txt -d FOLDER
For test, check, shots, bench and build take requirements/dev.txt instead."""


class RunError(Exception):
    """What is wrong, where, why, and what to do; with the exit code (4: the machine lacks something)."""

    def __init__(self, text: str, code: int = 4) -> None:
        super().__init__(text)
        self.code = code


def say(text: str) -> None:
    """One line to the person at the terminal."""
    print(text, file=sys.stderr, flush=True)


def explain(printed: str) -> str:
    """What the output of a failed pip or Qt means, and what to do."""
    facts = {"python": platform.python_version(), "machine": f"{platform.system()} {platform.machine()}"}
    facts["debian"] = " ".join((REQUIREMENTS / "debian.list").read_text(encoding="utf-8").split())
    found = ((re.search(pattern, printed, re.MULTILINE), meaning) for pattern, meaning in FAULTS.items())
    return next((text.format(**facts, **match.groupdict()) for match, text in found if match), "it gave no reason")


def call(command: "list[str]", log: "Path | None" = None) -> int:
    """Run a command to its end and give its exit code; Ctrl+C reaches the command too, which ends in its own way."""
    with log.open("w") if log else contextlib.nullcontext() as output:
        process = subprocess.Popen(command, stdout=output, stderr=output)
        try:
            code = process.wait()
        except KeyboardInterrupt:
            process.wait()
            raise
    return code if code >= 0 else 128 - code


class Environment:
    """The folder with the program's own Python and packages. Only a folder that was made here is ever emptied."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.wheelhouse: Path | None = None  # a folder of wheels instead of the package index
        self.python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        self.notes = folder / ".graftpath"  # made first: marks the folder as ours; holds the log and the stamps
        self.log = self.notes / "setup.log"

    def stamp(self) -> str:
        """What the environment is made from: a hash of every lock file, the Python and the machine."""
        made_from = hashlib.sha256("\n".join((sys.version, sys.platform, platform.machine())).encode())
        for lock in sorted(REQUIREMENTS.glob("*.txt")):
            made_from.update(lock.read_bytes())
        return made_from.hexdigest()

    def has(self, mark: str) -> bool:
        """Whether a step was finished with these very lock files and this Python."""
        note = self.notes / mark
        return self.python.exists() and note.is_file() and note.read_text(encoding="utf-8") == self.stamp()

    def sign(self, mark: str) -> None:
        """Note that a step is finished: the last thing it does, so that an interrupted step is done again."""
        (self.notes / mark).write_text(self.stamp(), encoding="utf-8")

    def prepare(self, packages: str) -> None:
        """Install a set of packages (a key of SETS) unless it is there."""
        try:
            if self.has(packages) or self.has("dev"):
                return
            say(f"Setting up in {self.folder} (once, a few minutes at most)")
            if not self.has("app"):
                self.create()
            self.install(packages)
            self.sign(packages)
        except OSError as error:
            raise RunError(
                f"Cannot use {error.filename or self.folder} ({error.strerror or error}); copy the program to a "
                "folder of your own, or name one for its packages in GRAFTPATH_VENV."
            ) from error

    def create(self) -> None:
        """Make the environment from nothing."""
        if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
            raise RunError(
                f"{sys.executable} lacks the venv module, which the set-up needs; Debian and Ubuntu: apt install "
                f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
            )
        if self.folder.exists() and not self.notes.is_dir() and any(self.folder.iterdir()):
            raise RunError(
                f"{self.folder} was not made by run.py; move it away, or name another folder in GRAFTPATH_VENV."
            )
        self.notes.mkdir(parents=True, exist_ok=True)
        for old in [*self.notes.iterdir(), *self.folder.iterdir()]:
            if old.is_symlink() or old.is_file():
                old.unlink()
            elif old != self.notes:
                shutil.rmtree(old)
        if call([sys.executable, "-m", "venv", str(self.folder)], log=self.log) != 0:
            raise RunError(f"Python could not make an environment in {self.folder}: {self.reason()}.")

    def install(self, packages: str) -> None:
        """Let pip install the locked wheels. Nothing is resolved or compiled: what is not locked does not come in."""
        options = ["--no-input", "--disable-pip-version-check", "--require-hashes", "--no-deps", "--only-binary=:all:"]
        if self.wheelhouse is not None:
            options += ["--no-index", f"--find-links={self.wheelhouse}"]
        for lock in SETS[packages]:
            options += ["-r", str(REQUIREMENTS / lock)]
        if call([str(self.python), "-m", "pip", "install", *options], log=self.log) != 0:
            raise RunError(f"The set-up failed: {self.reason()}. All that pip said: {self.log}")

    def reason(self) -> str:
        """Why the last step failed, by what it printed; a full disk does not even take that."""
        printed = self.log.read_text(encoding="utf-8", errors="replace")
        return explain(printed or ("No space left on device" if shutil.disk_usage(self.folder).free < 1e6 else ""))

    def check_qt(self) -> None:
        """Open Qt once for this display, so that what is missing is named instead of ending in an abort."""
        display = "\n".join(os.environ.get(name, "") for name in DISPLAYS)
        mark = "qt-" + hashlib.sha256(display.encode()).hexdigest()[:8]
        if self.has(mark):
            return
        env = {**os.environ, "QT_DEBUG_PLUGINS": "1"}  # it then names the library that a plugin lacks
        probe = subprocess.run([str(self.python), "-c", PROBE], capture_output=True, text=True, env=env, check=False)
        if probe.returncode != 0:
            raise RunError(f"Qt does not start: {explain(probe.stderr)}")
        with contextlib.suppress(OSError):  # an environment that an administrator set up may be read-only
            self.sign(mark)


def opens_window(arguments: "list[str]") -> bool:
    """Whether the encoder is called without a command: it then opens its window."""
    takes_value = ("--dos", "--case", "--note")
    words = [word for at, word in enumerate(arguments) if at == 0 or arguments[at - 1] not in takes_value]
    return all(word.startswith("-") and word not in ("-h", "--help", "--version") for word in words)


def workshop(environment: Environment, *commands: "list[str]") -> int:
    """Run commands of the environment's Python here, Qt offscreen, until one fails; give its code, or 0."""
    os.chdir(ROOT)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    environment.prepare("dev")
    environment.check_qt()
    db(environment, ["--if-stale"])
    codes = (call([str(environment.python), *command]) for command in commands)
    return next((code for code in codes if code != 0), 0)


def run(environment: Environment, arguments: "list[str]") -> int:
    """Opens the window, as no command at all does; takes the encoder's options."""
    window = opens_window(arguments)
    if window and sys.platform.startswith("linux") and not any(os.environ.get(name) for name in DISPLAYS):
        raise RunError(f"No display: the window needs a desktop; {INSTEAD}.")
    environment.prepare("app")
    if window:
        environment.check_qt()
    try:
        db(environment, ["--if-stale"])
    except RunError as fault:
        if not window:
            raise
        say(str(fault))
        os.environ["GRAFTPATH_DATABASE_FAULT"] = str(fault)  # the window opens all the same, and shows it
    return call([str(environment.python), "-P", "-m", "encoder", *arguments])


def test(environment: Environment, arguments: "list[str]") -> int:
    """Runs every test and the coverage gate; with arguments pytest alone (test -k tree)."""
    pytest = ["-m", "pytest", "--ignore=tests/frozen", *arguments]
    if arguments:
        return workshop(environment, pytest)
    gate = ["--include=encoder/core/*,encoder/store/*", "--fail-under=100"]
    return workshop(environment, ["-m", "coverage", "run", *pytest], ["-m", "coverage", "report", *gate])


def check(environment: Environment, arguments: "list[str]") -> int:
    """Lint, format, types, import contracts, proofs about the tree; with claim lines it is the encoder's check."""
    if arguments:
        return run(environment, ["check", *arguments])
    checks = {
        "ruff check": ["-m", "ruff", "check"],
        "ruff format": ["-m", "ruff", "format", "--check"],
        "mypy": ["-m", "mypy"],
        "lint-imports": ["-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-logo"],
        "tree check": ["-m", "encoder", "tree", "check"],
    }
    failed = [name for name, command in checks.items() if workshop(environment, command) != 0]
    say(f"Failed: {', '.join(failed)}" if failed else "All checks passed.")
    return 1 if failed else 0


def db(environment: Environment, arguments: "list[str]") -> int:
    """Builds the code database from db/sources; with --if-stale only when it must."""
    environment.prepare("app")
    command = [str(environment.python), str(ROOT / "db" / "build.py"), *arguments]
    built = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if built.returncode != 0:
        raise RunError(built.stdout.strip() or "The code database could not be built.", built.returncode)
    if built.stdout:
        say(built.stdout.strip())
    return 0


def shots(environment: Environment, arguments: "list[str]") -> int:
    """Draws every page in light, dark and large type."""
    return workshop(environment, ["tests/shots.py", *arguments])


def bench(environment: Environment, arguments: "list[str]") -> int:
    """Measures, and prints the table."""
    return workshop(environment, ["benchmarks/run.py", *arguments])


def build(environment: Environment, arguments: "list[str]") -> int:
    """Freezes the program into dist/, lets it check itself, and tests it from outside."""
    if sys.platform.startswith("linux") and shutil.which("objdump") is None:
        raise RunError("PyInstaller needs objdump, which is missing; Debian and Ubuntu: apt install binutils")
    freeze = ["-m", "PyInstaller", "--noconfirm", "--log-level=WARN", "build.spec", *arguments]
    code = workshop(environment, freeze) or call([str(FROZEN), "self-check"])
    files = (part for part in FROZEN.parent.rglob("*") if part.is_file() and not part.is_symlink())
    say(f"{FROZEN.parent}: {sum(part.stat().st_size for part in files) / 1e6:.0f} MB")
    return code or workshop(environment, ["-m", "pytest", "tests/frozen"])


COMMANDS = {command.__name__: command for command in (run, test, check, db, shots, bench, build)}


def main(arguments: "list[str]") -> int:
    """Do what the command line says; gives the exit code of what was started, or 4 when the machine lacks something."""
    os.environ["PYTHONPATH"] = str(ROOT)  # what is started finds this checkout, whatever folder it is started from
    environment = Environment(Path(os.environ.get("GRAFTPATH_VENV") or ROOT / ".venv").expanduser().absolute())
    try:
        if sys.version_info < OLDEST:
            this = f"{sys.executable} is Python {platform.python_version()}"
            raise RunError(f"{this}, and Graftpath needs 3.11 or newer; start run.py with such a Python.")
        if arguments[:1] == ["--wheelhouse"]:
            if len(arguments) == 1 or not Path(arguments[1]).is_dir():
                raise RunError(f"--wheelhouse needs the folder with the packages, not '{''.join(arguments[1:2])}'.", 2)
            environment.wheelhouse, arguments = Path(arguments[1]).absolute(), arguments[2:]
        if arguments[:1] in (["help"], ["-h"], ["--help"]):
            lines = "\n".join(f"  {name:<6} {doing.__doc__}" for name, doing in COMMANDS.items())
            print(HELP.format(commands=lines, folder=environment.folder))
            return 0
        command = COMMANDS.get("".join(arguments[:1]))
        return command(environment, arguments[1:]) if command else run(environment, arguments)
    except RunError as error:
        say(str(error))
        return error.code
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
