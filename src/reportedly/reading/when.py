"""The `when` layer: time expressions, and their dates against the dateline and the tense of their clause."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from reportedly.knowledge.reporting import cues
from reportedly.model.record import TimePrecision
from reportedly.reading.syntax import Document, Word
from reportedly.reading.time_expressions import Expression, expressions
from reportedly.reading.time_units import Setting, TimeType, TimeValue
from reportedly.reading.time_values import NO_DATELINE_NEEDED, RELATIVE, value_of

Window = tuple[date | None, date | None, TimePrecision]

_AHEAD_WORDS: Final = frozenset("will shall 'll wo ’ll would may might could should must can".split())
_AHEAD_VERBS: Final = frozenset(
    "plan expect schedule hope intend aim want agree order prepare vow threaten pledge promise set due slate decide propose need urge ask tell "
    "warn call demand begin start".split()
)
_SCHEDULED: Final = frozenset("scheduled due planned set expected slated upcoming ahead future next".split())
_NO_TIME_OF_EVENT: Final = frozenset(
    {"set", "duration", "adjective duration", "bare duration", "plain duration", "reference"}
)
"""Kinds that say how long or how often, not when."""
_OF_THE_DAY: Final = {"part of day": 0, "noon": 0, "predawn": 0, "clock": 1}
"""Parts of a day belong to the day named last where that is so many sentences away at most, else to the dateline's."""
_LONG_TEXT: Final = 4000


@dataclass(slots=True, eq=False)
class TimeMention:
    """A time expression: words [first, last], its kind of wording and what it means in each tense."""

    first: int
    last: int
    kind: str
    text: str
    past_value: TimeValue
    future_value: TimeValue
    ahead: bool = False
    """Whether its clause looks ahead."""

    @property
    def value(self) -> TimeValue:
        """What it means here, by the tense of its clause."""
        return self.future_value if self.ahead else self.past_value

    @property
    def type(self) -> TimeType:
        return self.value.type

    @property
    def dates_events(self) -> bool:
        """Whether it says when something happens, not how long or how often."""
        if self.kind == "from now" and not self.ahead and self.past_value.start is None:
            return False  # "killed in three days of clashes"
        return (
            self.kind not in _NO_TIME_OF_EVENT
            and self.past_value.type != "SET"
            and not (self.past_value.value or "").endswith("_REF")
        ) or bool(self.past_value.start)

    @property
    def is_relative(self) -> bool:
        """Whether it is counted from a time told of before: "two days later"."""
        return self.kind in RELATIVE

    def window(self, future: bool) -> Window:
        """First and last day, and precision, in one tense."""
        value = self.future_value if future else self.past_value
        return value.start, value.end, value.precision

    def seen_from(self, anchor: date, dateline: date | None) -> Window:
        """The same of a relative time, counted from a day."""
        value = value_of(self.kind, self.text, Setting(dateline or anchor, False, anchor))
        return value.start, value.end, value.precision


class When:
    """Finds time expressions. Input: the text, the dateline, the grammar. Output: layer "times"."""

    name = "when"

    def __call__(self, document: Document) -> None:
        found: list[TimeMention] = []
        dateline = dateline_of(document)
        anchor = dateline
        dated_in = -1
        for sentence in document.sentences:
            words = document.sentence_words(sentence)
            start, end = words[0].start, min(words[-1].end, words[0].start + _LONG_TEXT)
            text = document.cased[start:end].replace("\n", " ").replace("\xa0", " ").replace("\r", " ")
            for expression in expressions(text):
                bounds = _words_at(words, start + expression.start, start + expression.end)
                if bounds is None:
                    continue
                near = (
                    anchor
                    if expression.kind not in _OF_THE_DAY or sentence.index - dated_in <= _OF_THE_DAY[expression.kind]
                    else dateline
                )
                mention = _mention(document, expression, bounds, dateline, near)
                found.append(mention)
                value = mention.value
                if (
                    value.start is not None
                    and value.end is not None
                    and value.precision in ("day", "hour")
                    and (value.end - value.start).days < 2
                ):
                    anchor, dated_in = value.end, sentence.index
                elif value.start is not None and mention.kind in ("month", "month year", "year") and anchor == dateline:
                    anchor = value.start
        document.layers["times"] = found


def dateline_of(document: Document) -> date | None:
    """The report's date of publication."""
    published = document.report.published
    return date.fromisoformat(published[:10]) if published else None


def _words_at(words: list[Word], start: int, end: int) -> tuple[int, int] | None:
    inside = [w.i for w in words if w.end > start and w.start < end]
    return (inside[0], inside[-1]) if inside else None


def _mention(
    document: Document, expression: Expression, bounds: tuple[int, int], dateline: date | None, anchor: date | None
) -> TimeMention:
    if dateline is None and expression.kind not in NO_DATELINE_NEEDED:
        past = _dateless(expression)
        future = past
    else:
        day = dateline or date(2000, 1, 1)
        setting = Setting(day, False, anchor or day)
        past = value_of(expression.kind, expression.text, setting)
        future = value_of(expression.kind, expression.text, replace(setting, future=True))
    before = " ".join(w.lower for w in document.words[max(0, bounds[0] - 2) : bounds[0]])
    if before == "ahead of" and dateline is not None:
        past, future = _until_then(past, dateline), _until_then(future, dateline)
    mention = TimeMention(*bounds, expression.kind, expression.text, past, future)
    mention.ahead = looks_ahead(document, mention)
    return mention


def _until_then(value: TimeValue, dateline: date) -> TimeValue:
    """ "Ahead of Sunday": from the dateline to the day before."""
    if value.start is None or value.start <= dateline:
        return value
    return replace(value, start=dateline, end=value.start - timedelta(days=1), precision="vague")


def _dateless(expression: Expression) -> TimeValue:
    """What an expression says without a dateline: a full date itself, anything relative nothing."""
    one = value_of(expression.kind, expression.text, Setting(date(2000, 6, 15), False, date(2000, 6, 15)))
    other = value_of(expression.kind, expression.text, Setting(date(2011, 1, 4), False, date(2011, 1, 4)))
    return one if one == other else replace(one, value=None, start=None, end=None, precision="vague")


def looks_ahead(document: Document, mention: TimeMention) -> bool:
    """Whether the clause that a time stands in is about what is still to come."""
    words = document.words
    inside = range(mention.first, mention.last + 1)
    head = next((words[i] for i in inside if words[i].head.i not in inside), words[mention.first])
    before = [w.lower for w in words[max(0, mention.first - 3) : mention.first]]
    if _SCHEDULED.intersection(before[-3:]):
        return True
    verb = head
    for above in head.ancestors():
        if above.lower in _SCHEDULED and above.tag in ("VBN", "JJ"):
            return True
        if above.is_verb:
            verb = above
            break
    if not verb.is_verb:
        return False
    return _is_ahead(verb)


def _is_present(verb: Word, helpers: set[str]) -> bool:
    """A plain present with a date looks ahead ("the council meets on Tuesday"), but for words of saying and being so."""
    if verb.lemma in cues() or verb.lemma in ("be", "have", "do", "show", "indicate", "remain", "mark", "date"):
        return False
    if verb.tag in ("VBZ", "VBP"):
        return True
    return verb.tag == "VBN" and bool(helpers & {"is", "are", "'s", "'re"})


def _is_ahead(verb: Word) -> bool:
    helpers = {c.lower for c in verb.children if c.dep in ("aux", "auxpass")}
    if helpers & {"has", "have", "had", "'ve", "did"}:
        return False
    if helpers & _AHEAD_WORDS:
        return True
    if "to" in helpers or (verb.tag == "VB" and any(c.lower == "to" for c in verb.children)):
        above = verb.head
        if above is not verb and above.lower in ("going", "about"):
            return True
        return above is not verb and (above.lemma in _AHEAD_VERBS or above.pos in ("NOUN", "PROPN", "ADJ"))
    if verb.tag == "VBG" and helpers & {"is", "are", "'re", "'s", "am"}:
        return verb.lemma in ("go", "come", "meet", "leave", "arrive", "start", "begin", "travel", "visit", "hold")
    if _is_present(verb, helpers):
        return True
    if verb.tag in ("VBN",) and verb.lemma in ("schedule", "expect", "plan", "set", "slate"):
        return True
    return verb.dep == "conj" and verb.tag == "VB" and verb.head.is_verb and _is_ahead(verb.head)
