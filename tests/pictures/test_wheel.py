"""The fonts go where the program goes."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from hatchling.builders.wheel import WheelBuilder

from tests.architecture.house import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def test_the_wheel_holds_the_fonts_and_their_licence(tmp_path: Path) -> None:
    built = next(WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"]))

    with zipfile.ZipFile(built) as wheel:
        metadata = next(wheel.read(name) for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
        sizes = {
            info.filename: info.file_size
            for info in wheel.infolist()
            if info.filename.startswith("bot/pictures/fonts/")
        }

    assert set(sizes) == {
        f"bot/pictures/fonts/{name}"
        for name in ("OFL.txt", "QunguanSans-Bold.otf", "QunguanSans-Regular.otf", "README.md")
    }
    assert b"License-Expression: LGPL-3.0-or-later AND OFL-1.1\n" in metadata
    assert sum(sizes.values()) < 6_000_000


def test_the_fonts_carry_their_licence() -> None:
    licence = (ROOT / "bot" / "pictures" / "fonts" / "OFL.txt").read_text(encoding="utf-8")

    assert licence.startswith("Copyright 2014-2021 Adobe")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
