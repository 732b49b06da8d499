"""Appeals: who was warned, muted or removed asks a manager who had no part in it to look again (R22, R23).

What is promised:

- Only the person whom a case is about appeals against it: once, with one addition. Also who is no longer in the group can.
- Neither who opened the case nor who agreed to its step decides, unless the group has nobody else: then its owner does, and the
  appeal says so for good.
- An appeal never lapses. It has a due date; those who can decide are reminded before it, and told when it is over.
- What is decided happens in one turn with everything that follows from it: a lifted case counts no more, a lighter one takes the
  place of the old among those that count, and the step that comes next is the one that was announced or an earlier one.
- The person is told what came of it. What they wrote is read by those who may decide, and nobody else.
- Who was removed and may come back gets a link that lets in one person, once Telegram has ended the ban.
"""
