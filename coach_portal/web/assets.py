"""Make the fonts ready to serve: cut from their PyPI packages to the letters we use, as woff2. Run by `make setup`."""

from importlib.resources import files
from pathlib import Path

from fontTools import subset

FONTS = Path(__file__).parent / "static" / "fonts"
CUTS = {
    "sans-400.woff2": ("font_source_sans_pro", "SourceSansPro-Regular.ttf"),
    "sans-600.woff2": ("font_source_sans_pro", "SourceSansPro-Semibold.ttf"),
    "serif-400.woff2": ("font_source_serif_pro", "SourceSerifPro-Regular.ttf"),
}
# Latin with all its accents, and the punctuation and signs of our pages and of people's texts.
LETTERS = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2040), 0x20AC, 0x2190, 0x2192, 0x2212, 0x00D7]


def main() -> None:
    """Cut every font that is not there yet."""
    FONTS.mkdir(parents=True, exist_ok=True)
    for name, (package, source) in CUTS.items():
        if not (FONTS / name).exists():
            _cut(str(files(package) / "files" / source), FONTS / name)


def _cut(source: str, target: Path) -> None:
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = ["kern", "liga", "mark", "mkmk", "ccmp", "locl", "lnum", "tnum", "pnum"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=LETTERS)
    with subset.load_font(source, options) as font:
        cutter.subset(font)
        subset.save_font(font, str(target), options)


if __name__ == "__main__":
    main()
