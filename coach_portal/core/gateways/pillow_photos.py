"""Photos made anew with Pillow: what is kept is drawn by us, pixel by pixel, and carries nothing else of the file.

No place where it was taken, no camera, no second file hidden behind the first; upright, and no larger than shown.
"""

import warnings
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from coach_portal.core.errors import PhotoError
from coach_portal.core.ports import MadePhoto
from coach_portal.core.rules.photos import MOST_PIXELS, SHOWN, SMALL

FORMATS: Final = ("JPEG", "PNG", "GIF", "WEBP")
PAPER: Final = (255, 255, 255)
"""What shows through."""
QUALITY, SMALL_QUALITY = 82, 72
TOO_VAST = (Image.DecompressionBombWarning, Image.DecompressionBombError)
NO_PHOTO = (UnidentifiedImageError, OSError, SyntaxError, ValueError)


class PillowPhotos:
    """Fills `ports.PhotoMaker`."""

    def anew(self, content: bytes) -> MadePhoto:
        """The first picture of the file, as JPEG in two sizes; see `ports.PhotoMaker`."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error", Image.DecompressionBombWarning)
                drawn = _drawn(content)
        except TOO_VAST as error:
            raise PhotoError("too_many_pixels", permanent=True) from error
        except NO_PHOTO as error:
            raise PhotoError("unreadable", permanent=True) from error
        little = drawn.copy()
        little.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS)
        return MadePhoto(_jpeg(drawn, QUALITY), _jpeg(little, SMALL_QUALITY), *drawn.size)


def _drawn(content: bytes) -> Image.Image:
    with Image.open(BytesIO(content), formats=FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise PhotoError("too_many_pixels", permanent=True)
        opened.draft("RGB", (SHOWN, SHOWN))  # a large JPEG is read at a fraction of its size
        upright = ImageOps.exif_transpose(opened)
        upright.thumbnail((SHOWN, SHOWN), Image.Resampling.LANCZOS)
        return _opaque(upright)


def _opaque(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    seen = picture.convert("RGBA")
    paper = Image.new("RGB", seen.size, PAPER)
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    written = BytesIO()
    bare = Image.new("RGB", picture.size)  # whatever the file said of itself stays behind
    bare.paste(picture)
    bare.save(written, "JPEG", quality=quality, optimize=True, progressive=True)
    return written.getvalue()
