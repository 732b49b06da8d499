"""After an event (R05): thanks and feedback, the recap that members hand in for, and who came how often.

What is promised:

- Who came is thanked a short while after the end, never in quiet hours, and asked two questions. Each person's last word counts.
  Sums are all that anybody is told: who said what stands in no message, no file and no log.
- What members hand in is published only when an organiser has accepted it, with the name of who handed it in. The preview is what
  will be published; what was published stays as it is until an organiser publishes it anew.
- Attendance is counted from who was seen at the door, or, where nobody was checked in there, from who was going.
"""
