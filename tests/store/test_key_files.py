"""Keys of packs are written once, for their owner alone, and read with their passphrase."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from encoder.errors import InputError, SetupError, UsageError
from encoder.store.key_files import read_secret, write_keys
from encoder.store.minisign import PublicKey


def test_a_pair_is_written_and_read_again(tmp_path: Path) -> None:
    key = write_keys(tmp_path / "office", lambda: "open")
    assert read_secret(tmp_path / "office.key", lambda: "open").public == key.public
    assert PublicKey.read((tmp_path / "office.pub").read_text()) == key.public
    if os.name != "nt":
        assert stat.S_IMODE((tmp_path / "office.key").stat().st_mode) == 0o600


def test_a_key_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "office.pub").write_text("older")
    with pytest.raises(UsageError, match=r"office\.pub is there already, and a key is never overwritten"):
        write_keys(tmp_path / "office", str)
    assert not (tmp_path / "office.key").exists()


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"^The keys cannot be written beside .*office"):
        write_keys(tmp_path / "none" / "office", str)


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.key cannot be read"):
        read_secret(tmp_path / "none.key", str)
