"""A process of its own for parsing what others made: it has a limit to its memory and its time, opens no connection and starts no program.

Whatever happens to it (a bomb, an endless loop, a crash of a parser written in C), the process that takes reports in goes on with
the next one. It is started on first use and kept; after a failure a fresh one takes its place.
"""

import pickle
import struct
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import IO, Any, Final

from reportedly.errors import ReportedlyError, UnreadableReport
from reportedly.intake.formats.parts import Part, Source
from reportedly.intake.kinds import Kind
from reportedly.intake.parsing import parse

_MEMORY: Final = 2 * 1024**3
"""Bytes of address space; parsing a page takes a tenth of it."""


class IsolatedParser:
    """Parses originals elsewhere. `seconds` is what one of them may take."""

    def __init__(self, seconds: float = 60.0, memory: int = _MEMORY) -> None:
        self._seconds = seconds
        self._memory = memory
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "IsolatedParser":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def parse(self, kind: Kind, source: Source) -> Sequence[Part]:
        """The parts of an original. Raises UnreadableReport where it cannot be parsed within the limits."""
        process = self._process = self._process or self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._seconds, end)
        timer.start()
        try:
            _send(process.stdin, (kind, source))
            answer = _receive(process.stdout)
        except (EOFError, OSError, pickle.UnpicklingError):
            self._forget()
            why = (
                f"takes more than {self._seconds:.0f} s to parse"
                if late.is_set()
                else "breaks its parser, or takes too much memory"
            )
            raise UnreadableReport(f"{source.name}: {why}; it is left out") from None
        finally:
            timer.cancel()
        if isinstance(answer, ReportedlyError):
            raise answer
        parts: Sequence[Part] = answer
        return parts

    def close(self) -> None:
        """End the process."""
        self._forget()

    def _started(self) -> subprocess.Popen[bytes]:
        # -P: nothing is imported from the folder that this runs in, which may hold what others sent.
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "reportedly.intake.isolated", str(self._memory)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def _forget(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()


def _send(stream: IO[bytes], item: Any) -> None:
    data = pickle.dumps(item, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(struct.pack(">Q", len(data)))
    stream.write(data)
    stream.flush()


def _receive(stream: IO[bytes]) -> Any:
    header = stream.read(8)
    if len(header) < 8:
        raise EOFError
    (size,) = struct.unpack(">Q", header)
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return pickle.loads(data)


def _limit(memory: int) -> None:
    try:
        import resource
    except ImportError:
        return
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _refuse(event: str, _: tuple[object, ...]) -> None:
    """An audit hook: a parser has no business with the network or with other programs."""
    if event in (
        "socket.connect",
        "socket.bind",
        "socket.getaddrinfo",
        "subprocess.Popen",
        "os.system",
        "os.exec",
        "os.posix_spawn",
    ):
        raise PermissionError(event)


def main() -> None:
    """Parse what comes on standard input until it ends."""
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    _limit(int(sys.argv[1]))
    sys.addaudithook(_refuse)
    while True:
        try:
            kind, source = _receive(requests)
        except EOFError:
            return
        try:
            answer: Any = list(parse(kind, source))
        except ReportedlyError as error:
            answer = error
        except MemoryError:
            answer = UnreadableReport(f"{source.name}: takes too much memory to parse; it is left out")
        except Exception as error:  # noqa: BLE001  whatever a parser stumbles over is a line for the user, not an end
            answer = UnreadableReport(f"{source.name}: cannot be parsed ({type(error).__name__})")
        _send(answers, answer)


if __name__ == "__main__":
    main()
