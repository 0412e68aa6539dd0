"""A query to the surgeon: the draft, and the check that it leads nowhere.

The rules are those of the product's source entry ``query-practice`` (public descriptions of the AHIMA/ACDIS practice
brief of 2022), some stricter than it: a draft names no code, offers "other" and "unable to determine", quotes the
record, and says no word about payment. The draft is the same whichever code would result.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from encoder.core.tree.model import Query

SAYS = "The record says"
ASKS = "Please clarify"
PLACEHOLDER = "[quote the sentence of the record that raises the question, with its place]"
CLOSING = "Please answer in a dated and signed addendum. The operative note itself stays as it is."
MONEY = (
    "payment|paid|pay|payable|payer|reimburse\\w*|bill\\w*|charge\\w*|claim\\w*|denial|denied|deny|audit\\w*|revenue|"
    "rvu|drg|medicare|insur\\w*|financial\\w*|quality score|severity score"
)
_CODE = re.compile(r"(?<![\w-])(?:\d{5}|[A-Z]\d{2}\.\w{1,4}|0[A-Z0-9]{6})(?![\w-])")
_YES_NO = re.compile(r"\b(yes or no|yes/no|\byes\b\s*\[?\s*\]?\s*/?\s*\bno\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class QueryCheck:
    """One rule of a non-leading query and whether the text keeps it. ``fix`` says what to do when it does not."""

    id: str
    say: str
    passed: bool
    fix: str = ""


def draft(query: Query, case: str, on: date, quotes: Sequence[str] = ()) -> str:
    """The text of a query about one fact, ready to be edited.

    Args:
        case: the coder's label of the case; may be empty. ``on`` is the date of service.
        quotes: sentences of the record with their place; without any, a placeholder asks for one.
    """
    about = "; ".join(text for text in (query.topic, f"case {case}" if case else "", f"date of service {on}") if text)
    record = "\n".join(f'"{quote}"' for quote in quotes) or PLACEHOLDER
    return "\n".join(
        (
            "To: [surgeon]",
            f"About: {about}",
            "",
            SAYS,
            record,
            "",
            ASKS,
            query.ask,
            "",
            "[ ] Description: ____________________________",
            "[ ] Other, please specify: ____________________________",
            "[ ] Unable to determine",
            "",
            CLOSING,
        )
    )


def check(text: str) -> tuple[QueryCheck, ...]:
    """Hold a draft, edited or not, against the rules that a text alone can show."""
    lower = text.lower()
    money = sorted(set(re.findall(rf"\b(?:{MONEY})\b", lower)))
    codes = sorted(set(_CODE.findall(text)))
    quoted = re.findall(r'["“”][^"“”\n]{8,}["“”]', text)
    return (
        QueryCheck(
            "Q1",
            "Quotes this record, with the place",
            bool(quoted) and PLACEHOLDER not in text,
            "Put in the sentence of the record, in quotation marks.",
        ),
        QueryCheck("Q2", "No word about payment or denial", not money, f"Take out: {', '.join(money)}."),
        QueryCheck(
            "Q3", "Open question", "?" in text or "please describe" in lower, "Ask what was done, in an open sentence."
        ),
        QueryCheck(
            "Q4",
            '"Other" and "unable to determine" are offered',
            "other" in lower and "unable to determine" in lower,
            "Put both choices back.",
        ),
        QueryCheck(
            "Q5",
            "Not answerable with yes or no",
            not _YES_NO.search(text),
            "Ask for a description instead of yes or no.",
        ),
        QueryCheck("Q6", "Names no code", not codes, f"Take out: {', '.join(codes)}."),
        QueryCheck(
            "Q7", "Asks for an addendum, not an edit", "addendum" in lower, "Ask for a dated and signed addendum."
        ),
    )
