"""The use cases at the door and about money.

Every function that changes something first locks the group, so that what it reads stays true until the commit.
"""
