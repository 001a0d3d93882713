"""The buckets of the chart over time.

Owns the paragraph "Over time" of docs/api.md. Must not know which clicks pass a filter.
"""

from datetime import timedelta, timezone

import clock

DAY = timedelta(days=1)
LIMITS = ((3, "hour"), (190, "day"), (1_100, "week"))
LENGTHS = {"hour": timedelta(hours=1), "day": DAY, "week": 7 * DAY}


def of(narrow, clicks):
    """How long a bucket is, and the bounds of all in milliseconds; none where there is no time to show."""
    if not clicks.rows:
        return None
    zone = narrow.zone
    start, end = narrow.instants(clicks.newest)
    first_day = instant(midnight(wall(clicks.oldest, zone)), zone)
    first = clicks.oldest if start is None else max(start, first_day)
    last = clicks.newest
    if end is not None:
        last = min(end, instant(midnight(wall(clicks.newest, zone)) + DAY, zone)) - 1
        if narrow.one("range"):
            last = min(last, clicks.newest)
    if first > last:
        return None
    first, last = wall(first, zone), wall(last, zone)
    bucket = next((name for days, name in LIMITS if last - first < days * DAY), "month")
    starts = [begin(bucket, first)]
    while starts[-1] <= last:
        starts.append(begin(bucket, starts[-1] + LENGTHS.get(bucket, 32 * DAY)))
    return bucket, [instant(each, zone) for each in starts]


def begin(bucket, at):
    """The wall clock at which the bucket of a wall clock begins."""
    if bucket == "hour":
        return at.replace(minute=0, second=0, microsecond=0)
    at = midnight(at)
    if bucket == "week":
        return at - at.weekday() * DAY
    return at.replace(day=1) if bucket == "month" else at


def midnight(at):
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


def wall(milliseconds, zone):
    return (clock.EPOCH + timedelta(milliseconds=milliseconds)).astimezone(zone).replace(tzinfo=None)


def instant(at, zone):
    """The first instant at which the clock shows this, or the first after the gap that it lies in."""
    gap_end = clock.end_of_gap(at, zone)
    if gap_end is not None:
        return gap_end
    return clock.ticks_of(at.replace(tzinfo=zone, fold=0).astimezone(timezone.utc)) // clock.MILLISECOND
