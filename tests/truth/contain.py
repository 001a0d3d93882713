"""Exports of made-up clicks in every container that the formats have.

Owns spelling: quoting, delimiters, encodings, envelopes, key order, missing columns, blank rows, repeated headers. Must not
know what a number should be.
"""

import json
import random
from datetime import timedelta
from pathlib import Path

from clock import EPOCH, MILLISECOND, SECOND
from generate import Company

COLUMNS = ("Timestamp Url ActionType AccountUpn Workload NetworkMessageId ThreatTypes DetectionMethods IPAddress "
           "IsClickedThrough UrlChain ReportId AppName AppVersion SourceId").split()
SUFFIX = {"IsClickedThrough": "_b", "NetworkMessageId": "_g", "ReportId": "_g", "Timestamp": "_t"}
BOOLEANS = [("1", "0"), ("True", "False"), ("true", "false"), ("TRUE", "FALSE"), ("yes", "no"), ("WAHR", "FALSCH")]
MISSING = [(), (), (), (), ("ThreatTypes", "DetectionMethods"), ("IsClickedThrough",), ("ReportId",), ("ActionType",),
           ("Workload", "IPAddress"), ("AppName", "AppVersion", "SourceId"), ("NetworkMessageId", "UrlChain")]
PIECES = [1, 2, 3, 7]
CATEGORY = "AdvancedHunting-UrlClickEvents"


def moment_of(event):
    seconds, fraction = divmod(event.ticks, SECOND)
    return EPOCH + timedelta(seconds=seconds), fraction


def iso(event, separator="T", suffix=None):
    moment, fraction = moment_of(event)
    offset = event.offset if suffix is None else "Z"
    if offset != "Z":
        minutes = int(offset[1:3]) * 60 + int(offset[4:6])
        moment += timedelta(minutes=minutes if offset[0] == "+" else -minutes)
    digits = f"{fraction:07}"
    digits = digits[:max(event.digits, len(digits.rstrip("0")))]
    return moment.strftime(f"%Y-%m-%d{separator}%H:%M:%S") + (f".{digits}" if digits else "") + \
        (offset if suffix is None else suffix)


def twelve(event, day_first=False, upper=True):
    """`5/4/2026, 9:12:33.000 AM`, or with the day first."""
    moment, fraction = moment_of(event)
    date = f"{moment.day:02}/{moment.month:02}" if day_first else f"{moment.month}/{moment.day}"
    half = ("AM" if moment.hour < 12 else "PM") if upper else ("am" if moment.hour < 12 else "pm")
    return (f"{date}/{moment.year}, {moment.hour % 12 or 12}:{moment.minute:02}:{moment.second:02}"
            f".{fraction // MILLISECOND:03} {half}")


def wordy(event):
    moment, _ = moment_of(event)
    return moment.strftime("%b ") + f"{moment.day}, {moment.year} {moment.hour % 12 or 12}" + moment.strftime(":%M:%S %p")


def to_minutes(event):
    moment, _ = moment_of(event)
    return f"{moment.month:02}/{moment.day:02}/{moment.year} {moment.hour:02}:{moment.minute:02}"


def cells_of(event, booleans, time):
    return dict(zip(COLUMNS, (time, event.url, event.action, event.user, event.workload, event.message, event.threats,
                              event.detection, event.address, booleans[0] if event.clicked else booleans[1],
                              event.chain, event.report, "Mail", "0.0.0000", event.message)))


def quoted(text):
    return '"' + text.replace('"', '""') + '"'


def minimal(text, delimiter):
    return quoted(text) if set(text) & set(delimiter + '"\r\n') else text


def stray(text, delimiter):
    """Quotes inside a cell that does not begin with one need none; many programs write none."""
    return quoted(text) if text.startswith('"') or set(text) & set(delimiter + "\r\n") else text


def wordwise(text, _delimiter):
    return text if text.replace("_", "").isalnum() and text.isascii() or not text else quoted(text)


QUOTING = [minimal, minimal, stray, wordwise, lambda text, _delimiter: quoted(text)]


class Writer:
    """Writes one file. What it draws follows from the seed."""

    def __init__(self, draw):
        self.draw = draw
        self.missing = draw.choice(MISSING)
        self.columns = [name for name in COLUMNS if name not in self.missing]

    def csv(self, events, time, first="Timestamp", head=None, extra=(), delimiter=",", odd=True):
        """A header and a line an event. `head` renames columns, `extra` are columns that every line has."""
        draw, quote = self.draw, self.draw.choice(QUOTING)
        booleans, end = draw.choice(BOOLEANS), draw.choice(["\r\n", "\r\n", "\n"])
        lines, columns = [], [*self.columns, *(name for name, _ in extra)]
        if draw.random() < 0.3:
            draw.shuffle(columns)

        def put(cells):
            lines.append(delimiter.join(quote(cell, delimiter) for cell in cells))

        def put_head():
            put([(first if name == "Timestamp" else head(name) if head else name) for name in columns])

        put_head()
        for event in events:
            cells = {**cells_of(event, booleans, time(event)), **{name: value(event) for name, value in extra}}
            if odd and draw.random() < 0.004:
                cells["IsClickedThrough"] = draw.choice(["maybe", "", "null"])
            if odd and draw.random() < 0.002:
                cells[draw.choice(["Timestamp", "Url"])] = draw.choice(["", "null", "-"])
            put([cells[name] for name in columns])
            if odd and draw.random() < 0.003:
                lines.append(draw.choice(["", delimiter * (len(columns) - 1)]))
            if odd and draw.random() < 0.001:
                draw.shuffle(columns)
                put_head()
        return end.join(lines) + draw.choice([end, ""])

    def objects(self, events, booleans=None, time=iso):
        """An object an event, with keys in any order and three ways to say nothing."""
        draw = self.draw
        nothing = draw.choice(["", None, "absent"])
        shuffled = draw.random() < 0.4
        for event in events:
            cells = cells_of(event, booleans or (True, False), time(event))
            cells = {name: cells[name] for name in self.columns}
            for name in ("ThreatTypes", "DetectionMethods", "AccountUpn", "Workload"):
                if cells.get(name) == "" and nothing != "":
                    cells[name] = None
                    if nothing == "absent" and name not in ("ThreatTypes",):
                        del cells[name]
            names = list(cells)
            if shuffled:
                draw.shuffle(names)
            yield {name: cells[name] for name in names}

    def json(self, document):
        text = json.dumps(document, ensure_ascii=self.draw.random() < 0.5, indent=self.draw.choice([None, None, 2]))
        return text.replace("/", "\\/") if self.draw.random() < 0.3 else text

    def envelopes(self, events, with_tenant=True):
        for event, properties in zip(events, self.objects(events)):
            sent = iso(event, suffix="Z")
            yield {"time": sent, **({"tenantId": event.tenant} if with_tenant else {}), "operationName": "Publish",
                   "category": CATEGORY, "_TimeReceivedBySvc": sent, "properties": properties, "Tenant": "DefaultTenant"}
            if self.draw.random() < 0.005:
                yield {"time": sent, "tenantId": event.tenant, "category": "AdvancedHunting-EmailUrlInfo",
                       "properties": {"Timestamp": sent, "Url": event.url, "UrlDomain": "x", "ReportId": "r"}}


def portal(writer, events):
    text = writer.csv(events, iso)
    return ("\ufeff" if writer.draw.random() < 0.5 else "") + text


def semicolon(writer, events):
    text = writer.csv(events, iso, delimiter=";")
    return ("\ufeff" if writer.draw.random() < 0.5 else "") + ("sep=;\r\n" if writer.draw.random() < 0.5 else "") + text


def joined(writer, events):
    return writer.csv(events, iso, extra=[("Subject", lambda event: event.subject),
                                          ("SenderFromAddress", lambda event: "it@supplier.example")])


def union(writer, events):
    """Rows of another table between the clicks, with an action of theirs and no word on a click-through."""
    if {"ActionType", "IsClickedThrough"} & set(writer.missing):
        writer.missing, writer.columns = (), COLUMNS
    text = writer.csv(events, iso, extra=[("DeviceName", lambda event: ""), ("FileName", lambda event: "")], odd=False)
    head = text.splitlines()[0].replace('"', "").split(",")
    other = {"Timestamp": "2024-05-04T09:00:00Z", "ActionType": "ProcessCreated", "DeviceName": "pc-17", "FileName": "a.exe"}
    line = ",".join(other.get(name, "") for name in head)
    end = "\r\n" if "\r\n" in text else "\n"
    return text.rstrip("\r\n") + end + (line + end) * writer.draw.randrange(1, 5)


def log_analytics(writer, events):
    return writer.csv(events, twelve, first="TimeGenerated [UTC]",
                      extra=[("TenantId", lambda event: "w" * 8), ("Type", lambda event: "UrlClickEvents")])


def custom_table(writer, events):
    return writer.csv(events, iso, first="TimeGenerated", head=lambda name: name + SUFFIX.get(name, "_s"))


def graph(writer, events):
    upper = writer.draw.random() < 0.5
    schema = [{"Name" if upper else "name": name, "Type" if upper else "type": "String"} for name in writer.columns]
    return writer.json({"@odata.context": "x", "schema": schema, "results": list(writer.objects(events))})


def older_api(writer, events):
    schema = [{"Name": name, "Type": "String"} for name in writer.columns]
    return writer.json({"Stats": {"ExecutionTime": 1.2}, "Schema": schema, "Results": list(writer.objects(events))})


def log_analytics_api(writer, events):
    columns = [{"name": "TimeGenerated" if name == "Timestamp" else name, "type": "string"} for name in writer.columns]
    rows = [[cells_of(event, (True, False), iso(event))[name] for name in writer.columns] for event in events]
    return writer.json({"tables": [{"name": "PrimaryResult", "columns": columns, "rows": rows}]})


def command_line(writer, events):
    return writer.json([{**each, "TableName": "PrimaryResult"} for each in writer.objects(events, ("True", "False"))])


def stream(writer, events):
    lines = [json.dumps(each, ensure_ascii=writer.draw.random() < 0.5) for each in writer.envelopes(events)]
    return writer.draw.choice(["\r\n", "\n"]).join(lines) + writer.draw.choice(["\r\n", ""])


def event_hub(writer, events):
    records = list(writer.envelopes(events))
    if writer.draw.random() < 0.5:
        return writer.json({"records": records})
    return "\n".join(json.dumps({"records": records[start:start + 300]}) for start in range(0, len(records), 300))


# Name: how it is written, its ending, and what its times can say: ticks, milliseconds, seconds or minutes.
CONTAINERS = {
    "portal": (portal, "csv", 1),
    "semicolon": (semicolon, "csv", 1),
    "tab": (lambda writer, events: writer.csv(events, iso, delimiter="\t"), "tsv", 1),
    "joined": (joined, "csv", 1),
    "union": (union, "csv", 1),
    "blank-times": (lambda writer, events: writer.csv(events, lambda event: iso(event, " ")), "csv", 1),
    "day-first": (lambda writer, events: writer.csv(events, lambda event: twelve(event, True, False)), "csv", MILLISECOND),
    "month-names": (lambda writer, events: writer.csv(events, wordy), "csv", SECOND),
    "minutes": (lambda writer, events: writer.csv(events, to_minutes), "csv", 60 * SECOND),
    "log-analytics": (log_analytics, "csv", MILLISECOND),
    "custom-table": (custom_table, "csv", 1),
    "graph": (graph, "json", 1),
    "older-api": (older_api, "json", 1),
    "array": (lambda writer, events: writer.json(list(writer.objects(events))), "json", 1),
    "log-analytics-api": (log_analytics_api, "json", 1),
    "command-line": (command_line, "json", 1),
    "stream": (stream, "json", 1),
    "event-hub": (event_hub, "json", 1),
}
# Containers of which one click, written in both, counts once.
MIXED = [("portal", "graph"), ("graph", "stream"), ("semicolon", "older-api"), ("portal", "log-analytics"),
         ("array", "event-hub", "tab"), ("portal", "command-line")]


def make(seed, folder, rows):
    """The files of one data set: of one container in overlapping pieces, or the same clicks in several."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    draw = random.Random(f"files {seed}")
    events = Company(seed, rows).events()
    mixed = seed % 3 == 0
    names = MIXED[seed // 3 % len(MIXED)] if mixed else [list(CONTAINERS)[seed % len(CONTAINERS)]] * draw.choice(PIECES)
    unit = max(CONTAINERS[name][2] for name in names)
    for event in events:
        event.ticks -= event.ticks % unit
    missing = draw.choice(MISSING)
    paths = []
    for number, name in enumerate(names):
        share = len(events) // len(names)
        some = events if mixed else events[max(0, number * share - draw.randrange(1, 200)):][:share + 200]
        write, ending, _ = CONTAINERS[name]
        writer = Writer(random.Random(f"{seed}/{number}"))
        if mixed or draw.random() < 0.8:
            writer.missing, writer.columns = missing, [each for each in COLUMNS if each not in missing]
        path = folder / f"{number}-{name}.{ending}"
        encoding = draw.choice(["utf-8"] * 4 + ["utf-16"]) if ending != "json" else "utf-8"
        text = write(writer, some)
        path.write_bytes(text.encode(encoding) if encoding == "utf-8" or not text.startswith("\ufeff")
                         else text[1:].encode(encoding))
        paths.append(path)
    return paths
