"""A few words and meanings, for what reads and ranks a query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from encoder.core.search.lexicon import Lexicon
from encoder.core.search.reading import LEFT_OUT, NEAR, SAME, SHORT, SYSTEM, Meaning, Query, read
from encoder.core.search.words import Spelling

_COUNTS = """
allograft 30, bone 900, distal 40, femur 300, femoral 60, fracture 2000, graft 80, left 4000, of 9000, open 700,
osteoarticular 1, radical 20, radius 90, resection 50, right 4000, tibia 200, tumor 300, wide 8, eight 2, fight 3,
shin 5, operating 2, room 3, 1 50
"""
FOUND = {word: int(count) for word, count in (pair.split() for pair in _COUNTS.split(","))}
MEANINGS: dict[str, list[Meaning]] = {
    "fx": [Meaning(("fracture",), SHORT, "fracture")],
    "rad": [Meaning(("radical",), SHORT, "radical"), Meaning(("radius",), SHORT, "radius")],
    "or": [Meaning((), LEFT_OUT, "or"), Meaning(("operating", "room"), SHORT, "operating room")],
    "for": [Meaning((), LEFT_OUT, "for")],
    "the": [Meaning((), LEFT_OUT, "the")],
    "i&d": [Meaning(("open",), SHORT, "opened")],
    "dx": [Meaning(("=icd10cm",), SYSTEM, "icd10cm")],
    "place service": [Meaning(("=pos",), SYSTEM, "pos")],
    "fracture": [Meaning(("broken",), SAME, "broken"), Meaning(("bone", "open"), NEAR, "open bone")],
    "wide resection": [Meaning(("radical", "resection"), NEAR, "radical resection")],
    "radical resection": [Meaning(("wide",), SAME, "wide")],
    "shin bone": [Meaning(("tibia",), SAME, "tibia")],
    "osteosarc": [Meaning(("tumor",), SHORT, "tumor"), Meaning((), LEFT_OUT, "")],
}


def lexicon() -> Lexicon:
    words = sorted(FOUND)
    return Lexicon(words, [word.capitalize() for word in words], [FOUND[word] for word in words], 10_000, ["of"])


def meanings(phrases: Iterable[str]) -> Mapping[str, Sequence[Meaning]]:
    return {phrase: MEANINGS[phrase] for phrase in phrases if phrase in MEANINGS}


def near(word: str) -> Sequence[tuple[str, int]]:
    """What is near a word: written down, not worked out."""
    return {
        "femru": (("femur", 1),),
        "resecton": (("resection", 1),),
        "wdie": (("wide", 1),),
        "fight": (("eight", 1), ("right", 1)),
        "osteosarx": (("osteosarc", 1),),
        "allogr": (("allograft", 2),),
        "tibxx": (("tib", 2),),
        "fxx": (("fx", 1), ("fxx", 0)),
    }.get(word, ())


def ask(text: str, *, correct: bool = True) -> Query:
    return read(text, Spelling(), lexicon(), meanings, near if correct else None)
