"""Ids that stay with an event from release to release, and tell nothing of it to whoever does not have the casebook."""

import hashlib
import hmac
import uuid
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from reportedly.model.record import Claim


def anchor_of(report: int, claim: Claim) -> int:
    """What stays the same of a claim when its report is read again: the report, the sentence and the place of the word in it (63 bits)."""
    told = f"{report}\x1f{claim.sentence.text}\x1f{claim.trigger.start - claim.sentence.start}"
    return int.from_bytes(hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big") >> 1


class Ids:
    """Gives each event of one release its id: the one that most of its claims left under before, or a new one that nobody can guess.

    `secret` is the casebook's; `known` gives the ids that anchors left under last.
    """

    def __init__(self, secret: str, known: Callable[[Sequence[int]], Mapping[int, str]]) -> None:
        self._secret = secret.encode()
        self._known = known
        self._taken: set[str] = set()

    def of(self, anchors: Sequence[int]) -> tuple[str, list[int]]:
        """The id of an event with these anchors, and those of them that are to be noted under it."""
        known = self._known(anchors)
        counted = Counter(known[a] for a in anchors if a in known)
        best = (
            uid for uid, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0])) if uid not in self._taken
        )
        uid = next(best, None) or self._new(min(anchors))
        self._taken.add(uid)
        return uid, [anchor for anchor in dict.fromkeys(anchors) if known.get(anchor) != uid]

    def _new(self, anchor: int) -> str:
        turn = 0
        while True:
            made = hmac.digest(self._secret, f"event {anchor} {turn}".encode(), "sha256")[:16]
            uid = str(uuid.UUID(bytes=made, version=4))
            if uid not in self._taken:
                return uid
            turn += 1
