"""The five fields of a crontab: minute, hour, day of the month, month, day of the week (0 and 7 are Sunday)."""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum
from typing import Final

from cronsim import CronSim, CronSimError

_FIELDS: Final = 5
_LONGEST: Final = 120
_ALIASES: Final = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
_NAMED: Final = re.compile(r"cron(?:tab)?(?![a-z]) *[:=]? *(?P<fields>.*)")
_FIELD: Final = r"[0-9a-z*/#-]+(?:,[0-9a-z*/#-]+)*"
_LINE: Final = re.compile(
    rf"(?:(?:cron(?:tab)?(?![a-z]) *[:=]? *)|(?=[0-9*@]))(?P<fields>@[a-z]+|{_FIELD}(?: +{_FIELD}){{4}})(?= *$|[ ,、;])"
)
_ONE_NUMBER: Final = re.compile(r"(?<![0-9A-Z-])([0-9A-Z]+)-\1/[1-9][0-9]*")
_ANY: Final = datetime(2024, 1, 1)  # noqa: DTZ001  (naive, as everything here)


class CronFault(StrEnum):
    """Why the fields make no rule."""

    FIELDS = "fields"
    """There are not five of them."""
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day-of-month"
    MONTH = "month"
    WEEKDAY = "day-of-week"
    NEVER = "never"
    """No day of the calendar has them all, as the 30th of February."""


def plain_cron(written: str) -> str:
    """Return the fields in one plain form: single spaces, capitals, and five fields for a word like ``@daily``."""
    fields = " ".join(written.split())
    # A range of one number with a step is that number; on a number alone the step would run on to the end.
    return _ONE_NUMBER.sub(r"\1", _ALIASES.get(fields.lower(), fields.upper()))


def cut_cron(folded: str) -> tuple[str, str] | None:
    """Return the fields that a text begins with, behind the word "cron" or bare, and the rest; None if it has none.

    Behind the word whatever stands there is taken for fields, so that what is wrong with them can be named.
    """
    line = _LINE.match(folded)
    if line is not None:
        return plain_cron(line["fields"]), folded[line.end() :].strip(" ,、;")
    named = _NAMED.match(folded)
    return None if named is None else (plain_cron(named["fields"]), "")


def cron_fault(fields: str) -> CronFault | None:
    """Say what is wrong with the five fields, if something is."""
    if len(fields) > _LONGEST or len(fields.split()) != _FIELDS:
        return CronFault.FIELDS
    try:
        ever = next(CronSim(fields, _ANY), None)
    except CronSimError as error:
        return CronFault(str(error).removeprefix("Bad "))
    return CronFault.NEVER if ever is None else None
