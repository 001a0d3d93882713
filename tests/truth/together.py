"""One click that several exports tell of: the same clicks as hunting, audit log, URL protection and Explorer.

Owns which of the made-up clicks nobody can mistake for another, and the files that are opened together. Must
not know how the program finds that two records are one click.
"""

import random

import kinds
import kinds_of_microsoft as microsoft
import measure
import values
from answer import Engine
from clock import SECOND
from happened import Happened

UNAMBIGUOUS = 4 * SECOND
GROUPS = ("verdict", "action", "rawAction", "source", "user", "host", "url", "ip", "threat", "day", "hour")


def unmistakable(events):
    """The clicks of somebody, no two of one person and URL within four seconds."""
    last, kept = {}, []
    for event in sorted(events, key=lambda event: event.ticks):
        user = values.text_of(event.user)
        if user is None:
            continue
        key = values.fold(user), event.url
        if key not in last or event.ticks - last[key] > UNAMBIGUOUS:
            kept.append(event)
            last[key] = event.ticks
    return kept


def files_of(events, draw, jitter):
    """The four files. A report may be a second early or late, or two late, where its time is cut off."""
    happened = [Happened(event) for event in events]
    late = {
        "audit": [draw.choice((-1, 0, 1)) * jitter for _ in events],
        "protection": [draw.choice((0, 1)) * jitter for _ in events],
        "explorer": [draw.choice((0, 1, 2)) * jitter for _ in events],
    }
    return {
        "hunting.csv": kinds.hunting(events),
        "audit.csv": kinds.purview([microsoft.audit(one, by) for one, by in zip(happened, late["audit"])]),
        "url-protection.csv": kinds.protection(
            [microsoft.url_protection(one, by) for one, by in zip(happened, late["protection"])]
        ),
        "explorer.csv": kinds.explorer(
            [
                microsoft.explorer(one, by, click_id=one.event.report)
                for one, by in zip(happened, late["explorer"])
            ]
        ),
    }


def questions():
    asked = [("report", {"limit": 0})]
    asked += [("query", {"groupBy": [name], "measures": measure.MEASURES}) for name in GROUPS]
    return asked + [("report", {"limit": 0, "filter": f"reached={word}"}) for word in ("yes", "unsafe", "waiting")]


def sets(events, seed, hosts):
    """Name, files, the engine that knows the numbers, what is asked: each report with hunting, and all of them."""
    events = unmistakable(events)
    draw = random.Random(f"together {seed}")
    draw.shuffle(events)
    files = files_of(events, draw, 1)
    engine = Engine([kinds.source_of(files["hunting.csv"], "hunting.csv")], hosts)
    for name in list(files)[1:]:
        pair = [("hunting.csv", files["hunting.csv"]), (name, files[name])]
        draw.shuffle(pair)
        yield f"hunting with {name}", pair, engine, questions()
    every = list(files.items())
    draw.shuffle(every)
    yield "all of one set", every, engine, questions()
