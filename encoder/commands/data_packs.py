"""``encoder data``, packs: export, sign, and the keys for both."""

from __future__ import annotations

import getpass
from argparse import Namespace
from dataclasses import asdict
from datetime import date
from pathlib import Path

from encoder.commands.output import Output, Progress
from encoder.commands.shipped import Shipped
from encoder.errors import InputError, UsageError
from encoder.store.edition_writer import Watcher


def export_pack(arguments: Namespace, shipped: Shipped, out: Output, on: date) -> int:
    """Write a pack of editions; it is signed with another command."""
    from encoder.store.packs import Label, export

    quarter = arguments.quarter or f"{on.year}Q{(on.month + 2) // 3}"
    label, progress = Label(arguments.id, arguments.version, quarter), Progress(out)
    try:
        export(
            shipped.book.shelf,
            arguments.editions,
            arguments.out,
            label,
            licensed=arguments.licensed,
            watcher=Watcher(progress.tell),
        )
    finally:
        progress.end()
    if arguments.json:
        out.json({"file": str(arguments.out), "pack": asdict(label), "trusted_comment": label.comment})
    else:
        out.say(
            f"Wrote {arguments.out} ({label.comment}); sign it with: encoder data sign {arguments.out} --secret KEY"
        )
    return 0


def sign(arguments: Namespace, _shipped: Shipped, out: Output, _on: date) -> int:
    """Sign a pack."""
    from encoder.store.key_files import read_secret
    from encoder.store.packs import sign as sign_pack

    key = read_secret(arguments.secret, lambda: _passphrase(arguments, "Passphrase of the secret key: "))
    signature = sign_pack(arguments.pack, key)
    if arguments.json:
        out.json({"signature": str(signature), "key": key.public.id})
    else:
        out.say(f"Wrote {signature}, signed with key {key.public.id}.")
    return 0


def make_key(arguments: Namespace, _shipped: Shipped, out: Output, _on: date) -> int:
    """Make a pair of keys: NAME.key to sign with, NAME.pub for those who import."""
    from encoder.store.key_files import write_keys

    name: Path = arguments.name
    secret, public = name.with_name(f"{name.name}.key"), name.with_name(f"{name.name}.pub")
    key = write_keys(name, lambda: _passphrase(arguments, "Passphrase for the secret key (empty: none): "))
    if arguments.json:
        out.json({"secret": str(secret), "public": str(public), "key": key.public.id})
    else:
        out.say(f"Wrote {secret}, which stays with you, and {public}, which goes to all who import.")
    return 0


def trust(arguments: Namespace, shipped: Shipped, out: Output, _on: date) -> int:
    """Trust a public key for all packs to come."""
    from encoder.store.packs import trust as trust_key

    folder = shipped.book.shelf.folder
    if folder is None:
        raise UsageError("No folder is set for imported editions; name one in GRAFTPATH_DATA.")
    key = trust_key(folder, arguments.key)
    if arguments.json:
        out.json({"key": key.id})
    else:
        out.say(f"Packs signed with key {key.id} are trusted from now on.")
    return 0


def _passphrase(arguments: Namespace, ask: str) -> str:
    """From the file that was named, else asked for."""
    if arguments.passphrase_file is not None:
        return _text(arguments.passphrase_file).rstrip("\r\n")
    return getpass.getpass(ask)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file} cannot be read ({error}); check the name.") from error
