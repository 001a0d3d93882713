"""Filters: from text or object to the clicks that pass.

Owns the section "The filter" of docs/api.md. Must not know measures or tables.
"""

from urllib.parse import unquote

import clock
import values

SINGLE = ("from", "to", "range", "tz")
EXACT = ("rawAction", "source", "user", "group", "tenant", "host", "ip")
LISTED = {
    "verdict": [name.lower() for name in values.VERDICTS],
    "action": [name.lower() for name in values.ACTIONS],
    "reached": ["yes", "no", "unsafe", "waiting"],
    "weekday": [str(day) for day in range(7)],
    "hour": [str(hour) for hour in range(24)],
    "without": "user ip host source tenant threat rawaction reportid messageid subject sender device "
    "group".split(),
}
FREE = ("messageId", "threat", "urlIs", "url", "q")
KEYS = {key.lower(): key for key in (*SINGLE, *EXACT, *LISTED, *FREE)}
COLUMN_OF = {name.lower(): name for name in ("rawAction", "reportId", "messageId")}


class BadRequest(Exception):
    """What the API refuses."""


class Filter:
    """A filter, read. `include` and `exclude` have the values of each key."""

    def __init__(self, given):
        self.include, self.exclude, self.ignored = {}, {}, []
        if given is None:
            pairs = []
        elif isinstance(given, str):
            pairs = pairs_of_text(given)
        elif isinstance(given, dict):
            pairs = pairs_of_object(given)
        else:
            raise BadRequest("filter")
        for name, terms in pairs:
            key = KEYS.get(name.strip().lower())
            if key is None:
                if name not in self.ignored:
                    self.ignored.append(name)
                continue
            for negative, text in terms:
                self.add(key, negative, text)
        try:
            self.zone = clock.zone_of(self.one("tz") or "UTC")
            for key in ("from", "to"):
                if self.one(key):
                    clock.instant(self.one(key), self.zone)
            if self.one("range"):
                clock.range_start(self.one("range"), 0)
        except clock.NotATime as wrong:
            raise BadRequest(str(wrong)) from wrong

    def add(self, key, negative, text):
        if key != "urlIs":
            text = values.fold(text) if key not in SINGLE else text.strip()
        if key == "ip":
            text = values.fold(values.address_of(text) or text)
        if key in LISTED and text not in LISTED[key]:
            raise BadRequest(f"{key}={text}")
        side = self.exclude if negative else self.include
        side.setdefault(key, [])
        if text not in side[key]:
            side[key].append(text)

    def one(self, key):
        return self.include.get(key, [None])[-1]

    def without_key(self, key):
        """This filter without one key's part."""
        other = Filter(None)
        other.zone = self.zone
        other.include = {name: terms for name, terms in self.include.items() if name != key}
        other.exclude = {name: terms for name, terms in self.exclude.items() if name != key}
        return other

    def instants(self, newest):
        """The first instant that passes and the first that does not, where there are any."""
        starts = []
        if self.one("from"):
            starts.append(clock.instant(self.one("from"), self.zone))
        if self.one("range"):
            starts.append(clock.range_start(self.one("range"), newest))
        end = clock.instant(self.one("to"), self.zone) if self.one("to") else None
        return max(starts, default=None), end

    def select(self, clicks, local):
        """The clicks that pass. `local` gives day, hour and weekday of one."""
        start, end = self.instants(clicks.newest)
        rows = [
            row for row in clicks.rows if (start is None or row.ms >= start) and (end is None or row.ms < end)
        ]
        for key in sorted({*self.include, *self.exclude} - set(SINGLE)):
            wanted, unwanted = self.include.get(key, []), self.exclude.get(key, [])
            has = TESTS[key]
            rows = [
                row
                for row in rows
                if (not wanted or any(has(row, text, local) for text in wanted))
                and not any(has(row, text, local) for text in unwanted)
            ]
        return rows


def pairs_of_text(text):
    for part in text.split("&"):
        if not part.strip():
            continue
        name, _, listed = part.partition("=")
        terms = []
        for term in listed.split(","):
            negative = term.strip().startswith("!")
            plain = unquote(term.strip()[1:] if negative else term)
            if plain.strip():
                terms.append((negative, plain))
        yield unquote(name), terms


def pairs_of_object(parts):
    for name, listed in parts.items():
        listed = listed if isinstance(listed, list) else [listed]
        if not listed:
            raise BadRequest(name)
        terms = []
        for term in listed:
            if isinstance(term, bool):
                term = "true" if term else "false"
            if isinstance(term, (int, float)):
                term = str(term)
            if not isinstance(term, str) or not term.strip():
                raise BadRequest(name)
            negative = term.startswith("!")
            term = term[1:] if negative else term
            terms.append((negative, term))
        yield name, terms


def is_reached(row, text, _local):
    if text == "waiting":
        return row.verdict == "Pending" or row.action == "None"
    if text == "unsafe":
        return is_unsafe(row)
    return row.reached == (text == "yes")


def is_unsafe(row):
    return row.reached and row.verdict in ("Malicious", "Blocked", "Pending")


def is_without(row, text, _local):
    if text == "group":
        return True
    return getattr(row, COLUMN_OF.get(text, text)) is None


def exactly(key):
    return lambda row, text, _local: row.keys[key] == text


TESTS = {key: exactly(key) for key in EXACT}
TESTS |= {
    "host": lambda row, text, _local: row.keys["host"] == values.refanged(text).rstrip("."),
    "verdict": lambda row, text, _local: row.verdict.lower() == text,
    "action": lambda row, text, _local: row.action.lower() == text,
    "threat": lambda row, text, _local: (
        text in row.keys["threats"] or (text == "none" and not row.keys["threats"])
    ),
    "messageId": lambda row, text, _local: values.fold(row.messageId or "") == values.fold(values.guid_of(text)),
    "urlIs": lambda row, text, _local: row.url == text,
    "url": lambda row, text, _local: text in row.keys["url"] or values.typed(text) in row.keys["url"],
    "q": lambda row, text, _local: text in row.keys["q"] or values.typed(text) in row.keys["q"],
    "reached": is_reached,
    "without": is_without,
    "hour": lambda row, text, local: str(local(row)[1]) == text,
    "weekday": lambda row, text, local: str(local(row)[2]) == text,
}
