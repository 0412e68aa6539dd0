"""Where a command writes: results to stdout, remarks to stderr; with ``--json`` stdout holds one object only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TextIO


@dataclass(frozen=True)
class Output:
    """Two streams, handed in by ``__main__`` and by tests."""

    out: TextIO
    err: TextIO

    def say(self, line: str) -> None:
        """A line of the result."""
        print(line, file=self.out)

    def note(self, line: str) -> None:
        """A remark beside the result."""
        print(line, file=self.err)

    def json(self, value: Mapping[str, object], *, line: bool = False) -> None:
        """One object; ``line`` keeps it on one line."""
        import json  # not needed by the window, whose first paint would wait for it

        print(json.dumps(value, ensure_ascii=False, indent=None if line else 1), file=self.out)


@dataclass
class Progress:
    """Tells a terminal how far the work is in one line, and a file each new piece of work."""

    out: Output
    last: str = ""

    def tell(self, what: str, done: int, size: int) -> None:
        """So much of so much."""
        share = f" {done * 100 // size} %" if size else ""
        if self.out.err.isatty():
            if (text := f"{what}{share}") != self.last:
                print(f"\r{text:<{len(self.last)}}", end="", file=self.out.err, flush=True)
                self.last = text
        elif what != self.last:
            self.out.note(what)
            self.last = what

    def end(self) -> None:
        """Leave the line."""
        if self.last and self.out.err.isatty():
            self.out.note("")
