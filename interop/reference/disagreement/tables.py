"""The four computed tables: their columns with types, and their rows for a dataset."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ..logical import BOOL, DATE32, FLOAT64, INT64, UTF8, list_of
from .model import Model
from .rows import Row, disagreement_rows, question_claims_rows
from .statistics import VALUE_CLASSES, measure_statistics_rows, sensitivity_rows

Columns = dict[str, str]


def _texts(*names: str) -> Columns:
    return dict.fromkeys(names, UTF8)


def _counts(*names: str) -> Columns:
    return dict.fromkeys(names, INT64)


def _numbers(*names: str) -> Columns:
    found: Columns = {}
    for name in names:
        found |= {name: FLOAT64, f"{name}_exact": UTF8}
    return found


def _ends(*names: str) -> Columns:
    found: Columns = {}
    for name in names:
        found |= {**_numbers(name), f"{name}_inclusive": BOOL}
    return found


_CLASS_COUNTS: Final = tuple(f"n_{name}" for name in VALUE_CLASSES)

COLUMNS: Final[dict[str, Columns]] = {
    "disagreement": {
        **_texts("question_id", "measure", "subject", "object", "place", "event"),
        **_texts("population", "modality", "period"),
        **_counts("n_claims", "n_current", "n_superseded", "n_denying", "n_no_comment"),
        **_counts("n_entailed", "n_anonymous", "n_asof_inferred", "n_origins", "n_channels"),
        **_counts("n_independent", "n_independent_stated"),
        **dict.fromkeys(("claimants", "denying_actors", "values_asserted"), list_of(UTF8)),
        **_ends("lower_min", "lower_max", "upper_min", "upper_max"),
        **_numbers("best_min", "best_median", "best_max"),
        **_numbers("spread_ratio", "gap_ratio", "overlap_share"),
        **_texts("value_class", "value_class_stated"),
        "denied": BOOL,
        "agreement_class": UTF8,
        "rendering_conflict": BOOL,
        **_texts("prev_question_id", "policy_version"),
    },
    "question_claims": {
        **_texts("question_id", "claim_key", "derivation", "record_path", "pointer", "origin"),
        "channels": list_of(UTF8),
        **_ends("lower", "upper"),
        "stance": UTF8,
        "current": BOOL,
        **_texts("why_not_current", "superseded_by"),
        **dict.fromkeys(("as_of_earliest", "as_of_latest"), DATE32),
        "as_of_from": UTF8,
    },
    "sensitivity": {
        **_texts("tolerance", "corroboration_ratio"),
        **_counts("n_questions", "n_value_class_changed", "n_agreement_class_changed"),
        **_counts("n_value_class_stated_changed", *_CLASS_COUNTS, "n_denied"),
        "policy_version": UTF8,
    },
    "measure_statistics": {
        **_texts("measure", "value_type"),
        **_counts("n_questions", "n_claims", *_CLASS_COUNTS, "n_denied", "n_denied_only"),
        **_numbers("alpha"),
        **_counts("n_alpha_questions", "n_alpha_values"),
        "policy_version": UTF8,
    },
}
"""The columns of each table in order, with the types of the column plan."""


@dataclass(frozen=True)
class Disagreement:
    """The rows of the four tables by name, and the question of every claim record."""

    policy_version: str
    tables: dict[str, list[Row]]
    question_of_claim: dict[str, str | None]


def disagreement(root: Path) -> Disagreement:
    """Compute the tables of the dataset in a folder; dates are days since 1970-01-01."""
    model = Model(root)
    tables = {
        "disagreement": disagreement_rows(model),
        "question_claims": question_claims_rows(model),
        "sensitivity": sensitivity_rows(model),
        "measure_statistics": measure_statistics_rows(model),
    }
    return Disagreement(model.policy.version, tables, model.question_of_claim)
