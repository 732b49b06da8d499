"""Warnings, the ladder of what follows from them, and the ledger of cases (R22, R23).

What is promised:

- Every warning is a numbered case. Cases expire and are undone, but none is ever deleted: who warned whom, for what, who
  took it back and when stays on record.
- What a case leads to is decided by the group's ladder and the warnings that count at that moment. The step that a case
  announces as the next one is the step that a further warning brings, as long as the case says it does.
- A case is stored before anything is asked of Telegram, and its card always says how far that went: ordered, done,
  refused and why, or not known. What was refused for want of a right is tried again while it still makes sense.
- Nobody is muted for longer than was decided: no mute is ever handed to Telegram that would begin so late that Telegram
  took it as one for ever, and taking a case back leaves the mutes of other cases as they are.
- A ladder's "removal" needs a second manager. A kick or a ban on a ladder is done at once only where the group set it so, by the
  bot or by somebody who may remove members; else it waits for another manager too.
- A rule with a ladder of its own counts on that alone; all others count together on the group's. What the bot sees itself takes a
  ladder's next step, so many a day and person as the group allows; the rest is counted with the last case.
- Who is asked to leave has time. If they stay, their removal is proposed, in a case that counts towards nothing; if they go, that
  is the end of it.
- Mutes and restrictions to text are told to Telegram as one, the harsher first, and what a mute covered holds again after it.
- A mute, a kick, a ban and the release from them can be ordered directly. Each is a case too, but counts towards nothing: the
  ladder stays where the warnings stand, and a release leaves the warnings whose mute it ends as they are.
- Where a group wants it, a kick or a ban waits for a second manager, and its length begins with their word. Of several people one
  line and one confirmation that names them all are enough, and one decision; each has a case.
- Two moderators who warn the same person within a minute hear of each other; the second decides whether it counts twice.
- Administrators, bots, channels, those who left, and oneself cannot be warned; nobody can undo a case against themselves.
"""
