"""Servers of language models, well-behaved and hostile: no unsupported claim, no crash, one clear line."""

import json
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from reportedly.errors import BudgetSpent, ModelError
from reportedly.model.addresses import is_loopback
from reportedly.reading.language_model.exchanges import Exchanges
from reportedly.reading.language_model.server import Server, checked_address
from reportedly.reading.language_model.spending import Budget, Prices, Spending, estimated_tokens

from .in_process import run_here
from .model_server import Asked, answer, claim, model_server

REQUEST: dict[str, Any] = {
    "model": "m", "messages": [{"role": "user", "content": "Read this."}], "temperature": 0, "max_tokens": 100,
    "response_format": {"type": "json_schema", "json_schema": {"name": "claims", "schema": {}}},
}  # fmt: skip
TEXT = "Rebels attacked the post near Tolmar on Sunday, police said."
SAID = answer(
    claim(actors=[{"words": "Rebels"}], sources=[{"words": "police", "cue": "said", "type": "security", "named": True}])
)


@pytest.fixture
def asks() -> Iterator[Callable[..., Server]]:
    """A patient client of a server, closed in the end."""
    opened: list[Server] = []

    def call(url: str, **given: Any) -> Server:
        opened.append(Server(url, **{"timeout": 5.0, "first_pause": 0.01, **given}))
        return opened[-1]

    yield call
    for server in opened:
        server.close()


def content(got: Any) -> str:
    return str(got["choices"][0]["message"]["content"])


# ── what passes is waited for


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_failure_that_passes_is_waited_for(asks: Callable[..., Server], status: int) -> None:
    def respond(asked: Asked) -> None:
        if asked.number < 3:
            asked.send(status, b'{"error": {"message": "slow down"}}', Retry_After="0.02")
        else:
            asked.say("ok")

    with model_server(respond) as served:
        assert content(asks(served.url).ask(REQUEST)) == "ok"
        assert len(served.asked) == 3


def test_a_server_that_asks_for_a_pause_gets_it_from_every_reader(asks: Callable[..., Server]) -> None:
    times: list[float] = []
    begun = threading.Event()

    def respond(asked: Asked) -> None:
        times.append(time.monotonic())
        begun.set()
        if asked.number == 1:
            asked.send(429, b"{}", Retry_After="0.5")
        else:
            asked.say("ok")

    with model_server(respond) as served:
        server = asks(served.url, concurrency=2)
        with ThreadPoolExecutor(2) as pool:
            first = pool.submit(server.ask, REQUEST)
            assert begun.wait(10)
            second = pool.submit(server.ask, {**REQUEST, "max_tokens": 99})
            assert content(first.result()) == content(second.result()) == "ok"
        assert sum(t - times[0] >= 0.5 for t in times) >= 1


# ── what does not pass ends in one line


def endless(asked: Asked) -> None:
    asked.handler.send_response(200)
    asked.handler.send_header("Content-Type", "application/json")
    asked.handler.end_headers()
    while True:
        asked.handler.wfile.write(b" " * 65536)


def slow_drip(asked: Asked) -> None:
    asked.handler.send_response(200)
    asked.handler.end_headers()
    while True:
        asked.handler.wfile.write(b" ")
        asked.handler.wfile.flush()
        time.sleep(0.02)


def hangs_up(asked: Asked) -> None:
    asked.handler.send_response(200)
    asked.handler.send_header("Content-Length", "1000")
    asked.handler.end_headers()
    asked.handler.wfile.write(b'{"choices": [{"mess')


@pytest.mark.parametrize(
    ("respond", "told"),
    [
        (lambda a: a.send(429, b"{}", Retry_After="0"), "answers 429, 6 times"),
        (lambda a: a.send(500, b"<html><body><h1>Oops</h1></body></html>"), r"answers 500 \(Oops\), 6 times"),
        (lambda a: a.send(429, b"{}", Retry_After="86400"), "asks to wait 86400 seconds"),
        (lambda a: a.send(401, b'{"error": {"message": "bad key topsecretkey"}}'), "refuses the key"),
        (lambda a: a.send(404, b'{"error": "no such model"}'), r"answers 404 \(no such model\)"),
        (lambda a: a.send(302, b"", Location="http://192.0.2.1/"), "answers 302"),
        (lambda a: a.send(200, b"<html>Welcome</html>", Content_Type="text/html"), "no chat completion, 6 times"),
        (lambda a: a.send(200, b'{"choices": [{"message"'), "no chat completion"),
        (lambda a: a.send(200, b'{"choices": []}'), "no chat completion"),
        (lambda a: a.send(200, b"[" * 100_000), "no chat completion"),
        (lambda a: a.send(200, b"\xff\xfe\x00"), "no chat completion"),
        (lambda a: a.send(400, b'{"error": {"message": "context length exceeded"}}'), r"answers 400 \(context length"),
        (hangs_up, r"the connection broke"),
        (endless, "answers without end"),
    ],
)  # fmt: skip
def test_a_server_that_does_not_answer_is_told_of_in_one_line(
    asks: Callable[..., Server], respond: Callable[[Asked], None], told: str
) -> None:
    with model_server(respond) as served, pytest.raises(ModelError, match=told) as error:
        asks(served.url, key="topsecretkey").ask(REQUEST)
    assert "\n" not in str(error.value)
    assert "topsecretkey" not in str(error.value)


def test_an_answer_that_only_drips_is_not_waited_for(asks: Callable[..., Server]) -> None:
    begun = time.monotonic()
    with model_server(slow_drip) as served, pytest.raises(ModelError, match="no whole answer within 0 seconds"):
        asks(served.url, timeout=0.2).ask(REQUEST)
    assert time.monotonic() - begun < 30


def test_nobody_there(asks: Callable[..., Server]) -> None:
    with model_server(lambda a: a.say("ok")) as served:
        pass
    with pytest.raises(ModelError, match="nobody answers there"):
        asks(served.url).ask(REQUEST)


def test_the_key_is_sent_and_shown_nowhere(asks: Callable[..., Server]) -> None:
    with model_server(lambda a: a.say("ok")) as served:
        server = asks(served.url, key="topsecretkey")
        server.ask(REQUEST)
        assert served.headers[0]["Authorization"] == "Bearer topsecretkey"
    assert "topsecretkey" not in repr(server)


# ── servers that take less


def test_a_server_is_asked_for_less_where_it_refuses_more(asks: Callable[..., Server]) -> None:
    def respond(asked: Asked) -> None:
        if "max_tokens" in asked.body:
            asked.send(400, b'{"error": {"message": "Unsupported parameter: use max_completion_tokens"}}')
        elif "temperature" in asked.body:
            asked.send(400, b'{"error": {"message": "temperature does not support 0"}}')
        elif asked.body.get("response_format", {}).get("type") == "json_schema":
            asked.send(400, b'{"error": {"message": "response_format json_schema is not supported"}}')
        elif "response_format" in asked.body:
            asked.send(422, b'{"detail": "response_format"}')
        else:
            asked.say("ok")

    with model_server(respond) as served:
        server = asks(served.url)
        assert content(server.ask(REQUEST)) == "ok"
        assert len(served.asked) == 5
        server.ask(REQUEST)
        assert len(served.asked) == 6


# ── costs


def test_tokens_are_counted_as_the_server_tells_and_estimated_where_it_does_not(asks: Callable[..., Server]) -> None:
    def respond(asked: Asked) -> None:
        asked.say("ok", prompt_tokens=1000, completion_tokens=200) if asked.number == 1 else asked.say("o" * 400)

    with model_server(respond) as served:
        server = asks(served.url, spending=Spending(Prices(1.0, 2.0)))
        server.ask(REQUEST)
        assert server.spending.usd == pytest.approx(0.0014)
        server.ask(REQUEST)
    assert server.spending.tokens_out == 200 + estimated_tokens("o" * 400)
    assert "2 requests" in server.spending.told()


def test_a_budget_is_never_passed(asks: Callable[..., Server], tmp_path: Path) -> None:
    with model_server(lambda a: a.say("ok", prompt_tokens=3, completion_tokens=97)) as served:
        server = asks(served.url, spending=Spending(budget=Budget.parse("350tok")), kept=Exchanges(tmp_path))
        for n in range(3):
            server.ask({**REQUEST, "max_tokens": 100 - n})
        with pytest.raises(BudgetSpent, match="--budget"):
            server.ask({**REQUEST, "max_tokens": 90})
        assert len(served.asked) == 3
        server.ask(REQUEST)
        assert (len(served.asked), server.spending.from_cache) == (3, 1)


@pytest.mark.parametrize(("text", "budget"), [("5usd", Budget(usd=5)), ("2Mtok", Budget(tokens=2_000_000)), ("1.5 ktok", Budget(tokens=1500)), ("$3", None), ("many", None), ("", None)])  # fmt: skip
def test_budgets(text: str, budget: Budget | None) -> None:
    if budget is None:
        with pytest.raises(ModelError, match="5usd"):
            Budget.parse(text)
    else:
        assert Budget.parse(text) == budget


# ── addresses


@pytest.mark.parametrize(
    "url",
    [
        "localhost:8000",
        "ftp://x/v1",
        "http://",
        "http://user:pw@localhost/v1",
        "http://localhost:99999/v1",
        "http://models.example.org/v1",
    ],
)
def test_addresses_that_are_not_asked(url: str) -> None:
    with pytest.raises(ModelError):
        checked_address(url)


@pytest.mark.parametrize(("url", "here"), [("http://localhost:1/v1", True), ("http://127.0.0.1/v1", True), ("http://[::1]:8/v1", True), ("https://localhost.example.org/v1", False), ("http://10.0.0.1/v1", False)])  # fmt: skip
def test_what_is_this_machine(url: str, here: bool) -> None:
    assert is_loopback(url) == here


# ── as a user meets it


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., subprocess.CompletedProcess[str]]:
    def call(*arguments: str | Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
        return run_here(
            monkeypatch, *arguments, stdin=stdin,
            XDG_CONFIG_HOME=str(tmp_path / "config"), REPORTEDLY_LLM_ANSWERS=str(tmp_path / "answers"),
        )  # fmt: skip

    return call


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    for n in range(4):
        (folder / f"r{n}.txt").write_text(TEXT.replace("Tolmar", f"Tolmar and kilometre {n}"), encoding="utf-8")
    return folder


def test_reading_by_a_server(
    read: Callable[..., subprocess.CompletedProcess[str]], inbox: Path, tmp_path: Path
) -> None:
    with model_server(lambda a: a.say(SAID, prompt_tokens=100, completion_tokens=50)) as served:
        model = ("--reader", "llm", "--llm", served.url, "--model", "tiny", "--prices", "1/2")
        done = read("read", inbox, *model, "--out", tmp_path / "out", "--format", "json", "--concurrency", "3")
        assert done.returncode == 0, done.stderr
        assert "4 requests, 400 tokens in, 200 out" in done.stderr
        assert "0.0008 USD" in done.stderr
        reading = json.loads((tmp_path / "out" / "r0.json").read_text())
        assert reading["reader"]["name"] == "llm"
        assert "model.tiny.prompt." in reading["reader"]["version"]
        assert reading["claims"][0]["attribution"][-1]["source"]["name"] == "police"
        again = read("read", inbox, *model, "--out", tmp_path / "out", "--format", "json")
        assert "4 there already" in again.stderr
        assert len(served.asked) == 4
        elsewhere = read("read", inbox, *model, "--out", tmp_path / "out2", "--format", "json")
        assert "4 answers that were there already" in elsewhere.stderr
        assert len(served.asked) == 4


def test_a_run_that_the_budget_ends_goes_on_where_it_was(
    read: Callable[..., subprocess.CompletedProcess[str]], inbox: Path, tmp_path: Path
) -> None:
    with model_server(lambda a: a.say(SAID, prompt_tokens=2500, completion_tokens=2500)) as served:
        model = (
            "--reader",
            "llm",
            "--llm",
            served.url,
            "--model",
            "tiny",
            "--out",
            tmp_path / "out",
            "--format",
            "json",
        )
        ended = read("read", inbox, *model, "--budget", "14ktok")
        assert ended.returncode == 2
        assert "the budget ends here" in ended.stderr
        assert "Traceback" not in ended.stderr
        before = len(served.asked)
        assert 0 < before < 4
        assert read("read", inbox, *model).returncode == 0
        assert len(served.asked) == 4


def test_a_server_that_is_gone_ends_a_run_in_one_line(
    read: Callable[..., subprocess.CompletedProcess[str]], inbox: Path, tmp_path: Path
) -> None:
    done = read(
        "read",
        inbox,
        "--reader",
        "llm",
        "--llm",
        "http://127.0.0.1:9/v1",
        "--model",
        "x",
        "--out",
        tmp_path / "o",
        "--format",
        "json",
        "--timeout",
        "2",
    )
    assert done.returncode == 2
    assert "nobody answers there" in done.stderr
    assert "Traceback" not in done.stderr


def test_one_report_that_a_model_makes_nothing_of_is_listed_and_the_rest_is_read(
    read: Callable[..., subprocess.CompletedProcess[str]], inbox: Path, tmp_path: Path
) -> None:
    with model_server(lambda a: a.say("Sorry." if "kilometre 2" in json.dumps(a.body) else SAID)) as served:
        done = read(
            "read",
            inbox,
            "--reader",
            "llm",
            "--llm",
            served.url,
            "--model",
            "x",
            "--out",
            tmp_path / "o",
            "--format",
            "json",
        )
    assert done.returncode == 1
    assert "3 reports read" in done.stderr
    assert "r2.txt: the model gives no usable answer" in done.stderr


def test_a_server_elsewhere_gets_nothing_before_somebody_agrees(
    read: Callable[..., subprocess.CompletedProcess[str]], inbox: Path
) -> None:
    elsewhere = ("--reader", "llm", "--llm", "https://models.invalid/v1", "--model", "x", "--timeout", "1")
    for stdin in ("", "n\n"):
        done = read("read", inbox / "r0.txt", *elsewhere, stdin=stdin)
        assert done.returncode == 2
        assert "Reports will leave this machine" in done.stderr
        assert "models.invalid: nothing was sent" in done.stderr


def test_recorded_requests_are_answered_by_whoever_and_replayed_offline(
    read: Callable[..., subprocess.CompletedProcess[str]], inbox: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "exchanges"
    recorded = read("read", inbox, "--reader", "llm", "--record", folder)
    assert "4 requests" in recorded.stderr
    requests = sorted(folder.glob("*.request.json"))
    assert len(requests) == 4
    lacking = read("read", inbox / "r0.txt", "--reader", "llm", "--replay", folder)
    assert lacking.returncode == 2
    assert "has no answer" in lacking.stderr
    for n, request in enumerate(requests):
        name = request.name.removesuffix(".request.json")
        forms = [
            (f"{name}.answer.json", SAID), (f"{name}.answer.txt", f"```json\n{SAID}\n```"),
            (f"{name}.answer.json", json.dumps({"choices": [{"message": {"content": SAID}}]})), (f"{name}.answer.json", f"Sure: {SAID}"),
        ]  # fmt: skip
        file, text = forms[n]
        (folder / file).write_text(text, encoding="utf-8")
    done = read("read", inbox, "--reader", "llm", "--replay", folder, "--format", "jsonl")
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 4


def test_both_readers_side_by_side(read: Callable[..., subprocess.CompletedProcess[str]], inbox: Path) -> None:
    said = answer(claim(actors=[{"words": "police"}]), claim(trigger="said", type="CONSULT"))
    with model_server(lambda a: a.say(said)) as served:
        done = read(
            "read", inbox / "r0.txt", "--reader", "both", "--llm", served.url, "--model", "tiny", "--format", "json"
        )
    assert done.returncode == 0, done.stderr
    reading = json.loads(done.stdout)
    assert reading["reader"]["name"] == "both"
    matched, alone = reading["claims"]
    assert [r["name"] for r in matched["readers"]] == ["llm", "trained"]
    assert {"actors": "Rebels", "source": "police"}.items() <= {
        d["field"]: d["other"] for d in matched["disagreements"]
    }.items()
    assert ([r["name"] for r in alone["readers"]], alone["disagreements"]) == (["llm"], [])


def test_the_table_tells_where_readers_disagree_and_what_was_not_kept(
    read: Callable[..., subprocess.CompletedProcess[str]], inbox: Path
) -> None:
    said = answer(claim(actors=[{"words": "police"}, {"words": "Martians"}]), claim(trigger="said", type="CONSULT"))
    with model_server(lambda a: a.say(said)) as served:
        model = ("--llm", served.url, "--model", "tiny")
        both = read("read", inbox / "r0.txt", "--reader", "both", *model)
        assert "Where two readers disagree" in both.stdout
        assert "only llm found it" in both.stdout
        assert "trained reads actors as Rebels" in both.stdout
        assert "values that the report does not have: 1" in both.stderr
        page = read("read", inbox / "r0.txt", "--reader", "both", *model, "--format", "html")
        assert "only llm found it" in page.stdout


def test_a_report_that_only_the_model_can_read_is_read_by_it_alone(
    read: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    text = "هاجمت قوات الدعم السريع مدينة الفاشر يوم الأحد بحسب مصدر طبي تحدث إلى الصحيفة. وقال سكان إن السوق احترق وإن كثيرين غادروا المدينة."
    (tmp_path / "ar.txt").write_text(text, encoding="utf-8")
    said = answer(
        claim(
            trigger="هاجمت",
            actors=[{"words": "قوات الدعم السريع"}],
            english="The Rapid Support Forces attacked the city.",
        )
    )
    with model_server(lambda a: a.say(said)) as served:
        done = read("read", tmp_path / "ar.txt", "--reader", "both", "--llm", served.url, "--model", "tiny")
        assert done.returncode == 0, done.stderr
        assert "Rapid Support Forces" in done.stdout
        assert "In English, in a language model's words" in done.stdout
        refused = read("read", tmp_path / "ar.txt")
    assert refused.returncode == 2
    assert "--reader llm" in refused.stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--reader", "llm"], "needs --llm URL and --model NAME"),
        (["--record", "x"], "go with --reader llm"),
        (["--reader", "llm", "--record", "x", "--out", "y", "--format", "json"], "nothing to write with --out"),
        (["--reader", "llm", "--llm", "http://127.0.0.1:1/v1", "--model", "x", "--budget", "5usd"], "needs the model's prices"),
        (["--reader", "llm", "--llm", "http://127.0.0.1:1/v1", "--model", "x", "--prompt", "nowhere.md"], "cannot be read"),
    ],
)  # fmt: skip
def test_options_that_make_no_sense(
    read: Callable[..., subprocess.CompletedProcess[str]], inbox: Path, arguments: list[str], told: str
) -> None:
    done = read("read", inbox / "r0.txt", *arguments)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_a_prompt_of_one_s_own_makes_another_reader(
    read: Callable[..., subprocess.CompletedProcess[str]], inbox: Path, tmp_path: Path
) -> None:
    (tmp_path / "prompt.md").write_text("List claims. Types: {{ types }}.", encoding="utf-8")
    (tmp_path / "broken.md").write_text("{{ weather }}", encoding="utf-8")
    read("read", inbox / "r0.txt", "--reader", "llm", "--record", tmp_path / "q", "--prompt", tmp_path / "prompt.md")
    (request,) = (tmp_path / "q").glob("*.request.json")
    assert json.loads(request.read_text())["messages"][0]["content"].startswith("List claims. Types: ")
    broken = read(
        "read", inbox / "r0.txt", "--reader", "llm", "--record", tmp_path / "q", "--prompt", tmp_path / "broken.md"
    )
    assert broken.returncode == 2
    assert "broken.md" in broken.stderr
