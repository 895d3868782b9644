"""The list of feeds to watch: a TOML file that a user writes."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from reportedly.errors import FetchFailed, InvalidFeeds
from reportedly.intake.fetching import checked_url

_UNITS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_DURATION: Final = re.compile(r"\s*(\d+)\s*(s|m|h|d|w)(?:ec|econd|in|inute|our|r|ay|eek)?s?\s*", re.I)
_KEYS: Final = {"url", "outlet", "every", "silent_after", "recheck", "full_text"}
_TOP: Final = {"feed", "contact", "allow_hosts", "pace"}


@dataclass(frozen=True, slots=True)
class WatchedFeed:
    """A feed and how it is watched; times in seconds. `recheck`: how long a page that is known is not asked for again."""

    url: str
    outlet: str | None = None
    every: float = 1800.0
    silent_after: float = 3 * 86400.0
    recheck: float = 86400.0
    full_text: bool = False
    """Whether the feed carries its reports in full, so that their pages need not be asked for."""


@dataclass(frozen=True, slots=True)
class FeedList:
    """All feeds, and how servers are asked: whom they can write to, hosts inside the network that may be asked, seconds between requests."""

    feeds: tuple[WatchedFeed, ...]
    contact: str | None = None
    allow_hosts: tuple[str, ...] = ()
    pace: float = 1.0


def read_feed_list(path: Path) -> FeedList:
    """Read a list of feeds. Raises InvalidFeeds with one line that says where it is wrong."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InvalidFeeds(f'{path}: no such file. It holds, for each feed, [[feed]] and url = "https://…"') from None
    except OSError as error:
        raise InvalidFeeds(f"{path}: cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidFeeds(f"{path}: is no valid TOML ({error})") from None
    unknown = sorted(set(data) - _TOP)
    if unknown:
        raise InvalidFeeds(f"{path}: {unknown[0]} is not known. Known are {', '.join(sorted(_TOP))}")
    feeds = data.get("feed")
    if not isinstance(feeds, list) or not feeds:
        raise InvalidFeeds(f'{path}: names no feed. For each one: [[feed]] and url = "https://…"')
    found = tuple(_feed(item, f"{path}: feed {number}") for number, item in enumerate(feeds, start=1))
    twice = next((feed.url for i, feed in enumerate(found) if any(feed.url == other.url for other in found[:i])), None)
    if twice:
        raise InvalidFeeds(f"{path}: {twice} is named twice")
    return FeedList(
        found,
        _text(data, "contact", str(path)),
        tuple(_texts(data.get("allow_hosts", []), f"{path}: allow_hosts")),
        _number(data.get("pace", 1.0), f"{path}: pace"),
    )


def _feed(item: Any, where: str) -> WatchedFeed:
    if not isinstance(item, dict):
        raise InvalidFeeds(f"{where}: must be a table, [[feed]]")
    unknown = sorted(set(item) - _KEYS)
    if unknown:
        raise InvalidFeeds(f"{where}: {unknown[0]} is not known. Known are {', '.join(sorted(_KEYS))}")
    url = _text(item, "url", where)
    if url is None:
        raise InvalidFeeds(f"{where}: has no url")
    try:
        url = checked_url(url)
    except FetchFailed as error:
        raise InvalidFeeds(f"{where}: {error}") from None
    full_text = item.get("full_text", False)
    if not isinstance(full_text, bool):
        raise InvalidFeeds(f"{where}: full_text must be true or false")
    default = WatchedFeed(url)
    return WatchedFeed(
        url,
        _text(item, "outlet", where),
        _duration(item, "every", default.every, where),
        _duration(item, "silent_after", default.silent_after, where),
        _duration(item, "recheck", default.recheck, where),
        full_text,
    )


def _text(data: dict[str, Any], key: str, where: str) -> str | None:
    value = data.get(key)
    if value is not None and (not isinstance(value, str) or not value.strip() or not value.isprintable()):
        raise InvalidFeeds(f"{where}: {key} must be text")
    return value


def _texts(value: Any, where: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise InvalidFeeds(f'{where} must be a list such as ["intranet.example"]')
    return value


def _number(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 3600:
        raise InvalidFeeds(f"{where} must be seconds, such as 1.0")
    return float(value)


def _duration(item: dict[str, Any], key: str, default: float, where: str) -> float:
    value = item.get(key)
    if value is None:
        return default
    match = _DURATION.fullmatch(value) if isinstance(value, str) else None
    if match is None or int(match.group(1)) == 0:
        raise InvalidFeeds(
            f'{where}: {key} = {value!r} is no length of time. Write it as "15 minutes", "2 hours" or "3 days"'
        )
    return float(int(match.group(1)) * _UNITS[match.group(2)[0].lower()])
