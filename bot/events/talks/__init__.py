"""Talks (R05): who speaks and agreed to, the link for those who come, and the questions people have beforehand.

What is promised:

- A speaker is asked and says yes or no by a button; the organiser hears it, and is reminded while there is no answer.
- The link of an online talk is told in private, to those who are going, and never in the group.
- Ten minutes before the start everybody is called; those who are going get the link. A call that is late still comes while
  the talk is on.
- A question is asked with one's name or without; each person votes for a question once, not for their own, and may take the
  vote back. The best come first. Speakers and organiser get them an hour before.
"""
