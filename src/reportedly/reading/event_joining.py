"""Brings the triggers of one sentence together: one happening is one event, and its parts complete each other."""

from typing import Final

from reportedly.reading.event_nouns import names_an_operation
from reportedly.reading.events import ACTOR_CLASSES, EventMention
from reportedly.reading.names import classes, mode_of_weapon
from reportedly.reading.syntax import Document, Sentence, conjuncts, is_passive


def answer_requests(events: list[EventMention]) -> None:
    """ "A rejected a demand by B": the demand is to A, the rejection to B."""
    by_head = {e.head.i: e for e in events}
    for answer in events:
        if answer.type not in ("REJECT", "AGREE", "CONCEDE") or answer.nominal:
            continue
        for thing in answer.head.all("dobj", "nsubjpass"):
            request = by_head.get(thing.i)
            if request is not None and request.type == "REQUEST" and request.nominal:
                request.fill("recipient", answer.roles.get("actor", []))
                if not answer.roles.get("recipient"):
                    answer.fill("recipient", request.roles.get("actor", []))


_REQUEST_MODES: Final = {
    "RETREAT": "yield", "CONCEDE": "yield", "COERCE": "yield", "AGREE": "change", "AID": "assist", "MOBILIZE": "assist",
    "COOPERATE": "assist", "SUPPORT": "assist", "CONSULT": "meet",
}  # fmt: skip
_REJECTED: Final = {
    "mediation": "assist", "help": "assist", "aid": "assist", "talk": "meet", "meeting": "meet", "negotiation": "meet", "dialogue": "meet",
    "invitation": "meet", "ceasefire": "yield", "truce": "yield", "demand": "yield", "ultimatum": "yield", "proposal": "change",
    "plan": "change", "offer": "change",
}  # fmt: skip


def modes_of_requests(events: list[EventMention]) -> None:
    """What is asked for, or refused, gives the mode of REQUEST and REJECT; who should do it is whom one asks."""
    by_head = {e.head.i: e for e in events}
    for event in events:
        if event.type not in ("REQUEST", "REJECT"):
            continue
        clauses = [c for c in event.head.children if c.dep in ("xcomp", "ccomp", "acl", "advcl") and c.i > event.head.i]
        for thing in event.head.all("dobj"):
            clauses += [c for c in thing.children if c.dep in ("acl", "relcl")] + [thing]
        asked = next((by_head[c.i] for c in clauses if c.i in by_head), None)
        if event.mode is None:
            named = next((_REJECTED[w.lemma] for w in event.head.all("dobj") if w.lemma in _REJECTED), None)
            event.mode = _REQUEST_MODES.get(asked.type) if asked is not None else None
            event.mode = event.mode or named or ("change" if event.type == "REQUEST" else None)
        if event.type == "REQUEST" and asked is not None and not asked.nominal:
            if not event.roles.get("recipient") and not event.roles.get("patient") and asked.head.dep == "ccomp":
                event.fill("recipient", asked.roles.get("actor", []))


def split_by_weapon(events: list[EventMention]) -> list[EventMention]:
    """ "fired missiles and drones": an attack for each kind of weapon."""
    out: list[EventMention] = []
    for event in events:
        out.append(event)
        tools = event.roles.get("means", [])
        if event.type != "ASSAULT" or event.nominal or event.sense.roles.get("obj") != "means" or len(tools) < 2:
            continue
        first = mode_of_weapon(tools[0])
        for tool in tools[1:]:
            mode = mode_of_weapon(tool)
            if mode is None or mode == first or tool.dep != "conj":
                continue
            roles = {role: list(words) for role, words in event.roles.items()} | {"means": [tool]}
            other = EventMention(tool, tool.i, tool.i, event.verb, event.sense, event.type, mode, roles)
            other.why = f"{event.why}; by another kind of weapon"
            event.roles["means"] = [w for w in event.roles["means"] if w is not tool]
            out.append(other)
    return out


def without_parts(events: list[EventMention]) -> list[EventMention]:
    """Nouns within a verb of several words tell of the verb's event: "reached an agreement with"."""
    verbs = [e for e in events if not e.nominal and e.last > e.first]
    kept = []
    for event in events:
        host = next((v for v in verbs if event.nominal and v.first <= event.head.i <= v.last), None)
        if host is None:
            kept.append(event)
        elif host.type == event.type:
            for role in ("actor", "recipient"):
                host.fill(role, [w for w in event.roles.get(role, []) if w is not host.head])
    return kept


def find_partners(document: Document, sentence: Sentence, events: list[EventMention]) -> None:
    """ "held talks on the coast, where it rained, with chiefs of the clan": the other side may stand far off."""
    mutual = [e for e in events if e.type in ("CONSULT", "AGREE") and not e.roles.get("recipient")]
    for event in mutual:
        if len(event.roles.get("actor", [])) > 1:
            continue
        for word in document.words[event.last + 1 : sentence.last + 1]:
            if word.lower != "with" or word.dep != "prep" or word.head in event.roles.get("actor", []):
                continue
            others = [w for w in word.children if w.dep == "pobj" and classes(document, w) & ACTOR_CLASSES]
            if others and not any(e is not event and not e.nominal and e.head is word.head for e in events):
                event.fill("recipient", [c for w in others for c in conjuncts(w)])
                break


def share_partners(events: list[EventMention]) -> None:
    """ "A met B and reached an agreement": with B."""
    for event in events:
        verb = event.verb
        if event.type in ("AGREE", "COOPERATE", "CONSULT") and not event.roles.get("recipient") and verb.dep == "conj":
            for other in events:
                if other.type == "CONSULT" and other.head is verb.head:
                    event.fill("recipient", other.roles.get("recipient", []) + other.roles.get("patient", []))


def join(events: list[EventMention]) -> list[EventMention]:
    """Bring triggers of one happening in one sentence together; the governing one stays."""
    by_head = {e.head.i: e for e in events}
    gone: set[int] = set()
    for event in events:
        host = _host(event, by_head)
        while host is not None and host.head.i in gone:
            host = next((e for e in events if event in e.merged or host in e.merged), None)
        if host is None or host is event:
            continue
        gone.add(event.head.i)
        if host.type != event.type:
            continue
        host.merged.append(event)
        _absorb(host, event)
    return [e for e in events if e.head.i not in gone]


def _absorb(host: EventMention, event: EventMention) -> None:
    if host.mode is None or (host.sense.toll and not host.sense.mode and event.mode):
        host.mode = event.mode or host.mode
    for role, fillers in host.roles.items():
        if role != "means":
            host.roles[role] = [w for w in fillers if w is not event.head]
    actors = event.roles.get("actor", [])
    if not host.roles.get("actor"):
        host.fill("actor", [a for a in actors if a is not host.head])
    for role in ("patient", "recipient", "target", "means", "taken", "shot"):
        host.fill(role, [w for w in event.roles.get(role, []) if w is not host.head])
    for key, words in event.tolls.items():
        host.tolls.setdefault(key, []).extend(words)


def _host(event: EventMention, by_head: dict[int, EventMention]) -> EventMention | None:
    """The event of the same sentence that this trigger only tells more of."""
    word = event.head
    # A noun under its own event verb: "imposed sanctions", "signed an agreement", "killed in an ambush".
    if event.nominal:
        verb = event.verb if event.verb is not word else word.head
        if word.dep == "pobj" and word.head.dep in ("prep", "agent"):
            verb = word.head.head
        other = by_head.get(verb.i)
        if other is not None and other.mode == "ceasefire" and word.dep == "dobj":
            return other  # "stop attacks": what is stopped is no claim of its own
        if other is not None and other is not event and other.type == event.type and word.dep in (
            "dobj", "nsubjpass", "nsubj", "csubj", "pobj", "attr", "conj",
        ):  # fmt: skip
            told = ("in", "during", "by", "with", "of", "from", "on", *(("for",) if event.type == "CONSULT" else ()))
            if word.dep == "pobj" and word.head.lower not in told:
                return None
            return other
        return None
    # A participle or coordinated verb of harm after the deed: "raided the farm, killing three and wounding four".
    other = None
    if word.dep in ("advcl", "conj", "relcl", "acl", "xcomp", "ccomp", "pcomp"):
        head = word.head
        for _ in range(4):
            other = by_head.get(head.i) or next(
                (by_head[c.i] for c in head.children if c.i in by_head and names_an_operation(c)), None
            )
            if other is not None or head.head is head:
                break
            if head.dep in ("prep", "conj", "pobj", "dobj", "nsubj", "nsubjpass"):
                head = head.head
            else:
                break
    if other is not None and other.type == "ACCUSE" and _plain_harm(event) and word.dep == "advcl":
        # "accused the army of bombing the town, killing four"
        inside = [e for e in by_head.values() if e.type == "ASSAULT" and other.head.i < e.head.i < word.i]
        return inside[-1] if inside else None
    if (
        other is not None
        and other.nominal
        and other.type == event.type
        and word.dep in ("relcl", "acl")
        and (word.head is other.head or other.head.head is word.head)
    ):
        return other
    if other is None or other.type != "ASSAULT" or event.type != "ASSAULT":
        return None
    if (
        word.dep == "advcl"
        and _plain_harm(other)
        and any(c.lower in ("when", "as", "after") for c in word.children if c.i < word.i)
    ):
        return other  # "two were killed when a bomb hit the house"
    manner = word.dep == "advcl" and event.sense.toll == "killed" and other.mode is None  # "attacked it, beheading two"
    if _plain_harm(event) or manner or (_plain_harm(other) and word.dep in ("relcl", "acl")):
        if (
            word.dep == "conj"
            and word.child("nsubj", "nsubjpass") is not None
            and not (_plain_harm(other) and is_passive(word))
        ):
            return None
        if word.dep == "conj" and other.sense.mode and not _plain_harm(other):
            return None
        if word.dep == "advcl" and any(c.dep == "mark" for c in word.children):
            return None
        return other
    return None


def _plain_harm(event: EventMention) -> bool:
    return event.sense.toll in ("killed", "injured") and event.sense.mode is None
