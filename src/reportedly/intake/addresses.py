"""Which addresses may be asked: public ones, and those that the user allows by name.

The check stands where a connection would be opened, on the very address that is then connected to, so neither a redirect nor a name
that resolves to something else the second time gets around it (server-side request forgery, OWASP).
"""

import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import httpcore

from reportedly.errors import RefusedAddress

Resolve = Callable[[str, int], list[str]]
"""A host name and a port to IP addresses; raises OSError where there is none."""


def resolve_by_system(host: str, port: int) -> list[str]:
    """All addresses of a name, as the system's resolver gives them."""
    return list(dict.fromkeys(str(item[4][0]) for item in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def is_public(address: str) -> bool:
    """Whether an IP address is out in the world: not private, loopback, link-local, reserved, multicast or a wrapping of such.

    After IANA's special-purpose registries, which `ipaddress` follows; addresses that carry an IPv4 address in them
    (mapped, 6to4, NAT64, Teredo) are judged by that one.
    """
    try:
        found = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        carried = _carried(found)
        if carried is not None:
            return is_public(str(carried))
    return found.is_global and not (found.is_multicast or found.is_reserved or found.is_unspecified)


_NAT64 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))
_COMPATIBLE = ipaddress.IPv6Network("::/96")


def _carried(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address inside an IPv6 address, where there is one."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if any(address in network for network in _NAT64) or (address in _COMPATIBLE and int(address) > 1):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return None


@dataclass(frozen=True)
class AddressRules:
    """Allowed by name: "intranet.example", "127.0.0.1" or, for one port alone, "127.0.0.1:8080"."""

    allowed: frozenset[str] = frozenset()
    resolve: Resolve = field(default=resolve_by_system)

    @classmethod
    def allowing(cls, names: Iterable[str]) -> "AddressRules":
        return cls(frozenset(name.strip().lower() for name in names))

    def addresses(self, host: str, port: int) -> list[str]:
        """The IP addresses to connect to. Raises RefusedAddress where one of them must not be asked, OSError where there is none."""
        name = host.strip("[]").rstrip(".").lower()
        found = self.resolve(name, port)
        if name in self.allowed or f"{name}:{port}" in self.allowed:
            return found
        for address in found:
            if not is_public(address):
                where = f"{host} is" if address == name else f"{host} leads to {address},"
                raise RefusedAddress(
                    f"{where} an address inside a network, which is not asked. Allow it by name, as in --allow-host {host}"
                )
        return found


class Deadline:
    """The moment by which a whole answer must be here, however slowly its bytes come."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._until = float("inf")

    def start(self, seconds: float) -> None:
        self._until = self._clock() + seconds

    def within(self, timeout: float | None) -> float:
        """The time left, no more than the timeout. Raises httpcore.ReadTimeout where none is left."""
        left = self._until - self._clock()
        if left <= 0:
            raise httpcore.ReadTimeout("too slow")
        return left if timeout is None else min(left, timeout)


class _TimedStream(httpcore.NetworkStream):
    """A connection none of whose steps goes past the deadline."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.within(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.within(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.within(timeout))
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class GuardedNetwork(httpcore.NetworkBackend):
    """Opens connections to addresses that the rules allow, and to nothing else."""

    def __init__(self, rules: AddressRules, deadline: Deadline, backend: httpcore.NetworkBackend | None = None) -> None:
        self._rules = rules
        self._deadline = deadline
        self._backend = backend or httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            addresses = self._rules.addresses(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"no such host ({getattr(error, 'strerror', None) or error})") from error
        last: Exception = httpcore.ConnectError("no address")
        for address in addresses:
            try:
                stream = self._backend.connect_tcp(
                    address, port, self._deadline.within(timeout), local_address, socket_options
                )
                return _TimedStream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
        raise last

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        raise RefusedAddress(f"{path}: a socket of this machine is not asked")

    def sleep(self, seconds: float) -> None:
        self._backend.sleep(seconds)
