"""The trained networks as they ship: ONNX files in the package, run by onnxruntime on one core, loaded once."""

import hashlib
import json
from functools import cache
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt
import onnxruntime

from reportedly.errors import InvalidModel
from reportedly.reading.trained.windows import WEIGHTS

Array = npt.NDArray[Any]
_THREADS: Final = 1
"""Of one reading: many readings at once run in processes of their own."""


@cache
def _session(name: str) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = _THREADS
    options.inter_op_num_threads = _THREADS
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(WEIGHTS / f"{name}.onnx"), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise InvalidModel(
            f"the trained network {name}.onnx cannot be loaded ({type(error).__name__}). "
            "Install reportedly again, or read with --reader rules."
        ) from error


def run(name: str, inputs: dict[str, Array]) -> list[Array]:
    """Run a network. Raises InvalidModel where its file is missing or broken."""
    found: list[Array] = _session(name).run(None, inputs)
    return found


@cache
def weights_digest() -> str:
    """Short digest of the weights that ship, part of the reader's version."""
    digest = hashlib.sha256()
    for path in sorted(WEIGHTS.glob("*")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:8]


@cache
def _calibration() -> dict[str, dict[str, list[float]]]:
    path = WEIGHTS / "calibration.json"
    found: dict[str, dict[str, list[float]]] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return found


def calibrated(found_by: Literal["both", "alone"], score: float) -> float:
    """The share of claims with such a score that were right on the corpus' development part: found by the rules too, or by the network alone."""
    curve = _calibration().get(found_by)
    return score if curve is None else float(np.interp(score, curve["scores"], curve["shares"]))


@cache
def label_moves() -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """Learned scores between the labels of an attribution's parts, [from, to], and of the first label."""
    try:
        with np.load(WEIGHTS / "label_moves.npz") as kept:
            return kept["moves"], kept["opens"]
    except (OSError, ValueError, KeyError) as error:
        raise InvalidModel("label_moves.npz cannot be loaded. Install reportedly again.") from error
