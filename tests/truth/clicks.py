"""Records as clicks: what is one, what it says, which ones are counted.

Owns the sections "Values" and "One click" of docs/words.md, as far as they need more than one cell. Must
not know questions.
"""

from bisect import bisect_right, insort
from collections import Counter, defaultdict
from dataclasses import dataclass, field

import clock
import values
from dates import day_first_of

ENVELOPE = {"tenantid", "sourcesystem", "type", "billedsize", "isbillable", "tablename"}
FOREIGN = {"deviceid", "devicename", "filename"}
SOFT = {"subject", "senderfromaddress"}  # compared where both exports have them; so is the tenant
CLICK_ACTIONS = {
    "clickallowed",
    "clickblocked",
    "clickblockedbytenantpolicy",
    "urlerrorpage",
    "urlscaninprogress",
}
ABSENT_NOTES = {
    "threattypes": "no-threats",
    "isclickedthrough": "no-click-through",
    "reportid": "no-report-id",
    "actiontype": "no-action",
}
SPELLED = ("user", "tenant", "source", "rawAction", "host")
CELL_OF_COLUMN = {
    "user": "accountupn",
    "source": "workload",
    "ip": "ipaddress",
    "subject": "subject",
    "sender": "senderfromaddress",
    "rawAction": "actiontype",
    "threat": "threattypes",
    "messageId": "networkmessageid",
    "reportId": "reportid",
}


@dataclass
class Click:
    """One click. `user` and the like are as shown; `keys` has what they are compared by."""

    number: int
    file: int
    ms: int
    zone_known: bool
    url: str
    verdict: str = ""
    action: str = ""
    user: str = None
    source: str = None
    ip: str = None
    device: str = None
    subject: str = None
    sender: str = None
    tenant: str = None
    group: str = None  # of a directory of people, of which none is among these files
    rawAction: str = None
    threat: str = None
    host: str = None
    messageId: str = None
    reportId: str = None
    threats: list = field(default_factory=list)
    keys: dict = field(default_factory=dict)
    attempt: tuple = ()

    @property
    def reached(self):
        return self.action in ("Allowed", "UserOverride")


@dataclass
class FileCount:
    """What happened to the records of one file."""

    name: str
    absent: list
    rows: int = 0
    duplicates: int = 0
    refused: int = 0
    skipped: int = 0
    notes: set = field(default_factory=set)

    @property
    def records(self):
        return self.rows + self.duplicates + self.refused + self.skipped


class Clicks:
    """The clicks of files opened together, in this order. `browser` maps URLs to `new URL(…).hostname`."""

    def __init__(self, sources, browser):
        self.rows, self.files = [], []
        day_first = day_first_of(sources)
        said = []
        for number, source in enumerate(sources):
            count = FileCount(source.name, absent_columns(source), skipped=source.headers_again)
            count.notes = {note for column, note in ABSENT_NOTES.items() if column not in source.columns}
            if source.local_time:
                count.notes.add("local-time")
            self.files.append(count)
            for record in source.records:
                self.take(record, source, number, count, said, day_first[number])
        for one in self.counted(said):
            raw_action = values.text_of(one.record.cells.get("actiontype"))
            if raw_action and not says_known(raw_action):
                self.files[one.file].notes.add("unknown-action")
            self.rows.append(self.click(one.record, one.source, one.file, one.ticks, raw_action, browser))
        self.spell()
        self.newest = max((row.ms for row in self.rows), default=None)
        self.oldest = min((row.ms for row in self.rows), default=None)

    def counted(self, said):
        """The records that are clicks of their own; those of each file, and its duplicates, are counted."""
        duplicates, repeated = duplicates_of(said)
        duplicates |= told_again_in(said, duplicates, repeated)
        for place, one in enumerate(said):
            count = self.files[one.file]
            if place in duplicates:
                count.duplicates += 1
            else:
                count.rows += 1
                yield one

    @staticmethod
    def take(record, source, number, count, said, day_first):
        cells = record.cells
        raw_action = values.text_of(cells.get("actiontype"))
        says_click = says_known(raw_action or "") or values.text_of(cells.get("isclickedthrough"))
        anonymous = not cells.keys() & {"accountupn", "actiontype", "isclickedthrough"}
        if record.other_table or ((source.columns & FOREIGN or anonymous) and not says_click):
            count.skipped += 1
            return
        cell = clock.parse_cell(str(cells.get("timestamp") or ""))
        ticks = cell and clock.ticks(cell, day_first)
        url = cells.get("url")
        if ticks is None or not values.text_of(url):
            count.refused += 1
            count.notes.add("refused")
            return
        if not cell.seconds:
            count.notes.add("seconds-lost")
        if values.boolean_of(cells.get("isclickedthrough")) is None:
            count.notes.add("unknown-boolean")
        said.append(Said(record, source, number, ticks, not cell.seconds))

    def click(self, record, source, number, ticks, raw_action, browser):
        cells = record.cells
        row = Click(len(self.rows), number, ticks // clock.MILLISECOND, not source.local_time, cells["url"])
        row.threats = values.threats_of(cells.get("threattypes"))
        row.verdict, row.action = values.verdict_and_action(
            raw_action,
            bool(row.threats),
            values.boolean_of(cells.get("isclickedthrough")) is True,
            "threattypes" in source.columns,
        )
        row.user = values.text_of(cells.get("accountupn"))
        row.source = values.text_of(cells.get("workload"))
        row.rawAction = raw_action
        row.tenant = values.text_of(record.tenant)
        row.ip = values.address_of(cells.get("ipaddress"))
        row.subject = values.text_of(cells.get("subject"))
        row.sender = values.text_of(cells.get("senderfromaddress"))
        row.host = values.host_of(row.url, browser)
        row.messageId = id_of(cells.get("networkmessageid"))
        row.reportId = id_of(cells.get("reportid"))
        return row

    def spell(self):
        """Every value in its most frequent spelling; of equally frequent ones the last by code point."""
        shown = {}
        for name in SPELLED:
            shown[name] = most_frequent(getattr(row, name) for row in self.rows)
        shown["source"].update(values.SOURCES)
        types = most_frequent(each for row in self.rows for each in row.threats)
        for row in self.rows:
            for name in SPELLED:
                key = getattr(row, name) and values.fold(getattr(row, name))
                row.keys[name] = key
                setattr(row, name, key and shown[name][key])
            row.keys["group"] = None
            row.keys["ip"] = row.ip and values.fold(row.ip)
            row.keys["threats"] = sorted(values.fold(each) for each in row.threats)
            row.threats = [types[key] for key in row.keys["threats"]]
            row.threat = ", ".join(row.threats) or None
            row.attempt = (row.reportId, row.keys["user"]) if row.reportId else ("row", row.number)
            row.keys["url"] = row.url.lower()
            texts = (row.url, row.user, row.ip, row.tenant, row.subject, row.sender)
            row.keys["q"] = "\n".join(text.lower() for text in texts if text)


class Said:
    """What a record says, as far as it is compared with others."""

    format = "hunting"

    def __init__(self, record, source, file, ticks, distinct):
        self.record, self.source, self.file, self.ticks, self.distinct = record, source, file, ticks, distinct
        cells = frozenset(
            (name, canonical(name, cell))
            for name, cell in record.cells.items()
            if name not in ENVELOPE
            and name not in SOFT
            and name != "timestamp"
            and not says_nothing(name, cell)
        )
        self.must_be_equal = (cells, ticks, distinct)
        known = [cell for cell in (*CELL_OF_COLUMN.values(), "isclickedthrough") if cell in source.columns]
        self.columns = len(known) + source.has_tenant
        self.soft = {name: values.text_of(record.cells.get(name)) for name in SOFT if name in source.columns}
        if source.has_tenant:
            self.soft["tenant"] = values.text_of(record.tenant)

        self.ms = ticks // clock.MILLISECOND
        self.layout = frozenset(source.columns - ENVELOPE - {"timestamp"})
        user = values.text_of(record.cells.get("accountupn"))
        self.person = user and values.fold(user)
        self.message = id_of(record.cells.get("networkmessageid"))
        self.report = id_of(record.cells.get("reportid"))
        ip = values.address_of(record.cells.get("ipaddress"))
        self.ip = ip and values.fold(ip)
        self.verdict, self.action = values.verdict_and_action(
            values.text_of(record.cells.get("actiontype")),
            bool(values.threats_of(record.cells.get("threattypes"))),
            values.boolean_of(record.cells.get("isclickedthrough")) is True,
            "threattypes" in source.columns,
        )

    def may_be(self, other):
        """Whether nothing speaks against two records of different columns telling of one click."""
        differ = [
            mine and theirs and mine != theirs
            for mine, theirs in [
                (self.message, other.message),
                (self.ip, other.ip),
            ]
        ]
        # A Click ID is no ReportId.
        if self.format == other.format or "explorer" not in (self.format, other.format):
            differ.append(self.report and other.report and self.report != other.report)
        actions = {self.action, other.action} - {"Unknown"}
        # One format writes the times of one event in one way.
        times = self.format != other.format or self.ms == other.ms
        return times and self.layout != other.layout and not any(differ) and len(actions) < 2

    @property
    def lacks(self):
        """Which optional columns its export lacks: decides between exports of equally many columns."""
        return [name not in self.soft for name in ("subject", "senderfromaddress", "tenant")]

    def agrees(self, other):
        return all(self.soft[name] == other.soft[name] for name in self.soft.keys() & other.soft.keys())


def duplicates_of(said):
    """The places of the records that say what one taken before them says; and which records are repeated by which files."""
    groups = defaultdict(list)
    for place, one in enumerate(said):
        groups[one.must_be_equal].append(place)
    duplicates, repeated = set(), set()
    for places in groups.values():
        places.sort(key=lambda place: (-said[place].columns, said[place].lacks, said[place].file, place))
        kept, stood_for = [], set()
        for place in places:
            one = said[place]
            for other in kept:
                apart = one.distinct and (said[other].file == one.file or (other, one.file) in stood_for)
                if not apart and one.agrees(said[other]):
                    duplicates.add(place)
                    stood_for.add((other, one.file))
                    break
            else:
                kept.append(place)
        repeated |= stood_for
    return duplicates, repeated


APART = 2_000  # milliseconds
LOOKED_AT = 64


def told_again_in(said, duplicates, repeated):
    """The places of the records that tell of a click which another file tells of with more columns."""
    layouts = {one.layout for one in said}
    if len(layouts) < 2:
        return set()
    groups = defaultdict(list)
    for place, one in enumerate(said):
        if place not in duplicates and one.person:
            groups[one.person, one.record.cells["url"]].append(place)
    found = set()
    for places in groups.values():
        places.sort(key=lambda place: (said[place].ms, place))
        run = []
        for place in [*places, None]:
            if place is None or (run and said[place].ms - said[run[-1]].ms > APART):
                found |= told_again_of(said, run, repeated)
                run = []
            if place is not None:
                run.append(place)
    return found


def told_again_of(said, run, repeated):
    """Of records of one person and URL that follow each other within two seconds."""
    if len({said[place].layout for place in run}) < 2:
        return set()
    places = sorted(
        run,
        key=lambda place: (
            said[place].action == "Unknown",
            said[place].verdict == "Unknown",
            -said[place].columns,
            said[place].file,
            said[place].ms,
            place,
        ),
    )
    kept, stood_for, found = [], set(), set()
    for place in places:
        one = said[place]
        middle = bisect_right(kept, (one.ms, len(said)))
        near = kept[max(0, middle - LOOKED_AT) : middle + LOOKED_AT]
        fitting = [
            other
            for ms, other in near
            if abs(ms - one.ms) <= APART
            and (other, one.file) not in stood_for
            and (other, one.file) not in repeated
            and (place, said[other].file) not in repeated
            and one.may_be(said[other])
        ]
        if fitting:
            other = min(fitting, key=lambda other: (abs(said[other].ms - one.ms), other))
            stood_for.add((other, one.file))
            found.add(place)
        else:
            insort(kept, (one.ms, place))
    return found


def says_known(raw_action):
    return raw_action.lower() in CLICK_ACTIONS


def most_frequent(spellings):
    counted = Counter(text for text in spellings if text)
    shown = {}
    for text in sorted(counted):
        key = values.fold(text)
        if key not in shown or counted[text] >= counted[shown[key]]:
            shown[key] = text
    return shown


def id_of(cell):
    text = values.guid_of(values.text_of(cell))
    return None if text is None or values.is_zeros(text) else text


def says_nothing(name, cell):
    """Whether a cell is empty, in the way of its column."""
    text = values.text_of(cell)
    if text is None or name == "threattypes":
        return not values.threats_of(cell)
    return name in ("reportid", "networkmessageid") and values.is_zeros(values.guid_of(text))


def canonical(name, cell):
    """What two ways to write one cell have in common."""
    text = values.text_of(cell)
    if name == "threattypes":
        return frozenset(values.types_in(cell))
    if name == "isclickedthrough":
        flag = values.boolean_of(cell)
        return text if flag is None else flag
    return text.lower() if text.lower() in ("true", "false") else values.guid_of(text)


def absent_columns(source):
    """Columns that the file does not have; time, URL, verdict, action and host always are there."""
    absent = [name for name, cell in CELL_OF_COLUMN.items() if cell not in source.columns]
    return absent + ["device"] + ([] if source.has_tenant else ["tenant"])
