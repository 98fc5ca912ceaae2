"""Photos as phones send them, drawn here."""

from io import BytesIO

from PIL import Image

RED, BLUE = (200, 30, 30), (30, 30, 200)


def photo(size: tuple[int, int] = (640, 480), kind: str = "JPEG", **more: object) -> bytes:
    """A photo: red on the left, blue on the right."""
    drawn = Image.new("RGB", size, RED)
    drawn.paste(BLUE, (size[0] // 2, 0, *size))
    written = BytesIO()
    drawn.save(written, kind, **more)
    return written.getvalue()


def taken_somewhere() -> bytes:
    """A photo that tells where it was taken, by which camera, and that it lies on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn it a quarter to the right
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[1] = "N"
    return photo(exif=exif)


def opened(content: bytes) -> Image.Image:
    """A photo, to be looked at."""
    return Image.open(BytesIO(content))
