"""What the forms ask of each field of a plan."""

from __future__ import annotations

from bot.i18n import N_

TITLE = N_("What is the event called? For example: <i>Saturday hike</i>")
KIND = N_("Do people meet in person, or online?")
STARTS = N_(
    "When does it start? For example: <code>Sat 9:00</code> or <code>tomorrow 8pm</code>."
    " With its end, if you like: <code>Sat 9:00-12:00</code>."
)
LENGTH = N_("How long does it last? For example: <code>2 hours</code>. Skip this if there is no need to say.")
PLACE = N_(
    "Where does it take place? Write it, or send a point on the map (📎 → Location). Skip this if there is no need to say."
)
SPOT = N_("Send the point on the map (📎 → Location), or write its coordinates: <code>31.2304, 121.4737</code>.")
LINK = N_("What is the link? It is shown only to those who come. Skip this if you will add it later.")
SEATS = N_("How many seats are there? Skip this if there is no limit.")
GUESTS = N_("How many guests may each person bring? Guests take seats too.")
NAMED = N_("Shall people give the names of their guests?")
DEADLINE = N_(
    "Until when can people sign up? For example: <code>Fri 20:00</code>. Skip this if they can until the start."
)
PRICE = N_("What does it cost? For example: <code>50 yuan each, at the door</code>. I hold no money, I only say it.")
ABOUT = N_("Describe it: what to bring, who speaks, how to get there. Several lines are fine.")
PICTURE = N_("Send a picture, as a photo. Skip this for none.")
QUESTIONS = N_(
    "What shall I ask people when they sign up? One question a line, and behind its question mark the choices, if there are"
    " any. For example:\n<code>Diet? all / vegetarian</code>\n<code>Where do you get on the bus?</code>"
)
TAGS = N_("Which member tags may come? For example: <code>Sales, IT</code>. Skip this if everybody may.")
MINIMUM = N_(
    "How many people must come at least? With fewer it is cancelled by itself when the sign-up ends. Skip this for none."
)
CLOSES = N_("Shall nobody sign up any more while all seats are taken? Otherwise there is a waiting list.")
STRICT = N_("Shall nobody on the waiting list pass a larger party for which there are not seats enough yet?")
AUTOMATIC = N_("A freed seat: is it offered to the next in line, who then accepts it, or given to them at once?")
OFFER = N_("How long does somebody have to accept an offered seat? For example: <code>2 hours</code>.")
REMINDERS = N_(
    "When shall I remind people? For example: <code>1 day, 2 hours</code> before the start, or <code>none</code>."
)
RECONFIRM = N_("Shall I ask everybody a day ahead whether they are still coming?")
PROMOTE = N_(
    "When shall I post the event again, until the sign-up ends? For example: <code>3 days, 1 day</code> before that."
)
CALL = N_("How long before the start shall I call people to the talk? For example: <code>15 minutes</code>.")
