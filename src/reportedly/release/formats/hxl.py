"""CSV with a row of hashtags of the Humanitarian Exchange Language (HXL 1.1) below the head."""

from typing import BinaryIO, ClassVar

from reportedly.release.columns import EVENT_COLUMNS
from reportedly.release.formats.tables import EventTable
from reportedly.release.formats.writing import About


class HxlTable(EventTable):
    """Events in reportedly's own columns, tagged."""

    suffix: ClassVar[str] = ".hxl.csv"

    def __init__(self, file: BinaryIO, about: About) -> None:
        super().__init__(file, about)
        self.rows.row([column.tag for column in EVENT_COLUMNS])
