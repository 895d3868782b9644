"""What reading by a language model asks and costs: requests, tokens, and dollars for a thousand reports.

    python bench/language_model.py [CORPUS] [--prices IN/OUT] [--seconds PER_THOUSAND_TOKENS_OUT]

Requests are those that would be sent for every report of a corpus; answers are as long, for each claim, as the recorded ones.
Tokens are estimated as for budgets (four characters of English each).
"""

import argparse
import json
from pathlib import Path
from statistics import mean

from reportedly.cli.prepare import prepare_places
from reportedly.reading.evaluation.corpus import load_corpus
from reportedly.reading.language_model.reader import ModelReader, Replay
from reportedly.reading.language_model.spending import estimated_tokens, prices_from

ROOT = Path(__file__).resolve().parent.parent


def tokens_of_a_claim() -> float:
    """Tokens of one claim in the recorded answers, written as tightly as servers write JSON."""
    return mean(
        estimated_tokens(json.dumps(claim, ensure_ascii=False, separators=(",", ":")))
        for path in (ROOT / "tests" / "recorded").rglob("*.answer.json")
        for claim in json.loads(path.read_text(encoding="utf-8"))["claims"]
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="?", type=Path, default=ROOT / "corpus")
    parser.add_argument("--prices", type=prices_from, default=prices_from("0.15/0.60"))
    parser.add_argument("--seconds", type=float, default=20.0)
    given = parser.parse_args()
    prepare_places()
    reader = ModelReader(Replay(ROOT / "tests" / "recorded"), "any")
    reports = list(load_corpus(given.corpus))
    requests = tokens_in = told = 0
    for report in reports:
        for request in reader.requests(report.report):
            requests += 1
            tokens_in += estimated_tokens("".join(m["content"] for m in request["messages"]))
            told = estimated_tokens(request["messages"][0]["content"])
    claims = sum(len(report.claims) for report in reports)
    each = tokens_of_a_claim()
    tokens_out = claims * each + 6 * requests
    scale = 1000 / len(reports)
    print(
        f"{len(reports)} reports of {mean(len(r.text) for r in reports):,.0f} characters and {claims / len(reports):.1f} claims on average"
    )
    print(f"instructions: {told:,} tokens in every request; a claim in an answer: {each:.0f} tokens")
    print("for a thousand reports:")
    print(f"  requests   {requests * scale:,.0f}")
    print(f"  tokens in  {tokens_in * scale / 1e6:.2f} million")
    print(f"  tokens out {tokens_out * scale / 1e6:.2f} million")
    print(
        f"  dollars    {given.prices.of(int(tokens_in * scale), int(tokens_out * scale)):.2f} at {given.prices.into}/{given.prices.out} a million"
    )
    print(
        f"  hours      {tokens_out * scale / 1000 * given.seconds / 3600:.1f} at {given.seconds} s for a thousand tokens out, one request at a time"
    )


if __name__ == "__main__":
    main()
