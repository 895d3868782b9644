"""Scores readings against coded reports: events found, sourced claims right, each field of the matched ones.

A coded report is ``NAME.txt`` with ``NAME.meta.json`` and ``NAME.gold.json``, a list of coded claims. A reading's claim can
match a coded one of its event type whose trigger lies in its sentence; pairs are taken greedily, overlapping triggers
first, then by how many fields agree, each claim once.
"""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from reportedly.errors import InvalidGold
from reportedly.model.record import Claim, Participant, Place, Range, Report
from reportedly.reading.evaluation.figures import precision_recall_f1

Coded = dict[str, Any]
SOURCED: Final = ("kind", "polarity", "actors", "source", "anonymous")
"""The fields that must all be right for a sourced claim."""

_IGNORED: Final = re.compile(r"\b(?:the|a|an|some|several|many|al|el|ad|as|ash|at|az|an|ar)\b|[^\w\s]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CodedReport:
    name: str
    text: str
    title: str | None
    outlet: str | None
    published: str | None
    claims: list[Coded]

    @property
    def report(self) -> Report:
        return Report(text=self.text, title=self.title, outlet=self.outlet, published=self.published)


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that a reading got wrong."""

    report: str
    what: str
    expected: str
    got: str
    sentence: str


@dataclass(slots=True)
class Figures:
    """Counts over a corpus; ratios are computed when asked."""

    reports: int = 0
    gold: int = 0
    predicted: int = 0
    matched: int = 0
    sourced: int = 0
    right: dict[str, int] = field(default_factory=dict)
    asked: dict[str, int] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)
    confidences: list[tuple[float, bool]] = field(default_factory=list)
    """How sure the reader was of each claim, and whether it was there."""

    def f1(self, hits: int) -> tuple[float, float, float]:
        """Precision, recall and F1 of so many hits, rounded to three places."""
        return precision_recall_f1(hits, self.predicted, hits, self.gold)

    @property
    def events(self) -> tuple[float, float, float]:
        return self.f1(self.matched)

    @property
    def sourced_claims(self) -> tuple[float, float, float]:
        return self.f1(self.sourced)

    @property
    def reliability(self) -> list[tuple[float, float, int]]:
        """By tenths of confidence: its mean, the share of claims that were there, how many there were."""
        tenths: dict[int, list[tuple[float, bool]]] = {}
        for confidence, right in self.confidences:
            tenths.setdefault(min(9, int(10 * confidence)), []).append((confidence, right))
        return [
            (
                round(sum(c for c, _ in found) / len(found), 3),
                round(sum(r for _, r in found) / len(found), 3),
                len(found),
            )
            for _, found in sorted(tenths.items())
        ]

    @property
    def fields(self) -> dict[str, float]:
        return {name: round(self.right[name] / self.asked[name], 3) for name in sorted(self.asked)}


def load(folder: Path) -> list[CodedReport]:
    """Read a folder of coded reports. Raises InvalidGold where it holds none or one is broken."""
    reports = []
    for path in sorted(folder.glob("*.gold.json")):
        name = path.name.removesuffix(".gold.json")
        try:
            text = (folder / f"{name}.txt").read_bytes().decode("utf-8").replace("\r\n", "\n")
            meta = json.loads((folder / f"{name}.meta.json").read_text(encoding="utf-8"))
            claims = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise InvalidGold(
                f"{path}: {error}. A coded report needs NAME.txt, NAME.meta.json and NAME.gold.json."
            ) from None
        reports.append(CodedReport(name, text, meta.get("title"), meta.get("outlet"), meta.get("published"), claims))
    if not reports:
        raise InvalidGold(f"{folder}: no coded reports (NAME.gold.json beside NAME.txt) in this folder")
    return reports


def _plain(text: str | None) -> str:
    lowered = (text or "").lower().replace("-", " ").replace("'", "").replace("’", "")
    return " ".join(_IGNORED.sub(" ", lowered).split())


def _is_one_of(alternatives: str, texts: Iterable[str | None]) -> bool:
    wanted = [_plain(a) for a in alternatives.split("|")]
    for text in map(_plain, texts):
        if text and any(w and (w == text or f" {w} " in f" {text} " or f" {text} " in f" {w} ") for w in wanted):
            return True
        if text and text in wanted:
            return True
    return False


def _all_found(gold: Sequence[str], found: Sequence[Participant | Place]) -> bool:
    """Whether a list holds all that is asked for and at most one more; "?" marks what may be left out."""
    left = list(found)
    asked = [g for g in gold if not g.startswith("?")]
    for entry in sorted(gold, key=lambda g: g.startswith("?")):
        hit = next((p for p in left if _is_one_of(entry.lstrip("?"), (p.name, p.mention.text))), None)
        if hit is not None:
            left.remove(hit)
        elif not entry.startswith("?"):
            return False
    return len(left) <= (1 if asked else 0)


def _same_range(found: Range | None, low: int | None, high: int | None) -> bool:
    return (found.low if found else None) == low and (found.high if found else None) == high


def compare(gold: Coded, claim: Claim) -> dict[str, bool | None]:
    """Which fields of a coded claim a reading's claim gets right; None where the coding says nothing."""
    last = claim.attribution[-1].source
    time = gold.get("time")
    toll = gold.get("toll")
    found_toll = {kind: getattr(claim.toll, kind, None) for kind in ("killed", "injured", "captured", "displaced")}
    return {
        "mode": claim.event.mode in gold["mode"].split("|") if gold.get("mode") else None,
        "actors": _all_found(gold["actors"], claim.actors),
        "recipients": _all_found(gold["recipients"], claim.recipients),
        "places": _all_found(gold["places"], claim.places) if gold["places"] else None,
        "time": ((claim.time.start if claim.time else None) or "", (claim.time.end if claim.time else None) or "")
        == (time[0] or "", time[1] or "")
        if time
        else None,
        "toll": all(_same_range(found_toll[k], v[0], v[1]) for k, v in toll.items()) if toll else None,
        "kind": claim.status.kind in gold["status"].split("|"),
        "polarity": claim.status.polarity == gold["polarity"],
        "certainty": claim.status.certainty in gold["certainty"].split("|"),
        "source_type": last.type in gold["source_type"].split("|"),
        "anonymous": last.anonymous == bool(gold["anonymous"]),
        "source": _is_one_of(gold["source"], (last.name, last.mention.text if last.mention else None))
        or (gold["source_type"] == "outlet" and last.type == "outlet"),
        "chain": len(claim.attribution) == gold["chain"] if gold.get("chain") else None,
    }


def _trigger_spans(report: CodedReport, gold: Coded) -> list[tuple[int, int]]:
    at = report.text.find(gold["sentence"])
    if at < 0 or report.text.count(gold["sentence"]) != 1:
        raise InvalidGold(f"{report.name}: a coded sentence is not found exactly once: {gold['sentence'][:60]!r}")
    spans = []
    for trigger in gold["trigger"].split("|"):
        i = gold["sentence"].find(trigger)
        if i < 0:
            raise InvalidGold(f"{report.name}: trigger {trigger!r} is not in its sentence")
        spans.append((at + i, at + i + len(trigger)))
    return spans


def score(report: CodedReport, claims: Sequence[Claim], figures: Figures) -> None:
    """Add one report's comparison to the figures."""
    options = []
    for g, gold in enumerate(report.claims):
        spans = _trigger_spans(report, gold)
        for p, claim in enumerate(claims):
            if claim.event.type != gold["event"]:
                continue
            if not any(claim.sentence.start <= a and b <= claim.sentence.end for a, b in spans):
                continue
            agreed = compare(gold, claim)
            overlap = any(claim.trigger.start < b and a < claim.trigger.end for a, b in spans)
            options.append((overlap, sum(v is True for v in agreed.values()), -g, -p, agreed))
    used_gold: dict[int, int] = {}
    used_claims: set[int] = set()
    for _, _, g, p, agreed in sorted(options, key=lambda o: o[:4], reverse=True):
        if -g in used_gold or -p in used_claims:
            continue
        used_gold[-g] = -p
        used_claims.add(-p)
        for name, value in agreed.items():
            if value is not None:
                figures.asked[name] = figures.asked.get(name, 0) + 1
                figures.right[name] = figures.right.get(name, 0) + value
        figures.sourced += all(agreed[name] for name in SOURCED)
        _note_differences(report, report.claims[-g], claims[-p], agreed, figures)
    figures.confidences += [
        (claim.confidence, p in used_claims) for p, claim in enumerate(claims) if claim.confidence is not None
    ]
    figures.reports += 1
    figures.gold += len(report.claims)
    figures.predicted += len(claims)
    figures.matched += len(used_gold)
    for g, gold in enumerate(report.claims):
        if g not in used_gold:
            figures.misses.append(
                Miss(report.name, "missed", f"{gold['event']} “{gold['trigger']}”", "", gold["sentence"])
            )
    for p, claim in enumerate(claims):
        if p not in used_claims:
            figures.misses.append(
                Miss(report.name, "not there", "", f"{claim.event.type} “{claim.trigger.text}”", claim.sentence.text)
            )


def _note_differences(
    report: CodedReport, gold: Coded, claim: Claim, agreed: dict[str, bool | None], figures: Figures
) -> None:
    last = claim.attribution[-1].source
    shown: dict[str, tuple[Any, Any]] = {
        "mode": (gold["mode"], claim.event.mode),
        "actors": (gold["actors"], [p.name for p in claim.actors]),
        "recipients": (gold["recipients"], [p.name for p in claim.recipients]),
        "places": (gold["places"], [p.name for p in claim.places]),
        "time": (gold.get("time"), [claim.time.start, claim.time.end] if claim.time else None),
        "toll": (
            gold.get("toll"),
            {
                k: (v.low, v.high)
                for k in ("killed", "injured", "captured", "displaced")
                if (v := getattr(claim.toll, k, None))
            },
        ),
        "kind": (gold["status"], claim.status.kind),
        "polarity": (gold["polarity"], claim.status.polarity),
        "certainty": (gold["certainty"], claim.status.certainty),
        "source_type": (gold["source_type"], last.type),
        "anonymous": (gold["anonymous"], last.anonymous),
        "source": (gold["source"], last.name or (last.mention.text if last.mention else last.type)),
        "chain": (gold["chain"], len(claim.attribution)),
    }
    for name, value in agreed.items():
        if value is False:
            expected, got = shown[name]
            figures.misses.append(
                Miss(report.name, name, str(expected), str(got), f"[{claim.trigger.text}] {claim.sentence.text}")
            )
