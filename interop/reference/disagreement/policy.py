"""The tunable choices of policy.json, with every number exact."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from ..jsontext import Json

WITHOUT_HEDGE: Final = "unhedged"


@dataclass(frozen=True)
class Hedge:
    """What a hedge makes of a number; `start` and `end` are shares of the tolerance."""

    rule: str
    start: Fraction = Fraction(0)
    end: Fraction = Fraction(0)
    includes_value: bool = False
    low: Fraction | None = None
    high: Fraction | None = None


@dataclass(frozen=True)
class Policy:
    """The policy of a dataset."""

    version: str
    tolerance: Fraction
    round_number_share: Fraction
    corroboration_ratio: Fraction
    hedges: dict[str, Hedge]
    units: dict[str, tuple[str, Fraction]]

    def hedge(self, token: str | None) -> Hedge:
        """Return the rule of a hedge; that of a bare number if there is none or it is unknown."""
        return self.hedges.get(token or "", Hedge(WITHOUT_HEDGE))

    def with_tolerance(self, tolerance: Fraction) -> Policy:
        """Return this policy with another tolerance."""
        return replace(self, tolerance=tolerance)

    def factor(self, given: str | None, wanted: str | None) -> Fraction | None:
        """Return by what a number in one unit is multiplied; None if it cannot be converted."""
        if given == wanted:
            return Fraction(1)
        if given not in self.units or wanted not in self.units:
            return None
        (one, factor), (other, divisor) = self.units[given], self.units[wanted]
        return factor / divisor if one == other else None


def _optional(text: Json) -> Fraction | None:
    return None if text is None else Fraction(text)


def _hedge(value: Json) -> Hedge:
    return Hedge(
        value["rule"],
        _optional(value.get("from")) or Fraction(0),
        _optional(value.get("to")) or Fraction(0),
        bool(value.get("includes_value")),
        _optional(value.get("low")),
        _optional(value.get("high")),
    )


def read_policy(value: Json) -> Policy:
    """Return the policy that policy.json states."""
    return Policy(
        version=value["version"],
        tolerance=Fraction(value["tolerance"]),
        round_number_share=Fraction(value["round_number_share"]),
        corroboration_ratio=Fraction(value["corroboration_ratio"]),
        hedges={each["token"]: _hedge(each) for each in value["hedges"]},
        units={
            each["code"]: (each["dimension"], Fraction(each["factor"])) for each in value["units"]
        },
    )
