"""Announcements: drafted, shown to those who manage, published at once or at a set time, pinned so that everybody is told.

What is promised (R02, R09):

- A draft is seen by its author in private or by the managers among themselves; in the group only where neither can be
  reached, and then it says so. Who may draft but not publish has the draft shown to somebody who may.
- What is published is what was drafted: words, formatting, buttons with links, the file or the whole album; placeholders are
  filled in as each group reads them. A text that is too long, also where only one group makes it so, is refused with its length.
- What is confidential is protected by Telegram wherever its words stand, and no list, notice or digest quotes it (R10).
- An announcement is posted once. One whose posting is uncertain is shown to whoever published it, who says whether it is
  there; it is never posted again by itself.
- Where the group wants it, nothing goes out before somebody else, or the owner, has approved exactly what members will see.
- A time that was set survives restarts. If it is later than the group allows (an hour, unless it says so), the manager is asked.
- Whoever set the time must still be allowed to publish when it comes, and the author to write; otherwise the announcement is
  a draft again and the managers are told.
- In quiet hours nothing goes out by itself unless it is urgent: it is held until they end, and publishing by hand asks once.
- What is taken back is deleted or struck through, and the group reads who did it and why.
- After somebody with the right to publish has set a time, only such a person can change the words.
"""
