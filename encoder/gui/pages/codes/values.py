"""The values of a code: its parts by year, the work value as a small line, the payment of a locality, each figure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from encoder.core.page.localities import name as place_name
from encoder.core.page.model import CodePage, Year
from encoder.gui.look import Look
from encoder.gui.pages.codes.panels import CodePanel
from encoder.gui.widgets.choices import ComboBox
from encoder.gui.widgets.figures import Figures, FigureTable
from encoder.gui.widgets.paint import hairline
from encoder.gui.widgets.text import Words
from encoder.gui.wording import code as words

_NATIONAL = "National"
_YEARS = 3  # editions beside each other
_UNHELD = "–"


class YearLine(QLabel):
    """The work value by year: a step where it changed, its first and last value written. Readers hear every value."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._points: tuple[tuple[int, int, Decimal, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def show_years(self, years: Sequence[Year]) -> None:
        """Show the work values of some editions, oldest first; gone without at least two years."""
        held = [(y.start.year, (y.end or y.start).year, Decimal(y.work), y.work) for y in years if y.work and y.start]
        self._points = tuple(held)
        said = ", ".join(f"{a} to {b}: {text}" if a != b else f"{a}: {text}" for a, b, _, text in held)
        self.setText(f"Work value by year, {said}")
        self.setVisible(bool(held) and held[-1][1] > held[0][0])
        self.update()

    def points(self) -> tuple[tuple[int, int, Decimal, str], ...]:
        """First year, last year, value and the value as published, of each edition."""
        return self._points

    def sizeHint(self) -> QSize:
        return QSize(self._look.px("least_possible"), self._look.px("plot"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._points:
            return
        look, px, points = self._look, self._look.px, self._points
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetricsF(look.font("label"))
        line = metrics.height()
        first, last = points[0][0], points[-1][1]
        low, high = min(p[2] for p in points), max(p[2] for p in points)
        left, right = px("part") + 0.0, self.width() - px("part") - 0.0
        top, bottom = line + px("near"), self.height() - line - px("near")

        def x(year: int) -> float:
            return left + (right - left) * (year - first) / (last - first)

        def y(value: Decimal) -> float:
            share = float((high - value) / (high - low)) if high != low else 0.5
            return top + (bottom - top) * share

        base = self.height() - line - px("hair")
        hairline(painter, look, QPointF(left, base), QPointF(right, base))
        painter.setPen(QPen(look.colour("accent"), px("ring")))
        at: QPointF | None = None
        for begin, end, value, _ in points:
            start = QPointF(x(begin), y(value))
            if at is not None:
                painter.drawLine(at, QPointF(at.x(), start.y()))
                painter.drawLine(QPointF(at.x(), start.y()), start)
            at = QPointF(x(end), y(value))
            painter.drawLine(start, at)
        painter.setBrush(look.colour("surface"))
        dot = px("tight") - px("edge") / 2
        for begin, end, value, _ in points:
            for year in range(begin, end + 1):
                painter.drawEllipse(QPointF(x(year), y(value)), dot, dot)
        self._write(painter, points, QPointF(left, y(points[0][2])), QPointF(right, y(points[-1][2])))
        painter.end()

    def _write(
        self, painter: QPainter, points: Sequence[tuple[int, int, Decimal, str]], begin: QPointF, end: QPointF
    ) -> None:
        look, px = self._look, self._look.px
        metrics = QFontMetricsF(look.font("label"))
        high, width = metrics.height(), self.width() - 2 * px("near")
        for text, point, side in (
            (points[0][3], begin, Qt.AlignmentFlag.AlignLeft),
            (points[-1][3], end, Qt.AlignmentFlag.AlignRight),
        ):
            painter.setFont(look.font("label"))
            painter.setPen(look.colour("text"))
            area = QRectF(px("near"), point.y() - high - px("tight"), width, high)
            painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, text)
        painter.setPen(look.colour("text3"))
        below = QRectF(px("near"), self.height() - high, width, high)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, str(points[0][0]))
        painter.drawText(below, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(points[-1][1]))


class ValuesPanel(CodePanel):
    """The locality and what it pays, the parts by year, and the line."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, "Values", parent)
        self._page: CodePage | None = None
        self._chosen = ""
        self.locality = ComboBox(look, "Locality of the payment")
        self.figures = FigureTable(look)
        self.head = Words(look, "**Work value by year**", "small", "text2")
        self.line = YearLine(look)
        self.scale = Words(look, "The scale does not start at zero.", "label", "text3")
        self._above, self._below = QWidget(), QWidget()
        self._upper, self._inner = QVBoxLayout(self._above), QVBoxLayout(self._below)
        self._upper.addWidget(self.locality)
        for part in (self.figures, self.head, self.line, self.scale):
            self._inner.addWidget(part)
        self.add(self._above)
        self.add(self._below, 4)
        self.locality.activated.connect(lambda _at: self._choose())
        self._measure_values()
        look.changed.connect(self._measure_values)

    def show_page(self, page: CodePage) -> None:
        """Show the values of a page; the locality that was chosen stays."""
        self._page = page
        for part in (self._above, self._below):
            part.setVisible(bool(page.years))
        self.locality.clear()
        self.locality.addItem(_NATIONAL, "")
        for paid in page.paid:
            self.locality.addItem(place_name(paid.place), f"{paid.place.contractor}{paid.place.number}")
        self.locality.setEnabled(bool(page.paid))
        note = " ".join(said.say for said in page.value_notes)
        self.locality.setToolTip(note)
        self.locality.setAccessibleDescription(note)
        self.locality.setCurrentIndex(max(self.locality.findData(self._chosen), 0))
        self.line.show_years(page.years)
        shown = self.line.isVisibleTo(self._below)
        self.head.setVisible(shown)
        self.scale.setVisible(shown)
        years = page.years[-_YEARS:]
        heads = ("", *(words.years(year) for year in years))
        self.figures.set_figures(Figures(heads, tuple(_rows(years)), note))
        if page.years:
            self.show_facts(words.paid(page, str(self.locality.currentData() or "")))

    def _choose(self) -> None:
        self._chosen = str(self.locality.currentData() or "")
        if self._page is not None and self._page.years:
            self.show_facts(words.paid(self._page, self._chosen))

    def first(self) -> QWidget:
        return self.locality if self.locality.isEnabled() and self._above.isVisibleTo(self) else self.table

    def _measure_values(self) -> None:
        px = self._look.px
        for layout in (self._upper, self._inner):
            layout.setContentsMargins(px("snug"), 0, px("snug"), 0)
            layout.setSpacing(px("tight"))


def _rows(years: Sequence[Year]) -> list[tuple[str, ...]]:
    parts = (
        ("Work", [year.work for year in years]),
        ("Practice", [year.practice for year in years]),
        ("Malpractice", [year.malpractice for year in years]),
        ("Total RVU", [year.total for year in years]),
        ("US$", [year.dollars for year in years]),
    )
    return [(label, *(value or _UNHELD for value in values)) for label, values in parts]
