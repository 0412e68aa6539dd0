"""Wires arguments, clock, store and face together. The only place that reads the clock or knows both faces."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from encoder import paths
from encoder.commands import line
from encoder.commands.output import Output
from encoder.errors import DataError, EncoderError, SetupError

FAULT = "GRAFTPATH_DATABASE_FAULT"
"""Set by run.py when the code database could not be built; the window shows it instead of not opening."""
UNFORESEEN = (
    "The program made a mistake that it did not foresee, so nothing it printed is sure; report this sentence with the "
    "call that led here"
)
"""Said in the place of a traceback; the text of the error stays unsaid, since it may quote what was typed."""


def main(words: Sequence[str] | None = None) -> int:
    """Run a command, or open the window when there is none; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    out = Output(sys.stdout, sys.stderr)
    today = _now().date()
    try:
        arguments = line.parse(sys.argv[1:] if words is None else words)
        if arguments.command is None:
            from encoder.gui.start import Opening, open_window

            return open_window(
                Opening(
                    paths.database(),
                    paths.resources(),
                    arguments.dos or today,
                    arguments.case,
                    arguments.note,
                    arguments.compact,
                    os.environ.get(FAULT, ""),
                    paths.editions(),
                    paths.own_codes(),
                    paths.kept_cases(),
                    _now,
                )
            )
        from encoder.commands.shipped import Shipped

        shipped = Shipped(paths.database(), paths.resources(), paths.cases(), paths.editions())
        code = line.run(arguments, shipped, out, today)
        if sys.stdout is not None:
            sys.stdout.flush()  # what cannot be written is met here and not at exit
        return code
    except EncoderError as error:
        return line.told(error, out)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader left
        _write_no_more()
        return 0
    except OSError as error:
        if not error.filename:
            _write_no_more()
        what = f"{error.filename} cannot be used" if error.filename else "The output cannot be written"
        return line.told(SetupError(f"{what} ({error.strerror}); make room, or name a place that can be used."), out)
    except Exception as error:
        import traceback

        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name}, line {place.lineno}"
        return line.told(DataError(f"{UNFORESEEN} ({type(error).__name__} at {where})."), out)


def _now() -> datetime:
    return datetime.now().astimezone()


def _write_no_more() -> None:
    """What is still buffered for stdout goes nowhere, so that nothing is said about it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    sys.exit(main())
