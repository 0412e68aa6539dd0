"""How well and how fast the search finds what coders write: tuned queries, those kept apart, letter errors."""

from __future__ import annotations

import random
import statistics
import time
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from encoder.core.search.found import Hit
from encoder.store.codebook import Codebook
from encoder.store.search import Finder

pytestmark = pytest.mark.usefixtures("unmeasured")  # hundreds of searches; tests/store covers the search line by line

FOLDER = Path(__file__).parent
KEYSTROKE_MS = 20


@dataclass(frozen=True)
class Asked:
    """A query and the codes that it may be meant for."""

    text: str
    expect: tuple[str, ...]

    def rank(self, hits: Iterable[Hit]) -> int:
        """The place of the first expected code, from 1; 0 when there is none."""
        return next((at for at, hit in enumerate(hits, 1) if any(_is(hit, code) for code in self.expect)), 0)


def _is(hit: Hit, expected: str) -> bool:
    system, _, code = expected.rpartition(":")
    return system in ("", hit.system) and fnmatchcase(hit.code, code)


def queries(name: str) -> list[Asked]:
    entries = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["query"]
    return [Asked(entry["text"], tuple(entry["expect"])) for entry in entries]


def spoiled(asked: Sequence[Asked], seed: int) -> list[Asked]:
    """The queries with a letter turned round, missing, doubled or wrong in a word of four letters or more."""
    chance = random.Random(seed)
    made = []
    for one in asked:
        words = one.text.split()
        long = [at for at, word in enumerate(words) if word.isalpha() and len(word) >= 4]
        if long:
            at = chance.choice(long)
            word, place = words[at], chance.randrange(len(words[at]) - 1)
            letter = chance.choice("abcdefghijklmnopqrstuvwxyz")
            words[at] = chance.choice(
                (
                    word[:place] + word[place + 1] + word[place] + word[place + 2 :],
                    word[:place] + word[place + 1 :],
                    word[: place + 1] + word[place:],
                    word[:place] + letter + word[place + 1 :],
                )
            )
            made.append(Asked(" ".join(words), one.expect))
    return made


Ranks = dict[str, int]


def quality(ranks: Sequence[int]) -> tuple[float, float, float]:
    """Found first, found among twenty, mean reciprocal rank."""
    first, twenty = sum(rank == 1 for rank in ranks), sum(rank > 0 for rank in ranks)
    return first / len(ranks), twenty / len(ranks), sum(1 / rank for rank in ranks if rank) / len(ranks)


@pytest.fixture(scope="module")
def finder(book: Codebook) -> Finder:
    return Finder(book)


@pytest.fixture(scope="module")
def ranks(finder: Finder) -> Ranks:
    """The place of the first expected code for each query, worked out once."""
    asked = queries("queries") + queries("held_out")
    return {one.text: one.rank(finder.search(one.text).hits) for one in asked}


def test_there_are_enough_queries_and_a_third_is_kept_apart() -> None:
    tuned, apart = queries("queries"), queries("held_out")
    assert len(tuned) >= 200
    assert len(apart) * 2 >= len(tuned) - 1
    assert not {one.text for one in tuned} & {one.text for one in apart}


def test_the_tuned_queries_are_found(ranks: Ranks) -> None:
    first, twenty, reciprocal = quality([ranks[one.text] for one in queries("queries")])
    assert first >= 0.95
    assert twenty >= 0.99
    assert reciprocal >= 0.96


def test_the_queries_kept_apart_are_found(ranks: Ranks) -> None:
    first, twenty, reciprocal = quality([ranks[one.text] for one in queries("held_out")])
    assert first >= 0.85
    assert twenty >= 0.95
    assert reciprocal >= 0.9


@pytest.mark.parametrize("name", ["queries", "held_out"])
def test_a_letter_error_costs_no_recall(finder: Finder, ranks: Ranks, name: str) -> None:
    """Among twenty; of two hundred queries three may be lost to an error that makes another word of a word."""
    asked = queries(name)
    able = quality([ranks[one.text] for one in asked if spoiled([one], 0)])[1]
    mended = [one.rank(finder.search(one.text).hits) for one in spoiled(asked, 7)]
    assert quality(mended)[1] >= able - 0.015


def test_a_keystroke_is_answered_at_once(finder: Finder) -> None:
    """Typed letter by letter, letter errors included. A busy machine is given room; the benchmark holds the budget."""
    texts = [one.text for one in queries("queries")[30:200:24]]
    texts += [one.text for one in spoiled(queries("queries")[35:200:24], 3)]
    times = []
    for text in texts:
        for end in range(1, len(text) + 1):
            started = time.perf_counter()
            finder.search(text[:end])
            times.append((time.perf_counter() - started) * 1000)
    assert statistics.median(times) < KEYSTROKE_MS
    assert sorted(times)[int(len(times) * 0.95)] < KEYSTROKE_MS * 5
