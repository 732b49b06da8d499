"""A whole regulation at once: ready-made ones for kinds of organisations, and the group's own as a file (R32).

What is promised:

- Nothing is applied before its difference from what holds now was shown; if that changes meanwhile, it is shown again.
- What is applied is applied as a whole or not at all, and can be taken back as a whole.
- A ready-made regulation leaves rules alone that it does not name; a file is the whole of it: what it leaves out is taken away.
- A file that was exported and imported again changes nothing. In one that does not read, every fault is named with its line.
"""
