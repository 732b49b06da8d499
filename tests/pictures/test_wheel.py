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
        sizes = {info.filename: info.file_size for info in wheel.infolist() if "/fonts/" in info.filename}

    assert set(sizes) == {
        f"bot/pictures/fonts/{name}"
        for name in ("OFL.txt", "QunguanSans-Bold.otf", "QunguanSans-Regular.otf", "README.md")
    }
    assert sum(sizes.values()) < 6_000_000


def test_the_fonts_carry_their_licence() -> None:
    licence = (ROOT / "bot" / "pictures" / "fonts" / "OFL.txt").read_text(encoding="utf-8")

    assert licence.startswith("Copyright 2014-2021 Adobe")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
