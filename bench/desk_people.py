"""People at the desk, for locust: each asks for a page, and for another one half a second to one and a half later."""

import random
from typing import Any

from locust import FastHttpUser, between

PAGES = (
    "/", "/claims", "/claims?place=Town+{n}", "/claims?status=planned", "/claims?event=ASSAULT&origins=2", "/claims?credibility=1&disputed=1",
    "/claims?text=%22Town+{n}%22", "/incidents", "/incidents?disputed=1", "/incidents?place=SDN", "/incidents/{n}", "/reports", "/reports/{n}", "/map",
    "/timeline", "/network", "/warnings", "/warnings?state=due", "/warnings/{n}", "/warnings/record", "/sources", "/review", "/review?near=Town+{n}",
    "/api/map?from={day}&to={later}", "/api/timeline?from={day}&to={later}", "/api/network?from={day}&to={later}", "/api/days", "/api/claims?limit=50",
)  # fmt: skip
"""What is asked for, each as often; {n} and {day} are others each time, so that nothing kept is shown again."""


def look(person: Any) -> None:
    """Ask for a page; it counts under its form."""
    page = random.choice(PAGES)
    year, month = random.randint(2014, 2015), random.randint(1, 11)
    asked = page.format(n=random.randint(1, 500), day=f"{year}-{month:02}-03", later=f"{year}-{month + 1:02}-03")
    person.client.get(asked, name=page)


class Person(FastHttpUser):  # type: ignore[misc]
    """Somebody at the desk."""

    wait_time = between(0.5, 1.5)
    tasks = (look,)
