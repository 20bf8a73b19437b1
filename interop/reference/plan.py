"""The column plan: from a schema to tables (rules 1 to 7, 9 to 11, 13)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .bounds import (
    EMPTY_ARRAY,
    EMPTY_OBJECT,
    ITEMS,
    OPEN_OBJECT,
    TYPES,
    Analysis,
    Path,
    lacks_format,
    possible,
)
from .fields import (
    ChildTableField,
    ColumnField,
    EdtfField,
    Field,
    JsonField,
    ListField,
    NestedField,
    NumberField,
    ObjectShape,
    ScalarField,
)
from .jsontext import Json
from .logical import BOOL, DATE32, FLOAT64, INT64, TIMESTAMP, UTF8, list_of
from .schema import Declaration, Location, RecursiveSchemaError, SchemaStore, declared_types
from .table import Column, TablePlan

_FORMATS = {"date": DATE32, "date-time": TIMESTAMP}
_SCALARS = {"string": UTF8, "integer": INT64, "number": FLOAT64, "boolean": BOOL}


@dataclass(frozen=True)
class Kind:
    """A kind as dataset.json states it."""

    name: str
    schema: str
    folder: str
    table: str
    id: str | None

    @property
    def id_path(self) -> tuple[str, ...]:
        """The names that lead to the id: it is named by its name or by a JSON Pointer."""
        if not self.id:
            return ()
        if not self.id.startswith("/"):
            return (self.id,)
        tokens = self.id[1:].split("/")
        return tuple(token.replace("~1", "/").replace("~0", "~") for token in tokens)


@dataclass(frozen=True)
class _Property:
    """A property while it is planned: everything that its columns depend on."""

    name: str
    column: str
    path: Path
    schemas: list[dict[str, Json]]
    declarations: list[Declaration]

    @property
    def description(self) -> str | None:
        texts = (schema.get("description") for schema in self.schemas)
        return next((text for text in texts if isinstance(text, str)), None)


def plan_kind(store: SchemaStore, kind: Kind) -> list[TablePlan]:
    """Return a kind's main table and its child tables, parents before children."""
    return _Planner(store, kind).tables


class _Planner:
    """The tables of one kind."""

    def __init__(self, store: SchemaStore, kind: Kind) -> None:
        self._store = store
        self._kind = kind
        self._root = Location(kind.schema)
        declarations = list(store.flatten(self._root, skip_cycles=True))
        schema = next(store.schemas(declarations), {})
        main = TablePlan(
            kind.table,
            kind.name,
            title=schema.get("title"),
            description=schema.get("description"),
            record_path=Column("record_path", UTF8),
            record_index=None if kind.id else Column("record_index", INT64),
            record_sha256=Column("record_sha256", UTF8),
        )
        self.tables = [main]
        types = self._possible((), TYPES)
        # Child tables carry the id: the type of its column is needed before theirs.
        self._key_type = UTF8
        if kind.id:
            self._key_type = self._type_of_id(kind.id_path, declarations)
        if "object" in types:
            main.shape = self._object(main, (), "", declarations)
        if not types <= {"object"}:
            main.value = Column("_value", UTF8)

    def _possible(self, path: Path, analysis: Analysis) -> frozenset[str]:
        return possible(self._store, self._root, path, analysis)

    def _may_leave(self, table: TablePlan, condition: bool) -> None:
        """Give a table its `_extra` column if a condition for it holds."""
        if condition and table.extra is None:
            table.extra = Column("_extra", UTF8)

    def _type_of_id(self, path: Path, declarations: list[Declaration]) -> str:
        """Plan the id property for itself; text if it has no column of its own."""
        declared: list[Declaration] | None = declarations
        for name in path:
            declared = self._store.properties(declared).get(name)
            if declared is None:
                return UTF8
        kept, self.tables = self.tables, []
        planned = self._property(TablePlan("", ""), path[:-1], "", path[-1], declared)
        self.tables = kept
        return planned.column.type if isinstance(planned, ColumnField) else UTF8

    def _object(
        self, table: TablePlan, path: Path, prefix: str, declarations: list[Declaration]
    ) -> ObjectShape:
        """Plan the properties of an object whose columns stand in a table's row."""
        self._may_leave(table, bool(self._possible(path, OPEN_OBJECT)))
        # A record's own `$schema` is a hint for editors; deeper down it is data.
        ignored = frozenset() if path else frozenset({"$schema"})
        fields = {
            name: self._property(table, path, prefix, name, declared)
            for name, declared in self._store.properties(declarations).items()
            if name not in ignored
        }
        return ObjectShape(fields, ignored)

    def _property(
        self, table: TablePlan, path: Path, prefix: str, name: str, declared: list[Declaration]
    ) -> Field:
        path = (*path, name)
        try:
            declarations = self._store.flatten_all(declared)
        except RecursiveSchemaError:
            # Its description is that of the property itself: nothing else was entered.
            schemas = list(self._store.schemas(declared))
            return self._json(table, _Property(name, prefix + name, path, schemas, declared))
        schemas = list(self._store.schemas(declarations))
        prop = _Property(name, prefix + name, path, schemas, declarations)
        match sorted(declared_types(schemas)):
            case ["array"]:
                return self._array(table, prop)
            case ["object"] if self._store.properties(declarations):
                self._enforce(table, prop, {"object"})
                self._may_leave(table, bool(self._possible(path, EMPTY_OBJECT)))
                return NestedField(self._object(table, path, f"{prop.column}_", declarations))
            case [scalar] if scalar in _SCALARS:
                self._enforce(table, prop, {scalar})
                return self._scalar(table, prop, scalar)
        return self._json(table, prop)

    def _enforce(self, table: TablePlan, prop: _Property, types: set[str]) -> None:
        """Note whether a value of another type than the column's can occur."""
        admitted = types | {"null"} | ({"integer"} if "number" in types else set())
        self._may_leave(table, not self._possible(prop.path, TYPES) <= admitted)

    def _add(self, table: TablePlan, prop: _Property, column_type: str) -> Column:
        column = Column(prop.column, column_type, prop.description, derived=False)
        table.body.append(column)
        return column

    def _derive(self, table: TablePlan, name: str, column_type: str) -> Column:
        column = Column(name, column_type)
        table.body.append(column)
        return column

    def _json(self, table: TablePlan, prop: _Property) -> Field:
        return JsonField(self._add(table, prop, UTF8))

    def _string_type(self, table: TablePlan, prop: _Property) -> tuple[str, bool]:
        """Return the column type of a string and whether it is an EDTF date."""
        extensions = {schema["x-format"] for schema in prop.schemas if "x-format" in schema}
        if extensions:
            return UTF8, extensions == {"edtf"}
        formats = {schema["format"] for schema in prop.schemas if "format" in schema}
        name = formats.pop() if len(formats) == 1 else ""
        column_type = _FORMATS.get(name, UTF8)
        if column_type != UTF8:
            unsure = self._possible(prop.path, lacks_format(name))
            self._may_leave(table, column_type == TIMESTAMP or bool(unsure))
        return column_type, False

    def _scalar(self, table: TablePlan, prop: _Property, json_type: str) -> Field:
        if json_type == "number":
            column = self._add(table, prop, FLOAT64)
            return NumberField(column, self._derive(table, f"{prop.column}_exact", UTF8))
        if json_type != "string":
            return ScalarField(self._add(table, prop, _SCALARS[json_type]))
        column_type, is_edtf = self._string_type(table, prop)
        column = self._add(table, prop, column_type)
        if not is_edtf:
            return ScalarField(column)
        stem = prop.column.removesuffix("edtf")
        stem = stem if stem != prop.column else f"{stem}_"
        earliest = self._derive(table, f"{stem}earliest", DATE32)
        return EdtfField(column, earliest, self._derive(table, f"{stem}latest", DATE32))

    def _array(self, table: TablePlan, prop: _Property) -> Field:
        if any("prefixItems" in s or isinstance(s.get("items"), list) for s in prop.schemas):
            return self._json(table, prop)
        try:
            declarations = self._store.flatten_all(self._store.items(prop.declarations))
        except RecursiveSchemaError:
            return self._json(table, prop)
        schemas = list(self._store.schemas(declarations))
        item = replace(prop, path=(*prop.path, ITEMS), schemas=schemas, declarations=declarations)
        match sorted(declared_types(schemas)):
            case ["object"] if self._store.properties(declarations):
                self._enforce(table, prop, {"array"})
                self._may_leave(table, bool(self._possible(prop.path, EMPTY_ARRAY)))
                return ChildTableField(self._child(table, prop, item))
            case [scalar] if scalar in _SCALARS:
                self._enforce(table, prop, {"array"})
                self._enforce(table, item, {scalar})
                return self._list(table, prop, item, scalar)
        return self._json(table, prop)

    def _list(self, table: TablePlan, prop: _Property, item: _Property, json_type: str) -> Field:
        item_type = _SCALARS[json_type]
        if json_type == "string":
            item_type, _ = self._string_type(table, item)
        column = self._add(table, prop, list_of(item_type))
        exact = None
        if json_type == "number":
            exact = self._derive(table, f"{prop.column}_exact", list_of(UTF8))
        return ListField(column, item_type, exact)

    def _child(self, parent: TablePlan, prop: _Property, item: _Property) -> TablePlan:
        kind = self._kind
        names = [step for step in prop.path if step is not ITEMS]
        ordinals = [*(column.name for column in parent.ordinals), f"{prop.name}_ordinal"]
        child = TablePlan(
            "_".join([kind.name, *names]),
            kind.name,
            key=Column(f"{kind.name}_{kind.id_path[-1]}", self._key_type) if kind.id else None,
            ordinals=[Column(name, INT64) for name in ordinals],
            record_path=Column("record_path", UTF8),
            record_index=None if kind.id else Column("record_index", INT64),
            record_sha256=Column("record_sha256", UTF8),
            place_first=not kind.id,
        )
        self.tables.append(child)
        child.shape = self._object(child, item.path, "", item.declarations)
        if not self._possible(item.path, TYPES) <= {"object"}:
            child.value = Column("_value", UTF8)
        return child


def unique_names(names: Iterable[str]) -> list[str]:
    """Return the names in order, made unique after case folding by `_2`, `_3` (rule 13)."""
    seen: set[str] = set()
    result = []
    for name in names:
        candidate, number = name, 1
        while candidate.casefold() in seen:
            number += 1
            candidate = f"{name}_{number}"
        seen.add(candidate.casefold())
        result.append(candidate)
    return result
