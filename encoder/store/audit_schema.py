"""The tables that the audit's query reads, and the row that it gives; the same for every engine."""

from __future__ import annotations

from typing import NamedTuple

TABLES = {
    "line": "claim INTEGER, line INTEGER, code TEXT, day TEXT, asked TEXT, who TEXT, setting TEXT, units INTEGER, "
    "pointers TEXT, marks TEXT, side TEXT, add_on INTEGER, PRIMARY KEY (claim, line)",
    "diagnosis": "claim INTEGER, place INTEGER, written TEXT, PRIMARY KEY (claim, place)",
    "mark": "marks TEXT, modifier TEXT, opens TEXT, setting TEXT, region TEXT, PRIMARY KEY (marks, modifier)",
    "mark_set": "marks TEXT PRIMARY KEY, distinct_ INTEGER, global_ INTEGER, visit_ INTEGER, site_ INTEGER, "
    "many INTEGER, lt INTEGER, rt INTEGER, any_left INTEGER, any_right INTEGER",
    "mark_wrong": "marks TEXT, rule TEXT, value TEXT, source TEXT, row_key TEXT, PRIMARY KEY (marks, rule, value)",
    "code": "code TEXT PRIMARY KEY, from_day TEXT, until_day TEXT, area TEXT, category TEXT",
    "table_day": "source TEXT, day TEXT, covered INTEGER, complete INTEGER, stands TEXT, PRIMARY KEY (source, day)",
    "relation": "add_on TEXT, primary_code TEXT, kind TEXT, row_key TEXT, from_day TEXT, until_day TEXT, "
    "PRIMARY KEY (add_on, primary_code, kind, from_day, row_key)",
    "open_list": "add_on TEXT, payer INTEGER, row_key TEXT, from_day TEXT, until_day TEXT",
    "pair": "setting TEXT, column1 TEXT, column2 TEXT, indicator TEXT, dated INTEGER, sure_from TEXT, row_key TEXT, "
    "edition TEXT, from_day TEXT, until_day TEXT, PRIMARY KEY (column1, column2, setting, from_day, row_key)",
    "unit_limit": "setting TEXT, code TEXT, most INTEGER, mai TEXT, edition TEXT, from_day TEXT, until_day TEXT, "
    "PRIMARY KEY (code, setting, from_day)",
    "trait": "code TEXT, field TEXT, value TEXT, source TEXT, row_key TEXT, edition TEXT, from_day TEXT, "
    "until_day TEXT",
    "verdict": "code TEXT, modifier TEXT, setting TEXT, position INTEGER, rule TEXT, source TEXT, row_key TEXT, "
    "edition TEXT, from_day TEXT, until_day TEXT",
    "dx": "written TEXT PRIMARY KEY, fault TEXT, source TEXT, row_key TEXT, family TEXT, area TEXT, side TEXT, "
    "from_day TEXT, until_day TEXT",
    "dx_rule": "row_key TEXT PRIMARY KEY, rule TEXT, field TEXT, value TEXT, first_only INTEGER, from_day TEXT, "
    "until_day TEXT",
    "dx_absent": "row_key TEXT, family TEXT, PRIMARY KEY (row_key, family)",
    "dx_match": "written TEXT, row_key TEXT, PRIMARY KEY (written, row_key)",
    "dx_apart": "written TEXT, area TEXT, category TEXT, PRIMARY KEY (written, area, category)",
}
"""Every table that the query reads, with its columns. Codes and days are text; a span without an end ends in 9999.

``line.day`` puts lines together, ``line.asked`` is the day whose tables they are held against: the same, unless the
audit is as of another day.
"""

INDEXES = (
    "CREATE INDEX trait_code ON trait (code, field, value)",
    "CREATE INDEX verdict_code ON verdict (code, modifier)",
    "CREATE INDEX open_list_add_on ON open_list (add_on)",
)
OF_CLAIMS = ("line", "diagnosis")
"""The tables that hold claims; the others hold edits."""


class Row(NamedTuple):
    """One row of the answer, as ``audit_query`` describes it."""

    claim: int
    line: int
    other: int
    place: int
    rule: str
    value: str
    more: str
    units: int
    most: int
    ends: str
    source: str
    row_key: str
    edition: str


def columns(table: str) -> list[str]:
    """The names of the columns of a table."""
    declared = TABLES[table].split(", PRIMARY KEY (")[0]
    return [column.split()[0] for column in declared.split(", ")]
