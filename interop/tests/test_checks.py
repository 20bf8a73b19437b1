"""The checks accept a faithful release and refuse one with any single fault."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.ipc
import pyarrow.parquet as pq
import pytest
from sample_release import seal, write_release

import checks
from expected import Dataset, expected
from readers import READERS, open_ipc
from release import Release

FOREIGN = Path(__file__).resolve().parent.parent / "fixtures" / "foreign"


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return expected(FOREIGN)


@pytest.fixture(scope="module")
def sample(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release") / "v1.2.0"
    write_release(FOREIGN, dataset, folder)
    return folder


@pytest.fixture
def copy(sample: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample, tmp_path / "it's a release"))


def check_all(folder: Path, dataset: Dataset, root: Path = FOREIGN) -> None:
    release = Release(folder)
    checks.check_table_files(release, dataset)
    for table in dataset.tables.values():
        for reader in READERS:
            checks.check_reader(release, table, reader)
        checks.check_pandas_default(release, table)
        checks.check_fields(release, table)
        checks.check_table_metadata(release, dataset, table)
        checks.check_manifest_table(release, table)
    checks.check_manifest_head(release, dataset)
    checks.check_manifest_files(release)
    checks.check_sums(release)
    checks.check_sources(release, dataset, root)


def test_faithful_release(copy: Path, dataset: Dataset) -> None:
    check_all(copy, dataset)


def test_bundled_sources_give_the_same_expectation(
    copy: Path, dataset: Dataset, tmp_path: Path
) -> None:
    Release(copy).unpack_sources(tmp_path / "sources")
    again = expected(tmp_path / "sources")
    assert {name: table.rows() for name, table in again.tables.items()} == {
        name: table.rows() for name, table in dataset.tables.items()
    }


def _replace(
    name: str, make: Callable[[pa.Table, int], pa.Array]
) -> Callable[[pa.Table], pa.Table]:
    def change(table: pa.Table) -> pa.Table:
        index = table.column_names.index(name)
        return table.set_column(index, table.schema.field(name), make(table, index))

    return change


def _described(table: pa.Table) -> pa.Table:
    field = table.schema.field(0).with_metadata({"description": "Something else."})
    return table.cast(table.schema.set(0, field))


TABLE_FAULTS: dict[str, Callable[[pa.Table], pa.Table]] = {
    "two rows swapped": lambda table: table.take(pa.array([1, 0])),
    "a row missing": lambda table: table.slice(1),
    "a column renamed": lambda table: table.rename_columns(["DOI", *table.column_names[1:]]),
    "two columns swapped": lambda table: table.select([1, 0, *range(2, table.num_columns)]),
    "a column of another type": lambda table: table.set_column(
        1, "pages", table["pages"].cast(pa.float64(), safe=False)
    ),
    "an integer off by one": _replace("pages", lambda table, i: pc.add(table[i], 1)),
    "a null made false": _replace("open", lambda table, i: pc.fill_null(table[i], False)),
    "a null made empty text": _replace("status", lambda table, i: pc.replace_substring(
        table[i], "draft", "")),
    "the sign of zero lost": _replace("price", lambda table, i: pc.add(table[i], 0.0)),
    "an empty list made null": _replace("weights", lambda table, i: pa.array(
        [each or None for each in table[i].to_pylist()], table[i].type)),
    "a date moved": _replace("printed_on", lambda table, i: pc.add(
        table[i].cast(pa.int32()), pa.scalar(1, pa.int32())).cast(pa.date32())),
    "a microsecond lost": _replace("seen_at", lambda table, i: pc.subtract(
        table[i].cast(pa.int64()), 1).cast(pa.timestamp("us", "UTC"))),
    "a local time for an instant": lambda table: table.set_column(
        table.column_names.index("seen_at"), "seen_at", table["seen_at"].cast(pa.timestamp("us"))),
    "another description": _described,
    "no metadata": lambda table: table.replace_schema_metadata(None),
}  # fmt: skip


@pytest.mark.parametrize("suffix", checks.FORMATS)
@pytest.mark.parametrize("fault", TABLE_FAULTS)
def test_fault_in_a_table(copy: Path, dataset: Dataset, fault: str, suffix: str) -> None:
    path = copy / f"tables/papers{suffix}"
    table = pq.read_table(path) if suffix == ".parquet" else open_ipc(path)
    changed = TABLE_FAULTS[fault](table)
    if suffix == ".parquet":
        pq.write_table(changed, path)
    else:
        with (
            pa.OSFile(str(path), "wb") as file,
            pyarrow.ipc.new_file(file, changed.schema) as writer,
        ):
            writer.write_table(changed)
    release, papers = Release(copy), dataset.tables["papers"]
    failed = []
    for name, (opens, _) in READERS.items():
        if opens == suffix:
            try:
                checks.check_reader(release, papers, name)
            except AssertionError:
                failed.append(name)
    if fault in ("another description", "no metadata"):
        with pytest.raises(AssertionError):
            checks.check_fields(release, papers)
            checks.check_table_metadata(release, dataset, papers)
    else:
        # Every reader has to notice, not only one of them.
        assert failed == [name for name, (opens, _) in READERS.items() if opens == suffix]


def _edit_manifest(folder: Path, edit: Callable[[dict], object]) -> None:
    manifest = json.loads((folder / "manifest.json").read_bytes())
    edit(manifest)
    (folder / "manifest.json").write_text(json.dumps(manifest))
    seal(folder)


MANIFEST_FAULTS: dict[str, Callable[[dict], object]] = {
    "a table missing": lambda manifest: manifest["tables"].pop(),
    "another version": lambda manifest: manifest.update(version="9.9.9"),
    "another dataset digest": lambda manifest: manifest.update(dataset_sha256="0" * 64),
    "a wrong fingerprint": lambda m: m["tables"][0].update(schema_fingerprint="0" * 64),
    "a wrong row count": lambda manifest: manifest["tables"][0].update(rows=3),
    "a wrong hash": lambda m: m["tables"][0]["columns"][0].update(logical_sha256="0" * 64),
    "a wrong type": lambda m: m["tables"][0]["columns"][0].update(type="int64"),
    "a file not listed": lambda manifest: manifest["files"].pop(),
    "a file digest wrong": lambda manifest: manifest["files"][0].update(sha256="0" * 64),
    "a file size wrong": lambda manifest: manifest["files"][0].update(bytes=1),
    "a file's rows missing": lambda manifest: manifest["files"][-1].update(rows=None),
}


@pytest.mark.parametrize("fault", MANIFEST_FAULTS)
def test_fault_in_the_manifest(copy: Path, dataset: Dataset, fault: str) -> None:
    _edit_manifest(copy, MANIFEST_FAULTS[fault])
    with pytest.raises(AssertionError):
        check_all(copy, dataset)


def test_additional_manifest_keys_are_fine(copy: Path, dataset: Dataset) -> None:
    _edit_manifest(copy, lambda manifest: manifest.update(later="more"))
    check_all(copy, dataset)


def test_flipped_bit(copy: Path, dataset: Dataset) -> None:
    path = copy / "tables/notes.parquet"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(AssertionError, match=r"notes\.parquet"):
        checks.check_sums(Release(copy))


def test_extra_file(copy: Path, dataset: Dataset) -> None:
    (copy / "tables" / "more.parquet").write_bytes(b"")
    for check in (checks.check_sums, checks.check_manifest_files):
        with pytest.raises(AssertionError):
            check(Release(copy))
    with pytest.raises(AssertionError):
        checks.check_table_files(Release(copy), dataset)


@pytest.mark.parametrize("name", ["README.md", "index.html", "x"])
def test_names(copy: Path, dataset: Dataset, name: str) -> None:
    found = {path for path in Release(copy).files if not path.startswith("tables/")}
    named = dataclasses.replace(dataset, names=frozenset(found))
    checks.check_names(Release(copy), named)
    (copy / name).write_bytes(b"")
    with pytest.raises(AssertionError):
        checks.check_names(Release(copy), named)
    missing = dataclasses.replace(named, names=frozenset(found | {name, "y"}))
    with pytest.raises(AssertionError):
        checks.check_names(Release(copy), missing)


def test_names_of_output_version_3() -> None:
    assert expected(FOREIGN, 2).names is None
    names = expected(FOREIGN, 3).names
    assert names is not None
    assert len(names) == 12
    assert not names & {"index.html", "policy.json"}


def _state(folder: Path) -> dict:
    """Return the statement that fits a release of output version 3."""
    _edit_manifest(folder, lambda manifest: manifest.update(output_version=3))
    digests = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    }
    names = sorted(digests)
    manifest = json.loads((folder / "manifest.json").read_bytes())
    return {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": each, "digest": {"sha256": digests[each]}} for each in names],
        "predicateType": "https://slsa.dev/provenance/v1",
        "predicate": {
            "buildDefinition": {
                "buildType": "urn:stemma:release:1",
                "externalParameters": {key: manifest[key] for key in ("dataset", "version")},
                "internalParameters": {"output_version": 3},
                "resolvedDependencies": [
                    {"uri": "source.tar.zst", "digest": {"sha256": digests["source.tar.zst"]}}
                ],
            }
        },
    }


STATEMENT_FAULTS: dict[str, Callable[[dict], object]] = {
    "a subject less": lambda statement: statement["subject"].pop(),
    "a subject twice": lambda statement: statement["subject"].append(statement["subject"][-1]),
    "a digest": lambda statement: statement["subject"][0]["digest"].update(sha256="0" * 64),
    "type": lambda statement: statement.update(_type="https://in-toto.io/Statement/v0.1"),
    "version": lambda statement: _definition(statement)["externalParameters"].update(version="9"),
    "sources": lambda statement: _definition(statement)["resolvedDependencies"].clear(),
}


def _definition(statement: dict) -> dict:
    return statement["predicate"]["buildDefinition"]


@pytest.mark.parametrize("fault", [None, *STATEMENT_FAULTS])
def test_provenance(copy: Path, fault: str | None) -> None:
    statement = _state(copy)
    if fault is not None:
        STATEMENT_FAULTS[fault](statement)
    (copy / "provenance.intoto.json").write_text(json.dumps(statement))
    if fault is None:
        checks.check_provenance(Release(copy))
        return
    with pytest.raises(AssertionError):
        checks.check_provenance(Release(copy))


def test_changed_source(copy: Path, dataset: Dataset, tmp_path: Path) -> None:
    root = Path(shutil.copytree(FOREIGN, tmp_path / "dataset"))
    record = root / "data/notes/a.json"
    record.write_bytes(record.read_bytes() + b"\n")
    with pytest.raises(AssertionError, match=r"data/notes/a\.json"):
        checks.check_sources(Release(copy), dataset, root)
