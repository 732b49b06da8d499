"""A topic that is stopped for a while (R07).

What is promised:

- Any administrator or moderator may stop one, by its words or, in a forum, by the thread it is in; a card says so in the group.
- It opens again by itself when its time is over, or when somebody resumes it; both are said.
- Who writes about it is told once, without an accusation. What happens to what the same person writes afterwards is the choice of
  whoever stopped it: it is only counted, it is deleted, or it is deleted and the next step of the ladder follows.
- Those whom every rule spares are spared here, and an edited message or an album counts once.
"""
