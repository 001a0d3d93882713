"""Named promises about reading: duplicates, values, hosts, times, columns that are not there.

Owns one minimal input a promise. Must not know how the answers come about.
"""

from promise import (COUNT, RECORD, Promise, column, count, csv_of, export, graph, groups, line, record_csv, says_note,
                     stream, urls, without_column)

HOSTS = [("query", {"groupBy": "host"})]
VERDICTS = [("rows", {"columns": ["verdict", "action"], "orderBy": "time"})]
TRUST = [("trust", None)]


def numeric_dates(*dates):
    rows = [{"Timestamp": f"{date}, 3:40:13.988 pm", "Url": f"https://a.example/{date}"} for date in dates]
    return csv_of([line(number, **row) for number, row in enumerate(rows)]).replace("Timestamp", "TimeGenerated [UTC]", 1)


def same(name, says, first, second, clicks=1):
    return Promise(name, says, [first, second], COUNT, count, clicks)


def one_host(name, says, listed, host):
    return Promise(name, says, urls(*listed), HOSTS, groups, [(host, len(listed))])


def judged(name, says, files, wanted):
    return Promise(name, says, files, VERDICTS, lambda answers: answers[0]["rows"], wanted)


JOINED = {"Url": "https://a.example/", "Timestamp": "2026-05-08T12:00:00Z", "ReportId": "r"}
TWO_SUBJECTS = csv_of([line(0, **JOINED, Subject="one"), line(0, **JOINED, Subject="two")],
                      ["Timestamp", "Url", "ActionType", "AccountUpn", "IsClickedThrough", "ReportId", "Subject"])
NO_SECONDS = csv_of([line(0, Timestamp="05/18/2026 12:00", Url="https://a.example/", ReportId="r")] * 2)
MANY = csv_of([line(0, Url="https://a.example/", Workload=f"W{number}", ReportId=f"r{number}")
               for number in range(60_001)] +
              [line(1, Url="https://b.example/", ActionType="ClickBlocked", ThreatTypes="Phish", IsClickedThrough="1")])
STRAY = csv_of([line(0)]) + "".join(
    f"2026-05-08T12:01:0{number}Z,https://a.example/{'x' + chr(34) if number in (1, 3) else 'y'},ClickAllowed,ana,Email,,"
    f"192.0.2.1,0,s{number}\r\n" for number in range(5))
BROKEN_LINE = stream() + '{"time": "x", "category": "AdvancedHunting-UrlClickEvents", "properties": {\n' + \
    "".join(stream(Url=f"https://a.example/{number}") for number in range(5))

PROMISES = [
    # Duplicates
    same("N2", "quotes round some cells do not make another record", ("a.csv", record_csv()),
         ("b.csv", record_csv(quoted=("AppName", "AppVersion")))),
    same("N3", "the CSV and the Graph answer of one query hold the same click", ("a.csv", record_csv()), ("b.json", graph())),
    same("N3-stream", "so do the portal's CSV and the stream", ("a.csv", record_csv()), ("b.json", stream())),
    same("N5-keys", "the order of JSON keys does not matter", ("a.json", graph()),
         ("b.json", graph(dict(reversed(RECORD.items()))))),
    same("N5-escapes", "nor do JSON escapes", ("a.json", graph()), ("b.json", graph().replace("/", "\\/"))),
    same("D-guid", "nor the case and the braces of a GUID", ("a.csv", record_csv()),
         ("b.csv", record_csv(ReportId="{21111111-2222-3333-4444-5555555555AB}"))),
    same("D-boolean", "nor how a boolean is spelled", ("a.csv", record_csv()), ("b.csv", record_csv(IsClickedThrough="False"))),
    same("D-fraction", "nor zeros at the end of a fraction", ("a.csv", record_csv()),
         ("b.csv", record_csv(Timestamp="2026-05-08T12:00:00.0000000Z"))),
    same("D-ticks", "a ten-millionth of a second makes another record", ("a.csv", record_csv()),
         ("b.csv", record_csv(Timestamp="2026-05-08T12:00:00.0000001Z")), 2),
    same("D-case", "so does the case of a user", ("a.csv", record_csv()), ("b.csv", record_csv(AccountUpn="Ana")), 2),
    same("D-unread", "so does a column that nobody reads", ("a.csv", record_csv()), ("b.csv", record_csv(AppVersion="1")), 2),
    same("D-empty", "a word for empty is an empty cell", ("a.csv", record_csv(AppName="")), ("b.csv", record_csv(AppName="null"))),
    same("D-tenant", "two tenants are two records, where both exports say the tenant", ("a.json", stream()),
         ("b.json", stream("two")), 2),
    same("H13", "records that differ in the subject alone are two, and four opened twice are two still",
         ("a.csv", TWO_SUBJECTS), ("b.csv", TWO_SUBJECTS), 2),
    same("D-seconds", "times without seconds do not make equal rows of one file one", ("a.csv", NO_SECONDS), ("b.csv", NO_SECONDS), 2),
    Promise("N10", "the rows of the files add up to the clicks", [("a.csv", record_csv()), ("b.csv", record_csv())], TRUST,
            lambda answers: [(file["rows"], file["duplicates"]) for file in answers[0]["files"]], [(1, 0), (0, 1)]),
    Promise("L-alike", "records that agree in report id, user, time and URL but not in all are said",
            [("a.csv", record_csv()), ("b.csv", record_csv(AppVersion="1"))], TRUST, says_note("look-alikes"), ["look-alikes"]),
    Promise("D-seconds-note", "lost seconds are said", [("a.csv", NO_SECONDS)], TRUST, says_note("seconds-lost"), ["seconds-lost"]),
    # Columns that are not there
    judged("N4-threats", "without ThreatTypes nobody knows that a click was safe",
           without_column("ThreatTypes", {}, {"ActionType": "ClickBlocked"}, {"ActionType": "ClickBlockedByTenantPolicy"},
                          {"ActionType": "ClickBlocked", "IsClickedThrough": "1"}, {"ActionType": "UrlScanInProgress"}),
           [["Unknown", "Allowed"], ["Unknown", "Blocked"], ["Blocked", "Blocked"], ["Unknown", "UserOverride"],
            ["Pending", "None"]]),
    *(Promise(f"N4-{code}", f"an export without {name} says so", without_column(name, {}, {}), TRUST, says_note(code), [code])
      for name, code in (("ThreatTypes", "no-threats"), ("IsClickedThrough", "no-click-through"), ("ReportId", "no-report-id"),
                         ("ActionType", "no-action"))),
    Promise("N12-boolean", "a word that is no boolean is said", export({}, {"ActionType": "ClickBlocked", "IsClickedThrough": "maybe"}),
            TRUST, says_note("unknown-boolean"), ["unknown-boolean"]),
    Promise("N12-action", "raw actions that nobody knows are named and counted",
            export({}, {"ActionType": "Weird"}, {"ActionType": "weird"}, {"ActionType": "Odd"}), TRUST,
            lambda answers: answers[0]["files"][0].get("unknownActions"), [{"word": "weird", "clicks": 2}, {"word": "Odd", "clicks": 1}]),
    Promise("N12-without", "rows without user, address, host or report id are counted",
            export({"AccountUpn": "-"}, {"IPAddress": "null"}, {"Url": "tel:1"}, {"ReportId": ""}, {}), TRUST,
            lambda answers: answers[0]["files"][0].get("without"), {"user": 1, "ip": 1, "host": 1, "reportId": 1}),
    judged("N21", "a threat and a click-through are believed, whatever the raw action",
           export({"ActionType": "Weird", "ThreatTypes": "Phish"}, {"ActionType": "Weird", "IsClickedThrough": "1"},
                  {"ActionType": "UrlScanInProgress", "ThreatTypes": "Phish", "IsClickedThrough": "1"},
                  {"ActionType": "UrlScanInProgress", "ThreatTypes": "Phish"}),
           [["Malicious", "Unknown"], ["Blocked", "UserOverride"], ["Malicious", "UserOverride"], ["Pending", "None"]]),
    judged("H20-comma", "a cell of ThreatTypes that names no type is no threat", export({"ThreatTypes": ","}, {"ThreatTypes": "NoThreatsFound"}),
           [["Safe", "Allowed"], ["Safe", "Allowed"]]),
    Promise("N11", "over 60,000 combinations no row gets another row's verdict", [("a.csv", MANY)],
            [("rows", {"filter": "q=b.example", "columns": ["verdict", "action"]})], lambda answers: answers[0]["rows"],
            [["Malicious", "UserOverride"]]),
    # Values
    Promise("K2", "words for empty are nobody", export(*({"AccountUpn": word} for word in ("null", "None", "n/a", "-", "[]", "{}", "bob"))),
            [("query", {"measures": ["people"]})], count, 1),
    Promise("V-addresses", "an address has one form", export(*({"IPAddress": each} for each in (
        "1.2.3.4", "::ffff:1.2.3.4", "1.2.3.4:443", "1.2.3.4, 5.6.7.8", "2001:DB8:0:0::1", "[2001:db8::1]:443", "Unknown"))),
            [("query", {"groupBy": "ip"})], groups, [("1.2.3.4", 4), ("2001:db8::1", 2), ("Unknown", 1)]),
    Promise("V-spelling", "spellings are one value, shown in the most frequent one; on a tie in the last by code point",
            export({"AccountUpn": "ANA"}, {"AccountUpn": "Ana"}, {"AccountUpn": "Ana "}, {"AccountUpn": "BO"}, {"AccountUpn": "bo"}),
            [("query", {"groupBy": "user"})], groups, [("Ana", 3), ("bo", 2)]),
    Promise("V-threats", "threats of a row are in one order and one spelling",
            export({"ThreatTypes": "Phish,Malware"}, {"ThreatTypes": "malware; Phish"}, {"ThreatTypes": '["Phish","Malware"]'},
                   {"ThreatTypes": "Phish, Phish"}), [("query", {"groupBy": "threat"})], groups, [("Malware, Phish", 3), ("Phish", 1)]),
    Promise("A-no-user", "rows with a report id and no user are one attempt",
            export({"AccountUpn": "", "ReportId": "r"}, {"AccountUpn": "-", "ReportId": "r"}, {"ReportId": "r"}, {"ReportId": ""},
                   {"ReportId": ""}), [("query", {"measures": ["attempts"]})], count, 4),
    # Hosts
    one_host("N9-idn", "Unicode and punycode are one host", ["https://MÜNCHEN.example/", "https://xn--mnchen-3ya.example/"], "xn--mnchen-3ya.example"),
    one_host("N9-wide", "so are full-width letters and dots", ["https://ｅｖｉｌ.example/", "https://evil。example/", "https://evil.example/"], "evil.example"),
    one_host("N9-number", "so are addresses as numbers", ["https://0xC0000207/", "https://3221225991/", "https://192.0.2.7/"], "192.0.2.7"),
    one_host("N9-percent", "so are letters with percent signs", ["https://ex%61mple.com/", "https://example.com/"], "example.com"),
    one_host("N9-v6", "so are spellings of IPv6", ["https://[2001:DB8:0::1]/", "https://[2001:db8::1]/"], "[2001:db8::1]"),
    one_host("N9-dot", "a trailing dot is dropped", ["https://evil.example./", "https://evil.example/"], "evil.example"),
    one_host("N9-defanged", "defanged text has the host of what it stands for", ["hxxps://evil[.]example/", "hxxp[:]//evil(.)example/"], "evil.example"),
    one_host("N9-bare", "a name without a scheme is a host", ["www.no-scheme.example/a"], "www.no-scheme.example"),
    one_host("N9-none", "other schemes and text that is no URL have none",
             ["file:///C:/x.docx", "mailto:ana@contoso.com", '=HYPERLINK("https://evil.example")', "ms-word:ofe|u|https://a.example/", "https://"], None),
    Promise("H8", "one URL of brackets does not end the engine", urls("https://" + "[" * 5000 + "." + "]" * 5000, "https://a.example/"), COUNT, count, 2),
    # Times
    Promise("N13", "a file and its pieces give the same days", [("a.csv", numeric_dates("01/03/2024", "12/03/2024")), ("b.csv", numeric_dates("13/03/2024"))],
            [("query", {"groupBy": "day"})], column, ["2024-03-01", "2024-03-12", "2024-03-13"]),
    Promise("N14", "a time whose zone is not known has no Z", [("a.csv", numeric_dates("2/29/2024").replace("[UTC]", "[Local Time]"))],
            [("rows", {"columns": ["time"]})], column, ["2024-02-29T15:40:13.988"]),
    Promise("D-span", "a reading that is longer than hunting goes back is wrong when the other fits",
            export({"Timestamp": "05/04/2026 09:12:01"}, {"Timestamp": "06/04/2026 09:12:01"}, {"Timestamp": "07/04/2026 09:12:01"}),
            [("query", {"groupBy": "day"})], column, ["2026-04-05", "2026-04-06", "2026-04-07"]),
    # Records
    Promise("H5", "stray quotes in unquoted cells swallow nothing", [("a.csv", STRAY)], COUNT, count, 6),
    Promise("H6", "one broken line of JSON loses one record", [("a.json", BROKEN_LINE)], COUNT, count, 6),
    Promise("K5-blank", "rows of separators alone are no records", [("a.csv", csv_of([line(0)]) + ",,,,,,,,\r\n\r\n" + csv_of([line(1)]))], TRUST,
            lambda answers: [answers[0]["files"][0][name] for name in ("records", "rows", "refused", "skipped")], [3, 2, 0, 1]),
    Promise("K5-header", "a header repeated in another order begins a new section",
            [("a.csv", csv_of([line(0)]) + csv_of([line(1)], list(reversed(list(line(1))))))], [("query", {"groupBy": "user"})], groups, [("ana", 2)]),
]
