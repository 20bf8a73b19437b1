"""Canonical JSON, EDTF, instants and logical hashes, against values worked out by hand."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

import pytest

from reference import edtf
from reference.canonical import canonical, canonical_sha256
from reference.instants import days, is_canonical_date_time, parse_date, parse_date_time
from reference.jsontext import InvalidInputError, Number, parse, type_of
from reference.logical import logical_sha256, schema_fingerprint
from reference.plan import unique_names

NUMBERS = {
    "0": "0",
    "-0": "0",
    "-0.000": "0",
    "0e5": "0",
    "1.50": "1.5",
    "100": "100",
    "1E2": "100",
    "9007199254740993": "9007199254740993",
    "-9007199254740993.10": "-9007199254740993.1",
    "100000000000000000000": "100000000000000000000",
    "1e21": "1e+21",
    "1234567890123456789012": "1.234567890123456789012e+21",
    "123456789012345678901": "123456789012345678901",
    "0.000001": "0.000001",
    "0.0000001": "1e-7",
    "0.00000012": "1.2e-7",
    "0.1000000000000000055511151231257827": "0.1000000000000000055511151231257827",
    # Vectors of RFC 8785, appendix B, that a decimal writes as a double does.
    "4.50": "4.5",
    "2e-3": "0.002",
    "0.000000000000000000000000001": "1e-27",
    "1e30": "1e+30",
    "333333333.33333329": "333333333.33333329",
    "-1e400": "-1e+400",
}


@pytest.mark.parametrize("literal", NUMBERS)
def test_canonical_number(literal: str) -> None:
    assert canonical(parse(literal)) == NUMBERS[literal]


def test_canonical_text_and_order() -> None:
    # RFC 8785, 3.2.2 and 3.2.3: escapes, and order by UTF-16 code units (U+1F600 before U+FB33).
    value = parse(r'{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7}')
    assert canonical(value) == '{"\\r":2,"1":4,"\x80":6,"ö":7,"€":1,"😀":5,"\ufb33":3}'
    text = '\u20ac$\x0f\nA\'B"\\\\"/\u2028\x7f'
    assert canonical(text) == '"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/\u2028\x7f"'
    assert canonical(parse("[ null , true , false , {} , [ ] ]")) == "[null,true,false,{},[]]"


def test_canonical_sha256_is_of_the_text() -> None:
    assert canonical_sha256(parse('{"b":1.0,"a":"é"}')) == (
        hashlib.sha256('{"a":"é","b":1}'.encode()).hexdigest()
    )


@pytest.mark.parametrize("text", ['{"a":1,"a":2}', '[{"a":{"b":1,"b":1}}]', "NaN", "[Infinity]"])
def test_text_that_is_refused(text: str) -> None:
    with pytest.raises(InvalidInputError):
        parse(text)


def test_types_and_ranges_of_numbers() -> None:
    assert [
        type_of(parse(text)) for text in ("1", "1.0", "1e2", "10e-1", "0.0", "1.5", "1e-1")
    ] == [
        *["integer"] * 5,
        *["number"] * 2,
    ]
    assert Number("9223372036854775807").to_int64() == 2**63 - 1
    assert Number("-9223372036854775808.0").to_int64() == -(2**63)
    assert Number("0.1").to_float64() == 0.1
    for number in (Number("9223372036854775808"), Number("1e30")):
        with pytest.raises(InvalidInputError):
            number.to_int64()
    with pytest.raises(InvalidInputError):
        Number("1e309").to_float64()


EDTF = {
    "2025-08-20": ("2025-08-20", "2025-08-20"),
    "2025-08-20?": ("2025-08-20", "2025-08-20"),
    "2025-08~": ("2025-08-01", "2025-08-31"),
    "2024-02%": ("2024-02-01", "2024-02-29"),
    "2025": ("2025-01-01", "2025-12-31"),
    "2025-XX": ("2025-01-01", "2025-12-31"),
    "2023-02-XX": ("2023-02-01", "2023-02-28"),
    "2025-XX-XX": ("2025-01-01", "2025-12-31"),
    "2025-XX-31": ("2025-01-31", "2025-12-31"),
    "2025-08-25/2025-08-26": ("2025-08-25", "2025-08-26"),
    "2024-02/2025~": ("2024-02-01", "2025-12-31"),
    "../2025-08": (None, "2025-08-31"),
    "2025-08/..": ("2025-08-01", None),
    "[2025-08-20..2025-08-25]": ("2025-08-20", "2025-08-25"),
    "[2025-08,2024-02-29]": ("2024-02-29", "2025-08-31"),
    "[..2025]": (None, "2025-12-31"),
    "[2025-08..]": ("2025-08-01", None),
}


@pytest.mark.parametrize("text", EDTF)
def test_edtf(text: str) -> None:
    wanted = tuple(each and parse_date(each) for each in EDTF[text])
    assert edtf.bounds(text) == wanted


@pytest.mark.parametrize(
    "text",
    ["", "2025-8", "2025-02-29", "2025-13", "20XX", "2025-08-26/2025-08-25", "/2025", "2025/",
     "[]", "[..]", "2025-08-20T10:00:00Z", "yesterday", "2025-08-20??", "2025-08-32"],
)  # fmt: skip
def test_edtf_outside_the_subset(text: str) -> None:
    with pytest.raises(edtf.EdtfError):
        edtf.bounds(text)


def test_days() -> None:
    assert days(1970, 1, 1) == 0
    assert days(9999, 12, 31) == (date(9999, 12, 31) - date(1970, 1, 1)).days
    assert days(0, 12, 31) + 1 == days(1, 1, 1)
    assert days(0, 12, 31) - days(0, 1, 1) == 365, "the year 0 is a leap year"
    assert parse_date("2023-02-29") is None
    assert parse_date("2023-2-9") is None


def test_date_times() -> None:
    wanted = int(datetime(2024, 3, 1, 12, tzinfo=UTC).timestamp()) * 1_000_000
    for text in ("2024-03-01T12:00:00Z", "2024-03-01t12:00:00.000z", "2024-03-01T13:30:00+01:30",
                 "2024-02-29T23:30:00-12:30", "2024-03-01T11:59:60Z"):  # fmt: skip
        assert parse_date_time(text) == wanted, text
    assert parse_date_time("1969-12-31T23:59:59.9999999Z") == -1
    assert parse_date_time("2024-03-01T12:00:00") is None
    assert parse_date_time("2024-03-01 12:00:00Z") is None
    assert parse_date_time("2024-03-01T24:00:00Z") is None
    second = "2024-03-01T12:00:00"
    assert all(is_canonical_date_time(second + rest) for rest in ("Z", ".5Z", ".05Z", ".000001Z"))
    others = (".50Z", ".0Z", ".Z", "+00:00", "-00:00", "z", ".1234567Z", "")
    assert not any(is_canonical_date_time(second + rest) for rest in others)
    assert not is_canonical_date_time("2016-12-31T23:59:60Z")


LOGICAL = [
    ("utf8", ["é", None, ""], b"\1" + b"\2" + b"\0" * 7 + b"\xc3\xa9" + b"\0" + b"\1" + b"\0" * 8),
    ("bool", [True, False, None], b"\1\1" + b"\1\0" + b"\0"),
    ("int64", [1, -1], b"\1\1" + b"\0" * 7 + b"\1" + b"\xff" * 8),
    ("date32", [256], b"\1\0\1" + b"\0" * 6),
    ("timestamp[us, UTC]", [0], b"\1" + b"\0" * 8),
    ("float64", [1.0, -0.0], b"\1" + b"\0" * 6 + b"\xf0\x3f" + b"\1" + b"\0" * 7 + b"\x80"),
    ("list<bool>", [[True, None], [], None],
     b"\1\2" + b"\0" * 7 + b"\1\1" + b"\0" + b"\1" + b"\0" * 8 + b"\0"),
]  # fmt: skip


@pytest.mark.parametrize(("column_type", "cells", "encoded"), LOGICAL, ids=[x[0] for x in LOGICAL])
def test_logical_hash(column_type: str, cells: list, encoded: bytes) -> None:
    assert logical_sha256(column_type, cells) == hashlib.sha256(encoded).hexdigest()


def test_fingerprint() -> None:
    text = b'[{"name":"id","type":"utf8"},{"name":"on","type":"list<timestamp[us, UTC]>"}]'
    columns = [("id", "utf8"), ("on", "list<timestamp[us, UTC]>")]
    assert schema_fingerprint(columns) == hashlib.sha256(text).hexdigest()


def test_unique_names() -> None:
    names = ["a", "A", "a_2", "ß", "SS", "b"]
    assert unique_names(names) == ["a", "A_2", "a_2_2", "ß", "SS_2", "b"]
