"""Exact numbers and how they are printed: a decimal where there is one, else a fraction."""

from __future__ import annotations

from fractions import Fraction


def exact_text(value: Fraction) -> str:
    """Return a decimal without exponent, or `p/q` in lowest terms if no decimal is exact."""
    rest, places = value.denominator, 0
    powers = []
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest //= prime
            count += 1
        powers.append(count)
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    places = max(powers)
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    if places == 0:
        return sign + digits
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def nearest(value: Fraction) -> float | None:
    """Return the nearest double, ties to even; None if that is infinite."""
    try:
        # Python divides integers with one correct rounding.
        return value.numerator / value.denominator
    except OverflowError:
        return None


def largest_power_of_ten(value: int) -> int:
    """Return the largest power of ten that divides an integer other than zero."""
    power = 1
    while value % (power * 10) == 0:
        power *= 10
    return power


def with_exact(name: str, value: Fraction | None) -> dict[str, float | str | None]:
    """Return the two cells of a number: the nearest double and the exact text."""
    if value is None:
        return {name: None, f"{name}_exact": None}
    return {name: nearest(value), f"{name}_exact": exact_text(value)}
