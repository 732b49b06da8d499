"""What can be seen in a picture."""

from __future__ import annotations

import io

from PIL import Image, ImageChops

Box = tuple[int, int, int, int]


def opened(png: bytes) -> Image.Image:
    """Return a PNG as a picture."""
    image = Image.open(io.BytesIO(png))
    assert image.format == "PNG"
    image.load()
    return image.convert("RGB")


def difference(one: bytes, other: bytes) -> Box | None:
    """Return the rectangle in which two pictures of one size differ."""
    left, right = opened(one), opened(other)
    assert left.size == right.size
    return ImageChops.difference(left, right).getbbox()


def colours(png: bytes) -> dict[tuple[int, ...], int]:
    """Return the colours of a picture, and how many dots there are of each."""
    image = opened(png)
    found = image.getcolors(image.width * image.height)
    assert found is not None
    return {colour: count for count, colour in found if isinstance(colour, tuple)}
