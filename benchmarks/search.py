"""The search beside what a user would take instead: tantivy over the same texts, and a scan of all titles by rapidfuzz.

All are asked the same queries (tests/search, those kept apart too, each once more with a letter error), and are timed
over the same keystrokes: queries typed letter by letter.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from benchmarks.run import Row
from encoder import paths
from encoder.store.codebook import Codebook
from encoder.store.search import Finder, extended
from encoder.store.sought import Index

QUERIES = Path(__file__).resolve().parents[1] / "tests" / "search"
BUDGET_MS = 20
KEYSTROKES = {"encoder": 3000, "tantivy": 600, "rapidfuzz": 40}  # as many as do not take minutes

Code = tuple[str, str]
Search = Callable[[str], Sequence[Code]]


def ours() -> Row:
    """The search of this program."""
    finder = Finder(Codebook.open(paths.database()))
    return _row("encoder", lambda text: [(hit.system, hit.code) for hit in finder.search(text).hits], BUDGET_MS)


def tantivy_index() -> Row:
    """A tantivy index with English stems, each word allowed one letter error."""
    import tantivy

    schema = tantivy.SchemaBuilder()
    for field in ("system", "code"):
        schema.add_text_field(field, stored=True, tokenizer_name="raw")
    schema.add_text_field("text", stored=False, tokenizer_name="en_stem")
    with tempfile.TemporaryDirectory() as folder:
        index = tantivy.Index(schema.build(), path=folder)
        writer = index.writer()
        for system, code, text in _texts():
            writer.add_document(tantivy.Document(system=system, code=code, text=f"{code} {text}"))
        writer.commit()
        index.reload()
        searcher = index.searcher()

        def search(text: str) -> list[Code]:
            words = "".join(sign if sign.isalnum() else " " for sign in text.lower())
            if not words.strip():
                return []
            query = index.parse_query(words, ["text", "code"], fuzzy_fields={"text": (False, 1, True)})
            documents = (searcher.doc(address) for _, address in searcher.search(query, 20).hits)
            return [(document["system"][0], document["code"][0]) for document in documents]

        return _row("tantivy", search)


def rapidfuzz_scan() -> Row:
    """Every title compared with the query by rapidfuzz."""
    from rapidfuzz import fuzz, process, utils

    texts = list(_texts())
    titles = [utils.default_process(f"{code} {text}") for _, code, text in texts]

    def search(text: str) -> list[Code]:
        found = process.extract(utils.default_process(text), titles, scorer=fuzz.token_set_ratio, limit=20)
        return [texts[at][:2] for _, _, at in found]

    return _row("rapidfuzz", search)


def _row(name: str, search: Search, budget: int = 0) -> Row:
    search("femur")  # what is loaded once
    asked = _queries()
    spoiled = _spoiled(asked)
    if name == "rapidfuzz":  # a second a query: every eighth
        asked, spoiled = asked[::8], spoiled[::8]
    first, twenty, reciprocal = _quality(search, asked)
    _, mended, _ = _quality(search, spoiled)
    times = sorted(_times(search, KEYSTROKES[name]))
    median, late = statistics.median(times), times[int(len(times) * 0.95)]
    quality = f"first {first:.0%}, of twenty {twenty:.0%}, with a letter error {mended:.0%}, mrr {reciprocal:.2f}"
    speed = f"a keystroke {median:.1f} ms, 95 % in {late:.1f} ms"
    return Row(f"search: {name}", speed, quality, f"{budget} ms" if budget else "", late <= budget if budget else None)


def _quality(search: Search, asked: Sequence[tuple[str, list[str]]]) -> tuple[float, float, float]:
    ranks = [_rank(search(text), expected) for text, expected in asked]
    found = [rank for rank in ranks if rank]
    return sum(r == 1 for r in ranks) / len(ranks), len(found) / len(ranks), sum(1 / r for r in found) / len(ranks)


def _rank(found: Iterable[Code], expected: Sequence[str]) -> int:
    for at, (system, code) in enumerate(found, 1):
        for wanted in expected:
            of_system, _, pattern = wanted.rpartition(":")
            if of_system in ("", system) and fnmatchcase(code, pattern):
                return at
    return 0


def _times(search: Search, count: int) -> Iterator[float]:
    """Milliseconds of as many keystrokes, spread over all queries with and without letter errors."""
    texts = [text for text, _ in _queries() + _spoiled(_queries())]
    strokes = [text[:end] for text in texts for end in range(1, len(text) + 1)]
    for stroke in strokes[:: max(1, len(strokes) // count)]:
        started = time.perf_counter()
        search(stroke)
        yield (time.perf_counter() - started) * 1000


@cache
def _queries() -> list[tuple[str, list[str]]]:
    files = (QUERIES / name for name in ("queries.toml", "held_out.toml"))
    entries = [entry for file in files for entry in tomllib.loads(file.read_text(encoding="utf-8"))["query"]]
    return [(entry["text"], entry["expect"]) for entry in entries]


def _spoiled(asked: Sequence[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
    """The queries with two letters of one word turned round, or one missing or doubled."""
    chance = random.Random(11)
    made = []
    for text, expected in asked:
        words = text.split()
        long = [at for at, word in enumerate(words) if word.isalpha() and len(word) >= 4]
        if long:
            at = chance.choice(long)
            word, place = words[at], chance.randrange(len(words[at]) - 1)
            ends = (word[place + 1] + word[place] + word[place + 2 :], word[place + 1 :], word[place] + word[place:])
            words[at] = word[:place] + chance.choice(ends)
            made.append((" ".join(words), expected))
    return made


@cache
def _texts() -> list[tuple[str, str, str]]:
    """Code set, code and words of everything that can be found: the title and all that a code is also called."""
    book = Codebook.open(paths.database())
    index = Index(book)
    codes = book.read("SELECT DISTINCT code FROM sought ORDER BY code", (), str)
    found: list[tuple[str, str, str]] = []
    for start in range(0, len(codes), 500):
        for entry in index.with_codes(codes[start : start + 500], (), limit=len(codes)):
            more = " ".join(index.lexicon.words[at - 1] for _, phrase in entry.phrases[1:] for at in phrase)
            found.append((entry.system, entry.code, f"{entry.title} {more}"))
            for letter, text in index.sevenths(entry.seventh):
                if letter in entry.letters:
                    found.append((entry.system, extended(entry.code, letter), f"{entry.title}, {text} {more}"))
    return found


MEASURES = {"search": ours, "search_tantivy": tantivy_index, "search_rapidfuzz": rapidfuzz_scan}
