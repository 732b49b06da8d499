"""What commands and forms of a theme are called, and what the audit log says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import N_

if TYPE_CHECKING:
    pass


TITLE = N_("🧭 Theme")
HELP = N_("The group’s theme: its words, and what happens when the talk has long been about something else")
HELP_WORDS = N_("Name the words of the theme")
HELP_ADD = N_("Prepare a post that brings the talk back to the theme")
HELP_POSTS = N_("The prepared posts")
HELP_SEND = N_("Send the next prepared post now")
HELP_ON = N_("Watch the theme")
HELP_OFF = N_("Stop watching the theme")
HELP_AFTER = N_("After how long off the theme something happens")
HELP_THEN = N_("What happens then: managers are told, or the next prepared post is sent")
HELP_LEARN = N_("Let words that the group uses day after day count as well")
WORDS_TITLE, WORDS_LABEL = N_("Words of the theme"), N_("Words")
AFTER_TITLE, AFTER_LABEL = N_("Time off the theme"), N_("Time")
POST_TITLE, POST_LABEL = N_("Prepared post"), N_("Post")
AUDIT: dict[str, str] = {
    "theme.set": N_("{actor} changed the theme: {before} → {after}"),
    "theme.post_added": N_("{actor} prepared post {target} for the theme"),
    "theme.post_first": N_("{actor} put post {target} first in the line"),
    "theme.post_removed": N_("{actor} removed the prepared post {target}"),
    "theme.post_sent": N_("{actor} sent the prepared post {target}"),
    "theme.post_back": N_("{actor} put post {target} back, because it could not be sent"),
    "theme=on": N_("watched"),
    "theme=limit": N_("time"),
    "theme=steer": N_("what happens"),
    "theme=learns": N_("learning"),
    "theme=words": N_("words"),
    "theme=struck": N_("struck words"),
    "theme=let_be": N_("left alone until"),
    "theme=tell": N_("managers are told"),
    "theme=post": N_("the next post is sent"),
    "theme=True": N_("yes"),
    "theme=False": N_("no"),
}
