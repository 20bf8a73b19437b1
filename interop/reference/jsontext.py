"""JSON text to Python values, with every number kept as it was written."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

INT64_MIN, INT64_MAX = -(2**63), 2**63 - 1


class InvalidInputError(ValueError):
    """The input cannot have an expectation, because the build has to refuse it."""


@dataclass(frozen=True, slots=True)
class Number:
    """A JSON number; only the literal is stored, so nothing can be rounded."""

    literal: str

    @property
    def decimal(self) -> Decimal:
        """The exact value. Decimal's constructor never rounds, whatever the context."""
        return Decimal(self.literal)

    def is_integral(self) -> bool:
        """Tell whether the value is mathematically an integer, as JSON Schema does (1.0 is)."""
        _, digits, exponent = self.decimal.as_tuple()
        if not any(digits) or not isinstance(exponent, int):
            return True
        trailing = len(digits) - len("".join(map(str, digits)).rstrip("0"))
        return exponent + trailing >= 0

    def to_int64(self) -> int:
        """Return the integer.

        Raises InvalidInputError if the value does not fit: the build must refuse, not round.
        """
        value = int(self.decimal)
        if not INT64_MIN <= value <= INT64_MAX:
            raise InvalidInputError(f"integer {self.literal} does not fit into int64")
        return value

    def to_float64(self) -> float:
        """Return the nearest double. Raises InvalidInputError if that is an infinity."""
        value = float(self.literal)
        if value in (float("inf"), float("-inf")):
            raise InvalidInputError(f"number {self.literal} does not fit into float64")
        return value


Json: TypeAlias = "bool | str | Number | list[Json] | dict[str, Json] | None"


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise InvalidInputError(f"duplicate key among {[name for name, _ in pairs]}")
    return members


def _constant(name: str) -> Json:
    raise InvalidInputError(f"{name} is not JSON")


def parse(data: bytes | str) -> Json:
    """Parse one JSON text; member order and number literals are kept."""
    text = data.decode("utf-8") if isinstance(data, bytes) else data
    return json.loads(
        text,
        parse_int=Number,
        parse_float=Number,
        parse_constant=_constant,
        object_pairs_hook=_object,
    )


def type_of(value: Json) -> str:
    """Return the JSON Schema type of a value; `integer` for every integral number."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case str():
            return "string"
        case Number():
            return "integer" if value.is_integral() else "number"
        case list():
            return "array"
        case _:
            return "object"
