"""Lists of events that others keep, as a command takes them: a CSV of ACLED's or UCDP's, or another casebook's release."""

from pathlib import Path

from reportedly.intake.reference_list import read_reference_list
from reportedly.model.warning import Happening
from reportedly.release.reading_back import Release


def listed_events(path: Path) -> tuple[Happening, ...]:
    """The events of a list. Raises InvalidReferenceList, InvalidRelease."""
    return tuple(Release(path).happenings() if path.is_dir() else read_reference_list(path))
