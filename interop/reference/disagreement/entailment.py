"""Claims that follow from others: a positive number entails presence, its denial denies any.

One step only: nothing follows from what was itself entailed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from .claims import ENTAILMENT, Claim, Question, Value
from .dates import bucket, overlap
from .records import Measure, Records
from .values import Values


def entailed(records: Records, values: Values, claims: list[Claim]) -> list[Claim]:
    """Return every claim that follows from the given ones."""
    authored = {claim.question for claim in claims if claim.derivation is None}
    found: list[Claim] = []
    for claim in claims:
        if values.is_positive(claim):
            found += _upwards(records, claim)
        elif values.is_informative(claim) and _excludes_any(claim):
            found += _downwards(records, claim, authored)
    return found


def _follow(base: Claim, question: Question, value: Value, stance: str) -> Claim:
    return replace(
        base,
        derivation=ENTAILMENT,
        question=question,
        value=value,
        stance=stance,
        revises=None,
        base=base,
    )


def _entailed_by(records: Records, measure: str) -> list[Measure]:
    """Return the boolean measures that follow from one, both upwards and downwards.

    They have to exist and not be retired; the measure itself may be: its claims are there.
    """
    names = dict.fromkeys(records.measures[measure].entails)
    found = [records.measures[name] for name in names if name in records.measures]
    return [each for each in found if each.value_type == "boolean" and not each.is_retired]


def _upwards(records: Records, claim: Claim) -> Iterator[Claim]:
    """A positive quantity asserts the booleans that its measure entails."""
    for target in _entailed_by(records, claim.question.measure):
        period = bucket(claim.as_of[1], target.period)
        question = claim.question._replace(measure=target.id, population=None, period=period)
        yield _follow(claim, question, Value("boolean", boolean=True), "assert")


def _excludes_any(claim: Claim) -> bool:
    """Tell whether a claim denies that something is so, or asserts that it is not."""
    if claim.value.type != "boolean" or claim.value.boolean is None:
        return False
    return claim.value.boolean is (claim.stance == "deny")


def _downwards(records: Records, claim: Claim, authored: set[Question]) -> Iterator[Claim]:
    asked = claim.question
    for question in authored:
        measure = records.measures.get(question.measure)
        if measure is None or measure.value_type != "quantity":
            continue
        entailed_names = {each.id for each in _entailed_by(records, measure.id)}
        if asked.measure not in entailed_names or not overlap(asked.period, question.period):
            continue
        same = all(
            getattr(question, part) == getattr(asked, part)
            for part in ("subject", "object", "event", "modality")
        )
        if same and records.lies_in(question.place, asked.place):
            yield _follow(claim, question, Value("quantity"), claim.stance)
