"""Fetching: polite to servers, and no way in to addresses inside a network, however it is tried. Nothing here leaves loopback."""

import gzip
import time

import pytest

from reportedly.errors import FetchFailed, RefusedAddress
from reportedly.intake.addresses import AddressRules, is_public
from reportedly.intake.fetching import Fetcher, Limits, Validators, checked_url
from reportedly.model.acquisition import Original, Unchanged

from .web import Clock, Recorder, Request, Web, web


def fetcher_for(
    server: Web,
    recorder: Recorder | None = None,
    clock: Clock | None = None,
    pace: float = 0.0,
    names: dict[str, list[str]] | None = None,
    **limits: float,
) -> Fetcher:
    """A fetcher that may ask the tests' own server; other names resolve as given, or not at all."""

    def resolve(host: str, port: int) -> list[str]:
        known = {"127.0.0.1": ["127.0.0.1"], **(names or {})}
        if host in known:
            return known[host]
        from reportedly.intake.addresses import resolve_by_system

        if host.replace(".", "").replace(":", "").isalnum() and not any(
            c.isalpha() and c not in "abcdefx" for c in host
        ):
            return resolve_by_system(host, port)
        raise OSError(-2, "Name or service not known")

    used = clock or Clock()
    rules = AddressRules(frozenset({server.host}), resolve)
    clocks = {"clock": used.now, "wait": used.wait} if clock else {"wait": used.wait}
    fetcher = Fetcher(rules, Limits(**{"tries": 2, **limits}), pace=pace, backend=recorder or Recorder(), **clocks)  # type: ignore[arg-type]
    server.clients.append(fetcher)
    return fetcher


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "255.255.255.255",
     "224.0.0.1", "198.18.0.1", "192.0.2.1", "::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254",
     "64:ff9b::a00:1", "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:f5ff:fffe", "::127.0.0.1", "fe80::1%eth0", "not an address"],
)  # fmt: skip
def test_addresses_inside_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "1.1.1.1", "2606:2800:220:1::1", "64:ff9b::101:101"])
def test_addresses_outside_are(address: str) -> None:
    assert is_public(address)


INSIDE = [
    "http://10.0.0.1/", "http://192.168.0.1/admin", "http://169.254.169.254/latest/meta-data/", "http://[fd00::1]/", "http://[::1]/",
    "http://[::ffff:10.0.0.1]/", "http://2130706433/", "http://0x7f000001/", "http://127.1/", "http://0/", "http://metadata.test/",
    "http://rebinding.test/", "http://mixed.test/",
]  # fmt: skip
NAMES = {
    "metadata.test": ["169.254.169.254"],
    "rebinding.test": ["10.9.9.9"],
    "mixed.test": ["93.184.216.34", "192.168.7.7"],
}


@pytest.mark.parametrize("target", INSIDE)
def test_no_connection_is_opened_to_an_address_inside(server: Web, target: str) -> None:
    recorder = Recorder()
    with pytest.raises(RefusedAddress, match="--allow-host"):
        fetcher_for(server, recorder, names=NAMES).get(target)
    assert recorder.opened == []


@pytest.mark.parametrize("target", INSIDE)
def test_nor_by_a_redirect(server: Web, target: str) -> None:
    recorder = Recorder()
    server.serve("/away", b"", 302, [("Location", target)])
    with pytest.raises(RefusedAddress):
        fetcher_for(server, recorder, names=NAMES).get(server.url("/away"))
    assert set(recorder.opened) == {("127.0.0.1", server.server_port)}


def test_nor_by_robots_txt(server: Web) -> None:
    recorder = Recorder()
    server.serve("/robots.txt", b"", 301, [("Location", "http://169.254.169.254/")])
    with pytest.raises(RefusedAddress):
        fetcher_for(server, recorder).get(server.url("/page"))
    assert set(recorder.opened) == {("127.0.0.1", server.server_port)}


def test_nor_by_a_name_that_changes_its_mind() -> None:
    """What is checked is what is connected to: a name is not resolved a second time (DNS rebinding)."""
    recorder = Recorder()
    answers = iter([["93.184.216.34"], ["127.0.0.1"], ["127.0.0.1"], ["127.0.0.1"]])
    rules = AddressRules(resolve=lambda _host, _port: next(answers))
    with pytest.raises(FetchFailed), Fetcher(rules, Limits(tries=1), pace=0, backend=recorder) as fetcher:
        fetcher.get("http://changing.test/")
    assert recorder.opened == [("93.184.216.34", 80)]


def test_one_allowed_port_allows_no_other(server: Web) -> None:
    with web() as other, pytest.raises(RefusedAddress):
        fetcher_for(server).get(other.url("/page"))


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://127.0.0.1/x", "gopher://127.0.0.1/", "javascript:alert(1)", "//", "http://"]
)
def test_only_the_web_is_asked(server: Web, target: str) -> None:
    recorder = Recorder()
    with pytest.raises(FetchFailed, match="address"):
        fetcher_for(server, recorder).get(target)
    assert recorder.opened == []


def test_a_redirect_to_a_file_is_not_followed(server: Web) -> None:
    server.serve("/away", b"", 302, [("Location", "file:///etc/passwd")])
    with pytest.raises(FetchFailed, match="no web address"):
        fetcher_for(server).get(server.url("/away"))


def test_passwords_in_addresses_are_not_sent_or_shown() -> None:
    with pytest.raises(FetchFailed) as caught:
        checked_url("https://user:secret@example.org/")
    assert "secret" not in str(caught.value)


def test_what_comes_back_says_how_it_came(server: Web) -> None:
    server.serve("/old", b"", 301, [("Location", "/middle")])
    server.serve("/middle", b"", 302, [("Location", "/new?x=1#part")])
    server.serve("/new", "<p>Here</p>", headers=[("ETag", '"v1"'), ("X-Served-By", "a"), ("X-Served-By", "b")])
    found = fetcher_for(server).get(server.url("/old"))
    assert isinstance(found, Original)
    assert found.data == b"<p>Here</p>"
    assert found.url == server.url("/new?x=1")
    assert found.response is not None
    assert found.response.redirects == (server.url("/old"), server.url("/middle"), server.url("/new?x=1"))
    assert [value for name, value in found.response.headers if name == "X-Served-By"] == ["a", "b"]
    assert found.tool.startswith("reportedly ")
    assert found.seen_at.tzinfo is not None


def test_nothing_is_sent_again_that_has_not_changed(server: Web) -> None:
    def page(request: Request) -> None:
        if request.headers.get("If-None-Match") == '"v1"':
            request.answer(b"", 304, [("ETag", '"v1"')])
        else:
            request.answer(b"text", headers=[("ETag", '"v1"')])

    server.routes["/page"] = page
    assert isinstance(fetcher_for(server).get(server.url("/page"), Validators('"v1"', None)), Unchanged)
    assert isinstance(fetcher_for(server).get(server.url("/page"), Validators('"v0"', None)), Original)


def test_robots_txt_is_obeyed_and_asked_for_once(server: Web) -> None:
    server.serve(
        "/robots.txt",
        "User-agent: other\nDisallow: /\n\nUser-agent: reportedly\nDisallow: /private/\nAllow: /private/open\nCrawl-delay: 7\n",
        headers=[("Content-Type", "text/plain")],
    )
    for path in ("/private/page", "/private/open", "/page"):
        server.serve(path, "text")
    clock = Clock()
    fetcher = fetcher_for(server, clock=clock)
    with pytest.raises(FetchFailed, match=r"robots\.txt"):
        fetcher.get(server.url("/private/page"))
    fetcher.get(server.url("/private/open"))
    fetcher.get(server.url("/page"))
    assert server.paths() == ["/private/open", "/page"]
    assert [path for path, _ in server.asked].count("/robots.txt") == 1
    assert any(abs(wait - 7) < 0.5 for wait in clock.waits), "the delay that it asks for"


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_host_that_cannot_say_what_may_be_asked_is_not_asked(server: Web, status: int) -> None:
    server.serve("/robots.txt", b"", status)
    server.serve("/page", "text")
    with pytest.raises(FetchFailed, match=r"robots\.txt cannot be read"):
        fetcher_for(server).get(server.url("/page"))
    assert server.paths() == []


def test_requests_to_a_host_keep_a_pace(server: Web) -> None:
    clock = Clock()
    fetcher = fetcher_for(server, clock=clock, pace=3.0)
    for path in ("/a", "/b", "/c"):
        server.serve(path, "text")
        fetcher.get(server.url(path))
    assert len(clock.waits) == 3
    assert all(2.5 < wait <= 3 for wait in clock.waits)


def test_an_overloaded_server_is_asked_again_when_it_says_so(server: Web) -> None:
    answers = iter([503, 200])

    def page(request: Request) -> None:
        status = next(answers)
        request.answer(b"text", status, [("Retry-After", "40")] if status == 503 else [])

    server.routes["/page"] = page
    clock = Clock()
    found = fetcher_for(server, clock=clock).get(server.url("/page"))
    assert isinstance(found, Original)
    assert 40 in clock.waits


def test_a_server_that_asks_for_hours_is_left_alone(server: Web) -> None:
    server.serve("/page", b"", 429, [("Retry-After", "7200")])
    clock = Clock()
    with pytest.raises(FetchFailed, match="too many requests"):
        fetcher_for(server, clock=clock).get(server.url("/page"))
    assert sum(clock.waits) < 60
    assert server.paths() == ["/page"]


@pytest.mark.parametrize(
    ("status", "words"), [(404, "no such page"), (403, "does not allow"), (410, "gone"), (451, "legal"), (500, "500")]
)
def test_errors_of_a_server_are_a_clear_line(server: Web, status: int, words: str) -> None:
    server.serve("/page", b"x", status)
    with pytest.raises(FetchFailed, match=words):
        fetcher_for(server).get(server.url("/page"))


def test_compressed_pages_are_unpacked_once(server: Web) -> None:
    server.serve("/page", gzip.compress(b"first ") + gzip.compress(b"second"), headers=[("Content-Encoding", "gzip")])
    found = fetcher_for(server).get(server.url("/page"))
    assert isinstance(found, Original)
    assert found.data == b"first second"


BOMB = gzip.compress(b"\0" * 100_000_000, 9)


def bomb(request: Request) -> None:
    request.answer(BOMB, headers=[("Content-Encoding", "gzip")])


def endless(request: Request) -> None:
    request.send_response(200)
    request.end_headers()
    while not request.server.closing.is_set():
        request.wfile.write(b"<p>more</p>" * 10_000)


def drip(request: Request) -> None:
    request.send_response(200)
    request.send_header("Content-Length", "1000000")
    request.end_headers()
    while not request.server.closing.wait(0.05):
        request.wfile.write(b"x")
        request.wfile.flush()


def dripping_headers(request: Request) -> None:
    request.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not request.server.closing.wait(0.05):
        request.wfile.write(b"x")
        request.wfile.flush()


def silent(request: Request) -> None:
    request.server.closing.wait(30)


def huge_headers(request: Request) -> None:
    request.answer(b"text", headers=[(f"X-Long-{n}", "y" * 8000) for n in range(100)])


def cut_short(request: Request) -> None:
    request.answer(b"half", headers=[("Content-Length", "4000")])
    request.close_connection = True


def not_http(request: Request) -> None:
    request.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n")
    request.close_connection = True


def broken_gzip(request: Request) -> None:
    request.answer(gzip.compress(b"text" * 1000)[:-20], headers=[("Content-Encoding", "gzip")])


def brotli_unasked(request: Request) -> None:
    request.answer(b"\x8b\x02\x80", headers=[("Content-Encoding", "br")])


@pytest.mark.parametrize(
    ("handler", "words"),
    [
        (bomb, "more than 2 MB"), (endless, "more than 2 MB"), (drip, "in time"), (dripping_headers, "in time"), (silent, "in time"),
        (huge_headers, "no proper HTTP"), (cut_short, "no proper HTTP"), (not_http, "no proper HTTP"), (broken_gzip, "compressed content"),
        (brotli_unasked, "coding"),
    ],
)  # fmt: skip
def test_a_misbehaving_server_costs_little_and_gets_a_line(server: Web, handler: object, words: str) -> None:
    server.routes["/page"] = handler  # type: ignore[assignment]
    started = time.monotonic()
    with pytest.raises(FetchFailed, match=words):
        fetcher_for(server, largest=2_000_000, whole=2.0, one_step=1.0, tries=1).get(server.url("/page"))
    assert time.monotonic() - started < 20


def test_three_hundred_redirects_end_early(server: Web) -> None:
    for n in range(300):
        server.serve(f"/r{n}", b"", 302, [("Location", f"/r{n + 1}")])
    with pytest.raises(FetchFailed, match="more than 10 times"):
        fetcher_for(server).get(server.url("/r0"))
    assert len(server.paths()) <= 12
