"""The key of the cases: made once at random, and kept locked with the coder's passphrase.

The passphrase is stretched with Argon2id and never kept. It locks the key, and the key the cases: so another passphrase
means another small file, and not every case written again. Without the passphrase nobody can open the cases.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import secrets
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from encoder.core.kept import LEAST_PASSPHRASE
from encoder.errors import InputError, SetupError, UsageError

FORM = 1
_BYTES, _SALT, _NONCE = 32, 16, 12
_MEMORY_KIB, _PASSES = 64 * 1024, 3
"""What one guess costs: about 0.2 s and 64 MiB. Both are written into the file, so that another cost can be chosen."""
_MOST_MEMORY_KIB, _MOST_PASSES = 1024 * 1024, 20
"""More than this is no file of ours, and would only keep the machine busy."""
_PURPOSE = b"graftpath cases"


class WrongPassphraseError(InputError):
    """The passphrase is another one."""


@dataclass(frozen=True, slots=True)
class _Lock:
    """How a key is locked."""

    memory: int
    passes: int
    salt: bytes
    nonce: bytes

    def cipher(self, passphrase: str) -> AESGCM:
        """What locks and unlocks the key. Letters are the same however a keyboard composes them."""
        words = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
        stretch = Argon2id(
            salt=self.salt, length=_BYTES, iterations=self.passes, lanes=1, memory_cost=self.memory, ad=_PURPOSE
        )
        return AESGCM(stretch.derive(words))


def check(passphrase: str) -> None:
    """Raise UsageError where a new passphrase is too short."""
    if len(passphrase) < LEAST_PASSPHRASE:
        raise UsageError(f"The passphrase has {len(passphrase)} characters; choose one of {LEAST_PASSPHRASE} or more.")


def new_key(file: Path, passphrase: str) -> bytes:
    """Make a key and write it locked.

    Raises:
        UsageError: the passphrase is too short, or there is a key already.
        SetupError: the file cannot be written.
    """
    check(passphrase)
    if file.exists():
        raise UsageError(
            f"{file} is there already, and a key is never overwritten; open the cases with its passphrase."
        )
    key = secrets.token_bytes(_BYTES)
    _write(file, key, passphrase)
    return key


def read_key(file: Path, passphrase: str) -> bytes:
    """The key of a file.

    Raises:
        WrongPassphraseError: the passphrase does not open it.
        InputError: the file cannot be read, or is none of ours.
    """
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        if data["form"] != FORM:
            raise InputError(
                f"The key of the cases in {file} has form {data['form']!r} and the program reads form {FORM}; open the "
                "cases with the program that made it."
            )
        lock = _Lock(data["memory"], data["passes"], _bytes(data["salt"]), _bytes(data["nonce"]))
        if not (lock.memory <= _MOST_MEMORY_KIB and lock.passes <= _MOST_PASSES):
            raise ValueError
        locked = _bytes(data["key"])
        return lock.cipher(passphrase).decrypt(lock.nonce, locked, _PURPOSE)
    except InvalidTag:
        raise WrongPassphraseError("This passphrase does not open the cases; type it again.") from None
    except (OSError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise InputError(
            f"The key of the cases in {file} cannot be read ({type(error).__name__}), and no case opens without it; "
            "put back a copy of the file."
        ) from error


def change_passphrase(file: Path, old: str, new: str) -> None:
    """Lock the key with another passphrase.

    Raises:
        WrongPassphraseError: the old passphrase does not open it.
        UsageError: the new one is too short.
        InputError, SetupError: the file cannot be read or written; it stays as it was.
    """
    key = read_key(file, old)
    check(new)
    _write(file, key, new)


def _write(file: Path, key: bytes, passphrase: str) -> None:
    lock = _Lock(_MEMORY_KIB, _PASSES, secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE))
    locked = lock.cipher(passphrase).encrypt(lock.nonce, key, _PURPOSE)
    text = json.dumps(
        {
            "form": FORM,
            "memory": lock.memory,
            "passes": lock.passes,
            "salt": _text(lock.salt),
            "nonce": _text(lock.nonce),
            "key": _text(locked),
        }
    )
    aside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        aside.touch(mode=0o600)
        with aside.open("w", encoding="utf-8") as written:
            written.write(text)
            written.flush()
            os.fsync(written.fileno())  # a key that is lost with the power takes every case with it
        aside.replace(file)
    except OSError as error:
        with contextlib.suppress(OSError):
            aside.unlink()
        raise SetupError(
            f"The key of the cases cannot be written to {file} ({error.strerror}); make room, or name another folder "
            "in GRAFTPATH_DATA."
        ) from error


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
