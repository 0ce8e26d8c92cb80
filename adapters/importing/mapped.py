"""A table read by a mapping: one wanted object a row; what cannot be read is named by row and column."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from adapters.importing.tables import Row, Table, UnreadableTableError, plain
from domain.catalogue.importing import Problem, Trouble, Wanted, WantedTie
from domain.catalogue.kinds import Kind
from domain.catalogue.mapping import SourceMapping, TieColumn, fields_of
from domain.catalogue.telling import WrongValuesError, told_of

_LISTS = frozenset({"aliases", "criteria"})
_YES = frozenset({"ja", "yes", "true", "1", "x", "sand"})
_NO = frozenset({"nej", "no", "false", "0", "falsk"})
_SWITCHES = frozenset({"personal_data", "business_critical", "processor"})


class Read(NamedTuple):
    """What a table tells."""

    wanted: tuple[Wanted, ...]
    problems: tuple[Problem, ...]
    """Rows that are left out, and why."""


def read_rows(table: Table, mapping: SourceMapping) -> Read:
    """Read every row. Raises `UnreadableTableError` when the mapping names columns that the table has not."""
    _check_columns(table, mapping)
    wanted, problems = list[Wanted](), list[Problem]()
    registered: dict[tuple[Kind, str], Wanted] = {}
    for row in table.rows:
        place = str(row.number)
        try:
            one = _wanted(row, mapping, place)
        except WrongValuesError as error:
            problems += error.problems(place)
            continue
        wanted.append(one)
        for each in _named_only(row, mapping, place):
            registered.setdefault((each.kind, each.name.casefold()), each)
    told = {(one.kind, one.name.casefold()) for one in wanted}
    wanted += (one for pair, one in registered.items() if pair not in told)
    return Read(tuple(wanted), tuple(problems))


def _check_columns(table: Table, mapping: SourceMapping) -> None:
    asked = [mapping.key, *mapping.facts.values(), *(tie.column for tie in mapping.ties)]
    asked += [mapping.kind_column] if mapping.kind_column else []
    known = {plain(column) for column in table.columns}
    if missing := [column for column in dict.fromkeys(asked) if plain(column) not in known]:
        raise UnreadableTableError(
            f"the file has no column {', '.join(map(repr, missing))}: its columns are {', '.join(table.columns)}"
        )


def _wanted(row: Row, mapping: SourceMapping, place: str) -> Wanted:
    key = row.cells.get(plain(mapping.key), "")
    if not key:
        raise WrongValuesError([("", Trouble.KEY_EMPTY, (mapping.key,))])
    kind = _kind(row, mapping)
    raw = dict[str, Any]()
    for field, column in mapping.facts.items():
        cell = row.cells.get(plain(column), "")
        if cell and field in fields_of(kind):
            raw[field] = _value(field, _translated(mapping, field, cell))
    return Wanted(
        kind=kind,
        key=key,
        told=told_of(kind, raw, mapping.facts),
        ties=tuple(_ties(row, mapping)),
        tells=frozenset(tie.tie for tie in mapping.ties),
        place=place,
    )


def _kind(row: Row, mapping: SourceMapping) -> Kind:
    if mapping.kind is not None:
        return mapping.kind
    column = mapping.kind_column or ""
    word = row.cells.get(plain(column), "")
    found = {told.casefold(): kind for told, kind in mapping.kinds.items()}.get(word.casefold())
    if found is None:
        raise WrongValuesError([("", Trouble.KIND_UNKNOWN, (column, word))])
    return found


def _translated(mapping: SourceMapping, field: str, cell: str) -> str:
    words = {told.casefold(): ours for told, ours in mapping.values.get(field, {}).items()}
    return words.get(cell.casefold(), cell)


def _value(field: str, cell: str) -> Any:  # noqa: ANN401 - what the field's model takes
    if field in _LISTS:
        return [part.strip() for part in cell.split(",") if part.strip()]
    if field in _SWITCHES and cell.casefold() in _YES | _NO:
        return cell.casefold() in _YES
    return cell


def _ties(row: Row, mapping: SourceMapping) -> Iterator[WantedTie]:
    for tie in mapping.ties:
        for named in _cells(row, tie):
            yield WantedTie(tie.tie, named, tie.kind if tie.by == "name" else None, tie.need, tie.weight)


def _named_only(row: Row, mapping: SourceMapping, place: str) -> Iterable[Wanted]:
    for tie in mapping.ties:
        if tie.register_missing and tie.by == "name":
            for named in _cells(row, tie):
                yield Wanted(tie.kind, None, {"name": named}, place=place)


def _cells(row: Row, tie: TieColumn) -> list[str]:
    cell = row.cells.get(plain(tie.column), "")
    return list(dict.fromkeys(filter(None, map(str.strip, cell.split(tie.separator)))))
