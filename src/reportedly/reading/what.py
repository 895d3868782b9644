"""The `what` layer: words that express events, with PLOVER type and mode and what fills their frames."""

from reportedly.knowledge.events import noun_senses
from reportedly.reading.event_joining import (
    answer_requests,
    find_partners,
    join,
    modes_of_requests,
    share_partners,
    split_by_weapon,
    without_parts,
)
from reportedly.reading.event_nouns import noun_event
from reportedly.reading.event_verbs import names_victims, verb_event
from reportedly.reading.events import EventMention
from reportedly.reading.syntax import Document, Word


class What:
    """Finds events. Input: the parsed words and names. Output: layer "events"."""

    name = "what"

    def __call__(self, document: Document) -> None:
        events: list[EventMention] = []
        for sentence in document.sentences:
            if sentence.heading:
                continue
            found = [e for w in document.sentence_words(sentence) if (e := self._event(document, w)) is not None]
            found = without_parts(found)
            share_partners(found)
            find_partners(document, sentence, found)
            answer_requests(found)
            modes_of_requests(found)
            events += split_by_weapon(join(found))
        document.layers["events"] = events

    def _event(self, document: Document, word: Word) -> EventMention | None:
        if word.pos == "VERB" and word.dep not in ("amod", "compound", "aux") and not names_victims(word):
            return verb_event(document, word)
        if word.pos == "NOUN" or (word.pos in ("PROPN", "VERB") and word.lower in noun_senses()):
            return noun_event(document, word)
        return None
