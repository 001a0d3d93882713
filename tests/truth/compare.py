"""Where the page's answer is not the reference's.

Owns what may differ without being wrong: the order of clicks of one millisecond, words for people, what a page alone knows.
Must not count anything that answer.py counts, but for looking into exported files and charts.
"""

import bisect
import csv
import io
import json
import re
from collections import Counter
from datetime import timedelta

import clock
import measure
import values

HEADS = ["Date", "User", "Original URL", "Verdict", "Action", "Click Source", "IP Address", "Device", "Message Subject",
         "Sender", "Tenant", "Raw Action", "Threat Types", "Host", "Message ID", "Report ID"]
ACTION_WORDS = {"UserOverride": "User override", "None": "Error or waiting page"}
FORMULA = re.compile(r"(^|[,;\t\r\n])'+(?=[\s\"]*[=+\-@＝＋－＠\t\r\n])")
LIVE_FORMULA = re.compile(r"(?:^|[,;\t\r\n])[ \"]*[=+\-@]")
FEW = 4


def differences(method, params, page, reference, engine):
    """Sentences, the first few; none when the answers agree."""
    if isinstance(reference, list):
        if not isinstance(page, list) or len(page) != len(reference):
            return [f"{len(reference)} tables, page {str(page)[:80]}"]
        return [each for one, other in zip(page, reference) for each in differences(method, params, one, other, engine)]
    if page is None:
        return ["the page answers null"]
    if "error" in page or "error" in reference:
        kind = (page.get("error") or {}).get("kind") if "error" in page else None
        said = f": {page['error']['message']}" if "error" in page else ""
        return [] if kind == reference.get("error") else [f"failure: page {kind}{said}, reference {reference.get('error')}"]
    found = [] if page.get("ignored") == reference.get("ignored") else \
        [f"ignored: page {page.get('ignored')}, reference {reference.get('ignored')}"]
    return (found + CHECKS[method](page, reference, engine))[:FEW]


def unequal(what, page, reference):
    return [] if page == reference else [f"{what}: page {page!r}, reference {reference!r}"]


def check_table(page, reference, _engine):
    found = unequal("columns", page["columns"], reference["columns"]) + unequal("total", page["total"], reference["total"])
    if page["rows"] != reference["rows"]:
        if sorted(map(str, page["rows"])) == sorted(map(str, reference["rows"])):
            found += first_difference("order", page["rows"], reference["rows"])
        else:
            found += first_difference("row", page["rows"], reference["rows"])
    return found


def first_difference(what, page, reference):
    if len(page) != len(reference):
        return [f"{what}s: page {len(page)}, reference {len(reference)}"] + lists(page, reference)
    for number, (one, other) in enumerate(zip(page, reference)):
        if one != other:
            return [f"{what} {number}: page {one}, reference {other}"]
    return []


def lists(page, reference):
    more, less = Counter(map(str, page)), Counter(map(str, reference))
    return [f"only on the page: {each}" for each in list(more - less)[:2]] + \
        [f"only in the reference: {each}" for each in list(less - more)[:2]]


def check_rows(page, reference, _engine):
    found = unequal("columns", page["columns"], reference["columns"]) + unequal("total", page["total"], reference["total"])
    found += unequal("absent", [sorted(each) for each in page.get("absent", reference["absent"])], reference["absent"])
    if "ids" in page and len(set(page["ids"])) != len(page["rows"]):
        found.append("ids repeat or are not one a row")
    files = page.get("files") if "ids" in page else None
    return found + check_order(page["rows"], files, reference)


def check_order(rows, files, reference):
    """Rows are the wanted stretch of the whole; those that are equal in all orders may stand in any order."""
    start = int(reference["offset"])
    end = len(reference["whole"]) if reference["limit"] is None else start + int(reference["limit"])
    end = min(end, len(reference["whole"]))
    if len(rows) != max(0, end - start):
        return [f"page has {len(rows)} rows, reference {max(0, end - start)} of {len(reference['whole'])}"]
    place = start
    while place < end:
        key, first = reference["keys"][place], place
        while first > 0 and reference["keys"][first - 1] == key:
            first -= 1
        last = place
        while last < len(reference["keys"]) and reference["keys"][last] == key:
            last += 1
        stop = min(last, end)
        there = Counter(marked(rows[at - start], files and files[at - start]) for at in range(place, stop))
        wanted = Counter(marked(reference["whole"][at], files and reference["files"][at]) for at in range(first, last))
        if there - wanted:
            stray = list(there - wanted)[0]
            return [f"row {place} of key {key}: page {stray}, reference {list(wanted - there)[:1]}"]
        place = stop
    return []


def marked(row, file):
    return json.dumps([row, file], ensure_ascii=False)


def check_report(page, reference, engine):
    found = check_totals(page, reference)
    found += unequal("from", page["from"], reference["from"]) + unequal("to", page["to"], reference["to"])
    found += unequal("file rows", [each["rows"] for each in page["files"]], [each.rows for each in engine.clicks.files])
    return found + check_rows({**page, "absent": reference["absent"]}, reference, engine)


def check_totals(page, reference):
    return [each for name, wanted in reference["totals"].items()
            for each in unequal(f"totals.{name}", page["totals"].get(name, "missing"), wanted)]


def check_trust(page, reference, _engine):
    found = unequal("clicks", page["clicks"], reference["clicks"])
    found += unequal("duplicates", page["duplicates"], reference["duplicates"])
    found += unequal("files", len(page["files"]), len(reference["files"]))
    for one, other in zip(page["files"], reference["files"]):
        for name, wanted in other.items():
            found += unequal(f"{other['name']} {name}", one.get(name, "missing"), wanted)
    return found


def check_dashboard(page, reference, engine):
    found = check_totals(page, reference)
    for name in ("allClicks", "allPeople", "dataSpan", "files"):
        found += unequal(name, page[name], reference[name])
    for name in ("clicks", "malicious"):
        if page["heatmap"][name] != reference["heatmap"][name]:
            found.append(f"heatmap.{name} differs")
    for name in ("topHosts", "topUrls", "topBlocked", "topReached"):
        found += unequal(f"{name}.total", page[name]["total"], reference[name]["total"])
        found += first_difference(name, page[name]["entries"], reference[name]["entries"])
    found += unequal("facets", [each["key"] for each in page["facets"]], measure.FACETS)
    for one, other in zip(page["facets"], reference["facets"]):
        found += unequal(f"facet {other['key']} absent", one["absent"], other["absent"])
        if other["absent"]:
            continue
        listed = [{"value": each["value"], "clicks": each["clicks"]} for each in one["values"]]
        found += first_difference(f"facet {other['key']}", listed, other["values"])
        for name in ("total", "clicks"):
            found += unequal(f"facet {other['key']} {name}", one.get(name, "missing"), other[name])
    said = any(note["code"] == "ignored" for note in page["notes"])
    found += unequal("note ignored", said, "ignored" in reference)
    return found + check_over_time(page["overTime"], reference["selected"], reference["zone"])


def check_over_time(series, rows, zone):
    if not rows:
        return ["overTime of nothing"] if any(map(sum, series["byAction"])) else []
    bounds = series["bounds"]
    by_action = [[0] * (len(bounds) - 1) for _ in values.ACTIONS]
    malicious, unsafe = ([0] * (len(bounds) - 1) for _ in range(2))
    for row in rows:
        at = bisect.bisect_right(bounds, row.ms) - 1
        if not 0 <= at < len(bounds) - 1:
            return [f"overTime: a click at {clock.written(row.ms)} is outside"]
        by_action[values.ACTIONS.index(row.action)][at] += 1
        malicious[at] += row.verdict == "Malicious"
        unsafe[at] += measure.is_unsafe(row)
    found = [f"overTime.{name} differs" for name, wanted in
             (("byAction", by_action), ("malicious", malicious), ("reachedUnsafe", unsafe)) if series[name] != wanted]
    return found + [f"overTime: {clock.written(each)} does not begin a {series['bucket']}"
                    for each in bounds if not begins(each, series["bucket"], zone)][:1]


def begins(milliseconds, bucket, zone):
    """Whether this is the first instant of an hour, day, week or month of the zone."""
    moment = (clock.EPOCH + timedelta(milliseconds=milliseconds)).astimezone(zone)
    before = (clock.EPOCH + timedelta(milliseconds=milliseconds - 1)).astimezone(zone)
    if bucket == "hour":
        return (moment.hour, moment.utcoffset()) != (before.hour, before.utcoffset())
    if bucket == "day":
        return moment.date() != before.date()
    if bucket == "week":
        return moment.date() != before.date() and moment.weekday() == 0
    return moment.month != before.month


def check_export(page, reference, _engine):
    found, text, columns = unequal("format", page["format"], reference["format"]), page["text"], reference["columns"]
    if reference["format"] == "csv":
        found += [] if text.startswith("\ufeff") else ["no byte order mark"]
        lines = list(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline="")))
        found += unequal("head", lines[0], [HEADS[measure.COLUMNS.index(name)] for name in columns])
        alive = [piece for line in lines[1:] for piece in line if LIVE_FORMULA.search(piece)]
        found += [f"a formula: {alive[0][:80]!r}"] if alive else []
        rows = [[disarmed(cell) or None for cell in line] for line in lines[1:]]
    else:
        listed = json.loads(text)
        strange = set().union(*listed) - set(columns) if listed else set()
        found += [f"keys {sorted(strange)}"] if strange else []
        rows = [[each.get(name) for name in columns] for each in listed]
    if reference["defang"] and (link := re.search(r".{0,40}https?:[/\\].{0,40}", text, re.I)):
        found.append(f"a link: {link[0]!r}")
    wanted = [[exported(cell, name, reference) for cell, name in zip(row, columns)] for row in reference["whole"]]
    hidden = {at for at, name in enumerate(columns) if name in ("url", "host", "subject", "user") and reference["defang"]}
    rows = [[None if at in hidden else cell for at, cell in enumerate(row)] for row in rows]
    wanted = [[None if at in hidden else cell for at, cell in enumerate(row)] for row in wanted]
    return found + check_order(rows, None, {**reference, "whole": wanted})


def exported(cell, name, reference):
    if name == "action":
        return ACTION_WORDS.get(cell, cell)
    return disarmed(cell) if cell and reference["format"] == "csv" else cell


def disarmed(text):
    """A cell without the quotes that stand before what would be a formula: they may have been there before."""
    return FORMULA.sub(r"\1", text)


CHECKS = {"query": check_table, "topUrls": check_table, "topUsers": check_table, "rows": check_rows,
          "report": check_report, "dashboard": check_dashboard, "trust": check_trust, "export": check_export}
