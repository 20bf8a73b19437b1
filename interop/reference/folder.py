"""The files of a dataset folder: its kinds, and which record files belong to which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .jsontext import Json, parse
from .plan import Kind


@dataclass(frozen=True)
class RawRecord:
    """A record as it was read: its file, its position there from 0, its value."""

    path: str
    index: int
    value: Json


def kind_of(value: Json) -> Kind:
    """Return a kind as dataset.json states it."""
    return Kind(value["kind"], value["schema"], value["folder"], value["table"], value.get("id"))


def schema_files(root: Path, config: dict[str, Json], kinds: list[Kind]) -> dict[str, bytes]:
    """Return every schema by its path."""
    found = set((root / (config.get("schema_folder") or "schema")).rglob("*.json"))
    for kind in kinds:
        found.update((root / kind.schema).parent.glob("*.json"))
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(found)}


def record_files(root: Path, kind: Kind, kinds: list[Kind], excluded: set[Json]) -> list[str]:
    """Return the kind's record files: all in its folder, except in other kinds' folders below."""
    folder = root / kind.folder
    inner = [root / other.folder for other in kinds]
    inner = [other for other in inner if other != folder and other.is_relative_to(folder)]
    found = []
    for path in folder.rglob("*.json*"):
        relative = path.relative_to(root).as_posix()
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix not in (".json", ".jsonl") or hidden or relative in excluded:
            continue
        if not any(path.is_relative_to(other) for other in inner):
            found.append(relative)
    return found


def read_records(root: Path, paths: list[str]) -> Iterator[RawRecord]:
    """Read the records of files, one per file or one per line."""
    for path in paths:
        data = (root / path).read_bytes()
        texts = [data]
        if path.endswith(".jsonl"):
            texts = [line for line in data.split(b"\n") if line.strip()]
        for index, text in enumerate(texts):
            yield RawRecord(path, index, parse(text))
