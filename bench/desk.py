"""The desk with twenty people at once: how long the server takes for each page, at the 95th percentile, and when a browser first paints it.

    python bench/desk.py CASEBOOK [SECONDS]

CASEBOOK is one that is filled and weighed, such as `bench/weighing.py 100000 --casebook CASEBOOK` makes. People ask for pages and for what
pages draw, each after half a second to one and a half. Needs locust, and Chromium for the first paint; server, people and browser share the machine.
"""

import csv
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

PEOPLE = 20


def main() -> None:
    where, seconds = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 120
    command = [sys.executable, "-m", "reportedly.cli.main", "serve", "--casebook", where, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server, TemporaryDirectory() as folder:
        try:
            assert server.stdout is not None
            desk = server.stdout.readline().split(" at ")[1].split("/ ")[0]
            people = [
                sys.executable,
                "-m",
                "locust",
                "-f",
                str(Path(__file__).with_name("desk_people.py")),
                "--headless",
                "--host",
                desk,
                "-u",
                str(PEOPLE),
                "-r",
                "10",
                "-t",
                f"{seconds}s",
            ]
            subprocess.run(
                [*people, "--csv", f"{folder}/load", "--only-summary", "--reset-stats"],
                check=False,
                capture_output=True,
            )
            _print(Path(folder) / "load_stats.csv")
            _print_paints(desk)
        finally:
            server.terminate()


def _print(path: Path) -> None:
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    bare = next(float(row["50%"]) for row in rows if row["Name"] == "/api/claims?limit=50") or 1
    for row in sorted(rows, key=lambda row: row["Name"] == "Aggregated"):
        p50, p95 = float(row["50%"]), float(row["95%"])
        failed = f", {row['Failure Count']} failed" if row["Failure Count"] != "0" else ""
        print(
            f"{row['Name']:45} {row['Request Count']:>6} times: median {p50:5.0f} ms ({p50 / bare:4.1f} of a list of claims), p95 {p95:5.0f} ms{failed}"
        )


def _print_paints(desk: str) -> None:
    from playwright.sync_api import sync_playwright

    first = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for page in ("/", "/claims", "/incidents", "/map", "/timeline", "/network", "/warnings", "/sources", "/review"):
            tab = browser.new_page()
            tab.goto(desk + page)
            tab.wait_for_load_state("networkidle")
            print(f"{page:45} first painted after {tab.evaluate(first):.0f} ms")
            tab.close()
        browser.close()


if __name__ == "__main__":
    main()
