"""Scores weighing against stories: invented reports over some happenings, labelled by hand with copies, incidents, origins and disputes.

A `.story` file holds reports, each with a head of `key: value` lines and its text, and what is true of its incidents:

    @@ report-key
    outlet: Globe Press
    url: https://globepress.example/1
    published: 2025-03-05
    copies: other-report:copy, third-report:passages
    ---
    A bomb {killed|bomb} three soldiers in the district on Tuesday, an official said.

    == bomb origins 1-4 contradictions killed, denial

`{word|label}` marks a word that tells of the incident with that label. `copies` names the reports it was copied or lifted from.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from reportedly.errors import InvalidGold
from reportedly.model.record import Claim, Report
from reportedly.weighing.evaluation.grouping_scores import b_cubed
from reportedly.weighing.telling import Telling, WeighedReport
from reportedly.weighing.weigh import Weighed

_MARK: Final = re.compile(r"\{([^{|}]+)\|([\w-]+)\}")
_TRUTH: Final = re.compile(r"^== ([\w-]+) origins (\d+)-(\d+)(?: contradictions ([\w, ]+))?$")


@dataclass(frozen=True, slots=True)
class StoryReport:
    """A report of a story, with the labels of its marked words by where they start."""

    key: str
    report: Report
    copies: tuple[str, ...]
    labels: dict[int, str]

    def with_claims(self, claims: tuple[Claim, ...]) -> WeighedReport:
        """The report as weighed, with what was read in it."""
        report = self.report
        return WeighedReport(self.key, report.text, report.outlet, report.url, report.published, claims)


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true of an incident: how many origins, at least and at most, and what they disagree on."""

    low: int
    high: int
    contradictions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Story:
    reports: tuple[StoryReport, ...]
    truths: dict[str, Truth]


@dataclass(slots=True)
class StoryFigures:
    """Counts; ratios are computed when asked."""

    copies: Counter[str] = field(default_factory=Counter)
    disputes: Counter[str] = field(default_factory=Counter)
    labels: list[tuple[str, str]] = field(default_factory=list)
    """Of each labelled claim the label and the incident that it was put in."""
    ranges: list[tuple[str, tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)

    @property
    def copies_f1(self) -> float:
        return _f1(self.copies)

    @property
    def contradictions_f1(self) -> float:
        return _f1(self.disputes)

    @property
    def b_cubed_f1(self) -> float:
        """B-cubed F1 (Bagga and Baldwin 1998) of the labelled claims."""
        return round(b_cubed([label for label, _ in self.labels], [incident for _, incident in self.labels]), 3)

    @property
    def ranges_right(self) -> float:
        return (
            round(sum(asked == found for _, asked, found in self.ranges) / len(self.ranges), 3) if self.ranges else 0.0
        )


def _f1(counts: Counter[str]) -> float:
    total = 2 * counts["right"] + counts["wrong"] + counts["missed"]
    return round(2 * counts["right"] / total, 3) if total else 1.0


def load_stories(folder: Path) -> list[Story]:
    """Read the `.story` files of a folder. Raises InvalidGold where there is none, or one is malformed."""
    paths = sorted(folder.glob("*.story"))
    if not paths:
        raise InvalidGold(f"{folder}: no stories (*.story) there")
    return [_story(path) for path in paths]


def _story(path: Path) -> Story:
    truths: dict[str, Truth] = {}
    body, _, tail = path.read_text(encoding="utf-8").partition("\n== ")
    for line in f"== {tail}".splitlines():
        match = _TRUTH.match(line.strip())
        if match is None:
            raise InvalidGold(
                f"{path}: {line!r} is not of the form '== LABEL origins 1-2 contradictions killed, denial'"
            )
        about = frozenset(part.strip() for part in (match[4] or "").split(",") if part.strip())
        truths[match[1]] = Truth(int(match[2]), int(match[3]), about)
    reports = [_report(part, path) for part in re.split(r"^@@ ", body, flags=re.M)[1:]]
    unknown = {label for r in reports for label in r.labels.values()} - set(truths)
    if unknown:
        raise InvalidGold(f"{path}: nothing is told of {', '.join(sorted(unknown))}")
    return Story(tuple(reports), truths)


def _report(part: str, path: Path) -> StoryReport:
    head, _, marked = part.partition("---\n")
    key, *lines = head.splitlines()
    values = {k.strip(): v.strip() for k, _, v in (line.partition(":") for line in lines)}
    if not marked or "published" not in values:
        raise InvalidGold(f"{path}, {key}: a report needs a head with its day of publication, and a text")
    text, labels, at = "", {}, 0
    for match in _MARK.finditer(marked.strip()):
        text += marked.strip()[at : match.start()]
        labels[len(text)] = match[2]
        text += match[1]
        at = match.end()
    text += marked.strip()[at:] + "\n"
    copies = tuple(c.strip().partition(":")[0] for c in values.get("copies", "").split(",") if c.strip(" -"))
    report = Report(text=text, outlet=values.get("outlet"), url=values.get("url"), published=values["published"])
    return StoryReport(key.strip(), report, copies, labels)


def score_story(story: Story, weighed: Weighed, figures: StoryFigures) -> None:
    """Add one story's figures; its reports were weighed with `with_claims`, with those of other stories or alone."""
    _score_copies(story, weighed, figures)
    labels = _labels(story, weighed)
    incident_of = {t.key: item.incident.key for item in weighed.incidents for t in item.incident.tellings}
    figures.labels += [(f"{story.reports[0].key} {label}", incident_of[telling]) for telling, label in labels.items()]
    _score_incidents(story, weighed, figures, labels)


def _score_copies(story: Story, weighed: Weighed, figures: StoryFigures) -> None:
    own = {report.key for report in story.reports}
    asked = {frozenset((report.key, other)) for report in story.reports for other in report.copies}
    found = {frozenset((e.source, e.copy)) for e in weighed.copies if {e.source, e.copy} & own}
    figures.copies.update(right=len(asked & found), wrong=len(found - asked), missed=len(asked - found))
    figures.misses += [
        f"copies: {' and '.join(sorted(pair))} {'missed' if pair in asked else 'are none'}"
        for pair in sorted(asked ^ found, key=sorted)
    ]


def _labels(story: Story, weighed: Weighed) -> dict[str, str]:
    """The label of each claim that was read at a marked word, or in its sentence where nothing was read at the mark itself."""
    reports = {report.key: report for report in story.reports}
    by_report: dict[str, list[Telling]] = defaultdict(list)
    for item in weighed.incidents:
        for telling in item.incident.tellings:
            if telling.report.key in reports:
                by_report[telling.report.key].append(telling)
    found: dict[str, str] = {}
    for name, tellings in by_report.items():
        for start, label in reports[name].labels.items():
            at = [t for t in tellings if t.claim.trigger.start <= start < t.claim.trigger.end]
            near = [
                t for t in tellings if t.claim.sentence.start <= start < t.claim.sentence.end and t.key not in found
            ]
            found.update({t.key: label for t in at or near[:1]})
    return found


def _score_incidents(story: Story, weighed: Weighed, figures: StoryFigures, labels: dict[str, str]) -> None:
    for label, truth in story.truths.items():
        held = Counter(
            {w.incident.key: sum(labels.get(t.key) == label for t in w.incident.tellings) for w in weighed.incidents}
        )
        key, claims = max(held.items(), key=lambda item: (item[1], item[0]))
        if not claims:
            continue
        item = next(w for w in weighed.incidents if w.incident.key == key)
        figures.ranges.append((label, (truth.low, truth.high), (item.independence.low, item.independence.high)))
        about = {c.about for c in item.contradictions}
        figures.disputes.update(
            right=len(about & truth.contradictions), wrong=len(about - truth.contradictions), missed=len(truth.contradictions - about)
        )  # fmt: skip
        if (truth.low, truth.high) != (item.independence.low, item.independence.high):
            figures.misses.append(
                f"origins: {label} {truth.low}-{truth.high} found as {item.independence.low}-{item.independence.high}"
            )
        figures.misses += [
            f"contradictions: {label} {name} {'missed' if name in truth.contradictions else 'is none'}"
            for name in sorted(about ^ truth.contradictions)
        ]
