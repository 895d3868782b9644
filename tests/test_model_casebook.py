"""A casebook whose reports a language model reads: what it forbids, what is kept when a server fails, what people are shown first."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from reportedly import Casebook, Filter

from .in_process import run_here
from .model_server import answer, claim, model_server

Call = Callable[..., subprocess.CompletedProcess[str]]
TEXT = "Rebels attacked the post near Tolmar on Sunday, police said. The army shelled Sennet on Monday."
SAID = answer(
    claim(actors=[{"words": "police"}], english="Police attacked the post near Tolmar."),
    claim(s=1, trigger="said", type="CONSULT"),
)


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    (tmp_path / "r.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "r.meta.json").write_text('{"outlet": "Test Wire", "published": "2025-03-05"}', encoding="utf-8")

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return run_here(
            monkeypatch, *arguments, XDG_CONFIG_HOME=str(tmp_path / "config"), REPORTEDLY_LLM_ANSWERS=str(tmp_path / "answers"),
            REPORTEDLY_CASEBOOK=str(tmp_path / "cb"),
        )  # fmt: skip

    assert run("init").returncode == 0
    return run


@pytest.mark.parametrize(("rule", "url"), [("none", "http://127.0.0.1:1/v1"), ("here", "https://models.invalid/v1")])
def test_a_casebook_can_forbid_that_its_reports_are_sent(call: Call, tmp_path: Path, rule: str, url: str) -> None:
    assert "may be sent to any" in call("model-servers").stdout
    assert call("model-servers", rule).returncode == 0
    refused = call("add", tmp_path / "r.txt", "--reader", "llm", "--llm", url, "--model", "x", "--yes")
    assert refused.returncode == 2
    assert "reports of this casebook" in refused.stderr
    with Casebook.open(tmp_path / "cb") as casebook:
        assert not list(casebook.reports())
    assert call("backup", tmp_path / "b.zip").returncode == 0
    assert call("restore", tmp_path / "b.zip", "--casebook", tmp_path / "again").returncode == 0
    assert call("model-servers", "--casebook", tmp_path / "again").stdout == call("model-servers").stdout
    assert "all as kept" in call("verify").stdout


def test_a_report_is_kept_where_its_model_fails_and_read_when_it_is_back(call: Call, tmp_path: Path) -> None:
    with model_server(lambda a: a.send(404, b'{"error": "no such model"}')) as served:
        failed = call("add", tmp_path / "r.txt", "--reader", "llm", "--llm", served.url, "--model", "x")
    assert failed.returncode == 2
    assert "no such model" in failed.stderr
    with Casebook.open(tmp_path / "cb") as casebook:
        assert [r.read_by for r in casebook.reports()] == [None]
    with model_server(lambda a: a.say(SAID)) as served:
        read = call("reread", "--reader", "llm", "--llm", served.url, "--model", "x")
    assert "1 report read by llm" in read.stdout
    shown = call("show", "C1")
    assert "Police attacked the post near Tolmar. (by llm)" in shown.stdout


def test_what_two_readers_disagree_on_is_found_and_comes_first(call: Call, tmp_path: Path) -> None:
    with model_server(lambda a: a.say(SAID)) as served:
        added = call("add", tmp_path / "r.txt", "--reader", "both", "--llm", served.url, "--model", "x")
    assert added.returncode == 0, added.stderr
    with Casebook.open(tmp_path / "cb") as casebook:
        claims = list(casebook.claims())
        assert {c.claim.trigger.text for c in claims} == {"attacked", "said", "shelled"}
        assert {c.claim.trigger.text for c in casebook.claims(Filter(readers_differ=True))} == {
            "attacked",
            "said",
            "shelled",
        }
        queued, _ = casebook.review_queue(Filter(), None, False, 0, 9)
        assert all("readers differ" in q.reasons for q in queued)
    by_trigger = {c.claim.trigger.text: c.claim for c in claims}
    assert "actors" in {d.field for d in by_trigger["attacked"].disagreements}
    assert [len(by_trigger[t].readers) for t in ("attacked", "said", "shelled")] == [2, 1, 1]
    assert "attacked" in call("claims", "--readers-differ", "--format", "csv").stdout
    assert "trained reads actors as Rebels" in call("show", "C1").stdout
