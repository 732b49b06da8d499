"""Cut the fonts of ``bot/pictures/fonts`` out of Noto Sans CJK: ``python -m tests.pictures.subset_fonts <folder of the .ttc>``.

Needs fontTools, which nothing else does: ``pip install fonttools`` before. The outlines are taken as they are; hints, vertical
metrics and OpenType features, which Pillow's basic layout does not read, are left out.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fontTools import subset
from fontTools.ttLib import TTCollection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fontTools.ttLib import TTFont

FONTS: Final = Path(__file__).parents[2] / "bot" / "pictures" / "fonts"
FAMILY: Final = "Qunguan Sans"
SIMPLIFIED_CHINESE: Final = 2
"""The face of the collection whose Han characters are drawn as on the mainland."""

SCRIPTS: Final = (
    *((0x20, 0x24F), (0x2B0, 0x52F), (0x1E00, 0x1FFF), (0x2000, 0x27BF), (0x3000, 0x33FF), (0xFE30, 0xFE4F)),
    (0xFF00, 0xFFEF),
)
"""Latin, Greek, Cyrillic, signs, kana, bopomofo, full-width forms."""

CANTONESE: Final = "嘅喺咗冇嘢啲哋嚟佢咁唔咩嗰睇攞揾搵畀嘥攰瞓嗌噉嘞囉乜㗎冚"
NAMES: Final = "祎赟镕珺玥喆堃頔燚翀旻昕旸昉炜烨玮璟琎玙珩瑄琋璠彧昱昶晟晔暄煊煜炫焱焜烜熠皓骁骎骢钰铖锜锴鋆镭闿闫嫄嬅妍婧嫣媛媞嬿翾羿翊翯芃茗苒茜荺菡蓁蕴藿濛沄泓浤淏淳湉漪滢潞濬瀚灏垚垲堉埕邈逄郗郄郜鄢酉靓靖韫韬頫颀颛飏飒馥骞鲲鹍麒黛龑"
"""Characters that people bear and that the old character sets lack."""

PROPORTIONAL: Final = "‘’“”…·"
"""Signs that the Chinese face draws as wide as a Han character, which tears "it’s" apart: their narrow forms are taken."""


def encoded(encoding: str, first: range, second: range = range(0x40, 0xFF)) -> set[str]:
    """Return the characters of a part of a two-byte character set."""
    found = set()
    for high in first:
        for low in second:
            try:
                found.add(bytes([high, low]).decode(encoding))
            except UnicodeDecodeError:
                continue
    return {char for char in found if len(char) == 1}


def regular_characters() -> set[str]:
    """Return what text needs: GB 2312, Big5, the first levels of JIS X 0208, the syllables of KS X 1001, and names."""
    han = encoded("gb2312", range(0xA1, 0xF8)) | encoded("big5", range(0xA1, 0xFA))
    more = encoded("shift_jis", range(0x81, 0x98)) | encoded("euc_kr", range(0xA1, 0xC9), range(0xA1, 0xFF))
    return han | more | set(scripts()) | set(CANTONESE + NAMES)


def bold_characters() -> set[str]:
    """Return what headings need: the commonest characters, GB 2312's first level. Other headings are set in regular."""
    return encoded("gb2312", range(0xB0, 0xD8)) | set(scripts())


def scripts() -> Iterator[str]:
    """Go through the characters of :data:`SCRIPTS`."""
    for first, last in SCRIPTS:
        yield from map(chr, range(first, last + 1))


def cut(font: TTFont, characters: set[str], weight: str) -> None:
    """Leave only these characters in a font, and give it a name of its own."""
    narrow = proportional(font)
    options = subset.Options(
        layout_features=[],
        hinting=False,
        notdef_outline=True,
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14],
    )
    options.drop_tables += ["BASE", "GDEF", "GPOS", "GSUB", "VORG", "vhea", "vmtx"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[ord(char) for char in characters], glyphs=list(narrow.values()))
    subsetter.subset(font)
    for table in font["cmap"].tables:
        table.cmap.update({ord(char): glyph for char, glyph in narrow.items() if ord(char) in table.cmap})
    compact = f"{FAMILY.replace(' ', '')}-{weight}"
    for number, name in {1: FAMILY, 2: weight, 3: f"2.004;{compact}", 4: f"{FAMILY} {weight}", 6: compact}.items():
        font["name"].setName(name, number, 3, 1, 0x409)
    top = font["CFF "].cff
    top.fontNames[0] = compact
    top[0].FamilyName, top[0].FullName = FAMILY, f"{FAMILY} {weight}"


def proportional(font: TTFont) -> dict[str, str]:
    """Return the narrow glyphs of :data:`PROPORTIONAL`."""
    gsub, narrow = font["GSUB"].table, {}
    lookups = {
        index
        for record in gsub.FeatureList.FeatureRecord
        if record.FeatureTag == "pwid"
        for index in record.Feature.LookupListIndex
    }
    for index in sorted(lookups):
        for table in gsub.LookupList.Lookup[index].SubTable:
            narrow.update(getattr(table, "ExtSubTable", table).mapping)
    wide = font.getBestCmap()
    return {char: narrow[wide[ord(char)]] for char in PROPORTIONAL if wide[ord(char)] in narrow}


def main(folder: Path) -> None:
    """Write both weights."""
    for weight, characters in {"Regular": regular_characters(), "Bold": bold_characters()}.items():
        font = TTCollection(folder / f"NotoSansCJK-{weight}.ttc").fonts[SIMPLIFIED_CHINESE]
        cut(font, characters, weight)
        font.save(FONTS / f"{FAMILY.replace(' ', '')}-{weight}.otf")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
