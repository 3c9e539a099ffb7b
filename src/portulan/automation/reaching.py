"""A call to somebody else’s server: only to public addresses, short, and followed nowhere.

Owns the safety of what is called: the name is resolved once, every address of it must be public (or of a
network that the setting `PORTULAN_WEBHOOK_NETWORKS` allows), and the one that was checked is the one called.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

_SECONDS, _ALTOGETHER = 10, 20
_PORTS = {"https": 443, "http": 80}


class AddressRefusedError(OSError):
    """The address is none, or one of a private network."""


def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """Post to an address and return the status of the answer, which is not read any further.

    :raises OSError: when it cannot be reached in time, `AddressRefusedError` when it may not be.
    """
    parts, port = _parts(url)
    connection = _Pinned(parts, port, _address(parts.hostname or "", port))
    stop = threading.Timer(_ALTOGETHER, connection.abort)
    stop.start()
    try:
        path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        connection.request("POST", path, body, headers)
        return connection.getresponse().status
    except http.client.HTTPException as broken:
        raise OSError(str(broken)) from broken
    finally:
        stop.cancel()
        connection.close()


def _parts(url: str) -> tuple[SplitResult, int]:
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname or parts.username or parts.password:
        raise AddressRefusedError(url)
    if parts.scheme == "http" and not settings.WEBHOOK_NETWORKS:
        raise AddressRefusedError(url)
    return parts, parts.port or _PORTS[parts.scheme]


def _address(host: str, port: int) -> str:
    found = {str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    wrong = [one for one in found if not _may(ipaddress.ip_address(one))]
    if wrong or not found:
        raise AddressRefusedError(host)
    return min(found)


def _may(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    inner = getattr(address, "ipv4_mapped", None) or address
    allowed = (ipaddress.ip_network(one) for one in settings.WEBHOOK_NETWORKS)
    if any(inner in one for one in allowed if one.version == inner.version):
        return True
    return bool(inner.is_global and not inner.is_multicast)


class _Pinned(http.client.HTTPConnection):
    """A connection to the address that was checked, under the name that was asked for."""

    def __init__(self, parts: SplitResult, port: int, address: str) -> None:
        super().__init__(parts.hostname or "", port, timeout=_SECONDS)
        self._address, self._safe = address, parts.scheme == "https"

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), self.timeout)
        context = ssl.create_default_context()
        self.sock = context.wrap_socket(plain, server_hostname=self.host) if self._safe else plain

    def abort(self) -> None:
        if self.sock is not None:
            self.sock.shutdown(socket.SHUT_RDWR)
