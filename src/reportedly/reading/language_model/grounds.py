"""What resolves quoted words: the layers of reading for a report in English, the tables of names alone for any other language."""

from collections.abc import Sequence
from typing import Protocol

from reportedly.model.record import Participant, Place, Quote, Range, Span, Time


class Grounds(Protocol):
    """A report's sentences, and what words of it stand for. Every span given is of the report's text."""

    sentences: Sequence[Span]

    def participants(self, words: Span, stands_for: Span | None) -> list[Participant]:
        """Whom words mean, mostly one; whom `stands_for` means, where they only stand for it."""
        ...

    def places(self, words: Sequence[Span]) -> list[Place]:
        """The places that words name, without those that only contain another."""
        ...

    def time(self, words: Span, future: bool) -> Time:
        """When words say that something happened, or would happen."""
        ...

    def people(self, words: Span) -> Range | None:
        """How many people words name; None where they hold no number."""
        ...

    def figures(self, stretch: Span) -> set[int]:
        """The numbers in a stretch of text, in figures of any script or in words."""
        ...

    def actors(self) -> frozenset[str]:
        """Registry ids of all whom the report names, and of whom its words are resolved to."""
        ...

    def can_tell(self, trigger: Span, event_type: str, /) -> bool:
        """Whether words can tell of an event of a type at all: not a name alone, not "the", not "said" of a deed."""
        ...

    def is_negated(self, trigger: Span) -> bool:
        """Whether a negation stands by the trigger itself: "did not attack"."""
        ...

    def has_denial(self, stretch: Span) -> bool:
        """Whether a stretch of text has words that deny or negate."""
        ...

    def quote(self, trigger: Span) -> Quote:
        """Whether the trigger stands in quotation marks."""
        ...

    def wording(self, sentence: Span, /) -> list[Span]:
        """Loaded words of a sentence."""
        ...
