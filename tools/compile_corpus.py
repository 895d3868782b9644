"""Compiles coded reports: `NAME.coded`, as a coder writes them, into `NAME.txt`, `NAME.meta.json` and `NAME.gold.json`.

    python tools/compile_corpus.py corpus/                 writes what has changed
    python tools/compile_corpus.py --check corpus/         says what is not as its coding, and fails

A `.coded` file is a head of `key: value` lines, the report's text, and one line for each claim, parted by lines of `---`:

    outlet: Sahel Ledger
    published: 2025-03-05
    conflict: Mali
    genre: wire brief
    ---
    Gunmen attacked a police post in Gao on Tuesday, killing two constables, the governor said.
    ---
    attacked :: ASSAULT | a=Gunmen | r=two constables | t=a police post | k=killed 2 "two constables" | p=Gao | w="on Tuesday" 2025-03-04 | s=the governor [official] "said"

The first part is the trigger (`#2` for its second place in the text, `+` between two words of one trigger) and the event with its mode. Then:

    a= r=   actors, recipients: mention[=Name][^SECTOR]; alternatives of a name with `/`, the first of which is the mention where there is no `=`
    m= t= v=  means, targets, loaded words
    k=      killed, injured, captured, displaced, each with a number (2, 12+, 4-6, -5) and its words in quotes
    p=      places: mention[=Name]; `?` before one that may be left out
    w=      the time's words in quotes and its day, or its first and last: 2025-03-04..2025-03-05; `-` where it cannot be known
    h=      how it is said: kind, `-` for a denial, ~likely or ~possible, and the words in quotes: predicted~likely "is expected to"
    s=      who says so below the outlet, the innermost last: mention[=Name] [type] "cue" > ...; `!` before the type where anonymous; ^ for the
            chain of the line before

Parts of a list are parted by `;`. A mention is looked for in the trigger's sentence, nearest to the trigger; else before it; else after it.
"""

import json
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from reportedly.model.plover import EVENT_TYPES, MODES

Span = dict[str, Any]
_SENTENCE_END: Final = re.compile(r"(?<=[.!?])[\"”’')]*\s+(?=[\"“‘'(]?[A-Z0-9])|\n+")
_ABBREVIATION: Final = re.compile(
    r"(?:\b(?:Mr|Mrs|Dr|Gen|Col|Lt|Maj|Capt|Sgt|St|No|Brig|Rev|Hon|Prof|approx|vs)|\b[A-Z])\.$"
)
_AS_GOOD: Final = {"witness": "witness|local", "local": "local|witness"}
"""Types of source between which a text often leaves no choice: people of the place, and those of them who saw it."""
_KINDS: Final = ("occurred", "planned", "predicted", "demanded", "conditional")


class CodingError(Exception):
    """A line of a coding that cannot be compiled, and why."""


@dataclass
class Text:
    """A report's text with its sentences."""

    text: str
    sentences: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        start = 0
        for match in _SENTENCE_END.finditer(self.text):
            if "\n" not in match.group() and _ABBREVIATION.search(self.text[start : match.start()]):
                continue
            end = match.start() + len(match.group()) - len(match.group().lstrip("\"”’')"))
            if self.text[start:end].strip():
                self.sentences.append((start, end))
            start = match.end()
        if self.text[start:].strip():
            self.sentences.append((start, len(self.text.rstrip())))

    def span(self, start: int, end: int) -> Span:
        return {"start": start, "end": end, "text": self.text[start:end]}

    def sentence_of(self, at: int) -> tuple[int, int]:
        return next((s for s in self.sentences if s[0] <= at < s[1]), (0, len(self.text)))

    def trigger(self, words: str) -> Span:
        """The place of a trigger: its only one, or the one numbered."""
        bare, _, number = words.partition("#")
        found = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(bare)}(?!\w)", self.text)]
        if not found:
            raise CodingError(f"trigger {bare!r} is not in the text")
        if not number and len(found) > 1:
            raise CodingError(f"trigger {bare!r} stands {len(found)} times; number it, as in {bare}#2")
        index = int(number or 1) - 1
        if index >= len(found):
            raise CodingError(f"trigger {bare!r} stands only {len(found)} times")
        return self.span(found[index], found[index] + len(bare))

    def near(self, words: str, trigger: Span) -> Span:
        """The mention meant: in the trigger's sentence the nearest, else the last before it, else the first after it."""
        bare, _, number = words.partition("#")
        if number:
            return self.trigger(words)
        found = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(bare)}(?!\w)", self.text)]
        if not found:
            raise CodingError(f"{bare!r} is not in the text")
        first, last = self.sentence_of(trigger["start"])
        inside = [at for at in found if first <= at < last]
        before = [at for at in found if at < first]
        at = min(inside, key=lambda a: abs(a - trigger["start"])) if inside else before[-1] if before else found[0]
        return self.span(at, at + len(bare))


def _parts(value: str, sign: str = ";") -> list[str]:
    return [part.strip() for part in value.split(sign) if part.strip()]


def _named(part: str) -> tuple[str, str]:
    mention, equals, name = part.partition("=")
    if not equals:
        return mention.split("/")[0].strip(), mention.strip()
    return mention.strip(), name.strip()


def _participant(part: str, text: Text, trigger: Span) -> tuple[str, dict[str, Any]]:
    body, _, sector = part.partition("^")
    mention, name = _named(body)
    return "|".join(dict.fromkeys([*name.split("/"), mention])), {
        "mention": text.near(mention, trigger),
        "name": name.split("/")[0],
        "sector": sector or None,
    }


def _number(words: str) -> list[int | None]:
    if words.endswith("+"):
        return [int(words[:-1]), None]
    low, dash, high = words.partition("-")
    if dash:
        return [int(low) if low else None, int(high)]
    return [int(words), int(words)]


def _toll(value: str, text: Text, trigger: Span) -> tuple[dict[str, list[int | None]], dict[str, Span]]:
    ranges, spans = {}, {}
    for part in _parts(value):
        match = re.fullmatch(r'(killed|injured|captured|displaced)\s+([\d+-]+)\s+"([^"]+)"', part)
        if not match:
            raise CodingError(f'toll {part!r}: write killed 2 "two men"')
        ranges[match.group(1)] = _number(match.group(2))
        spans[match.group(1)] = text.near(match.group(3), trigger)
    return ranges, spans


def _time(value: str, text: Text, trigger: Span) -> tuple[list[str | None] | None, Span | None]:
    match = re.fullmatch(r'(?:"([^"]+)"\s*)?(\S+)', value.strip())
    if not match:
        raise CodingError(f'time {value!r}: write "on Tuesday" 2025-03-04')
    words, window = match.groups()
    span = text.near(words, trigger) if words else None
    if window == "-":
        return [None, None], span
    first, dots, last = window.partition("..")
    for day in filter(None, (first, last)):
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
            raise CodingError(f"time {window!r}: no day")
    return [first or None, (last or None) if dots else first], span


_LINK: Final = re.compile(
    r'(?P<mention>.+?)\s*\[(?P<anonymous>!?)(?P<type>[a-z_]+)\]\s*(?:"(?P<cue>[^"]+)")?\s*(?P<quote>direct|indirect|mixed)?'
)


def _links(value: str, text: Text, trigger: Span, outlet: str | None) -> list[dict[str, Any]]:
    links: list[dict[str, Any]] = [
        {"source": None, "name": outlet, "type": "outlet", "anonymous": False, "cue": None, "quote": None}
    ]
    for part in _parts(value, " > "):
        match = _LINK.fullmatch(part)
        if not match:
            raise CodingError(f'source {part!r}: write the governor [official] "said"')
        mention, name = _named(match.group("mention"))
        links.append({
            "source": text.near(mention, trigger), "name": None if match.group("anonymous") else name, "type": match.group("type"),
            "anonymous": bool(match.group("anonymous")), "cue": text.near(match.group("cue"), trigger) if match.group("cue") else None,
            "quote": match.group("quote") or "indirect",
        })  # fmt: skip
    return links


def _status(value: str, text: Text, trigger: Span) -> tuple[str, str, str, Span | None]:
    match = re.fullmatch(r'([a-z]*)(-?)(?:~(likely|possible))?(?:\s*"([^"]+)")?', value.strip())
    if not match or (match.group(1) or "occurred") not in _KINDS:
        raise CodingError(f'status {value!r}: write predicted~likely "is expected to"')
    kind, denied, certainty, phrase = match.groups()
    return (
        kind or "occurred",
        "-" if denied else "+",
        certainty or "stated",
        text.near(phrase, trigger) if phrase else None,
    )


def claim(line: str, text: Text, outlet: str | None, before: dict[str, Any] | None) -> dict[str, Any]:
    """One coded claim in the format of the scorer, with exact spans beside."""
    head, *rest = [part.strip() for part in line.split(" | ")]
    words, colons, event = head.partition("::")
    kind, _, mode = event.strip().partition("/")
    if not colons or kind not in EVENT_TYPES or any(m not in MODES[kind] for m in filter(None, mode.split("/"))):
        raise CodingError(f"{head!r}: no event such as ASSAULT/drone")
    first, *others = words.strip().split("+")
    trigger = text.trigger(first.strip())
    given: dict[str, str] = {}
    for part in rest:
        key, equals, value = part.partition("=")
        if not equals or key not in set("armtvkpwhs"):
            raise CodingError(f"{part!r}: no such part")
        given[key] = value.strip()
    start, end = text.sentence_of(trigger["start"])
    actors = [_participant(p, text, trigger) for p in _parts(given.get("a", ""))]
    recipients = [_participant(p, text, trigger) for p in _parts(given.get("r", ""))]
    toll, toll_spans = _toll(given.get("k", ""), text, trigger)
    time, time_span = _time(given["w"], text, trigger) if "w" in given else (None, None)
    status, polarity, certainty, phrase = _status(given.get("h", ""), text, trigger)
    if given.get("s") == "^":
        if before is None:
            raise CodingError("s=^ on the first line")
        links = before["spans"]["attribution"]
    else:
        links = _links(given.get("s", ""), text, trigger, outlet)
    places = [(p.startswith("?"), *_named(p.lstrip("?"))) for p in _parts(given.get("p", ""))]
    inner = links[-1]
    named = inner["name"] if not inner["anonymous"] else None
    return {
        "sentence": text.text[start:end], "trigger": "|".join([trigger["text"], *(o.strip() for o in others)]), "event": kind, "mode": mode.replace("/", "|") or None,
        "actors": [names for names, _ in actors], "recipients": [names for names, _ in recipients],
        "means": _parts(given.get("m", "")), "toll": toll or None,
        "places": [("?" if optional else "") + "|".join(dict.fromkeys([*name.split("/"), mention])) for optional, mention, name in places],
        "time": time, "status": status, "polarity": polarity, "certainty": certainty,
        "source": "|".join(dict.fromkeys(filter(None, [named, inner["source"]["text"] if inner["source"] else None]))) or outlet,
        "source_type": _AS_GOOD.get(inner["type"], inner["type"]), "anonymous": inner["anonymous"], "chain": len(links),
        "spans": {
            "sentence": text.span(start, end), "trigger": trigger, "actors": [p for _, p in actors], "recipients": [p for _, p in recipients],
            "means": [text.near(m, trigger) for m in _parts(given.get("m", ""))], "targets": [text.near(t, trigger) for t in _parts(given.get("t", ""))],
            "toll": toll_spans, "places": [{"mention": text.near(mention, trigger), "name": name.split("/")[0], "optional": optional} for optional, mention, name in places],
            "time": time_span, "phrase": phrase, "attribution": links, "wording": [text.near(v, trigger) for v in _parts(given.get("v", ""))],
        },
    }  # fmt: skip


def compiled(source: str) -> tuple[str, dict[str, Any], list[dict[str, Any]]]:
    """A coding's text, what is known of the report, and its claims. Raises CodingError with the line that is wrong."""
    head, body, *coding = re.split(r"^---\n", source, flags=re.M)
    meta: dict[str, Any] = {
        key.strip(): value.strip() or None
        for key, _, value in (line.partition(":") for line in head.splitlines() if line.strip())
    }
    text = Text(body.strip() + "\n")
    claims: list[dict[str, Any]] = []
    for line in coding[0].splitlines() if coding else []:
        if not line.strip() or line.startswith("#"):
            continue
        try:
            claims.append(claim(line, text, meta.get("outlet"), claims[-1] if claims else None))
        except CodingError as error:
            raise CodingError(f"{line[:70]}: {error}") from None
    claims.sort(key=lambda c: int(c["spans"]["trigger"]["start"]))
    return text.text, {"title": None, "published": None, "outlet": None, **meta}, claims


def main() -> int:
    """Compile a folder; the exit status says whether anything was wrong, or with --check not as it is coded."""
    check = "--check" in sys.argv
    wrong = 0
    for path in sorted(Path(sys.argv[-1]).rglob("*.coded")):
        try:
            text, meta, claims = compiled(path.read_text(encoding="utf-8"))
        except CodingError as error:
            print(f"{path}: {error}", file=sys.stderr)
            wrong += 1
            continue
        for suffix, content in (
            (".txt", text), (".meta.json", json.dumps(meta, ensure_ascii=False, indent=1) + "\n"),
            (".gold.json", json.dumps(claims, ensure_ascii=False, indent=1) + "\n"),
        ):  # fmt: skip
            target = path.with_suffix(suffix)
            if target.exists() and target.read_text(encoding="utf-8") == content:
                continue
            if check:
                print(f"{target}: is not what {path.name} gives", file=sys.stderr)
                wrong += 1
            else:
                target.write_text(content, encoding="utf-8")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
