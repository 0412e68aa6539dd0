"""Words: marks, wrapping, and codes that stay whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from encoder.gui.look import Look
from encoder.gui.widgets.text import STRONG, Block, Heading, Run, Words, plain, runs


def test_marks_become_runs() -> None:
    found = runs("Add `20932` when **in one piece**, ~~in two~~.", "small", "text2")
    assert [run.text for run in found] == ["Add ", "20932", " when ", "in one piece", ", ", "in two", "."]
    assert found[1] == Run("20932", "code_small", "text2")
    assert found[3] == Run("in one piece", "small", "text2", STRONG)
    assert found[5].strike
    assert runs("") == []


def test_a_code_in_body_text_is_a_code_of_body_size() -> None:
    assert runs("`0QRC0KZ`")[0].role == "code"


@given(st.text(alphabet=st.characters(exclude_characters="*`~"), max_size=80))
def test_a_text_without_marks_is_left_alone(text: str) -> None:
    assert plain(text) == text
    assert "".join(run.text for run in runs(text)) == text


@given(st.lists(st.sampled_from(["bone", "**margin**", "`27365`", "~~yes~~", " ", "-"]), max_size=12))
def test_the_plain_text_is_what_the_runs_say(parts: list[str]) -> None:
    text = " ".join(parts)
    assert plain(text) == "".join(run.text for run in runs(text))
    assert not set("*`~") & set(plain(text))


def test_a_block_grows_by_whole_lines(look: Look) -> None:
    text = [Run("The donor piece has a joint surface; that decides over the shape of its shaft.")]
    one, more = Block(look, text), Block(look, text, 160)
    assert one.height == pytest.approx(18)
    assert more.height > one.height
    assert more.height % 18 == pytest.approx(0)
    assert more.width <= 160


@pytest.mark.parametrize("word", ["27365-LT", "2026-05-01", "0QRC0KZ"])
def test_a_code_and_a_date_never_break(look: Look, word: str) -> None:
    whole = Block(look, [Run(word)]).width
    block = Block(look, [Run(f"line {word}")], whole + 1)
    assert block.height == pytest.approx(2 * look.tokens.line_height("body"))
    assert block.width == pytest.approx(whole)


def test_only_a_quote_is_elided(look: Look) -> None:
    quote = [Run("“en bloc with a cuff of normal muscle”", "small", "text2")]
    assert Block(look, quote, 80, elide=True).elided
    assert Block(look, quote, 80, elide=True).height == Block(look, quote).height
    assert not Block(look, quote, 800, elide=True).elided


def test_words_wrap_and_are_read_without_marks(look: Look, qtbot: QtBot) -> None:
    words = Words(look, "Add `20932` to the **primary** line of the claim")
    qtbot.addWidget(words)
    assert words.text() == "Add 20932 to the primary line of the claim"
    assert words.heightForWidth(90) > words.heightForWidth(900) == 18
    assert words.minimumSizeHint().width() < words.sizeHint().width()
    words.resize(120, words.heightForWidth(120))
    assert not words.grab().isNull()
    reader = QAccessible.queryAccessibleInterface(words)
    assert reader.role() == QAccessible.Role.StaticText
    assert reader.text(QAccessible.Text.Name) == words.text()
    words.set_words("Other")
    assert words.text() == "Other"


def test_words_that_do_not_wrap_keep_their_width(look: Look, qtbot: QtBot) -> None:
    words = Words(look, "Editions on 2026-05-01", "small", "text3", wrap=False)
    qtbot.addWidget(words)
    assert words.minimumSizeHint() == words.sizeHint()
    assert not words.hasHeightForWidth()
    before = words.sizeHint()
    words.set_role("title")
    words.set_ink("accent")
    assert words.sizeHint().width() > before.width()
    look.set_text_scale(2)
    words.set_role("small")
    assert words.sizeHint().height() == 2 * before.height()
    assert not words.grab().isNull()


def test_a_heading_wears_the_ring_without_moving(look: Look, qtbot: QtBot) -> None:
    heading = Heading(look, "What form was the donor material?")
    qtbot.addWidget(heading)
    heading.resize(heading.sizeHint())
    without, size = heading.grab().toImage(), heading.sizeHint()
    heading.set_ringed(True)
    assert heading.is_ringed()
    assert heading.sizeHint() == size
    ringed = heading.grab().toImage()
    assert ringed != without
    assert ringed.pixelColor(heading.width() // 2, 0) == look.colour("accent")
    assert heading.heightForWidth(150) > heading.heightForWidth(900)
