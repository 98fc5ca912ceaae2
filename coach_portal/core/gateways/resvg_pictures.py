"""SVG to PNG, without a browser and without the machine's fonts: a Lambda has none."""

from functools import cache

import font_source_sans_pro as sans
import font_source_serif_pro as serif
import resvg_py


class ResvgPictures:
    """Renders with resvg and the fonts of our packages."""

    def png(self, svg: str) -> bytes:
        """The drawing as PNG, at its own size."""
        # Text in a family that was not given would be missing without a word: every generic family is one of ours.
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=svg,
                skip_system_fonts=True,
                font_files=_font_files(),
                font_family="Source Sans Pro",
                sans_serif_family="Source Sans Pro",
                serif_family="Source Serif Pro",
                monospace_family="Source Sans Pro",
            )
        )


@cache
def _font_files() -> list[str]:
    wanted = (
        (sans.font_files_ttf, "SourceSansPro"),
        (sans.font_files_ttf, "SourceSansProSemibold"),
        (serif.font_files_ttf, "SourceSerifPro"),
    )
    return [files[name] for files, name in wanted]
