"""The grammar of ``encoder data``; its commands are named and not imported, since the window parses its call too."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date
from pathlib import Path

Add = Callable[..., ArgumentParser]


def register(add: Add, into: object, day_of: Callable[[str], date], count: Callable[[str], int]) -> None:
    """The grammar: ``add`` makes a command, ``day_of`` and ``count`` read a day and a number."""
    add("list", "data.list_editions", "every imported edition", into)
    made = add(
        "import", "data.import_files", "import published files (zip, csv, xlsx, txt) or a pack, all or none", into
    )
    made.add_argument("files", nargs="+", type=Path, metavar="FILE")
    made.add_argument("--dry-run", action="store_true", help="read, verify and report; change nothing")
    made.add_argument(
        "--from", dest="start", type=day_of, metavar="YYYY-MM-DD", help="first day, where no file says it"
    )
    made.add_argument(
        "--setting", choices=("practitioner", "hospital", "dme"), default="", help="where no file says it"
    )
    made.add_argument("--columns", default="", metavar="code=A,long=B", help="columns of licensed CPT texts in a table")
    made.add_argument("--smaller", action="store_true", help="accept an edition of half the size of the one before it")
    made.add_argument("--key", default="", metavar="KEY", help="public key of a pack: a .pub file or its second line")
    made = add("verify", "data.verify_editions", "read all of every edition; 1 when one is not as imported", into)
    made.add_argument("editions", nargs="*", metavar="EDITION")
    made = add("rollback", "data.rollback", "hide an edition, so that the one before it answers again", into)
    made.add_argument("edition", metavar="EDITION")
    made.add_argument("--restore", action="store_true", help="let a hidden edition answer again")
    add("remove", "data.remove", "delete an edition", into).add_argument("edition", metavar="EDITION")
    made = add("export-pack", "data_packs.export_pack", "write editions into one file for other workstations", into)
    made.add_argument("out", type=Path, metavar="PACK")
    made.add_argument("editions", nargs="*", metavar="EDITION", help="default: all that are in use")
    made.add_argument("--id", required=True, metavar="NAME", help="what the pack is called, in every version")
    made.add_argument("--version", required=True, type=count, metavar="N", help="grows with every version")
    made.add_argument("--quarter", default="", metavar="2026Q4", help="default: the quarter of the date of service")
    made.add_argument("--licensed", action="store_true", help="all who get it are licensed for the AMA's texts in it")
    made = add("sign", "data_packs.sign", "sign a pack in the format of minisign", into)
    made.add_argument("pack", type=Path, metavar="PACK")
    made.add_argument("--secret", required=True, type=Path, metavar="KEY", help="secret key of minisign")
    made.add_argument("--passphrase-file", type=Path, metavar="FILE", help="default: asked for")
    made = add("make-key", "data_packs.make_key", "make a pair of keys: NAME.key and NAME.pub", into)
    made.add_argument("name", type=Path, metavar="NAME")
    made.add_argument("--passphrase-file", type=Path, metavar="FILE", help="default: asked for")
    add("trust", "data_packs.trust", "trust a public key for all packs", into).add_argument("key", metavar="KEY")
