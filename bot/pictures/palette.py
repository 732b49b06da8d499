"""The colours of every picture: a light ground, dark ink, and a few tones that tell kinds apart."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

Colour = tuple[int, int, int]

GROUND: Final[Colour] = (244, 246, 248)
CARD: Final[Colour] = (255, 255, 255)
TRACK: Final[Colour] = (229, 233, 238)
INK: Final[Colour] = (31, 41, 55)
MUTED: Final[Colour] = (107, 118, 133)
FAINT: Final[Colour] = (178, 186, 197)
ACCENT: Final[Colour] = (37, 99, 175)


class Tone(Enum):
    """What kind of thing it is, as a colour. What a tone stands for is the caller's to decide and to tell."""

    BLUE = "blue"
    GREEN = "green"
    AMBER = "amber"
    ROSE = "rose"
    VIOLET = "violet"
    GREY = "grey"
    STRUCK = "struck"
    """Grey and struck through: what was called off."""


@dataclass(frozen=True)
class Shades:
    """A tone's colours: of bars and edges, of the ground below text, and of text on that ground."""

    strong: Colour
    pale: Colour
    text: Colour

    def faded(self, share: float) -> Shades:
        """Return the shades mixed with white, as things of the past are drawn."""
        return Shades(mix(self.strong, share), mix(self.pale, share), mix(self.text, share))


SHADES: Final = {
    Tone.BLUE: Shades((77, 136, 205), (229, 239, 250), (28, 71, 122)),
    Tone.GREEN: Shades((72, 163, 121), (226, 243, 234), (22, 92, 60)),
    Tone.AMBER: Shades((222, 158, 54), (252, 241, 219), (122, 79, 10)),
    Tone.ROSE: Shades((213, 98, 104), (251, 231, 231), (138, 36, 44)),
    Tone.VIOLET: Shades((137, 113, 196), (238, 233, 249), (78, 56, 134)),
    Tone.GREY: Shades((144, 154, 168), (236, 239, 243), (75, 85, 99)),
    Tone.STRUCK: Shades((190, 197, 206), (241, 243, 246), (128, 138, 151)),
}


def mix(colour: Colour, share: float, other: Colour = CARD) -> Colour:
    """Mix a colour with a share of another, which is white unless said otherwise."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(colour, other, strict=True))
    return red, green, blue
