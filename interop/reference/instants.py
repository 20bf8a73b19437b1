"""Dates as days and instants as microseconds since 1970-01-01, for the years 0 to 9999.

Integers, because Python's own dates know no year 0, and because that is what the files hold.
"""

from __future__ import annotations

import re
from datetime import date

_EPOCH = date(1970, 1, 1).toordinal()
_DAYS_IN_400_YEARS = 146_097
_MICROSECONDS = 1_000_000

_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DATE_TIME = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?"
    r"(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))"
)
_CANONICAL_DATE_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-5][0-9](\.[0-9]{0,5}[1-9])?Z"
)


def days(year: int, month: int, day: int) -> int:
    """Return the day number of a proleptic Gregorian date; ValueError if there is none."""
    if year == 0:  # same calendar as the year 400
        return date(400, month, day).toordinal() - _DAYS_IN_400_YEARS - _EPOCH
    return date(year, month, day).toordinal() - _EPOCH


def parse_date(text: str) -> int | None:
    """Return the days of an RFC 3339 full-date, None if the text is no such date."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    try:
        return days(*map(int, match.groups()))
    except ValueError:
        return None


def parse_date_time(text: str) -> int | None:
    """Return the microseconds of an RFC 3339 date-time, None if the text is none.

    Digits beyond the microsecond are cut off; the text itself is kept elsewhere. A leap
    second counts as the first second of the next minute.
    """
    match = _DATE_TIME.fullmatch(text)
    if match is None:
        return None
    day = parse_date(match[1])
    hour, minute, second = int(match[2]), int(match[3]), int(match[4])
    offset_hour, offset_minute = int(match[7] or 0), int(match[8] or 0)
    if day is None or hour > 23 or minute > 59 or second > 60:
        return None
    if offset_hour > 23 or offset_minute > 59:
        return None
    offset = (offset_hour * 60 + offset_minute) * (-1 if match[6] == "-" else 1)
    seconds = day * 86_400 + hour * 3_600 + (minute - offset) * 60 + second
    return seconds * _MICROSECONDS + int((match[5] or "")[:6].ljust(6, "0"))


def is_canonical_date_time(text: str) -> bool:
    """Tell whether the text is what the column's instant is printed as."""
    return _CANONICAL_DATE_TIME.fullmatch(text) is not None
