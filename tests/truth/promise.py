"""What a named promise is made of, and small exports to show it with.

Owns the shape of a promise. Must not know any promise.
"""

import json
from dataclasses import dataclass
from typing import Any, Callable

HEAD = "Timestamp Url ActionType AccountUpn Workload ThreatTypes IPAddress IsClickedThrough ReportId".split()


@dataclass
class Promise:
    """A sentence of the documents, the smallest files that show it, what to ask, what must be answered."""

    name: str
    says: str
    files: list  # of (name, text or bytes), or none for a page with nothing open
    questions: list
    read: Callable[[list], Any]
    wanted: Any


def line(number, **cells):
    """A row of a portal's CSV; what is not named is plain."""
    plain = {
        "Timestamp": f"2026-05-08T12:{number // 60:02}:{number % 60:02}Z",
        "Url": f"https://a.example/{number}",
        "ActionType": "ClickAllowed",
        "AccountUpn": "ana",
        "Workload": "Email",
        "ThreatTypes": "",
        "IPAddress": "192.0.2.1",
        "IsClickedThrough": "0",
        "ReportId": f"r{number}",
    }
    return {**plain, **cells}


def csv_of(rows, columns=HEAD, delimiter=","):
    def cell(text):
        return '"' + text.replace('"', '""') + '"' if set(text) & set('"\r\n' + delimiter) else text

    lines = [columns] + [[row.get(name, "") for name in columns] for row in rows]
    return "".join(delimiter.join(map(cell, each)) + "\r\n" for each in lines)


def export(*rows, columns=HEAD):
    """The files of one promise: one export of these rows, numbered where they do not say it."""
    return [("a.csv", csv_of([line(number, **row) for number, row in enumerate(rows)], columns))]


def urls(*listed):
    return export(*({"Url": url} for url in listed))


def without_column(name, *rows):
    return export(*rows, columns=[each for each in HEAD if each != name])


RECORD = {
    "Timestamp": "2026-05-08T12:00:00Z",
    "Url": "https://a.example/x",
    "ActionType": "ClickBlocked",
    "AccountUpn": "ana",
    "IsClickedThrough": "0",
    "ReportId": "21111111-2222-3333-4444-5555555555ab",
    "AppName": "Mail",
    "AppVersion": "0.0.0000",
}


def record_csv(quoted=(), **changes):
    record = {**RECORD, **changes}
    return (
        ",".join(record)
        + "\r\n"
        + ",".join(f'"{cell}"' if name in quoted else cell for name, cell in record.items())
        + "\r\n"
    )


def graph(record=None, **changes):
    return json.dumps(
        {"schema": [], "results": [{**(record or RECORD), "IsClickedThrough": False, **changes}]}
    )


def stream(tenant="one", **changes):
    return (
        json.dumps(
            {
                "time": "2026-05-08T12:05:00Z",
                "tenantId": tenant,
                "category": "AdvancedHunting-UrlClickEvents",
                "properties": {**RECORD, "IsClickedThrough": False, **changes},
            }
        )
        + "\n"
    )


COUNT = [("query", {})]


def count(answers):
    """The number of a question without groups."""
    return answers[0]["rows"][0][0] if "rows" in answers[0] else answers[0]


def groups(answers):
    return [tuple(row) for row in answers[0]["rows"]]


def column(answers):
    return [row[0] for row in answers[0]["rows"]]


def failures(answers):
    return [
        each["error"]["kind"] if isinstance(each, dict) and "error" in each else "answered"
        for each in answers
    ]


def notes(answers):
    """The codes of all notes of trust()."""
    found = {note["code"] for note in answers[-1]["notes"]}
    return found | {note["code"] for file in answers[-1]["files"] for note in file["notes"]}


def says_note(*codes):
    return lambda answers: sorted(set(codes) & notes(answers))


def facet(answers, key):
    return next(each for each in answers[0]["facets"] if each["key"] == key)
