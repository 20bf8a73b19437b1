"""Column types, logical hashes and schema fingerprints."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable
from typing import TypeAlias

from .canonical import canonical_sha256

Cell: TypeAlias = "bool | int | float | str | list[Cell] | None"
"""A cell: dates are days, timestamps microseconds since 1970-01-01 (UTC)."""

UTF8 = "utf8"
INT64 = "int64"
FLOAT64 = "float64"
BOOL = "bool"
DATE32 = "date32"
TIMESTAMP = "timestamp[us, UTC]"


def list_of(item: str) -> str:
    """Return the type of a list column."""
    return f"list<{item}>"


def item_of(column_type: str) -> str | None:
    """Return the element type of a list column, None for other columns."""
    return column_type[5:-1] if column_type.startswith("list<") else None


def encode(column_type: str, value: Cell) -> bytes:
    """Return the bytes that stand for a cell in the logical hash."""
    if value is None:
        return b"\x00"
    if (item := item_of(column_type)) is not None:
        assert isinstance(value, list)
        body = struct.pack("<Q", len(value)) + b"".join(encode(item, each) for each in value)
    elif column_type == UTF8:
        text = value.encode()
        body = struct.pack("<Q", len(text)) + text
    elif column_type == BOOL:
        body = struct.pack("<?", value)
    elif column_type == FLOAT64:
        body = struct.pack("<d", value)
    else:
        body = struct.pack("<q", value)
    return b"\x01" + body


def logical_sha256(column_type: str, values: Iterable[Cell]) -> str:
    """Return the hex digest of a column that does not depend on the file format."""
    digest = hashlib.sha256()
    for value in values:
        digest.update(encode(column_type, value))
    return digest.hexdigest()


def schema_fingerprint(columns: Iterable[tuple[str, str]]) -> str:
    """Return the hex digest of the (name, type) pairs of a table."""
    return canonical_sha256([{"name": name, "type": kind} for name, kind in columns])
