"""What every command works on: the shipped trees and the code database, read when first asked for and kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from encoder.core.tree.model import Tree
from encoder.core.tree.reach import Reach
from encoder.errors import DataError, UsageError
from encoder.store.library import Library
from encoder.store.tree_file import read_tree, tree_ids

if TYPE_CHECKING:
    from encoder.core.ask.lexicon import Lexicon
    from encoder.core.page.evidence import Desk
    from encoder.core.page.lore import Lore
    from encoder.store.search import Finder


@dataclass
class Shipped:
    """The files of one installation.

    Attributes:
        database: the code database; ``resources`` holds trees, pictures and help; ``cases`` the worked cases.
        editions: the folder of the user's imported editions, which need not be there; None for none.
    """

    database: Path
    resources: Path
    cases: Path
    editions: Path | None = None
    _trees: dict[str, Tree] = field(default_factory=dict, init=False, repr=False)
    _lexicon: dict[Tree, Lexicon] = field(default_factory=dict, init=False, repr=False)
    _reach: dict[tuple[Tree, date], Reach] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def book(self) -> Library:
        """The code database with the imported editions before it, opened."""
        return Library.open(self.database, self.editions)

    def faults(self) -> tuple[str, ...]:
        """What is wrong with imported editions, when the book was used."""
        return self.book.faults() if "book" in vars(self) else ()

    @property
    def claims(self) -> Path:
        """The folder of the worked claims, beside that of the cases."""
        return self.cases.with_name("claims")

    @cached_property
    def lore(self) -> Lore:
        """Our own facts about codes."""
        from encoder.store.lore_file import read_lore

        return read_lore(self.resources / "pages")

    def desk(self, tree: Tree, on: date) -> Desk:
        """Tables, tree and our own facts on a date of service."""
        from encoder.core.page.evidence import Desk

        return Desk(self.book, tree, self.lore, on)

    def lexicon(self, tree: Tree) -> Lexicon:
        """The words of questions, checked against a tree."""
        from encoder.store.ask_file import read_lexicon

        if tree not in self._lexicon:
            self._lexicon[tree] = read_lexicon(self.resources / "ask", tree)
        return self._lexicon[tree]

    @cached_property
    def finder(self) -> Finder:
        """The search over the code database."""
        from encoder.store.search import Finder

        return Finder(self.book)

    def tree_ids(self) -> tuple[str, ...]:
        """Ids of the shipped trees.

        Raises:
            DataError: there is none.
        """
        folder = self.resources / "tree"
        found = tree_ids(folder)
        if not found:
            raise DataError(f"No tree file is in {folder}, so nothing can be decided; install the program again.")
        return found

    def tree(self, tree_id: str | None = None) -> Tree:
        """A tree by id; without one, the only tree.

        Raises:
            UsageError: no such tree, or several and none named.
        """
        known = self.tree_ids()
        if tree_id is None and len(known) == 1:
            tree_id = known[0]
        if tree_id is None or tree_id not in known:
            named = f"there is no tree '{tree_id}'" if tree_id else "several trees are shipped"
            raise UsageError(f"Cannot choose a tree: {named}; name one with --tree: {', '.join(known)}.")
        if tree_id not in self._trees:
            self._trees[tree_id] = read_tree(self.resources / "tree", tree_id)
        return self._trees[tree_id]

    def reach(self, tree: Tree, on: date) -> Reach:
        """What each way of a tree can end in on a date of service."""
        if (tree, on) not in self._reach:
            self._reach[tree, on] = Reach(tree, self.book, on)
        return self._reach[tree, on]
