"""What to say about a search: how the words were read, what was corrected, what was left aside, what is near."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from encoder.core.search.found import Found, Hit, ReadWord
from encoder.core.search.reading import SPELLING, Query
from encoder.core.search.words import bare

EMPTY = "Type a code, a term with its words in any order, or a question."
NOTHING = "nothing"

_LONGEST_SHOWN = 60
_TELLING = 1.0  # the weight from which a word that was left out is worth a sentence


def told(
    query: Query,
    left: Query,
    hits: Sequence[Hit],
    read: Sequence[ReadWord],
    unknown: Sequence[str],
    suggest: Callable[[str], Sequence[str]],
) -> Found:
    """The answer to a search, with all there is to say about it.

    ``left`` is the query without the words that were codes, ``read`` how the best hit reads each word, ``unknown`` the
    codes that no table has, ``suggest`` words like a word.
    """
    mended = {word.typed: word.read for word in read if word.how == SPELLING}
    strange = [word.typed for word in left.words if not word.known and bare(word.typed) not in unknown]
    near = tuple(dict.fromkeys(other for word in strange for other in suggest(word)))
    said = _said(query, hits, strange, unknown)
    return Found(query.text, _corrected(query.text, mended), tuple(hits), tuple(read), said, near)


def _said(query: Query, hits: Sequence[Hit], strange: Sequence[str], unknown: Sequence[str]) -> str:
    """One or two sentences, or nothing where the hits speak for themselves."""
    if not query.words and not query.codes:
        return EMPTY
    said = []
    if unknown:
        said.append(
            f"No table here has the code {' or '.join(unknown)}" + ("; shown is what is near it." if hits else ".")
        )
    if strange:
        said.append(f"No title has {_listed(strange)}.")
    if not hits:
        tried = _listed([word.typed for word in query.words if word.known])
        said.append(f"Nothing was found; tried {tried}, and words like them." if tried else "Nothing was found.")
    elif hits[0].missing and not unknown:
        weights = {word.typed: word.weight for word in query.words}
        left = [word for word in hits[0].missing if word not in strange and weights[word] >= _TELLING]
        if left:
            said.append(f"No entry has all words; the first leaves out {_listed(left)}.")
    return " ".join(said)


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"'{word[:_LONGEST_SHOWN]}'" for word in words)


def _corrected(text: str, mended: dict[str, str]) -> str | None:
    """The text with its mended words in place; None when none was mended."""
    if not mended:
        return None
    words = "|".join(re.escape(word) for word in sorted(mended, key=len, reverse=True))
    return re.sub(
        rf"(?<![0-9A-Za-z])({words})(?![0-9A-Za-z])",
        lambda found: mended.get(found[1].casefold(), found[1]),
        text,
        flags=re.I,
    )
