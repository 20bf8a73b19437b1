"""Every document that describes a release, in the real validator of its standard.

Each validator is also shown something that is wrong: one that passes everything proves nothing.
"""

# ruff: noqa: D103
from __future__ import annotations

import hashlib
import importlib.resources
import itertools
import json
import math
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import mlcroissant
import pyarrow.parquet as pq
import pytest
import yaml
from cffconvert import Citation
from frictionless import Report, validate
from markdown_it import MarkdownIt
from mlcroissant import ValidationError
from referencing import Registry, Resource
from releases import Json, quoted, read, tables, write

# Data Package


def profile() -> jsonschema.protocols.Validator:
    """The JSON Schema of Data Package 2.0, from the package dplib; it refers to its neighbours."""
    folder = importlib.resources.files("dplib") / "profiles" / "2.0"
    registry: Registry = Registry()
    for each in folder.iterdir():
        address = f"https://datapackage.org/profiles/2.0/{each.name}"
        text = json.loads(each.read_text(encoding="utf-8"))
        registry = registry.with_resource(address, Resource.from_contents(text))
    schema = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return jsonschema.validators.validator_for(schema)(schema, registry=registry)


def test_data_package_profile(release: Path) -> None:
    package = read(release, "datapackage.json")
    assert [error.message for error in profile().iter_errors(package)] == []
    assert {each["name"] for each in package["resources"]} == set(tables(release))


@pytest.mark.parametrize(
    ("pointer", "value"),
    [
        (("resources", 0, "path"), "./x"),
        (("resources", 0, "hash"), "0" * 64),
        (("resources", 0, "schema", "fields", 0, "type"), "text"),
        (("licenses", 0, "name"), "a b"),
        (("keywords",), []),
    ],
    ids=lambda value: "-".join(map(str, value)) if isinstance(value, tuple) else "",
)
def test_data_package_profile_refuses(release: Path, pointer: tuple, value: object) -> None:
    package = read(release, "datapackage.json")
    at = package
    for step in pointer[:-1]:
        if isinstance(at, dict) and step not in at:
            pytest.skip("the dataset says nothing of this")
        at = at[step]
    at[pointer[-1]] = value
    assert not profile().is_valid(package)


def problems(report: Report) -> list[str]:
    found = [error.message for error in report.errors]
    return found + [
        f"{task.name}: {error.message}" for task in report.tasks for error in task.errors
    ]


def test_frictionless(release: Path) -> None:
    report = validate(str(release / "datapackage.json"))
    assert problems(report) == []
    rows = {task.name: task.stats.get("rows", 0) for task in report.tasks}
    assert rows == {name: pq.read_metadata(path).num_rows for name, path in tables(release).items()}


@pytest.mark.parametrize("fault", ["required", "enum", "pattern", "foreign key", "field"])
def test_frictionless_refuses(copy: Path, fault: str) -> None:
    package = read(copy, "datapackage.json")
    resource, field = next(
        (
            (resource, field)
            for resource in package["resources"]
            for field in resource["schema"]["fields"]
            if resource["schema"].get("primaryKey") == [field["name"]]
            and field["type"] == "string"
            and pq.read_metadata(copy / resource["path"]).num_rows
        ),
        (None, None),
    )
    if field is None:
        pytest.skip("no table has a text as its key")
    match fault:
        case "required":
            # A value that counts as missing.
            column = pq.read_table(copy / resource["path"])[field["name"]]
            field["missingValues"] = [column[0].as_py()]
            field.setdefault("constraints", {})["required"] = True
        case "enum":
            field["constraints"] = {"enum": ["no such value"]}
        case "pattern":
            field["constraints"] = {"pattern": "no such value"}
        case "foreign key":
            reference = {"resource": "", "fields": ["record_path"]}
            key = {"fields": [field["name"]], "reference": reference}
            resource["schema"]["foreignKeys"] = [key]
        case "field":
            field["name"] += "x"
    # Alone, so that the check is quick; its keys to other tables go.
    package["resources"] = [resource]
    keys = resource["schema"].get("foreignKeys", [])
    keys = [key for key in keys if not key["reference"].get("resource")]
    resource["schema"]["foreignKeys"] = keys
    assert bool(keys) or fault != "foreign key"
    write(copy, "datapackage.json", package)
    assert problems(validate(str(copy / "datapackage.json"))) != []


def test_hashes_are_those_of_the_files(release: Path) -> None:
    package, croissant = read(release, "datapackage.json"), read(release, "croissant.json")
    named = [(each["path"], each["hash"].removeprefix("sha256:")) for each in package["resources"]]
    named += [(each["contentUrl"], each["sha256"]) for each in croissant["distribution"]]
    assert len(named) == 2 * len(tables(release))
    for path, digest in named:
        assert hashlib.sha256((release / path).read_bytes()).hexdigest() == digest, path


# Croissant


def open_croissant(release: Path) -> mlcroissant.Dataset:
    return mlcroissant.Dataset(jsonld=str(release / "croissant.json"))


def test_croissant_validates(release: Path) -> None:
    issues = open_croissant(release).metadata.ctx.issues
    assert list(issues.errors) == []
    # Releases that are being written have no date yet.
    dated = "created" in read(release, "datapackage.json")
    assert [each for each in issues.warnings if dated or "datePublished" not in each] == []


def test_croissant_refuses(copy: Path) -> None:
    croissant = read(copy, "croissant.json")
    croissant["recordSet"][0]["field"][0]["source"]["fileObject"]["@id"] = "nothing"
    write(copy, "croissant.json", croissant)
    with pytest.raises(ValidationError):
        open_croissant(copy)


def plain(value: Any) -> Any:
    """A value as text or number; mlcroissant gives bytes and its own times."""
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, list) or type(value).__name__ == "ndarray":
        return [plain(each) for each in value]
    if hasattr(value, "isoformat"):
        # Days come as times at midnight.
        return value.isoformat().removesuffix("+00:00").removesuffix("T00:00:00")
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)  # through which mlcroissant reads whole numbers if there are nulls
    return None if isinstance(value, float) and math.isnan(value) else value


def test_croissant_loads_every_record(release: Path) -> None:
    dataset = open_croissant(release)
    assert len(dataset.metadata.record_sets) == len(tables(release))
    for record_set in dataset.metadata.record_sets:
        columns = {field.uuid: field.source.extract.column for field in record_set.fields}
        table = pq.read_table(release / "tables" / f"{record_set.name}.parquet")
        assert list(columns.values()) == table.column_names
        got = [
            {columns[key]: plain(value) for key, value in record.items()}
            for record in dataset.records(record_set.uuid)
        ]
        want = [{key: plain(value) for key, value in row.items()} for row in table.to_pylist()]
        assert len(got) == len(want), record_set.name
        for one, other in zip(got, want, strict=True):
            assert one == other, record_set.name


# Citation File Format


def test_citation(release: Path) -> None:
    text = (release / "CITATION.cff").read_text(encoding="utf-8")
    Citation(text).validate()
    citation, package = yaml.safe_load(text), read(release, "datapackage.json")
    assert citation["title"] == package.get("title", citation["title"])
    assert citation["version"] == package["version"]
    assert citation.get("abstract") == package.get("description")
    assert citation.get("keywords") == (list(dict.fromkeys(package.get("keywords", []))) or None)
    assert citation.get("date-released", "") == package.get("created", "").split("T")[0]


def test_citation_refuses(release: Path) -> None:
    text = (release / "CITATION.cff").read_text(encoding="utf-8")
    with pytest.raises(Exception, match="licence"):
        Citation(text + "licence: CC-BY-4.0\n").validate()


# SQL


def columns_of(release: Path) -> dict[tuple[str, str], str]:
    package = read(release, "datapackage.json")
    return {
        (resource["name"], field["name"]): field.get("description", "")
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
    }


def test_load_sql(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(release)
    text = Path("load.sql").read_text(encoding="utf-8")
    with duckdb.connect() as database:
        database.execute(text)
        database.execute(text)  # may be run again
        for name, path in tables(release).items():
            [(count,)] = database.sql(f"SELECT count(*) FROM {quoted(name)}").fetchall()
            assert count == pq.read_metadata(path).num_rows
        found = database.sql(
            "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal"
        ).fetchall()
        comments = {(table, column): comment for table, column, comment in found}
        for place, description in columns_of(release).items():
            assert bool(comments[place]) == bool(description), place
        if "claims" in tables(release) and "claims_flat" in text:
            flat, claims = database.sql("SELECT * FROM claims_flat"), tables(release)["claims"]
            assert len(flat.fetchall()) == pq.read_metadata(claims).num_rows
            assert set(pq.read_schema(claims).names) < set(flat.columns)


# What people read


def snippets(release: Path) -> list[tuple[str, str]]:
    text = (release / "README.md").read_text(encoding="utf-8")
    return re.findall(r"^```(\w+)\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("reader", ["pandas", "polars", "duckdb", "library(arrow)", "duckdb -init"])
def test_snippets_of_the_readme(release: Path, reader: str) -> None:
    importing = reader if " " in reader or "(" in reader else f"import {reader}"
    [(language, code)] = [each for each in snippets(release) if importing in each[1]]
    command = {"python": [sys.executable, "-c", code], "r": ["Rscript", "-e", code]}
    run = command.get(language, ["sh", "-c", code])
    program = "duckdb" if language == "sh" else run[0]
    if not shutil.which(program):
        pytest.skip(f"the snippet of the readme for {reader}, because {program} is not installed")
    ended = subprocess.run(
        run, cwd=release, capture_output=True, text=True, check=False, timeout=120
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.strip()


@pytest.mark.parametrize("name", ["README.md", "CODEBOOK.md"])
def test_markdown_is_text(release: Path, name: str) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse((release / name).read_text("utf-8"))
    inline = [child for token in tokens for child in token.children or []]
    assert [each.content for each in tokens + inline if each.type.startswith("html")] == []
    links = {each.attrGet("href") for each in inline if each.type == "link_open"}
    assert links <= {"CODEBOOK.md"}
    assert [each for each in inline if each.type == "image"] == []
    if name == "CODEBOOK.md":
        cells = [token.type for token in tokens].count("td_open")
        assert cells == 6 * len(columns_of(release))
        after = itertools.pairwise(tokens)
        headings = [text.children or [] for token, text in after if token.type == "heading_open"]
        shown = ["".join(child.content for child in each) for each in headings]
        names = [each["name"] for each in read(release, "datapackage.json")["resources"]]
        flat = "CREATE OR REPLACE VIEW \"claims_flat\"" in (release / "load.sql").read_text("utf-8")
        assert shown == ["Codebook", *names, *["claims_flat"] * flat]
