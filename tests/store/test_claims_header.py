"""The names of the columns of a file of claims, before anything of it is checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from encoder.errors import InputError
from encoder.store.claims_file import header_of


@pytest.mark.parametrize("parted", [",", ";", "\t"])
def test_the_columns_are_named_as_they_stand(tmp_path: Path, parted: str) -> None:
    path = tmp_path / "claims.csv"
    path.write_text(f"\ufeff{parted.join(('Claim no', 'CPT', 'Date of service'))}\n1\n", encoding="utf-8")
    assert header_of(path) == ["Claim no", "CPT", "Date of service"]


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.csv cannot be read .* name a csv file with claims"):
        header_of(tmp_path / "none.csv")
