"""What takes reports into a casebook from outside, for the command line and for whoever adds them at the desk."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from reportedly.casebook.casebook import Casebook
from reportedly.intake.addresses import AddressRules
from reportedly.intake.fetching import Fetcher, Validators
from reportedly.intake.gather import Gatherer
from reportedly.intake.isolated import IsolatedParser


@contextmanager
def gatherer(
    casebook: Casebook,
    options: dict[str, str | None],
    allow_hosts: Iterable[str],
    contact: str | None,
    pace: float,
    encoding: str | None = None,
    feed_text: bool = False,
) -> Iterator[Gatherer]:
    """What takes things in for a casebook: it asks only for what has changed since the casebook last saw it."""

    def known(location: str) -> Validators | None:
        headers = casebook.last_answer(location)
        found = Validators(headers.get("etag"), headers.get("last-modified"))
        return found if found.etag or found.last_modified else None

    fetcher = Fetcher(AddressRules.allowing(allow_hosts), pace=pace, contact=contact)
    with IsolatedParser() as parser:
        try:
            yield Gatherer(fetcher, parser, known, options=options, encoding=encoding, feed_text=feed_text)
        finally:
            fetcher.close()
