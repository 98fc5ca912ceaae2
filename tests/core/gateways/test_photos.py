"""Photos made anew: the picture stays, and nothing else of the file."""

import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image

from coach_portal.core.errors import PhotoError
from coach_portal.core.gateways.wiring import photo_maker
from coach_portal.core.rules.photos import SHOWN, SMALL
from tests.photos import opened, photo, taken_somewhere


def anew(content: bytes):
    """The photo, made anew."""
    return photo_maker().anew(content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_what_phones_send_becomes_a_jpeg(kind: str) -> None:
    made = anew(photo(kind=kind))
    assert (opened(made.full).format, opened(made.full).size) == ("JPEG", (640, 480))
    assert (made.width, made.height) == (640, 480)


def test_it_tells_neither_where_nor_by_which_camera_it_was_taken() -> None:
    made = anew(taken_somewhere())
    for content in (made.full, made.small):
        assert not opened(content).getexif()
        assert b"camera" not in content
        assert set(opened(content).info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        }


def test_one_that_lies_on_its_side_is_turned_upright() -> None:
    made = anew(taken_somewhere())
    assert opened(made.full).size == (480, 640)
    top, bottom = (opened(made.full).convert("RGB").getpixel((240, y)) for y in (20, 620))
    assert (top[0] > top[2], bottom[0] < bottom[2]) == (True, True)


def test_a_large_one_is_kept_at_the_size_it_is_shown() -> None:
    made = anew(photo((4000, 3000)))
    assert max(opened(made.full).size) == SHOWN
    assert max(opened(made.small).size) == SMALL


def test_what_shows_through_lies_on_paper() -> None:
    clear = BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(clear, "PNG")
    assert opened(anew(clear.getvalue()).full).convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def test_what_hides_behind_a_picture_is_left_behind() -> None:
    made = anew(photo() + b"<script>alert(1)</script>PK\x03\x04")
    assert b"script" not in made.full


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", photo()[:200], b"\xff\xd8\xff\xe0"],
    ids=["nothing", "words", "drawing", "paper", "half", "head"],
)
def test_what_is_no_photo_is_refused(content: bytes) -> None:
    with pytest.raises(PhotoError) as refused:
        anew(content)
    assert refused.value.permanent


def test_a_small_file_that_holds_a_vast_picture_is_not_opened() -> None:
    with pytest.raises(PhotoError):
        anew(_vast_png(60_000, 60_000))


def _vast_png(width: int, height: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )
