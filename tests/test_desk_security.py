"""What the desk refuses: other hosts, other sites, forms without their token, people without the role; and what it says to strangers."""

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest
from fastapi.routing import APIRoute

from reportedly.casebook.casebook import Casebook
from reportedly.casebook.facets import Filter
from reportedly.casebook.people import ROLES, Role
from reportedly.desk.application import ROUTERS
from reportedly.desk.release_casebook import propose
from reportedly.desk.seat import COOKIE
from reportedly.knowledge.release_profiles import profile_named

from .desk import Tab, served

PASSWORD = "five unrelated words in a row"
FOREIGN = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}


@pytest.fixture
def client(desk: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=desk, follow_redirects=False) as opened:
        yield opened


@pytest.fixture(scope="module")
def team(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The casebook of a team with one account for each role."""
    where = tmp_path_factory.mktemp("team") / "casebook"
    shutil.copytree(filled, where)
    with Casebook.open(where, "tester") as casebook, casebook.people(change=True) as people:
        for role in ROLES:
            people.put_account(f"the {role}", role, PASSWORD)
    return where


@pytest.fixture(scope="module")
def team_desk(team: Path) -> Iterator[str]:
    with served(team, "--team", "--host", "desk.example.org") as address:
        yield address


@contextmanager
def stranger(desk: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=desk) as client:
        yield client


@contextmanager
def logged_in(desk: str, name: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=desk, follow_redirects=False) as client:
        answer = client.post("/login", data={"name": name, "password": PASSWORD})
        assert answer.status_code == 303, answer.text
        yield client


def token(client: httpx.Client) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/claims").text)
    assert found is not None
    return found[1]


# ── for one person


@pytest.mark.parametrize(
    "host", ["elsewhere.example", "elsewhere.example:8765", "127.0.0.1.nip.io", "", "localhost.elsewhere.example"]
)
def test_another_host_name_is_refused(client: httpx.Client, host: str) -> None:
    """A page elsewhere whose name is made to point at this machine (DNS rebinding) reads nothing."""
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code in (400, 421)
    assert "reportedly" not in answer.text


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_site_is_refused(client: httpx.Client, method: str, site: str) -> None:
    """Also another program's page on this machine, which a browser calls the same site."""
    for path in ("/", "/api/claims", "/incidents/1/merge", "/api/reports"):
        answer = client.request(method, path, headers={"Sec-Fetch-Site": site, "Sec-Fetch-Mode": "no-cors"})
        assert answer.status_code == 403
    assert client.post("/api/reports", headers={"Origin": "http://localhost:1"}, json={"text": "x"}).status_code == 403


def test_a_form_without_its_token_changes_nothing(copied: Path) -> None:
    with served(copied) as desk, httpx.Client(base_url=desk) as client:
        for data in ({}, {"csrf": "wrong"}):
            answer = client.post("/incidents/1/grade", data={"grade": "A1", "reason": "x", **data})
            assert answer.status_code == 403
            assert "load the page again" in answer.text
        assert (
            client.post("/incidents/1/grade", data={"grade": "A1", "reason": "x", "csrf": token(client)}).status_code
            == 303
        )
    with Casebook.open(copied) as casebook:
        assert casebook.incident(1).grade == "A1"


def test_a_program_on_this_machine_needs_no_token_but_a_browser_does(copied: Path) -> None:
    with served(copied) as desk, httpx.Client(base_url=desk, timeout=120) as client:
        decision = {"verdict": "accept", "reason": "read it"}
        assert client.post("/api/claims/1/decisions", json=decision).json() == {"claim": 1, "state": "accepted"}
        assert (
            client.post("/api/claims/1/decisions", json=decision, headers={"Sec-Fetch-Site": "same-origin"}).status_code
            == 403
        )
        added = client.post(
            "/api/reports",
            json={
                "text": "Rebels killed four soldiers in Gao on Monday, police said.",
                "outlet": "Gao Post",
                "published": "2025-03-05",
            },
        )
        assert added.status_code == 201
        assert added.json()["news"] == "new"
        assert added.json()["claims"] >= 1
        grouped = client.post("/api/groupings", json={"one": 1, "other": 2, "together": True, "reason": "the same"})
        assert grouped.json() == {"weighed": True}


@pytest.mark.parametrize("path", ["/", "/claims", "/api/claims", "/static/js/desk.js", "/nothing", "/login"])
def test_every_answer_carries_the_headers_that_hold_a_page_to_it(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'self'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cache-control"] == ("public, max-age=86400" if path.startswith("/static") else "no-store")
    assert "server" not in headers


def test_an_original_is_saved_and_never_shown(client: httpx.Client) -> None:
    answer = client.get("/reports/1/original")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/claims?from=tomorrow", 400, "no day of the calendar"), ("/claims?event=WALK", 400, "no event type"), ("/claims?before=0", 400, "before"),
        ("/claims?status=maybe", 400, "status"), ("/claims?credibility=9", 400, "credibility"), ("/claims/999999", 404, "C999999"),
        ("/claims/99999999999999999999999", 422, "number"), ("/incidents/abc", 422, "number"), ("/warnings?state=lost", 400, "state"),
        ("/reports/0", 422, "number"), ("/map?country=Syria", 400, "country"), ("/static/../application.py", 404, "no such page"), ("/no-such-page", 404, "no such page"),
        ("/claims?text=%00", 400, "text"), ("/sources?skip=-1", 400, "skip"), ("/sources/record", 422, "key"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_in_a_line(client: httpx.Client, path: str, status: int, words: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert words in answer.text
    assert "Traceback" not in answer.text


def test_without_accounts_it_listens_on_this_machine_alone(run: Callable[..., object], copied: Path) -> None:
    for option in (("--bind", "0.0.0.0"), ("--host", "desk.example.org"), ("--https",)):
        refused = run("serve", "--casebook", copied, *option)
        assert refused.returncode == 2  # type: ignore[attr-defined]
        assert b"--team" in refused.stderr  # type: ignore[attr-defined]
    refused = run("serve", "--casebook", copied, "--team")
    assert refused.returncode == 2  # type: ignore[attr-defined]
    assert b"Make an account first" in refused.stderr  # type: ignore[attr-defined]


def test_a_port_that_is_taken_is_told_in_one_line(run: Callable[..., object], copied: Path, desk: str) -> None:
    refused = run("serve", "--casebook", copied, "--port", desk.rpartition(":")[2])
    assert refused.returncode == 2  # type: ignore[attr-defined]
    (line,) = refused.stderr.decode().splitlines()  # type: ignore[attr-defined]
    assert "is in use by another program. Name another: --port 0" in line


# ── for a team


def _routes() -> list[tuple[str, str, Role | None]]:
    """Every route with its method, and the least role that it is for; None where nobody need log in."""
    found: list[tuple[str, str, Role | None]] = []
    for prefix, router in ROUTERS:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            least = next((role for d in route.dependant.dependencies if (role := getattr(d.call, "role", None))), None)
            found += [
                (method, prefix + route.path.replace("{number}", "1"), least) for method in sorted(route.methods or ())
            ]
    return found


def test_no_route_is_open_to_a_lesser_role_or_a_stranger(team_desk: str) -> None:
    """Every route, with every role: whoever may not is told so, and a stranger is led to the login or told to log in."""
    routes = _routes()
    assert {path for _, path, role in routes if role is None} == {"/login"}
    assert len(routes) > 40
    for role in (None, *ROLES):
        with logged_in(team_desk, f"the {role}") if role else stranger(team_desk) as client:
            csrf = "" if role is None else token(client)
            for method, path, least in routes:
                if least is None or path == "/logout":
                    continue
                answer = client.request(method, path, headers={"X-CSRF-Token": csrf} if method == "POST" else {})
                told = f"{role} {method} {path}: {answer.status_code}"
                if role is None:
                    assert answer.status_code in (303, 401), told
                    assert answer.status_code == 401 or answer.headers["location"].startswith("/login"), told
                elif ROLES.index(role) < ROLES.index(least):
                    assert answer.status_code == 403, told
                else:
                    assert answer.status_code not in (401, 403, 500), told


def test_only_the_login_and_what_pages_are_drawn_with_are_open_to_strangers(team_desk: str) -> None:
    with httpx.Client(base_url=team_desk) as client:
        assert client.get("/static/js/desk.js").status_code == 200
        assert "the reader" not in client.get("/login").text
        assert client.get("/api/openapi.json").status_code == 401
        answer = client.get("/claims?place=Gao")
        assert answer.headers["location"] == "/login?to=%2Fclaims%3Fplace%3DGao"


def test_a_login_leads_back_to_where_one_was_going_and_nowhere_else(team_desk: str) -> None:
    for wanted, led in (
        ("/claims?place=Gao", "/claims?place=Gao"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example", "/"),
        ("/\\elsewhere.example", "/"),
    ):
        with httpx.Client(base_url=team_desk) as client:
            answer = client.post("/login", data={"name": "the reader", "password": PASSWORD, "to": wanted})
            assert answer.headers["location"] == led
            cookie = answer.headers["set-cookie"].lower()
            assert "httponly" in cookie
            assert "samesite=strict" in cookie


def test_over_https_the_cookie_is_for_https_alone(team: Path) -> None:
    with served(team, "--team", "--https") as desk, httpx.Client(base_url=desk) as client:
        answer = client.post("/login", data={"name": "the reader", "password": PASSWORD})
        assert "; secure" in answer.headers["set-cookie"].lower()
        assert answer.headers["strict-transport-security"].startswith("max-age=")


def test_guessing_is_slowed_down_and_tells_nothing(team: Path, tmp_path: Path) -> None:
    shutil.copytree(team, tmp_path / "team")
    with served(tmp_path / "team", "--team") as desk, httpx.Client(base_url=desk) as client:
        unknown = client.post("/login", data={"name": "nobody", "password": PASSWORD})
        wrong = client.post("/login", data={"name": "the coder", "password": "another few unrelated words"})
        assert (unknown.status_code, wrong.status_code) == (401, 401)
        for answer in (unknown, wrong):
            assert "no open account has this name and password" in answer.text
        for _ in range(4):
            client.post("/login", data={"name": "the coder", "password": "another few unrelated words"})
        refused = client.post("/login", data={"name": "the coder", "password": PASSWORD})
        assert refused.status_code == 401
        assert "too many failed logins" in refused.text
        assert client.post("/login", data={"name": "the editor", "password": PASSWORD}).status_code == 303
    with Casebook.open(tmp_path / "team") as casebook:
        assert sum(e["action"] == "failed to log in" for e in casebook.custody(limit=20)) == 6


def test_passwords_and_tokens_are_nowhere_to_be_read(team: Path, team_desk: str) -> None:
    with logged_in(team_desk, "the coder") as client:
        cookie = client.cookies[COOKIE]
    with sqlite3.connect(team / "casebook.sqlite") as database:
        kept = "\n".join(database.iterdump())
    assert PASSWORD not in kept
    assert cookie not in kept
    assert "$argon2id$" in kept


def test_whoever_logs_out_is_closed_or_changed_is_out(team: Path, tmp_path: Path) -> None:
    shutil.copytree(team, tmp_path / "team")
    with served(tmp_path / "team", "--team") as desk, ExitStack() as stack:
        clients = [stack.enter_context(logged_in(desk, f"the {role}")) for role in ("reader", "coder", "editor")]
        assert [c.get("/claims").status_code for c in clients] == [200] * 3
        clients[0].post("/logout", data={"csrf": token(clients[0])})
        with Casebook.open(tmp_path / "team") as casebook, casebook.people(change=True) as people:
            people.close_account("the coder")
            people.put_account("the editor", "reader", None)
        assert [c.get("/claims").status_code for c in clients] == [303] * 3
        answer = httpx.post(f"{desk}/login", data={"name": "the coder", "password": PASSWORD})
        assert answer.status_code == 401


def test_each_decision_and_export_is_logged_under_who_did_it(team: Path, tmp_path: Path, tab: Tab) -> None:
    shutil.copytree(team, tmp_path / "team")
    with served(tmp_path / "team", "--team") as desk:
        tab.page.goto(f"{desk}/review")
        tab.page.get_by_label("Name").fill("the coder")
        tab.page.get_by_label("Password").fill(PASSWORD)
        tab.page.get_by_role("button", name="Log in").click()
        tab.page.wait_for_url("**/review")
        number = tab.page.locator("#claim").get_attribute("data-number")
        tab.page.keyboard.press("a")
        tab.page.get_by_text("1 decided today by you").wait_for()
        with logged_in(desk, "the reader") as reader:
            assert reader.get("/claims.csv?event=ASSAULT").status_code == 200
            assert reader.get("/audit").status_code == 403
        with logged_in(desk, "the admin") as admin:
            shown = admin.get("/audit").text
        for words in ("the coder", "decided", "the reader", "exported", "event=ASSAULT"):
            assert words in shown
    assert tab.problems == []
    with Casebook.open(tmp_path / "team") as casebook:
        assert casebook.claim(int(number or 0)).decisions[-1].made_by == "the coder"


def test_accounts_on_the_command_line(
    run: Callable[..., object], copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPORTEDLY_PASSWORD", PASSWORD)
    assert run("accounts", "--casebook", copied, "add", "anna", "--role", "coder").returncode == 0  # type: ignore[attr-defined]
    assert b"anna" in run("accounts", "--casebook", copied).stdout  # type: ignore[attr-defined]
    monkeypatch.setenv("REPORTEDLY_PASSWORD", "short")
    refused = run("accounts", "--casebook", copied, "add", "bela", "--role", "admin")
    assert refused.returncode == 2  # type: ignore[attr-defined]
    assert b"at least 12 characters" in refused.stderr  # type: ignore[attr-defined]
    assert run("accounts", "--casebook", copied, "close", "anna").returncode == 0  # type: ignore[attr-defined]
    assert b"closed" in run("accounts", "--casebook", copied).stdout  # type: ignore[attr-defined]
    assert run("accounts", "--casebook", copied, "close", "nobody").returncode == 2  # type: ignore[attr-defined]


def test_an_editor_approves_what_another_proposed(tmp_path: Path, team: Path) -> None:
    shutil.copytree(team, tmp_path / "team")
    with Casebook.open(tmp_path / "team", by="the admin") as casebook:
        number = propose(casebook, profile_named("partner"), "2026-01-31", "January", "The desk", Filter())
    with served(tmp_path / "team", "--team") as desk:
        with logged_in(desk, "the admin") as admin:
            assert "Somebody else has to approve it" in admin.get(f"/releases/{number}").text
            mine = admin.post(f"/releases/{number}", data={"csrf": token(admin), "step": "approved", "reason": "mine"})
            assert (mine.status_code, "somebody else" in mine.text) == (422, True)
        with logged_in(desk, "the editor") as editor:
            assert "What would leave" in editor.get(f"/releases/{number}").text
            sent = editor.post(
                f"/releases/{number}", data={"csrf": token(editor), "step": "approved", "reason": "looked"}
            )
            assert sent.status_code == 303
            assert "approved by" in editor.get(f"/releases/{number}").text
        with logged_in(desk, "the coder") as coder:
            assert coder.get("/releases").status_code == 403
