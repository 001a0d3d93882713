"""What is counted: measures, totals, groups, rankings, facets of a list of clicks.

Owns the section "Counts" of docs/words.md and the parts of the dashboard that are counts. Must not know
filters.
"""

import values
from narrow import is_unsafe

MEASURES = (
    "clicks people urls malicious reached reachedUnsafe blocked overridden attempts warnedAttempts overriddenAttempts"
).split()
GROUPS = (
    "day hour weekday user host url verdict action rawAction source tenant group ip threat"
).split()
COLUMNS = (
    "time user url verdict action source ip device subject sender tenant rawAction threat host messageId "
    "reportId"
).split()
FACETS = "verdict action source threat tenant rawAction group".split()
RANKED = "clicks people malicious reached reachedUnsafe blocked overridden".split()
PLACES = 10
FACET_VALUES = 50


def is_warned(row):
    return row.action in ("Blocked", "UserOverride") or row.verdict == "Pending"


def people(rows):
    return len({row.keys["user"] for row in rows if row.user})


def attempts(rows):
    return len({row.attempt for row in rows})


COUNTS = {
    "clicks": len,
    "people": people,
    "urls": lambda rows: len({row.url for row in rows}),
    "malicious": lambda rows: sum(row.verdict == "Malicious" for row in rows),
    "reached": lambda rows: sum(row.reached for row in rows),
    "reachedUnsafe": lambda rows: sum(map(is_unsafe, rows)),
    "reachedUnsafePeople": lambda rows: people([row for row in rows if is_unsafe(row)]),
    "reachedMalicious": lambda rows: sum(row.reached and row.verdict == "Malicious" for row in rows),
    "blocked": lambda rows: sum(row.action == "Blocked" for row in rows),
    "blockedMalicious": lambda rows: sum(
        row.action == "Blocked" and row.verdict == "Malicious" for row in rows
    ),
    "overridden": lambda rows: sum(row.action == "UserOverride" for row in rows),
    "allowed": lambda rows: sum(row.action == "Allowed" for row in rows),
    "pending": lambda rows: sum(row.verdict == "Pending" for row in rows),
    "errors": lambda rows: sum(row.action == "None" and row.verdict != "Pending" for row in rows),
    "attempts": attempts,
    "warnedAttempts": lambda rows: attempts([row for row in rows if is_warned(row)]),
    "overriddenAttempts": lambda rows: attempts([row for row in rows if row.action == "UserOverride"]),
}


def totals(rows):
    return {name: count(rows) for name, count in COUNTS.items()}


def group_value(row, name, local):
    """The value of a row in a group, as it is shown."""
    if name in ("day", "hour", "weekday"):
        return local(row)[("day", "hour", "weekday").index(name)]
    if name == "group":
        return None
    return getattr(row, name)


def risk(row):
    """How grave a click is, from 0."""
    if row.verdict in ("Unknown", "Safe"):
        return 4 + (row.verdict == "Safe")
    return (row.verdict != "Malicious") + 2 * (not row.reached)


def holds(cells, names, part):
    """Whether a value of a field contains the text."""
    part = part.lower()
    return any(
        cell is not None and (part in cell.lower() or values.typed(part) in cell.lower())
        for cell, name in zip(cells, names)
        if name not in ("day", "hour", "weekday")
    )


def grouped(rows, names, local):
    """The rows of each combination of values."""
    found = {}
    for row in rows:
        found.setdefault(tuple(group_value(row, name, local) for name in names), []).append(row)
    return found


def order_key(name, value):
    """A key that sorts the values of one column."""
    if name == "verdict":
        return values.VERDICTS.index(value)
    if name == "action":
        return values.ACTIONS.index(value)
    if name == "ip":
        return values.address_order(value)
    return values.text_order(value) if isinstance(value, str) else value


def ordered(items, orders, value_of):
    """Items by several orders, the first the strongest; those without a value last, both ways."""
    for order in reversed(orders):
        name, descending = order.lstrip("-"), order.startswith("-")
        present = [item for item in items if value_of(item, name) is not None]
        missing = [item for item in items if value_of(item, name) is None]
        present.sort(key=lambda item: order_key(name, value_of(item, name)), reverse=descending)
        items = present + missing
    return items


def ranking(rows, name, by, has_place):
    """The first places, and how many there are."""
    entries = []
    for (value,), some in grouped(rows, [name], None).items():
        if value is None:
            continue
        entry = {
            "value": value,
            **{measure: COUNTS[measure](some) for measure in RANKED},
            "lastMs": max(row.ms for row in some),
        }
        if has_place is None or entry[has_place]:
            entries.append(entry)
    entries.sort(key=lambda entry: (*(-entry[measure] for measure in by), values.text_order(entry["value"])))
    return {"entries": entries[:PLACES], "total": len(entries)}


def rankings(rows):
    return {
        "topHosts": ranking(rows, "host", ["malicious", "clicks"], "malicious"),
        "topUrls": ranking(rows, "url", ["malicious", "clicks"], None),
        "topBlocked": ranking(rows, "user", ["blocked", "overridden"], "blocked"),
        "topReached": ranking(rows, "user", ["reachedUnsafe", "overridden"], "reachedUnsafe"),
    }


def facet(rows, key):
    """The values of one field and their clicks, most first."""
    counted = {}
    for row in rows:
        found = (row.threats or ["none"]) if key == "threat" else [getattr(row, key) or ""]
        for value in found:
            counted[value] = counted.get(value, 0) + 1

    def place(item):
        value, clicks = item
        nothing = value == "" or (key, value) == ("threat", "none")
        return (-clicks, nothing, order_key(key, value) if value else 0)

    listed = [
        {"value": value.lower() if key in ("verdict", "action") else value, "clicks": clicks}
        for value, clicks in sorted(counted.items(), key=place)
    ]
    return {"key": key, "values": listed[:FACET_VALUES], "total": len(listed), "clicks": len(rows)}


def heatmap(rows, local):
    if not rows:
        return {"clicks": [], "malicious": []}
    clicks, malicious = [[[0] * 24 for _ in range(7)] for _ in range(2)]
    for row in rows:
        _, hour, weekday = local(row)
        clicks[weekday][hour] += 1
        malicious[weekday][hour] += row.verdict == "Malicious"
    return {"clicks": clicks, "malicious": malicious}
