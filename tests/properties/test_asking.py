"""Anything can be asked, on any date: the answer is sound, or none is given; any code has a page, or none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encoder.commands.shipped import Shipped
from encoder.core.ask.ask import Asker
from encoder.core.own import Collection, changed, with_note
from encoder.core.page.evidence import Desk
from encoder.core.page.page import page
from encoder.core.reverse import first_answers, trails
from encoder.errors import UsageError
from tests.ask.expected import sound

pytestmark = pytest.mark.usefixtures("unmeasured")

NOW = date(2026, 5, 1)
DAYS = [NOW, date(2018, 6, 1), date(2019, 9, 30), date(2025, 12, 31), date(2027, 2, 1)]
ODD = st.text(st.characters() | st.sampled_from("\udc80\0'’-/.&+0123456789OoXx "), max_size=30)
NONSENSE = ("zqxvy", "qwrtzp", "xyzzyq")


@pytest.fixture(scope="module")
def desks(shipped: Shipped) -> dict[date, Desk]:
    return {on: shipped.desk(shipped.tree(), on) for on in DAYS}


@pytest.fixture(scope="module")
def asker(shipped: Shipped) -> Asker:
    return Asker(shipped.lexicon(shipped.tree()), lambda on: shipped.reach(shipped.tree(), on))


@pytest.fixture(scope="module")
def words(asker: Asker, desks: dict[date, Desk]) -> st.SearchStrategy[str]:
    """A word or phrase that is understood, or a code of the tables."""
    phrases = sorted(" ".join(phrase) for phrase in asker.lexicon.phrases)
    codes = [code.code for code in desks[NOW].book.codes()]
    few = ["20932", "20933", "20934", "27365", "27447", "C40.21", "0QRB0KZ", "99999", "2026-01-01", "2019", "59"]
    return st.sampled_from(phrases) | st.sampled_from([*few, *codes])


@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_any_words_are_answered_soundly_or_not_at_all(
    asker: Asker, desks: dict[date, Desk], words: st.SearchStrategy[str], data: st.DataObject
) -> None:
    text = " ".join(data.draw(st.lists(words, max_size=7)))
    desk = desks[data.draw(st.sampled_from(DAYS))]
    answer = asker.ask(text, desk)
    assert answer.question == text
    sound(answer, desk)


@settings(max_examples=300, deadline=None)
@given(text=ODD)
def test_any_text_is_answered_soundly_or_not_at_all(asker: Asker, desks: dict[date, Desk], text: str) -> None:
    sound(asker.ask(text, desks[NOW]), desks[NOW])


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_word_that_is_not_known_is_never_passed_over(
    asker: Asker, desks: dict[date, Desk], words: st.SearchStrategy[str], data: st.DataObject
) -> None:
    parts = data.draw(st.lists(words, min_size=1, max_size=5))
    parts.insert(data.draw(st.integers(0, len(parts))), data.draw(st.sampled_from(NONSENSE)))
    answer = asker.ask(" ".join(parts), desks[NOW])
    assert not answer.answered or answer.kind == "out_of_scope"


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_any_code_has_a_page_and_trails_or_none(shipped: Shipped, desks: dict[date, Desk], data: st.DataObject) -> None:
    desk = desks[data.draw(st.sampled_from(DAYS))]
    codes = [code.code for code in desk.book.codes()]
    code = data.draw(st.sampled_from(codes) | st.sampled_from(["C40.21", "M84.551A", "0QRB0KZ", "62"]) | ODD)
    reach = shipped.reach(desk.tree, desk.on)
    made = page(desk, code, first_answers(desk, reach, code))
    found = trails(desk, reach, code)
    assert made is None or (made.panels and made.title)
    assert made is not None or found == ()


@settings(max_examples=200, deadline=None)
@given(code=ODD | st.sampled_from(["20932", "C40.21"]), text=ODD, table=ODD, key=ODD)
def test_any_note_is_kept_or_refused(desks: dict[date, Desk], code: str, text: str, table: str, key: str) -> None:
    try:
        kept = with_note(Collection(), desks[NOW], code, text, NOW, table, key)
    except UsageError:
        return
    assert not changed(desks[NOW], kept.notes[0])
