"""The spans of a note as the window shows them are exact, whatever the text: the words marked are the words read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QApplication

from encoder import paths
from encoder.core.beside.case_note import read_note
from encoder.core.note.cues import Cues
from encoder.gui.look import Look
from encoder.gui.widgets.note_view import Marked, NoteView, Style
from encoder.gui.widgets.shown_text import ShownText
from encoder.store.cue_file import read_cues
from encoder.store.documents import joined, made
from tests.gui.look.dress import dressed

SEPARATORS = ("\0", "\x0b", "\x85", "\u2028", "\u2029", "\ufeff", "\ufdd0", "\r\n", "\r", "\t", " ", "\ufffc")
LETTERS = ("\U0001f9b4", "\U00020000", "שלום ", "\u202e", "\u2066", "é", "e\u0301", "👩🏽\u200d⚕️", "ﬁ", "İ", "ß")
ODD = st.sampled_from((*SEPARATORS, *LETTERS))
SPOKEN = "Back table: The distal femoral osteoarticular allograft was thawed and cut . No chips were used left femur"
SAID = st.sampled_from((*SPOKEN.split(), "\n"))
TEXTS = st.lists(st.one_of(SAID.map(lambda word: f"{word} "), ODD, st.text(max_size=3)), max_size=60).map("".join)
STYLE = Style("stated", line=QTextCharFormat.UnderlineStyle.DashUnderline)
pytestmark = pytest.mark.usefixtures("unmeasured")


@pytest.fixture(scope="module")
def cues() -> Cues:
    return read_cues(paths.resources() / "cues")


@pytest.fixture(scope="module")
def look(qapp: QApplication) -> Iterator[Look]:
    yield from dressed(qapp)


@pytest.fixture(scope="module")
def view(look: Look) -> Iterator[NoteView]:
    view = NoteView(look)
    view.resize(396, 300)
    view.show()
    yield view
    view.close()
    view.deleteLater()


def shown(words: str) -> str:
    """The words as Qt selects them: it counts some control characters as ends of paragraphs."""
    ends = {"\n": "\u2029", "\r": "\u2029", "\ufdd0": "\u2029", "\ufdd1": "\u2029", "\ufeff": "\u2060"}
    return "".join("\ufffd" if "\ud800" <= each <= "\udfff" else ends.get(each, each) for each in words)


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_what_is_marked_in_the_window_are_the_words_that_were_read(
    view: NoteView, cues: Cues, first: str, second: str
) -> None:
    documents = [made(name, text) for name, text in (("a", f"The graft. {first}"), ("b", f"{second} It was cut."))]
    text, parts = joined(documents)
    note = read_note(parts, text, cues)
    view.set_texts([document.text for document in documents])
    for finding in note.reading.findings:
        for quoted in note.quoted(finding.start, finding.end):
            assert note.where(quoted) is not None
            at = next(place for place, document in enumerate(documents) if document.name == quoted.document)
            view.show_document(at)
            view.set_marks([Marked(quoted.start, quoted.end, STYLE, "stated")])
            (drawn,) = view.extraSelections()
            assert drawn.cursor.selectedText() == shown(quoted.quote)
            view.select(quoted.start, quoted.end)
            assert view.selection() == (quoted.start, quoted.end)
    view.grab()


@settings(deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-16"), max_size=200))
def test_places_and_units_go_there_and_back(text: str) -> None:
    held = ShownText(text)
    assert [held.place(held.unit(place)) for place in range(len(text) + 1)] == list(range(len(text) + 1))
    assert held.unit(len(text)) == len(text.encode("utf-16-le")) // 2


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(min_size=1, max_size=5), st.integers(1, 5000)), max_size=6))
def test_lines_of_any_length_go_there_and_back(pieces: list[tuple[str, int]]) -> None:
    text = "".join(piece * times for piece, times in pieces)
    held = ShownText(text)
    assert all(held.place(held.unit(place)) == place for place in range(0, len(text) + 1, 97))
    assert held.unit(len(text)) == len(held.shown.encode("utf-16-le", "surrogatepass")) // 2
