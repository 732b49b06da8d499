"""Pictures for a chat, as the bytes of a PNG: a month's calendar, bars, a QR code.

What is promised:

- Values in, bytes out. What is drawn is told in plain values; nothing here knows an event, a member or Telegram.
- Chinese is drawn on a machine without fonts: they lie in the package (``fonts/``).
- No text breaks a picture. What does not fit ends in "…"; emoji that the fonts lack are left out; letters of a script that they
  lack (Arabic, Thai) become one "…" a run, never boxes.
- The same values give the same bytes.

Drawing is work for the processor and holds the turn of whoever waits for it: a usual month takes 0.07 s on one core of a small
server and one whose days are all full 0.25 s, thirty bars 0.06 s, a QR code 0.02 s (the first picture 0.03 s more, for the
fonts). Nothing here is asynchronous; call it in a thread.
"""

from __future__ import annotations

from bot.pictures.charts import MOST_BARS, Bar, BarsView, bars
from bot.pictures.codes import qr
from bot.pictures.months import Entry, MonthView, month, shown_days
from bot.pictures.palette import Tone

__all__ = [
    "MOST_BARS",
    "Bar",
    "BarsView",
    "Entry",
    "MonthView",
    "Tone",
    "bars",
    "month",
    "qr",
    "shown_days",
]
