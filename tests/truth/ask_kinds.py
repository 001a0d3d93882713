"""Asks about the same clicks in every kind of export, and about all kinds opened together.

Owns which questions every kind is asked, and how answers are compared. Must not know any kind.
"""

import shutil

import kinds
import measure
import together
from agree import unequal
from answer import Engine
from compare import check_totals, differences
from generate import Company
from happened import Happened
from questions import Asker
from told import Told, ToldEngine

TOP = 50
SHOWN = 2_000
ALL_FILES = ("records", "rows", "duplicates", "refused", "skipped", "from", "to", "without")
ONE_FILE = (*ALL_FILES, "unknownActions")
COUNTED = ["clicks", "people", "reached", "reachedUnsafe", "malicious", "blocked", "overridden", "attempts"]


class AskKinds:
    """The part of a run that is about kinds."""

    def __init__(self, run, folder, seed, clicks, by_chance):
        self.run, self.folder, self.seed, self.by_chance = run, folder / f"kinds-{seed}", seed, by_chance
        self.events = Company(seed, clicks).events()
        self.tally = {}

    def all(self):
        events = self.events
        source = kinds.source_of(kinds.hunting(events), "hunting.csv")
        hosts = self.run.page.hosts([source])
        for name, data, inside in kinds.carried(events):
            sources = [kinds.source_of(each, name) for each in inside]
            self.one(name, [(name, data)], Engine(sources, hosts), None)
        happened = [Happened(event) for event in events]
        for kind in kinds.KINDS:
            tellings = [kind.tell(one) for one in happened]
            name = f"{kind.name}.{kind.ending}"
            clicks = Told(name, kind.columns.split(), tellings, hosts)
            self.one(name, [(name, kind.write(tellings))], ToldEngine(clicks), kind.calls)
        self.together(hosts)
        for name, files, engine in together.mistakable(events, self.seed, hosts):
            self.one(name, files, engine, None, ALL_FILES)
        for name, (asked, disagree) in self.tally.items():
            if disagree:
                print(f"  {name}: {asked} asked, {disagree} disagree")
        asked, disagree = (sum(each) for each in zip(*self.tally.values()))
        print(
            f"{len(events)} clicks in {len(self.tally)} ways: {asked} asked, {disagree} disagree", flush=True
        )

    def one(self, name, files, engine, calls, counted=ONE_FILE):
        """One file: everything that is asked of every kind."""
        asker = Asker(engine, self.seed)
        questions = plain() + [seeded(asker) for _ in range(self.by_chance)]
        folder = self.folder / name if len(files) > 1 else self.folder
        paths = [kinds.save(folder, each, data) for each, data in files]
        opened, answers = self.run.page.ask([*questions, ("trust", None)], paths)
        if "error" in opened:
            answers = [opened] * (len(questions) + 1)
        for (method, params), page in zip(questions, answers):
            reference = engine.answer(method, params)
            found = differences(method, params, page, reference, engine)
            self.compare(name, paths, method, params, page, reference, found)
        reference = engine.trust()
        found = ["error"] if "error" in answers[-1] else check_files(answers[-1], reference, calls, counted)
        self.compare(name, paths, "trust", None, answers[-1], reference, found)

    def together(self, hosts):
        """All kinds of one set in one load: the numbers are those of the hunting export alone."""
        asked = together.questions()
        for name, files, engine in together.sets(self.events, self.seed, hosts):
            paths = [kinds.save(self.folder / name, each, data) for each, data in files]
            opened, answers = self.run.page.ask([*asked, ("trust", None)], paths)
            if "error" in opened:
                answers = [opened] * (len(asked) + 1)
            for (method, params), page in zip(asked, answers):
                reference = engine.answer(method, params)
                if "error" in page:
                    found = ["error"]
                elif method == "report":
                    found = check_totals(page, reference)
                    found += unequal("from", page["from"], reference["from"])
                    found += unequal("to", page["to"], reference["to"])
                else:
                    found = differences(method, params, page, reference, engine)
                self.compare(name, paths, method, params, page, reference, found)
            clicks = len(engine.clicks.rows)
            wanted = {"clicks": clicks, "duplicates": clicks * (len(files) - 1)}
            page = answers[-1]
            found = [each for key, number in wanted.items() for each in unequal(key, page.get(key), number)]
            self.compare(name, paths, "trust", None, page, wanted, found)

    def compare(self, name, paths, method, params, page, reference, found):
        self.run.asked += 1
        tally = self.tally.setdefault(name, [0, 0])
        tally[0] += 1
        if found:
            tally[1] += 1
            where = f"{name}, seed {self.seed}, files {[str(path) for path in paths]}"
            self.run.report(where, [method, params], page, reference, found)

    def tidy(self):
        if not any(disagree for _, disagree in self.tally.values()):
            shutil.rmtree(self.folder, ignore_errors=True)


def plain():
    """What is asked of every kind."""
    whole = ("verdict", "action", "rawAction", "source", "threat", "tenant", "weekday")
    asked = [("report", {"limit": 0})]
    asked += [("query", {"groupBy": name, "measures": measure.MEASURES}) for name in whole]
    asked += [
        ("query", {"groupBy": [name], "measures": COUNTED, "orderBy": ["-clicks"], "limit": TOP})
        for name in ("user", "host", "url", "ip")
    ]
    asked.append(("query", {"groupBy": ["day"], "measures": COUNTED}))
    asked.append(("query", {"groupBy": ["verdict", "action", "rawAction"], "measures": ["clicks"]}))
    asked += [
        ("report", {"limit": 0, "filter": f"reached={word}"}) for word in ("yes", "no", "unsafe", "waiting")
    ]
    asked.append(("rows", {"limit": SHOWN}))
    asked.append(("rows", {"limit": SHOWN, "orderBy": ["risk", "url", "user", "time"]}))
    return asked


def seeded(asker):
    """A filter of any kind, asked in one of three ways."""
    narrow = asker.given(asker.filter())
    way = asker.draw.randrange(3)
    if way == 0:
        return "report", {"filter": narrow, "limit": 0}
    if way == 1:
        return "query", {"filter": narrow, "groupBy": ["verdict", "action"], "measures": COUNTED}
    return "rows", {"filter": narrow, "limit": TOP, "orderBy": ["-risk", "user"]}


def check_files(page, reference, calls, counted):
    """Whether records were counted as they should be, and the file was taken for what it is."""
    found = unequal("clicks", page["clicks"], reference["clicks"])
    found += unequal("files", len(page["files"]), len(reference["files"]))
    for one, other in zip(page["files"], reference["files"]):
        for name in counted:
            found += unequal(name, one.get(name, "missing"), other[name])
        if calls is not None:
            found += unequal("kind", one["kind"], calls)
            said = any(note["code"] == "unknown-action" for note in one["notes"])
            found += unequal("note unknown-action", said, "unknown-action" in other["notes"])
    return found
