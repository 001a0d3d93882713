"""The second engine: what `window.clickglass` has to answer.

Owns calls and their parameters, as docs/api.md has them. Answers are in the shape of the API, but for what
only a page can know; rows() and export() give the whole ordered list, for compare.py to cut. Must not know
how answers are compared.
"""

from collections import Counter

import buckets
import clock
import measure
import values
from clicks import CLICK_ACTIONS, Clicks
from narrow import BadRequest, Filter

TABLE = {"filter", "columns", "orderBy", "limit", "offset"}
NAMES = {
    "report": TABLE,
    "rows": TABLE,
    "topUrls": TABLE,
    "topUsers": TABLE,
    "dashboard": TABLE,
    "query": {"filter", "groupBy", "measures", "find", "orderBy", "limit", "offset"},
    "export": TABLE | {"format", "defang", "download"},
}
LIMITS = {"rows": 100, "report": 100, "topUrls": 10, "topUsers": 10}
TOP = "clicks people malicious reached blocked overridden".split()
DAY = 86_400_000


class Engine:
    """Answers about one set of opened files, or about nothing."""

    def __init__(self, sources, browser):
        self.clicks = Clicks(sources, browser) if sources else None
        self.columns = set().union(*(source.columns for source in sources)) if sources else set()
        self.zones = {}
        self.selections = {}

    def answer(self, method, params):
        """The answer, or `{"error": kind}`."""
        if self.clicks is None:
            return {"error": "no-data"}
        try:
            if method == "trust":
                return self.trust()
            if method == "query" and isinstance(params, list):
                return [self.query(self.parameters("query", each)) for each in params]
            return getattr(self, method)(self.parameters(method, params))
        except BadRequest:
            return {"error": "bad-request"}

    def parameters(self, method, params):
        if params is None or isinstance(params, str):
            params = {"filter": params}
        if not isinstance(params, dict) or set(params) - NAMES[method]:
            raise BadRequest("parameters")
        asked = {name: params.get(name) for name in NAMES[method]}
        for name in ("columns", "orderBy", "groupBy", "measures"):
            listed = asked.get(name) or []
            asked[name] = [listed] if isinstance(listed, str) else listed
        for name in ("limit", "offset"):
            number = asked.get(name)
            if number is not None and (not isinstance(number, (int, float)) or number < 0 or number % 1):
                raise BadRequest(name)
        if asked["limit"] is None:
            asked["limit"] = LIMITS.get(method)
        asked["offset"] = asked["offset"] or 0
        asked["filter"] = Filter(asked["filter"])
        return asked

    def local(self, zone):
        cache = self.zones.setdefault(str(zone), {})
        return lambda row: clock.local_parts(row.ms, zone, cache)

    def select(self, narrow):
        return narrow.select(self.clicks, self.local(narrow.zone))

    def query(self, asked):
        groups, measures = asked["groupBy"], asked["measures"] or ["clicks"]
        if set(groups) - set(measure.GROUPS) or set(measures) - set(measure.MEASURES):
            raise BadRequest("names")
        rows = self.select(asked["filter"])
        found = measure.grouped(rows, groups, self.local(asked["filter"].zone))
        if not groups:
            found = {(): rows}
        lines = [[*key, *(measure.COUNTS[name](some) for name in measures)] for key, some in found.items()]
        if asked["find"]:
            lines = [line for line in lines if measure.holds(line[: len(groups)], groups, asked["find"])]
        return table([*groups, *measures], lines, asked, groups)

    def top(self, asked, name, by):
        found = measure.grouped(self.select(asked["filter"]), [name], None)
        lines = [[*key, *(measure.COUNTS[count](some) for count in TOP)] for key, some in found.items()]
        if not asked["orderBy"]:
            asked["orderBy"] = by
        return table([name, *TOP], lines, asked, [name])

    def topUrls(self, asked):
        return self.top(asked, "url", ["-malicious", "-clicks"])

    def topUsers(self, asked):
        return self.top(asked, "user", ["-blocked", "-overridden"])

    def rows(self, asked):
        """All rows in view in order, with what they are ordered by: compare.py cuts them."""
        columns = asked["columns"] or measure.COLUMNS
        orders = asked["orderBy"]
        known = {*measure.COLUMNS, "risk"}
        if set(columns) - set(measure.COLUMNS) or {name.lstrip("-") for name in orders} - known:
            raise BadRequest("names")
        if "time" not in {name.lstrip("-") for name in orders}:
            orders = [*orders, "-time"]
        whole = measure.ordered(self.select(asked["filter"]), orders, column_value)
        keys = [tuple(column_value(row, name.lstrip("-")) for name in orders) for row in whole]
        cells = [[shown(row, name) for name in columns] for row in whole]
        return {
            "columns": columns,
            "whole": cells,
            "keys": keys,
            "files": [row.file for row in whole],
            "absent": [sorted(count.absent) for count in self.clicks.files],
            "total": len(whole),
            "limit": asked["limit"],
            "offset": asked["offset"],
            **said(asked),
        }

    def report(self, asked):
        rows = self.select(asked["filter"])
        ends = (
            [min(rows, key=lambda row: row.ms), max(rows, key=lambda row: row.ms)] if rows else [None, None]
        )
        first, last = (row and shown(row, "time") for row in ends)
        return {**self.rows(asked), "totals": measure.totals(rows), "from": first, "to": last}

    def export(self, asked):
        if str(asked["format"] or "csv").lower() not in ("csv", "json"):
            raise BadRequest("format")
        return {
            **self.rows(asked),
            "format": str(asked["format"] or "csv").lower(),
            "defang": asked["defang"] is not False,
            "local": not any(row.zone_known for row in self.clicks.rows),
        }

    def dashboard(self, asked):
        narrow = asked["filter"]
        rows = self.select(narrow)
        every = self.clicks.rows
        facets = []
        for key in measure.FACETS:
            facets.append(measure.facet(self.select(narrow.without_key(key)), key))
            # Of a group only a directory of people would say.
            absent = all(key in count.absent for count in self.clicks.files)
            facets[-1]["absent"] = absent or key == "group"
        return {
            "allClicks": len(every),
            "allPeople": measure.people(every),
            "dataSpan": [self.clicks.oldest, self.clicks.newest] if every else None,
            "files": len(self.clicks.files),
            "totals": measure.totals(rows),
            "overrideRate": self.override_rate(narrow),
            "facets": facets,
            "heatmap": measure.heatmap(rows, self.local(narrow.zone)),
            **measure.rankings(rows),
            "selected": rows,
            "buckets": buckets.of(narrow, self.clicks),
            **said(asked),
        }

    def override_rate(self, narrow):
        for key in ("action", "rawAction", "reached"):
            narrow = narrow.without_key(key)
        rows = self.select(narrow)
        counts = {"overridden": "overriddenAttempts", "warned": "warnedAttempts"}
        return {name: measure.COUNTS[count](rows) for name, count in counts.items()}

    def trust(self):
        files = []
        for number, count in enumerate(self.clicks.files):
            rows = [row for row in self.clicks.rows if row.file == number]
            strange = Counter(
                row.rawAction for row in rows if row.rawAction and row.keys["rawAction"] not in CLICK_ACTIONS
            )
            words = sorted(strange.items(), key=lambda item: (-item[1], values.text_order(item[0])))
            files.append(
                {
                    "name": count.name,
                    "records": count.records,
                    "rows": count.rows,
                    "refused": count.refused,
                    "duplicates": count.duplicates,
                    "skipped": count.skipped,
                    "notes": sorted(count.notes),
                    "unknownActions": [{"word": word, "clicks": clicks} for word, clicks in words],
                    "without": {
                        name: sum(getattr(row, name) is None for row in rows)
                        for name in ("user", "ip", "host", "reportId")
                    },
                    "from": min((row.ms for row in rows), default=None),
                    "to": max((row.ms for row in rows), default=None),
                }
            )
            for end in ("from", "to"):
                if files[-1][end] is not None:
                    files[-1][end] = clock.written(files[-1][end], rows[0].zone_known)
        return {
            "files": files,
            "clicks": len(self.clicks.rows),
            "duplicates": sum(each["duplicates"] for each in files),
        }


def column_value(row, name):
    if name == "risk":
        return measure.risk(row)
    return row.ms if name == "time" else getattr(row, name)


def shown(row, name):
    return clock.written(row.ms, row.zone_known) if name == "time" else getattr(row, name)


def said(asked):
    return {"ignored": asked["filter"].ignored} if asked["filter"].ignored else {}


def table(columns, lines, asked, groups):
    """A table in order, cut."""
    if {name.lstrip("-") for name in asked["orderBy"]} - set(columns):
        raise BadRequest("orderBy")
    orders = [*asked["orderBy"], *groups]
    lines = measure.ordered(lines, orders, lambda line, name: line[columns.index(name)])
    end = None if asked["limit"] is None else asked["offset"] + int(asked["limit"])
    return {"columns": columns, "rows": lines[int(asked["offset"]) : end], "total": len(lines), **said(asked)}
