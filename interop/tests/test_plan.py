"""Single rules of the column plan, each with a schema as small as it gets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from expected import Dataset, expected
from reference.jsontext import InvalidInputError

STRING, INTEGER = {"type": "string"}, {"type": "integer"}
OBJECT = {"type": "object"}
CLOSED = {"type": "object", "additionalProperties": False}


class Maker:
    """Writes datasets of one kind without ids."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def __call__(
        self,
        schema: Any,
        records: tuple[Any, ...] = (),
        *,
        id_name: str | None = None,
        files: dict[str, Any] | None = None,
    ) -> Dataset:
        """Return the expectation for a schema and records."""
        root = self._root / str(len(list(self._root.iterdir())))
        (root / "schema").mkdir(parents=True)
        (root / "records").mkdir()
        kind = {"kind": "k", "schema": "schema/k.json", "folder": "records", "table": "ks"}
        config = {"name": "n", "version": "1.0.0", "kinds": [kind | {"id": id_name}]}
        (root / "dataset.json").write_text(json.dumps(config))
        for name, content in {"k.json": schema, **(files or {})}.items():
            (root / "schema" / name).write_text(json.dumps(content))
        lines = [
            json.dumps(record) if not isinstance(record, str) else record for record in records
        ]
        (root / "records/all.jsonl").write_text("\n".join(lines))
        return expected(root)


@pytest.fixture
def make(tmp_path: Path) -> Maker:
    return Maker(tmp_path)


def columns(dataset: Dataset, table: str = "ks") -> dict[str, str]:
    """Return the columns of a table without those of the record's place."""
    return {
        column.name: column.type
        for column in dataset.tables[table].columns
        if not column.name.startswith("record_")
    }


def closed(**properties: Any) -> dict[str, Any]:
    return {**CLOSED, "properties": properties}


UNIONS = {
    "enum": ({"enum": ["a", None]}, "utf8"),
    "const": ({"const": 5}, "int64"),
    "integral literals": ({"enum": [1, 2.0]}, "int64"),
    "mixed literals": ({"enum": ["a", 1]}, "utf8"),
    "integer and number": ({"type": ["integer", "number", "null"]}, "float64"),
    "allOf that narrows": ({"type": "integer", "allOf": [{"minimum": 1}]}, "int64"),
    "allOf of two types": ({"allOf": [{"type": ["string", "integer"]}, STRING]}, "utf8"),
    "only null": ({"type": "null"}, "utf8"),
    "anything": (True, "utf8"),
    "format that is no date": ({"type": "string", "format": "email"}, "utf8"),
    "two formats": (
        {"anyOf": [{**STRING, "format": "date"}, {**STRING, "format": "date-time"}]},
        "utf8",
    ),
    "decimal": ({"type": "string", "x-format": "decimal"}, "utf8"),
    "free map": ({"type": "object", "patternProperties": {"^x": STRING}}, "utf8"),
    "tuple": ({"type": "array", "prefixItems": [STRING], "items": STRING}, "utf8"),
    "no items": ({"type": "array"}, "utf8"),
    "items of two types": ({"items": {"type": ["string", "integer"]}}, "utf8"),
    "array of free maps": ({"items": {"additionalProperties": STRING, "type": "object"}}, "utf8"),
    "array of edtf": ({"items": {"type": "string", "x-format": "edtf"}}, "list<utf8>"),
    "array of date-times": (
        {"type": "array", "items": {"type": "string", "format": "date-time"}},
        "list<timestamp[us, UTC]>",
    ),
    "array of integers": ({"type": "array", "items": INTEGER}, "list<int64>"),
}


@pytest.mark.parametrize("name", UNIONS)
def test_type(make: Maker, name: str) -> None:
    schema, wanted = UNIONS[name]
    assert columns(make(closed(p=schema)))["p"] == wanted


EXTRA = {
    "closed": (closed(p=STRING), False),
    "open": ({**OBJECT, "properties": {"p": STRING}}, True),
    "closed by pattern": ({**closed(p=STRING), "patternProperties": {"x": STRING}}, True),
    "unevaluated": (
        {**OBJECT, "allOf": [{"properties": {"p": STRING}}], "unevaluatedProperties": False},
        False,
    ),
    "unevaluated, but open inside": (
        {**OBJECT, "allOf": [{"additionalProperties": True}], "unevaluatedProperties": False},
        True,
    ),
    "closed branches": ({**OBJECT, "anyOf": [closed(p=STRING), closed(q=STRING)]}, False),
    "one open branch": ({**OBJECT, "oneOf": [closed(p=STRING), {"required": ["q"]}]}, True),
    "no type": (closed(p={"minLength": 1, "properties": {"q": STRING}, "required": ["q"]}), True),
    "type only in then": (
        {**closed(p=True), "if": {"required": ["p"]}, "then": {"properties": {"p": STRING}}},
        True,
    ),
    "type in then and else": (
        {
            **closed(p=True),
            "if": {"required": ["p"]},
            "then": {"properties": {"p": STRING}},
            "else": {"properties": {"p": {"const": "x"}}},
        },
        False,
    ),
    "type by enum": (closed(p={"enum": ["a", None]}), False),
    "anything is canonical JSON": (closed(p=True), False),
    "nested may be empty": (closed(p=closed(q=STRING)), True),
    "nested needs a property": (closed(p={**closed(q=STRING), "required": ["q"]}), False),
    "nested needs one of them": (closed(p={**closed(q=STRING), "minProperties": 1}), False),
    "nested or null": (
        closed(p={"anyOf": [{**closed(q=STRING), "required": ["q"]}, {"type": "null"}]}),
        False,
    ),
    "child table may be empty": (closed(p={"type": "array", "items": closed(q=STRING)}), True),
    "child table is not empty": (
        closed(p={"type": "array", "minItems": 1, "items": closed(q=STRING)}),
        False,
    ),
    "list": (closed(p={"type": "array", "items": STRING}), False),
    "list without type": (closed(p={"items": STRING}), True),
    "list whose items may differ": (
        closed(p={"type": "array", "anyOf": [{"items": STRING}, {"maxItems": 3}]}),
        True,
    ),
    "date": (closed(p={**STRING, "format": "date"}), False),
    "date in one branch": (closed(p={**STRING, "anyOf": [{"format": "date"}, {}]}), True),
    "date-time": (closed(p={**STRING, "format": "date-time"}), True),
    "date-times": (closed(p={"type": "array", "items": {**STRING, "format": "date-time"}}), True),
}


@pytest.mark.parametrize("name", EXTRA)
def test_whether_there_is_an_extra_column(make: Maker, name: str) -> None:
    schema, wanted = EXTRA[name]
    assert ("_extra" in columns(make(schema))) is wanted


VALUE = {
    "object": (OBJECT, False),
    "object by reference": ({"$ref": "#/$defs/o", "$defs": {"o": OBJECT}}, False),
    "properties do not enforce": ({"properties": {"p": STRING}}, True),
    "object or null": ({"type": ["object", "null"]}, True),
    "all branches": ({"oneOf": [OBJECT, CLOSED]}, False),
    "text": (STRING, True),
}


@pytest.mark.parametrize("name", VALUE)
def test_whether_there_is_a_value_column(make: Maker, name: str) -> None:
    schema, wanted = VALUE[name]
    assert ("_value" in columns(make(schema))) is wanted


def test_order_of_properties(make: Maker) -> None:
    def one(name: str) -> dict[str, Any]:
        return {"properties": {name: STRING}}

    schema = {
        "else": one("h"),
        "then": one("g"),
        "if": one("not_declared"),
        "oneOf": [one("f")],
        "anyOf": [{**one("d"), "allOf": [one("e")]}],
        "allOf": [one("c"), one("a")],
        "$ref": "other.json",
        "properties": {"z": STRING, "a": {"maxLength": 3}},
        "type": "object",
        "unevaluatedProperties": False,
    }
    found = columns(make(schema, files={"other.json": one("b")}))
    assert list(found) == [*"zabcdefgh", "_extra"], "`if` names a property that is not declared"


RECURSIVE = {
    "to the record": (
        {"properties": {"a": {"$ref": "#"}, "b": {"items": {"$ref": "#"}}}},
        {"a": "utf8", "b": "utf8"},
    ),
    "through two": (
        {
            "properties": {"a": {"$ref": "#/$defs/x"}},
            "$defs": {
                "x": {"properties": {"y": {"$ref": "#/$defs/y"}}},
                "y": {"properties": {"x": {"allOf": [{"$ref": "#/$defs/x"}]}, "n": INTEGER}},
            },
        },
        {"a_y_x": "utf8", "a_y_n": "int64"},
    ),
    "twice, but not recursive": (
        {
            "allOf": [{"$ref": "#/$defs/common"}, {"$ref": "#/$defs/other"}],
            "$defs": {
                "common": {"properties": {"x": {"$ref": "#/$defs/other"}}},
                "other": {"properties": {"y": STRING}},
            },
        },
        {"x_y": "utf8", "y": "utf8"},
    ),
    "to itself": ({"properties": {"a": {"$ref": "#/properties/a"}}}, {"a": "utf8"}),
}


@pytest.mark.parametrize("name", RECURSIVE)
def test_recursion(make: Maker, name: str) -> None:
    schema, wanted = RECURSIVE[name]
    found = columns(make({"type": "object", **schema}))
    assert found == {**wanted, "_extra": "utf8"}


def test_edtf_names(make: Maker) -> None:
    text = {"type": "string", "x-format": "edtf"}
    inner = {**closed(edtf=text), "required": ["edtf"]}
    found = columns(make(closed(edtf=text, said_on=inner, at=text)))
    assert list(found) == [
        *("edtf", "earliest", "latest"),
        *("said_on_edtf", "said_on_earliest", "said_on_latest"),
        *("at", "at_earliest", "at_latest"),
    ]


def test_residue_keeps_its_place(make: Maker) -> None:
    schema = {
        **OBJECT,
        "properties": {
            "$schema": STRING,
            "a": {"properties": {"b": INTEGER, "c": {"properties": {"d": STRING}}}},
            "l": {"items": {"anyOf": [STRING, {"maxLength": 1}]}},
            "t": {"items": {**STRING, "format": "date-time"}},
            "k": {"items": {"properties": {"n": INTEGER}}},
        },
    }
    records = (
        {"$schema": "x", "a": {"b": 1.5, "c": {}}, "l": ["x", 1], "k": [7, None, {"n": 1.0}]},
        {"a": {"b": None, "c": {"d": None}}, "l": [None], "t": ["2024-01-01T00:00:00+00:00", None]},
        {"a": [], "k": {}, "$Schema": 1},
    )
    dataset = make(schema, records)
    rows = dataset.tables["ks"].rows()
    assert [row["_extra"] for row in rows] == [
        '{"a":{"b":1.5,"c":{}},"l":["x",1]}',
        '{"t":["2024-01-01T00:00:00+00:00",null]}',
        '{"$Schema":1,"a":[],"k":{}}',
    ]
    assert [row["l"] for row in rows] == [None, [None], None]
    assert rows[1]["t"] == [19723 * 86_400_000_000, None]
    children = dataset.tables["k_k"].rows()
    assert [(row["k_ordinal"], row["n"], row["_value"]) for row in children] == [
        (0, None, "7"),
        (1, None, "null"),
        (2, 1, None),
    ]


def test_ids(make: Maker) -> None:
    item = {"type": "array", "items": closed(n=INTEGER)}
    records = ('{"no":10,"l":[{"n":1}]}', '{"no":9.0,"l":[{"n":2},{"n":3}]}')
    dataset = make(closed(l=item, no=INTEGER), records, id_name="no")
    assert columns(dataset, "k_l") == {"k_no": "int64", "l_ordinal": "int64", "n": "int64"}
    assert [(row["k_no"], row["n"]) for row in dataset.tables["k_l"].rows()] == [
        (9, 2),
        (9, 3),
        (10, 1),
    ]
    text = make(closed(no=STRING), ('{"no":"é"}', '{"no":"z"}', '{"no":"Z"}'), id_name="no")
    assert [row["no"] for row in text.tables["ks"].rows()] == ["Z", "z", "é"]


def test_what_the_build_has_to_refuse(make: Maker) -> None:
    with pytest.raises(InvalidInputError, match="int64"):
        make(closed(p=INTEGER), ('{"p":9223372036854775808}',))
    with pytest.raises(InvalidInputError, match="float64"):
        make(closed(p={"type": "number"}), ('{"p":1e309}',))
    for reference in ("../../secret.json", "https://example.org/x.json", "#nowhere"):
        with pytest.raises(InvalidInputError, match="leads out"):
            make(closed(p={"$ref": reference}))


def test_references(make: Maker) -> None:
    files = {
        "a.json": {"$defs": {"x/y": INTEGER, "t~": {"$anchor": "t", "type": "boolean"}}},
        "b.json": {
            "$id": "https://example.org/b",
            "$defs": {"n": {"$ref": "#/$defs/m"}, "m": STRING},
        },
        "c.json": {"$id": "https://example.org/dir/c.json", "$ref": "d.json"},
        "d.json": {"$id": "https://example.org/dir/d.json", "type": "number"},
    }
    schema = closed(
        a={"$ref": "a.json#/$defs/x~1y"},
        b={"$ref": "a.json#t"},
        c={"$ref": "https://example.org/b#/%24defs/n"},
        d={"$ref": "c.json"},
    )
    assert columns(make(schema, files=files)) == {
        **{"a": "int64", "b": "bool", "c": "utf8", "d": "float64"},
        "d_exact": "utf8",
    }
