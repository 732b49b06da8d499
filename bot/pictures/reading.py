"""What QR codes in a picture say; read only where a decoder is installed (the extra "qr")."""

from __future__ import annotations

import io
from typing import Final

from PIL import Image

try:
    import zxingcpp
except ImportError:
    CAN_READ = False
else:
    CAN_READ = True
_MOST_CODES: Final = 5
_LONGEST: Final = 2_000
_MOST_PIXELS: Final = 25_000_000
_SIDE: Final = 1_600
_FORMATS: Final = ("PNG", "JPEG", "WEBP")


def codes_in(data: bytes) -> tuple[str, ...]:
    """Return what the QR codes in a picture say; nothing for what is no picture, or too large a one."""
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                return ()
            picture.draft("L", (_SIDE, _SIDE))
            grey = picture.convert("L")
        grey.thumbnail((_SIDE, _SIDE))
        found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode]))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return ()
    return tuple(dict.fromkeys(code.text[:_LONGEST] for code in found if code.text))[:_MOST_CODES]
