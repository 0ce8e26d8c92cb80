"""Sources for tests: what a register tells, files of it, and a catalogue to hold it against."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4
from xml.sax.saxutils import escape
from zipfile import ZipFile

from adapters.event_store.application import EventStore
from adapters.event_store.committer import DirectCommitter
from domain.catalogue.importing import Comparison, Difference, Wanted, WantedTie
from domain.catalogue.imports import Sort
from domain.catalogue.kinds import MODELS, Kind
from domain.catalogue.taking import Undoing, chosen_by_rule
from domain.catalogue.ties import Tie
from handlers.catalogue import Change, change_all
from handlers.catalogue_imports import Taken, Told, because, compare_source, keep, pick, take_over, undo_import
from handlers.projector import Projector
from handlers.requests import Origin
from handlers.unit_of_work import UnitOfWork

T = TypeVar("T")
SOURCE = "cmdb"


def wanted(key: str | None, name: str, *ties: WantedTie, kind: Kind = Kind.SYSTEM, **facts: Any) -> Wanted:  # noqa: ANN401 - facts
    model = MODELS[kind].model_validate({"name": name, **facts})
    told = {field: getattr(model, field) for field in ("name", *facts)}
    return Wanted(kind, key, told, ties, frozenset({Tie.DEPENDS_ON}), place=key or name)


def on(named: str, kind: Kind | None = None) -> WantedTie:
    return WantedTie(Tie.DEPENDS_ON, named, kind)


def origin() -> Origin:
    return Origin("u-1", "cli", f"test-{uuid4()}", datetime(2026, 11, 29, 12, tzinfo=UTC))


class Importer:
    """A store with a source that is compared, taken over and undone, as the surfaces do it."""

    def __init__(self, store: EventStore, projector: Projector, source: str = SOURCE) -> None:
        self.store, self.projector, self.source = store, projector, source
        self.differences: Sequence[Difference] = ()

    def submit(self, work: Callable[[UnitOfWork], T]) -> T:
        return asyncio.run(DirectCommitter(self.store).submit(work))

    def tell(self, *changes: Change) -> None:
        self.submit(lambda uow: change_all(uow, changes))

    def told(self, objects: Iterable[Wanted], *, whole: bool = True, gone: Sequence[str] = ()) -> Told:
        return Told(self.source, tuple(objects), whole, gone)

    def compare(self, *objects: Wanted, whole: bool = True, gone: Sequence[str] = ()) -> Comparison:
        assert self.projector.catch_up().rejected == []
        with self.projector.database.snapshot() as connection:
            return compare_source(self.store, connection, self.told(objects, whole=whole, gone=gone))

    def sorts(self, *objects: Wanted, whole: bool = True, gone: Sequence[str] = ()) -> list[tuple[Sort, str, str]]:
        found = self.compare(*objects, whole=whole, gone=gone)
        assert found.problems == ()
        return [(one.sort, one.name, one.field.partition(":")[0]) for one in found.differences]

    def take(self, *objects: Wanted, also: Sequence[Sort] = (), source_wins: Sequence[str] = ()) -> Taken:
        chosen = chosen_by_rule(self.compare(*objects).differences, also=also, source_wins=source_wins)
        return self.take_these(chosen)

    def take_these(self, chosen: Sequence[Difference]) -> Taken:
        return self.submit(lambda uow: take_over(uow, self.told(()), chosen, because(origin(), "Ny liste")))

    def keep(self, *objects: Wanted, ids: Sequence[str]) -> int:
        kept = pick(self.compare(*objects).differences, ids)
        return self.submit(lambda uow: keep(uow, self.source, kept, because(origin(), "Vores er rigtigt")))

    def undo(self, number: int) -> Undoing:
        return self.submit(lambda uow: undo_import(uow, self.store, number, because(origin(), "Forkert fil")))


def workbook(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    """The smallest .xlsx that there is: one sheet, texts in line, numbers as numbers."""
    cells = "".join(f'<row r="{number}">{"".join(map(_cell, row))}</row>' for number, row in enumerate(rows, 1))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    types = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="Ark1" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
    }
    with ZipFile(path, "w") as packed:
        for name, body in parts.items():
            packed.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{body}')
    return path


def _cell(value: object) -> str:
    if isinstance(value, int | float):
        return f"<c><v>{value}</v></c>"
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'
