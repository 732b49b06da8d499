"""Acknowledgement: a button under an announcement, and who has read it (R02).

What is promised:

- One tap by a member counts once, however often it is delivered. It can be taken back with the same button for 5 minutes, and
  then it is locked. What comes after the deadline counts as late.
- It is counted against the members that are known to be in the group; bots, the author, and those who have left are not among
  them, and it is said how many members Telegram counts.
- Only those are reminded who have not acknowledged: in private where the bot may write to them, else by name in the group,
  5 in a message; at most 3 times each time it is asked, at least 5 minutes apart, never in quiet hours, and nobody is left out.
- A changed text lets the managers choose whether everybody is asked again. What counted before counts no more then.
- What is made of silence past the deadline is a manager's decision, one person at a time; nobody is warned by itself.
- Names of those who have not read are shown where managers read, never as a list in the group.
"""
