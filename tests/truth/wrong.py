"""Questions that fail, whatever the data: values that cannot be one, names that nobody knows.

Owns what is wrong on purpose. Must not know why the page refuses it.
"""

INVALID = [
    ("range", "7x"),
    ("range", "d"),
    ("range", "-7d"),
    ("from", "2024-02-30"),
    ("from", "yesterday"),
    ("to", "2024-13-01"),
    ("to", "2024-01-01T25:00"),
    ("tz", "junk"),
    ("tz", "Mars/Base"),
    ("tz", "+99:00"),
    ("verdict", "junk"),
    ("verdict", "!junk"),
    ("action", "cancelled"),
    ("reached", "maybe"),
    ("weekday", "7"),
    ("weekday", "monday"),
    ("hour", "24"),
    ("without", "colour"),
    ("hour", "noon"),
]
UNKNOWN = ["usr", "colour", "Verdikt", "filters"]
CALLS = [
    ("query", {"groupby": ["day"]}),
    ("rows", {"filters": "verdict=safe"}),
    ("report", {"limits": 1}),
    ("query", {"groupBy": ["colour"]}),
    ("query", {"measures": ["colour"]}),
    ("rows", {"columns": ["colour"]}),
    ("rows", {"orderBy": "colour"}),
    ("query", {"groupBy": ["day"], "orderBy": "user"}),
    ("rows", {"limit": -1}),
    ("rows", {"limit": 1.5}),
    ("rows", {"offset": -1}),
    ("topUrls", {"measures": ["clicks"]}),
    ("rows", {"filter": {"user": []}}),
    ("query", {"filter": {"user": None}}),
    ("query", {"filter": {"q": ""}}),
    ("query", {"filter": {"user": [""]}}),
    ("query", {"filter": {"user": {"is": "ana"}}}),
    ("export", {"format": "xml"}),
    ("dashboard", {"filter": 7}),
    ("rows", 7),
]
