"""What holds for a span of days holds on its first and on its last day."""

from __future__ import annotations

from datetime import date

import pytest

from encoder.core.codes import ALWAYS, Span

FIRST, LAST = date(2019, 1, 1), date(2025, 12, 31)


@pytest.mark.parametrize(
    ("span", "covered", "outside"),
    [
        (Span(FIRST, LAST), [FIRST, date(2022, 2, 2), LAST], [date(2018, 12, 31), date(2026, 1, 1)]),
        (Span(FIRST), [FIRST, date.max], [date.min, date(2018, 12, 31)]),
        (Span(None, LAST), [date.min, LAST], [date(2026, 1, 1), date.max]),
        (ALWAYS, [date.min, date.max], []),
    ],
)
def test_a_span_covers_both_its_days_and_an_open_side_everything(
    span: Span, covered: list[date], outside: list[date]
) -> None:
    assert all(span.covers(day) for day in covered)
    assert not any(span.covers(day) for day in outside)
