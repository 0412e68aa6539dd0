"""The grammar of the command line: which commands there are and what they take."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from encoder.commands import data_grammar
from encoder.commands.output import Output
from encoder.core.search.found import SYSTEMS
from encoder.errors import EncoderError, UsageError

if TYPE_CHECKING:
    from encoder.commands.shipped import Shipped

    Command = Callable[[argparse.Namespace, Shipped, Output, date], int]

SETTINGS = ("practitioner", "hospital")
LAYOUT = """\
FILE.csv has a header and one row a claim line; the rows of a claim stand together. Columns are known by their names:
claim, code and date must be there; line, modifiers, units, diagnosis, pointers, setting, practitioner and locality may
be, modifiers and diagnoses in one column or several. Dates are 2026-05-01, 20260501 or 5/1/2026. FINDINGS.csv has one
row a finding. Ctrl+C leaves what the same command goes on from."""


class _Parser(argparse.ArgumentParser):
    """A parser whose mistakes are one sentence, not a usage block."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message[:1].upper()}{message[1:]}; see {self.prog} --help.")


def parser() -> argparse.ArgumentParser:
    """The whole grammar; without a command the window is meant, whose options stand at the top.

    A command is named here as module.function and imported when it runs: the window waits for none of them.
    """
    top = _Parser(
        prog="encoder",
        description="From the operative note to the primary code and the structural allograft add-on, offline. "
        "Without a command it opens the window.",
    )
    top.add_argument("--dos", type=day, metavar="YYYY-MM-DD", help="date of service (default today)")
    top.add_argument("--case", default="", metavar="LABEL", help="label of the case, no patient data")
    top.add_argument("--note", type=Path, metavar="FILE", help="operative note to show beside the questions")
    top.add_argument("--compact", action="store_true", help="open narrow and on top")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)

    def add(name: str, run: str, says: str, into: argparse._SubParsersAction[_Parser] = commands) -> _Parser:
        made = into.add_parser(name, help=says, description=says)
        made.add_argument(
            "--dos", type=day, metavar="YYYY-MM-DD", default=argparse.SUPPRESS, help="date of service (default today)"
        )
        made.add_argument("--json", action="store_true", help="one JSON object on stdout and nothing else")
        made.add_argument("--tree", metavar="ID", help="which tree (default: the only one)")
        made.set_defaults(run=run)
        return made

    made = add("decide", "decide.run", "walk the tree with answers; stops at the first question without one")
    made.add_argument(
        "-a",
        "--answer",
        action="append",
        default=[],
        metavar="QUESTION=ANSWER",
        help="an answer; several ids join with +",
    )
    made.add_argument("--answers", type=Path, metavar="FILE.toml", help="answers from a file")
    made.add_argument("--note", type=Path, metavar="FILE", help="operative note whose quotes stand beside the answers")
    read = add(
        "note", "note.run", "read an operative note (txt, md, rtf, docx, pdf with text) and walk with what it suggests"
    )
    read.add_argument("file", nargs="+", metavar="FILE", help="the documents of one case; - is standard input")
    made = add("code", "code.run", "everything about one code: panels, what leads to it, and what it is beside another")
    made.add_argument("code", metavar="CODE")
    made.add_argument("--with", dest="with_code", default="", metavar="CODE", help="a second code on the same claim")
    made = add("ask", "ask.run", "answer a question in plain words from rules and tables, or say that it cannot")
    made.add_argument("text", nargs="+", metavar="TEXT")
    made = add("check", "check.run", "check a claim: every finding with its row and its fix")
    made.add_argument("line", nargs="+", metavar="LINE", help="27365-LT, 20932, 20934-XS*1@2026-05-01, 27365-LT:AB")
    made.add_argument("--dx", action="append", default=[], metavar="CODE", help="a diagnosis; several in their order")
    made.add_argument("--setting", choices=SETTINGS, default="practitioner", help="whose claim it is")
    made.add_argument("--locality", metavar="L", help="locality of the values (default national)")
    made = add("audit", "audit.run", "the same checks over a file of claims, with a progress bar")
    made.epilog = LAYOUT
    made.add_argument("file", type=Path, metavar="FILE.csv", help="claim lines with a header")
    made.add_argument("--out", type=Path, required=True, metavar="FINDINGS.csv", help="where the findings go")
    made.add_argument("--setting", choices=SETTINGS, default="practitioner", help="where a claim says none")
    made.add_argument("--against", metavar="EDITION", help="differences to another database, edition or day alone")
    made = add("search", "search.run", "find codes and places in the tree by code, term or question")
    made.add_argument("text", nargs="+", metavar="TEXT", help="what to look for; letter errors are mended")
    made.add_argument("--system", action="append", default=[], choices=SYSTEMS, help="only this set; may be repeated")
    made.add_argument("--limit", type=count, metavar="N", help="at most N hits (default 20)")
    made.add_argument("--as-typed", action="store_true", help="mend nothing: search for what was typed")
    trees = commands.add_parser("tree", help="proofs, outline and ways of the trees").add_subparsers(
        dest="part", metavar="check|outline|paths", required=True, parser_class=_Parser
    )
    add("check", "tree.check", "prove every tree against its tables", trees)
    add("outline", "tree.print_outline", "the tree as a document to read and sign", trees)
    ways = add("paths", "tree.paths", "every way through the deciding questions, as JSON lines", trees)
    ways.add_argument("--limit", type=count, metavar="N", help="stop after N ways")
    editions = commands.add_parser("data", help="the user's own editions of the code sets").add_subparsers(
        dest="part", metavar="list|import|verify|...", required=True, parser_class=_Parser
    )
    data_grammar.register(add, editions, day, count)
    add(
        "self-check", "self_check.run", "open everything, prove the trees, replay all cases; prints hashes and editions"
    )
    return top


def day(text: str) -> date:
    """A date of service as it is written: YYYY-MM-DD."""
    try:
        if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):  # Python also reads weeks: 2026-W01-1
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"'{text}' is no date; write year-month-day, for example 2026-05-01") from None


def count(text: str) -> int:
    """A whole number above zero."""
    if not text.isdecimal() or int(text) == 0:
        raise argparse.ArgumentTypeError(f"'{text}' is no number above zero")
    return min(int(text), sys.maxsize)


def run(arguments: argparse.Namespace, shipped: Shipped, out: Output, today: date) -> int:
    """Run the command that was parsed; the exit code of the contract."""
    module, _, function = arguments.run.partition(".")
    command: Command = getattr(import_module(f"encoder.commands.{module}"), function)
    ended = command(arguments, shipped, out, arguments.dos or today)
    for fault in shipped.faults():
        out.note(fault)
    return ended


def told(error: EncoderError, out: Output) -> int:
    """Say an error in its one sentence; the exit code it stands for."""
    out.note(str(error))
    return error.exit_code


def parse(words: Sequence[str]) -> argparse.Namespace:
    """The arguments of a call.

    Raises:
        UsageError: the call is wrong; the sentence says how.
    """
    return parser().parse_args(list(words))
