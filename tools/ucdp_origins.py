"""How many events of a UCDP GED file that several sources tell have two origins by the rules of `reportedly.weighing.origins`.

    python tools/ucdp_origins.py ucdp.csv[.gz] [--plot FILE.svg] [--sample N]

GED lists for each event the sources that were read (`source_office`) and from whom they have it (`source_original`), without saying which has
it from whom. What is counted here: a source that is itself named as an original speaks for itself; another carries every original that no
source in the list is; and where all originals are sources in the list, whoever is not one of them hands on what they said.
Data: UCDP GED (CC BY 4.0), https://ucdp.uu.se
"""

import argparse
import csv
import gzip
import io
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reportedly.knowledge.actors import find_names
from reportedly.knowledge.outlets import outlet_key, outlet_of
from reportedly.model.record import Attribution, Claim, Event, Source, Span, Status, Toll
from reportedly.weighing.origins import Independence, independence
from reportedly.weighing.telling import Telling, WeighedReport

_WRITTEN: Final = {
    "airwars": "Airwars", "air wars": "Airwars", "aiwars": "Airwars", "airwar": "Airwars", "human rights watch": "HRW", "soh": "SOHR", "ohr": "SOHR",
    "waha": "Waha Report", "agence france presse": "AFP", "sn4hr": "SNHR", "amnesty": "Amnesty International", "reuters news": "Reuters",
    "associated press newswires": "AP", "kurdish red crescent": "Heyva Sor", "heyva sor a kurd/kurdish red crescent": "Heyva Sor",
}  # fmt: skip
"""Spellings of one source that GED's coders used."""
_MAP: Final = re.compile(r"live\s*u?a?\s*map|syriaua?live|syria live|live ?map", re.IGNORECASE)
_LISTED: Final = re.compile(r"\s*(?:[;,&/]|\band\b)\s*")
_SPAN: Final = Span(start=0, end=1, text="x")


@dataclass(frozen=True)
class Counted:
    """One event with its sources as listed and the origins that they come to."""

    row: Mapping[str, str]
    offices: tuple[str, ...]
    originals: tuple[str, ...]
    found: Independence


def count(rows: Iterator[Mapping[str, str]]) -> Iterator[Counted]:
    """Events with more than one source."""
    for row in rows:
        if float(row.get("number_of_sources") or 0) > 1:
            offices = tuple(_written(o) for o in row["source_office"].split(";") if o.strip())
            originals = tuple(dict.fromkeys(_written(o) for o in _LISTED.split(row["source_original"]) if o.strip()))
            if offices:
                yield Counted(row, offices, originals, independence(_tellings(offices, originals)))


def _written(name: str) -> str:
    plain = re.sub(r"\(.*\)", "", name).strip(" .")
    return "Liveuamap" if _MAP.search(plain) else _WRITTEN.get(plain.lower(), plain)


def _tellings(offices: Sequence[str], originals: Sequence[str]) -> list[Telling]:
    keys = {outlet_key(o) for o in offices}
    elsewhere = [o for o in originals if outlet_key(o) not in keys]
    named = {outlet_key(o) for o in originals}
    found: list[Telling] = []
    for number, office in enumerate(offices):
        own = outlet_key(office) in named or not originals
        found += [_telling(f"{number}:{who}", office, who) for who in ([None] if own else elsewhere or originals)]
    return found


def _telling(key: str, office: str, said_by: str | None) -> Telling:
    chain = [
        Attribution(source=Source(name=office, mention=None, type="outlet", anonymous=False), cue=None, quote=None)
    ]
    if said_by is not None:
        outlet = outlet_of(said_by)
        names = [m.actors[0].id for m in find_names(said_by.split()) if m.use == "actor"]
        vague = bool(re.search(r"\b(local|sources?|residents?|activists?|media)\b", said_by, re.IGNORECASE))
        actor = outlet.id if outlet is not None and outlet.kind == "monitor" else names[0] if len(names) == 1 else None
        source = Source(
            name=None if vague else said_by, mention=Span(start=0, end=len(said_by), text=said_by), type="official", anonymous=vague, actor=actor
        )  # fmt: skip
        chain.append(Attribution(source=source, cue=_SPAN, quote="indirect"))
    claim = Claim(
        id=key, sentence=_SPAN, trigger=_SPAN, event=Event(type="ASSAULT", mode=None), actors=(), recipients=(), means=(), targets=(), toll=Toll(),
        places=(), time=None, status=Status(kind="occurred", polarity="+", certainty="stated", phrase=None), attribution=tuple(chain), wording=(), notes=(),
    )  # fmt: skip
    return Telling(key, WeighedReport(key, "x", office, None, None, (claim,)), claim)


def plot(counted: Sequence[Counted], path: Path) -> None:
    """Events by how many sources are listed and how many independent origins there are at least, as a picture."""
    by = Counter((min(len(c.offices), 6), min(c.found.low, 3)) for c in counted)
    columns = range(2, 7)
    most = max(sum(by[n, k] for k in (1, 2, 3)) for n in columns)
    width, height, left, bottom = 560, 300, 60, 50
    scale, step = (height - bottom - 30) / most, (width - left - 20) / len(columns)
    colours = {1: "#b8c4d0", 2: "#2f6f9f", 3: "#0b3a5b"}
    parts = []
    for column, n in enumerate(columns):
        x, y = left + column * step + step * 0.15, float(height - bottom)
        for k in (1, 2, 3):
            size = by[n, k] * scale
            y -= size
            parts.append(
                f'<rect x="{x:.1f}" y="{y:.1f}" width="{step * 0.7:.1f}" height="{size:.1f}" fill="{colours[k]}"/>'
            )
        total = sum(by[n, k] for k in (1, 2, 3))
        parts.append(f'<text x="{x + step * 0.35:.1f}" y="{y - 5:.1f}" text-anchor="middle">{total}</text>')
        parts.append(f'<text x="{x + step * 0.35:.1f}" y="{height - bottom + 16}" text-anchor="middle">{n}{" or more" if n == 6 else ""}</text>')  # fmt: skip
    for row, (k, words) in enumerate({1: "one origin", 2: "two at least", 3: "three or more at least"}.items()):
        parts.append(f'<rect x="{width - 190}" y="{18 + row * 18}" width="12" height="12" fill="{colours[k]}"/>')
        parts.append(f'<text x="{width - 172}" y="{28 + row * 18}">{words}</text>')
    parts.append(f'<text x="{(left + width) / 2:.0f}" y="{height - 10}" text-anchor="middle">sources listed for an event</text>')  # fmt: skip
    parts.append(f'<text x="14" y="{height / 2:.0f}" text-anchor="middle" transform="rotate(-90 14 {height / 2:.0f})">events</text>')  # fmt: skip
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">'
    path.write_text(f'{head}<rect width="{width}" height="{height}" fill="#fff"/>' + "".join(parts) + "</svg>\n", encoding="utf-8")  # fmt: skip


def main() -> None:
    """Count, and print the figures."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("file", type=Path)
    asked.add_argument("--plot", type=Path)
    asked.add_argument("--sample", type=int, default=0)
    given = asked.parse_args()
    data = given.file.read_bytes()
    text = (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data).decode("utf-8-sig")
    counted = list(count(csv.DictReader(io.StringIO(text))))
    several = sum(c.found.low > 1 for c in counted)
    possible = sum(c.found.high > 1 for c in counted)
    print(f"{len(counted)} events with several sources")
    print(f"{sum(len(set(c.offices)) > 1 for c in counted)} of them with several that have different names")
    print(f"{several} ({several / len(counted):.1%}) with two independent origins at least")
    print(f"{possible} ({possible / len(counted):.1%}) with two at most or more")
    if given.plot is not None:
        plot(counted, given.plot)
    different = [c for c in counted if len(set(c.offices)) > 1]
    for c in random.Random(20).sample(different, given.sample):
        origins = ", ".join(o.label for o in c.found.origins)
        writer = csv.writer(sys.stdout, delimiter="|")
        writer.writerow([c.row["id"], c.row["date_start"][:10], c.row["where_coordinates"], c.row["source_office"], c.row["source_original"], f"{c.found.low}-{c.found.high}", origins, c.row["source_headline"]])  # fmt: skip


if __name__ == "__main__":
    main()
