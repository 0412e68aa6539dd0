"""Keys of packs in files: a new pair is written, a secret one is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from encoder.errors import InputError, SetupError, UsageError
from encoder.store.minisign import SecretKey


def write_keys(name: Path, passphrase: Callable[[], str]) -> SecretKey:
    """Make a pair: NAME.key to sign with, which only its owner may read, and NAME.pub for those who import.

    Raises:
        UsageError: one of the files is there already.
        SetupError: they cannot be written.
    """
    secret, public = name.with_name(f"{name.name}.key"), name.with_name(f"{name.name}.pub")
    for file in (secret, public):
        if file.exists():
            raise UsageError(f"{file} is there already, and a key is never overwritten; choose another name.")
    key = SecretKey.new()
    text = key.text(passphrase())
    try:
        secret.touch(mode=0o600)
        secret.write_text(text, encoding="utf-8")
        public.write_text(key.public.text(), encoding="utf-8")
    except OSError as error:
        raise SetupError(
            f"The keys cannot be written beside {name} ({error.strerror}); name another folder."
        ) from error
    return key


def read_secret(file: Path, passphrase: Callable[[], str]) -> SecretKey:
    """A secret key from its file; it asks for the passphrase only where the key is locked.

    Raises:
        InputError: the file cannot be read, is no secret key, or the passphrase is another one.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file} cannot be read ({error}); check the name.") from error
    return SecretKey.read(text, passphrase)
