"""Reads corpora that come as JSON lines."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from reportedly.errors import InvalidGold

T = TypeVar("T")


def read_json_lines(path: Path, what: str, made_of: Callable[[dict[str, Any]], T]) -> list[T]:
    """What each line holds. Raises InvalidGold where the file is not of this kind, or empty."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        found = [made_of(json.loads(line)) for line in lines if line.strip()]
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise InvalidGold(f"{path}: not a {what} of JSON lines ({error})") from None
    if not found:
        raise InvalidGold(f"{path}: holds no document")
    return found
