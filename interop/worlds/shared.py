"""What the worlds of a folder share: the policy, and the measures that accounts derive."""

from __future__ import annotations

from random import Random
from typing import Any, Final

from .folder import CODING

UNITS: Final = {
    "person": ("persons", "1"),
    "dozen": ("persons", "12"),
    "third": ("persons", "1/3"),
    "metre": ("length", "1"),
    "mile": ("length", "1609.344"),
}
STATUSES: Final = (
    *("planned", "held", "ongoing", "occurred"),
    *("postponed", "rescheduled", "cancelled"),
)
ROLES: Final = ("organizer", "host", "participant", "speaker", "target", "visitor", "supporter")

HEDGES: Final[dict[str, dict[str, Any]]] = {
    "exact": {"rule": "point"},
    "about": {"rule": "around", "from": "-1", "to": "1", "includes_value": True},
    "estimated": {"rule": "unhedged"},
    "nearly": {"rule": "around", "from": "-1", "to": "0", "includes_value": False},
    "at_least": {"rule": "at_or_above", "includes_value": True},
    "over": {"rule": "at_or_above", "includes_value": False},
    "up_to": {"rule": "at_or_below", "includes_value": True},
    "under": {"rule": "at_or_below", "includes_value": False},
    "several": {"rule": "fixed", "low": "3", "high": "9"},
    "dozens": {"rule": "fixed", "low": "20", "high": "99"},
    "hundreds": {"rule": "fixed", "low": "200", "high": "999"},
    "thousands": {"rule": "fixed", "low": "2000", "high": "9999"},
}

EVENT_MEASURES: Final = {
    "msr-event-status": "category",
    "msr-event-scheduled-for": "date",
    "msr-event-held-on": "date",
    "msr-event-place": "place",
    "msr-has-commented": "boolean",
    "msr-event-invited": "boolean",
    "msr-event-accepted": "boolean",
    "msr-event-attended": "boolean",
    **{f"msr-event-{role}": "boolean" for role in ROLES},
}


def random_policy(rng: Random) -> dict[str, Any]:
    """Return the repository's policy, or one with other numbers and meanings of hedges."""
    hedges = {token: dict(rule) for token, rule in HEDGES.items()}
    policy = {
        "version": str(rng.randint(1, 9)),
        "tolerance": "0.1",
        "round_number_share": "0.5",
        "corroboration_ratio": "1.25",
    }
    if rng.random() < 0.4:
        policy["tolerance"] = rng.choice(["0.05", "0.07", "0.25", "0.4"])
        policy["round_number_share"] = rng.choice(["0.25", "1", "2.5"])
        policy["corroboration_ratio"] = rng.choice(["1.1", "1.2", "2", "3.5"])
        hedges["about"] |= {"from": rng.choice(["-2", "-0.5"]), "to": rng.choice(["1", "3"])}
        hedges["nearly"]["includes_value"] = rng.random() < 0.5
        # Of those hedges that go with a number or a range, whatever their rule.
        token = rng.choice(["exact", "about", "estimated", "nearly"])
        hedges[token] = dict(hedges[rng.choice(["exact", "about", "estimated", "nearly"])])
    policy["hedges"] = [{"token": token, **rule} for token, rule in hedges.items()]
    policy["units"] = [
        {"code": code, "name": code, "dimension": dimension, "factor": factor}
        for code, (dimension, factor) in UNITS.items()
    ]
    return policy


def random_fault(rng: Random) -> tuple[str, str] | None:
    """Return now and then a measure of accounts and what is wrong with it."""
    if rng.random() < 0.7:
        return None
    return rng.choice(list(EVENT_MEASURES)), rng.choice(["missing", "withdrawn", "type"])


def event_measures(wrong: tuple[str, str] | None = None) -> list[dict[str, Any]]:
    """Return the measures of accounts; one may be missing, retired or of another type."""
    found = []
    faulty, fault = wrong or (None, None)
    for name, value_type in EVENT_MEASURES.items():
        record: dict[str, Any] = {"id": name, "name": name, "description": name}
        record["value_type"] = value_type
        if name == faulty and fault == "missing":
            continue
        if name == faulty and fault == "type":
            record["value_type"] = "text"
        if name == faulty and fault == "withdrawn":
            record["withdrawn"] = "Not used any more."
        if record["value_type"] == "category":
            record["categories"] = [{"code": code, "name": code} for code in STATUSES]
        if name == "msr-event-status":
            record["period"] = "P1D"
        found.append({**record, "coding": CODING})
    return found
