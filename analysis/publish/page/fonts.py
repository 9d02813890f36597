"""Fonts for Arabic and Chinese, cut down to the letters that the pages have: a bare machine shows boxes for others.

Latin and Cyrillic letters are on every machine and are not shipped.
"""

import io
from collections.abc import Callable, Collection

import fontpkg
import pylopdf_fonts_zh_cn
from fontTools.subset import Options, Subsetter, load_font, save_font

ARABIC, CHINESE = "IBM Plex Sans Arabic", "Noto Sans SC"

FILES: dict[str, Callable[[], object]] = {
    ARABIC: lambda: fontpkg.path(ARABIC),
    CHINESE: pylopdf_fonts_zh_cn.sans_path,
}

SPANS = {ARABIC: "U+600-6FF,U+FD3E-FD3F", CHINESE: "U+2E80-9FFF,U+FF00-FFEF"}
"""Font -> the letters that are set in it, as a stylesheet's ``unicode-range``: other pages do not load it."""


def is_chinese(letter: str) -> bool:
    """Whether a letter is set in the Chinese font: an ideograph, or a mark as wide as one."""
    return "\u2e80" <= letter <= "\u9fff" or "\uff00" <= letter <= "\uffef"


def is_arabic(letter: str) -> bool:
    """Whether a letter is set in the Arabic font."""
    return "\u0600" <= letter <= "\u06ff"


def subset(family: str, letters: Collection[str]) -> bytes:
    """A font with some letters and no others, as WOFF2: the same bytes each time.

    Args:
        family: ``ARABIC`` or ``CHINESE``.
        letters: those it must have; what the font has not is left out.
    """
    options = Options(flavor="woff2", recalc_timestamp=False, hinting=False, desubroutinize=False, notdef_outline=True)
    options.layout_features = ["*"] if family == ARABIC else []
    options.drop_tables += ["meta"]
    # Whose it is and under which licence stays; its reserved name may not stand on what was changed.
    options.name_IDs = [0, 1, 2, 13, 14]
    options.obfuscate_names = True
    stream = io.BytesIO()
    with load_font(str(FILES[family]()), options, lazy=True) as font:
        subsetter = Subsetter(options)
        subsetter.populate(text="".join(sorted(letters)))
        subsetter.subset(font)
        save_font(font, stream, options)
    return stream.getvalue()
