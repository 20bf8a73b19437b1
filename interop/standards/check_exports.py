"""What stemma exports of a release, opened by those for whom it is made."""

# ruff: noqa: D103
from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from huggingface_hub import DatasetCard
from releases import Exported, quoted, stemma, tables, write


def test_tables_sql(sample: Path, tmp_path: Path) -> None:
    """The statements of a database file, by DuckDB's own program, which has commands besides."""
    file = tmp_path / "sample.duckdb"
    text = (sample / "tables.sql").read_bytes()
    command = ["duckdb", "-init", os.devnull, "-batch", "-bail", file]
    subprocess.run(command, input=text, cwd=sample, check=True, timeout=120)
    holds_the_tables(file, sample)


def comparable(value: Any) -> Any:
    """A value that says its type: 1, 1.0 and True are three."""
    if isinstance(value, list):
        return [comparable(each) for each in value]
    return type(value).__name__, repr(value) if isinstance(value, float) else value


def rows_of(table: pa.Table) -> list[Any]:
    return [[comparable(each) for each in row.values()] for row in table.to_pylist()]


def holds_the_tables(file: Path, release: Path) -> None:
    """Compare a database with the Parquet files of a release, row by row in their order."""
    with duckdb.connect(file, read_only=True) as database:
        database.execute("SET TimeZone = 'UTC'")
        found = database.sql("SELECT table_name FROM duckdb_tables() WHERE NOT internal").fetchall()
        assert {name for (name,) in found} == set(tables(release))
        for name, path in tables(release).items():
            got = database.sql(f"SELECT * FROM {quoted(name)}").to_arrow_table()
            want = pq.read_table(path)
            assert got.column_names == want.column_names
            assert rows_of(got) == rows_of(want), name


def test_exported_database(exported: Exported, tmp_path: Path) -> None:
    elsewhere = tmp_path / "moved and renamed.db"  # the file needs neither its place nor its name
    shutil.copyfile(exported.database, elsewhere)
    holds_the_tables(elsewhere, exported.release)
    with duckdb.connect(elsewhere, read_only=True) as database:
        [(comments,)] = database.sql(
            "SELECT count(comment) FROM duckdb_columns() WHERE NOT internal"
        ).fetchall()
        assert comments > 0
        if "claims" in tables(exported.release):
            flat = database.sql("SELECT * FROM claims_flat").fetchall()
            claims = tables(exported.release)["claims"]
            assert len(flat) == pq.read_metadata(claims).num_rows


# A dataset whose every text tries to be a statement, or a command of DuckDB's program.
HOSTILE = "x'; DROP TABLE \"things\"; --\n.shell touch pwned\n.quit\n"


def hostile_dataset(folder: Path) -> Path:
    """Write a dataset with hostile names and descriptions."""
    properties = {
        "id": {"type": "string", "description": HOSTILE},
        HOSTILE + '"; .shell touch pwned; "': {"type": "string", "description": HOSTILE},
        "größe 'x'": {"type": "number"},
    }
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "description": HOSTILE,
        "additionalProperties": False,
        "required": ["id"],
        "properties": properties,
    }
    kind = {"kind": "thing", "schema": "schema/thing.json", "folder": "records", "id": "id"}
    config = {
        "name": "hostile",
        "version": "1.0.0",
        "released_on": "2026-11-23",
        "title": HOSTILE,
        "description": HOSTILE,
        "keywords": [HOSTILE],
        "kinds": [kind | {"table": "Things-2"}],
    }
    for name in ("schema", "records"):
        (folder / name).mkdir(parents=True)
    records = [{"id": f"t-{n}"} | dict.fromkeys(list(properties)[1:2], HOSTILE) for n in range(3)]
    records[1]["größe 'x'"] = 0.1
    write(folder, "dataset.json", config)
    write(folder, "schema/thing.json", schema)
    lines = "".join(json.dumps(record) + "\n" for record in records)
    (folder / "records" / "all.jsonl").write_text(lines, encoding="utf-8")
    return folder


def test_exports_of_a_hostile_dataset(tmp_path: Path) -> None:
    place = tmp_path / "o'ne [1]; .quit é"
    dataset = hostile_dataset(place / "dataset")
    stemma("-C", dataset, "build", "--out", place / "releases")
    release, file = place / "releases" / "v1.0.0", place / "a 'b\";.duckdb"
    card = place / "card.md"
    stemma("export", release, "--duckdb", file, "--dataset-card", card)
    holds_the_tables(file, release)
    stemma("verify", release)
    assert sorted(each.name for each in place.iterdir()) == sorted(
        [dataset.name, "releases", file.name, card.name]
    )
    assert [*tmp_path.rglob("pwned")] == []
    assert DatasetCard(card.read_text(encoding="utf-8")).data.tags == [HOSTILE]


def holds_the_card(text: str, release: Path) -> None:
    card = DatasetCard(text)
    assert {each["config_name"] for each in card.data.configs} == set(tables(release))
    assert all((release / each["data_files"]).is_file() for each in card.data.configs)
    assert [each.get("default") for each in card.data.configs].count(True) == 1
    assert card.data.pretty_name and card.data.size_categories
    assert card.text.lstrip().startswith("# ")


def test_dataset_card(sample: Path) -> None:
    text = (sample / "dataset-card.md").read_text(encoding="utf-8")
    holds_the_card(text + "# Title\n", sample)


def test_exported_card(exported: Exported) -> None:
    text = exported.card.read_text(encoding="utf-8")
    holds_the_card(text, exported.release)
    if (exported.release / "README.md").is_file():
        assert text.endswith("\n---\n\n" + (exported.release / "README.md").read_text("utf-8"))
