"""Datasets by seed: the same seed gives the same records on every machine."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from random import Random

from .folder import new_draft, write_draft
from .shared import event_measures, random_fault, random_policy
from .world import World


def generate(folder: Path, seed: int, worlds: Iterable[int]) -> None:
    """Write the dataset of a seed, with the worlds of the given numbers, into a prepared folder."""
    # Strings as seeds do not depend on hash randomisation.
    shared = Random(f"folder {seed}")
    policy, measures = random_policy(shared), event_measures(random_fault(shared))
    draft = new_draft()
    draft["measure"] += measures
    for number in worlds:
        rng = Random(f"world {seed} {number}")
        World(rng, number, draft, measures).fill()
    write_draft(folder, draft, policy)
