"""Datasets of a few records written in a test, in as few words as possible."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reference.disagreement.tables import Disagreement, disagreement
from worlds.folder import CODING, Draft, new_draft, prepare_folder, write_draft
from worlds.shared import HEDGES, UNITS, event_measures

POLICY = {
    "version": "test",
    "tolerance": "0.1",
    "round_number_share": "0.5",
    "corroboration_ratio": "1.25",
    "hedges": [{"token": token, **rule} for token, rule in HEDGES.items()],
    "units": [
        {"code": code, "name": code, "dimension": dimension, "factor": factor}
        for code, (dimension, factor) in UNITS.items()
    ],
}

Parts = dict[str, Any]


class Small:
    """A draft to which records are added; every method gives the id of the record."""

    def __init__(self) -> None:
        self.draft: Draft = new_draft()

    def _add(self, kind: str, record: Parts) -> str:
        self.draft[kind].append({**record, "coding": CODING})
        return record["id"]

    def event_measures(self) -> None:
        """Add the measures on which accounts derive claims."""
        self.draft["measure"] += event_measures()

    def measure(self, name: str, value_type: str = "quantity", **parts: Any) -> str:
        """Add a measure."""
        return self._add("measure", {"id": name, "name": name, "value_type": value_type, **parts})

    def source(self, name: str, *copied_from: str, day: str = "2025-08-20", **parts: Any) -> str:
        """Add a source; `copied_from` becomes its lineage."""
        lineage = [
            {"source": each, "relation": "was_derived_from", "basis": "text_overlap"}
            for each in copied_from
        ]
        record = {"id": name, "published": {"edtf": day}, "lineage": lineage or None}
        return self._add("source", {**record, **parts})

    def actor(self, name: str, **parts: Any) -> str:
        """Add an actor."""
        return self._add("actor", {"id": name, "name": name, **parts})

    def place(self, name: str, within: str | None = None) -> str:
        """Add a place."""
        return self._add("place", {"id": name, "name": name, "within": within})

    def event(self, name: str, *accounts: Parts) -> str:
        """Add an event."""
        accounts = tuple({"attribution": "editorial", **each} for each in accounts)
        return self._add("event", {"id": name, "accounts": list(accounts)})

    def claim(
        self, measure: str, source: str, claimant: str | None, value: Any = None, **parts: Any
    ) -> str:
        """Add a claim; a bare value is made one of its type, a dictionary is a quantity's parts."""
        question = {"measure": measure, **parts.pop("question", {})}
        record = {
            "id": parts.pop("id", f"clm-{len(self.draft['claim'])}"),
            "source": source,
            "claimant": claimant,
            "attribution": "direct" if claimant else "editorial",
            "question": question,
            "value": value_of(value),
        }
        return self._add("claim", {**record, **parts})

    def write(self, folder: Path) -> Path:
        """Write the dataset."""
        prepare_folder(folder)
        write_draft(folder, self.draft, POLICY)
        return folder

    def compute(self, folder: Path) -> Disagreement:
        """Write the dataset and compute its tables."""
        return disagreement(self.write(folder))

    def rows(self, folder: Path, **where: Any) -> list[dict]:
        """Return the questions whose cells are as given."""
        rows = self.compute(folder).tables["disagreement"]
        return [row for row in rows if where.items() <= row.items()]


def value_of(value: Any) -> Parts | None:
    """Return a value object."""
    match value:
        case None:
            return None
        case bool():
            return {"type": "boolean", "boolean": value}
        case int() | float():
            return {"type": "quantity", "number": value}
        case (low, high):
            return {"type": "quantity", "low": low, "high": high}
        case str():
            return {"type": "date", "date": {"edtf": value}}
    return {"type": "quantity", **value}


def hedged(hedge: str, number: float) -> Parts:
    """Return the parts of a hedged number."""
    return {"hedge": hedge, "number": number}
