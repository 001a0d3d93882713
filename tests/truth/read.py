"""Files as records: every container that an export of clicks comes in.

Owns bytes, encodings, CSV, JSON, lines and envelopes. Must not know what a click is: a record is a set of
named cells.
"""

import csv
import io
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

csv.field_size_limit(1 << 30)

SAME = {"timegenerated": "timestamp", "reportidstring": "reportid"}
CATEGORY = "AdvancedHunting-UrlClickEvents"


@dataclass
class Record:
    """One record: the names it was found under, folded, and its cells."""

    cells: dict
    tenant: object = None  # of the stream's envelope
    other_table: bool = False


@dataclass
class Source:
    """One file, read."""

    name: str
    kind: str
    columns: set = field(default_factory=set)
    records: list = field(default_factory=list)
    headers_again: int = 0
    local_time: bool = False
    has_tenant: bool = False


def folded_name(name):
    """A column's name without what containers do to it."""
    name = name.strip().strip("\ufeff").strip()
    name = re.sub(r"\s*\[(UTC|Local Time)\]$|\s+Local time$", "", name, flags=re.I)
    name = re.sub(r"_[sgbdt]$", "", name)
    name = re.sub(r"[ _-]", "", name).lower()
    return SAME.get(name, name)


def read(path):
    """The records of a file."""
    path = Path(path)
    text = decoded(path.read_bytes())
    if text.lstrip().startswith(("{", "[")):
        return read_json(path.name, text)
    return read_csv(path.name, text)


def decoded(data):
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    if b"\0" in data[:200]:
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read_csv(name, text):
    """Header first, after blank lines and `sep=`; a repeated header begins a new section in its own order."""
    text = text.lstrip("\r\n")
    delimiter = None
    if found := re.match(r"sep=(.)\r?\n", text):
        delimiter, text = found[1], text[found.end() :]
    text = re.sub(r"^\s*\n", "", text)
    delimiter = delimiter or delimiter_of(text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    head = next(rows)
    known = {folded_name(cell) for cell in head}
    source = Source(name, "hunting-csv", set(known))
    if any("[utc]" in cell.lower() or "[local time]" in cell.lower() for cell in head):
        source.kind = "log-analytics-csv"
    source.local_time = any(cell.strip().lower().endswith(("[local time]", " local time")) for cell in head)
    places = [folded_name(cell) for cell in head]
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        names = [folded_name(cell) for cell in row]
        if "url" in names and set(names) <= known | {"timestamp"} and len(names) > 2:
            places = names
            source.headers_again += 1
            continue
        cells = {}
        for place, cell in zip(places, row):
            cells.setdefault(place, cell)
        source.records.append(Record(cells))
    return source


def delimiter_of(text):
    head = re.sub(r'"[^"]*"', "", text.split("\n", 1)[0])
    return max(",;\t|", key=head.count)


def read_json(name, text):
    """One document, or one a line."""
    try:
        documents = [json.loads(text)]
    except json.JSONDecodeError:
        documents = [json.loads(line) for line in text.split("\n") if line.strip()]
    source = Source(name, "graph-json")
    for document in documents:
        read_document(source, document)
    for record in source.records:
        if not record.other_table:
            source.columns.update(record.cells)
    return source


def read_document(source, document):
    if isinstance(document, list):
        for item in document:
            read_document(source, item)
        return
    keys = {key.lower(): key for key in document}
    if "tables" in keys:
        source.kind = "log-analytics-json"
        for table in document[keys["tables"]]:
            names = [column["name"] for column in table["columns"]]
            source.columns.update(folded_name(column) for column in names)
            for row in table["rows"]:
                source.records.append(Record(folded(zip(names, row))))
    elif "records" in keys:
        read_document(source, document[keys["records"]])
    elif "results" in keys:
        for column in document.get(keys.get("schema"), []):
            source.columns.add(folded_name({key.lower(): value for key, value in column.items()}["name"]))
        for item in document[keys["results"]]:
            source.records.append(Record(folded(item.items())))
    elif "category" in keys and "properties" in keys:
        source.kind = "streaming"
        source.has_tenant = source.has_tenant or "tenantId" in document
        record = Record(folded(document["properties"].items()), document.get("tenantId"))
        record.other_table = document["category"] != CATEGORY
        source.records.append(record)
    else:
        source.records.append(Record(folded(document.items())))


def folded(pairs):
    cells = {}
    for key, value in pairs:
        cells.setdefault(folded_name(key), value)
    return cells
