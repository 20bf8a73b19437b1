"""Planned tables and the rows that records give them (column plan 8 to 11)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from .canonical import canonical
from .jsontext import Json
from .logical import Cell

if TYPE_CHECKING:
    from .fields import ObjectShape

Ordinals: TypeAlias = tuple[int, ...]


class PlanError(Exception):
    """A record holds something for which the plan has no column: the plan is wrong."""


@dataclass(eq=False)
class Column:
    """A column; compared by identity, because names may be changed at the end.

    `description` is the schema's own text, None for derived columns and where it has none.
    """

    name: str
    type: str
    description: str | None = None


Row: TypeAlias = dict[Column, Cell]


@dataclass(frozen=True)
class Record:
    """A record with its place: path relative to the dataset, position in its file from 0."""

    path: str
    index: int
    value: Json
    sha256: str
    key: Cell = None


@dataclass(eq=False)
class TablePlan:
    """One table: its columns in groups, the shape of its objects, and its rows so far."""

    name: str
    kind: str
    title: str | None = None
    description: str | None = None
    key: Column | None = None
    ordinals: list[Column] = field(default_factory=list)
    body: list[Column] = field(default_factory=list)
    extra: Column | None = None
    value: Column | None = None
    record_path: Column | None = None
    record_index: Column | None = None
    record_sha256: Column | None = None
    place_first: bool = False
    """The record's place is the key: it stands before the ordinals, not at the end."""
    shape: ObjectShape | None = None
    rows: list[Row] = field(default_factory=list)

    @property
    def columns(self) -> list[Column]:
        """All columns in their order."""
        place = [self.record_path, self.record_index]
        groups = [
            self.key,
            *(place if self.place_first else ()),
            *self.ordinals,
            *self.body,
            self.extra,
            self.value,
            *(() if self.place_first else place),
            self.record_sha256,
        ]
        return [column for column in groups if column is not None]

    def column_values(self, column: Column) -> list[Cell]:
        """Return a column's cells in row order."""
        return [row.get(column) for row in self.rows]

    def emit(self, record: Record, ordinals: Ordinals, element: Json) -> None:
        """Append the row of a record or of an array element, and those of its child tables."""
        row: Row = dict(zip(self.ordinals, ordinals, strict=True))
        self.rows.append(row)
        derived = {
            self.key: record.key,
            self.record_path: record.path,
            self.record_index: record.index,
            self.record_sha256: record.sha256,
        }
        row.update({column: cell for column, cell in derived.items() if column is not None})
        if isinstance(element, dict) and self.shape is not None:
            residue = self.shape.fill(element, row, record, ordinals)
            if residue:
                self._keep(self.extra, row, residue, record)
        else:
            self._keep(self.value, row, element, record)

    def _keep(self, column: Column | None, row: Row, value: Json, record: Record) -> None:
        text = canonical(value)
        if column is None:
            raise PlanError(f"{self.name}: {record.path} leaves {text}, but there is no column")
        row[column] = text
