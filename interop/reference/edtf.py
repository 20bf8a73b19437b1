"""The subset of EDTF (ISO 8601-2) that the data model uses: earliest and latest day.

Level 0 dates, months, years and intervals; trailing `?`, `~`, `%`; `XX` for a month or
a day; `..` for an open end; one-of sets `[a..b]` and `[a,b]`.
"""

from __future__ import annotations

import re
from typing import TypeAlias

from .instants import days

Bounds: TypeAlias = tuple[int | None, int | None]

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2}|XX)(?:-([0-9]{2}|XX))?)?[?~%]?")
_OPEN = ".."


class EdtfError(ValueError):
    """The text is not in the supported subset, or not a possible date."""


def _days_of_month(year: int, month: int, day: str | None) -> list[int]:
    """Return the days that a month part admits: all, one, or none if the month lacks it."""
    numbers = range(1, 32) if day in (None, "XX") else [int(day)]
    found = []
    for number in numbers:
        try:
            found.append(days(year, month, number))
        except ValueError:
            continue
    return found


def _date(text: str) -> tuple[int, int]:
    match = _DATE.fullmatch(text)
    if match is None:
        raise EdtfError(f"{text!r} is no EDTF date")
    year, month, day = int(match[1]), match[2], match[3]
    months = range(1, 13) if month in (None, "XX") else [int(month)]
    admitted = [number for each in months for number in _days_of_month(year, each, day)]
    if not admitted:
        raise EdtfError(f"{text!r} is no day of the calendar")
    return admitted[0], admitted[-1]


def _span(start: str, end: str) -> Bounds:
    """Return the bounds between two dates, either of which may be open."""
    earliest = None if start in ("", _OPEN) else _date(start)[0]
    latest = None if end in ("", _OPEN) else _date(end)[1]
    if earliest is not None and latest is not None and earliest > latest:
        raise EdtfError(f"{start!r} lies after {end!r}")
    return earliest, latest


def _members(text: str) -> list[Bounds]:
    """Return the bounds of each member of a set: a date, or the run from one to another."""
    found: list[Bounds] = []
    for element in text.split(","):
        start, dots, end = element.strip().partition(_OPEN)
        if not (start or end):
            raise EdtfError("a set needs at least one date")
        found.append(_span(start, end) if dots else _date(start))
    return found


def _set(text: str) -> Bounds:
    members = _members(text)
    earliest = [low for low, _ in members]
    latest = [high for _, high in members]
    return (
        None if None in earliest else min(low for low in earliest if low is not None),
        None if None in latest else max(high for high in latest if high is not None),
    )


def bounds(text: str) -> Bounds:
    """Return the earliest and latest day as days since 1970-01-01; None is an open end."""
    if text.startswith("[") and text.endswith("]"):
        return _set(text[1:-1])
    start, slash, end = text.partition("/")
    if not slash:
        return _date(text)
    if not start or not end:
        raise EdtfError(f"{text!r}: an open end is written `..`")
    return _span(start, end)


def elements(text: str) -> list[tuple[Bounds, bool]]:
    """Return the bounds of each member of a set, and whether it is a run from one to another.

    Any other date has one element, itself, which is no run.
    """
    if text.startswith("[") and text.endswith("]"):
        parts = text[1:-1].split(",")
        runs = [_OPEN in part for part in parts]
        return list(zip(_members(text[1:-1]), runs, strict=True))
    return [(bounds(text), False)]
