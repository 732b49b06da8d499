"""What is due, and the alarm clock that says so.

The database is the schedule: a row a timer, moved and cancelled in the same transaction as the state it belongs to. The
alarm only wakes; it holds nothing that a crash could lose. A timer that has come is a job in a turn, and its row goes in
that very turn: it runs once, or, if it fails, again later.
"""
