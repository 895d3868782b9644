"""Who may use a team's desk: accounts, who is logged in, and who tried to and failed."""

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Final, Literal, get_args

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, delete, func, select, update

from reportedly.casebook import custody
from reportedly.casebook.tables import accounts, failed_logins, sessions
from reportedly.errors import InvalidAccount, LoginRefused
from reportedly.model.acquisition import now

Role = Literal["reader", "coder", "editor", "admin"]
"""reader: looks. coder: decides on claims. editor: takes reports in, weighs, merges, splits, grades. admin: sees who did what."""
ROLES: Final[tuple[Role, ...]] = get_args(Role)
"""Each may do what those before it may."""
_SHORTEST: Final = 12
_LONGEST: Final = 1024
"""Characters of a password; OWASP's Authentication Cheat Sheet and NIST SP 800-63B ask for length, and for no mixture of characters."""
_SESSION: Final = timedelta(hours=12)
_WINDOW: Final = timedelta(minutes=15)
_TRIES_OF_ACCOUNT: Final = 5
_TRIES_OF_ADDRESS: Final = 20
"""Failed logins within the window after which no more are looked at."""
_HASHER: Final = PasswordHasher()
"""Argon2id with the library's parameters, RFC 9106's second recommendation."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may use the desk."""

    name: str
    role: Role
    closed: bool
    changed_at: str


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who is logged in. `csrf` goes with every form."""

    account: str
    role: Role
    csrf: str


class People:
    """Accounts and sessions, within one transaction."""

    def __init__(self, connection: Connection, by: str) -> None:
        self._connection = connection
        self._by = by

    # ── accounts

    def accounts(self) -> list[Account]:
        """Every account, by name."""
        rows = self._connection.execute(select(accounts).order_by(accounts.c.name)).mappings()
        return [Account(row["name"], row["role"], bool(row["closed"]), row["changed_at"]) for row in rows]

    def put_account(self, name: str, role: Role, password: str | None) -> None:
        """Make an account, or change its role and, where one is given, its password, and open it again. Raises InvalidAccount."""
        name = unicodedata.normalize("NFC", name.strip())
        if not name or len(name) > 64 or not name.isprintable():
            raise InvalidAccount("an account needs a name of at most 64 characters")
        there = self._connection.execute(select(accounts.c.name).where(accounts.c.name == name)).scalar() is not None
        if password is None and not there:
            raise InvalidAccount(f"{name}: a new account needs a password")
        values: dict[str, object] = {"role": role, "closed": False, "changed_at": now().isoformat()}
        if password is not None:
            values["password"] = _HASHER.hash(_checked(password))
        if there:
            self._connection.execute(update(accounts).where(accounts.c.name == name).values(**values))
            self._end_all(name)
        else:
            self._connection.execute(accounts.insert().values(name=name, **values))
        custody.log(
            self._connection, self._by, "changed an account" if there else "made an account", account=name, role=role
        )

    def close_account(self, name: str) -> None:
        """Let nobody in by this account any longer; what it decided stays. Raises InvalidAccount."""
        closed = self._connection.execute(
            update(accounts).where(accounts.c.name == name).values(closed=True, changed_at=now().isoformat())
        )
        if not closed.rowcount:
            raise InvalidAccount(f"{name}: there is no such account. List them: reportedly accounts")
        self._end_all(name)
        custody.log(self._connection, self._by, "closed an account", account=name)

    # ── sessions

    def refusal(self, name: str, address: str) -> str | None:
        """Why no login is looked at now: too many failed; None where one may be tried."""
        f = failed_logins.c
        since = (now() - _WINDOW).isoformat()
        for column, value, most in ((f.account, name[:64], _TRIES_OF_ACCOUNT), (f.address, address, _TRIES_OF_ADDRESS)):
            tried = select(func.count()).where(f.at >= since, column == value)
            if self._connection.execute(tried).scalar_one() >= most:
                return f"too many failed logins; try again in {_WINDOW.seconds // 60} minutes"
        return None

    def password_of(self, name: str) -> str:
        """The hash to verify a password against: of an open account, else of nobody's, so that the answer takes as long."""
        chosen = select(accounts.c.password).where(accounts.c.name == name, accounts.c.closed.is_(False))
        return str(self._connection.execute(chosen).scalar() or _nobody())

    def note_failure(self, name: str, address: str) -> None:
        """Note that somebody tried to log in and failed."""
        self._connection.execute(
            failed_logins.insert().values(at=now().isoformat(), account=name[:64], address=address)
        )
        self._connection.execute(delete(failed_logins).where(failed_logins.c.at < (now() - 4 * _WINDOW).isoformat()))
        custody.log(self._connection, name[:64], "failed to log in", address=address)

    def begin(self, name: str, address: str) -> str:
        """Begin a session; the token that the browser keeps. Tokens of 256 random bits are kept as their hashes."""
        token = secrets.token_urlsafe(32)
        self._connection.execute(delete(sessions).where(sessions.c.ends_at < now().isoformat()))
        self._connection.execute(
            sessions.insert().values(
                token=_digest(token), account=name, csrf=secrets.token_urlsafe(32), began_at=now().isoformat(),
                ends_at=(now() + _SESSION).isoformat(),
            )
        )  # fmt: skip
        custody.log(self._connection, name, "logged in", address=address)
        return token

    def session(self, token: str) -> Session | None:
        """Whose session it is; None where it is none, or is over."""
        chosen = (
            select(accounts.c.name, accounts.c.role, sessions.c.csrf)
            .join(accounts, accounts.c.name == sessions.c.account)
            .where(
                sessions.c.token == _digest(token),
                sessions.c.ends_at >= now().isoformat(),
                accounts.c.closed.is_(False),
            )
        )
        row = self._connection.execute(chosen).one_or_none()
        return None if row is None else Session(row[0], row[1], row[2])

    def end(self, token: str) -> None:
        """End a session."""
        self._connection.execute(delete(sessions).where(sessions.c.token == _digest(token)))

    def _end_all(self, name: str) -> None:
        self._connection.execute(delete(sessions).where(sessions.c.account == name))


@cache
def _nobody() -> str:
    return _HASHER.hash(secrets.token_hex(16))


def verified(password: str, hashed: str) -> bool:
    """Whether a password is the one; takes a tenth of a second or so, so do it outside any transaction."""
    try:
        return _HASHER.verify(hashed, password[:_LONGEST])
    except (VerificationError, InvalidHashError):
        return False


def refused() -> LoginRefused:
    """The one answer to every login that fails, so that it does not tell which names there are."""
    return LoginRefused("no open account has this name and password")


def _checked(password: str) -> str:
    if not _SHORTEST <= len(password) <= _LONGEST:
        raise InvalidAccount(
            f"a password has at least {_SHORTEST} characters; four or five unrelated words are easy to remember"
        )
    return password


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
