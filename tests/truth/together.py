"""One click that several exports tell of: the same clicks as hunting, audit log, URL protection and Explorer.

Owns which of the made-up clicks nobody can mistake for another, and the files that are opened together. Must
not know how the program finds that two records are one click.
"""

import random
import zlib

import kinds
import kinds_of_microsoft as microsoft
import measure
import values
from answer import Engine
from clock import SECOND
from happened import Happened
from whole import Whole, WholeEngine

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


def tellings_of(events, draw, one_id):
    """What the three reports tell, a second early or up to two late: their times are cut off."""
    happened = [Happened(event) for event in events]

    def explorer(one, late):
        return microsoft.explorer(one, late, click_id=one.event.report if one_id else None)

    ways = {
        "audit": (microsoft.audit, (-1, 0, 1)),
        "url-protection": (microsoft.url_protection, (0, 1)),
        "explorer": (explorer, (0, 1, 2)),
    }
    return {
        name: [
            tell(one, zlib.crc32(f"{name} {one.seed} {draw}".encode()) % len(late) + late[0])
            for one in happened
        ]
        for name, (tell, late) in ways.items()
    }


WRITE = {"audit": kinds.purview, "url-protection": kinds.protection, "explorer": kinds.explorer}
# Columns of these kinds, as kinds.py has them.
COLUMNS = {kind.name.removesuffix("-purview"): kind.columns.split() for kind in kinds.KINDS}


def questions():
    asked = [("report", {"limit": 0})]
    asked += [("query", {"groupBy": [name], "measures": measure.MEASURES}) for name in GROUPS]
    return asked + [
        ("report", {"limit": 0, "filter": f"reached={word}"}) for word in ("yes", "unsafe", "waiting")
    ]


def sets(events, seed, hosts):
    """Name, files, the engine that knows the numbers: each report with hunting, then all of them."""
    events = unmistakable(events)
    draw = random.Random(f"together {seed}")
    draw.shuffle(events)
    hunting = ("hunting.csv", kinds.hunting(events))
    reports = [(f"{name}.csv", WRITE[name](told)) for name, told in tellings_of(events, seed, True).items()]
    engine = Engine([kinds.source_of(hunting[1], hunting[0])], hosts)
    for report in reports:
        yield f"hunting with {report[0]}", draw.sample([hunting, report], 2), engine
    yield "all of one set", draw.sample([hunting, *reports], 4), engine


def mistakable(events, seed, hosts):
    """The same of all clicks, also of nobody and of those that follow each other at once.

    The numbers are those of the rule in words.md. Once the id of Explorer is the report id, and once it is of
    its own, which speaks against hunting.
    """
    for name, one_id in (("everything together", True), ("everything together, own ids", False)):
        draw = random.Random(f"{name} {seed}")
        hunting = kinds.hunting(events)
        files = [("hunting.csv", hunting, kinds.source_of(hunting, "hunting.csv"))]
        for kind, told in tellings_of(events, seed, one_id).items():
            files.append((f"{kind}.csv", WRITE[kind](told), (kind, COLUMNS[kind], told)))
        draw.shuffle(files)
        engine = WholeEngine(Whole([each for _, _, each in files], hosts))
        yield name, [(file, data) for file, data, _ in files], engine
