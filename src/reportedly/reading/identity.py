"""What a report and a claim are known by: the same for the same words, whoever reads them."""

import hashlib

from reportedly.model.record import Source, Span, Status


def text_digest(text: str) -> str:
    """SHA-256 of a report's text, in hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def claim_id(digest: str, trigger: Span, event_type: str, status: Status, source: Source) -> str:
    """A claim's id, of its report's digest, its words and what it says; two readers that say the same give one id."""
    identity = f"{digest}|{trigger.start}|{event_type}|{status.kind}|{status.polarity}|{source.name}"
    return hashlib.sha256(identity.encode()).hexdigest()[:16]
