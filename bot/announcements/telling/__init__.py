"""Everybody told (R02): how the members of a group are told that an announcement stands there.

What is promised:

- Unless a manager says otherwise, an announcement is pinned, and Telegram notifies everybody.
- Mentions go to the people who are known to be in the group, five a message; how many that is, of how many, is said. Nobody is
  mentioned twice, whatever happens to the bot or the network: a message of which nobody knows whether it arrived is not
  repeated, and those whom it named are listed.
- The next message is put into the outbox when the one before is delivered, so all of it can be stopped at any moment, and a
  restart goes on where it was. It keeps room for answers among the messages that Telegram lets a group have in a minute.
- In quiet hours nobody is mentioned, unless the announcement is urgent; it goes on when they end (R21).
- What is unpinned for a new announcement is the bot's own last one, and nobody else's.
"""
