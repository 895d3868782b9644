"""The papers around a release: a Frictionless data package with checksums, notes, citation, codebook."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from reportedly.model.release import Profile
from reportedly.release.columns import CLAIM_COLUMNS, EVENT_COLUMNS, Column
from reportedly.release.formats import acled, ucdp
from reportedly.release.formats.writing import About

_SCHEMAS: Final[dict[str, Sequence[Column[Any]]]] = {
    "events.csv": EVENT_COLUMNS, "events.hxl.csv": EVENT_COLUMNS, "events.acled.csv": acled.COLUMNS, "events.ucdp.csv": ucdp.COLUMNS, "claims.csv": CLAIM_COLUMNS,
}  # fmt: skip
_CHANGES: Final = {
    "fields": [
        {"name": "id", "type": "string"},
        {"name": "change", "type": "string", "constraints": {"enum": ["added", "changed", "withdrawn"]}},
    ]
}
_MAGNITUDES: Final = (
    (10, "fewer than 10"),
    (100, "10 to 99"),
    (1_000, "100 to 999"),
    (10_000, "1,000 to 9,999"),
    (100_000, "10,000 to 99,999"),
)


@dataclass(frozen=True, slots=True)
class Written:
    """A file of a release: its name, what it is, how long it is, and its SHA-256."""

    name: str
    media_type: str
    size: int
    sha256: str


def descriptor(about: About, files: Sequence[Written]) -> str:
    """datapackage.json (Frictionless Data Package, version 1)."""
    licence = about.profile.licence
    package: dict[str, Any] = {
        "profile": "data-package", "name": f"reportedly-{about.profile.name}-{about.day}", "title": about.title, "version": about.day,
        "created": f"{about.day}T00:00:00Z", "description": "Events of armed conflict as reports tell them: who says so, how far independent, how far credible.",
        "licenses": [{"name": licence.name, "title": licence.title, **({"path": licence.path} if licence.path else {})}],
        "contributors": [{"title": about.publisher, "role": "publisher"}],
        "reportedly": {"profile": about.profile.name, "version": about.version},
        "resources": [_resource(file) for file in files],
    }  # fmt: skip
    return json.dumps(package, indent=1, ensure_ascii=False) + "\n"


def _resource(file: Written) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": file.name.lower().replace("_", "-"), "path": file.name, "format": file.name.rpartition(".")[2].lower(), "mediatype": file.media_type,
        "encoding": "utf-8", "bytes": file.size, "hash": f"sha256:{file.sha256}",
    }  # fmt: skip
    if not file.name.endswith(".csv"):
        found["type"] = "file"  # nothing that a reader of tables has to open to check it
    else:
        found["profile"] = "tabular-data-resource"
        found["schema"] = (
            _CHANGES if file.name == "changes.csv" else _schema(_SCHEMAS[file.name], file.name == "events.hxl.csv")
        )
    return found


def _schema(columns: Sequence[Column[Any]], tagged: bool) -> dict[str, Any]:
    """Below HXL's hashtags every cell is text to a reader that knows no hashtags."""
    return {
        "fields": [{"name": c.name, "type": "string" if tagged else c.kind, "description": c.about} for c in columns],
        "missingValues": [""],
    }


def notes(
    about: About, counts: Mapping[str, int], held: Mapping[str, int], changes: Counter[str] | None, narrowed: str
) -> str:
    """README.md: what this is, what was coarsened and withheld, how to cite it."""
    profile = about.profile
    lines = [
        f"# {about.title}", "", f"Released on {about.day} by {about.publisher}, under the profile “{profile.name}”: {profile.title}.",
        f"Licence: {profile.licence.title}{f' ({profile.licence.path})' if profile.licence.path else ''}.", "",
        "These are claims of reports, brought together; none of them is a finding. Copies of one report count once, and each event tells how many",
        "independent origins it has and how far it can be believed. What each column holds stands in codebook.md.", "",
    ]  # fmt: skip
    if narrowed:
        lines += [f"Narrowed to: {narrowed}.", ""]
    lines += ["## Files", "", *(f"- {name}: {count:,} rows" for name, count in held.items()), ""]
    if changes is not None:
        lines += [
            "## Since the release before",
            "",
            *(f"- {what}: {changes[what]:,}" for what in ("added", "changed", "withdrawn")),
            "",
            "Each by its id: changes.csv.",
            "",
        ]
    lines += ["## What was coarsened or withheld", ""]
    shown = [f"- {reason}: {counted(number, profile)}" for reason, number in sorted(counts.items()) if number]
    lines += [*(shown or ["- nothing"]), ""]
    lines += [
        "## Do not",
        "",
        "Do not join this with other data to find out who a person is or where one is. If you think that it could be done, tell the publisher.",
        "",
    ]
    return "\n".join(lines)


def counted(number: int, profile: Profile) -> str:
    """A count as a profile tells it; how many were withheld could tell, from release to release, that one was."""
    if profile.counts == "exact":
        return f"{number:,}"
    return next((words for most, words in _MAGNITUDES if number < most), "100,000 or more")


def citation(about: About) -> str:
    """CITATION.cff (Citation File Format 1.2)."""

    def quoted(text: str) -> str:
        return json.dumps(text, ensure_ascii=False)

    return "\n".join([
        "cff-version: 1.2.0", "message: Please cite this data set as below.", "type: dataset", f"title: {quoted(about.title)}",
        f"version: {quoted(about.day)}", f"date-released: {quoted(about.day)}", "authors:", f"  - name: {quoted(about.publisher)}",
        *([f"license: {about.profile.licence.name}"] if about.profile.licence.path else []), "",
    ])  # fmt: skip
