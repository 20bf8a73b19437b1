"""Random values of every type, with the printed words that go with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any, Final

from .shared import HEDGES
from .times import random_date

_NUMBERS: Final = [0, 1, 4, 10, 40, 50, 50, 50, 55, 60, 60, 100, 120, 250, 300, 6000, 6000, 6500]
_WORDS: Final = {"at_least": "at least", "up_to": "up to", "over": "more than", "under": "under"}
_RANGES: Final = [(25, 30), (40, 60), (50, 60), (50, 50), (60, 120), (5000, 6500), (0, 50)]


@dataclass(frozen=True)
class Stock:
    """The few things that the values of a world are made of, so that they meet."""

    numbers: list[int]
    days: list[date]
    places: list[str]


def some_numbers(rng: Random) -> list[int]:
    """Return the few numbers of a world."""
    return rng.choices(_NUMBERS, k=rng.choice([1, 2, 3, 4]))


def random_value(rng: Random, measure: dict[str, Any], stock: Stock) -> dict[str, Any]:
    """Return a value for a measure."""
    kind = measure["value_type"]
    if rng.random() < 0.06:
        special = rng.choice(["some_value", "no_value"])
        return {"type": kind, "verbatim": "none", "special": special}
    if kind == "quantity":
        return _quantity(rng, measure, stock)
    value: dict[str, Any] = {"type": kind, "verbatim": "such"}
    match kind:
        case "boolean":
            value["boolean"] = rng.random() < 0.55
        case "category":
            value["category"] = rng.choice(measure["categories"])["code"]
        case "date":
            value["date"] = random_date(rng, stock.days)
        case "place":
            value["place"] = rng.choice(stock.places)
        case "text":
            value["text"] = rng.choice(["as it was", "otherwise"])
    return value


def _quantity(rng: Random, measure: dict[str, Any], stock: Stock) -> dict[str, Any]:
    value: dict[str, Any] = {"type": "quantity"}
    hedge = rng.choice([None] * 8 + list(HEDGES))
    rule = HEDGES[hedge]["rule"] if hedge else ""
    if hedge:
        value["hedge"] = hedge
    if rule == "fixed":
        value["verbatim"] = hedge
    elif rule not in ("at_or_above", "at_or_below") and rng.random() < 0.2:
        value["low"], value["high"] = rng.choice(_RANGES)
        value["verbatim"] = f"{value['low']} to {value['high']}"
    else:
        number = rng.choice(stock.numbers)
        if rng.random() < 0.1:
            number = rng.choice([0.1, 5.5, 50.0, 47.25])
        if measure.get("nonnegative") is False and rng.random() < 0.3:
            number = -number
        value["number"] = number
        value["verbatim"] = str(number)
    if hedge and rule != "fixed" and rng.random() < 0.5:
        value["hedge_verbatim"] = _WORDS.get(hedge, hedge)
    if "unit" in measure and rng.random() < 0.3:
        value["unit"] = rng.choice(["person", "person", "dozen", "third", "metre", "mile"])
    return value


def quote_of(value: dict[str, Any] | None) -> str:
    """Return a quote that carries a value's words."""
    if value is None:
        return "nothing more"
    return f"{value.get('hedge_verbatim') or 'it is'} {value['verbatim']}"
