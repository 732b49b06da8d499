"""The daily digest (R01): at the group's hour, what happened yesterday and what is coming, to those who run the group.

What is promised:

- One digest a day at most, about the group's whole yesterday, by its own clock: also where clocks are put forward or back,
  where the hour or the time zone was changed meanwhile, and where the bot was down at the hour.
- It comes late by at most six hours; later than that the day is passed over. In quiet hours it waits for their end.
- Every other capability brings its own part; parts with nothing to say are left out, and a quiet day is one line.
- What is meant for managers goes to their chat, or to each who can be reached in private, in their own language. Who may
  read it is asked anew every day. While nobody can be reached, it is said in the group, and the text says why.
- A message counts on the day on which it was written, a question as open until somebody answers (see ``questions``).
"""
