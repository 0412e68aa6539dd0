"""Any text is read: no crash, exact quotes, and work that grows no faster than the text."""

from __future__ import annotations

import sys
from datetime import date
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoder import paths
from encoder.core.note.cues import Cues
from encoder.core.note.reading import read
from encoder.core.note.suggest import walk_note
from encoder.core.tree.model import Tree
from encoder.store.codebook import Codebook
from encoder.store.cue_file import read_cues

SAID = (
    "allograft graft donor no not was were the and left right femur distal osteoarticular intercalary cut placed used "
    "resected en bloc margin curetted PROCEDURE: PLAN: HISTORY: . , ; : ( ) it instead of cement nail"
)
WORDS = st.sampled_from([*SAID.split(), "\n"])
pytestmark = pytest.mark.usefixtures("unmeasured")


@pytest.fixture(scope="module")
def cues() -> Cues:
    return read_cues(paths.resources() / "cues")


def quotes_are_exact(text: str, cues: Cues) -> None:
    reading = read(text, cues)
    assert reading.sections[0].start == 0
    assert reading.sections[-1].end == len(text)
    for finding in reading.findings:
        assert text[finding.start : finding.end] == finding.quote


@given(st.text(max_size=400))
def test_any_text_is_read(cues: Cues, text: str) -> None:
    quotes_are_exact(text, cues)


@given(st.lists(WORDS, max_size=60))
def test_any_words_of_a_note_are_read_and_walked(cues: Cues, tree: Tree, book: Codebook, words: list[str]) -> None:
    text = " ".join(words)
    quotes_are_exact(text, cues)
    walked = walk_note(read(text, cues), cues, tree, book, date(2026, 5, 1))
    assert walked.position.status in ("decided", "query", "stopped", "incomplete")


@pytest.mark.parametrize(
    "piece",
    [
        "x",
        "graft ",
        "\n",
        " ",
        "a:",
        ".",
        "dr. ",
        "plan:\n",
        "\u05e9\u05dc\u05d5\u05dd ",
        "\x00\x1f",
        "\u0130",
        "no graft was not used, ",
    ],
)
def test_four_times_the_text_takes_about_four_times_the_work(piece: str, cues: Cues) -> None:
    """Work is counted in calls, which are the same on every machine; ``bench --only note-length`` tells the time."""

    def calls(times: int) -> int:
        count = 0

        def called(_frame: FrameType, _event: str, _arg: object) -> None:
            nonlocal count
            count += 1

        sys.setprofile(called)
        try:
            read(piece * times, cues)
        finally:
            sys.setprofile(None)
        return count

    least = 4_000 // len(piece)
    calls(least)
    assert calls(4 * least) <= 5 * max(calls(least), 1_000)
