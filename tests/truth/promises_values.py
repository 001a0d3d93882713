"""Named promises about values: columns that are not there, spelling, addresses, threats, hosts.

Owns one minimal input a promise. Must not know how the answers come about.
"""

from promise import Promise, count, csv_of, export, groups, line, says_note, without_column

VERDICTS = [("rows", {"columns": ["verdict", "action"], "orderBy": "time"})]
TRUST = [("trust", None)]


def judged(name, says, files, wanted):
    return Promise(name, says, files, VERDICTS, lambda answers: answers[0]["rows"], wanted)


MANY = csv_of(
    [
        line(0, Url="https://a.example/", Workload=f"W{number}", ReportId=f"r{number}")
        for number in range(60_001)
    ]
    + [
        line(
            1, Url="https://b.example/", ActionType="ClickBlocked", ThreatTypes="Phish", IsClickedThrough="1"
        )
    ]
)

PROMISES = [
    # Columns that are not there
    judged(
        "N4-threats",
        "without ThreatTypes nobody knows that a click was safe",
        without_column(
            "ThreatTypes",
            {},
            {"ActionType": "ClickBlocked"},
            {"ActionType": "ClickBlockedByTenantPolicy"},
            {"ActionType": "ClickBlocked", "IsClickedThrough": "1"},
            {"ActionType": "UrlScanInProgress"},
        ),
        [
            ["Unknown", "Allowed"],
            ["Unknown", "Blocked"],
            ["Blocked", "Blocked"],
            ["Unknown", "UserOverride"],
            ["Pending", "None"],
        ],
    ),
    *(
        Promise(
            f"N4-{code}",
            f"an export without {name} says so",
            without_column(name, {}, {}),
            TRUST,
            says_note(code),
            [code],
        )
        for name, code in (
            ("ThreatTypes", "no-threats"),
            ("IsClickedThrough", "no-click-through"),
            ("ReportId", "no-report-id"),
            ("ActionType", "no-action"),
        )
    ),
    Promise(
        "N12-boolean",
        "a word that is no boolean is said",
        export({}, {"ActionType": "ClickBlocked", "IsClickedThrough": "maybe"}),
        TRUST,
        says_note("unknown-boolean"),
        ["unknown-boolean"],
    ),
    Promise(
        "N12-action",
        "raw actions that nobody knows are named and counted",
        export({}, {"ActionType": "Weird"}, {"ActionType": "weird"}, {"ActionType": "Odd"}),
        TRUST,
        lambda answers: answers[0]["files"][0].get("unknownActions"),
        [{"word": "weird", "clicks": 2}, {"word": "Odd", "clicks": 1}],
    ),
    Promise(
        "N12-without",
        "rows without user, address, host or report id are counted",
        export({"AccountUpn": "-"}, {"IPAddress": "null"}, {"Url": "tel:1"}, {"ReportId": ""}, {}),
        TRUST,
        lambda answers: answers[0]["files"][0].get("without"),
        {"user": 1, "ip": 1, "host": 1, "reportId": 1},
    ),
    judged(
        "N21",
        "a threat and a click-through are believed, whatever the raw action",
        export(
            {"ActionType": "Weird", "ThreatTypes": "Phish"},
            {"ActionType": "Weird", "IsClickedThrough": "1"},
            {"ActionType": "UrlScanInProgress", "ThreatTypes": "Phish", "IsClickedThrough": "1"},
            {"ActionType": "UrlScanInProgress", "ThreatTypes": "Phish"},
        ),
        [
            ["Malicious", "Unknown"],
            ["Blocked", "UserOverride"],
            ["Malicious", "UserOverride"],
            ["Pending", "None"],
        ],
    ),
    judged(
        "H20-comma",
        "a cell of ThreatTypes that names no type is no threat",
        export({"ThreatTypes": ","}, {"ThreatTypes": "NoThreatsFound"}),
        [["Safe", "Allowed"], ["Safe", "Allowed"]],
    ),
    Promise(
        "N11",
        "over 60,000 combinations no row gets another row's verdict",
        [("a.csv", MANY)],
        [("rows", {"filter": "q=b.example", "columns": ["verdict", "action"]})],
        lambda answers: answers[0]["rows"],
        [["Malicious", "UserOverride"]],
    ),
    # Values
    Promise(
        "K2",
        "words for empty are nobody",
        export(*({"AccountUpn": word} for word in ("null", "None", "n/a", "-", "[]", "{}", "bob"))),
        [("query", {"measures": ["people"]})],
        count,
        1,
    ),
    Promise(
        "V-addresses",
        "an address has one form",
        export(
            *(
                {"IPAddress": each}
                for each in (
                    "1.2.3.4",
                    "::ffff:1.2.3.4",
                    "1.2.3.4:443",
                    "1.2.3.4, 5.6.7.8",
                    "2001:DB8:0:0::1",
                    "[2001:db8::1]:443",
                    "Unknown",
                )
            )
        ),
        [("query", {"groupBy": "ip"})],
        groups,
        [("1.2.3.4", 4), ("2001:db8::1", 2), ("Unknown", 1)],
    ),
    Promise(
        "V-spelling",
        "spellings are one value, shown in the most frequent one; on a tie in the last by code point",
        export(
            {"AccountUpn": "ANA"},
            {"AccountUpn": "Ana"},
            {"AccountUpn": "Ana "},
            {"AccountUpn": "BO"},
            {"AccountUpn": "bo"},
        ),
        [("query", {"groupBy": "user"})],
        groups,
        [("Ana", 3), ("bo", 2)],
    ),
    Promise(
        "V-threats",
        "threats of a row are in one order and one spelling",
        export(
            {"ThreatTypes": "Phish,Malware"},
            {"ThreatTypes": "malware; Phish"},
            {"ThreatTypes": '["Phish","Malware"]'},
            {"ThreatTypes": "Phish, Phish"},
        ),
        [("query", {"groupBy": "threat"})],
        groups,
        [("Malware, Phish", 3), ("Phish", 1)],
    ),
    Promise(
        "A-no-user",
        "rows with a report id and no user are one attempt",
        export(
            {"AccountUpn": "", "ReportId": "r"},
            {"AccountUpn": "-", "ReportId": "r"},
            {"ReportId": "r"},
            {"ReportId": ""},
            {"ReportId": ""},
        ),
        [("query", {"measures": ["attempts"]})],
        count,
        4,
    ),
]
