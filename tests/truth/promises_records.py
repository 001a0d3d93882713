"""Named promises about records: duplicates, what is a click at all, times.

Owns one minimal input a promise. Must not know how the answers come about.
"""

from promise import (
    COUNT,
    RECORD,
    Promise,
    column,
    count,
    csv_of,
    export,
    graph,
    groups,
    line,
    record_csv,
    says_note,
    stream,
)

TRUST = [("trust", None)]


def numeric_dates(*dates):
    rows = [{"Timestamp": f"{date}, 3:40:13.988 pm", "Url": f"https://a.example/{date}"} for date in dates]
    return csv_of([line(number, **row) for number, row in enumerate(rows)]).replace(
        "Timestamp", "TimeGenerated [UTC]", 1
    )


def same(name, says, first, second, clicks=1):
    return Promise(name, says, [first, second], COUNT, count, clicks)


JOINED = {"Url": "https://a.example/", "Timestamp": "2026-05-08T12:00:00Z", "ReportId": "r"}
TWO_SUBJECTS = csv_of(
    [line(0, **JOINED, Subject="one"), line(0, **JOINED, Subject="two")],
    ["Timestamp", "Url", "ActionType", "AccountUpn", "IsClickedThrough", "ReportId", "Subject"],
)
NO_SECONDS = csv_of([line(0, Timestamp="05/18/2026 12:00", Url="https://a.example/", ReportId="r")] * 2)
STRAY = csv_of([line(0)]) + "".join(
    f"2026-05-08T12:01:0{number}Z,https://a.example/{path},ClickAllowed,ana,Email,,192.0.2.1,0,s{number}\r\n"
    for number, path in enumerate(["y", 'x"', "y", 'x"', "y"])
)
BROKEN_LINE = (
    stream()
    + '{"time": "x", "category": "AdvancedHunting-UrlClickEvents", "properties": {\n'
    + "".join(stream(Url=f"https://a.example/{number}") for number in range(5))
)

PROMISES = [
    # One click
    same(
        "N2",
        "quotes round some cells do not make another record",
        ("a.csv", record_csv()),
        ("b.csv", record_csv(quoted=("AppName", "AppVersion"))),
    ),
    same(
        "N3",
        "the CSV and the Graph answer of one query hold the same click",
        ("a.csv", record_csv()),
        ("b.json", graph()),
    ),
    same("N3-stream", "so do the portal's CSV and the stream", ("a.csv", record_csv()), ("b.json", stream())),
    same(
        "N5-keys",
        "the order of JSON keys does not matter",
        ("a.json", graph()),
        ("b.json", graph(dict(reversed(RECORD.items())))),
    ),
    same("N5-escapes", "nor do JSON escapes", ("a.json", graph()), ("b.json", graph().replace("/", "\\/"))),
    same(
        "D-guid",
        "nor the case and the braces of a GUID",
        ("a.csv", record_csv()),
        ("b.csv", record_csv(ReportId="{21111111-2222-3333-4444-5555555555AB}")),
    ),
    same(
        "D-boolean",
        "nor how a boolean is spelled",
        ("a.csv", record_csv()),
        ("b.csv", record_csv(IsClickedThrough="False")),
    ),
    same(
        "D-fraction",
        "nor zeros at the end of a fraction",
        ("a.csv", record_csv()),
        ("b.csv", record_csv(Timestamp="2026-05-08T12:00:00.0000000Z")),
    ),
    same(
        "D-ticks",
        "a ten-millionth of a second makes another record",
        ("a.csv", record_csv()),
        ("b.csv", record_csv(Timestamp="2026-05-08T12:00:00.0000001Z")),
        2,
    ),
    same(
        "D-case",
        "so does the case of a user",
        ("a.csv", record_csv()),
        ("b.csv", record_csv(AccountUpn="Ana")),
        2,
    ),
    same(
        "D-unread",
        "so does a column that nobody reads",
        ("a.csv", record_csv()),
        ("b.csv", record_csv(AppVersion="1")),
        2,
    ),
    same(
        "D-empty",
        "a word for empty is an empty cell",
        ("a.csv", record_csv(AppName="")),
        ("b.csv", record_csv(AppName="null")),
    ),
    same(
        "D-tenant",
        "two tenants are two records, where both exports say the tenant",
        ("a.json", stream()),
        ("b.json", stream("two")),
        2,
    ),
    same(
        "H13",
        "records that differ in the subject alone are two, and four opened twice are two still",
        ("a.csv", TWO_SUBJECTS),
        ("b.csv", TWO_SUBJECTS),
        2,
    ),
    same(
        "D-seconds",
        "times without seconds do not make equal rows of one file one",
        ("a.csv", NO_SECONDS),
        ("b.csv", NO_SECONDS),
        2,
    ),
    Promise(
        "N10",
        "the rows of the files add up to the clicks",
        [("a.csv", record_csv()), ("b.csv", record_csv())],
        TRUST,
        lambda answers: [(file["rows"], file["duplicates"]) for file in answers[0]["files"]],
        [(1, 0), (0, 1)],
    ),
    Promise(
        "L-alike",
        "records that agree in report id, user, time and URL but not in all are said",
        [("a.csv", record_csv()), ("b.csv", record_csv(AppVersion="1"))],
        TRUST,
        says_note("look-alikes"),
        ["look-alikes"],
    ),
    Promise(
        "D-seconds-note",
        "lost seconds are said",
        [("a.csv", NO_SECONDS)],
        TRUST,
        says_note("seconds-lost"),
        ["seconds-lost"],
    ),
    # Times
    Promise(
        "N13",
        "a file and its pieces give the same days",
        [("a.csv", numeric_dates("01/03/2024", "12/03/2024")), ("b.csv", numeric_dates("13/03/2024"))],
        [("query", {"groupBy": "day"})],
        column,
        ["2024-03-01", "2024-03-12", "2024-03-13"],
    ),
    Promise(
        "N14",
        "a time whose zone is not known has no Z",
        [("a.csv", numeric_dates("2/29/2024").replace("[UTC]", "[Local Time]"))],
        [("rows", {"columns": ["time"]})],
        column,
        ["2024-02-29T15:40:13.988"],
    ),
    Promise(
        "D-span",
        "a reading that is longer than hunting goes back is wrong when the other fits",
        export(
            {"Timestamp": "05/04/2026 09:12:01"},
            {"Timestamp": "06/04/2026 09:12:01"},
            {"Timestamp": "07/04/2026 09:12:01"},
        ),
        [("query", {"groupBy": "day"})],
        column,
        ["2026-04-05", "2026-04-06", "2026-04-07"],
    ),
    # Records
    Promise("H5", "stray quotes in unquoted cells swallow nothing", [("a.csv", STRAY)], COUNT, count, 6),
    Promise("H6", "one broken line of JSON loses one record", [("a.json", BROKEN_LINE)], COUNT, count, 6),
    Promise(
        "K5-blank",
        "rows of separators alone are no records",
        [("a.csv", csv_of([line(0)]) + ",,,,,,,,\r\n\r\n" + csv_of([line(1)]))],
        TRUST,
        lambda answers: [answers[0]["files"][0][name] for name in ("records", "rows", "refused", "skipped")],
        [3, 2, 0, 1],
    ),
    Promise(
        "K5-envelope",
        "a click without a URL is refused, though Log Analytics adds columns of its own",
        export(
            {},
            {"Url": "-", "ActionType": "", "IsClickedThrough": ""},
            columns=["Timestamp", "Url", "ActionType", "AccountUpn", "Workload", "ReportId", "TenantId", "Type"],
        ),
        TRUST,
        lambda answers: [answers[0]["files"][0][name] for name in ("records", "rows", "refused", "skipped")],
        [2, 1, 1, 0],
    ),
    Promise(
        "K5-header",
        "a header repeated in another order begins a new section",
        [("a.csv", csv_of([line(0)]) + csv_of([line(1)], list(reversed(list(line(1))))))],
        [("query", {"groupBy": "user"})],
        groups,
        [("ana", 2)],
    ),
]
