"""Batches that were first run unseen and read afterwards, and notes in which an add-on would be a false claim."""

from __future__ import annotations

import tomllib

import pytest

from encoder.core.note.cues import Cues
from encoder.core.tree.model import Tree
from encoder.store.codebook import Codebook
from tests.notes.labels import ADD_ONS, FOLDER, Labelled, Score, notes, run

READ = {
    "e": 59,
    "f": 58,
    "g": 50,
    "h": 60,
    "j": 56,
    "k": 58,
    "l": 48,
    "m": 54,
    "n": 53,
    "o": 48,
    "q": 58,
    "r": 57,
    "s": 47,
}
"""Of the 60 notes of each batch, how many come out right or stop for want of the right fact."""
TRAPS = tomllib.loads((FOLDER / "traps" / "because.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("batch", READ)
def test_a_batch_that_was_read_stays_as_good_as_it_got(batch: str, cues: Cues, tree: Tree, book: Codebook) -> None:
    score = Score()
    for note in notes(f"read/{batch}"):
        score.add(run(note, cues, tree, book))
    assert score.verdicts["wrong add-on"] == 0
    assert score.verdicts["right"] + score.verdicts["stopped rightly"] >= READ[batch]


@pytest.mark.parametrize("name", TRAPS)
def test_no_trap_gets_an_add_on(name: str, cues: Cues, tree: Tree, book: Codebook) -> None:
    text = (FOLDER / "traps" / f"{name}.txt").read_text(encoding="utf-8")
    result = run(Labelled(name, text, "", (), (), "", None), cues, tree, book)
    assert not {line.split("-")[0] for line in result.lines} & ADD_ONS, TRAPS[name]
