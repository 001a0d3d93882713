"""Named promises about answers: orders, limits, facets, rankings, exports.

Owns one minimal input a promise. Must not know how the answers come about.
"""

import re

import clock
from promise import Promise, column, csv_of, export, facet, line, stream, urls

BOBS = export({}, {"AccountUpn": "bob"}, {"AccountUpn": "bob"}, {"AccountUpn": "bob"})
SAME_TIME = export(
    *({"Timestamp": "2026-05-08T12:00:00Z", "Workload": word} for word in ("Teams", "Email", "Office"))
)
MALICIOUS = {"ActionType": "ClickBlocked", "ThreatTypes": "Phish"}
ODD_LINKS = urls(
    '=HYPERLINK("https://evil.example")',
    "ms-word:ofe|u|https://evil.example/x.docx",
    "see https://evil.example",
    " " * 17 + "https://evil.example/",
    "\u200bhttps://evil.example/",
    "https:\\\\evil.example\\x",
    "averyveryverylongscheme+https://evil.example/",
    "https://evil。example/",
    "HTTPS://EVIL.EXAMPLE/",
)
FORMULAS = urls(
    "https://a;=cmd|'/C calc'!A0;b.example/x",
    "https://a.example/,=1+1",
    "https://a.example/\t@x",
    "=1+1",
    "https://a.example/\n-1",
)
SPREAD = export(
    {"Timestamp": "2026-05-08T12:00:00Z"},
    {"Timestamp": "2026-05-11T12:00:00Z", "AccountUpn": "bob"},
    {"Timestamp": "2026-05-19T09:30:00Z"},
)
PIECE = re.compile(r"(?:^|[;\t\r\n])[ \"]*[=+\-@]")


def drawn(series):
    """How long a bucket is, where the first begins and the last ends, how many there are, how many clicks."""
    if not series["bounds"]:
        return None
    first, end = (clock.written(series["bounds"][place]) for place in (0, -1))
    return series["bucket"], first, end, len(series["bounds"]) - 1, sum(map(sum, series["byAction"]))


PROMISES = [
    # Orders and limits
    Promise(
        "N18-names",
        "names after time count",
        SAME_TIME,
        [("rows", {"columns": ["source"], "orderBy": ["time", "source"]})],
        column,
        ["Email", "Office", "Teams"],
    ),
    Promise(
        "N18-texts",
        "one order of texts in all answers",
        export({"AccountUpn": "USER8"}, {"AccountUpn": "ana"}, {"AccountUpn": "Zoe"}),
        [
            ("query", {"groupBy": "user", "orderBy": "user"}),
            ("rows", {"columns": ["user"], "orderBy": "user"}),
        ],
        lambda answers: [column(answers), column(answers[1:])],
        [["ana", "USER8", "Zoe"]] * 2,
    ),
    Promise(
        "N19",
        "limit 0 gives none",
        BOBS,
        [("query", {"groupBy": "user", "limit": 0}), ("rows", {"limit": 0}), ("topUsers", {"limit": 0})],
        lambda answers: [len(each["rows"]) for each in answers],
        [0, 0, 0],
    ),
    Promise(
        "H1",
        "any order of any column is answered",
        export(MALICIOUS, {}),
        [
            ("rows", {"filter": narrow, "orderBy": order, "columns": ["verdict"]})
            for order in ("verdict", "-verdict", "action", "-action", "-host")
            for narrow in ("", "verdict=safe")
        ],
        lambda answers: [len(each.get("rows", [])) for each in answers],
        [2, 1] * 5,
    ),
    Promise(
        "H19",
        "rows without a value come last, both ways",
        export({"AccountUpn": ""}, {"AccountUpn": "b"}, {}),
        [("rows", {"columns": ["user"], "orderBy": order}) for order in ("user", "-user")],
        lambda answers: [column(answers), column(answers[1:])],
        [["ana", "b", None], ["b", "ana", None]],
    ),
    Promise(
        "O-verdict",
        "verdicts have the order of words.md",
        export({"ActionType": "Weird"}, {"ActionType": "UrlScanInProgress"}, {"ThreatTypes": "Phish"}, {}),
        [("query", {"groupBy": "verdict"})],
        column,
        ["Malicious", "Pending", "Safe", "Unknown"],
    ),
    Promise(
        "O-address",
        "addresses are ordered by number",
        export(*({"IPAddress": each} for each in ("10.0.0.1", "9.0.0.1", "::1", "x", ""))),
        [("query", {"groupBy": "ip"})],
        column,
        ["9.0.0.1", "10.0.0.1", "::1", "x", None],
    ),
    # Facets and rankings
    Promise(
        "N8",
        "the facet tenant leaves out its own part",
        [("a.json", stream("one") + stream("two", Url="https://b.example/"))],
        [("dashboard", "tenant=one")],
        lambda answers: {each["value"]: each["clicks"] for each in facet(answers, "tenant")["values"]},
        {"one": 1, "two": 1},
    ),
    Promise(
        "N17",
        "a facet says of how many clicks its values are",
        export({"ThreatTypes": "Phish,Malware"}, {"ThreatTypes": "Phish"}, {}),
        [("dashboard", "threat=Phish")],
        lambda answers: [facet(answers, "threat").get("clicks"), facet(answers, "threat").get("total")],
        [3, 3],
    ),
    Promise(
        "H20-case",
        "a facet counts what its filter finds",
        export({"ActionType": "clickallowed"}, {}),
        [("dashboard", {})],
        lambda answers: [(each["value"], each["clicks"]) for each in facet(answers, "rawAction")["values"]],
        [("clickallowed", 2)],
    ),
    Promise(
        "H20-twice",
        "a type that a cell names twice counts once",
        export({"ThreatTypes": "Phish, Phish"}),
        [("dashboard", {})],
        lambda answers: [(each["value"], each["clicks"]) for each in facet(answers, "threat")["values"]],
        [("Phish", 1)],
    ),
    Promise(
        "F-many",
        "a facet is cut at 50 values and says how many there are",
        export(*({"Workload": f"W{number}"} for number in range(60))),
        [("dashboard", {})],
        lambda answers: [len(facet(answers, "source")["values"]), facet(answers, "source").get("total")],
        [50, 60],
    ),
    Promise(
        "N29",
        "a ranking's entry is of all its clicks in view",
        urls("https://a.example/", "https://a.example/")
        + [("b.csv", csv_of([line(9, Url="https://a.example/", AccountUpn="bob", **MALICIOUS)]))],
        [("dashboard", {})],
        lambda answers: [
            answers[0]["topUrls"]["entries"][0].get(name)
            for name in ("clicks", "people", "malicious", "reached", "blocked")
        ],
        [3, 2, 1, 2, 1],
    ),
    Promise(
        "N32",
        "ties at the cut of a ranking do not follow the order of opening",
        export(*({**MALICIOUS, "AccountUpn": f"u{number}"} for number in range(11, -1, -1))),
        [("dashboard", {})],
        lambda answers: [each["value"] for each in answers[0]["topBlocked"]["entries"]][:4],
        ["u0", "u1", "u10", "u11"],
    ),
    # The chart over time
    Promise(
        "T-whole",
        "the chart shows the span of the data, whoever is in view, and a window within its days",
        SPREAD,
        [
            ("dashboard", "user=bob"),
            ("dashboard", "from=2026-05-09&to=2026-05-10"),
            ("dashboard", "from=2000-01-01&to=2100-01-01"),
            ("dashboard", "range=12h"),
            ("dashboard", "to=2026-05-01"),
        ],
        lambda answers: [drawn(each["overTime"]) for each in answers],
        [
            ("day", "2026-05-08T00:00:00Z", "2026-05-20T00:00:00Z", 12, 1),
            ("hour", "2026-05-09T00:00:00Z", "2026-05-10T00:00:00Z", 24, 0),
            ("day", "2026-05-08T00:00:00Z", "2026-05-20T00:00:00Z", 12, 3),
            ("hour", "2026-05-18T21:00:00Z", "2026-05-19T10:00:00Z", 13, 1),
            None,
        ],
    ),
    # Exports
    Promise(
        "N24",
        "CSV begins with a byte order mark, also as text",
        BOBS,
        [("export", {"format": "csv"})],
        lambda answers: answers[0]["text"][:1],
        "\ufeff",
    ),
    Promise(
        "N16",
        "defanged, nothing is a link",
        ODD_LINKS,
        [("export", {"format": name}) for name in ("csv", "json")],
        lambda answers: [re.findall(r"https?:[/\\]", each["text"], re.I) for each in answers],
        [[], []],
    ),
    Promise(
        "H11",
        "no separator makes a formula",
        FORMULAS,
        [("export", {"format": "csv", "columns": ["url"], "defang": False})],
        lambda answers: PIECE.findall(answers[0]["text"].partition("\r\n")[2]),
        [],
    ),
    Promise(
        "H14",
        "exports cut nothing",
        urls("https://a.example/" + "p" * 9000),
        [("export", {"format": name}) for name in ("csv", "json")],
        lambda answers: [each["text"].count("p" * 9000) for each in answers],
        [1, 1],
    ),
]
