"""Where the page's answer is not the reference's.

Owns what may differ without being wrong: the order of clicks of one millisecond, words for people, what a
page alone knows. Must not count anything that answer.py counts, but for looking into exported files and
charts.
"""

import bisect
import clock
import measure
import values
from agree import check_order, first_difference, unequal
from saved import check_export

FEW = 4
# Notes of a file that follow from its records alone.
NOTES = set(
    "no-threats no-click-through no-report-id no-action unknown-boolean unknown-action refused seconds-lost "
    "local-time".split()
)


def differences(method, params, page, reference, engine):
    """Sentences, the first few; none when the answers agree."""
    if isinstance(reference, list):
        if not isinstance(page, list) or len(page) != len(reference):
            return [f"{len(reference)} tables, page {str(page)[:80]}"]
        return [
            each
            for one, other in zip(page, reference)
            for each in differences(method, params, one, other, engine)
        ]
    if page is None:
        return ["the page answers null"]
    if "error" in page or "error" in reference:
        kind = (page.get("error") or {}).get("kind") if "error" in page else None
        said = f": {page['error']['message']}" if "error" in page else ""
        return (
            []
            if kind == reference.get("error")
            else [f"failure: page {kind}{said}, reference {reference.get('error')}"]
        )
    found = (
        []
        if sorted(page.get("ignored") or []) == sorted(reference.get("ignored") or [])
        else [f"ignored: page {page.get('ignored')}, reference {reference.get('ignored')}"]
    )
    return (found + CHECKS[method](page, reference, engine))[:FEW]


def check_table(page, reference, _engine):
    found = unequal("columns", page["columns"], reference["columns"]) + unequal(
        "total", page["total"], reference["total"]
    )
    if page["rows"] != reference["rows"]:
        if sorted(map(str, page["rows"])) == sorted(map(str, reference["rows"])):
            found += first_difference("order", page["rows"], reference["rows"])
        else:
            found += first_difference("row", page["rows"], reference["rows"])
    return found


def check_rows(page, reference, _engine):
    found = unequal("columns", page["columns"], reference["columns"]) + unequal(
        "total", page["total"], reference["total"]
    )
    found += unequal(
        "absent", [sorted(each) for each in page.get("absent", reference["absent"])], reference["absent"]
    )
    if "ids" in page and len(set(page["ids"])) != len(page["rows"]):
        found.append("ids repeat or are not one a row")
    files = page.get("files") if "ids" in page else None
    return found + check_order(page["rows"], files, reference)


def check_report(page, reference, engine):
    found = check_totals(page, reference)
    found += unequal("from", page["from"], reference["from"]) + unequal("to", page["to"], reference["to"])
    found += unequal(
        "file rows", [each["rows"] for each in page["files"]], [each.rows for each in engine.clicks.files]
    )
    return found + check_rows({**page, "absent": reference["absent"]}, reference, engine)


def check_totals(page, reference):
    return [
        each
        for name, wanted in reference["totals"].items()
        for each in unequal(f"totals.{name}", page["totals"].get(name, "missing"), wanted)
    ]


def check_trust(page, reference, _engine):
    found = unequal("clicks", page["clicks"], reference["clicks"])
    found += unequal("duplicates", page["duplicates"], reference["duplicates"])
    found += unequal("files", len(page["files"]), len(reference["files"]))
    for one, other in zip(page["files"], reference["files"]):
        codes = {note["code"] for note in one["notes"]} & NOTES
        found += unequal(f"{other['name']} notes", sorted(codes), other["notes"])
        for name, wanted in other.items():
            if name == "notes":
                continue
            found += unequal(f"{other['name']} {name}", one.get(name, "missing"), wanted)
    return found


def check_dashboard(page, reference, engine):
    found = check_totals(page, reference)
    for name in ("allClicks", "allPeople", "dataSpan", "files", "overrideRate"):
        found += unequal(name, page[name], reference[name])
    for name in ("clicks", "malicious"):
        if page["heatmap"][name] != reference["heatmap"][name]:
            found.append(f"heatmap.{name} differs")
    # Who clicked is not counted here: where the page leaves machines out, its lists of users are others.
    ours = () if page["leftOut"]["clicks"] else ("topBlocked", "topReached")
    for name in ("topHosts", "topUrls", *ours):
        found += unequal(f"{name}.total", page[name]["total"], reference[name]["total"])
        found += first_difference(name, page[name]["entries"], reference[name]["entries"])
    facets = [each for each in page["facets"] if each["key"] != "automation"]
    found += unequal("facets", [each["key"] for each in facets], measure.FACETS)
    for one, other in zip(facets, reference["facets"]):
        found += unequal(f"facet {other['key']} absent", one["absent"], other["absent"])
        if other["absent"]:
            continue
        listed = [{"value": each["value"], "clicks": each["clicks"]} for each in one["values"]]
        found += first_difference(f"facet {other['key']}", listed, other["values"])
        for name in ("total", "clicks"):
            found += unequal(f"facet {other['key']} {name}", one.get(name, "missing"), other[name])
    said = any(note["code"] == "ignored" for note in page["notes"])
    found += unequal("note ignored", said, "ignored" in reference)
    return found + check_over_time(page["overTime"], reference["selected"], reference["buckets"])


def check_over_time(series, rows, buckets):
    if buckets is None:
        lists = (series[name] for name in ("bounds", "byAction", "malicious", "reachedUnsafe"))
        return ["overTime of no time"] if any(lists) else []
    bucket, bounds = buckets
    found = unequal("overTime.bucket", series["bucket"], bucket)
    found += first_difference("overTime.bounds", series["bounds"], bounds)
    if found:
        return found
    by_action = [[0] * (len(bounds) - 1) for _ in values.ACTIONS]
    malicious, unsafe = ([0] * (len(bounds) - 1) for _ in range(2))
    for row in rows:
        at = bisect.bisect_right(bounds, row.ms) - 1
        if not 0 <= at < len(bounds) - 1:
            return [f"overTime: a click at {clock.written(row.ms)} is outside"]
        by_action[values.ACTIONS.index(row.action)][at] += 1
        malicious[at] += row.verdict == "Malicious"
        unsafe[at] += measure.is_unsafe(row)
    return [
        f"overTime.{name} differs"
        for name, wanted in (("byAction", by_action), ("malicious", malicious), ("reachedUnsafe", unsafe))
        if series[name] != wanted
    ]


CHECKS = {
    "query": check_table,
    "topUrls": check_table,
    "topUsers": check_table,
    "rows": check_rows,
    "report": check_report,
    "dashboard": check_dashboard,
    "trust": check_trust,
    "export": check_export,
}
