"""Batches that were first run unseen and read afterwards, and notes in which an add-on would be a false claim."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import pytest

from encoder.core.note.cues import Cues
from encoder.core.note.findings import TOLD
from encoder.core.note.reading import read
from encoder.core.tree.model import Tree
from encoder.store.codebook import Codebook
from tests.notes.labels import ADD_ONS, FOLDER, Labelled, Score, notes, run

READ = {
    "e": 60,
    "f": 59,
    "g": 50,
    "h": 60,
    "j": 56,
    "k": 58,
    "l": 48,
    "m": 55,
    "n": 57,
    "o": 51,
    "q": 58,
    "r": 59,
    "s": 51,
    "t": 53,
    "u": 53,
    "v": 50,
    "y": 58,
    "aa": 60,
    "ab": 60,
    "ac": 54,
    "ae": 47,
}
"""Of the 60 notes of each batch, how many come out right or stop for want of the right fact."""
TRAPS = tomllib.loads((FOLDER / "traps" / "because.toml").read_text(encoding="utf-8"))
TAKEN_BACK = (
    "The graft was found contaminated, taken out again and discarded.",
    "In the end the allograft was not used and went back to the bank.",
    "The donor bone was given up, and the patient's own frozen bone was put back instead.",
    "The donor femur was returned and not implanted.",
    "It was decided not to implant the graft.",
    "The allograft will be implanted at a second operation.",
)
_EACH = 5
"""One note of so many is tried: the whole takes long and was clean."""


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
    assert not _add_ons(text, cues, tree, book), TRAPS[name]


@pytest.mark.parametrize("said", TAKEN_BACK)
def test_a_graft_that_a_last_sentence_takes_back_is_not_claimed(
    said: str, cues: Cues, tree: Tree, book: Codebook
) -> None:
    for note in _grafted():
        told = [line for line in read(note.text, cues).lines if line.kind in TOLD]
        end = told[-1].words.ends[-1] if told else len(note.text)
        text = f"{note.text[:end]}. {said} {note.text[end:]}"
        assert not _add_ons(text, cues, tree, book), note.name


def _grafted() -> Iterator[Labelled]:
    """Some of the notes that carry an add-on."""
    every = [note for folder in ("tuned", *(f"read/{batch}" for batch in READ)) for note in notes(folder)]
    carry = [note for note in every if {line.split("-")[0] for line in note.lines or ()} & ADD_ONS]
    yield from carry[::_EACH]


def _add_ons(text: str, cues: Cues, tree: Tree, book: Codebook) -> set[str]:
    result = run(Labelled("note", text, "", (), (), "", None), cues, tree, book)
    return {line.split("-")[0] for line in result.lines} & ADD_ONS
