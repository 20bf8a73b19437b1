"""Writing a dataset folder: dataset.json, policy, schemas, one .jsonl file per kind."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any, Final

KINDS: Final = ("source", "actor", "place", "measure", "event", "claim")
SCHEMAS: Final = Path(__file__).resolve().parent.parent.parent / "schema"
CODING: Final = {"by": "generator", "on": "2026-11-23"}

Draft = dict[str, list[dict[str, Any]]]
"""The records of each kind."""


def new_draft() -> Draft:
    """Return a draft without records."""
    return defaultdict(list)


def _configuration() -> dict[str, Any]:
    return {
        "name": "worlds",
        "version": "0.1.0-dev",
        "released_on": None,
        "model": "stemma",
        "policy": "policy.json",
        "kinds": [
            {
                "kind": kind,
                "schema": f"schema/{kind}.schema.json",
                "folder": f"records/{kind}s",
                "table": f"{kind}s",
                "id": "id",
            }
            for kind in KINDS
        ],
    }


def prepare_folder(folder: Path) -> None:
    """Write what all datasets have in common."""
    (folder / "schema").mkdir(parents=True)
    for path in SCHEMAS.glob("*.schema.json"):
        shutil.copy(path, folder / "schema")
    (folder / "dataset.json").write_text(json.dumps(_configuration()), encoding="utf-8")
    for kind in KINDS:
        (folder / "records" / f"{kind}s").mkdir(parents=True)


def write_draft(folder: Path, draft: Draft, policy: dict[str, Any]) -> None:
    """Write the records and the policy into a prepared folder, in place of earlier ones."""
    (folder / "policy.json").write_text(json.dumps(policy), encoding="utf-8")
    for kind in KINDS:
        path = folder / "records" / f"{kind}s" / "all.jsonl"
        # An empty file is no .jsonl of records; an earlier dataset's must not stay.
        path.unlink(missing_ok=True)
        if lines := [json.dumps(record, ensure_ascii=False) for record in draft[kind]]:
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
