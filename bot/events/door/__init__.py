"""At the door of an event, and its money (R05).

What is promised:

- Check-in is open from an hour before the start until a day after the end: by the organiser's list, by a code that is shown at
  the place, or by a QR code that opens the bot. Organisers may correct it later too; each step is in the audit log.
- A tap says what is meant, not "the other way round": however many organisers tap at once, nobody is checked in and out again.
- Who walks in is on the list although there is no seat left; the organiser decides, and sees how many are beyond the seats.
- Where the door was used, those who were going and did not come are marked absent when the organiser closes the list, or a day
  after the end. Where it was not used, nobody is.
- A code is worth nothing without the place: five wrong ones in ten minutes end a person's trying for a while.
- The bot holds no money. It notes who says that they paid, whom the organiser has it from, and who is to be paid back.
"""
