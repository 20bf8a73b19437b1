"""The expectation for a small foreign dataset, against columns and rows written by hand."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from expected import Dataset, expected
from reference.logical import Cell

FOREIGN = Path(__file__).resolve().parent.parent / "fixtures" / "foreign"
END = [("record_path", "utf8"), ("record_sha256", "utf8")]
PLACE = [("record_path", "utf8"), ("record_index", "int64")]


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return expected(FOREIGN)


def day(text: str) -> int:
    return (date.fromisoformat(text) - date(1970, 1, 1)).days


COLUMNS = {
    "papers": [
        ("doi", "utf8"),
        ("pages", "int64"),
        ("price", "float64"),
        ("price_exact", "utf8"),
        ("weights", "list<float64>"),
        ("weights_exact", "list<utf8>"),
        ("tags", "list<utf8>"),
        ("days", "list<date32>"),
        ("matrix", "utf8"),
        ("labels", "utf8"),
        ("value", "utf8"),
        ("editor_name", "utf8"),
        ("editor_born", "int64"),
        ("outline_label", "utf8"),
        ("outline_children", "utf8"),
        ("outline_next", "utf8"),
        ("seen_at", "timestamp[us, UTC]"),
        ("when_edtf", "utf8"),
        ("when_earliest", "date32"),
        ("when_latest", "date32"),
        ("period", "utf8"),
        ("period_earliest", "date32"),
        ("period_latest", "date32"),
        ("size_x", "int64"),
        ("size_y", "int64"),
        ("open", "bool"),
        ("status", "utf8"),
        ("isbn", "utf8"),
        ("Open_2", "bool"),
        ("draft_no", "int64"),
        ("printed_on", "date32"),
        ("_extra", "utf8"),
        *END,
    ],
    "paper_authors": [
        ("paper_doi", "utf8"),
        ("authors_ordinal", "int64"),
        ("name", "utf8"),
        ("born", "int64"),
        ("_extra", "utf8"),
        *END,
    ],
    "paper_authors_affiliations": [
        ("paper_doi", "utf8"),
        ("authors_ordinal", "int64"),
        ("affiliations_ordinal", "int64"),
        ("org", "utf8"),
        ("since", "date32"),
        *END,
    ],
    "paper_editor_affiliations": [
        ("paper_doi", "utf8"),
        ("affiliations_ordinal", "int64"),
        ("org", "utf8"),
        ("since", "date32"),
        *END,
    ],
    "sensors": [
        ("number", "int64"),
        ("unit", "utf8"),
        ("limit", "float64"),
        ("limit_exact", "utf8"),
        *END,
    ],
    "notes": [("text", "utf8"), *PLACE, ("record_sha256", "utf8")],
    "note_meta_marks": [
        *PLACE,
        ("marks_ordinal", "int64"),
        ("at", "int64"),
        ("_extra", "utf8"),
        ("_value", "utf8"),
        ("record_sha256", "utf8"),
    ],
    "mixed": [
        ("a", "utf8"),
        ("b_c", "int64"),
        ("_extra", "utf8"),
        ("_value", "utf8"),
        *PLACE,
        ("record_sha256", "utf8"),
    ],
}


def test_columns(dataset: Dataset) -> None:
    found = {
        name: [(column.name, column.type) for column in table.columns]
        for name, table in dataset.tables.items()
    }
    assert found == COLUMNS
    assert list(found) == list(COLUMNS), "parents stand before children, kinds in their order"


A = {"record_path": "data/papers/a.json"}
Z = {"record_path": "data/papers/z.json"}
NOTES, MIXED = {"record_path": "data/notes/b.jsonl"}, {"record_path": "data/mixed/all.jsonl"}
SENSORS = {"record_path": "data/sensors/all.jsonl"}

# Only cells that are not null; record_sha256 has a test of its own.
ROWS: dict[str, list[dict[str, Cell]]] = {
    "papers": [
        {
            "doi": "10.1/a",
            "pages": 9007199254740993,
            "price": -0.0,
            "price_exact": "-0.0",
            "weights": [],
            "weights_exact": [],
            "value": '"text"',
            "seen_at": 1_709_294_400_000_000,
            "when_edtf": "2024-XX-XX?",
            "when_earliest": day("2024-01-01"),
            "when_latest": day("2024-12-31"),
            "status": "printed",
            "printed_on": day("2024-01-31"),
            "_extra": '{"authors":[],"seen_at":"2024-03-01T13:00:00+01:00","size":{}}',
            **A,
        },
        {
            "doi": "10.1/b",
            "price": 19.9,
            "price_exact": "19.90",
            "weights": [1.0, None, 2.5, 1e-7],
            "weights_exact": ["1", None, "2.50", "1e-7"],
            "tags": ["a", "c"],
            "days": [day("2024-02-29"), -1],
            "matrix": "[[1,2.5],[]]",
            "labels": '{"a":"\\u0001\\"\\\\/","é":"x"}',
            "value": "9007199254740993",
            "editor_name": "Cy",
            "outline_label": "root",
            "outline_children": '[{"label":"kid"}]',
            "outline_next": '{"label":"more"}',
            "seen_at": 1_709_294_400_500_000,
            "when_edtf": "2024-02",
            "when_earliest": day("2024-02-01"),
            "when_latest": day("2024-02-29"),
            "period": "2023-12-30/..",
            "period_earliest": day("2023-12-30"),
            "size_x": 1,
            "open": True,
            "status": "draft",
            "isbn": "978",
            "Open_2": False,
            "draft_no": 3,
            "_extra": '{"colour":{"deep":[1]},"nothing":null}',
            **Z,
        },
    ],
    "paper_authors": [
        {"paper_doi": "10.1/b", "authors_ordinal": 0, "name": "Ada", "born": 1815, **Z},
        {
            "paper_doi": "10.1/b",
            "authors_ordinal": 1,
            "name": "Bo",
            "_extra": '{"affiliations":[]}',
            **Z,
        },
    ],
    "paper_authors_affiliations": [
        {
            "paper_doi": "10.1/b",
            "authors_ordinal": 0,
            "affiliations_ordinal": 0,
            "org": "K",
            "since": day("1840-01-01"),
            **Z,
        },
        {
            "paper_doi": "10.1/b",
            "authors_ordinal": 0,
            "affiliations_ordinal": 1,
            "org": "L",
            **Z,
        },
    ],
    "paper_editor_affiliations": [
        {"paper_doi": "10.1/b", "affiliations_ordinal": 0, "org": "M", **Z}
    ],
    "sensors": [
        {"number": 9, "unit": "F", "limit": 0.1, "limit_exact": "0.10", **SENSORS},
        {"number": 10, "unit": "C", "limit": 5.0, "limit_exact": "5", **SENSORS},
    ],
    "notes": [
        {"text": "zero", "record_path": "data/notes/a.json", "record_index": 0},
        {"text": "one", **NOTES, "record_index": 0},
        {**NOTES, "record_index": 1},
    ],
    "note_meta_marks": [
        {**NOTES, "record_index": 1, "marks_ordinal": 0, "at": 1},
        {**NOTES, "record_index": 1, "marks_ordinal": 1, "_value": "null"},
        {**NOTES, "record_index": 1, "marks_ordinal": 2, "at": 2, "_extra": '{"x":"y"}'},
    ],
    "mixed": [
        {"_value": '[1.5,{"a":2,"b":1}]', **MIXED, "record_index": 0},
        {"a": "no", "_extra": '{"b":"no","c":{}}', **MIXED, "record_index": 1},
        {"a": "yes", "b_c": 1, "_extra": '{"b":{"d":2}}', **MIXED, "record_index": 2},
        {"_value": "null", **MIXED, "record_index": 3},
        {"_value": '"word"', **MIXED, "record_index": 4},
    ],
}


@pytest.mark.parametrize("name", ROWS)
def test_rows(dataset: Dataset, name: str) -> None:
    found = [
        {key: cell for key, cell in row.items() if cell is not None and key != "record_sha256"}
        for row in dataset.tables[name].rows()
    ]
    assert found == ROWS[name]
    assert list(map(repr, map(sorted, map(dict.items, found)))) == list(
        map(repr, map(sorted, map(dict.items, ROWS[name])))
    ), "the same in type and sign"


def test_every_table_is_covered(dataset: Dataset) -> None:
    assert dataset.tables.keys() == ROWS.keys() == COLUMNS.keys()


def test_record_digests(dataset: Dataset) -> None:
    texts = [
        '{"text":"zero"}',
        '{"text":"one"}',
        '{"meta":{"marks":[{"at":1},null,{"at":2,"x":"y"}]}}',
    ]
    digests = [hashlib.sha256(text.encode()).hexdigest() for text in texts]
    assert [row["record_sha256"] for row in dataset.tables["notes"].rows()] == digests
    marks = dataset.tables["note_meta_marks"].rows()
    assert {row["record_sha256"] for row in marks} == {digests[2]}, "that of the whole record"


def test_descriptions(dataset: Dataset) -> None:
    found = {
        (name, column.name): column.description
        for name, table in dataset.tables.items()
        for column in table.columns
        if column.description is not None
    }
    assert found == {
        ("papers", "doi"): "The id of a paper.",
        ("papers", "pages"): "Printed pages.",
        ("papers", "price"): "In euros.",
        ("papers", "editor_name"): "How the person signs.",
        ("paper_authors", "name"): "How the person signs.",
    }
    assert dataset.tables["papers"].plan.title == "Papers"
    derived = {column.name for column in dataset.tables["papers"].columns if column.derived}
    assert derived == {
        *("price_exact", "weights_exact", "when_earliest", "when_latest"),
        *("period_earliest", "period_latest", "_extra", "record_path", "record_sha256"),
    }
