"""Quiet hours that everybody keeps, not the bot alone (R21).

What is promised:

- In a group that *restricts*, members cannot write in quiet hours. What the bot took is what it gives back: every permission that
  it took from the members is theirs again afterwards, and whatever it did not take stays as it is then.
- That holds after a crash, a restart, an end that passed while the bot was down, changed hours, a mode that was switched off, a
  refusal of Telegram, and a right that was lost and regained.
- Administrators have the last word: what they give back by hand in the night stays given back, and the bot does not take it again
  before the next quiet hours.
- ``/open`` suspends the quiet hours of one night, for members, for rules and for the bot itself.
- In a group that *reminds*, nobody is reminded more than once a night; in both others it is counted how much was written, for the
  managers' digest only.
"""
