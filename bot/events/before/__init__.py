"""What happens before an event: people are called in, asked whether they are still coming, and keep it in their calendars (R05).

What is promised:

- Who is going is asked once more a day ahead, if the organiser wants that; nobody loses a seat by silence. The organiser sees
  who did not answer, and may free their seats after being shown whom that means.
- The organiser is told how the list stands a day and three hours ahead, and whenever they ask.
- Posts that call people in come while seats are left, one at a time; the last one is taken away when the next comes.
- An event that has too few people when that is decided is cancelled and everybody told; some time before, the group and the
  organiser are warned.
- Who took the event into their calendar gets the entry anew when it changes, or out when it is cancelled.
- Nothing of this wakes a group in its quiet hours, where the event is later than their end.
"""
