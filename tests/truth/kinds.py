"""The same made-up clicks as every kind of export that can carry them: the table of kinds.

Owns the files: delimited text, JSON, lines, CEF, and what packs them. What a record says is in the modules
`kinds_of_…`. Must not know what a number should be.
"""

import json
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Callable

import kinds_of_microsoft as microsoft
import kinds_of_others as others
import packed
import read
from clock import EPOCH, MILLISECOND, SECOND
from spell import CATEGORY, COLUMNS, cells_of, iso, minimal, quoted

UTF8 = "utf-8"


@dataclass
class Kind:
    """One kind: what a record tells, how records become a file, which of its columns a report has."""

    name: str
    ending: str
    calls: str  # what the report calls the kind
    tell: Callable
    write: Callable
    columns: str


def moment(ticks):
    return EPOCH + timedelta(seconds=ticks // SECOND)


def american(when):
    """`8/1/2022 10:12:49 AM`."""
    return f"{when.month}/{when.day}/{when.year} {when.hour % 12 or 12}:{when:%M:%S %p}"


def long_date(when):
    return f"{when:%A, %B} {when.day}, {when.year} {when.hour % 12 or 12}:{when:%M:%S %p}"


def delimited(lines, delimiter=",", quote=minimal):
    def cell(value):
        return "" if value is None else quote(str(value), delimiter)

    return "".join(delimiter.join(map(cell, line)) + "\r\n" for line in lines)


def table(tellings, time_name, time, delimiter=",", quote=minimal):
    """A header and a line a record, the time first."""
    names = list(tellings[0].cells)
    lines = [[time(one.ticks), *(one.cells[name] for name in names)] for one in tellings]
    return delimited([[time_name, *names], *lines], delimiter, quote)


def lines_of(records, end="\n"):
    return end.join(json.dumps(each, ensure_ascii=False) for each in records) + end


# Get-SafeLinksDetailReport


def exported_by_powershell_5(tellings):
    """Everything quoted, but for what is null; dates of the United States; a line with the type."""
    head, *lines = table(
        tellings,
        "ClickTime",
        lambda ticks: american(moment(ticks)),
        quote=lambda text, _delimiter: quoted(text),
    ).split("\r\n", 1)
    return (f"#TYPE Deserialized.SafeLinksDetailReport\r\n{head}\r\n" + lines[0]).encode(UTF8)


def exported_in_german(tellings):
    def dots(ticks):
        return f"{moment(ticks):%d.%m.%Y %H:%M:%S}"

    return table(tellings, "ClickTime", dots, ";", lambda text, _delimiter: quoted(text)).encode(UTF8)


def converted(one, time):
    """One object of ConvertTo-Json. The id of the message has its other name."""
    cells = dict(one.cells)
    message = cells.pop("NetworkMessageId")
    return {
        "PSComputerName": "outlook.example",
        "PSShowComputerName": False,
        "ClickTime": time,
        "InternalMessageId": {"value": message, "Guid": message} if message else None,
        **cells,
        "StartDate": {"value": "0001-01-01T00:00:00", "DateTime": "Monday, January 1, 0001 12:00:00 AM"},
    }


def converted_with_values(tellings):
    def time(ticks):
        return {"value": f"{moment(ticks):%Y-%m-%dT%H:%M:%S}", "DateTime": long_date(moment(ticks))}

    return json.dumps([converted(one, time(one.ticks)) for one in tellings], indent=4).encode(UTF8)


def converted_with_slashes(tellings):
    listed = [converted(one, f"/Date({one.ticks // MILLISECOND})/") for one in tellings]
    return json.dumps(listed).replace("/Date(", "\\/Date(").replace(")/", ")\\/").encode(UTF8)


# The portal


def protection(tellings):
    return table(
        tellings,
        "Click time",
        lambda ticks: american(moment(ticks)),
        quote=lambda text, _delimiter: quoted(text),
    ).encode("utf-8-sig")


def explorer(tellings):
    return table(tellings, "Time clicked", lambda ticks: f"{moment(ticks):%Y-%m-%dT%H:%M:%SZ}").encode(UTF8)


# The audit log


def audit_lines(tellings):
    return lines_of((one.texts["record"] for one in tellings), "\r\n").encode(UTF8)


def purview(tellings):
    units = ["AssociatedAdminUnits", "AssociatedAdminUnitsNames"]
    lines = ["RecordId CreationDate RecordType Operation UserId AuditData".split() + units]
    for one in tellings:
        record = one.texts["record"]
        created = american(moment(one.ticks) + timedelta(minutes=37))
        cell = json.dumps(record, ensure_ascii=False)
        lines.append([record["Id"], created, 41, record["Operation"], record["UserId"], cell, "", ""])
    return delimited(lines).encode(UTF8)


def cloud_app_events(tellings):
    lines = [
        "Timestamp ActionType Application AccountObjectId IPAddress ObjectName RawEventData ReportId".split()
    ]
    for one in tellings:
        record = one.texts["record"]
        late = f"{moment(one.ticks) + timedelta(minutes=30):%Y-%m-%dT%H:%M:%SZ}"
        cell = json.dumps(record, ensure_ascii=False)
        lines.append([late, "TIUrlClickData", "Microsoft 365", "e0", "", "", cell, f"1_{record['Id']}"])
    return delimited(lines).encode(UTF8)


# Other vendors


def proofpoint_arrays(tellings):
    document = {"queryEndTime": "2026-05-04T12:00:00Z", "clicksPermitted": [], "clicksBlocked": []}
    for one in tellings:
        document[one.texts["rawAction"].split()[0]].append(one.cells)
    return json.dumps({**document, "messagesDelivered": [], "messagesBlocked": []}, indent=1).encode(UTF8)


def proofpoint_lines(tellings):
    return lines_of(one.cells for one in tellings).encode(UTF8)


def mimecast_api(tellings):
    """Two objects with logs in `data`."""
    records = [one.texts["record"] for one in tellings]
    middle = len(records) // 2
    pagination = {"pageSize": len(records), "totalCount": len(records)}
    data = [{"clickLogs": records[:middle]}, {"clickLogs": records[middle:]}]
    meta = {"status": 200, "pagination": pagination}
    return json.dumps({"meta": meta, "data": data, "fail": []}, ensure_ascii=False).encode(UTF8)


def trend_csv(tellings):
    return table(tellings, "Time of Click", lambda ticks: f"{moment(ticks):%Y-%m-%d %H:%M:%S}").encode(UTF8)


def escaped(text):
    return str(text or "").replace("\\", "\\\\").replace("=", "\\=").replace("\r", "\\r").replace("\n", "\\n")


def trend_cef(tellings):
    lines = []
    for one in tellings:
        pairs = {
            "rt": f"{moment(one.ticks) + timedelta(hours=5):%Y-%m-%d %H:%M:%S}",
            "cs2Label": "timeOfClick",
            "cs2": f"{moment(one.ticks):%Y-%m-%d %H:%M:%S}",
            "request": one.cells["URL"],
            "act": one.cells["Action Applied"],
            "msg": one.cells["Subject"],
            "cs1Label": "messageId",
            "cs1": one.cells["Message ID"],
            "suser": one.cells["Sender"],
            "duser": one.cells["Recipient"],
        }
        told = " ".join(f"{name}={escaped(value)}" for name, value in pairs.items())
        lines.append(f"CEF:0|Trend Micro|TMES|1.0.0.0|500101|CTP_DETECTION|2|{told}\n")
    return "".join(lines).encode(UTF8)


# fmt: off
KINDS = [
    Kind("detail-report", "csv", "detail-report-csv", microsoft.detail_report, exported_by_powershell_5,
         "user source sender tenant rawAction messageId"),
    Kind("detail-report-german", "csv", "detail-report-csv", microsoft.detail_report, exported_in_german,
         "user source sender tenant rawAction messageId"),
    Kind("detail-report-values", "json", "detail-report-json", microsoft.detail_report, converted_with_values,
         "user source sender tenant rawAction messageId"),
    Kind("detail-report-slashes", "json", "detail-report-json", microsoft.detail_report_to_milliseconds,
         converted_with_slashes, "user source sender tenant rawAction messageId"),
    Kind("url-protection", "csv", "url-protection-csv", microsoft.url_protection, protection,
         "user source rawAction"),
    Kind("explorer", "csv", "explorer-csv", microsoft.explorer, explorer,
         "user ip rawAction threat messageId reportId"),
    Kind("explorer-verdict", "csv", "explorer-csv", microsoft.explorer_short, explorer,
         "user ip rawAction threat messageId reportId"),
    Kind("audit-purview", "csv", "audit-csv", microsoft.audit, purview,
         "user source ip tenant rawAction messageId"),
    Kind("audit-lines", "json", "audit-jsonl", microsoft.audit, audit_lines,
         "user source ip tenant rawAction messageId"),
    Kind("audit-cloud-app-events", "csv", "audit-csv", microsoft.audit, cloud_app_events,
         "user source ip tenant rawAction messageId"),
    Kind("proofpoint", "json", "proofpoint-json", others.proofpoint_arrays, proofpoint_arrays,
         "user source ip device sender rawAction threat messageId reportId"),
    Kind("proofpoint-lines", "json", "proofpoint-jsonl", others.proofpoint_lines, proofpoint_lines,
         "user source ip device sender rawAction threat messageId reportId"),
    Kind("mimecast", "json", "mimecast-json", others.mimecast_api, mimecast_api,
         "user source subject sender rawAction messageId"),
    Kind("mimecast-siem", "json", "mimecast-siem", others.mimecast_siem, proofpoint_lines,
         "user source subject sender rawAction messageId"),
    Kind("trend-micro", "csv", "trend-micro-csv", others.trend_micro, trend_csv,
         "user source sender rawAction messageId"),
    Kind("trend-micro", "cef", "trend-micro-cef", others.trend_micro_cef, trend_cef,
         "user source subject sender rawAction messageId"),
]
# fmt: on


# The table of hunting, and what packs it: the clicks that `read` and `clicks` count as always.


def hunting(events, time=iso):
    lines = [list(cells_of(event, ("1", "0"), time(event)).values()) for event in events]
    return delimited([COLUMNS, *lines]).encode(UTF8)


def streaming(events):
    for event in events:
        sent = iso(event, suffix="Z")
        properties = cells_of(event, (True, False), iso(event))
        yield {
            "time": sent,
            "tenantId": event.tenant,
            "operationName": "Publish",
            "category": CATEGORY,
            "_TimeReceivedBySvc": sent,
            "properties": {name: None if cell == "" else cell for name, cell in properties.items()},
            "Tenant": "DefaultTenant",
        }


def source_of(data, name):
    """A file as records, without one."""
    text = read.decoded(data)
    return read.read_json(name, text) if text.startswith("{") else read.read_csv(name, text)


def in_raw(data):
    """As a search engine exports it: the line is a text, and some of it stands beside it again."""
    for number, line in enumerate(data.decode(UTF8).splitlines()):
        yield {
            "preview": False,
            "offset": number,
            "result": {"_raw": line, "_time": "2026-05-04 10:01:26.000 UTC", "host": "hub.example"},
        }


def in_workbook(events):
    """The bytes, and the same as text."""
    whole = [
        replace(
            event, ticks=event.ticks // MILLISECOND * MILLISECOND, digits=min(3, event.digits), offset="Z"
        )
        for event in events
    ]
    lines = []
    for event in whole:
        cells = cells_of(event, (True, False), event.ticks)
        lines.append([cells[name] for name in COLUMNS])
    return packed.workbook(COLUMNS, lines), hunting(whole)


def carried(events):
    """Name of the file, its bytes, the plain exports that are inside."""
    plain = hunting(events)
    lines = lines_of(streaming(events), "\r\n").encode(UTF8)
    middle = len(events) // 2
    halves = [("a/April.csv", hunting(events[:middle])), ("a/May.csv", hunting(events[middle:]))]
    yield "hunting.csv", plain, [plain]
    yield "streaming.json", lines, [lines]
    yield "streaming-in-raw.json", lines_of(in_raw(lines)).encode(UTF8), [lines]
    rows = [[each["result"]["_time"], each["result"]["_raw"]] for each in in_raw(lines)]
    yield "streaming-in-raw.csv", delimited([["_time", "_raw"], *rows]).encode(UTF8), [lines]
    yield "hunting.csv.gz", packed.gzipped_in_two(plain), [plain]
    yield "streaming.json.gz", packed.gzipped_in_two(lines), [lines]
    yield "hunting.zip", packed.archive(halves), [data for _, data in halves]
    data, same = in_workbook(events)
    yield "hunting.xlsx", data, [same]


def save(folder, name, data):
    path = Path(folder) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
