"""The wording of time: which stretches of a sentence say when, and of what kind each is. What they mean: time_values."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reportedly.knowledge.time_windows import HIJRI_MONTHS

DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
SHORT_MONTHS: Final = {m[:3]: i + 1 for i, m in enumerate(MONTHS)} | {"sept": 9}
_ONES: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBERS: Final[dict[str, int]] = (
    {w: i for i, w in enumerate(_ONES)}
    | {t: 10 * (i + 2) for i, t in enumerate(_TENS)}
    | {f"{t}-{o}": 10 * (i + 2) + k for i, t in enumerate(_TENS) for k, o in enumerate(_ONES[1:10], start=1)}
    | {"a": 1, "an": 1, "one": 1, "hundred": 100}
)
ORDINALS: Final = {
    w: i + 1 for i, w in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split())
} | {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
VAGUE_COUNTS: Final = {
    "couple": "couple",
    "couple of": "couple",
    "few": "few",
    "a few": "few",
    "several": "several",
    "some": "several",
    "many": "several",
}

DAY: Final = (
    "(?:"
    + "|".join(DAYS)
    + r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days|(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat)\.(?=\s))"
)
MONTH: Final = (
    "(?:"
    + "|".join(
        [
            *MONTHS,
            *(rf"{s}\.?" for s in SHORT_MONTHS if s not in ("may", "mar", "sep", "jan", "dec")),
            r"mar\.",
            r"sep\.?",
            r"jan\.?",
            r"dec\.?",
        ]
    )
    + r")(?![a-z])"
)
UNIT: Final = r"(?:seconds?|minutes?|hours?|days?|nights?|weeks?|weekends?|fortnights?|months?|quarters?|years?|decades?|centur(?:y|ies))"
PART: Final = r"(?:morning|afternoon|evening|night|dawn|dusk|noon|midday|midnight|sunrise|sunset|daybreak|nightfall)"
COUNT: Final = (
    r"(?:\d+(?:[.,]\d+)?(?: ?1/2| and a half)?|(?:a |the )?(?:couple(?: of)?|few|several)|several|some|many|an? dozen|dozens of|hundreds of|"
    + "|".join(sorted((w for w in NUMBERS), key=len, reverse=True)) + r")"
)  # fmt: skip
_NUM: Final = r"(?:\d+|" + "|".join(sorted((w for w in NUMBERS if w not in ("a", "an")), key=len, reverse=True)) + ")"
_ORDINAL: Final = "(?:" + "|".join(ORDINALS) + "|last|final)"
YEAR: Final = r"(?:1[89]\d{2}|20\d{2})(?!\d|[,.]\d|%)"
_NTH: Final = r"\d{1,2}(?:st|nd|rd|th)?"
DATE: Final = (
    rf"(?:(?:the )?{_NTH}(?: of)? {MONTH}|{MONTH} (?:the )?{_NTH}(?!\d|:\d|[.,]\d{{3}}(?!\d)))(?:,? (?:in )?{YEAR})?"
)
CLOCK: Final = r"(?:\d{1,2}(?::\d{2}(?::\d{2})?)? ?(?:a\.m\.|p\.m\.|am\b|pm\b)|\d{1,2}:\d{2}(?::\d{2})?(?: ?(?:hours|hrs|h\b))?|\d{1,2} o'clock|[0-2]\d[0-5]\d (?:hours|hrs|GMT|UTC|local time))(?: ?(?:GMT|UTC|EST|EDT|local time|local))?"
_SEASON: Final = r"(?:spring|summer|autumn|fall|winter)"
_QUARTER: Final = r"(?:(?:first|second|third|fourth|1st|2nd|3rd|4th|final)[- ](?:fiscal )?quarter|q[1-4])"
_HALF: Final = r"(?:first|second) half"
_HIJRI: Final = (
    "(?:" + "|".join(sorted((re.escape(m).replace(r"\ ", "[ -]") for m in HIJRI_MONTHS), key=len, reverse=True)) + ")"
)
_FEAST: Final = (
    r"(?:christmas(?: eve| day)?|new year(?:'s|’s)(?: eve| day)?|good friday|palm sunday|easter(?: sunday| monday)?|nowruz|newroz|thanksgiving|"
    r"eid al-fitr|eid al-adha|ashura|halloween|orthodox christmas|valentine(?:'s|’s) day)"
)
_WHICH: Final = r"(?:last|next|this|the past|the coming|the previous|the following|the next|the last|the current|that|previous|coming|the same|the very same|the upcoming|this coming|this past|the present)"
_EDGE: Final = r"(?:end|beginning|start|middle|close|turn|outset|eve|last days|first days|final days|early days)"
_ABOUT: Final = r"(?:(?:about|around|nearly|almost|some|roughly|more than|less than|at least|over|under|up to|approximately|just|only|as many as|at most|no more than) )?"
_MOD: Final = r"(?:early|late|mid|earlier|later)"

_PATTERNS: Final[dict[str, str]] = {
    "iso": r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?Z?)?",
    "dtg": r"\d{6}Z? ?(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC) ?\d{2}",
    "numeric": r"\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d{2})(?!\d)",
    "nine eleven": r"9/11",
    "nights": rf"(?:(?:the )?night|overnight) (?:(?:from|between|of|on) )?{DAY} (?:to|and|into|through) {DAY}",
    "night into": rf"overnight (?:into|to) {DAY}|overnight (?:on )?{DAY}",
    "hijri range": rf"(?:the )?(?:first|last|holy|final|blessed)? ?(?:days |week )?(?:of )?(?:the )?(?:holy )?(?:month of )?{_HIJRI}(?: \d{{4}})?(?: AH| A\.H\.)?",
    "hijri day": rf"(?:the )?{_NTH}(?: of)? {_HIJRI}(?:,? \d{{4}})?(?: AH| A\.H\.)?",
    "feast": rf"{_FEAST}(?: {YEAR})?",
    "day range": rf"(?:between |from )?(?:{_NTH}(?: and | to | or | ?[-–] ?)(?:the )?{_NTH} {MONTH}|{MONTH} {_NTH}(?: and | to | or | ?[-–] ?){_NTH}(?!\d|:))(?:,? {YEAR})?",
    "date range": rf"(?:between |from ){DATE} (?:and|to|until|through|till) {DATE}",
    "weekday range": rf"(?:between |from ){DAY} (?:and|to|until|through|till) {DAY}|{DAY} (?:through|to) {DAY}",
    "year range": rf"(?:(?:between |from ){YEAR} (?:and|to|until) {YEAR}|{YEAR} ?[-–] ?(?:{YEAR}|\d{{2}})(?!\d|-))",
    "weekday date": rf"(?:(?:on|by|before|until|since|from) )?{DAY},? (?:the )?{DATE}",
    "week of": rf"(?:the )?(?:{_ORDINAL}|week of|whole|entire)(?: (?:full )?week)? (?:of|in) (?:{MONTH}(?: {YEAR})?|next month|this month|last month|the month|{DATE})",
    "edge": rf"(?:(?:by|before|until|till|at|toward|towards|through|since|from|around|near) )?(?:the )?(?:very )?{_EDGE} of (?:the )?(?:this |next |last |current |coming )?(?:week|month|year|day|decade|century|quarter|{YEAR}|{MONTH}(?: {YEAR})?|{_SEASON})",
    "modified month": rf"(?:(?:by|before|until|till|in|from|since|around) )?(?:the )?{_MOD}(?:[- ](?:to[- ](?:early|mid|late)[- ])?|[- ]in[- ]){MONTH}(?:,? {YEAR})?",
    "modified year": rf"(?:(?:by|before|until|till|in|from|since|around) )?(?:{_MOD})[- ](?:in )?{YEAR}",
    "modified decade": r"(?:(?:in|since|from|by) )?(?:the )?(?:(?:early|late|mid)[- ])?(?:1[89]\d0s|20\d0s|['’]\d0s|(?:nineteen-?)?(?:twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))",
    "century": r"(?:the )?(?:early |late |mid-?)?(?:\d{1,2}(?:st|nd|rd|th)|eighteenth|nineteenth|twentieth|twenty-first)[- ]century",
    "earlier": rf"(?:much )?(?:earlier|later|early|late) (?:in )?(?:this|last|next|the|that) (?:week|weekend|month|year|{_SEASON}|decade|morning|afternoon|evening|quarter)",
    "coming units": rf"(?:(?:in|within|over|during|for|throughout) )?(?:the |this )?(?:coming|next|following|upcoming)(?: {_ABOUT}(?:{COUNT}))? (?:seconds|minutes|hours|days|weeks|months|years|quarters|decades|{COUNT} {UNIT})",
    "coming one": rf"(?:within|over|during|in|for) the (?:coming|next|following) {UNIT}",
    "past units": rf"(?:(?:in|over|during|within|for|throughout) )?(?:the |these )?(?:past|last|previous|preceding|prior)(?: {_ABOUT}{COUNT})? (?:seconds|minutes|hours|days|nights|weeks|weekends|months|years|quarters|decades|centuries|fortnight)",
    "past one": rf"(?:over|during|within|for|in) the (?:past|last|previous|preceding) {UNIT}",
    "recent units": r"(?:(?:in|over|during|for) )?(?:the )?(?:most )?(?:recent|more recent) (?:hours|days|weeks|months|years|decades|times|past)",
    "ago": rf"(?:since |until |as of )?{_ABOUT}{COUNT}(?: (?:and|to|or) {_NUM})?[ -]{UNIT}(?: and a half)? ago(?: today| this week| this month| on {DAY})?",
    "year-ago": r"(?:the )?(?:same |comparable )?(?:year|month|week)-(?:ago|earlier)(?: (?:quarter|period|month))?",
    "from now": rf"{_ABOUT}{COUNT} {UNIT} (?:from now|hence|from today)|(?:in|within) {_ABOUT}{COUNT}(?: (?:to|or) {_NUM})? (?:more )?{UNIT}(?:['’]s?)?(?: time)?(?! (?:ago|earlier|later|before|after))",
    "count anaphor": rf"(?:just |only |a full )?{_ABOUT}{COUNT} {UNIT} (?:later|earlier|before|after(?:wards?)?|previously|beforehand|prior)(?! that)",
    "bare anaphor": r"(?:just |only )?(?:seconds|minutes|hours|days|weeks|months|years) (?:later|earlier|before|after|ago|afterwards)",
    "day anaphor": rf"(?:(?:on|in|by|until) )?(?:the |that )(?:(?:very )?(?:next|following|previous|preceding|same) (?:day|night|evening|morning|afternoon|week|month|year|weekend|{DAY})|day (?:before|after)(?! yesterday| tomorrow)|(?:week|month|year) (?:before|after)|morning after|night before)",
    "that unit": rf"(?:(?:on|in|by|at|during|of|since|until) )?(?:that|the same|this very) (?:day|night|evening|morning|afternoon|week|weekend|month|year|hour|decade|{_SEASON})",
    "same month day": rf"(?:(?:on|by|until|since) )?the {_NTH} of (?:the (?:same|following|next|previous|current)|this|that|next|last) month",
    "ordinal day": r"(?:on|by|until|since) the \d{1,2}(?:st|nd|rd|th)(?! (?:of|day|time|round|floor|century|brigade|division|battalion|anniversary|parallel|infantry|edition|regiment|army))",
    "yesterday plus": r"(?:(?:the )?day (?:before yesterday|after tomorrow))",
    "deictic": rf"(?:(?:early|late|earlier|later|since|until|till|by|from|before|as of|as early as|at {PART}) )*(?:today|yesterday|tomorrow|tonight|overnight|last night|tomorrow night|this {PART}|(?:yesterday|tomorrow) {PART})(?: (?:morning|afternoon|evening|night|at dawn|at noon))?",
    "part of day": rf"(?:(?:early|late) )?(?:in the|at|before|around|after|since|until|by|during the|towards?) (?:early |late |small |predawn |pre-dawn )?(?:hours of (?:the )?)?(?:{PART}|night-?time|daytime|small hours|early hours)(?: (?:today|yesterday|tomorrow|on {DAY}|{DAY}|on {DATE}|{DATE}))?",
    "noon": r"(?:midnight|noon|midday)",
    "predawn": rf"(?:early|late|mid)-(?:morning|afternoon|evening|night)|late (?:at )?night|(?:earlier|later|early|late) in the day|(?:in )?(?:the )?(?:predawn|pre-dawn|early morning|small|wee|early) hours(?: of (?:{DAY}|today|yesterday|the morning|the day|{DATE}))?",
    "weekday": rf"(?:(?:in the )?(?:early|small|late) hours (?:of|on) |(?:early|late|earlier|later)(?: (?:on|in))? |(?:before|at|around|after|near|towards?) (?:dawn|noon|midday|midnight|dusk) on |on |since |by |until |till |before |after |from |next |last |this |this past |this coming |the previous |the following |the next |a week (?:ago |from )(?:on )?)*{DAY}(?:'s|’s)?(?: early| late)?(?: {PART})?(?: (?:last|this|next) week)?(?:(?: at| around|,)? {CLOCK})?",
    "part weekday": rf"(?:the )?{PART} of (?:{DAY}|{DATE})",
    "week unit": rf"(?:(?:in|during|over|by|since|until|for|throughout|at|on|before|after) )?{_WHICH} (?:{PART}|week|weekend|month|year|quarter|decade|century|{_SEASON}|fiscal year|financial year|semester|hour|minute)(?:'s|’s)?",
    "all unit": r"(?:all|throughout|during|for much of|for most of|for the rest of|the rest of|the remainder of)(?: of)? (?:the |this |last )?(?:day|night|week|weekend|month|year|decade|summer|winter|spring|autumn|century)",
    "the weekend": r"(?:(?:over|at|on|during|by|until|since|for) )?the weekend",
    "the unit": r"(?:in|for|during|of|over|so far) the (?:quarter|year|month|week)(?=[\s,.;]*(?:$|[,.;)]|and|or|to|from|but|the|as|with|a|that|after|before|because|while|compared)\b)",
    "month year": rf"(?:(?:in|last|next|this|since|by|until|before|from|during|of|through|around) )?(?:{MONTH}|{_SEASON})(?: of|,)? {YEAR}",
    "month range": rf"(?:between |from )?{MONTH}(?: {YEAR})?(?: and | to | through | until |[-–]){MONTH}(?: {YEAR})?",
    "month": rf"(?:(?:in|last|next|this|since|by|until|till|before|after|from|during|of|through|around|every|past) )*{MONTH}(?: (?:last|this|next|of last|of this|of next) year)?(?! \d)",
    "date": rf"(?:(?:on|by|before|until|till|since|from|after|around|through|dated|as of) )?(?:(?:the )?{PART} of )?{DATE}(?:,? (?:at|around) {CLOCK})?",
    "quarter": rf"(?:(?:in|for|during|by|since) )?(?:the |this year['’]s |last year['’]s )?(?:{_QUARTER}|{_HALF})(?: of)?(?: (?:the |this |last |next )?(?:fiscal )?(?:{YEAR}|year))?",
    "fiscal": r"(?:fiscal(?: year)?|FY) ?(?:\d{4}|['’]?\d{2})",
    "season": rf"(?:(?:in|during|since|by|until) )?(?:the |last |this |next |early |late |mid-?)+{_SEASON}(?: of {YEAR})?",
    "year": rf"(?:(?:in|since|during|until|till|by|from|before|after|through|of|around|year|late in|early in) )*{YEAR}(?!\.\d|-\d{{2}}-)(?: AD| CE)?",
    "clock": rf"(?:(?:at|around|about|by|before|after|until|since|from|between) )*{CLOCK}(?: (?:on )?(?:{DAY}|today|yesterday|tomorrow|tonight|{DATE}))?",
    "set": rf"(?:every|each)(?: other| single|\s{_NUM})? (?:{DAY}|{UNIT}|{PART}|{_SEASON}|{MONTH})|(?:on )?(?:{DAYS[0]}s|tuesdays|wednesdays|thursdays|fridays|saturdays|sundays)|(?:bi-?|semi-?)?(?:daily|hourly|weekly|monthly|quarterly|yearly|annually|nightly|annual)|(?:{_NUM}|an?|several|many|once|twice|three times) (?:times? )?(?:an?|per|each|every) (?:second|minute|hour|day|night|week|month|quarter|year|decade)|per (?:day|week|month|year|hour)|(?:day|week|month|year|night) (?:after|by|in,) (?:day|week|month|year|night)(?: out)?|year-(?:on|over)-year|nights and weekends",
    "duration": rf"(?:(?:for|lasting|lasted) )?(?:the (?:first |entire |whole |full )?|a full |another |an additional )?{_ABOUT}{COUNT}(?:(?:-| to | or | and )(?:{_NUM}))?(?: (?:more|full|straight|consecutive|whole|long|solid|additional|working|business|calendar|short|entire))*[ -]{UNIT}(?: and a half)?(?![- ]old)",
    "adjective duration": rf"(?:(?:\d+|{'|'.join(w for w in NUMBERS if len(w) > 2)}|multi|half|several|few)-(?:second|minute|hour|day|night|week|month|quarter|year|decade|century)(?:s)?(?:-long)?|(?:day|week|month|year|decade|hour|night)s?-?long)(?![- ]old)",
    "bare duration": r"(?:seconds|minutes|hours|days|nights|weeks|months|years|decades|centuries) of(?= )|(?:for|in|over|after|within|of|during) (?:(?:the )?(?:many|long|countless|past|so many|recent|coming) )?(?:seconds|minutes|hours|days|nights|weeks|months|years|decades|centuries)(?: now| on end)?(?! (?:later|earlier|before|after|ago))",
    "plain duration": r"(?:(?:half )?an hour|half a (?:day|year|century|decade)|a (?:day|night|week|fortnight|month|quarter of a century|year|decade|century|minute)(?: and a half)?)(?! (?:ago|later|earlier|before|after|old)|-)",
    "reference": r"(?:right |until |till |by |as of |for |from |up to )?now(?! (?:that|,? known))|(?:until |more )?recently|lately|nowadays|currently|presently|at (?:present|the moment|this (?:time|point|moment|stage)|the time|that time)|these days|(?:in |for )?the (?:near |foreseeable |immediate |distant |not-too-distant |recent |very near |not too distant )?(?:future|past)|in (?:the )?future|(?:very )?soon|(?:the )?medium term|(?:in |over )?the (?:short|long|longer|medium)[- ]term|imminently|previously|formerly|so far (?:this|last) (?:year|month|week)",
}  # fmt: skip
"""Kind of expression -> wording. Of several that match at one place the longest counts, of equally long ones the first."""

_NEEDS: Final[dict[str, str]] = {
    "iso": "digits", "dtg": "digits", "numeric": "digits", "nine eleven": "digits", "nights": "day", "night into": "day", "hijri range": "hijri", "hijri day": "hijri",
    "feast": "feast", "day range": "month", "date range": "month", "weekday range": "day", "year range": "digits", "weekday date": "day",
    "week of": "unit", "edge": "edge", "modified month": "month", "modified year": "digits", "modified decade": "decade", "century": "unit",
    "earlier": "order", "coming units": "coming", "coming one": "coming", "past units": "past", "past one": "past", "recent units": "recent",
    "ago": "order", "year-ago": "order", "from now": "unit", "count anaphor": "order", "bare anaphor": "order", "day anaphor": "order",
    "that unit": "that", "same month day": "unit", "ordinal day": "ordinal", "yesterday plus": "deictic", "deictic": "deictic", "part of day": "part",
    "noon": "noon", "predawn": "unit", "weekday": "day", "part weekday": "part", "week unit": "which", "all unit": "unit", "the weekend": "unit", "the unit": "unit", "month year": "digits",
    "month range": "month", "month": "month", "date": "month", "quarter": "quarter", "fiscal": "digits", "season": "season", "year": "digits",
    "clock": "clock", "set": "set", "duration": "unit", "adjective duration": "hyphen", "bare duration": "unit", "plain duration": "unit",
    "reference": "reference",
}  # fmt: skip
"""Kind of expression -> the sort of word that it cannot be without, looked for first because most sentences have few of them."""
_SORTS: Final = {
    sort: re.compile(pattern, re.IGNORECASE)
    for sort, pattern in {
        "digits": r"\d\d|\d/\d", "ordinal": r"\d(?:st|nd|rd|th)\b", "clock": r"\d:\d\d|\d ?[ap]\.?m|o'clock|\d\d\d\d (?:hours|hrs|GMT|UTC|local)",
        "day": r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|\b(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat)\.",
        "month": r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", "hijri": "|".join(re.escape(m).replace(r"\ ", "[ -]") for m in HIJRI_MONTHS),
        "feast": r"christmas|new year|friday|easter|palm|nowruz|newroz|thanksgiving|\beid\b|ashura|halloween|valentine",
        "unit": r"second|minute|hour|day|night|week|month|quarter|year|decade|centur", "edge": r"end|begin|start|middle|close|turn|outset|eve|days",
        "decade": r"\d0s|ties\b", "order": r"later|earlier|before|after|previous|preceding|next|following|early|late|ago|hand|prior|same",
        "coming": r"coming|next|following", "past": r"past|last|previous|preceding|prior", "recent": "recent", "that": "that|same|very",
        "deictic": r"day|tomorrow|tonight|overnight|last night|this", "part": r"morning|afternoon|evening|night|dawn|dusk|noon|midday|sunrise|sunset|daybreak|hours|day",
        "which": r"last|next|this|past|coming|previous|following|current|that|same|present", "quarter": r"quarter|half|q[1-4]\b",
        "season": r"spring|summer|autumn|fall|winter", "set": r"every|each|ly\b|annual|days\b|\bper\b|nights|\ban?\b|(?:day|week|month|year|night) (?:after|by|in)|year-",
        "noon": r"\bmidnight|\bnoon|\bmidday", "hyphen": r"-(?:second|minute|hour|day|night|week|month|quarter|year|decade|century|long)|(?:day|week|month|year|decade|hour|night)s?long",
        "reference": r"now|recent|late|current|present|the|time|days|future|past|soon|shortly|term|imminent|previous|former|so far|to date|meantime|moment|then",
    }.items()
}  # fmt: skip
_COMPILED: Final = tuple(
    (kind, _NEEDS[kind], re.compile(rf"(?<![\w/$€£])(?<!\d[,.])(?:{pattern})(?![\w%])", re.IGNORECASE))
    for kind, pattern in _PATTERNS.items()
)
_ORDER: Final = {kind: i for i, kind in enumerate(_PATTERNS)}
_AMBIGUOUS_MONTHS: Final = re.compile(
    r"(?:\b(?:in|last|next|this|since|by|until|till|during|of|early|late|mid)[ -])?\b(?:may|march|mar|dec|sun|sat|fri)\b",
    re.IGNORECASE,
)
_NAMES_AFTER: Final = re.compile(
    r"\s+(?:Times|Telegraph|Mail|Herald|Express|Post|Night|Mirror|World|Agreement|Accord|Accords|Movement|Coalition|Brigade|Front|Council|Group|Square|Street)\b"
)
_ORDINAL_OR_SHARE: Final = re.compile(
    r"(?:(?:about|around|nearly|almost|more than|less than|at least|over|under|up to|just|only) )?(?:an? |the )?(?:(?:a|an|one|two|three)[ -])?(?:second|quarters?)",
    re.IGNORECASE,
)
_BEFORE_WHAT: Final = re.compile(r"\b(?:after|before|prior)$", re.IGNORECASE)
_GOES_ON: Final = re.compile(r"\s+[\w'\"“]")
_TO_LAST: Final = re.compile(r"\b(?:to|will|would|could|can|may|might|should|not)\s+$", re.IGNORECASE)
_A_NAME_BEFORE: Final = re.compile(r"\b(?:[A-Z][a-z]+|Mrs?\.?|Ms\.?) $")
_NAMES_BEFORE: Final = re.compile(r"(?:\b(?:Bloody|Black|Super|Palm|Ash|Operation|Camp|Joint) )$")


@dataclass(frozen=True, slots=True)
class Expression:
    """Characters [start, end) of a sentence that say when, and their kind."""

    start: int
    end: int
    kind: str
    text: str


def expressions(text: str) -> Iterator[Expression]:
    """Time expressions of a sentence in order, without overlap, the longest where several begin."""
    present = {sort for sort, pattern in _SORTS.items() if pattern.search(text)}
    found = [
        Expression(match.start(), match.end(), kind, match.group())
        for kind, needed, pattern in _COMPILED
        if needed in present
        for match in pattern.finditer(text)
        if match.end() > match.start() and _is_time(text, match.start(), match.end(), kind)
    ]
    found.sort(key=lambda e: (e.start, -e.end, _ORDER[e.kind]))
    # A longer one that begins a little later beats a shorter one that it overlaps.
    end = -1
    for i, expression in enumerate(found):
        if expression.start < end:
            continue
        better = [
            o
            for o in found[i + 1 :]
            if expression.start < o.start < expression.end
            and o.end > expression.end
            and o.end - o.start > 1.3 * (expression.end - expression.start)
        ]
        if better:
            continue
        yield expression
        end = expression.end


def _is_time(text: str, start: int, end: int, kind: str) -> bool:
    """Whether a stretch that looks like time is not a verb ("may"), a name ("Sunday Times") or part of a number."""
    matched = text[start:end]
    if _NAMES_AFTER.match(text, end) and matched.split()[-1][:1].isupper():
        return False
    if _NAMES_BEFORE.search(text[:start]):
        return False
    if kind in ("month", "weekday") and _AMBIGUOUS_MONTHS.fullmatch(matched):
        word = matched.split()[-1]
        if not word[:1].isupper() or (start == 0 and " " not in matched):
            return False
        if word.lower() in ("may", "march") and " " not in matched and _A_NAME_BEFORE.search(text[:start]):
            return False
        if word.lower() == "march" and " " not in matched and text[:start].rstrip().endswith(("the", "a", "The", "A")):
            return False
    if kind == "count anaphor" and _BEFORE_WHAT.search(matched) and _GOES_ON.match(text, end):
        return False  # "two days after the quake": how long after, not when
    if kind in ("past units", "past one") and matched.lower().startswith("last") and _TO_LAST.search(text[:start]):
        return False
    if kind == "year":
        after = text[end : end + 12].lstrip().lower()
        if " " not in matched and after.startswith(
            (
                "people",
                "troops",
                "soldiers",
                "men",
                "km",
                "miles",
                "fighters",
                "civilians",
                "dollars",
                "homes",
                "families",
                "tonnes",
                "meters",
                "metres",
                "square",
            )
        ):
            return False
        if " " not in matched and text[:start].rstrip().endswith(
            ("about", "nearly", "than", "least", "No.", "Resolution", "resolution", "$", "some", "almost", "route")
        ):
            return False
    if (
        kind == "duration"
        and _ORDINAL_OR_SHARE.fullmatch(matched)
        and not text[end : end + 14].startswith(" of a century")
    ):
        return False
    if kind in ("duration", "plain duration") and re.match(r"[- ](?:old\b|olds\b)", text[end : end + 5]):
        return False
    if kind == "plain duration" and re.match(r"\s+(?:of|in which)\b", text[end:]) and "hour" not in matched:
        return True
    return True
