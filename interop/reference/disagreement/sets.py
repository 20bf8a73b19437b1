"""What a value admits: intervals, finite sets and sets of dates, each maybe with "no value"."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import TypeAlias

from . import dates
from .dates import Extent


@dataclass(frozen=True)
class Interval:
    """An interval; None is an infinite end."""

    lower: Fraction | None
    includes_lower: bool
    upper: Fraction | None
    includes_upper: bool

    def is_empty(self) -> bool:
        """Tell whether it holds no number."""
        if self.lower is None or self.upper is None or self.lower < self.upper:
            return False
        return self.lower > self.upper or not (self.includes_lower and self.includes_upper)

    def is_positive(self) -> bool:
        """Tell whether it holds positive numbers only."""
        if self.lower is None:
            return False
        return self.lower > 0 or (self.lower == 0 and not self.includes_lower)

    def is_bounded(self) -> bool:
        """Tell whether both ends are finite."""
        return self.lower is not None and self.upper is not None

    def scaled(self, factor: Fraction) -> Interval:
        """Return it with both ends multiplied by a positive number."""
        lower = None if self.lower is None else self.lower * factor
        upper = None if self.upper is None else self.upper * factor
        return Interval(lower, self.includes_lower, upper, self.includes_upper)


def _lower_key(interval: Interval) -> tuple[bool, Fraction, bool]:
    """Order intervals by where they begin: open ends begin later."""
    return interval.lower is not None, interval.lower or Fraction(0), not interval.includes_lower


def _upper_key(interval: Interval) -> tuple[bool, Fraction, bool]:
    return interval.upper is None, interval.upper or Fraction(0), interval.includes_upper


def _common(one: Interval, other: Interval) -> Interval | None:
    low = max(one, other, key=_lower_key)
    high = min(one, other, key=_upper_key)
    found = Interval(low.lower, low.includes_lower, high.upper, high.includes_upper)
    return None if found.is_empty() else found


def _convex(one: Interval, other: Interval) -> Interval:
    low = min(one, other, key=_lower_key)
    high = max(one, other, key=_upper_key)
    return Interval(low.lower, low.includes_lower, high.upper, high.includes_upper)


@dataclass(frozen=True)
class Admitted:
    """A set of values of one type: of its three parts one at most is not empty.

    `has_no_value` is the marker that there is no value; it can stand beside the others.
    """

    interval: Interval | None = None
    members: frozenset[str | bool] = frozenset()
    extents: frozenset[Extent] = frozenset()
    has_no_value: bool = False

    def is_empty(self) -> bool:
        """Tell whether nothing is admitted."""
        return not (self.interval or self.members or self.extents or self.has_no_value)

    def meets(self, other: Admitted) -> bool:
        """Tell whether something is admitted by both."""
        return not self.intersection(other).is_empty()

    def intersection(self, other: Admitted) -> Admitted:
        """Return what both admit."""
        both = self.interval and other.interval
        return Admitted(
            _common(self.interval, other.interval) if both else None,
            self.members & other.members,
            dates.intersection(self.extents, other.extents),
            self.has_no_value and other.has_no_value,
        )

    def hull(self, other: Admitted) -> Admitted:
        """Return the smallest set of the kind that holds both."""
        both = self.interval and other.interval
        return Admitted(
            _convex(self.interval, other.interval) if both else self.interval or other.interval,
            self.members | other.members,
            dates.normal(set(self.extents | other.extents)),
            self.has_no_value or other.has_no_value,
        )


NO_VALUE = Admitted(has_no_value=True)

Known: TypeAlias = "Admitted | None"
"""None where a set is unknown, because a unit cannot be converted or words are not compared."""


def hull(sets: list[Known]) -> Known:
    """Return the hull of sets; an unknown one makes it unknown."""
    return None if None in sets else reduce(Admitted.hull, sets)


def intersection(sets: list[Admitted]) -> Admitted:
    """Return the intersection of known sets."""
    return reduce(Admitted.intersection, sets)
