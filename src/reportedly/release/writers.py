"""Every format by its name: as files of a release, or one of them by itself."""

from typing import Final

from reportedly.release.formats.acled import AcledTable
from reportedly.release.formats.geojson import GeoJson
from reportedly.release.formats.hxl import HxlTable
from reportedly.release.formats.json_lines import ClaimLines, EventLines
from reportedly.release.formats.parquet import ClaimParquet, EventParquet
from reportedly.release.formats.stix import StixBundle
from reportedly.release.formats.tables import ClaimTable, EventTable
from reportedly.release.formats.ucdp import UcdpTable
from reportedly.release.formats.writing import Writer

EVENT_WRITERS: Final[dict[str, type[Writer]]] = {
    "csv": EventTable, "acled": AcledTable, "ucdp": UcdpTable, "geojson": GeoJson, "stix": StixBundle, "hxl": HxlTable, "parquet": EventParquet,
    "jsonl": EventLines,
}  # fmt: skip
"""What a file of events is written by. STIX holds claims too, where they leave."""
CLAIM_WRITERS: Final[dict[str, type[Writer]]] = {"csv": ClaimTable, "parquet": ClaimParquet, "jsonl": ClaimLines}
"""What a file of claims is written by."""
FORMATS: Final = tuple(EVENT_WRITERS)
