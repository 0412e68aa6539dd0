"""Signatures in the format of minisign: its own tool can check what is signed here, and the reverse.

Ed25519 over the BLAKE2b-512 of the file; the trusted comment is signed together with that signature. A secret key may
be locked with a passphrase (scrypt). Source: the file formats on the page of minisign, and libsodium's choice of scrypt
parameters. ``cryptography`` is imported when a signature is made or checked, not before.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from encoder.errors import InputError, UsageError

SUFFIX = ".minisig"
BLOCK = 1 << 20
_PREHASHED, _LEGACY, _KEY, _SCRYPT, _OPEN, _BLAKE = b"ED", b"Ed", b"Ed", b"Sc", b"\0\0", b"B2"
_UNTRUSTED, _TRUSTED = "untrusted comment: ", "trusted comment: "
_SECRET = struct.Struct("<2s2s2s32sQQ104s")
_OPERATIONS, _MEMORY = 1 << 19, 1 << 24  # what a key made here is locked with; minisign's own take 64 times as much
_MOST_MEMORY = (1 << 31) - 1


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key that signatures are checked with; ``id`` is how minisign prints it."""

    number: bytes
    key: bytes

    @property
    def id(self) -> str:
        """The number of the key in capitals of hexadecimal, as minisign prints it."""
        return self.number[::-1].hex().upper()

    @classmethod
    def read(cls, text: str) -> PublicKey:
        """From the text of a .pub file, or from its second line alone.

        Raises:
            InputError: it is no public key.
        """
        data = _base64(text.strip().splitlines()[-1] if text.strip() else "")
        if len(data) != 42 or data[:2] != _KEY:
            raise InputError(
                "This is no public key of minisign; give the .pub file, or its second line, which begins with RW."
            )
        return cls(data[2:10], data[10:])

    def text(self) -> str:
        """As a .pub file holds it."""
        line = base64.b64encode(_KEY + self.number + self.key).decode()
        return f"{_UNTRUSTED}minisign public key {self.id}\n{line}\n"


@dataclass(frozen=True, slots=True)
class SecretKey:
    """A key that signatures are made with."""

    number: bytes
    seed: bytes
    key: bytes

    @classmethod
    def new(cls) -> SecretKey:
        """A key that nobody had before."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        made = Ed25519PrivateKey.generate()
        return cls(os.urandom(8), made.private_bytes_raw(), made.public_key().public_bytes_raw())

    @property
    def public(self) -> PublicKey:
        """What others check its signatures with."""
        return PublicKey(self.number, self.key)

    @classmethod
    def read(cls, text: str, passphrase: Callable[[], str]) -> SecretKey:
        """From the text of a key file; the passphrase is asked for only where the key is locked.

        Raises:
            InputError: it is no secret key, or the passphrase does not open it.
        """
        data = _base64(text.strip().splitlines()[-1] if text.strip() else "")
        if len(data) != _SECRET.size or data[:2] != _KEY or data[4:6] != _BLAKE:
            raise InputError("This is no secret key of minisign; give the .key file.")
        _, lock, _, salt, operations, memory, body = _SECRET.unpack(data)
        if lock == _SCRYPT:
            body = _mixed(body, passphrase(), salt, operations, memory)
        number, seed, key, check = body[:8], body[8:40], body[40:72], body[72:]
        if not hmac.compare_digest(check, _check(body[:72])):
            raise InputError("The passphrase does not open this secret key, or the key file is damaged.")
        return cls(number, seed, key)

    def text(self, passphrase: str) -> str:
        """As a key file holds it, locked unless the passphrase is empty."""
        body = self.number + self.seed + self.key
        body += _check(body)
        salt, lock = os.urandom(32), _SCRYPT if passphrase else _OPEN
        if passphrase:
            body = _mixed(body, passphrase, salt, _OPERATIONS, _MEMORY)
        data = _SECRET.pack(_KEY, lock, _BLAKE, salt, _OPERATIONS, _MEMORY, body)
        kind = "minisign encrypted secret key" if passphrase else "minisign secret key, not locked"
        return f"{_UNTRUSTED}{kind}\n{base64.b64encode(data).decode()}\n"

    def sign(self, file: Path, trusted: str) -> str:
        """The text of the signature of a file, with a comment that is signed too.

        Raises:
            UsageError: the comment has more than one line.
        """
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        if trusted != trusted.strip() or not trusted.isprintable():
            raise UsageError("A trusted comment is one line of text without blanks around it.")
        key = Ed25519PrivateKey.from_private_bytes(self.seed)
        signature = key.sign(_hashed(file))
        whole = key.sign(signature + trusted.encode())
        lines = (
            f"{_UNTRUSTED}signature from minisign secret key {self.public.id}",
            base64.b64encode(_PREHASHED + self.number + signature).decode(),
            _TRUSTED + trusted,
            base64.b64encode(whole).decode(),
        )
        return "\n".join(lines) + "\n"


def verify(file: Path, called: str, signature: str, keys: tuple[PublicKey, ...]) -> str:
    """Check the signature of a file, which messages call so, against some keys; its trusted comment.

    Raises:
        InputError: it is no signature, no key here made it, or the file or the comment is another one.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    lines = signature.splitlines()
    data, whole = (_base64(lines[1]), _base64(lines[3])) if len(lines) >= 4 else (b"", b"")
    if (
        len(data) != 74
        or len(whole) != 64
        or not lines[2].startswith(_TRUSTED)
        or data[:2] not in (_PREHASHED, _LEGACY)
    ):
        raise InputError(f"The signature of {called} is no signature of minisign; get both files again.")
    number, made = data[2:10], data[10:]
    known = next((key for key in keys if key.number == number), None)
    if known is None:
        raise InputError(
            f"{called} is signed with key {PublicKey(number, b'').id}, which is not trusted here; if you know whose "
            "it is, give the key with --key, or trust it with 'encoder data trust'."
        )
    if data[:2] == _LEGACY:
        raise InputError(f"{called} is signed in the old way of minisign, without a hash; sign it again.")
    trusted = lines[2].removeprefix(_TRUSTED)
    key = Ed25519PublicKey.from_public_bytes(known.key)
    try:
        key.verify(made, _hashed(file))
        key.verify(whole, made + trusted.encode())
    except InvalidSignature as error:
        raise InputError(f"{called} is not as it was signed, so it is not used; get it again.") from error
    return trusted


def _hashed(file: Path) -> bytes:
    blake = hashlib.blake2b()
    with file.open("rb") as stream:
        while block := stream.read(BLOCK):
            blake.update(block)
    return blake.digest()


def _check(body: bytes) -> bytes:
    return hashlib.blake2b(_KEY + body, digest_size=32).digest()


def _base64(line: str) -> bytes:
    try:
        return base64.b64decode(line.strip(), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _mixed(body: bytes, passphrase: str, salt: bytes, operations: int, memory: int) -> bytes:
    """Lock or unlock a secret key: it is mixed with what scrypt makes of the passphrase."""
    power, parallel = _scrypt(operations, memory)
    if memory > _MOST_MEMORY:
        raise InputError("The secret key asks for more than 2 GB to be opened; make another one.")
    stream = hashlib.scrypt(
        passphrase.encode(), salt=salt, n=1 << power, r=8, p=parallel, maxmem=_MOST_MEMORY, dklen=len(body)
    )
    return bytes(one ^ other for one, other in zip(body, stream, strict=True))


def _scrypt(operations: int, memory: int) -> tuple[int, int]:
    """The power of two and the parallelism that libsodium picks for a number of operations and bytes of memory."""
    operations = max(operations, 32_768)
    if operations < memory // 32:
        return max((operations // 32).bit_length() - 1, 1), 1
    power = max((memory // 1024).bit_length() - 1, 1)
    return power, max(min(operations // 4 // (1 << power), 0x3FFFFFFF) // 8, 1)
