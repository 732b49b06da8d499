"""Questions nobody answered (R01).

What counts as a question, and what as an answer, is decided without understanding a word:

- A question is a message of a member whose last sign is a question mark, or that ends in 吗, 呢 or 么.
- It is answered by a reply to it from somebody else, or by the next thing somebody else writes in the same topic within
  five minutes, unless that answers another message or is itself a question.
- It is unanswered once two hours have passed, and forgotten after two days.

Doubt counts as answered: a digest that scolds a group for questions it did answer is not read for long.
"""
