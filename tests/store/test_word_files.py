"""The words of questions and our own facts about codes are read strictly: what is not as described is refused."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from encoder import paths
from encoder.core.tree.model import Tree
from encoder.errors import DataError
from encoder.store.ask_file import read_lexicon
from encoder.store.lore_file import read_lore


class Words:
    """The shipped files in a folder of their own, to be spoiled."""

    def __init__(self, folder: Path, tree: Tree) -> None:
        self.folder, self.tree = folder, tree
        for name in ("ask", "pages"):
            shutil.copytree(paths.resources() / name, folder / name)

    def read(self, name: str) -> None:
        """Read the folder of a file."""
        if name.startswith("pages/"):
            read_lore(self.folder / "pages")
        else:
            read_lexicon(self.folder / "ask", self.tree)


@pytest.fixture
def words(tmp_path: Path, tree: Tree) -> Words:
    return Words(tmp_path, tree)


def refused_texts() -> list[tuple[str, str, str, str]]:
    """File, what is replaced, by what, and the sentence of the refusal."""
    text = (Path(__file__).parent / "refused_words.txt").read_text(encoding="utf-8").replace("(nothing)", "")
    found = re.findall(r"^(\S+\.toml): (.*) => (.*)\n    (.*)$", text, re.MULTILINE)
    assert len(found) == text.count(" => ")
    return [(file, old.replace("\\n", "\n"), new.replace("\\n", "\n"), say) for file, old, new, say in found]


@pytest.mark.parametrize(("file", "old", "new", "say"), refused_texts())
def test_a_spoiled_text_is_refused_in_one_sentence(words: Words, file: str, old: str, new: str, say: str) -> None:
    path = words.folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError) as refused:
        words.read(file)
    assert str(refused.value) == say


@pytest.mark.parametrize("file", sorted(f"{p.parent.name}/{p.name}" for p in paths.resources().glob("[ap]*/*.toml")))
def test_a_file_that_is_missing_or_no_toml_is_refused_by_its_name(words: Words, file: str) -> None:
    path = words.folder / file
    path.write_text("id = ", encoding="utf-8")
    with pytest.raises(DataError, match=rf"^{path.name} cannot be read as TOML: .*; mend the line named\.$"):
        words.read(file)
    path.unlink()
    with pytest.raises(DataError, match=rf"^{path.name} cannot be read as TOML: "):
        words.read(file)


def test_a_word_stands_once_for_each_thing_it_means(words: Words) -> None:
    lexicon = read_lexicon(words.folder / "ask", words.tree)
    assert all(len({*senses}) == len(senses) for senses in lexicon.phrases.values())
    assert max(map(len, lexicon.phrases)) == lexicon.longest
