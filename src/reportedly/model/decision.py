"""What people decide about claims. A decision is only ever added; the machine's value stands beside the person's."""

import copy
import json
from typing import Any, Literal

from reportedly.errors import InvalidDecision
from reportedly.model.plover import MODES
from reportedly.model.record import Claim

Verdict = Literal["accept", "reject", "edit", "withdraw"]
"""accept: the claim is in the report as read. reject: it is not. edit: it is, with other values. withdraw: the decisions that this
person took on it before no longer count."""

EDITABLE = (
    "event", "actors", "recipients", "means", "targets", "toll", "places", "time", "status", "attribution", "wording", "notes",
)  # fmt: skip


def edited(claim: Claim, changes: dict[str, Any], text: str) -> Claim:
    """A claim with a person's values in place of the machine's. Keys are dotted paths such as `status.kind` or `actors.0.name`.

    Raises InvalidDecision where a field cannot be edited, the record does not allow a value, or its words are not in the text.
    """
    data = with_values(claim.model_dump(mode="json"), changes)
    try:
        changed = Claim.model_validate_json(json.dumps(data))
    except ValueError as error:
        first = str(error).splitlines()
        where = first[1].strip() if len(first) > 1 else ""
        why = first[2].strip().split(" [type")[0] if len(first) > 2 else str(error)
        raise InvalidDecision(f"{where}: {why}. `reportedly schema` prints what a claim may hold") from None
    if changed.event.mode is not None and changed.event.mode not in MODES[changed.event.type]:
        modes = ", ".join(sorted(MODES[changed.event.type])) or "none"
        raise InvalidDecision(
            f"event.mode: {changed.event.type} has no mode {changed.event.mode}. Its modes are {modes}"
        )
    for span in spans_of(data):
        if text[span["start"] : span["end"]] != span["text"]:
            raise InvalidDecision(
                f"the words {span['text']!r} do not stand at {span['start']}-{span['end']} of the report"
            )
    return changed


def with_values(data: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """A copy of a claim's JSON with other values at some dotted paths. Raises InvalidDecision for a path that it does not have."""
    changed: dict[str, Any] = copy.deepcopy(data)
    for path, value in changes.items():
        _set(changed, path, copy.deepcopy(value))
    return changed


def value_at(data: dict[str, Any], path: str) -> Any:
    """What a claim's JSON holds at a dotted path; None where it has nothing there."""
    at: Any = data
    for step in path.split("."):
        if isinstance(at, list):
            at = at[int(step)] if step.isdecimal() and int(step) < len(at) else None
        else:
            at = at.get(step) if isinstance(at, dict) else None
    return at


def spans_of(data: Any) -> list[dict[str, Any]]:
    """Every span in a claim's JSON."""
    if isinstance(data, dict):
        if set(data) == {"start", "end", "text"}:
            return [data]
        return [span for value in data.values() for span in spans_of(value)]
    if isinstance(data, list):
        return [span for value in data for span in spans_of(value)]
    return []


def _set(data: dict[str, Any], path: str, value: Any) -> None:
    steps = path.split(".")
    if steps[0] not in EDITABLE:
        raise InvalidDecision(f"{path}: cannot be edited. Fields are {', '.join(EDITABLE)}")
    at: Any = data
    for step in steps[:-1]:
        at = _step(at, step, path)
    last = steps[-1]
    if isinstance(at, list):
        index = _index(at, last, path, allow_next=True)
        if index == len(at):
            at.append(value)
        elif value is None:
            del at[index]
        else:
            at[index] = value
    elif isinstance(at, dict) and last in at:
        at[last] = value
    else:
        raise InvalidDecision(f"{path}: the claim has no such field")


def _step(at: Any, step: str, path: str) -> Any:
    if isinstance(at, list):
        return at[_index(at, step, path)]
    if isinstance(at, dict) and at.get(step) is not None:
        return at[step]
    raise InvalidDecision(f"{path}: the claim has no {step} there. Give the whole of it as JSON")


def _index(items: list[Any], step: str, path: str, allow_next: bool = False) -> int:
    if not step.isdecimal() or int(step) >= len(items) + allow_next:
        raise InvalidDecision(f"{path}: there are {len(items)}, numbered from 0")
    return int(step)
