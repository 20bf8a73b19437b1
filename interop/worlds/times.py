"""Random dates of every supported form, near enough to each other to meet."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any, Final

_FIRST: Final = date(2025, 1, 20)


_STEPS: Final = [0, 1, 7, 30, 60, 170, 200, 340, 360, 400]


def some_days(rng: Random) -> list[date]:
    """Return the few days of a world, so that equal ones and other buckets both happen."""
    return [_FIRST + timedelta(days=step) for step in rng.sample(_STEPS, rng.choice([2, 3, 4]))]


def random_edtf(rng: Random, known: list[date]) -> str:
    """Return an EDTF text made of known days."""
    day = rng.choice(known)
    start, end = sorted((rng.choice(known), rng.choice(known)))
    forms = [
        *[day.isoformat()] * 24,
        *[f"{start}/{end}"] * 4,
        *[f"{day:%Y-%m}"] * 3,
        *[f"{day:%Y}"] * 2,
        f"{day}/..",
        f"../{day}",
        f"{day}?",
        f"{day:%Y-%m}~",
        f"{day:%Y}%",
        f"{day:%Y-%m}-XX",
        f"{day:%Y}-XX-XX",
        f"[{start},{end}]",
        f"[{start}..{end}]",
        f"[{start:%Y-%m},{end}]",
        f"{start:%Y-%m}/{end:%Y-%m}",
        f"{start}/{end}?",
        "0000-02-29" if rng.random() < 0.1 else f"[..{day}]",
    ]
    return rng.choice(forms)


def random_date(rng: Random, known: list[date]) -> dict[str, Any]:
    """Return a date object."""
    found = {"edtf": random_edtf(rng, known)}
    if rng.random() < 0.25:
        found["reading"] = rng.choice(["throughout", "sometime_in"])
    return found


def plain_day(rng: Random, first: int, last: int) -> dict[str, Any]:
    """Return a single day so many days after the first of all."""
    return {"edtf": (_FIRST + timedelta(days=rng.randint(first, last))).isoformat()}
