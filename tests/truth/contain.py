"""Exports of made-up clicks in every container that the formats have.

Owns the containers and how the files of one data set belong together. Must not know what a number should
be.
"""

import json
import random
from pathlib import Path

from clock import MILLISECOND, SECOND
from generate import Company
from spell import COLUMNS, MISSING, Writer, cells_of, iso, to_minutes, twelve, wordy

SUFFIX = {"IsClickedThrough": "_b", "NetworkMessageId": "_g", "ReportId": "_g", "Timestamp": "_t"}
PIECES = [1, 2, 3, 7]


def portal(writer, events):
    text = writer.csv(events, iso)
    return ("\ufeff" if writer.draw.random() < 0.5 else "") + text


def semicolon(writer, events):
    text = writer.csv(events, iso, delimiter=";")
    return (
        ("\ufeff" if writer.draw.random() < 0.5 else "")
        + ("sep=;\r\n" if writer.draw.random() < 0.5 else "")
        + text
    )


def joined(writer, events):
    return writer.csv(
        events,
        iso,
        extra=[
            ("Subject", lambda event: event.subject),
            ("SenderFromAddress", lambda event: "it@supplier.example"),
        ],
    )


def union(writer, events):
    """Rows of another table between the clicks, with an action of theirs and no word on a click-through."""
    if {"ActionType", "IsClickedThrough"} & set(writer.missing):
        writer.missing, writer.columns = (), COLUMNS
    text = writer.csv(
        events, iso, extra=[("DeviceName", lambda event: ""), ("FileName", lambda event: "")], odd=False
    )
    head = text.splitlines()[0].replace('"', "").split(",")
    other = {
        "Timestamp": "2024-05-04T09:00:00Z",
        "ActionType": "ProcessCreated",
        "DeviceName": "pc-17",
        "FileName": "a.exe",
    }
    line = ",".join(other.get(name, "") for name in head)
    end = "\r\n" if "\r\n" in text else "\n"
    return text.rstrip("\r\n") + end + (line + end) * writer.draw.randrange(1, 5)


def log_analytics(writer, events):
    return writer.csv(
        events,
        twelve,
        first="TimeGenerated [UTC]",
        extra=[("TenantId", lambda event: "w" * 8), ("Type", lambda event: "UrlClickEvents")],
    )


def custom_table(writer, events):
    return writer.csv(events, iso, first="TimeGenerated", head=lambda name: name + SUFFIX.get(name, "_s"))


def graph(writer, events):
    upper = writer.draw.random() < 0.5
    schema = [
        {"Name" if upper else "name": name, "Type" if upper else "type": "String"} for name in writer.columns
    ]
    return writer.json({"@odata.context": "x", "schema": schema, "results": list(writer.objects(events))})


def older_api(writer, events):
    schema = [{"Name": name, "Type": "String"} for name in writer.columns]
    return writer.json(
        {"Stats": {"ExecutionTime": 1.2}, "Schema": schema, "Results": list(writer.objects(events))}
    )


def log_analytics_api(writer, events):
    columns = [
        {"name": "TimeGenerated" if name == "Timestamp" else name, "type": "string"}
        for name in writer.columns
    ]
    rows = [[cells_of(event, (True, False), iso(event))[name] for name in writer.columns] for event in events]
    return writer.json({"tables": [{"name": "PrimaryResult", "columns": columns, "rows": rows}]})


def command_line(writer, events):
    return writer.json(
        [{**each, "TableName": "PrimaryResult"} for each in writer.objects(events, ("True", "False"))]
    )


def stream(writer, events):
    lines = [json.dumps(each, ensure_ascii=writer.draw.random() < 0.5) for each in writer.envelopes(events)]
    return writer.draw.choice(["\r\n", "\n"]).join(lines) + writer.draw.choice(["\r\n", ""])


def event_hub(writer, events):
    records = list(writer.envelopes(events))
    if writer.draw.random() < 0.5:
        return writer.json({"records": records})
    return "\n".join(
        json.dumps({"records": records[start : start + 300]}) for start in range(0, len(records), 300)
    )


# Name: how it is written, its ending, and what its times can say: ticks, milliseconds, seconds or minutes.
CONTAINERS = {
    "portal": (portal, "csv", 1),
    "semicolon": (semicolon, "csv", 1),
    "tab": (lambda writer, events: writer.csv(events, iso, delimiter="\t"), "tsv", 1),
    "joined": (joined, "csv", 1),
    "union": (union, "csv", 1),
    "blank-times": (lambda writer, events: writer.csv(events, lambda event: iso(event, " ")), "csv", 1),
    "day-first": (
        lambda writer, events: writer.csv(events, lambda event: twelve(event, True, False)),
        "csv",
        MILLISECOND,
    ),
    "local-time": (
        lambda writer, events: writer.csv(events, twelve, "Timestamp Local time"),
        "csv",
        MILLISECOND,
    ),
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
MIXED = [
    ("portal", "graph"),
    ("graph", "stream"),
    ("semicolon", "older-api"),
    ("portal", "log-analytics"),
    ("array", "event-hub", "tab"),
    ("portal", "command-line"),
]


def make(seed, folder, rows):
    """The files of one data set: of one container in overlapping pieces, or the same clicks in several."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    draw = random.Random(f"files {seed}")
    events = Company(seed, rows).events()
    mixed = seed % 3 == 0
    names = (
        MIXED[seed // 3 % len(MIXED)]
        if mixed
        else [list(CONTAINERS)[seed % len(CONTAINERS)]] * draw.choice(PIECES)
    )
    unit = max(CONTAINERS[name][2] for name in names)
    for event in events:
        event.ticks -= event.ticks % unit
    missing = draw.choice(MISSING)
    paths = []
    for number, name in enumerate(names):
        share = len(events) // len(names)
        some = events if mixed else events[max(0, number * share - draw.randrange(1, 200)) :][: share + 200]
        write, ending, _ = CONTAINERS[name]
        writer = Writer(random.Random(f"{seed}/{number}"))
        if mixed or draw.random() < 0.8:
            writer.missing, writer.columns = missing, [each for each in COLUMNS if each not in missing]
        path = folder / f"{number}-{name}.{ending}"
        encoding = draw.choice(["utf-8"] * 4 + ["utf-16"]) if ending != "json" else "utf-8"
        text = write(writer, some)
        path.write_bytes(
            text.encode(encoding)
            if encoding == "utf-8" or not text.startswith("\ufeff")
            else text[1:].encode(encoding)
        )
        paths.append(path)
    return paths
