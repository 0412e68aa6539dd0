"""The operative note: how often findings and outcomes are right, and how long reading takes.

``python run.py bench --only notes`` prints one row a folder of notes; ``python -m benchmarks.notes`` prints the whole
table: precision and recall by fact, status accuracy, outcomes, speed, and the statuses of the same labelled sentences
by negspacy or medspacy with their defaults, where one of them can be imported (they are no dependency).
"""

from __future__ import annotations

import importlib
import importlib.util
import statistics
import sys
import time
from collections.abc import Callable, Iterator

from benchmarks.run import Row
from encoder import paths
from encoder.core.note.reading import read
from encoder.store.codebook import Codebook
from encoder.store.cue_file import read_cues
from encoder.store.tree_file import read_tree
from tests.notes.labels import FOLDER, Labelled, Score, notes, run

FOLDERS = ("tuned", "read", "kept", "unread")
"""Looked at while the cues were written; read after a first run; never read: of the writer of cues, and of others."""
VERDICTS = ("right", "stopped rightly", "stopped wrongly", "wrong", "wrong add-on")
WORDS = 1000
BUDGET_MS = 30.0
ROUNDS = 20
LONG = 1000
TITLE = "PROCEDURE: Wide resection, left femur; intercalary allograft.\nDESCRIPTION: "
_SENTENCE_END = "\n"
_STORY = "DESCRIPTION OF PROCEDURE: "


def scores() -> dict[str, Score]:
    """The score of each folder."""
    cues, book = read_cues(paths.resources() / "cues"), Codebook.open(paths.database())
    tree = read_tree(paths.resources() / "tree", "structural_allograft")
    made = {folder: Score() for folder in FOLDERS}
    for folder in FOLDERS:
        for note in labelled(folder):
            made[folder].add(run(note, cues, tree, book))
    return made


def labelled(folder: str) -> Iterator[Labelled]:
    """The notes of a folder; those that were read stand in one folder a batch."""
    batches = sorted(path.parent for path in (FOLDER / folder).glob("**/labels.toml"))
    for batch in batches:
        yield from notes(batch.relative_to(FOLDER).as_posix())


def sample(words: int) -> str:
    """A note of so many words, made from labelled ones."""
    held = " ".join(note.text for note in notes("tuned")).split(" ")
    while len(held) < words:
        held += held
    return " ".join(held[:words])


def milliseconds() -> float:
    """The median time of the processor for a note of a thousand words."""
    cues, text = read_cues(paths.resources() / "cues"), sample(WORDS)
    read(text, cues)
    times = []
    for _ in range(ROUNDS):
        started = time.process_time()
        read(text, cues)
        times.append(time.process_time() - started)
    return statistics.median(times) * 1000


def quality() -> Row:
    """The outcomes of the notes that nobody tuned on."""
    return _quality("kept", "notes nobody tuned on")


def unread() -> Row:
    """The outcomes of the notes of other writers that nobody has read."""
    return _quality("unread", "notes of others, unread")


def _quality(folder: str, name: str) -> Row:
    made = scores()[folder]
    said = ", ".join(f"{made.verdicts[verdict]} {verdict}" for verdict in VERDICTS)
    value = f"precision {made.precision:.2f}, recall {made.recall:.2f}"
    good = made.verdicts["wrong add-on"] == 0 and made.precision >= 0.9
    return Row(name, value, said, "no wrong add-on, 0.90", good)


def speed() -> Row:
    """A note of a thousand words."""
    took = milliseconds()
    return Row("a note of 1,000 words", f"{took:.1f} ms", "", f"{BUDGET_MS:.0f} ms", took <= BUDGET_MS)


def length() -> Row:
    """A note four times as long, all about one graft: the time may grow with it, and no faster."""
    cues = read_cues(paths.resources() / "cues")
    took = []
    for sentences_ in (LONG, 4 * LONG):
        text = TITLE + "The donor femur was cut. It was plated. " * sentences_
        started = time.process_time()
        read(text, cues)
        took.append(time.process_time() - started)
    ratio = took[1] / took[0]
    return Row(
        f"a note of {8 * LONG:,} sentences",
        f"{took[1]:.1f} s",
        f"{took[0]:.1f} s for a quarter",
        "6",
        ratio <= 6,
        ratio,
    )


# ---------------------------------------------------------------------------------------------- beside it


def sentences() -> Iterator[tuple[str, str, str]]:
    """Labelled sentences as (sentence, quote, status); the engine's own sections are not at hand to the others."""
    for folder in FOLDERS:
        for note in labelled(folder):
            for _, _, status, quote in note.findings or ():
                at = note.text.find(quote)
                start = max(note.text.rfind(end, 0, at) + len(end) for end in (". ", _SENTENCE_END))
                stops = [place for end in (". ", _SENTENCE_END) if (place := note.text.find(end, at + len(quote))) >= 0]
                yield note.text[max(0, start) : min(stops, default=len(note.text))].strip(), quote, status


def beside() -> Iterator[str]:
    """Negspacy's and medspacy's defaults on the same sentences: denied or not."""
    yield _counted("this engine", _engine())
    for name, judge in (("negspacy", _negspacy), ("medspacy", _medspacy)):
        if importlib.util.find_spec(name) is None:
            yield f"{name}: not installed"
            continue
        yield _counted(name, judge())


def _counted(name: str, denied: Callable[[str, str], bool]) -> str:
    judged = [(denied(sentence, quote), status == "negated") for sentence, quote, status in sentences()]
    right, caught = sum(said == true for said, true in judged), [said for said, true in judged if true]
    return (
        f"{name}: {right} of {len(judged)} labelled mentions told apart as denied or not; "
        f"{sum(caught)} of {len(caught)} denied ones found"
    )


def _engine() -> Callable[[str, str], bool]:
    cues = read_cues(paths.resources() / "cues")

    def denied(sentence: str, quote: str) -> bool:
        start = len(_STORY) + sentence.find(quote)
        near = [f for f in read(_STORY + sentence, cues).findings if f.start < start + len(quote) and start < f.end]
        return any(finding.status == "negated" for finding in near)

    return denied


def _negspacy() -> Callable[[str, str], bool]:
    importlib.import_module("negspacy.negation")
    nlp = importlib.import_module("spacy").blank("en")
    nlp.add_pipe("sentencizer")
    ruler = nlp.add_pipe("entity_ruler")
    nlp.add_pipe("negex", config={"ent_types": ["FACT"]})

    def denied(sentence: str, quote: str) -> bool:
        ruler.clear()
        ruler.add_patterns([{"label": "FACT", "pattern": quote}])
        return any(entity._.negex for entity in nlp(sentence).ents)

    return denied


def _medspacy() -> Callable[[str, str], bool]:
    rule = importlib.import_module("medspacy.ner").TargetRule
    nlp = importlib.import_module("medspacy").load(
        enable=["medspacy_pyrush", "medspacy_target_matcher", "medspacy_context"]
    )
    matcher = nlp.get_pipe("medspacy_target_matcher")

    def denied(sentence: str, quote: str) -> bool:
        matcher.add(rule(quote, "FACT"))
        return any(entity._.is_negated for entity in nlp(sentence).ents if entity.text.lower() == quote.lower())

    return denied


def table() -> Iterator[str]:
    """The whole table."""
    made = scores()
    facts = sorted({fact for one in made.values() for fact in one.labelled})
    yield "fact".ljust(24) + "".join(f"{folder} precision  recall".rjust(26) for folder in FOLDERS)
    for fact in facts:
        cells = []
        for one in made.values():
            told = one.right[fact] + one.wrong[fact]
            share = f"{one.right[fact]}/{told}" if told else "-"
            cells.append(f"{share}  {one.found[fact]}/{one.labelled[fact]}".rjust(26))
        yield fact.ljust(24) + "".join(cells)
    for folder, one in made.items():
        yield (
            f"{folder}: precision {one.precision:.3f}, recall {one.recall:.3f}, "
            f"status right {one.statuses_right} of {one.statuses}"
        )
        yield f"{folder}: " + ", ".join(f"{one.verdicts[verdict]} {verdict}" for verdict in VERDICTS)
    yield f"1,000 words: {milliseconds():.1f} ms of the processor (budget {BUDGET_MS:.0f})"
    yield from beside()


MEASURES = {"notes": quality, "notes-unread": unread, "note-speed": speed, "note-length": length}


if __name__ == "__main__":
    for line in table():
        sys.stdout.write(line + "\n")
