"""The help texts: one file for each topic, and a text made from the question where it has none."""

from __future__ import annotations

from pathlib import Path

from encoder.core.book import Book
from encoder.core.codes import Cites
from encoder.core.tree.model import Question, Tree
from encoder.gui.wording.sources import Sources, dates, mark_codes

GENERAL = ("program", "keys", "cases", "codes", "ask", "check", "audit", "data")
SOURCES = "sources"


class HelpTexts:
    """Reads a topic when it is first asked for."""

    def __init__(self, folder: Path, tree: Tree, book: Book, sources: Sources) -> None:
        self._folder, self._tree, self._book, self._sources = folder, tree, book, sources
        self._texts: dict[str, str] = {}

    def topics(self) -> list[tuple[str, str]]:
        """Ids and titles: the program and its keys, the topics in the order the tree asks for them, the sources."""
        asked = dict.fromkeys(question.help for question in self._tree.questions.values() if question.help)
        names = (*GENERAL, *asked)
        return [*((name, _title(self.text(name))) for name in names), (SOURCES, "Sources and editions")]

    def text(self, topic: str) -> str:
        """The text of a topic as Markdown, with its sources; where the file is missing, the sentence that says so."""
        if topic == SOURCES:
            return self._register()
        if topic not in self._texts:
            file = self._folder / f"{topic}.md"
            try:
                text = file.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError):
                text = (
                    f"# {topic.replace('_', ' ').capitalize()}\n\nThe help text resources/help/{file.name} is missing "
                    "or cannot be read, so this cannot be explained here; install the program again."
                )
            asking = (question.cites for question in self._tree.questions.values() if question.help == topic)
            self._texts[topic] = text + self._cited(tuple(dict.fromkeys(cite for cites in asking for cite in cites)))
        return self._texts[topic]

    def of_question(self, question_id: str) -> tuple[str, str]:
        """Title and text for a question: its topic, or where it has none its own words."""
        question = self._tree.questions[question_id]
        text = self.text(question.help) if question.help else _own_words(question) + self._cited(question.cites)
        return f"Help: {question.label}", text

    def _cited(self, cites: Cites) -> str:
        return f"\n\nSources: {self._sources.cite(cites)}\n" if cites else ""

    def _register(self) -> str:
        lines = [
            "# Sources and editions",
            "Every code, row and reason cites one of these. Nobody here has seen the CPT book: where only it could "
            "settle a point, the point is marked for review.",
            f"The questions are edition {self._tree.edition}; they answer for dates of service from "
            f"{self._tree.span.start} to {self._tree.span.end}.",
            "## Loaded editions",
        ]
        for edition in self._book.editions():
            held = dates(edition.span.start, edition.span.end)
            lines.append(f"- **{edition.label}**, {edition.edition}, {held}. {edition.note}")
        lines.append("\n## Source register")
        for source in self._book.sources():
            held = dates(source.span.start, source.span.end)
            about = ", ".join(part for part in (source.edition, held, source.confidence) if part)
            lines.append(f"- **{source.title}**: {about}. {source.note}")
        return "\n".join(f"{line}\n" if not line.startswith("- ") else line for line in lines)


def _title(text: str) -> str:
    return text.partition("\n")[0].removeprefix("# ").strip()


def _own_words(question: Question) -> str:
    lines = [f"# {question.ask}", question.hint, ""]
    lines += [f"- **{answer.say}** {mark_codes(answer.plain)}".rstrip() for answer in question.answers]
    return "\n".join(lines)
