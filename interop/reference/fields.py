"""Properties of an object: which columns they fill and what they leave over.

`fill` returns the residue, which belongs into `_extra` at the property's place, or NOTHING.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from . import edtf
from .canonical import canonical
from .instants import is_canonical_date_time, parse_date, parse_date_time
from .jsontext import Json, Number
from .logical import BOOL, DATE32, FLOAT64, INT64, TIMESTAMP, UTF8, Cell
from .table import Column, Ordinals, Record, Row

if TYPE_CHECKING:
    from .table import TablePlan


class Nothing:
    """The type of NOTHING; null is a value that may be left over."""


NOTHING: Final = Nothing()


class MismatchError(Exception):
    """A value is not of its column's type."""


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise MismatchError
    return value


def _parsed(parse: Callable[[str], int | None]) -> Callable[[Json], Cell]:
    def convert(value: Json) -> Cell:
        if (cell := parse(_text(value))) is None:
            raise MismatchError
        return cell

    return convert


def _int64(value: Json) -> int:
    if not isinstance(value, Number) or not value.is_integral():
        raise MismatchError
    return value.to_int64()


def _float64(value: Json) -> float:
    if not isinstance(value, Number):
        raise MismatchError
    return value.to_float64()


def _bool(value: Json) -> bool:
    if not isinstance(value, bool):
        raise MismatchError
    return value


CONVERTERS: Final[dict[str, Callable[[Json], Cell]]] = {
    UTF8: _text,
    DATE32: _parsed(parse_date),
    TIMESTAMP: _parsed(parse_date_time),
    INT64: _int64,
    FLOAT64: _float64,
    BOOL: _bool,
}


class Field(ABC):
    """A declared property."""

    @abstractmethod
    def fill(self, value: Json, row: Row, record: Record, ordinals: Ordinals) -> Json | Nothing:
        """Put a value, never null, into the row and return what is left of it."""


class ColumnField(Field):
    """A property with a column of its own, besides those derived from it."""

    column: Column


@dataclass
class ObjectShape:
    """The declared properties of an object; ignored names leave no trace."""

    fields: dict[str, Field]
    ignored: frozenset[str] = frozenset()

    def fill(
        self, value: dict[str, Json], row: Row, record: Record, ordinals: Ordinals
    ) -> dict[str, Json]:
        """Put an object into the row and return its residue."""
        residue: dict[str, Json] = {}
        for name, member in value.items():
            if name in self.ignored:
                continue
            if (declared := self.fields.get(name)) is None:
                residue[name] = member
            elif member is not None:
                left = declared.fill(member, row, record, ordinals)
                if not isinstance(left, Nothing):
                    residue[name] = left
        return residue


@dataclass
class ScalarField(ColumnField):
    """A string, integer, boolean, date or date-time."""

    column: Column

    def fill(self, value: Json, row: Row, record: Record, ordinals: Ordinals) -> Json | Nothing:
        """Convert the value; a date-time that prints differently leaves its text."""
        try:
            row[self.column] = CONVERTERS[self.column.type](value)
        except MismatchError:
            return value
        if self.column.type == TIMESTAMP and not is_canonical_date_time(_text(value)):
            return value
        return NOTHING


@dataclass
class NumberField(ColumnField):
    """A number: nearest double and literal."""

    column: Column
    exact: Column

    def fill(self, value: Json, row: Row, record: Record, ordinals: Ordinals) -> Json | Nothing:
        """Fill both columns."""
        if not isinstance(value, Number):
            return value
        row[self.column] = value.to_float64()
        row[self.exact] = value.literal
        return NOTHING


@dataclass
class EdtfField(ColumnField):
    """An EDTF string and its earliest and latest day."""

    column: Column
    earliest: Column
    latest: Column

    def fill(self, value: Json, row: Row, record: Record, ordinals: Ordinals) -> Json | Nothing:
        """Fill the three columns; text outside the subset has no days."""
        if not isinstance(value, str):
            return value
        row[self.column] = value
        with suppress(edtf.EdtfError):
            row[self.earliest], row[self.latest] = edtf.bounds(value)
        return NOTHING


@dataclass
class ListField(ColumnField):
    """An array of scalars; of numbers if there is a column for the literals."""

    column: Column
    item: str
    exact: Column | None = None

    def fill(self, value: Json, row: Row, record: Record, ordinals: Ordinals) -> Json | Nothing:
        """Convert all elements; if one does not fit, the whole array is left."""
        if not isinstance(value, list):
            return value
        convert = CONVERTERS[self.item]
        try:
            cells = [None if each is None else convert(each) for each in value]
        except MismatchError:
            return value
        row[self.column] = cells
        if self.exact is not None:
            row[self.exact] = [each.literal if isinstance(each, Number) else None for each in value]
        if self.item == TIMESTAMP and not all(
            each is None or is_canonical_date_time(_text(each)) for each in value
        ):
            return value
        return NOTHING


@dataclass
class JsonField(ColumnField):
    """Anything, as canonical JSON."""

    column: Column

    def fill(self, value: Json, row: Row, record: Record, ordinals: Ordinals) -> Json | Nothing:
        """Write the value's canonical text."""
        row[self.column] = canonical(value)
        return NOTHING


@dataclass
class NestedField(Field):
    """An object with declared properties, laid out in the parent's row."""

    shape: ObjectShape

    def fill(self, value: Json, row: Row, record: Record, ordinals: Ordinals) -> Json | Nothing:
        """Fill the object's columns; an empty object is left, to tell it from none."""
        if not isinstance(value, dict) or not value:
            return value
        return self.shape.fill(value, row, record, ordinals) or NOTHING


@dataclass
class ChildTableField(Field):
    """An array of objects with declared properties: rows of another table."""

    table: TablePlan

    def fill(self, value: Json, row: Row, record: Record, ordinals: Ordinals) -> Json | Nothing:
        """Emit a row for every element; an empty array is left, to tell it from none."""
        if not isinstance(value, list) or not value:
            return value
        for index, element in enumerate(value):
            self.table.emit(record, (*ordinals, index), element)
        return NOTHING
