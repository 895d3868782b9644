"""Merging and splitting incidents: what a person decides of them, as decisions on the claims that they hold."""

from collections.abc import Collection
from itertools import combinations

from reportedly.casebook.casebook import Casebook
from reportedly.model.incident import Incident


def merge(casebook: Casebook, one: Incident, other: Incident, reason: str) -> None:
    """Decide that two incidents are one happening. Raises InvalidDecision."""
    casebook.group(one.claims[0], other.claims[0], True, reason)


def split(casebook: Casebook, incident: Incident, apart: Collection[int], reason: str) -> None:
    """Decide that some claims of an incident are of another happening than the rest of it, and of one. Raises InvalidDecision."""
    for claim in sorted(apart):
        for other in (c for c in incident.claims if c not in apart):
            casebook.group(claim, other, False, reason)
    for claim, other in combinations(sorted(apart), 2):
        casebook.group(claim, other, True, reason)
