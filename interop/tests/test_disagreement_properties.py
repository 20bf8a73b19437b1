"""What must hold for any records: on random worlds, with the reference alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from reference.disagreement.tables import COLUMNS, Disagreement, disagreement
from worlds.folder import prepare_folder
from worlds.generate import generate

SEEDS = range(1000, 1012)
Record = dict[str, Any]


def change(folder: Path, kind: str, edit: Callable[[list[Record]], list[Record]]) -> None:
    """Write the records of a kind anew."""
    path = folder / "records" / f"{kind}s" / "all.jsonl"
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    path.write_text("".join(json.dumps(each) + "\n" for each in edit(records)), encoding="utf-8")


@pytest.fixture(params=SEEDS)
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    made = tmp_path / "dataset"
    prepare_folder(made)
    generate(made, request.param, range(10))
    return made


def test_columns(folder: Path) -> None:
    for name, rows in disagreement(folder).tables.items():
        assert all(list(row) == list(COLUMNS[name]) for row in rows)
        keys = [tuple(str(row[key] or "") for key in list(row)[:3]) for row in rows]
        assert len(set(keys)) == len(keys)
        if name in ("disagreement", "question_claims"):
            assert keys == sorted(keys)


def test_order_of_records_is_nothing(folder: Path) -> None:
    before = disagreement(folder)
    rng = Random(1)
    for kind in ("source", "actor", "place", "measure", "claim"):
        change(folder, kind, lambda records: rng.sample(records, len(records)))
    assert disagreement(folder) == before


def classes(found: Disagreement) -> dict[str, tuple[str, str, bool]]:
    return {
        row["question_id"]: (row["value_class"], row["agreement_class"], row["denied"])
        for row in found.tables["disagreement"]
    }


def test_coded_copies_change_no_class(folder: Path) -> None:
    before = classes(disagreement(folder))
    copied: dict[str, Record] = {}

    def with_copies(sources: list[Record]) -> list[Record]:
        return sources + list(_copies(sources, copied))

    change(folder, "source", with_copies)
    change(folder, "claim", lambda claims: claims + list(_retold(claims, copied)))
    assert classes(disagreement(folder)) == before


def _copies(sources: list[Record], copied: dict[str, Record]) -> Iterator[Record]:
    """Copy every other source, with the same text and so the same date."""
    for source in [each for each in sources if not each.get("merged_into")][::2]:
        link = {"source": source["id"], "relation": "was_derived_from", "basis": "stated"}
        name = source["id"].replace("src-", "src-copy-of-")
        copied[source["id"]] = {**source, "id": name, "lineage": [link], "merged_into": None}
        yield copied[source["id"]]


def _retold(claims: list[Record], copied: dict[str, Record]) -> Iterator[Record]:
    """Say every claim of a copied source again in the copy.

    Not those that somebody revises, maybe by the name of a duplicate: the revision names
    the first rendering only.
    """
    revised = {claim.get(part) for claim in claims for part in ("revises", "merged_into")}
    for claim in claims:
        if claim["source"] in copied and claim["id"] not in revised:
            name = claim["id"].replace("clm-", "clm-copy-of-")
            yield {**claim, "id": name, "source": copied[claim["source"]]["id"]}


def test_scaling_of_explicit_numbers(folder: Path) -> None:
    """Hedged numbers and ranges mean the same in thousands."""

    def explicit(claims: list[Record]) -> list[Record]:
        return [claim for claim in claims if _is_explicit(claim)]

    def scaled(claims: list[Record]) -> list[Record]:
        for claim in claims:
            value = claim.get("value") or {}
            for part in ("number", "low", "high"):
                if value.get(part) is not None:
                    # A text keeps the product exact: 0.1 times 7 is no double.
                    value[part] = round(value[part] * 7, 6)
        return claims

    change(folder, "claim", explicit)
    before = classes(disagreement(folder))
    change(folder, "claim", scaled)
    assert classes(disagreement(folder)) == before


def _is_explicit(claim: Record) -> bool:
    value = claim.get("value") or {}
    if value.get("type") != "quantity" or value.get("special"):
        return True
    policy_dependent = ("exact", "about", "nearly", "estimated")  # a policy may lack them
    return value.get("low") is not None or value.get("hedge") in ("at_least", "up_to") or (
        value.get("hedge") not in (None, *policy_dependent) and "number" in value
    )
