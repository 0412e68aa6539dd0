"""Section titles, tags, call-outs, verdict lines and claim lines."""

from __future__ import annotations

from typing import get_args

import pytest
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from encoder.gui.look import Look
from encoder.gui.widgets.buttons import KeyButton
from encoder.gui.widgets.paint import Tag, TagKind, tag_width
from encoder.gui.widgets.panels import Callout, CalloutKind, SectionTitle, TagLabel
from encoder.gui.widgets.text import Words
from encoder.gui.widgets.verdict import ClaimLine, CodeLine, CodeLines, VerdictKind, VerdictLine

LINES = [
    ClaimLine("27365-LT", "Wide removal of a bone tumour, femur or knee", "Primary, 1 unit, left side"),
    ClaimLine("20932", "Donor bone with a joint surface", "Add-on, 1 unit", Tag("review first", "warn", "review")),
]


def picture(widget: QWidget, width: int = 500) -> QImage:
    widget.resize(width, max(widget.heightForWidth(width), widget.sizeHint().height()))
    return widget.grab().toImage()


def test_a_section_title_is_read_with_its_count(look: Look, qtbot: QtBot) -> None:
    title = SectionTitle(look, "Documentation", "9 of 10 facts quoted")
    qtbot.addWidget(title)
    assert title.text() == "Documentation, 9 of 10 facts quoted"
    with_count = title.sizeHint().width()
    title.set_title("Documentation")
    assert title.text() == "Documentation"
    assert title.sizeHint().width() < with_count
    assert not picture(title).isNull()


@pytest.mark.parametrize("kind", get_args(TagKind))
def test_a_tag_is_as_wide_as_its_words_and_icon(look: Look, qtbot: QtBot, kind: TagKind) -> None:
    tag = TagLabel(look, Tag("look", kind, "warn"))
    qtbot.addWidget(tag)
    assert tag.text() == "look"
    assert tag.sizeHint().height() == look.px("tag")
    assert tag.sizeHint().width() > tag_width(look, Tag("look")) - 1
    tag.set_tag(Tag("a longer word", kind))
    assert tag.minimumSizeHint() == tag.sizeHint()
    assert not tag.grab().isNull()


def test_a_tag_has_a_short_word_for_narrow_rows(look: Look) -> None:
    tag = Tag("stated in the note", "accent", "note", "stated")
    assert tag_width(look, tag, short=True) < tag_width(look, tag)
    assert tag_width(look, Tag("history"), short=True) == tag_width(look, Tag("history"))


@pytest.mark.parametrize("kind", get_args(CalloutKind))
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_callout_says_its_sentence_and_holds_what_the_page_adds(
    look: Look, qtbot: QtBot, kind: CalloutKind, scheme: str
) -> None:
    look.set_scheme("dark" if scheme == "dark" else "light")
    callout = Callout(look, kind, "Two facts do not go together.", "**Form:** full cylinder.", Tag("W08", "warn"))
    qtbot.addWidget(callout)
    assert callout.accessibleName() == "Two facts do not go together."
    assert callout.accessibleDescription() == "Form: full cylinder."
    bare = callout.sizeHint().height()
    callout.add_buttons([KeyButton(look, "Change form", keys=("1",), small=True)])
    callout.add(Words(look, "More"))
    assert callout.sizeHint().height() > bare
    callout.set_kind("ok")
    callout.set_words("All nine checks pass")
    assert callout.accessibleName() == "All nine checks pass"
    assert not callout.grab().isNull()


@pytest.mark.parametrize("kind", get_args(VerdictKind))
def test_a_verdict_is_said_in_words_beside_its_icon(look: Look, qtbot: QtBot, kind: VerdictKind) -> None:
    line = VerdictLine(look, kind, "Stop: ask the surgeon")
    qtbot.addWidget(line)
    assert line.text() == "Stop: ask the surgeon"
    assert line.kind() == kind
    assert QAccessible.queryAccessibleInterface(line).role() == QAccessible.Role.StaticText
    once = picture(line)
    line.set_verdict("decided" if kind != "decided" else "review", "Stop: ask the surgeon")
    assert picture(line) != once
    assert line.heightForWidth(90) > line.heightForWidth(900)


def test_a_claim_line_never_cuts_its_code_and_wraps_its_words(look: Look, qtbot: QtBot) -> None:
    line = CodeLine(look, LINES[1])
    qtbot.addWidget(line)
    assert line.text() == "20932: Donor bone with a joint surface"
    assert line.accessibleDescription() == "Add-on, 1 unit, review first"
    assert line.minimumSizeHint().width() > line.code_width()
    assert line.heightForWidth(360) > line.heightForWidth(900)
    assert not picture(line).isNull()


def test_claim_lines_stand_in_one_column(look: Look, qtbot: QtBot) -> None:
    lines = CodeLines(look)
    qtbot.addWidget(lines)
    lines.set_lines(LINES)
    assert lines.lines() == tuple(LINES)
    assert not picture(lines, 800).isNull()
    lines.set_lines([ClaimLine("27365-LT-58-59-22", "Very many modifiers"), LINES[1]])
    look.set_text_scale(2)
    assert not picture(lines, 1400).isNull()
    assert [line.code for line in lines.lines()] == ["27365-LT-58-59-22", "20932"]
