"""Deltas between releases: found, and applied as their README says, in plain Python.

Nothing here is shared with the tool. A table is applied from the content that a reader
gives, so every reader that opens Parquet can be asked.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from readers import Content
from reference.logical import Cell

PARTS: Final = ("added", "changed", "changed_old", "moved", "removed")

Read = Callable[[Path], Content]


@dataclass(frozen=True)
class Delta:
    """The folder of a delta, in the folder `deltas` beside the releases."""

    folder: Path

    @cached_property
    def json(self) -> dict[str, Any]:
        """delta.json."""
        return json.loads((self.folder / "delta.json").read_bytes())

    def release(self, which: str) -> Path:
        """Return the folder of the release that is `old` or `new`."""
        return self.folder.parent.parent / f"v{self.json[which]['version']}"

    def table(self, which: str, name: str, read: Read) -> Content | None:
        """Read a table of a release; None if it has none of that name."""
        path = self.release(which) / "tables" / f"{name}.parquet"
        return read(path) if path.is_file() else None

    def part(self, name: str, part: str, read: Read) -> Content | None:
        """Read a file of the delta; None if there is none, because it would have no rows."""
        path = self.folder / "tables" / f"{name}.{part}.parquet"
        return read(path) if path.is_file() else None


def find(folder: Path) -> list[Delta]:
    """Return the deltas of a folder of releases."""
    return [Delta(path) for path in sorted((folder / "deltas").glob("v*..v*"))]


def rows(content: Content | None) -> list[tuple[Any, ...]]:
    """Return the rows of a table; lists become tuples, so that rows can be counted."""
    if content is None:
        return []

    def frozen(cell: Cell) -> Any:
        return tuple(cell) if isinstance(cell, list) else cell

    return [tuple(map(frozen, row)) for row in zip(*content.cells, strict=True)]


def apply(delta: Delta, entry: dict[str, Any], read: Read) -> tuple[list[Any], list[Any]]:
    """Return the columns (name and type) and the rows of the new table.

    Rows that `added`, `changed` and `moved` place stand there; the other places are filled, in
    order, with the old rows that no file names.
    """
    name = entry["name"]
    old = delta.table("old", name, read)
    parts = {part: delta.part(name, part, read) for part in PARTS}
    before = list(zip(old.names, old.types, strict=True)) if old else []
    columns = before
    if entry["columns"] is not None:
        columns = [(column["name"], column["type"]) for column in entry["columns"]["new"]]
    where = [before.index(column) if column in before else None for column in columns]
    kept = [tuple(None if i is None else row[i] for i in where) for row in rows(old)]

    old_name, new_name = delta.json["positions"]["old"], delta.json["positions"]["new"]
    placed: dict[int, Any] = {}
    for part, leading in (("added", [new_name]), ("changed", [old_name, new_name])):
        if content := parts[part]:
            names = [name for name, _ in columns]
            assert content.names == leading + names, f"{name}.{part}: {content.names}"
            assert content.types[len(leading) :] == [kind for _, kind in columns]
            for row in rows(content):
                placed[row[len(leading) - 1]] = row[len(leading) :]
    for was, now in rows(parts["moved"]):
        placed[now] = kept[was]
    gone = {row[0] for part in ("changed", "moved", "removed") for row in rows(parts[part])}
    stays = iter(row for at, row in enumerate(kept) if at not in gone)
    made = [placed[at] if at in placed else next(stays) for at in range(entry["new_rows"] or 0)]
    assert next(stays, None) is None, f"{name}: rows of the old table are left over"
    assert all(0 <= at < len(made) for at in placed), f"{name}: places that do not exist"
    return columns, made


def counts(delta: Delta, entry: dict[str, Any], read: Read) -> dict[str, int]:
    """Count what became of the rows, from the two tables and the key alone."""
    sides = []
    for which in ("old", "new"):
        content = delta.table(which, entry["name"], read)
        names = list(zip(content.names, content.types, strict=True)) if content else []
        sides.append((names, [dict(zip(names, row, strict=True)) for row in rows(content)]))
    (old_names, old), (new_names, new) = sides
    both = [column for column in old_names if column in new_names]

    def full(row: dict[Any, Any]) -> frozenset[Any]:
        # By their text, because 0 and -0 and False are equal and are not the same.
        return frozenset((column, repr(cell)) for column, cell in row.items() if cell is not None)

    if not entry["key"]:
        was, now = Counter(map(full, old)), Counter(map(full, new))
        return {"unchanged": sum((was & now).values())}

    def keyed(table: list[dict[Any, Any]]) -> dict[Any, dict[Any, Any]]:
        by_key = {}
        for row in table:
            cells = {name: cell for (name, _), cell in row.items()}
            by_key[tuple(repr(cells[name]) for name in entry["key"])] = row
        assert len(by_key) == len(table), f"{entry['name']}: {entry['key']} is no key"
        return by_key

    was, now = keyed(old), keyed(new)
    pairs = [(was[key], now[key]) for key in was.keys() & now.keys()]
    differ = [(a, b) for a, b in pairs if full(a) != full(b)]
    in_both = [(a, b) for a, b in differ if any(repr(a[c]) != repr(b[c]) for c in both)]
    return {
        "added": len(now.keys() - was.keys()),
        "removed": len(was.keys() - now.keys()),
        "changed": len(differ),
        "changed_in_both": len(in_both),
        "unchanged": len(pairs) - len(differ),
    }
