"""From the value of a claim to the set that it admits, and to the words that show it."""

from __future__ import annotations

from fractions import Fraction

from .claims import ENTAILMENT, Claim, Value
from .dates import extents
from .numbers import exact_text, largest_power_of_ten
from .policy import WITHOUT_HEDGE, Hedge, Policy
from .records import Measure, Records
from .sets import NO_VALUE, Admitted, Interval, Known

_AS_PRINTED = frozenset({"point", WITHOUT_HEDGE})


def _point(value: Fraction) -> Interval:
    return Interval(value, True, value, True)


def _around(value: Fraction, hedge: Hedge, tolerance: Fraction) -> Interval:
    """Return the interval between two shares of a number, ends put in order."""
    ends = sorted(
        (value * (1 + share * tolerance), hedge.includes_value if share == 0 else True)
        for share in (hedge.start, hedge.end)
    )
    (lower, includes_lower), (upper, includes_upper) = ends
    if lower == upper:
        return _point(value)
    return Interval(lower, includes_lower, upper, includes_upper)


def _bare(value: Fraction, measure: Measure, policy: Policy) -> Interval:
    """Return what a number without hedge says: a round one may be a rounded one."""
    is_round = value.denominator == 1 and value != 0 and value % 10 == 0
    if not (is_round and measure.is_rounded):
        return _point(value)
    power = largest_power_of_ten(value.numerator)
    width = min(policy.tolerance * abs(value), policy.round_number_share * power)
    return Interval(value - width, True, value + width, True)


def _hedged(value: Fraction, hedge: Hedge, measure: Measure, policy: Policy) -> Interval:
    match hedge.rule:
        case "point":
            return _point(value)
        case "around":
            return _around(value, hedge, policy.tolerance)
        case "at_or_above":
            return Interval(value, hedge.includes_value, None, False)
        case "at_or_below":
            reaches_zero = value > 0 or (value == 0 and hedge.includes_value)
            if measure.is_nonnegative and reaches_zero:
                return Interval(Fraction(0), True, value, hedge.includes_value)
            return Interval(None, False, value, hedge.includes_value)
        case "fixed":
            return Interval(hedge.low, True, hedge.high, True)
    return _bare(value, measure, policy)


def interval_as_said(value: Value, measure: Measure, policy: Policy) -> Interval | None:
    """Return the interval of a quantity in the claim's own unit; None if no number is said."""
    hedge = policy.hedge(value.hedge)
    if hedge.rule == "fixed":
        return Interval(hedge.low, True, hedge.high, True)
    if value.number is not None:
        return _hedged(value.number, hedge, measure, policy)
    if value.low is None or value.high is None:
        return None
    if hedge.rule in _AS_PRINTED:
        return Interval(value.low, True, value.high, True)
    low = _hedged(value.low, hedge, measure, policy)
    high = _hedged(value.high, hedge, measure, policy)
    return Interval(low.lower, low.includes_lower, high.upper, high.includes_upper)


def factor(value: Value, measure: Measure, policy: Policy) -> Fraction | None:
    """Return by what the claim's numbers are multiplied to get the measure's unit."""
    return policy.factor(value.unit or measure.unit, measure.unit)


class Values:
    """Sets and words of claims under one policy."""

    def __init__(self, records: Records, policy: Policy) -> None:
        self._records = records
        self._policy = policy
        self._admitted: dict[Claim, Known] = {}

    def is_informative(self, claim: Claim) -> bool:
        """Tell whether a claim says or denies something that can be held against others."""
        measure = self._records.measures.get(claim.question.measure)
        value = claim.value
        if claim.stance not in ("assert", "deny") or measure is None or value is None:
            return False
        return value.type == measure.value_type and value.special != "some_value"

    def admitted(self, claim: Claim) -> Known:
        """Return the set of an informative claim, None if it is unknown."""
        if claim not in self._admitted:
            self._admitted[claim] = self._admit(claim)
        return self._admitted[claim]

    def _admit(self, claim: Claim) -> Known:
        value, measure = claim.value, self._records.measures[claim.question.measure]
        if value.special == "no_value":
            return None if value.type == "text" else NO_VALUE
        match value.type:
            case "quantity":
                return self._quantity(claim, measure)
            case "boolean":
                return Admitted(members=frozenset({value.boolean}))
            case "category":
                return Admitted(members=frozenset({value.word}))
            case "place":
                return Admitted(members=self._records.places_in(value.word))
            case "date":
                return Admitted(extents=extents(value.edtf, value.reading))
        return None

    def _quantity(self, claim: Claim, measure: Measure) -> Known:
        if claim.derivation == ENTAILMENT:
            # A denied presence denies every positive number, a negated one asserts zero.
            if claim.stance == "deny":
                return Admitted(Interval(Fraction(0), False, None, False))
            return Admitted(_point(Fraction(0)))
        said = interval_as_said(claim.value, measure, self._policy)
        multiplier = factor(claim.value, measure, self._policy)
        if said is None or multiplier is None:
            return None
        return Admitted(said.scaled(multiplier))

    def is_positive(self, claim: Claim) -> bool:
        """Tell whether a claim asserts a positive quantity, in whatever unit."""
        measure, value = self._records.measures.get(claim.question.measure), claim.value
        if not self.is_informative(claim) or claim.stance != "assert" or value.special:
            return False
        if measure.value_type != "quantity":
            return False
        said = interval_as_said(value, measure, self._policy)
        return said is not None and said.is_positive()

    def stated_number(self, claim: Claim) -> Fraction | None:
        """Return the one number that a claim states, in the measure's unit."""
        measure, value = self._records.measures[claim.question.measure], claim.value
        if claim.derivation == ENTAILMENT or value.type != "quantity" or value.number is None:
            return None
        if self._policy.hedge(value.hedge).rule == "fixed":
            return None
        multiplier = factor(value, measure, self._policy)
        return None if multiplier is None else value.number * multiplier

    def text(self, claim: Claim) -> str:
        """Return the value as a reader sees it in `values_asserted`."""
        measure, value = self._records.measures[claim.question.measure], claim.value
        if value.special == "no_value":
            return "no_value"
        match value.type:
            case "quantity":
                return self._quantity_text(claim, value, measure)
            case "boolean":
                return "true" if value.boolean else "false"
            case "date":
                return value.edtf
        return value.word

    def _quantity_text(self, claim: Claim, value: Value, measure: Measure) -> str:
        if claim.derivation == ENTAILMENT:
            return "0"
        if self._policy.hedge(value.hedge).rule == "fixed":
            number = ""
        elif value.number is not None:
            number = exact_text(value.number)
        else:
            number = f"{exact_text(value.low)}..{exact_text(value.high)}"
        unit = value.unit if value.unit != measure.unit else None
        return " ".join(part for part in (value.hedge, number, unit) if part)
