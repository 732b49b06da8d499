"""Looking at events (R05, R30): what is coming up, a month as a picture, one's own events, what took place, and all as files.

What is promised:

- A picture or a file is made when it is sent: no turn waits for it, and what it shows is what was so when it was asked for.
- A file with people's names goes to organisers alone, in private or into the managers' chat; never into the group.
- The picture of a month shows its days as the group's clock has them, and weeks as the reader's language begins them; what is
  cancelled is struck through, drafts are not shown.
- Of a long list only the page that is looked at is read.
"""
