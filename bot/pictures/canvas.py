"""A sheet to draw on, in units of the layout."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from PIL import Image, ImageDraw

from bot.pictures.letters import SCALE
from bot.pictures.palette import GROUND

if TYPE_CHECKING:
    from bot.pictures.letters import Style
    from bot.pictures.palette import Colour

_SMOOTH = 4
"""How much finer a round corner is drawn before it is made smaller, so that its edge is smooth."""


class Canvas:
    """A picture in the making. Places and sizes are in units; the picture has :data:`SCALE` dots for each."""

    def __init__(self, width: float, height: float, ground: Colour = GROUND) -> None:
        self._image = Image.new("RGB", (round(width * SCALE), round(height * SCALE)), ground)
        self._draw = ImageDraw.Draw(self._image)

    def text(
        self, place: tuple[float, float], text: str, style: Style, colour: Colour, align: Literal["l", "m", "r"] = "l"
    ) -> None:
        """Write a cleaned text with its baseline at ``place``, which is its left end, its middle or its right end."""
        at = (place[0] * SCALE, place[1] * SCALE)
        self._draw.text(at, text, fill=colour, font=style.face(text), anchor=f"{align}s")

    def box(self, left: float, top: float, width: float, height: float, colour: Colour, radius: float = 0) -> None:
        """Fill a rectangle, with round corners if there is a radius. One without an area is not drawn."""
        at = (round(left * SCALE), round(top * SCALE))
        size = (round((left + width) * SCALE) - at[0], round((top + height) * SCALE) - at[1])
        if min(size) > 0:
            self._image.paste(colour, at, _mask(size, min(round(radius * SCALE), min(size) // 2)))

    def ring(
        self, left: float, top: float, width: float, height: float, colours: tuple[Colour, Colour], radius: float
    ) -> None:
        """Fill a rectangle with the second colour, and draw an edge of the first around it."""
        self.box(left, top, width, height, colours[0], radius)
        edge = 1.5
        self.box(left + edge, top + edge, width - 2 * edge, height - 2 * edge, colours[1], radius - edge)

    def stroke(self, left: float, right: float, height: float, colour: Colour) -> None:
        """Draw a thin level line."""
        self._draw.line((left * SCALE, height * SCALE, right * SCALE, height * SCALE), fill=colour, width=SCALE)

    def paste(self, place: tuple[float, float], picture: Image.Image) -> None:
        """Lay another picture on this one, dot by dot."""
        self._image.paste(picture, (round(place[0] * SCALE), round(place[1] * SCALE)))

    def png(self) -> bytes:
        """Return the picture as a PNG."""
        out = io.BytesIO()
        self._image.save(out, "PNG")
        return out.getvalue()


@lru_cache(maxsize=256)
def _mask(size: tuple[int, int], radius: int) -> Image.Image:
    """Return the form of a rectangle with round corners."""
    mask = Image.new("L", size, 255)
    if radius == 0:
        return mask
    fine = radius * _SMOOTH
    disc = Image.new("L", (2 * fine, 2 * fine), 0)
    ImageDraw.Draw(disc).ellipse((0, 0, 2 * fine - 1, 2 * fine - 1), fill=255)
    disc = disc.resize((2 * radius, 2 * radius), Image.Resampling.BOX)
    for x, left in ((0, 0), (size[0] - radius, radius)):
        for y, top in ((0, 0), (size[1] - radius, radius)):
            mask.paste(disc.crop((left, top, left + radius, top + radius)), (x, y))
    return mask
