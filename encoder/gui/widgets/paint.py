"""What rows and buttons draw alike: boxes with an edge, key caps, tags, icons and the line of steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from encoder.gui.look import Look

TagKind = Literal["plain", "accent", "ok", "warn", "stop"]

_TAG_COLOURS: dict[TagKind, tuple[str, str, str]] = {  # ink, fill, edge
    "plain": ("text2", "sunken", "line"),
    "accent": ("accent", "tint", "tint_line"),
    "ok": ("ok", "ok_tint", "ok_line"),
    "warn": ("warn", "warn_tint", "warn_line"),
    "stop": ("stop", "stop_tint", "stop_line"),
}
_DASH = "–"  # between two key caps: from the one to the other


@dataclass(frozen=True, slots=True)
class Tag:
    """A small framed word, such as "stated in the note". ``short`` is used where there is little room."""

    text: str
    kind: TagKind = "plain"
    icon: str = ""
    short: str = ""


def box(
    painter: QPainter,
    look: Look,
    rect: QRectF,
    *,
    fill: str = "",
    edge: str = "",
    radius: str = "radius",
    width: str = "edge",
) -> None:
    """A rounded box; its edge lies wholly within ``rect``. ``radius`` and ``width`` are sizes of the tokens."""
    stroke = look.px(width) if edge else 0
    inner = rect.adjusted(stroke, stroke, -stroke, -stroke)
    outside = look.px(radius) if radius else 0
    inside = max(outside - stroke, 0)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    if edge:  # two outlines filled between them: many times faster than a pen along a wide box
        rim = QPainterPath()
        rim.addRoundedRect(rect, outside, outside)
        rim.addRoundedRect(inner, inside, inside)
        painter.fillPath(rim, look.colour(edge))
    if fill:
        painter.setBrush(look.colour(fill))
        painter.drawRoundedRect(inner, inside, inside)
    painter.restore()


def hairline(painter: QPainter, look: Look, start: QPointF, end: QPointF, ink: str = "line") -> None:
    """A straight hairline, sharp on the px grid."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(look.colour(ink), look.px("edge")))
    painter.drawLine(start, end)
    painter.restore()


# -- icons ------------------------------------------------------------------------------------------------------------


def paint_icon(
    painter: QPainter, look: Look, name: str, ink: str, x: float, middle: float, size: str = "icon_row"
) -> None:
    """An icon with its left edge at x and its middle at the height ``middle``."""
    pixmap = look.pixmap(name, ink, size, painter.device().devicePixelRatioF())
    painter.drawPixmap(QPointF(round(x), round(middle - look.px(size) / 2)), pixmap)


# -- key caps ---------------------------------------------------------------------------------------------------------


def key_width(look: Look, text: str, size: str = "key") -> float:
    """The width of one key cap; ``size`` is key, key_large or key_tight."""
    text_width = QFontMetricsF(look.font(_key_role(size))).horizontalAdvance(text)
    return max(look.px(size), round(text_width + 2 * (look.px("key_pad") + look.px("edge"))))


def paint_key(
    painter: QPainter, look: Look, text: str, x: float, middle: float, size: str = "key", *, ink: str = ""
) -> None:
    """A key cap with its left edge at x. ``ink`` draws word and edge in one colour on what lies below."""
    ratio, side = painter.device().devicePixelRatioF(), look.px(size)

    def make() -> QPixmap:
        width = key_width(look, text, size)
        pixmap = QPixmap(QSizeF(width * ratio, side * ratio).toSize())
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        onto = QPainter(pixmap)
        _draw_key(onto, look, text, QRectF(0, 0, width, side), size, ink)
        onto.end()
        return pixmap

    cap = look.kept(("key", text, size, ink, ratio), make)
    painter.drawPixmap(QPointF(round(x), round(middle - side / 2)), cap)


def _draw_key(painter: QPainter, look: Look, text: str, outer: QRectF, size: str, ink: str) -> None:
    edge = look.px("edge")
    inner = outer.adjusted(edge, edge, -edge, -2 * edge)
    radius = look.px("radius")
    rim = QPainterPath()
    rim.addRoundedRect(outer, radius, radius)
    rim.addRoundedRect(inner, radius - edge, radius - edge)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    if not ink:
        painter.setBrush(look.colour("surface"))
        painter.drawRoundedRect(inner, radius - edge, radius - edge)
    painter.setBrush(look.colour(ink or "strong"))
    painter.drawPath(rim)
    painter.setPen(look.colour(ink or ("text2" if size == "key" else "text")))
    painter.setFont(look.font(_key_role(size)))
    painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def keys_width(look: Look, keys: Sequence[str]) -> float:
    """The width of a row of key caps; a dash among them stands between two caps without a cap of its own."""
    return sum(_cap_width(look, key) for key in keys) + look.px("tight") * max(len(keys) - 1, 0)


def paint_keys(painter: QPainter, look: Look, keys: Sequence[str], x: float, middle: float, *, ink: str = "") -> float:
    """Draw a row of key caps from x; gives the x after the last."""
    for place, key in enumerate(keys):
        x += look.px("tight") if place else 0
        width = _cap_width(look, key)
        if key == _DASH:
            painter.setFont(look.font("small"))
            painter.setPen(look.colour(ink or "text2"))
            side = look.px("key")
            painter.drawText(QRectF(x, middle - side / 2, width, side), Qt.AlignmentFlag.AlignCenter, key)
        else:
            paint_key(painter, look, key, x, middle, ink=ink)
        x += width
    return x


def spoken_keys(keys: Sequence[str]) -> str:
    """Key caps in words: "Ctrl+K", "1 to 8"."""
    return "+".join(keys).replace(f"+{_DASH}+", " to ")


def _cap_width(look: Look, key: str) -> float:
    return QFontMetricsF(look.font("small")).horizontalAdvance(key) if key == _DASH else key_width(look, key)


def _key_role(size: str) -> str:
    return "key" if size == "key" else "key_large"


# -- tags -------------------------------------------------------------------------------------------------------------


def tag_width(look: Look, tag: Tag, *, short: bool = False) -> float:
    """The width of a tag."""
    icon = look.px("icon_tag") + look.px("tight") if tag.icon else 0
    text = QFontMetricsF(look.font("key")).horizontalAdvance(_tag_text(tag, short))
    return round(2 * (look.px("tag_pad") + look.px("edge")) + icon + text)


def tags_width(look: Look, tags: Sequence[Tag], *, short: bool = False) -> float:
    """The width of tags side by side."""
    return sum(tag_width(look, tag, short=short) for tag in tags) + look.px("tight") * max(len(tags) - 1, 0)


def paint_tags(
    painter: QPainter, look: Look, tags: Sequence[Tag], x: float, middle: float, *, short: bool = False
) -> float:
    """Tags side by side from x; gives the x after the last."""
    for place, tag in enumerate(tags):
        x += look.px("tight") if place else 0
        ink, fill, edge = _TAG_COLOURS[tag.kind]
        height = look.px("tag")
        rect = QRectF(round(x), round(middle - height / 2), tag_width(look, tag, short=short), height)
        box(painter, look, rect, fill=fill, edge=edge, radius="radius_tag")
        at = rect.left() + look.px("edge") + look.px("tag_pad")
        if tag.icon:
            paint_icon(painter, look, tag.icon, ink, at, rect.center().y(), "icon_tag")
            at += look.px("icon_tag") + look.px("tight")
        painter.setFont(look.font("key"))
        painter.setPen(look.colour(ink))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(at, rect.top(), rect.right() - at, rect.height()), left, _tag_text(tag, short))
        x = rect.right()
    return x


def _tag_text(tag: Tag, short: bool) -> str:
    return tag.short if short and tag.short else tag.text
