"""Reading a tree: the TOML files of one tree become one ``Tree``.

Strict: an unknown key, a wrong type, a second id or a missing text is refused in one sentence with file, id, key, value
and what was expected.

What a reader of single files cannot see (dangling ids, gaps, conflicts, citations) is proved in ``core.tree.proofs``.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from encoder.core.tree.facts import HOWS
from encoder.core.tree.model import (
    Answer,
    Band,
    Case,
    Caution,
    Derived,
    Effect,
    Family,
    Go,
    Kind,
    LineSpec,
    Open,
    Outcome,
    Query,
    Question,
    Rule,
    Tree,
)
from encoder.core.tree.rules import ROLES
from encoder.errors import DataError
from encoder.store.tree_tables import Entry, Merged, table_of, unique

EFFECTS = ("line", "modify", "drop", "replace", "split", "warn", "review")


def tree_ids(folder: Path) -> tuple[str, ...]:
    """Ids of the trees in a folder: one for each file without a second part in its name."""
    return tuple(sorted(p.stem for p in folder.glob("*.toml") if "." not in p.stem))


def read_tree(folder: Path, tree_id: str) -> Tree:
    """Read ``<id>.toml`` and every ``<id>.<part>.toml`` beside it as one tree.

    Raises:
        DataError: a file is missing, is not TOML, or holds something that is not expected.
    """
    head = folder / f"{tree_id}.toml"
    files = [head, *sorted(folder.glob(f"{tree_id}.*.toml"))]
    digest = hashlib.sha256()
    merged = Merged()
    for file in files:
        try:
            raw = file.read_bytes()
        except OSError as error:
            known = ", ".join(tree_ids(folder)) or "none"
            raise DataError(
                f"Tree '{tree_id}' cannot be read: {file.name} is missing or unreadable; trees here: {known}."
            ) from error
        digest.update(file.name.encode() + b"\0" + raw + b"\0")
        merged.add(file.name, raw)
    return _Builder(merged, digest.hexdigest()).tree()


_ANSWER = ("id", "say", "plain", "short", "group", "picture", "next", "only", "query", "alone", "regions")
_QUESTION = (
    "label",
    "ask",
    "hint",
    "kind",
    "help",
    "query",
    "cites",
    "next",
    "refines",
    "asked",
    "usual",
    "same_ways",
    "source",
    "map",
    "review",
    "answer",
    "copy_answers",
)


class _Builder:
    def __init__(self, merged: Merged, sha256: str) -> None:
        self.merged, self.sha256 = merged, sha256

    def tree(self) -> Tree:
        head = Entry(self.merged.head, "the tree")
        tree_id = head.text("id")
        head = Entry(self.merged.head, f"tree '{tree_id}'")
        if self.merged.head.get("schema") != 1:
            found = self.merged.head.get("schema")
            raise DataError(
                f"tree '{tree_id}': schema is {found!r}; this program reads schema 1, update one of the two."
            )
        named, listed = self.merged.named, self.merged.listed
        return Tree(
            id=tree_id,
            title=head.text("title"),
            edition=head.text("edition"),
            sha256=self.sha256,
            start=head.text("start"),
            span=head.span(),
            bands=tuple(
                Band(e.only("from", "until", "outcome").span(), e.text("outcome"), e.where) for e in listed["band"]
            ),
            usual_way=head.texts("usual_way"),
            questions={name: self.question(name, entry) for name, entry in named["question"].items()},
            derived={name: self.derived(name, entry) for name, entry in named["fact"].items()},
            outcomes={e.text("id"): self.outcome(e) for e in listed["outcome"]},
            rules=tuple(self.rule(e) for e in listed["rule"]),
            warnings={name: self.warning(name, entry) for name, entry in named["warning"].items()},
            queries={name: self.query(name, entry) for name, entry in named["query"].items()},
            families=tuple(self.family(e) for e in listed["family"]),
            cites=head.texts("cites", needed=True),
        )

    def question(self, name: str, entry: Entry) -> Question:
        entry.only(*_QUESTION)
        kind = entry.text("kind", "one")
        if kind not in tuple(Kind):
            raise DataError(f"{entry.where}: kind is '{kind}'; one, many or pick was expected.")
        answers = tuple(self.answer(e) for e in entry.parts("answer"))
        copied = entry.text("copy_answers", "")
        if copied:
            original = self.merged.named["question"].get(copied)
            if original is None:
                raise DataError(f"{entry.where}: copy_answers names '{copied}', which is no question; mend the name.")
            answers = tuple(self.answer(e) for e in original.parts("answer"))
        unique([a.id for a in answers], entry.where, "answer")
        if not answers and kind != Kind.PICK:
            raise DataError(f'{entry.where} has no answers; add some or make it kind = "pick".')
        refines = entry.flag("refines")
        if kind != Kind.ONE and not refines:
            raise DataError(
                f"{entry.where}: kind is '{kind}', but only a question that refines may be so; mend one of them."
            )
        source = entry.text("source", "")
        if (kind == Kind.PICK) != bool(re.fullmatch(r"(diagnoses|allowed):\w+", source)):
            raise DataError(
                f"{entry.where}: source is '{source}'; a pick needs diagnoses:<fact> or allowed:<fact>, others none."
            )
        twins = table_of(entry.table.get("same_ways", {}), f"{entry.where}: 'same_ways'")
        return Question(
            id=name,
            label=entry.text("label"),
            ask=entry.text("ask"),
            hint=entry.text("hint"),
            kind=Kind(kind),
            answers=answers,
            query=entry.text("query"),
            cites=entry.texts("cites", needed=True),
            help=entry.text("help", ""),
            go=self.go(entry),
            refines=refines,
            asked=entry.condition("asked"),
            usual=entry.text("usual", ""),
            same_ways=tuple((answer, str(twin)) for answer, twin in twins.items()),
            source=source,
            map=entry.flag("map"),
            review=entry.text("review", ""),
            where=entry.where,
        )

    def answer(self, entry: Entry) -> Answer:
        entry.only(*_ANSWER)
        return Answer(
            id=entry.text("id"),
            say=entry.text("say"),
            plain=entry.text("plain", ""),
            short=entry.text("short", ""),
            group=entry.text("group", ""),
            picture=entry.text("picture", ""),
            go=self.go(entry),
            only=entry.condition("only"),
            query=entry.text("query", ""),
            alone=entry.flag("alone"),
            regions=entry.texts("regions"),
        )

    def go(self, entry: Entry) -> tuple[Go, ...]:
        value = entry.table.get("next")
        if value is None:
            return ()
        if isinstance(value, str):
            return (Go(value),)
        return tuple(Go(e.only("to", "when").text("to"), e.condition()) for e in entry.parts("next"))

    def derived(self, name: str, entry: Entry) -> Derived:
        entry.only("say", "case")
        cases = []
        for case in entry.parts("case"):
            case.only("when", "how", "args")
            how, args = case.text("how"), case.texts("args", needed=True)
            if how not in HOWS:
                raise DataError(f"{case.where}: how is '{how}'; one of {', '.join(HOWS)} was expected.")
            wanted = HOWS[how]
            if wanted is not None and len(args) != wanted:
                raise DataError(
                    f"{case.where}: '{how}' takes {wanted} args, not {len(args)} {list(args)}; mend the list."
                )
            cases.append(Case(how, args, case.condition()))
        if not cases:
            raise DataError(f"{entry.where} has no case; say how the fact is worked out.")
        return Derived(name, entry.text("say"), tuple(cases), entry.where)

    def outcome(self, entry: Entry) -> Outcome:
        entry.only(
            "id",
            "ref",
            "kind",
            "verdict",
            "say",
            "when",
            "lines",
            "warn",
            "review",
            "open",
            "cites",
            "from",
            "until",
            "between",
            "without",
            "imported",
        )
        kind = entry.text("kind")
        if kind not in {"decided", "stopped"}:
            raise DataError(f"{entry.where}: kind is '{kind}'; decided or stopped was expected.")
        lines = tuple(self.line(e) for e in entry.parts("lines"))
        if bool(lines) != (kind == "decided"):
            raise DataError(
                f"{entry.where}: a decided outcome has lines and a stopped one has none; mend kind or lines."
            )
        return Outcome(
            id=entry.text("id"),
            ref=entry.text("ref"),
            kind=kind,
            verdict=entry.text("verdict"),
            say=entry.text("say"),
            when=entry.condition(),
            named="when" not in entry.table,
            lines=lines,
            warn=entry.texts("warn"),
            review=entry.text("review", ""),
            open=self.open(entry.part("open")),
            between=entry.texts("between"),
            without=entry.text("without", ""),
            imported=entry.flag("imported"),
            cites=entry.texts("cites", needed=True),
            span=entry.span(),
            where=entry.where,
        )

    def open(self, entry: Entry | None) -> Open | None:
        if entry is None:
            return None
        entry.only("ask", "sides")
        sides = tuple(
            (e.only("head", "say", "cite").text("head"), e.text("say"), e.text("cite")) for e in entry.parts("sides")
        )
        return Open(entry.text("ask"), sides)

    def line(self, entry: Entry) -> LineSpec:
        entry.only("role", "code", "code_of", "modifiers")
        role = entry.text("role")
        if role not in ROLES:
            raise DataError(f"{entry.where}: role is '{role}'; one of {', '.join(ROLES)} was expected.")
        code, fact = entry.text("code", ""), entry.text("code_of", "")
        if bool(code) == bool(fact):
            raise DataError(f"{entry.where} needs either 'code' or 'code_of'; give one of them.")
        return LineSpec(role, code, fact, entry.texts("modifiers"))

    def rule(self, entry: Entry) -> Rule:
        entry.only("id", "say", "when", "effect", "open", "becomes", "cites", "from", "until")
        if "when" not in entry.table:
            raise DataError(f"{entry.where} has no 'when'; a rule needs a condition.")
        effects = tuple(self.effect(e) for e in entry.parts("effect"))
        return Rule(
            id=entry.text("id"),
            say=entry.text("say"),
            when=entry.condition(),
            effects=effects,
            cites=entry.texts("cites", needed=True),
            span=entry.span(),
            open=self.open(entry.part("open")),
            becomes=entry.text("becomes", ""),
            where=entry.where,
        )

    def effect(self, entry: Entry) -> Effect:
        entry.only(*EFFECTS, "value")
        hows = [how for how in EFFECTS if how in entry.table]
        if len(hows) != 1:
            raise DataError(f"{entry.where}: one of {', '.join(EFFECTS)} was expected, found {hows or 'none'}.")
        how = hows[0]
        if how == "line":
            part = entry.part("line")
            return Effect("line", line=self.line(part) if part else None)
        if how in {"warn", "review"}:
            return Effect(how, value=entry.text(how))
        needs_value = how in {"modify", "replace"}
        return Effect(how, on=entry.text(how), value=entry.text("value") if needs_value else "")

    def warning(self, name: str, entry: Entry) -> Caution:
        entry.only("severity", "say", "cites")
        severity = entry.text("severity")
        if severity not in {"stop", "warn", "note"}:
            raise DataError(f"{entry.where}: severity is '{severity}'; stop, warn or note was expected.")
        return Caution(name, severity, entry.text("say"), entry.texts("cites", needed=True), entry.where)

    def query(self, name: str, entry: Entry) -> Query:
        entry.only("ref", "topic", "fact", "why", "ask", "cites")
        return Query(
            name,
            entry.text("ref"),
            entry.text("topic"),
            entry.text("fact"),
            entry.text("why"),
            entry.text("ask"),
            entry.texts("cites", needed=True),
            entry.where,
        )

    def family(self, entry: Entry) -> Family:
        entry.only("id", "title", "needs", "codes", "near", "cites")
        return Family(
            entry.text("id"),
            entry.text("title"),
            entry.text("needs"),
            entry.texts("codes", needed=True),
            entry.flag("near"),
            entry.texts("cites", needed=True),
            entry.where,
        )
