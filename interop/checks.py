"""What has to hold between a release and its expectation; every check names the place."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from expected import Dataset, Table
from readers import READERS, Content, open_ipc, pandas_default_nulls
from reference.logical import Cell
from release import AFTER_MANIFEST, Release, dataset_sha256, sha256

FORMATS = (".parquet", ".arrow")


def table_path(release: Release, table: Table, suffix: str) -> Path:
    """Return the path of a table's file."""
    return release.folder / "tables" / f"{table.name}{suffix}"


def check_table_files(release: Release, dataset: Dataset) -> None:
    """Every expected table is there in both formats, and nothing else is."""
    found = {path for path in release.files if path.startswith("tables/")}
    assert dataset.tables, "the dataset has no tables"
    assert found == {f"tables/{name}{suffix}" for name in dataset.tables for suffix in FORMATS}


def check_content(table: Table, content: Content) -> None:
    """Column names, order and types, and every cell."""
    assert content.names == [column.name for column in table.columns], table.name
    types = dict(zip(content.names, content.types, strict=True))
    assert types == {column.name: column.type for column in table.columns}, table.name
    for column, wanted, found in zip(table.columns, table.cells, content.cells, strict=True):
        place = f"{table.name}.{column.name}"
        assert len(found) == len(wanted), f"{place}: {len(found)} rows, expected {len(wanted)}"
        for row, (one, other) in enumerate(zip(wanted, found, strict=True)):
            assert _same(one, other), f"{place}, row {row}: {other!r}, expected {one!r}"


def _same(one: Cell, other: Cell) -> bool:
    """Tell whether two cells are equal in type and sign too (True is not 1, -0.0 not 0.0)."""
    return one == other and repr(one) == repr(other)


def check_reader(release: Release, table: Table, reader: str) -> None:
    """A table has the expected content through one reader."""
    suffix, read = READERS[reader]
    check_content(table, read(table_path(release, table, suffix)))


def check_pandas_default(release: Release, table: Table) -> None:
    """`pd.read_parquet(path)` without options opens the table and sees the same nulls."""
    names, nulls = pandas_default_nulls(table_path(release, table, ".parquet"))
    assert names == [column.name for column in table.columns]
    wanted = [sum(cell is None for cell in cells) for cells in table.cells]
    assert dict(zip(names, nulls, strict=True)) == dict(zip(names, wanted, strict=True))


def _schemas(release: Release, table: Table) -> dict[str, pa.Schema]:
    return {
        ".parquet": pq.read_schema(table_path(release, table, ".parquet")),
        ".arrow": open_ipc(table_path(release, table, ".arrow")).schema,
    }


def check_fields(release: Release, table: Table) -> None:
    """Columns are nullable, and descriptions travel in the field metadata of both formats."""
    for suffix, schema in _schemas(release, table).items():
        for column in table.columns:
            place = f"{table.name}{suffix}, {column.name}"
            field = schema.field(column.name)
            assert field.nullable, f"{place} is not nullable"
            found = (field.metadata or {}).get(b"description", b"").decode()
            if column.description is not None:
                assert found == column.description, place
            elif column.derived:
                assert found, f"{place}: a derived column has a generated description"


def check_table_metadata(release: Release, dataset: Dataset, table: Table) -> None:
    """The dataset's metadata stands in the Arrow schema and in the Parquet footer."""
    config, manifest = dataset.config, release.manifest
    wanted: dict[str, str | None] = {
        "stemma:dataset": config["name"],
        "stemma:version": config["version"],
        "stemma:table": table.name,
        "stemma:dataset_sha256": manifest["dataset_sha256"],
        "stemma:output_version": str(manifest["output_version"]),
    }
    # Keys whose text is the build's own: they have to be there if there is anything to say.
    present = {"stemma:title": config.get("title"), "stemma:licence": config.get("licence")}
    if table.is_main:
        present["description"] = table.plan.description
    wanted.update({key: None for key, source in present.items() if source})
    schemas = _schemas(release, table)
    footer = pq.read_metadata(table_path(release, table, ".parquet")).metadata or {}
    for suffix, found in ((".parquet", footer), (".arrow", schemas[".arrow"].metadata or {})):
        for key, text in wanted.items():
            place = f"{table.name}{suffix}: {key}"
            value = found.get(key.encode(), b"").decode()
            assert value, f"{place} is missing"
            assert text is None or value == text, f"{place} is {value!r}, expected {text!r}"


def check_manifest_head(release: Release, dataset: Dataset) -> None:
    """The manifest speaks of this dataset."""
    manifest = release.manifest
    assert manifest["manifest_version"] == 1
    assert manifest["dataset"] == dataset.config["name"]
    assert manifest["version"] == dataset.config["version"]
    assert manifest["released_on"] == dataset.config.get("released_on")
    assert type(manifest["output_version"]) is int
    assert manifest.get("policy_version") is None or isinstance(manifest["policy_version"], str)
    names = [each["name"] for each in manifest["tables"]]
    assert sorted(names) == sorted(dataset.tables)


def check_manifest_table(release: Release, table: Table) -> None:
    """The manifest's rows, fingerprint, columns and logical hashes are the expected ones."""
    entries = [each for each in release.manifest["tables"] if each["name"] == table.name]
    assert len(entries) == 1, f"{table.name}: {len(entries)} entries"
    entry = entries[0]
    assert entry["rows"] == table.row_count
    found = [(column["name"], column["type"]) for column in entry["columns"]]
    assert found == [(column.name, column.type) for column in table.columns]
    assert entry["schema_fingerprint"] == table.fingerprint()
    hashes = {column["name"]: column["logical_sha256"] for column in entry["columns"]}
    assert hashes == table.logical_sha256()
    files = {each["path"]: each for each in release.manifest["files"]}
    for suffix in FORMATS:
        path = f"tables/{table.name}{suffix}"
        assert files.get(path, {}).get("rows") == table.row_count, path


def check_manifest_files(release: Release) -> None:
    """The manifest lists every file written before it, with its size and digest."""
    entries = release.manifest["files"]
    paths = [each["path"] for each in entries]
    assert len(set(paths)) == len(paths), "a path is listed twice"
    assert set(paths) == set(release.files) - AFTER_MANIFEST
    for each in entries:
        data = release.files[each["path"]]
        assert (each["bytes"], each["sha256"]) == (len(data), sha256(data)), each["path"]


def check_names(release: Release, dataset: Dataset) -> None:
    """Beside the tables, the release has the files of its output version and no others."""
    if dataset.names is not None:
        found = {path for path in release.files if not path.startswith("tables/")}
        assert found == dataset.names


def check_provenance(release: Release) -> None:
    """The in-toto statement names every file but itself and the checksums, with its digest."""
    if release.manifest["output_version"] < 3:
        return
    statement = json.loads(release.files["provenance.intoto.json"])
    assert statement["_type"] == "https://in-toto.io/Statement/v1"
    assert statement["predicateType"] == "https://slsa.dev/provenance/v1"
    named = [(each["name"], each["digest"]) for each in statement["subject"]]
    paths = sorted(set(release.files) - {"provenance.intoto.json", "SHA256SUMS"})
    assert named == [(path, {"sha256": sha256(release.files[path])}) for path in paths]
    definition = statement["predicate"]["buildDefinition"]
    assert definition["buildType"] == "urn:stemma:release:1"
    manifest = release.manifest
    wanted = {key: manifest[key] for key in ("dataset", "version")}
    assert definition["externalParameters"] == wanted
    internal = {key: manifest[key] for key in ("output_version", "policy_version")}
    found = {"policy_version": None} | definition["internalParameters"]
    assert found == internal
    assert definition["resolvedDependencies"] == [
        {"uri": "source.tar.zst", "digest": {"sha256": sha256(release.files["source.tar.zst"])}}
    ]


def check_sums(release: Release) -> None:
    """SHA256SUMS covers every other file, once, and every digest is right."""
    paths = [path for path, _ in release.sums]
    assert len(set(paths)) == len(paths), "a path is listed twice"
    assert set(paths) == set(release.files) - {"SHA256SUMS"}
    for path, digest in release.sums:
        assert digest == sha256(release.files[path]), path


def check_sources(release: Release, dataset: Dataset, root: Path) -> None:
    """The bundled sources are sorted plain files, those of the dataset, and their digest fits."""
    infos = release.source_infos
    names = [info.name for info in infos]
    assert all(info.isreg() for info in infos), "a member is no regular file"
    assert names == sorted(names, key=str.encode), "members are not sorted"
    assert len(set(names)) == len(names), "a member is there twice"
    assert dataset_sha256(release.sources) == release.manifest["dataset_sha256"]
    for path in sorted(dataset.inputs):
        assert release.sources.get(path) == (root / path).read_bytes(), path
