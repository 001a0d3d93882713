"""A second opinion on the plain counts: the same clicks as a table of DuckDB, the same questions in SQL.

Owns SQL. Must not know how answer.py counts: a mistake would have to be made twice, in two languages, to
pass.
"""

import duckdb

SQL_MEASURES = {
    "clicks": "count(*)",
    "people": "count(DISTINCT user_key)",
    "urls": "count(DISTINCT url)",
    "malicious": "count(*) FILTER (verdict = 'Malicious')",
    "reached": "count(*) FILTER (action IN ('Allowed', 'UserOverride'))",
    "blocked": "count(*) FILTER (action = 'Blocked')",
    "overridden": "count(*) FILTER (action = 'UserOverride')",
    "attempts": "count(DISTINCT attempt)",
}
SQL_TOTALS = SQL_MEASURES | {
    "reachedUnsafe": "count(*) FILTER (unsafe)",
    "reachedUnsafePeople": "count(DISTINCT user_key) FILTER (unsafe)",
    "reachedMalicious": "count(*) FILTER (action IN ('Allowed', 'UserOverride') AND verdict = 'Malicious')",
    "blockedMalicious": "count(*) FILTER (action = 'Blocked' AND verdict = 'Malicious')",
    "allowed": "count(*) FILTER (action = 'Allowed')",
    "pending": "count(*) FILTER (verdict = 'Pending')",
    "errors": "count(*) FILTER (action = 'None' AND verdict <> 'Pending')",
    "warnedAttempts": "count(DISTINCT attempt) "
    "FILTER (action IN ('Blocked', 'UserOverride') OR verdict = 'Pending')",
    "overriddenAttempts": "count(DISTINCT attempt) FILTER (action = 'UserOverride')",
}
PLAIN_GROUPS = {
    "user": "user_key",
    "host": "host",
    "url": "url",
    "verdict": "verdict",
    "action": "action",
    "rawAction": "raw_action",
    "source": "source",
    "tenant": "tenant",
    "ip": "ip",
    "threat": "threat",
}
UNSAFE = "action IN ('Allowed', 'UserOverride') AND verdict IN ('Malicious', 'Blocked', 'Pending')"


class SecondOpinion:
    """The clicks of one engine in a database of their own."""

    def __init__(self, clicks):
        self.base = duckdb.connect(":memory:")
        self.base.execute("SET threads = 1")
        self.base.execute(
            "CREATE TABLE clicks (id INTEGER, user_key VARCHAR, url VARCHAR, host VARCHAR, verdict VARCHAR, "
            "action VARCHAR, raw_action VARCHAR, source VARCHAR, tenant VARCHAR, ip VARCHAR, threat VARCHAR, "
            f"report_id VARCHAR, unsafe BOOLEAN AS ({UNSAFE}), "
            "attempt VARCHAR AS (CASE WHEN report_id IS NULL "
            "THEN 'row ' || id ELSE report_id || chr(10) || coalesce(user_key, '') END))"
        )
        columns = list(
            zip(
                *(
                    (
                        row.number,
                        row.keys["user"],
                        row.url,
                        row.keys["host"],
                        row.verdict,
                        row.action,
                        row.keys["rawAction"],
                        row.keys["source"],
                        row.keys["tenant"],
                        row.ip,
                        row.threat and row.threat.lower(),
                        row.reportId,
                    )
                    for row in clicks.rows
                )
            )
        )
        if columns:
            unnested = ", ".join(["unnest(?::INTEGER[])"] + ["unnest(?::VARCHAR[])"] * (len(columns) - 1))
            self.base.execute(f"INSERT INTO clicks SELECT {unnested}", [list(column) for column in columns])

    def totals(self, rows):
        return self.counted(rows, [], SQL_TOTALS)[()]

    def knows(self, groups):
        return all(name in PLAIN_GROUPS for name in groups)

    def counted(self, rows, groups, measures):
        """Counts of each group, by its folded values."""
        keys = [PLAIN_GROUPS[name] for name in groups]
        chosen = [SQL_TOTALS[name] for name in measures]
        tail = f" GROUP BY {', '.join(keys)}" if keys else ""
        found = self.base.execute(
            f"SELECT {', '.join(keys + chosen)} FROM clicks WHERE id IN (SELECT unnest(?::INTEGER[])){tail}",
            [[row.number for row in rows]],
        ).fetchall()
        return {line[: len(keys)]: dict(zip(measures, line[len(keys) :])) for line in found}

    def objections(self, engine, method, asked_filter, params, answer):
        """Where the database counts otherwise than the engine did."""
        rows = engine.select(asked_filter)
        if method in ("report", "dashboard"):
            mine = {name: answer["totals"][name] for name in SQL_TOTALS}
            theirs = self.totals(rows)
            return [] if mine == theirs else [f"SQL totals {theirs}, Python {mine}"]
        if method != "query" or isinstance(params, list) or params.get("find"):
            return []
        if not self.knows(params.get("groupBy") or []):
            return []
        groups = params.get("groupBy") or []
        groups = [groups] if isinstance(groups, str) else groups
        measures = params.get("measures") or ["clicks"]
        theirs = self.counted(rows, groups, [measures] if isinstance(measures, str) else measures)
        objections = (
            [] if len(theirs) == answer["total"] else [f"SQL {len(theirs)} groups, Python {answer['total']}"]
        )
        for line in answer["rows"]:
            key = tuple(
                value if name in ("url", "verdict", "action", "ip") else value and value.lower()
                for name, value in zip(groups, line)
            )
            if list(theirs.get(key, {}).values()) != line[len(groups) :]:
                objections.append(f"SQL {key} {theirs.get(key)}, Python {line}")
        return objections
