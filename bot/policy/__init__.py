"""What is allowed in a group, and what was seen that is not (R06, R07, R13, R20, R26, R27).

What is promised:

- A rule says in words what it looks for, and everybody can read it. Its code (A1) stays its own for good.
- A new rule only observes: it notes what it would have done, and does nothing before a manager switches it on.
- At most 20 samples of what was written are kept for a rule, and none for longer than seven days.
- Administrators, the linked channel and messages about the chat itself are spared by every rule; those with a role where the rule
  says so. Where nobody knows who the administrators are, what is seen is recorded only.
- What was edited is judged again. An album is judged once, and goes or stays as a whole.
- Nobody is given more than one hint an hour, whatever they write.
- What is remembered to notice floods and repetitions is bounded, and forgotten at a restart.
"""
