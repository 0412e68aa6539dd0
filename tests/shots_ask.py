"""The pictures of the Ask place: questions, from a code back, and the case that starts with assumptions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from tests.screen import Screen


def ask(screen: Screen, text: str = "") -> None:
    """A question and its answer; without one what can be asked."""
    screen.desk.going.ask(text)


def from_code(screen: Screen, code: str, with_code: str = "") -> None:
    """What leads to a code, and to both."""
    screen.desk.going.start_from(code, with_code)


def assumed(screen: Screen, confirmed: int = 0) -> None:
    """The case with the assumptions of a pair, some of them confirmed."""
    from_code(screen, "20932", "27365")
    screen.press("Ctrl+Enter", *["Enter"] * confirmed)
    screen.desk.hints.clear_message()


def replacing(screen: Screen) -> None:
    """A case under way, about to be replaced."""
    screen.answer("donor_bone")
    from_code(screen, "20932")
    screen.press("Ctrl+Enter")


SCENES: dict[str, Callable[[Screen], object]] = {
    "ask_examples": ask,
    "ask_pair": partial(ask, text="can 20932 go with 27447"),
    "ask_unknown": partial(ask, text="blub"),
    "ask_outside": partial(ask, text="ACL reconstruction with allograft"),
    "ask_operation": partial(ask, text="tumour of the distal femur, radical resection, osteoarticular allograft"),
    "ask_from_nothing": partial(from_code, code=""),
    "ask_from_code": partial(from_code, code="27365"),
    "ask_from_pair": partial(from_code, code="20932", with_code="27365"),
    "ask_from_not_listed": partial(from_code, code="20932", with_code="27447"),
    "ask_from_barred": partial(from_code, code="20934", with_code="20932"),
    "ask_from_unknown": partial(from_code, code="9999X"),
    "ask_replace": replacing,
    "question_assumed": assumed,
    "question_assumed_later": partial(assumed, confirmed=3),
}
