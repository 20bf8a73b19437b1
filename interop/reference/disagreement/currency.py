"""Which claims still stand, and if one does not, why and because of which other claim."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, NamedTuple

from .claims import ENTAILMENT, NO_COMMENT, SCHEDULED, STATUS, Claim, Question
from .dates import before
from .lineage import Lineage
from .values import Values


class Superseded(NamedTuple):
    """Why a claim does not stand any more."""

    reason: str
    by: str


Rule = Callable[[Claim], Iterable[Claim]]
_FOLLOWING: Final = frozenset({ENTAILMENT, NO_COMMENT})


class Currency:
    """The rules among a given set of claims, with the origins of one pass."""

    def __init__(self, claims: list[Claim], values: Values, lineage: Lineage) -> None:
        self._origin = lineage.origin
        self._is_informative = values.is_informative
        self._revisions: dict[str, list[Claim]] = {}
        self._questions: dict[Question, list[Claim]] = {}
        self._rescheduled: dict[str, list[Claim]] = {}
        for claim in claims:
            self._questions.setdefault(claim.question, []).append(claim)
            if claim.revises is not None:
                self._revisions.setdefault(claim.revises, []).append(claim)
            if claim.question.measure == STATUS and claim.question.event is not None:
                if self._says_rescheduled(claim):
                    self._rescheduled.setdefault(claim.question.event, []).append(claim)

    def _says_rescheduled(self, claim: Claim) -> bool:
        asserted = claim.stance == "assert" and self._is_informative(claim)
        return asserted and claim.value.type == "category" and claim.value.word == "rescheduled"

    def of(self, claim: Claim) -> Superseded | None:
        """Return the first of the rules 1 to 4 that a claim falls under."""
        rules: dict[str, Rule] = {
            "revised": self._revised,
            "retracted": self._retracted,
            "newer": self._newer,
            "rescheduled": self._replanned,
        }
        for reason, rule in rules.items():
            if keys := [other.key for other in rule(claim)]:
                return Superseded(reason, min(keys))
        return None

    def _revised(self, claim: Claim) -> Iterable[Claim]:
        if claim.derivation is not None:
            return
        for other in self._revisions.get(claim.key, ()):
            same = self._origin(other) == self._origin(claim)
            if other is not claim and same and not before(other.as_of, claim.as_of):
                yield other

    def _later(self, claim: Claim) -> Iterable[Claim]:
        for other in self._questions[claim.question]:
            if before(claim.as_of, other.as_of):
                yield other

    def _retracted(self, claim: Claim) -> Iterable[Claim]:
        for other in self._later(claim):
            if other.stance == "retract" and self._origin(other) == self._origin(claim):
                yield other

    def _newer(self, claim: Claim) -> Iterable[Claim]:
        for other in self._later(claim):
            same_speech = claim.utterance is not None and claim.utterance == other.utterance
            same_claimant = claim.claimant is not None and claim.claimant == other.claimant
            if same_claimant and not same_speech and self._is_informative(other):
                yield other

    def _replanned(self, claim: Claim) -> Iterable[Claim]:
        """A plan from before the event was moved gives way to the plans made with or after that."""
        asked = claim.question
        if asked.event is None or not (asked.modality == "planned" or asked.measure == SCHEDULED):
            return
        for moved in self._rescheduled.get(asked.event, ()):
            if not before(claim.as_of, moved.as_of):
                continue
            for plan in self._questions[asked]:
                start = plan.as_of[0]
                if self._is_informative(plan) and start is not None and start >= moved.as_of[0]:
                    yield plan


def superseded(claims: list[Claim], values: Values, lineage: Lineage) -> dict[Claim, Superseded]:
    """Return the claims that do not stand any more."""
    among_all = Currency(claims, values, lineage)
    own = [claim for claim in claims if claim.derivation != ENTAILMENT]
    among_own = Currency(own, values, lineage)
    found: dict[Claim, Superseded] = {}
    for claim in claims:
        verdict = among_all.of(claim)
        if verdict is None and claim.derivation in _FOLLOWING:
            # What follows from a claim falls with it; only claims that do not
            # themselves follow from a number decide, or there would be circles.
            base = among_own.of(claim.base)
            verdict = base and Superseded("base", base.by)
        if verdict is not None:
            found[claim] = verdict
    return found
