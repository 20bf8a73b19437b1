"""The whole computation: from a dataset folder to questions with their evaluations."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from .claims import Claim, ClaimReader, Question
from .currency import Superseded, superseded
from .entailment import entailed
from .evaluate import Evaluation
from .lineage import Lineage
from .policy import Policy
from .records import Records
from .values import Values


@dataclass(frozen=True)
class Answer:
    """A question with all its claims, and how both passes see it."""

    question: Question
    claims: list[Claim]
    all: Evaluation
    stated: Evaluation


@dataclass(frozen=True)
class Structure:
    """What depends on a policy only through the claims that are entailed under it."""

    claims: list[Claim]
    superseded: tuple[dict[Claim, Superseded], dict[Claim, Superseded]]


class Model:
    """The disagreement of a dataset, under its own policy or another tolerance."""

    def __init__(self, root: Path) -> None:
        self.records = Records(root)
        self.own = ClaimReader(self.records).claims
        authored = {claim.key: claim for claim in self.own if claim.derivation is None}
        self.lineages = (
            Lineage(self.records, authored, stated_only=False),
            Lineage(self.records, authored, stated_only=True),
        )
        self._structures: dict[frozenset, Structure] = {}
        self._answers: dict[Fraction, dict[Question, Answer]] = {}

    @property
    def policy(self) -> Policy:
        """The dataset's policy."""
        return self.records.policy

    def _structure(self, values: Values) -> Structure:
        following = entailed(self.records, values, self.own)
        key = frozenset((claim.base, claim.question) for claim in following)
        if key not in self._structures:
            claims = self.own + following
            verdicts = tuple(superseded(claims, values, each) for each in self.lineages)
            self._structures[key] = Structure(claims, verdicts)
        return self._structures[key]

    def answers(self, tolerance: Fraction) -> dict[Question, Answer]:
        """Return every question under a tolerance."""
        if tolerance not in self._answers:
            self._answers[tolerance] = self._answer(tolerance)
        return self._answers[tolerance]

    def _answer(self, tolerance: Fraction) -> dict[Question, Answer]:
        values = Values(self.records, self.policy.with_tolerance(tolerance))
        structure = self._structure(values)
        questions: dict[Question, list[Claim]] = {}
        for claim in structure.claims:
            questions.setdefault(claim.question, []).append(claim)
        found = {}
        for question, claims in questions.items():
            measure = self.records.measures.get(question.measure)
            views = (
                Evaluation(
                    question,
                    measure.value_type if measure else "",
                    [claim for claim in claims if claim not in gone],
                    values,
                    lineage,
                )
                for lineage, gone in zip(self.lineages, structure.superseded, strict=True)
            )
            found[question] = Answer(question, claims, *views)
        return found

    @cached_property
    def own_answers(self) -> list[Answer]:
        """Every question under the dataset's own policy, by id."""
        found = self.answers(self.policy.tolerance).values()
        return sorted(found, key=lambda answer: answer.question.id)

    @cached_property
    def superseded(self) -> dict[Claim, Superseded]:
        """The claims that do not stand under the dataset's own policy, with all edges."""
        values = Values(self.records, self.policy)
        return self._structure(values).superseded[0]

    @cached_property
    def question_of_claim(self) -> dict[str, str | None]:
        """The question of every authored claim; None for retired ones."""
        found: dict[str, str | None] = dict.fromkeys(self.records.raw["claim"])
        found.update({c.key: c.question.id for c in self.own if c.derivation is None})
        return found
