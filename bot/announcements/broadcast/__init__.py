"""One announcement for several groups, or for all of a label, and an announcement in a topic of a forum (R02).

What is promised:

- It goes only to groups in which whoever sends it may publish, at the moment of sending; the others are named.
- Each group gets it once, whatever happens: a crash, a restart, a pause. Where nobody knows whether it arrived, the group is listed
  and somebody looks; nothing is repeated by itself.
- Every copy is an announcement of its group, with a number, an audit and a card of its own. Where the group reviews what is published
  the copy is handed in for review there like any other, and does not go out before.
- A group's quiet hours hold its copy back until they end, unless the announcement is urgent.
- What has a time, or recurs, goes to other groups when it is posted in its own, once; where it is not posted, they get nothing.
- A pause acts within about two seconds. Commands are answered meanwhile.
"""
