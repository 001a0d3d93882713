"""Named promises about filters and failures.

Owns one minimal input a promise. Must not know how the answers come about.
"""

from datetime import datetime, timedelta

from promise import COUNT, Promise, count, csv_of, export, failures, line, urls

BOBS = export({}, {"AccountUpn": "bob"}, {"AccountUpn": "bob"}, {"AccountUpn": "bob"})
HOURS = export({"Timestamp": "2026-05-08T12:00:00Z"}, {"Timestamp": "2026-05-08T20:00:00Z"})
FEBRUARY = export({"Timestamp": "2024-02-28T12:00:00Z"}, {"Timestamp": "2024-03-01T12:00:00Z"})


def quarters(first, times):
    start = datetime.fromisoformat(first)
    stamps = [(start + timedelta(minutes=15 * step)).strftime("%Y-%m-%dT%H:%M:%SZ") for step in range(times)]
    return [
        (
            "a.csv",
            csv_of(
                [
                    line(number % 60, Timestamp=stamp, ReportId=f"q{number}")
                    for number, stamp in enumerate(stamps)
                ]
            ),
        )
    ]


def asked(name, says, files, narrow, wanted):
    """A filter and how many clicks pass."""
    return Promise(name, says, files, [("query", {"filter": narrow})], count, wanted)


def refused(name, says, *calls):
    return Promise(name, says, BOBS, list(calls), failures, ["bad-request"] * len(calls))


def filters(*narrow):
    return [("query", {"filter": each}) for each in narrow]


PROMISES = [
    # Filters
    asked("N1", "a value given twice is still that value", BOBS, {"user": ["bob", "bob"]}, 3),
    asked("N6", "keys of an object count in any case", HOURS, {"RANGE": "1h"}, 1),
    asked("N7-date", "20240229 is a date", FEBRUARY, "from=20240229", 1),
    refused(
        "N7-values",
        "a value that cannot be one fails",
        *filters(
            "range=7x",
            "from=2024-02-30",
            "to=soon",
            "tz=junk",
            "verdict=junk",
            "action=junk",
            "reached=junk",
            "weekday=7",
            "hour=24",
            "without=junk",
            "tz=%2B99:00",
            "tz=%2B-2147483648",
        ),
    ),
    refused(
        "N33-values",
        "an empty value in an object fails",
        *filters({"user": []}, {"user": None}, {"user": ""}, {"user": {}}),
    ),
    refused(
        "N33-names",
        "an unknown name of a parameter fails",
        ("query", {"filters": "user=bob"}),
        ("query", {"groupby": ["user"]}),
        ("rows", {"colums": ["user"]}),
        ("dashboard", {"tz": "UTC"}),
    ),
    Promise(
        "I-ignored",
        "an unknown key has no effect, and every answer says it",
        BOBS,
        [
            (method, {"filter": "usr=x&colour=y"})
            for method in ("query", "rows", "report", "topUrls", "topUsers", "dashboard", "export")
        ],
        lambda answers: [each.get("ignored") for each in answers],
        [["usr", "colour"]] * 7,
    ),
    Promise(
        "I-none",
        "nothing is said when nothing is ignored",
        BOBS,
        filters("user=bob"),
        lambda answers: "ignored" in answers[0],
        False,
    ),
    asked("N20", "case does not matter outside ASCII", export({"Workload": "Späti"}), "source=SPÄTI", 1),
    asked(
        "N25",
        "urlIs is exactly this URL",
        urls("https://a.example/", "https://a.example/x", "https://A.example/"),
        {"urlIs": "https://a.example/"},
        1,
    ),
    asked(
        "W-user",
        "without finds rows that have no value",
        export({"AccountUpn": "-"}, {"AccountUpn": ""}, {}),
        "without=user",
        2,
    ),
    asked(
        "W-not",
        "without=!user finds those that have one",
        export({"AccountUpn": "-"}, {"AccountUpn": ""}, {}),
        "without=!user",
        1,
    ),
    asked(
        "F-ip",
        "an address is found in any spelling",
        export({"IPAddress": "2001:db8::1"}),
        "ip=2001:DB8:0::1",
        1,
    ),
    asked(
        "F-host",
        "a host is found in Unicode",
        urls("https://xn--mnchen-3ya.example/", "https://b.example/"),
        "host=MÜNCHEN.example",
        1,
    ),
    asked(
        "F-host-defanged",
        "and defanged",
        urls("https://evil.example/", "https://b.example/"),
        "host=evil[.]example",
        1,
    ),
    asked(
        "F-range",
        "the lower edge of a range passes",
        export({"Timestamp": "2026-05-08T12:00:00Z"}, {"Timestamp": "2026-05-08T13:00:00Z"}),
        "range=1h",
        2,
    ),
    asked(
        "F-waiting",
        "waiting is a pending verdict or no action",
        export(
            {"ActionType": "UrlErrorPage"},
            {"ActionType": "UrlScanInProgress"},
            {"ActionType": "UrlScanInProgress", "IsClickedThrough": "1"},
            {"ActionType": "UrlErrorPage", "IsClickedThrough": "1"},
            {},
        ),
        "reached=waiting",
        3,
    ),
    Promise(
        "N22-day",
        "a day of the filter is the day of the groups, also where it begins at one",
        quarters("2024-04-25T12:00:00", 120),
        [
            ("query", {"filter": "tz=Africa/Cairo&from=2024-04-26&to=2024-04-27"}),
            ("query", {"filter": "tz=Africa/Cairo", "groupBy": "day"}),
        ],
        lambda answers: count(answers) == dict(answers[1]["rows"])["2024-04-26"],
        True,
    ),
    asked(
        "N22-gap",
        "a wall clock that summer time leaves out means the first instant after the gap",
        quarters("2024-03-31T00:00:00", 8),
        "tz=Europe/Berlin&to=2024-03-31T02:30",
        4,
    ),
    # Failures
    Promise(
        "F-no-data",
        "a question before anything is open fails",
        None,
        [
            ("query", {}),
            ("rows", {}),
            ("report", {}),
            ("dashboard", {}),
            ("topUrls", {}),
            ("topUsers", {}),
            ("trust", None),
            ("export", {"format": "csv"}),
        ],
        failures,
        ["no-data"] * 8,
    ),
    Promise(
        "F-words",
        "a strange text is no failure where any is allowed",
        BOBS,
        COUNT + filters("user=junk", "q=junk"),
        lambda answers: [count([each]) for each in answers],
        [4, 0, 0],
    ),
]
