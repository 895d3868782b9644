"""JSON Lines: one event, or one claim, on each line, as the model has them; they can be read back."""

from typing import Any, ClassVar

from reportedly.model.release import ReleasedClaim, ReleasedEvent
from reportedly.release.cleaning import line
from reportedly.release.formats.writing import Writer


class EventLines(Writer):
    """Events."""

    suffix: ClassVar[str] = ".jsonl"
    media_type: ClassVar[str] = "application/jsonl"

    def event(self, event: ReleasedEvent) -> None:
        self.text(line(as_event_object(event)) + "\n")


class ClaimLines(Writer):
    """Claims; where a profile keeps the reports' own words, each is a claim record with what is known of its report."""

    suffix: ClassVar[str] = ".jsonl"
    media_type: ClassVar[str] = "application/jsonl"

    def event(self, event: ReleasedEvent) -> None:
        pass

    def claim(self, claim: ReleasedClaim) -> None:
        self.text(line(as_object(claim)) + "\n")


def as_event_object(event: ReleasedEvent) -> dict[str, Any]:
    """An event as JSON has it."""
    return event.model_dump(mode="json")


def as_object(claim: ReleasedClaim) -> dict[str, Any]:
    """A claim as JSON has it."""
    if claim.record is None:
        return claim.model_dump(mode="json", exclude={"record", "title", "url"})
    about = {"number": claim.number, "report": claim.report, "state": claim.state, "event_id": claim.event, "outlet": claim.outlet,
             "published": claim.published, "title": claim.title, "url": claim.url, "paraphrase": claim.paraphrase}  # fmt: skip
    return {**about, **claim.record.model_dump(mode="json")}
