"""What two answers have in common: equal values, and the same rows where some may stand in any order.

Owns the tools of the comparison. Must not know any call of the API.
"""

import json
from collections import Counter


def unequal(what, page, reference):
    return [] if page == reference else [f"{what}: page {page!r}, reference {reference!r}"]


def first_difference(what, page, reference):
    if len(page) != len(reference):
        return [f"{what}s: page {len(page)}, reference {len(reference)}"] + lists(page, reference)
    for number, (one, other) in enumerate(zip(page, reference)):
        if one != other:
            return [f"{what} {number}: page {one}, reference {other}"]
    return []


def lists(page, reference):
    more, less = Counter(map(str, page)), Counter(map(str, reference))
    return [f"only on the page: {each}" for each in list(more - less)[:2]] + [
        f"only in the reference: {each}" for each in list(less - more)[:2]
    ]


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
        wanted = Counter(
            marked(reference["whole"][at], files and reference["files"][at]) for at in range(first, last)
        )
        if there - wanted:
            stray = list(there - wanted)[0]
            return [f"row {place} of key {key}: page {stray}, reference {list(wanted - there)[:1]}"]
        place = stop
    return []


def marked(row, file):
    return json.dumps([row, file], ensure_ascii=False)
