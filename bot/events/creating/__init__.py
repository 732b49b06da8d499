"""Making events: the form and the line, drafts, copies of earlier ones, templates, pictures (R05).

What is promised:

- Nothing is saved before it was shown, also where one line said it all. What is as usual is not asked: it is found under More.
- A draft is seen by organisers only, and leaves no trace for members; publishing it is what posts its card.
- A copy, and an event from a template, have everything but the time; the sign-up ends as long before the start as it did.
"""
