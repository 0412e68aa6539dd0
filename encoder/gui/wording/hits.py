"""What a search found, as rows: code sets in groups, the words that were found marked, and why each is here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from encoder.core.search.found import Found, Hit
from encoder.gui.searching import Sought
from encoder.gui.widgets.hits import HitRow

FILTERS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("all", "All", ()),
    ("cpt", "CPT", ("cpt",)),
    ("icd10cm", "ICD-10-CM", ("icd10cm",)),
    ("icd10pcs", "ICD-10-PCS", ("icd10pcs",)),
    ("hcpcs", "HCPCS", ("hcpcs",)),
    ("modifier", "Modifiers", ("modifier",)),
    ("pos", "Places", ("pos",)),
    ("tree", "Questions", ("tree",)),
)
"""What a search can be narrowed to: id, name, code sets."""
SYSTEMS = {
    "cpt": "CPT, our wording",
    "icd10cm": "ICD-10-CM",
    "icd10pcs": "ICD-10-PCS",
    "hcpcs": "HCPCS Level II",
    "modifier": "Modifiers",
    "pos": "Places of service",
    "tree": "In the questions",
}
_LICENSED = "CPT, licensed texts"
_THIS_CODE = "this code"
_SHORTEST = 3  # letters by which a word of a title is known again
_ASKS = re.compile(
    r"^\s*(what|which|who|when|where|why|how|can|may|is|are|does|do|must|should|difference)\b|\?\s*$", re.IGNORECASE
)
_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")


def is_question(text: str) -> bool:
    """Whether a text reads as a plain question."""
    return bool(_ASKS.search(text)) and len(text.split()) > 1


def groups(sought: Sought, edition: Callable[[str], str], place: Callable[[str], str]) -> Iterator[HitRow]:
    """The hits, each code set together, in the order of the best hit of each.

    Args:
        edition: the edition of a code set on the date; ``place`` the name of a question of the tree.
    """
    found = sought.found
    pairs = list(zip(found.hits, sought.stands, strict=True))
    for system in dict.fromkeys(hit.system for hit in found.hits):
        own = [(hit, stand) for hit, stand in pairs if hit.system == system]
        name = _LICENSED if system == "cpt" and all(hit.official for hit, _ in own) else SYSTEMS[system]
        held = edition(system)
        yield HitRow("heading", system, f"{name}, {held}" if held else name)
        for hit, stand in own:
            yield _row(hit, stand, place)


def _row(hit: Hit, stand: str, place: Callable[[str], str]) -> HitRow:
    text = marked(hit)
    if hit.system == "tree":
        return HitRow("place", hit.code, text, place(hit.code), end=why(hit))
    licensed = "licensed text" if hit.official else ""
    end = " · ".join(part for part in (licensed, why(hit)) if part)
    return HitRow("code", hit.written, text, hit.code, code=True, end=end, warn=stand)


def why(hit: Hit) -> str:
    """Why a hit is here, and which of the typed words it lacks."""
    reasons = ", ".join(_THIS_CODE if reason == "code" else reason for reason in hit.matched)
    lacks = f"without {', '.join(hit.missing)}" if hit.missing else ""
    return "; ".join(part for part in (reasons, lacks) if part)


def marked(hit: Hit) -> str:
    """The title with the words that were found marked."""
    needles = {word.casefold() for reason in hit.matched for word in _WORD.findall(reason)}
    needles = {word for word in needles if len(word) >= _SHORTEST}

    def mark(match: re.Match[str]) -> str:
        word = match[0]
        found = any(word.casefold().startswith(needle) for needle in needles)
        return f"**{word}**" if found else word

    return _WORD.sub(mark, _unmarked(hit.title)) if hit.matched != ("code",) else _unmarked(hit.title)


def _unmarked(text: str) -> str:
    """A text without signs that would be read as marks."""
    return text.replace("**", "* *").replace("`", "'").replace("~~", "~ ~")


def said(found: Found) -> str:
    """How the words were read, or what to say of the search; empty where the hits speak for themselves."""
    if found.corrected:
        words = [word for word in found.words if word.how == "spelling"]
        many = "One word was corrected" if len(words) == 1 else f"{len(words)} words were corrected"
        return f"Searched for **{_unmarked(found.corrected)}**. {many}."
    return _unmarked(found.said)


def near(words: Sequence[str]) -> Iterator[HitRow]:
    """Other words that can be searched for."""
    if words:
        yield HitRow("heading", "near", "Near what was typed")
    for word in words:
        yield HitRow("again", word, _unmarked(word), "Search")


def ask(text: str) -> HitRow:
    """The row that asks what was typed as a question."""
    return HitRow("ask", text, _unmarked(text), "Ask", end="answered from the tables, with their rows")
