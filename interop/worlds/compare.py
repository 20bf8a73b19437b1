"""Holding what the tool prints against the independent reading, cell by cell."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from reference.disagreement.tables import COLUMNS, Disagreement, disagreement
from reference.instants import parse_date
from reference.jsontext import Json, Number, parse
from reference.logical import BOOL, FLOAT64, INT64, Cell, item_of

from .folder import prepare_folder
from .generate import generate

_TYPES = {BOOL: bool, INT64: Number, FLOAT64: Number}


@dataclass(frozen=True)
class Mismatch:
    """A cell, or a whole row, in which the two readings differ."""

    table: str
    row: str
    column: str
    expected: Cell
    found: Json | Cell

    def __str__(self) -> str:
        place = f"{self.table}[{self.row}].{self.column}"
        return f"{place}: the tool says {self.found!r}, the reference {self.expected!r}"


class ToolError(Exception):
    """The tool did not print the tables."""


def tables_of_tool(tool: Path, folder: Path) -> dict[str, list[dict[str, Json]]]:
    """Run `stemma disagreement` in a dataset folder and return its rows by table."""
    command = [tool, "disagreement", "--format", "json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    if done.returncode != 0:
        raise ToolError(f"status {done.returncode}: {_complaint(done.stdout, done.stderr)}")
    report = parse(done.stdout)
    questions = report["questions"]
    return {
        "disagreement": [{k: v for k, v in row.items() if k != "claims"} for row in questions],
        "question_claims": [claim for row in questions for claim in row["claims"]],
        "sensitivity": report["sensitivity"],
        "measure_statistics": report["measure_statistics"],
    }


def _complaint(printed: bytes, said: bytes) -> str:
    """Return the errors of a report, or the end of what was said if there is none."""
    try:
        found = parse(printed)["diagnostics"]
    except (ValueError, KeyError, TypeError):
        return (said + printed).decode(errors="replace")[-2000:]
    errors = [each for each in found if each["severity"] == "error"]
    return "; ".join(f"{e['file']}:{e['line'].literal}: {e['message']}" for e in errors[:3])


def _cell(column_type: str, value: Json) -> Cell:
    """Return a JSON value as a cell; one of another type stays what it is, and so differs."""
    if value is None or item_of(column_type) is not None:
        return value
    if not isinstance(value, _TYPES.get(column_type, str)):
        return f"{value!r}, which is no {column_type}"
    match column_type:
        case "int64":
            return int(value.literal) if value.is_integral() else value.literal
        case "float64":
            return float(value.literal)
        case "date32":
            return parse_date(value) if parse_date(value) is not None else value
    return value


def _name(table: str, row: dict[str, Cell]) -> str:
    """Return what identifies a row for a reader."""
    keys = {
        "disagreement": ("question_id", "measure", "period"),
        "question_claims": ("question_id", "claim_key", "derivation"),
        "sensitivity": ("tolerance", "corroboration_ratio"),
        "measure_statistics": ("measure",),
    }
    return " ".join(str(row.get(key)) for key in keys[table])


def mismatches(wanted: Disagreement, found: dict[str, list[dict[str, Json]]]) -> Iterator[Mismatch]:
    """Return every difference, rows compared in their order."""
    for table, columns in COLUMNS.items():
        expected_rows, rows = wanted.tables[table], found[table]
        names = [_name(table, row) for row in expected_rows]
        printed = [_name(table, row) for row in rows]
        if names != printed:
            for name in sorted(set(names) ^ set(printed)):
                yield Mismatch(table, name, "*", name in names, name in printed)
            if sorted(names) == sorted(printed):
                yield Mismatch(table, "*", "order of rows", names, printed)
            continue
        for name, expected_row, row in zip(names, expected_rows, rows, strict=True):
            if row.keys() != columns.keys():
                odd = sorted(row.keys() ^ columns.keys())
                yield Mismatch(table, name, "names of columns", sorted(columns), odd)
                continue
            for column, column_type in columns.items():
                one, other = expected_row[column], _cell(column_type, row[column])
                if one != other or type(one) is not type(other):
                    yield Mismatch(table, name, column, one, other)


def compare(tool: Path, folder: Path) -> tuple[Disagreement, list[Mismatch]]:
    """Return the reference's tables of a dataset folder, and where the tool differs."""
    wanted = disagreement(folder)
    return wanted, list(mismatches(wanted, tables_of_tool(tool, folder)))


def smallest(tool: Path, seed: int, worlds: range, target: Path) -> Path:
    """Keep a differing dataset below a folder: one world of it, if that alone differs."""
    kept = target / f"seed-{seed}"
    shutil.rmtree(kept, ignore_errors=True)
    prepare_folder(kept)
    for world in worlds:
        generate(kept, seed, [world])
        try:
            _, different = compare(tool, kept)
        except ToolError:
            return kept
        if different:
            return kept
    generate(kept, seed, worlds)
    return kept
