"""Words of others on a terminal: what would steer it is taken out."""

import re
from typing import Final

_STEERING: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def shown(text: object) -> str:
    """Text without control characters and without marks that turn the direction of what follows."""
    return _STEERING.sub("\ufffd", str(text)).replace("\n", " ")
