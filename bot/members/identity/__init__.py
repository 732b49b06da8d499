"""Who is meant by a reply, a mention, an @name or a number, and what kind of target that is."""
