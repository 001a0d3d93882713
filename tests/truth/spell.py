"""How cells, lines and objects of an export are spelled: times, booleans, quoting, key order, blank rows.

Owns the writer that all containers use. Must not know which container it writes, nor what a number should
be.
"""

import json
from datetime import timedelta

from clock import EPOCH, MILLISECOND, SECOND

# fmt: off
COLUMNS = ("Timestamp Url ActionType AccountUpn Workload NetworkMessageId ThreatTypes DetectionMethods "
           "IPAddress IsClickedThrough UrlChain ReportId AppName AppVersion SourceId").split()
BOOLEANS = [("1", "0"), ("True", "False"), ("true", "false"), ("TRUE", "FALSE"), ("yes", "no"),
            ("WAHR", "FALSCH")]
MISSING = [(), (), (), (), ("ThreatTypes", "DetectionMethods"), ("IsClickedThrough",), ("ReportId",),
           ("ActionType",), ("Workload", "IPAddress"), ("AppName", "AppVersion", "SourceId"),
           ("NetworkMessageId", "UrlChain")]
CATEGORY = "AdvancedHunting-UrlClickEvents"
# fmt: on


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
    digits = digits[: max(event.digits, len(digits.rstrip("0")))]
    return (
        moment.strftime(f"%Y-%m-%d{separator}%H:%M:%S")
        + (f".{digits}" if digits else "")
        + (offset if suffix is None else suffix)
    )


def twelve(event, day_first=False, upper=True):
    """`5/4/2026, 9:12:33.000 AM`, or with the day first."""
    moment, fraction = moment_of(event)
    date = f"{moment.day:02}/{moment.month:02}" if day_first else f"{moment.month}/{moment.day}"
    half = ("AM" if moment.hour < 12 else "PM") if upper else ("am" if moment.hour < 12 else "pm")
    return (
        f"{date}/{moment.year}, {moment.hour % 12 or 12}:{moment.minute:02}:{moment.second:02}"
        f".{fraction // MILLISECOND:03} {half}"
    )


def wordy(event):
    moment, _ = moment_of(event)
    return (
        moment.strftime("%b ")
        + f"{moment.day}, {moment.year} {moment.hour % 12 or 12}"
        + moment.strftime(":%M:%S %p")
    )


def to_minutes(event):
    moment, _ = moment_of(event)
    return f"{moment.month:02}/{moment.day:02}/{moment.year} {moment.hour:02}:{moment.minute:02}"


def cells_of(event, booleans, time):
    return dict(
        zip(
            COLUMNS,
            (
                time,
                event.url,
                event.action,
                event.user,
                event.workload,
                event.message,
                event.threats,
                event.detection,
                event.address,
                booleans[0] if event.clicked else booleans[1],
                event.chain,
                event.report,
                "Mail",
                "0.0.0000",
                event.message,
            ),
        )
    )


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
            cells = {
                **cells_of(event, booleans, time(event)),
                **{name: value(event) for name, value in extra},
            }
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
        text = json.dumps(
            document, ensure_ascii=self.draw.random() < 0.5, indent=self.draw.choice([None, None, 2])
        )
        return text.replace("/", "\\/") if self.draw.random() < 0.3 else text

    def envelopes(self, events, with_tenant=True):
        for event, properties in zip(events, self.objects(events)):
            sent = iso(event, suffix="Z")
            yield {
                "time": sent,
                **({"tenantId": event.tenant} if with_tenant else {}),
                "operationName": "Publish",
                "category": CATEGORY,
                "_TimeReceivedBySvc": sent,
                "properties": properties,
                "Tenant": "DefaultTenant",
            }
            if self.draw.random() < 0.005:
                yield {
                    "time": sent,
                    "tenantId": event.tenant,
                    "category": "AdvancedHunting-EmailUrlInfo",
                    "properties": {"Timestamp": sent, "Url": event.url, "UrlDomain": "x", "ReportId": "r"},
                }
