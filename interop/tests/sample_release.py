"""A release written with pyarrow from the expectation itself, to prove the checks on.

It has the layout that the checks ask for and nothing more. Whether the expectation is
right is not its business: that is in test_foreign.py, with rows written by hand.
"""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet as pq
import zstandard

from expected import Dataset, Table
from reference.logical import item_of

_ARROW = {
    "utf8": pa.string(),
    "int64": pa.int64(),
    "float64": pa.float64(),
    "bool": pa.bool_(),
    "date32": pa.date32(),
    "timestamp[us, UTC]": pa.timestamp("us", "UTC"),
}
_STORED = {"date32": pa.int32(), "timestamp[us, UTC]": pa.int64()}


def _types(column_type: str) -> tuple[pa.DataType, pa.DataType]:
    """Return the type to make a column from integers with, and the type it then gets."""
    if (item := item_of(column_type)) is not None:
        stored, final = _types(item)
        return pa.list_(stored), pa.list_(final)
    return _STORED.get(column_type, _ARROW[column_type]), _ARROW[column_type]


def arrow_table(dataset: Dataset, table: Table, metadata: dict[str, str]) -> pa.Table:
    """Return an expected table as an Arrow table with all its metadata."""
    fields, arrays = [], []
    for column, cells in zip(table.columns, table.cells, strict=True):
        stored, final = _types(column.type)
        arrays.append(pa.array(cells, stored).cast(final))
        text = column.description or "Generated."
        fields.append(pa.field(column.name, final, metadata={"description": text}))
    texts = {
        "stemma:dataset": dataset.config["name"],
        "stemma:version": dataset.config["version"],
        "stemma:table": table.name,
        "stemma:title": dataset.config.get("title") or "Untitled",
        "description": table.plan.description or "Generated.",
        **metadata,
    }
    return pa.table(arrays, schema=pa.schema(fields, metadata=texts))


def _archive(members: dict[str, bytes]) -> bytes:
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w") as archive:
        for name in sorted(members):
            info = tarfile.TarInfo(name)
            info.size = len(members[name])
            archive.addfile(info, io.BytesIO(members[name]))
    return zstandard.compress(plain.getvalue())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def write_release(root: Path, dataset: Dataset, target: Path, output_version: int = 1) -> None:
    """Write the release of a dataset folder."""
    members = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }
    lines = "".join(f"{name}\0{_digest(members[name])}\n" for name in sorted(members))
    identity = {"dataset_sha256": _digest(lines.encode()), "output_version": output_version}
    metadata = {f"stemma:{key}": str(value) for key, value in identity.items()}
    (target / "tables").mkdir(parents=True)
    (target / "source.tar.zst").write_bytes(_archive(members))
    for table in dataset.tables.values():
        arrow = arrow_table(dataset, table, metadata)
        pq.write_table(arrow, target / f"tables/{table.name}.parquet", compression="zstd")
        with (
            pa.OSFile(str(target / f"tables/{table.name}.arrow"), "wb") as file,
            pyarrow.ipc.new_file(file, arrow.schema) as writer,
        ):
            writer.write_table(arrow)
    manifest = _manifest(dataset, target) | identity
    (target / "manifest.json").write_text(json.dumps(manifest))
    seal(target)


def _manifest(dataset: Dataset, target: Path) -> dict[str, Any]:
    files = []
    for path in sorted(path for path in target.rglob("*") if path.is_file()):
        data, name = path.read_bytes(), path.relative_to(target).as_posix()
        entry = {"path": name, "bytes": len(data), "sha256": _digest(data)}
        if name.startswith("tables/"):
            entry["rows"] = dataset.tables[path.stem].row_count
        files.append(entry)
    tables = []
    for table in dataset.tables.values():
        hashes = table.logical_sha256()
        columns = [
            {"name": each.name, "type": each.type, "logical_sha256": hashes[each.name]}
            for each in table.columns
        ]
        fingerprint = table.fingerprint()
        tables.append({
            "name": table.name,
            "rows": table.row_count,
            "schema_fingerprint": fingerprint,
            "columns": columns,
        })  # fmt: skip
    return {
        "manifest_version": 1,
        "dataset": dataset.config["name"],
        "version": dataset.config["version"],
        "released_on": dataset.config["released_on"],
        "policy_version": None,
        "files": files,
        "tables": tables,
    }


def seal(target: Path) -> None:
    """Write SHA256SUMS over everything else."""
    files = sorted(path for path in target.rglob("*") if path.is_file())
    lines = [
        f"{_digest(path.read_bytes())}  {path.relative_to(target).as_posix()}\n"
        for path in files
        if path.name != "SHA256SUMS"
    ]
    (target / "SHA256SUMS").write_text("".join(lines))
