"""Options for a language model as reader, and the reader that they ask for."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar, get_args
from urllib.parse import urlsplit

import click
from platformdirs import user_cache_path, user_config_path

from reportedly.errors import ModelNotAllowed
from reportedly.model.addresses import is_loopback
from reportedly.model.record import AnyReaderName, ReaderName

if TYPE_CHECKING:
    from reportedly.reading.language_model.reader import Answers
    from reportedly.reading.language_model.server import Server
    from reportedly.reading.language_model.spending import Spending
    from reportedly.reading.reader import Reads

Command = TypeVar("Command", bound=Callable[..., Any])

KEY_VARIABLE: Final = "REPORTEDLY_LLM_KEY"
_KEY_RING: Final = "reportedly"
_WITH_A_MODEL: Final = ("llm", "both")

_READER = click.option(
    "--reader", "reader_name", type=click.Choice(get_args(AnyReaderName)), default=get_args(ReaderName)[0], show_default=True,
    envvar="REPORTEDLY_READER",
    help="Who reads: rules and layers trained on coded reports; the rules alone; a language model; or a model and the trained layers, compared.",
)  # fmt: skip
_SERVER: Final = (
    click.option("--llm", "server", metavar="URL", envvar="REPORTEDLY_LLM",
                 help="A server with OpenAI's interface: http://localhost:8000/v1. A key is taken from REPORTEDLY_LLM_KEY or the system's key ring."),
    click.option("--model", metavar="NAME", envvar="REPORTEDLY_LLM_MODEL", help="The model's name at that server."),
    click.option("--prompt", type=click.Path(path_type=Path), help="Instructions for the model instead of the ones that ship."),
    click.option("--timeout", type=click.FloatRange(1, 7200), default=300.0, show_default=True, metavar="SECONDS", help="For one answer of the model."),
    click.option("--answer-tokens", type=click.IntRange(100, 100_000), default=16_000, show_default=True, metavar="N",
                 help="Tokens of one answer at most; a small model that rambles is cut off there."),
    click.option("--budget", metavar="AMOUNT", help="What asking the model may cost in this run: 5usd, 2Mtok, 500ktok."),
    click.option("--prices", metavar="IN/OUT", help="The model's prices, dollars per million tokens in and out: 0.15/0.60."),
    click.option("--answers", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", envvar="REPORTEDLY_LLM_ANSWERS",
                 help="Where the model's answers are kept, so that nothing is asked twice; else in your cache folder."),
    click.option("--yes", is_flag=True, help="Agree that reports are sent to a server that is not on this machine."),
)  # fmt: skip

replay_option = click.option(
    "--replay", type=click.Path(path_type=Path, file_okay=False, exists=True), metavar="DIR",
    help="Take a language model's answers from this folder, and ask no server.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """What a command was told of its reader."""

    name: AnyReaderName
    actors: Path | None = None
    server: str | None = None
    model: str | None = None
    prompt: Path | None = None
    timeout: float = 300.0
    answer_tokens: int = 16_000
    budget: str | None = None
    prices: str | None = None
    answers: Path | None = None
    yes: bool = False
    concurrency: int = 1
    replay: Path | None = None

    @property
    def asks_a_model(self) -> bool:
        return self.name in _WITH_A_MODEL


def model_options(command: Command) -> Command:
    """Add the choice of reader and all that a language model needs."""
    for option in reversed((_READER, *_SERVER)):
        command = option(command)
    return command


def options_from(given: dict[str, Any], actors: Path | None = None, **more: Any) -> ModelOptions:
    """The reader's options of a command; they are taken out of what was given."""
    names = ("server", "model", "prompt", "timeout", "answer_tokens", "budget", "prices", "answers", "yes")
    return ModelOptions(given.pop("reader_name"), actors, **{name: given.pop(name) for name in names}, **more)


@contextmanager
def reader_of(options: ModelOptions) -> Iterator["Reads"]:
    """The reader that the options ask for; what a model cost is told at the end."""
    from reportedly.reading.reader import Reader

    if not options.asks_a_model:
        yield Reader(actors=options.actors, name=options.name)  # type: ignore[arg-type]
        return
    from reportedly.reading.both import BothReaders
    from reportedly.reading.language_model.reader import ModelReader

    with _answers(options) as answers:
        asking = ModelReader(answers, options.model, options.prompt, options.actors, options.answer_tokens)
        yield asking if options.name == "llm" else BothReaders(asking, Reader(actors=options.actors))


@contextmanager
def _answers(options: ModelOptions) -> Iterator["Answers"]:
    from reportedly.reading.language_model.reader import Replay

    if options.replay is not None:
        yield Replay(options.replay)
        return
    server = _server(options)
    try:
        yield server
    finally:
        server.close()
        _tell_costs(server.spending)


def _server(options: ModelOptions) -> "Server":
    from reportedly.reading.language_model.exchanges import Exchanges
    from reportedly.reading.language_model.server import Server, checked_address
    from reportedly.reading.language_model.spending import Budget, Spending, prices_from

    if options.server is None or options.model is None:
        raise click.UsageError(
            f"--reader {options.name} needs --llm URL and --model NAME, or --replay FOLDER with recorded answers"
        )
    url = checked_address(options.server)
    if not is_loopback(url):
        _agree(url, options.yes)
    spending = Spending(
        prices_from(options.prices) if options.prices else None,
        Budget.parse(options.budget) if options.budget else None,
    )
    parts = urlsplit(url).netloc + urlsplit(url).path, options.model
    where, model = ("".join(c if c.isalnum() else "-" for c in part) for part in parts)
    folder = (options.answers or user_cache_path("reportedly") / "answers") / where / model
    return Server(url, _key(url), Exchanges(folder), spending, timeout=options.timeout, concurrency=options.concurrency)


def _key(url: str) -> str | None:
    """The key of a server, from the environment or the system's key ring; local servers mostly need none."""
    import os

    if key := os.environ.get(KEY_VARIABLE, "").strip():
        return key
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(_KEY_RING, urlsplit(url).hostname or "")
    except (KeyringError, RuntimeError, OSError):
        return None


def _agree(url: str, yes: bool) -> None:
    """Ask, once for each server, whether reports may be sent there. Raises ModelNotAllowed where nobody agrees."""
    file = user_config_path("reportedly") / "agreed-servers.json"
    host = urlsplit(url).netloc
    try:
        agreed = set(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        agreed = set()
    if host in agreed or yes:
        return
    click.echo(
        f"Reports will leave this machine: the text, title, outlet and date of each go to {host}, and whoever runs it can read and keep them. "
        "Nothing else is sent, neither decisions nor names of files.",
        err=True,
    )
    try:
        if not click.confirm("Send reports there?", err=True):
            raise ModelNotAllowed(f"{host}: nothing was sent")
    except click.Abort:
        raise ModelNotAllowed(f"{host}: nothing was sent. In a script, agree with --yes") from None
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(sorted(agreed | {host})), encoding="utf-8")
    except OSError:
        return  # it asks again next time


def _tell_costs(spending: "Spending") -> None:
    if spending.requests or spending.from_cache:
        click.echo(f"model: {spending.told()}", err=True)
