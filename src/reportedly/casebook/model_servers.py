"""Which servers of language models a casebook's reports may be sent to: anywhere, on this machine only, none.

The rule is the last entry about it in the custody log, so that it is sealed with everything else, and a backup holds it too.
"""

import json
from typing import Final, Literal, cast

from sqlalchemy import Connection, select

from reportedly.casebook import custody
from reportedly.casebook.tables import custody as entries
from reportedly.errors import ModelNotAllowed
from reportedly.model.addresses import is_loopback

Allowed = Literal["anywhere", "here", "none"]

_ACTION: Final = "said which model servers may be asked"


def allowed(connection: Connection) -> Allowed:
    """What was said last; anywhere (each person is asked once for each server) where nothing was."""
    chosen = select(entries.c.detail).where(entries.c.action == _ACTION).order_by(entries.c.id.desc()).limit(1)
    detail = connection.execute(chosen).scalar()
    return "anywhere" if detail is None else cast(Allowed, json.loads(detail)["allowed"])


def allow(connection: Connection, which: Allowed, by: str) -> None:
    """Log who allows what."""
    custody.log(connection, by, _ACTION, allowed=which)


def require(which: Allowed, address: str) -> None:
    """Raise ModelNotAllowed where an address may not be asked."""
    if which == "none" or (which == "here" and not is_loopback(address)):
        only = "are sent to no model server" if which == "none" else "are sent to model servers on this machine alone"
        raise ModelNotAllowed(
            f"{address}: reports of this casebook {only}. An administrator can change that: reportedly model-servers"
        )
