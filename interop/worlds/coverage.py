"""What a run of random worlds reached: a branch that no world takes is not tested."""

from __future__ import annotations

from collections import Counter
from typing import Final

from reference.disagreement.statistics import VALUE_CLASSES
from reference.disagreement.tables import COLUMNS, Disagreement

_VALUES: Final[dict[tuple[str, str], tuple]] = {
    ("disagreement", "value_class"): VALUE_CLASSES,
    ("disagreement", "value_class_stated"): VALUE_CLASSES,
    ("disagreement", "agreement_class"): ("denied", "denied_only", *VALUE_CLASSES),
    ("disagreement", "denied"): (True, False),
    ("disagreement", "rendering_conflict"): (True, False),
    ("disagreement", "modality"): ("actual", "planned", "evaluative", "normative"),
    ("question_claims", "derivation"): (
        *(None, "participation", "status", "when", "place", "no_comment", "entailment"),
    ),
    ("question_claims", "why_not_current"): (
        *(None, "revised", "retracted", "newer", "rescheduled", "base"),
    ),
    ("question_claims", "as_of_from"): (None, "as_of", "said_on", "published"),
    ("question_claims", "stance"): ("assert", "deny", "no_comment", "retract"),
}
"""Columns of which every value has to occur."""


def reached(found: Disagreement) -> Counter[str]:
    """Count what the tables of one dataset show."""
    counts: Counter[str] = Counter()
    for (table, column), _ in _VALUES.items():
        counts.update(f"{column} = {row[column]}" for row in found.tables[table])
    for table, columns in COLUMNS.items():
        for column in columns:
            cells = [row[column] for row in found.tables[table]]
            counts[f"{table}.{column} not null"] += sum(cell is not None for cell in cells)
            if column.endswith("_inclusive"):
                counts[f"{table}.{column} true"] += sum(cell is True for cell in cells)
                counts[f"{table}.{column} false"] += sum(cell is False for cell in cells)
            if column.startswith("n_"):
                counts[f"{table}.{column} positive"] += sum(bool(cell) for cell in cells)
    for row in found.tables["disagreement"]:
        counts.update(_special(row))
    types = {row["measure"]: row["value_type"] for row in found.tables["measure_statistics"]}
    for row in found.tables["disagreement"]:
        if row["measure"] in types and row["value_class"] != "no_value":
            counts[f"{types[row['measure']]} {row['value_class']}"] += 1
    return counts


def _special(row: dict) -> list[str]:
    cases = {
        "undated": row["period"] == "undated",
        "half a year": "/" in (row["period"] or ""),
        "classes of the passes differ": row["value_class"] != row["value_class_stated"],
        "independent numbers differ": row["n_independent"] != row["n_independent_stated"],
        "matching below both": row["n_independent"] < min(row["n_origins"], row["n_channels"]),
        "a gap": (row["overlap_share"] or 0) < 0,
        "a fraction": "/" in (row["spread_ratio_exact"] or ""),
        "a negative bound": (row["lower_min"] or 0) < 0,
        "no_value asserted": "no_value" in row["values_asserted"],
        "denied and conflicting": row["denied"] and row["value_class"] == "conflicting",
    }
    return [name for name, holds in cases.items() if holds]


def needed() -> list[str]:
    """Return everything that has to be reached."""
    names = [f"{column} = {value}" for (_, column), values in _VALUES.items() for value in values]
    for table, columns in COLUMNS.items():
        for column in columns:
            names.append(f"{table}.{column} not null")
            if column.endswith("_inclusive"):
                names += [f"{table}.{column} true", f"{table}.{column} false"]
            if column.startswith("n_"):
                names.append(f"{table}.{column} positive")
    for value_type in ("quantity", "boolean", "category", "date", "place"):
        names += [f"{value_type} {name}" for name in VALUE_CLASSES if name != "no_value"]
    names += ["text uncontested", "text not_comparable", "undated", "half a year", "a gap"]
    names += ["classes of the passes differ", "independent numbers differ", "a fraction"]
    names += ["matching below both", "a negative bound", "no_value asserted"]
    return [*names, "denied and conflicting"]
