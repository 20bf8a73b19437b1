"""How the classes depend on the policy, and how far sources agree on each measure."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import combinations
from typing import Final

from .model import Answer, Model
from .numbers import with_exact
from .rows import Row

TOLERANCES: Final = ("0.05", "0.1", "0.15", "0.2")
RATIOS: Final = ("1.1", "1.25", "1.5")
VALUE_CLASSES: Final = (
    *("no_value", "uncontested", "not_comparable"),
    *("conflicting", "corroborated", "compatible"),
)
_SCALE: Final = 10**40
_PLACES: Final = 10**9


def _classes(answer: Answer | None, ratio: Fraction) -> tuple[str, str, str] | None:
    if answer is None:
        return None
    return (
        answer.all.value_class(ratio),
        answer.all.agreement_class(ratio),
        answer.stated.value_class(ratio),
    )


def _changes(model: Model, tolerance: Fraction, ratio: Fraction) -> tuple[int, int, int]:
    """Count the questions whose classes differ; one that only one side has differs in all."""
    own, other = model.answers(model.policy.tolerance), model.answers(tolerance)
    changed = [0, 0, 0]
    for question in own.keys() | other.keys():
        before = _classes(own.get(question), model.policy.corroboration_ratio)
        after = _classes(other.get(question), ratio)
        if before == after:
            continue
        missing = before is None or after is None
        for index in range(3):
            changed[index] += missing or before[index] != after[index]
    return changed[0], changed[1], changed[2]


def sensitivity_rows(model: Model) -> list[Row]:
    """Return a row per tolerance and ratio."""
    rows = []
    for tolerance in TOLERANCES:
        answers = model.answers(Fraction(tolerance)).values()
        denied = sum(answer.all.is_denied for answer in answers)
        for ratio in RATIOS:
            classes = Counter(answer.all.value_class(Fraction(ratio)) for answer in answers)
            value, agreement, stated = _changes(model, Fraction(tolerance), Fraction(ratio))
            rows.append({
                "tolerance": tolerance,
                "corroboration_ratio": ratio,
                "n_questions": len(answers),
                "n_value_class_changed": value,
                "n_agreement_class_changed": agreement,
                "n_value_class_stated_changed": stated,
                **{f"n_{name}": classes[name] for name in VALUE_CLASSES},
                "n_denied": denied,
                "policy_version": model.policy.version,
            })  # fmt: skip
    return rows


def _coded_numbers(answer: Answer) -> list[Fraction]:
    """Return one number per origin: the lower median of those that it states."""
    view, found = answer.all, []
    for claims in view.by_origin.values():
        stated = {view.values.stated_number(claim) for claim in claims}
        numbers = sorted(number for number in stated if number is not None and number >= 0)
        if numbers:
            found.append(numbers[(len(numbers) - 1) // 2])
    return found


def _distance(one: Fraction, other: Fraction) -> int:
    """Return the squared ratio difference in units of 10^-40, rounded down."""
    if one == other:
        return 0
    return int(((one - other) / (one + other)) ** 2 * _SCALE)


def _all_distances(numbers: list[Fraction]) -> int:
    """Return the sum over ordered pairs."""
    return 2 * sum(_distance(one, other) for one, other in combinations(numbers, 2))


def krippendorff_alpha(units: list[list[Fraction]]) -> Fraction | None:
    """Return Krippendorff's alpha with the ratio metric, to nine decimals; None if undefined."""
    numbers = [number for unit in units for number in unit]
    count = len(numbers)
    if count < 2:
        return None
    expected = Fraction(_all_distances(numbers), count * (count - 1))
    if expected == 0:
        return None
    observed = sum(Fraction(_all_distances(unit), len(unit) - 1) for unit in units) / count
    # round() of a fraction goes to the nearest integer, halves to the even one.
    return Fraction(round((1 - observed / expected) * _PLACES), _PLACES)


def _alpha_cells(answers: list[Answer], ratio: Fraction) -> Row:
    units = [
        _coded_numbers(answer)
        for answer in answers
        if answer.all.value_class(ratio) != "not_comparable"
    ]
    units = [unit for unit in units if len(unit) >= 2]
    return {
        **with_exact("alpha", krippendorff_alpha(units)),
        "n_alpha_questions": len(units),
        "n_alpha_values": sum(map(len, units)),
    }


def measure_statistics_rows(model: Model) -> list[Row]:
    """Return a row per measure that is not retired, by its id."""
    ratio, rows = model.policy.corroboration_ratio, []
    for name, measure in sorted(model.records.measures.items()):
        if measure.is_retired:
            continue
        answers = [each for each in model.own_answers if each.question.measure == name]
        classes = Counter(answer.all.value_class(ratio) for answer in answers)
        agreement = Counter(answer.all.agreement_class(ratio) for answer in answers)
        alpha: Row = dict.fromkeys(("alpha", "alpha_exact", "n_alpha_questions", "n_alpha_values"))
        if measure.value_type == "quantity" and measure.is_nonnegative:
            alpha = _alpha_cells(answers, ratio)
        rows.append({
            "measure": name,
            "value_type": measure.value_type,
            "n_questions": len(answers),
            "n_claims": sum(len(answer.claims) for answer in answers),
            **{f"n_{name}": classes[name] for name in VALUE_CLASSES},
            "n_denied": agreement["denied"],
            "n_denied_only": agreement["denied_only"],
            **alpha,
            "policy_version": model.policy.version,
        })  # fmt: skip
    return rows
