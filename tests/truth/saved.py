"""Whether an exported file says what it should, and nothing dangerous.

Owns the section "Exports" of docs/api.md. Must not know how rows are found.
"""

import csv
import io
import json
import re

import measure
from agree import check_order, unequal

HEADS = [
    "Date",
    "User",
    "Original URL",
    "Verdict",
    "Action",
    "Click Source",
    "IP Address",
    "Device",
    "Message Subject",
    "Sender",
    "Tenant",
    "Raw Action",
    "Threat Types",
    "Host",
    "Message ID",
    "Report ID",
]
WORDS = {
    "action": {"UserOverride": "User override", "None": "Error or waiting page"},
    "verdict": {"Blocked": "Block list"},
}
FORMULA = re.compile(r"(^|[;\t\r\n])'+(?=[\s\"]*[=+\-@＝＋－＠\t\r\n])")
LIVE_FORMULA = re.compile(r"(?:^|[;\t\r\n])[ \"]*[=+\-@]")


def check_export(page, reference, _engine):
    found, text, columns = (
        unequal("format", page["format"], reference["format"]),
        page["text"],
        reference["columns"],
    )
    if reference["format"] == "csv":
        found += [] if text.startswith("\ufeff") else ["no byte order mark"]
        lines = list(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline="")))
        found += unequal("head", lines[0], [head_of(name, reference) for name in columns])
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
    wanted = [
        [exported(cell, name, reference) for cell, name in zip(row, columns)] for row in reference["whole"]
    ]
    hidden = {
        at
        for at, name in enumerate(columns)
        if name in ("url", "host", "subject", "user") and reference["defang"]
    }
    rows = [[None if at in hidden else cell for at, cell in enumerate(row)] for row in rows]
    wanted = [[None if at in hidden else cell for at, cell in enumerate(row)] for row in wanted]
    return found + check_order(rows, None, {**reference, "whole": wanted})


def head_of(name, reference):
    local = " [Local Time]" if name == "time" and reference["local"] else ""
    return HEADS[measure.COLUMNS.index(name)] + local


def exported(cell, name, reference):
    if name in WORDS:
        return WORDS[name].get(cell, cell)
    return disarmed(cell) if cell and reference["format"] == "csv" else cell


def disarmed(text):
    """A cell without the quotes that stand before what would be a formula."""
    return FORMULA.sub(r"\1", text)
