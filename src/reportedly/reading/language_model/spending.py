"""What asking a model costs: requests, tokens, seconds, money, and the budget that ends it."""

import re
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Final

from reportedly.errors import BudgetSpent, ModelError

_BUDGET: Final = re.compile(r"(\d+(?:\.\d+)?)\s*(usd|\$|mtok|ktok|tok)", re.IGNORECASE)
_TOKENS: Final = {"tok": 1, "ktok": 1_000, "mtok": 1_000_000}


@dataclass(frozen=True, slots=True)
class Prices:
    """US dollars for a million tokens that go in and that come out."""

    into: float
    out: float

    def of(self, tokens_in: int, tokens_out: int) -> float:
        return (tokens_in * self.into + tokens_out * self.out) / 1_000_000


@dataclass(frozen=True, slots=True)
class Budget:
    """What a run may cost: money or tokens."""

    usd: float | None = None
    tokens: int | None = None

    @classmethod
    def parse(cls, text: str) -> "Budget":
        """Read "5usd", "2Mtok", "500ktok". Raises ModelError."""
        match = _BUDGET.fullmatch(text.strip())
        if match is None:
            raise ModelError(f"{text}: no budget. Write it as 5usd, 2Mtok or 500ktok")
        amount, unit = float(match[1]), match[2].lower()
        return cls(usd=amount) if unit in ("usd", "$") else cls(tokens=int(amount * _TOKENS[unit]))


def prices_from(text: str) -> Prices:
    """Read "0.15/0.60". Raises ModelError."""
    parts = text.split("/")
    try:
        into, out = (float(part) for part in parts)
    except ValueError:
        raise ModelError(f"{text}: no prices. Write dollars per million tokens in and out, as 0.15/0.60") from None
    if not (0 <= into < 1e6 and 0 <= out < 1e6):
        raise ModelError(f"{text}: no prices. Write dollars per million tokens in and out, as 0.15/0.60")
    return Prices(into, out)


def estimated_tokens(text: str) -> int:
    """About how many tokens a text is: four characters of English, two of most other scripts."""
    plain = sum(c < "\u0250" for c in text)
    return plain // 4 + (len(text) - plain) // 2 + 1


@dataclass(slots=True)
class Spending:
    """What a run has cost so far; safe to share between threads."""

    prices: Prices | None = None
    budget: Budget | None = None
    requests: int = 0
    from_cache: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0
    _reserved: int = 0
    _reserved_usd: float = 0.0
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        if self.budget is not None and self.budget.usd is not None and self.prices is None:
            raise ModelError(
                "a budget in dollars needs the model's prices: --prices IN/OUT, dollars per million tokens"
            )

    @property
    def usd(self) -> float | None:
        return self.prices.of(self.tokens_in, self.tokens_out) if self.prices else None

    def reserve(self, request: dict[str, Any]) -> tuple[int, float]:
        """Set aside what a request may cost at most; raises BudgetSpent where that is more than is left."""
        tokens_in = estimated_tokens("".join(m["content"] for m in request["messages"]))
        at_most = tokens_in + int(request["max_tokens"])
        usd = self.prices.of(tokens_in, int(request["max_tokens"])) if self.prices else 0.0
        with self._lock:
            spent = self.tokens_in + self.tokens_out + self._reserved
            if self.budget is not None:
                over = self.budget.tokens is not None and spent + at_most > self.budget.tokens
                dear = self.budget.usd is not None and (self.usd or 0) + self._reserved_usd + usd > self.budget.usd
                if over or dear:
                    cost = f"{at_most:,} tokens" if over else f"{usd:.4f} USD"
                    raise BudgetSpent(
                        f"the budget ends here: {self.told()}, and the next request could take {cost}. What was answered is kept; "
                        "run the same again with a larger --budget"
                    )
            self._reserved += at_most
            self._reserved_usd += usd
        return at_most, usd

    def book(self, reserved: tuple[int, float], tokens_in: int, tokens_out: int, seconds: float) -> None:
        """Put what a request did cost in place of what was set aside for it."""
        with self._lock:
            self._reserved -= reserved[0]
            self._reserved_usd -= reserved[1]
            self.requests += 1
            self.tokens_in += max(0, tokens_in)
            self.tokens_out += max(0, tokens_out)
            self.seconds += seconds

    def release(self, reserved: tuple[int, float]) -> None:
        """Set nothing aside any more: the request came to nothing."""
        with self._lock:
            self._reserved -= reserved[0]
            self._reserved_usd -= reserved[1]

    def took_from_cache(self) -> None:
        with self._lock:
            self.from_cache += 1

    def told(self) -> str:
        """ "12 requests, 3 answers that were there already, 34,120 tokens in, 8,200 out, 41 s, 0.0212 USD"."""
        parts = ["1 request" if self.requests == 1 else f"{self.requests:,} requests"]
        if self.from_cache:
            parts.append(f"{self.from_cache:,} answers that were there already")
        parts += [f"{self.tokens_in:,} tokens in", f"{self.tokens_out:,} out", f"{self.seconds:.0f} s"]
        if self.usd is not None:
            parts.append(f"{self.usd:.4f} USD")
        return ", ".join(parts)
