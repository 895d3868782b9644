"""GeoJSON (RFC 7946): a feature an event, at the middle of whatever area is told."""

from typing import Any, BinaryIO, ClassVar, Final

from reportedly.model.release import ReleasedEvent
from reportedly.release.cleaning import line, plain
from reportedly.release.columns import EVENT_COLUMNS
from reportedly.release.formats.writing import About, Writer

_GEOMETRY: Final = frozenset({"latitude", "longitude"})


class GeoJson(Writer):
    """A collection of features; geometry is null where no place is told."""

    suffix: ClassVar[str] = ".geojson"
    media_type: ClassVar[str] = "application/geo+json"

    def __init__(self, file: BinaryIO, about: About) -> None:
        super().__init__(file, about)
        self.text('{"type":"FeatureCollection","features":[')
        self._first = True

    def event(self, event: ReleasedEvent) -> None:
        self.text(("\n" if self._first else ",\n") + line(_feature(event)))
        self._first = False

    def close(self) -> None:
        self.text("\n]}\n")


def _feature(event: ReleasedEvent) -> dict[str, Any]:
    place = event.place
    known = place.lat is not None and place.lon is not None and -90 <= place.lat <= 90 and -180 <= place.lon <= 180
    properties = {column.name: column.value(event) for column in EVENT_COLUMNS if column.name not in _GEOMETRY}
    return {
        "type": "Feature", "id": event.id,
        "geometry": {"type": "Point", "coordinates": [round(place.lon or 0, 6), round(place.lat or 0, 6)]} if known else None,
        "properties": {name: plain(value) if isinstance(value, str) else value for name, value in properties.items()},
    }  # fmt: skip
