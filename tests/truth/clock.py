"""Times: cells of an export, instants of a filter, days and hours of a zone.

Owns every conversion between text, instants and wall clocks. An instant is a whole number of ticks, a ten-
millionth of a second each, since 1970. Must not know what a click is.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
SECOND = 10_000_000
MILLISECOND = 10_000
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
LONGEST_OFFSET = 14 * 60

ISO_CELL = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?\s*(Z|[+-]\d\d:?\d\d)?$", re.I
)
NUMERIC_CELL = re.compile(
    r"(\d{1,2})/(\d{1,2})/(\d{4}),?\s+(\d{1,2}):(\d\d)(?::(\d\d)(?:\.(\d+))?)?\s*([AP]M)?$", re.I
)
WORDY_CELL = re.compile(
    r"([A-Z]{3}) (\d{1,2}), (\d{4}),? (\d{1,2}):(\d\d):(\d\d)(?:\.(\d+))?\s*([AP]M)$", re.I
)
ISO_INSTANT = re.compile(
    r"(?:(\d{4})-(\d\d)-(\d\d)|(\d{4})(\d\d)(\d\d))"
    r"(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:\d\d)?)?$",
    re.I,
)
RANGE = re.compile(r"(\d+)([hdw])$", re.I)


class NotATime(ValueError):
    """A text that is no time, date, range or zone."""


@dataclass(frozen=True)
class CellTime:
    """A time as a cell has it, before anyone knows which of two numbers is the month."""

    numbers: tuple  # year, then two numbers of day and month in the order written
    clock: tuple  # hour, minute, second
    fraction: int  # ticks
    offset: int  # minutes east of UTC
    ambiguous: bool  # whether day and month may be the other way round
    seconds: bool  # whether seconds are written
    halves: bool = False  # whether AM or PM is written


def parse_cell(text):
    """The time in a cell, or none."""
    text = text.replace("\u202f", " ").strip()
    if found := ISO_CELL.match(text):
        year, month, day, hour, minute, second, fraction, zone = found.groups()
        return CellTime(
            (int(year), int(month), int(day)),
            (int(hour), int(minute), int(second or 0)),
            ticks_of_fraction(fraction),
            offset_minutes(zone or "Z"),
            False,
            second is not None,
        )
    if found := NUMERIC_CELL.match(text):
        first, second_number, year, hour, minute, second, fraction, half = found.groups()
        return CellTime(
            (int(year), int(first), int(second_number)),
            (of_twelve(int(hour), half), int(minute), int(second or 0)),
            ticks_of_fraction(fraction),
            0,
            True,
            second is not None,
            half is not None,
        )
    if found := WORDY_CELL.match(text):
        month, day, year, hour, minute, second, fraction, half = found.groups()
        if month.lower() in MONTHS:
            return CellTime(
                (int(year), MONTHS.index(month.lower()) + 1, int(day)),
                (of_twelve(int(hour), half), int(minute), int(second)),
                ticks_of_fraction(fraction),
                0,
                False,
                True,
            )
    return None


def of_twelve(hour, half):
    """An hour of a clock with two halves as one of 24."""
    return hour if half is None else hour % 12 + (12 if half.upper() == "PM" else 0)


def ticks_of_fraction(digits):
    return int((digits or "").ljust(7, "0")[:7])


def offset_minutes(zone):
    if zone.upper() == "Z":
        return 0
    minutes = int(zone[1:3]) * 60 + int(zone[-2:])
    return -minutes if zone[0] == "-" else minutes


def ticks(cell, day_first=False):
    """The instant of a cell, or none when there is no such day or hour."""
    year, first, second = cell.numbers
    month, day = (second, first) if cell.ambiguous and day_first else (first, second)
    try:
        moment = datetime(year, month, day, *cell.clock, tzinfo=timezone.utc)
    except ValueError:
        return None
    return ticks_of(moment - timedelta(minutes=cell.offset)) + cell.fraction


def ticks_of(moment):
    since = moment - EPOCH
    return (since.days * 86_400 + since.seconds) * SECOND + since.microseconds * 10


def written(milliseconds, zone_known=True):
    """A time as answers write it."""
    moment = EPOCH + timedelta(milliseconds=milliseconds)
    fraction = f".{milliseconds % 1000:03}" if milliseconds % 1000 else ""
    return moment.strftime("%Y-%m-%dT%H:%M:%S") + fraction + ("Z" if zone_known else "")


def zone_of(name):
    """The zone of a filter: an IANA name in any case, an offset, or UTC."""
    name = name.strip()
    if name.upper() in ("", "UTC", "Z"):
        return timezone.utc
    if re.match(r"[+-]\d\d:\d\d$", name):
        minutes = offset_minutes(name)
        if abs(minutes) > LONGEST_OFFSET or int(name[-2:]) > 59:
            raise NotATime(name)
        return timezone(timedelta(minutes=minutes))
    for spelling in (name, "/".join(part.title() for part in name.split("/"))):
        try:
            return ZoneInfo(spelling)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    raise NotATime(name)


def instant(text, zone):
    """Milliseconds of `from` or `to`. In the gap of summer time the first after it; of two the first."""
    found = ISO_INSTANT.match(text.strip())
    if not found:
        raise NotATime(text)
    numbers = [int(part) for part in (found.groups()[:3] if found[1] else found.groups()[3:6])]
    clock = [int(part or 0) for part in found.groups()[6:9]]
    try:
        wall = datetime(*numbers, *clock)
    except ValueError as no_such_day:
        raise NotATime(text) from no_such_day
    fraction = ticks_of_fraction(found[10]) // MILLISECOND
    own = found[11]
    if own:
        if abs(offset_minutes(own)) > LONGEST_OFFSET:
            raise NotATime(text)
        zone = timezone(timedelta(minutes=offset_minutes(own)))
    first = ticks_of(wall.replace(tzinfo=zone, fold=0).astimezone(timezone.utc)) // MILLISECOND + fraction
    gap_end = end_of_gap(wall, zone)
    return first if gap_end is None else gap_end


def end_of_gap(wall, zone):
    """The first instant after the gap that this wall clock is in, or none when the clock shows it."""
    aware = wall.replace(tzinfo=zone, fold=0)
    if aware.astimezone(timezone.utc).astimezone(zone).replace(tzinfo=None) == wall:
        return None
    late = wall.replace(tzinfo=zone, fold=0).astimezone(timezone.utc)
    early = wall.replace(tzinfo=zone, fold=1).astimezone(timezone.utc)
    low, high = min(early, late), max(early, late)
    before = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        if middle.astimezone(zone).utcoffset() == before:
            low = middle
        else:
            high = middle
    return ticks_of(high.replace(microsecond=0)) // MILLISECOND


def range_start(text, newest):
    """The lower edge of a range, counted back from the newest click."""
    found = RANGE.match(text.strip())
    if not found or int(found[1]) == 0 or int(found[1]) > 1_000_000:
        raise NotATime(text)
    hours = int(found[1]) * {"h": 1, "d": 24, "w": 168}[found[2].lower()]
    return newest - hours * 3_600_000


def local_parts(milliseconds, zone, cache):
    """Day, hour and weekday (0 is Sunday) of an instant. Clocks change at quarters of an hour at the most."""
    quarter = milliseconds // 900_000
    if quarter not in cache:
        moment = (EPOCH + timedelta(seconds=quarter * 900)).astimezone(zone)
        cache[quarter] = (moment.strftime("%Y-%m-%d"), moment.hour, (moment.weekday() + 1) % 7)
    return cache[quarter]
