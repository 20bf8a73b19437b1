"""Old release and delta make the new release, in other people's readers.

The deltas of the folders of releases given with --deltas, and of this repository's dist.
Where there is none, these tests are skipped.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import release
from deltas import PARTS, Delta, apply, counts, rows
from readers import READERS, from_arrow, read_pyarrow_parquet

PARQUET = {name: read for name, (extension, read) in READERS.items() if extension == ".parquet"}
BLOCKS = re.compile(r"```python\n(.*?)```\n", re.DOTALL)


def blocks(delta: Delta) -> list[str]:
    return BLOCKS.findall((delta.folder / "README.md").read_text(encoding="utf-8"))


def test_files(delta: Delta) -> None:
    """Names, sizes, digests and rows are those of delta.json and SHA256SUMS."""
    files = {
        path.relative_to(delta.folder).as_posix(): path.read_bytes()
        for path in delta.folder.rglob("*")
        if path.is_file()
    }
    sums = release.Release(delta.folder).sums
    assert sums == sorted(
        (name, release.sha256(data)) for name, data in files.items() if name != "SHA256SUMS"
    )
    listed = [file for table in delta.json["tables"] for file in table["files"]]
    for file in listed:
        assert (len(files[file["path"]]), release.sha256(files[file["path"]])) == (
            file["bytes"],
            file["sha256"],
        )
        assert len(rows(read_pyarrow_parquet(delta.folder / file["path"]))) == file["rows"] > 0
    own = {"README.md", "delta.json", "SHA256SUMS"}
    assert files.keys() == own | {file["path"] for file in listed}


def test_head(delta: Delta) -> None:
    """Releases and tables are those that delta.json names."""
    assert delta.json["delta_version"] == 1
    names = set()
    for which in ("old", "new"):
        folder = delta.release(which)
        data = (folder / "manifest.json").read_bytes()
        assert release.sha256(data) == delta.json[which]["manifest_sha256"]
        names |= {path.stem for path in folder.glob("tables/*.parquet")}
    assert [table["name"] for table in delta.json["tables"]] == sorted(names)
    versions = [delta.json[which]["version"] for which in ("old", "new")]
    assert delta.folder.name == "v{}..v{}".format(*versions)


@pytest.mark.parametrize("reader", PARQUET)
def test_old_and_delta_make_new(delta: Delta, reader: str) -> None:
    """Row for row and in order, in every reader."""
    for entry in delta.json["tables"]:
        columns, made = apply(delta, entry, PARQUET[reader])
        new = delta.table("new", entry["name"], PARQUET[reader])
        assert (new is None) == (entry["new_rows"] is None)
        assert columns == (list(zip(new.names, new.types, strict=True)) if new else [])
        # By their text: 0 and -0 are equal.
        assert list(map(repr, made)) == list(map(repr, rows(new))), entry["name"]


def test_counts(delta: Delta) -> None:
    """The numbers are those that the two tables and the key give."""
    for entry in delta.json["tables"]:
        expected = counts(delta, entry, read_pyarrow_parquet)
        assert {name: entry[name] for name in expected} == expected, entry["name"]


def test_rows_of_the_old_release(delta: Delta) -> None:
    """`removed` and `changed_old` show the rows as the old release has them."""
    old_name, new_name = delta.json["positions"]["old"], delta.json["positions"]["new"]
    for entry in delta.json["tables"]:
        old = rows(delta.table("old", entry["name"], read_pyarrow_parquet))
        parts = {part: delta.part(entry["name"], part, read_pyarrow_parquet) for part in PARTS}
        for row in rows(parts["removed"]):
            assert repr(row[1:]) == repr(old[row[0]])
        for row in rows(parts["changed_old"]):
            assert repr(row[2:]) == repr(old[row[0]])
        places = [
            sorted(row[:2] for row in rows(parts[part])) for part in ("changed", "changed_old")
        ]
        assert places[0] == places[1]
        if parts["changed_old"]:
            assert parts["changed_old"].names[:2] == [old_name, new_name]


def test_readme_runs(delta: Delta) -> None:
    """Every example of the README runs where it says."""
    for code in blocks(delta):
        command = [sys.executable, "-W", "error", "-c", code]
        done = subprocess.run(
            command, cwd=delta.folder, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, ""), code
        assert done.stdout.strip(), code


def test_readme_rebuilds(delta: Delta, monkeypatch: pytest.MonkeyPatch) -> None:
    """The README's function makes every table of the new release."""
    code = next((code for code in blocks(delta) if "def rebuild" in code), None)
    if code is None:
        assert all(entry["new_rows"] is None for entry in delta.json["tables"])
        return
    monkeypatch.chdir(delta.folder)
    scope: dict[str, Any] = {}
    exec(compile(code, "README.md", "exec"), scope)
    for entry in delta.json["tables"]:
        new = delta.table("new", entry["name"], read_pyarrow_parquet)
        if new is not None:
            old = Path("../..") / delta.release("old").name
            made = from_arrow(scope["rebuild"](entry["name"], str(old)))
            assert (made.names, made.types) == (new.names, new.types)
            assert repr(made.cells) == repr(new.cells), entry["name"]
