"""The rows of `disagreement` and `question_claims`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from ..logical import Cell
from .claims import ENTAILMENT, NO_COMMENT, Claim, Question
from .dates import UNDATED
from .evaluate import Evaluation
from .model import Answer, Model
from .numbers import with_exact
from .sets import Interval

Row: TypeAlias = dict[str, Cell]


@dataclass(frozen=True)
class End:
    """An end of an interval; an infinite one has no value."""

    value: Fraction | None
    is_inclusive: bool

    def cells(self, name: str) -> Row:
        """Return its three cells."""
        inclusive = None if self.value is None else self.is_inclusive
        return {**with_exact(name, self.value), f"{name}_inclusive": inclusive}


def _outer(ends: list[End], pick) -> End:
    """Return the outermost end: infinite if one is, included if any there is."""
    if not ends or any(end.value is None for end in ends):
        return End(None, False)
    value = pick(end.value for end in ends)
    return End(value, any(end.is_inclusive for end in ends if end.value == value))


def _inner(ends: list[End], pick) -> End:
    """Return the innermost end: infinite if all are, included if all there are."""
    finite = [end for end in ends if end.value is not None]
    if not finite:
        return End(None, False)
    value = pick(end.value for end in finite)
    return End(value, all(end.is_inclusive for end in finite if end.value == value))


@dataclass(frozen=True)
class Bounds:
    """The four ends over the intervals of all origins."""

    lower_min: End
    lower_max: End
    upper_min: End
    upper_max: End

    @staticmethod
    def of(intervals: list[Interval]) -> Bounds:
        """Return the bounds of intervals."""
        lowers = [End(each.lower, each.includes_lower) for each in intervals]
        uppers = [End(each.upper, each.includes_upper) for each in intervals]
        return Bounds(
            _outer(lowers, min), _inner(lowers, max), _inner(uppers, min), _outer(uppers, max)
        )

    def cells(self) -> Row:
        """Return the cells of all four."""
        return {
            **self.lower_min.cells("lower_min"),
            **self.lower_max.cells("lower_max"),
            **self.upper_min.cells("upper_min"),
            **self.upper_max.cells("upper_max"),
        }

    def ratios(self, value_class: str) -> Row:
        """Return the cells of the three ratios."""
        lower_min, lower_max = self.lower_min.value, self.lower_max.value
        upper_min, upper_max = self.upper_min.value, self.upper_max.value
        spread = gap = share = None
        if value_class != "not_comparable":
            if lower_min is not None and upper_max is not None and lower_min > 0:
                spread = upper_max / lower_min
            if value_class == "conflicting" and lower_max is not None and upper_min is not None:
                gap = lower_max / upper_min if upper_min > 0 else None
            if None not in (lower_min, lower_max, upper_min, upper_max) and upper_max > lower_min:
                share = (upper_min - lower_max) / (upper_max - lower_min)
        return {
            **with_exact("spread_ratio", spread),
            **with_exact("gap_ratio", gap),
            **with_exact("overlap_share", share),
        }


def _best(view: Evaluation) -> Row:
    """Return the cells of the stated numbers."""
    pairs = {
        (view.lineage.origin(claim), number)
        for claim in view.assertions
        if (number := view.values.stated_number(claim)) is not None
    }
    numbers = sorted(number for _, number in pairs)
    if not numbers:
        picks = (None, None, None)
    else:
        picks = (numbers[0], numbers[(len(numbers) - 1) // 2], numbers[-1])
    names = ("best_min", "best_median", "best_max")
    row: Row = {}
    for name, pick in zip(names, picks, strict=True):
        row.update(with_exact(name, pick))
    return row


def _speakers(claims: Iterable[Claim]) -> list[str]:
    return sorted({claim.claimant or claim.claimant_label or claim.source for claim in claims})


def _previous(questions: Iterable[Question]) -> dict[Question, str]:
    """Return for each dated question the id of the one in the latest earlier period."""
    series: dict[Question, list[Question]] = {}
    for question in questions:
        if question.period not in (None, UNDATED):
            series.setdefault(question._replace(period=None), []).append(question)
    found = {}
    for members in series.values():
        # Buckets of one measure have one form, so that their texts sort by time.
        members.sort(key=lambda question: question.period)
        for earlier, later in zip(members, members[1:], strict=False):
            found[later] = earlier.id
    return found


def _counts(answer: Answer) -> Row:
    view, current = answer.all, answer.all.current
    return {
        "n_claims": len(answer.claims),
        "n_current": len(current),
        "n_superseded": len(answer.claims) - len(current),
        "n_denying": len(view.denials),
        "n_no_comment": sum(claim.stance == NO_COMMENT for claim in current),
        "n_entailed": sum(claim.derivation == ENTAILMENT for claim in current),
        "n_anonymous": sum(claim.attribution == "anonymous" for claim in current),
        "n_asof_inferred": sum(claim.as_of_from in ("said_on", "published") for claim in current),
        "n_origins": len(view.by_origin),
        "n_channels": len(frozenset().union(*view.channels.values())),
        "n_independent": view.n_independent,
        "n_independent_stated": answer.stated.n_independent,
        "claimants": _speakers(view.assertions),
        "denying_actors": _speakers(view.denials),
        "values_asserted": sorted({view.values.text(claim) for claim in view.assertions}),
    }


def disagreement_rows(model: Model) -> list[Row]:
    """Return a row per question, by its id."""
    ratio = model.policy.corroboration_ratio
    previous = _previous(answer.question for answer in model.own_answers)
    rows = []
    for answer in model.own_answers:
        view = answer.all
        value_class = view.value_class(ratio)
        bounds = Bounds.of(view.intervals)
        rows.append(
            {"question_id": answer.question.id, **answer.question._asdict()}
            | _counts(answer)
            | bounds.cells()
            | _best(view)
            | bounds.ratios(value_class)
            | {
                "value_class": value_class,
                "value_class_stated": answer.stated.value_class(ratio),
                "denied": view.is_denied,
                "agreement_class": view.agreement_class(ratio),
                "rendering_conflict": view.rendering_conflict,
                "prev_question_id": previous.get(answer.question),
                "policy_version": model.policy.version,
            }
        )
    return rows


def _claim_row(model: Model, claim: Claim, view: Evaluation) -> Row:
    gone = model.superseded.get(claim)
    interval = None
    if view.values.is_informative(claim):
        known = view.values.admitted(claim)
        interval = known.interval if known else None
    interval = interval or Interval(None, False, None, False)
    return {
        "question_id": claim.question.id,
        "claim_key": claim.key,
        "derivation": claim.derivation,
        "record_path": claim.record_path,
        "pointer": claim.pointer,
        "origin": view.lineage.origin(claim),
        "channels": sorted(view.lineage.channels(claim)),
        **End(interval.lower, interval.includes_lower).cells("lower"),
        **End(interval.upper, interval.includes_upper).cells("upper"),
        "stance": claim.stance,
        "current": gone is None,
        "why_not_current": gone.reason if gone else None,
        "superseded_by": gone.by if gone else None,
        "as_of_earliest": claim.as_of[0],
        "as_of_latest": claim.as_of[1],
        "as_of_from": claim.as_of_from,
    }


def question_claims_rows(model: Model) -> list[Row]:
    """Return a row per question and claim, by (question, claim key, derivation)."""
    rows = []
    for answer in model.own_answers:
        claims = sorted(answer.claims, key=lambda claim: (claim.key, claim.derivation or ""))
        rows += [_claim_row(model, claim, answer.all) for claim in claims]
    return rows
