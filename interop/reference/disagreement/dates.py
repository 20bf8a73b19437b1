"""Days, calendar buckets, and date values as sets of (start, end) pairs."""

from __future__ import annotations

import calendar
from datetime import date
from functools import lru_cache
from typing import Final, TypeAlias

from .. import edtf
from ..instants import days

Span: TypeAlias = edtf.Bounds
"""Earliest and latest day, None where an end is open or unknown."""

UNKNOWN: Final[Span] = (None, None)
UNDATED: Final = "undated"

_EPOCH = date(1970, 1, 1).toordinal()
_DAYS_IN_400_YEARS = 146_097
# Days of four-digit years lie well inside; so an open end compares like any other.
_FIRST, _LAST = -(10**9), 10**9

Extent: TypeAlias = tuple[bool, int, int]
"""(True, start, end): exactly that pair. (False, first, last): any pair inside."""

bounds = lru_cache(maxsize=None)(edtf.bounds)


def before(one: Span, other: Span) -> bool:
    """Tell whether one certainly lies before the other."""
    return one[1] is not None and other[0] is not None and one[1] < other[0]


def _civil(day: int) -> date:
    """Return a date of the same place in the calendar, with the year 0 shown as 400."""
    ordinal = day + _EPOCH
    return date.fromordinal(ordinal if ordinal > 0 else ordinal + _DAYS_IN_400_YEARS)


def bucket(latest: int | None, period: str | None) -> str | None:
    """Return the calendar bucket that holds a day; `undated` without one, None without period."""
    if period is None:
        return None
    if latest is None:
        return UNDATED
    civil = _civil(latest)
    year = civil.year if latest + _EPOCH > 0 else 0
    match period:
        case "P1D":
            return f"{year:04}-{civil.month:02}-{civil.day:02}"
        case "P1M":
            return f"{year:04}-{civil.month:02}"
        case "P6M":
            first = 1 if civil.month <= 6 else 7
            return f"{year:04}-{first:02}/{year:04}-{first + 5:02}"
    return f"{year:04}"


@lru_cache(maxsize=None)
def _bucket_span(text: str) -> tuple[int, int]:
    """Return the first and last day of a bucket."""
    first, _, last = text.partition("/")
    start = [int(part) for part in first.split("-")]
    end = [int(part) for part in (last or first).split("-")]
    start += [1] * (3 - len(start))
    if len(end) == 1:
        end.append(12)
    if len(end) == 2:
        # The calendar module knows no year 0; that of 400 has the same months.
        end.append(calendar.monthrange(end[0] or 400, end[1])[1])
    return days(*start), days(*end)


def overlap(one: str | None, other: str | None) -> bool:
    """Tell whether two buckets share a day; none overlaps all, `undated` only its like."""
    if one is None or other is None:
        return True
    if UNDATED in (one, other):
        return one == other
    (first, last), (start, end) = _bucket_span(one), _bucket_span(other)
    return first <= end and start <= last


def _default_reading(text: str) -> str:
    if text.startswith("["):
        return "sometime_in"
    if "/" in text:
        return "sometime_in" if None in bounds(text) else "throughout"
    is_day = len(text.rstrip("?~%")) == 10 and "X" not in text
    return "throughout" if is_day else "sometime_in"


@lru_cache(maxsize=None)
def extents(text: str, reading: str | None) -> frozenset[Extent]:
    """Return the (start, end) pairs that a date value admits.

    A run within a set means one of its dates, and so never the whole of it.
    """
    throughout = (reading or _default_reading(text)) == "throughout"
    found = set()
    for (first, last), is_run in edtf.elements(text):
        start = _FIRST if first is None else first
        end = _LAST if last is None else last
        found.add(((throughout and not is_run) or start == end, start, end))
    return normal(found)


def normal(found: set[Extent]) -> frozenset[Extent]:
    """Return the extents that no other holds."""
    return frozenset(
        one for one in found if not any(other != one and _holds(other, one) for other in found)
    )


def _holds(outer: Extent, inner: Extent) -> bool:
    if outer[0]:
        return outer == inner
    return outer[1] <= inner[1] and inner[2] <= outer[2]


def _shared(one: Extent, other: Extent) -> Extent | None:
    """Return what two extents both admit."""
    if one[0]:
        return one if _holds(other, one) else None
    if other[0]:
        return other if _holds(one, other) else None
    start, end = max(one[1], other[1]), min(one[2], other[2])
    return (start == end, start, end) if start <= end else None


def intersection(one: frozenset[Extent], other: frozenset[Extent]) -> frozenset[Extent]:
    """Return the pairs that both sets admit."""
    pairs = (_shared(first, second) for first in one for second in other)
    return normal({extent for extent in pairs if extent is not None})
