"""What the tables of a release have to hold, computed from the dataset's files alone.

This is the whole expectation: `expected(root)` reads dataset.json, the schemas and the
records below a folder and returns every table with its columns and rows. It follows the
text of the column plan and shares nothing with the tool that writes the release.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

from reference.canonical import canonical, canonical_sha256
from reference.disagreement.tables import COLUMNS, disagreement
from reference.fields import ColumnField, Field
from reference.folder import kind_of, read_records, record_files, schema_files
from reference.jsontext import InvalidInputError, Json, Number, parse
from reference.logical import UTF8, Cell, logical_sha256, schema_fingerprint
from reference.plan import Kind, plan_kind, unique_names
from reference.schema import SchemaStore
from reference.table import Column, Record, TablePlan


@dataclass(frozen=True)
class Table:
    """An expected table; `cells` are columns, dates days, timestamps microseconds."""

    plan: TablePlan

    @property
    def name(self) -> str:
        """Its name, which is the stem of its files."""
        return self.plan.name

    @cached_property
    def columns(self) -> list[Column]:
        """Its columns in order."""
        return self.plan.columns

    @cached_property
    def cells(self) -> list[list[Cell]]:
        """Its cells, column by column."""
        return [self.plan.column_values(column) for column in self.columns]

    @property
    def row_count(self) -> int:
        """The number of its rows."""
        return len(self.plan.rows)

    @property
    def is_main(self) -> bool:
        """Whether it holds records, not elements of their arrays."""
        return not self.plan.ordinals

    def rows(self) -> list[dict[str, Cell]]:
        """Return its rows as dictionaries, nulls included."""
        return [{column.name: row.get(column) for column in self.columns} for row in self.plan.rows]

    def logical_sha256(self) -> dict[str, str]:
        """Return the logical hash of every column."""
        pairs = zip(self.columns, self.cells, strict=True)
        return {column.name: logical_sha256(column.type, cells) for column, cells in pairs}

    def fingerprint(self) -> str:
        """Return the schema fingerprint."""
        return schema_fingerprint((column.name, column.type) for column in self.columns)


@dataclass(frozen=True)
class Dataset:
    """An expected dataset: dataset.json, the tables by name, and the files they came from."""

    config: dict[str, Json]
    tables: dict[str, Table]
    inputs: frozenset[str]
    names: frozenset[str] | None = None
    """The files of the release that are no tables; None before output version 3."""


DOCUMENTS = frozenset({
    "CHANGELOG.md", "CITATION.cff", "CODEBOOK.md", "LICENSE", "README.md",
    "croissant.json", "datapackage.json", "load.sql",
    "manifest.json", "provenance.intoto.json", "SHA256SUMS", "source.tar.zst",
})  # fmt: skip
MAX_PAGE_CLAIMS = 20_000


def _names(config: dict, plans: list[TablePlan]) -> frozenset[str]:
    names = set(DOCUMENTS)
    if config.get("policy"):
        names.add("policy.json")
    if config.get("model") == "stemma":
        claims = next(plan for plan in plans if plan.kind == "claim" and not plan.ordinals)
        if len(claims.rows) <= MAX_PAGE_CLAIMS:
            names.add("index.html")
    return frozenset(names)


@cache
def expected(root: Path, output_version: int = 1) -> Dataset:
    """Return what a release of the dataset in a folder has to hold.

    The tables of the disagreement model came with output version 2, the documents and the
    columns about versions with 3.
    """
    config = parse((root / "dataset.json").read_bytes())
    if not isinstance(config, dict):
        raise InvalidInputError("dataset.json is no object")
    kinds = [kind_of(each) for each in config["kinds"]]
    files = schema_files(root, config, kinds)
    store = SchemaStore(files)
    inputs = {"dataset.json", *(kind.schema for kind in kinds)}
    plans: list[TablePlan] = []
    records: dict[str, list[Record]] = {}
    for kind in kinds:
        tables = plan_kind(store, kind)
        paths = record_files(root, kind, kinds, {*files, "dataset.json", config.get("policy")})
        records[kind.name] = _fill(root, kind, tables, paths)
        inputs.update(paths)
        plans += tables
    if config.get("model") == "stemma" and output_version >= 2:
        plans += _compute(root, plans)
    if output_version >= 3:
        mains = {plan.kind: plan for plan in plans if plan.kind and not plan.ordinals}
        ledger = _ledger(root)
        for kind in kinds:
            if kind.id:
                _add_versions(mains[kind.name], kind, records[kind.name], ledger, config["version"])
    _settle_names(plans)
    tables = {plan.name: Table(plan) for plan in plans}
    names = _names(config, plans) if output_version >= 3 else None
    return Dataset(config, tables, frozenset(inputs), names)


def _records(root: Path, paths: list[str]) -> list[Record]:
    found = read_records(root, paths)
    return [Record(raw.path, raw.index, raw.value, canonical_sha256(raw.value)) for raw in found]


def _fill(root: Path, kind: Kind, tables: list[TablePlan], paths: list[str]) -> list[Record]:
    """Emit the rows of all records, in the order of rule 12; return the records in it."""
    main = tables[0]
    declared = _field_at(main, kind.id_path) if kind.id else None
    records = sorted(_records(root, paths), key=lambda record: _sort_key(kind, record))
    for record in records:
        keyed = replace(record, key=_key(kind, declared, record)) if kind.id else record
        main.emit(keyed, (), keyed.value)
    return records


def _id_of(kind: Kind, record: Record) -> Json:
    value = record.value
    for token in kind.id_path:
        value = value.get(token) if isinstance(value, dict) else None
    return value if kind.id_path else None


def _field_at(main: TablePlan, path: tuple[str, ...]) -> Field | None:
    shape, field = main.shape, None
    for token in path:
        field = shape.fields.get(token) if shape else None
        shape = getattr(field, "shape", None)
    return field


def _key(kind: Kind, declared: Field | None, record: Record) -> Cell:
    """Return what the child tables' key column holds: the cell of the id's own column."""
    value = _id_of(kind, record)
    if value is None:
        return None
    if not isinstance(declared, ColumnField):
        return value if isinstance(value, str) else canonical(value)
    row: dict[Column, Cell] = {}
    declared.fill(value, row, record, ())
    return row.get(declared.column)


def _sort_key(kind: Kind, record: Record) -> tuple:
    """Order by id (none, then numbers, then strings bytewise), path bytewise and position."""
    place = (record.path.encode(), record.index)
    match _id_of(kind, record):
        case Number() as number:
            return (1, number.decimal, *place)
        case str() as text:
            return (2, text.encode(), *place)
        case _:
            return (0, 0, *place)


def _compute(root: Path, plans: list[TablePlan]) -> list[TablePlan]:
    """Return the tables of the disagreement model, and give the claims their questions."""
    computed = disagreement(root)
    claims = next(plan for plan in plans if plan.kind == "claim" and not plan.ordinals)
    identity = next(column for column in claims.columns if column.name == "id")
    question = Column("question_id", UTF8)
    claims.computed.append(question)
    for row in claims.rows:
        row[question] = computed.question_of_claim[row[identity]]
    found = []
    for name, types in COLUMNS.items():
        plan = TablePlan(name, "", body=[Column(column, types[column]) for column in types])
        for cells in computed.tables[name]:
            plan.rows.append({column: cells[column.name] for column in plan.body})
        found.append(plan)
    return found


LEDGER = "history/ledger.jsonl"


def _ledger(root: Path) -> dict[tuple[str, str], dict[str, Json]]:
    """Return what earlier releases say of each id, by kind and canonical id."""
    path = root / LEDGER
    if not path.is_file():
        return {}
    lines = [parse(line) for line in path.read_bytes().splitlines()]
    entries = [line for line in lines if isinstance(line, dict) and "kind" in line]
    return {(str(entry["kind"]), canonical(entry["id"])): entry for entry in entries}


def _fate(record: Record) -> str:
    """Return whether a record is in use; only texts with something in them take it out."""
    value = record.value if isinstance(record.value, dict) else {}
    for name, fate in (("merged_into", "merged"), ("withdrawn", "withdrawn")):
        said = value.get(name)
        if isinstance(said, str) and said:
            return fate
    return "current"


def _add_versions(
    main: TablePlan,
    kind: Kind,
    records: list[Record],
    ledger: dict[tuple[str, str], dict[str, Json]],
    version: Json,
) -> None:
    """Give the rows of a first table the releases of their first and last change."""
    first, changed = Column("first_version", UTF8), Column("changed_version", UTF8)
    main.computed += [first, changed]
    for record, row in zip(records, main.rows, strict=True):
        entry = ledger.get((kind.name, canonical(_id_of(kind, record))))
        same = entry and (entry["record_sha256"], entry["fate"]) == (record.sha256, _fate(record))
        row[first] = entry["first_version"] if entry else version
        row[changed] = entry["changed_version"] if entry and same else version


def _settle_names(plans: list[TablePlan]) -> None:
    """Make the names of tables, and of the columns within each, unique."""
    for plan, name in zip(plans, unique_names(plan.name for plan in plans), strict=True):
        plan.name = name
        names = unique_names(column.name for column in plan.columns)
        for column, unique in zip(plan.columns, names, strict=True):
            column.name = unique
