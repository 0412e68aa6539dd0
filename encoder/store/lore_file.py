"""Reading our own facts about codes: ``resources/pages/*.toml`` become one ``Lore``.

Strict like the reader of trees: an unknown key, a wrong type, a missing text or a second id is refused in one sentence.
Whether the codes and sources named exist is proved by the tests of what is shipped.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from encoder.core.page.lore import CATEGORY, Confused, Exemption, Fits, Lore, Meaning, ModifierRule, Ruling, Service
from encoder.errors import DataError
from encoder.store.toml_table import Table, read_table

STATES = ("inside", "apart", "never", "use", "history")
VERDICTS = ("allowed", "refused", "conditional")


def read_lore(folder: Path) -> Lore:
    """Read every file of our own facts.

    Raises:
        DataError: a file is missing, is no TOML, or holds something that is not expected.
    """
    return Lore(
        meanings=_meanings(read_table(folder / "meanings.toml")),
        modifiers=_modifiers(read_table(folder / "modifiers.toml")),
        services=_services(read_table(folder / "services.toml")),
        confused=_confused(read_table(folder / "confused.toml")),
        fits=_fits(read_table(folder / "fits.toml")),
        pictures=_pictures(read_table(folder / "pictures.toml")),
    )


def _meanings(whole: Table) -> Mapping[str, Meaning]:
    made = {}
    for field in whole.table:
        table = whole.part(field)
        table.only({"label", "short", "table", "unit", "means", "cites"})
        means = _words(table.part("means"))
        label = table.text("label")
        short = table.text("short", "") or label[:1].lower() + label[1:]
        made[field] = Meaning(field, label, short, table.text("table"), table.text("unit", ""), means, _cites(table))
    return made


_MODIFIER = {
    *("by", "values", "verdict", "why", "areas", "elsewhere", "sites", "at_sites"),
    *("exceptions", "as", "cites"),
}
_RULE = ("by", "values", "verdict", "why", "areas", "elsewhere", "sites", "at_sites")


def _modifiers(whole: Table) -> Mapping[str, ModifierRule]:
    made = {}
    for code in whole.table:
        table = whole.part(code)
        table.only(_MODIFIER)
        like = table.text("as", "")
        rule = table
        if like:
            if like not in whole.table:
                raise DataError(f"{table.where}: 'as' names '{like}', which is no modifier of the file.")
            rule = whole.part(like)
            if doubled := [key for key in _RULE if key in table.table]:
                raise DataError(f"{table.where}: '{doubled[0]}' stands beside 'as'; keep one of the two.")
        made[code] = ModifierRule(
            code=code,
            by=rule.text("by", ""),
            values={value: _ruling(rule.part("values").part(value)) for value in rule.part("values").table},
            ruling=_ruling(rule, whole=False) if "verdict" in rule.table else None,
            areas=rule.texts("areas"),
            elsewhere=_ruling(rule.part("elsewhere")) if "elsewhere" in rule.table else None,
            sites=rule.texts("sites"),
            at_sites=_ruling(rule.part("at_sites")) if "at_sites" in rule.table else None,
            exemptions=tuple(
                _exemption(Table(entry, f"{rule.where}, exception {place}"))
                for place, entry in enumerate(rule.tables("exceptions"), 1)
            ),
            cites=_cites(table),
        )
        if not made[code].by and made[code].ruling is None:
            raise DataError(f"{table.where} has neither 'by' nor 'verdict'; say what decides.")
    return made


def _ruling(table: Table, *, whole: bool = True) -> Ruling:
    if whole:
        table.only({"verdict", "why"})
    return Ruling(_one_of(table, "verdict", VERDICTS), table.text("why"))


def _exemption(table: Table) -> Exemption:
    table.only({"codes", "verdict", "why", "unless", "cites"})
    unless = table.part("unless")
    unless.only({"field", "values", "say"})
    return Exemption(
        table.texts("codes"),
        _ruling(table, whole=False),
        unless.text("field", ""),
        unless.texts("values"),
        unless.text("say", ""),
        _cites(table),
    )


def _services(whole: Table) -> tuple[Service, ...]:
    made: dict[str, Service] = {}
    for table in _entries(whole, "service"):
        table.only({"id", "of", "state", "about", "say", "codes", "cites"})
        state = _one_of(table, "state", STATES)
        service = Service(
            table.text("id"),
            table.texts("of"),
            state,
            table.texts("about"),
            table.text("say"),
            table.texts("codes"),
            _cites(table),
        )
        if not service.of or not service.about:
            raise DataError(f"{table.where} names no code in 'of' or no topic in 'about'.")
        made[_new(service.id, made, table)] = service
    return tuple(made.values())


def _confused(whole: Table) -> tuple[Confused, ...]:
    made: dict[str, Confused] = {}
    for table in _entries(whole, "confused"):
        table.only({"id", "claim", "codes", "said", "said_by", "says", "cites"})
        claim = table.get("claim", int, 0)
        assert isinstance(claim, int)
        entry = Confused(
            table.text("id"),
            claim,
            table.texts("codes"),
            table.text("said"),
            table.text("said_by"),
            table.text("says"),
            _cites(table),
        )
        made[_new(entry.id, made, table)] = entry
    return tuple(made.values())


def _fits(whole: Table) -> Fits:
    whole.only({"cites", "doubt", "anywhere", "family", "site", "pick"})
    families, sites, anywhere = (
        {name: part.texts(name) for name in part.table}
        for part in (whole.part("family"), whole.part("site"), whole.part("anywhere"))
    )
    picks = _words(whole.part("pick"))
    unknown = [f"'{word}'" for word in picks.values() if word not in sites]
    if unknown:
        raise DataError(f"{whole.where}: 'pick' names {', '.join(unknown)}, which 'site' does not hold.")
    return Fits(families, sites, anywhere, whole.texts("doubt"), picks, _cites(whole))


def _pictures(whole: Table) -> Mapping[str, str]:
    whole.only({"code", "category"})
    return {
        **_words(whole.part("code")),
        **{CATEGORY + name: picture for name, picture in _words(whole.part("category")).items()},
    }


def _entries(whole: Table, key: str) -> list[Table]:
    whole.only({key})
    return [
        Table(entry, f"{whole.where}: {key} {entry.get('id', place)}")
        for place, entry in enumerate(whole.tables(key), 1)
    ]


def _new(name: str, known: Mapping[str, object], table: Table) -> str:
    if name in known:
        raise DataError(f"{table.where} stands a second time; ids are unique.")
    return name


def _one_of(table: Table, key: str, known: tuple[str, ...]) -> str:
    value = table.text(key)
    if value not in known:
        raise DataError(f"{table.where}: '{key}' is '{value}'; one of {', '.join(known)} was expected.")
    return value


def _words(table: Table) -> Mapping[str, str]:
    return {key: table.text(key) for key in table.table}


def _cites(table: Table) -> tuple[str, ...]:
    cites = table.texts("cites")
    if not cites:
        raise DataError(f"{table.where} has no 'cites'; every fact names its source.")
    return cites
