"""Canonical JSON: RFC 8785, except that a number is its exact decimal.

The layout of numbers is that of ECMAScript's Number::toString, applied to the digits of
the normalised decimal instead of those of the nearest double.
"""

from __future__ import annotations

import hashlib

from .jsontext import Json, Number

_SHORT_ESCAPES = {
    '"': '\\"',
    "\\": "\\\\",
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\f": "\\f",
    "\r": "\\r",
}


def _string(text: str) -> str:
    escaped = (
        _SHORT_ESCAPES.get(char) or (f"\\u{ord(char):04x}" if char < " " else char) for char in text
    )
    return f'"{"".join(escaped)}"'


def _number(number: Number) -> str:
    sign, digit_tuple, exponent = number.decimal.as_tuple()
    assert isinstance(exponent, int), "JSON has neither NaN nor infinity"
    digits = "".join(map(str, digit_tuple)).lstrip("0")
    if not digits:
        return "0"
    # The value is 0.<digits> x 10^point; this is `n` in ECMA-262, 6.1.6.1.20.
    point = len(digits) + exponent
    digits = digits.rstrip("0")
    if len(digits) <= point <= 21:
        text = digits + "0" * (point - len(digits))
    elif 0 < point <= 21:
        text = f"{digits[:point]}.{digits[point:]}"
    elif -6 < point <= 0:
        text = f"0.{'0' * -point}{digits}"
    else:
        mantissa = digits if len(digits) == 1 else f"{digits[0]}.{digits[1:]}"
        text = f"{mantissa}e{point - 1:+d}"
    return f"-{text}" if sign else text


def canonical(value: Json) -> str:
    """Return the canonical text of a value."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return _string(value)
        case Number():
            return _number(value)
        case list():
            return f"[{','.join(map(canonical, value))}]"
        case _:
            # Big-endian UTF-16 compares bytewise as its code units do.
            names = sorted(value, key=lambda name: name.encode("utf-16-be"))
            members = (f"{_string(name)}:{canonical(value[name])}" for name in names)
            return f"{{{','.join(members)}}}"


def canonical_sha256(value: Json) -> str:
    """Return the hex SHA-256 of the canonical text in UTF-8."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()
