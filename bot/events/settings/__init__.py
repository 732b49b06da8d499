"""A group's settings for all its events (R05): shown and changed by buttons, or on one line.

What is promised:

- Every setting is explained in one sentence. A change counts for what happens from then on, and stands in the audit log.
- The order of the line, strictness, freed seats, the time to accept and reminders are what a *new* event begins with; events
  that are planned already keep theirs. Signing up in words, suspensions and the limit for each person count at once.
"""
