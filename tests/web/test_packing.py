"""Pages and stylesheets travel packed to whoever can unpack them."""

import gzip

PACKS = {"Accept-Encoding": "gzip, deflate"}


def test_a_page_is_packed_for_a_browser_and_plain_for_who_asks_plainly(alice):
    packed, plain = alice.ask("GET", "/practice", headers=PACKS), alice.ask("GET", "/practice")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert "<h1" in gzip.decompress(packed.data).decode()
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_bootstrap_travels_in_a_sixth_of_its_size(app, visitor):
    with app.test_request_context():
        path = "/bootstrap/static/css/bootstrap.min.css"
    packed = visitor.ask("GET", path, headers=PACKS)
    assert packed.status_code == 200
    assert len(packed.data) < 40_000
    assert len(gzip.decompress(packed.data)) > 200_000


def test_what_has_not_changed_is_still_not_sent_again(visitor):
    first = visitor.ask("GET", "/static/portal.css", headers=PACKS)
    again = visitor.ask("GET", "/static/portal.css", headers=PACKS | {"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_a_photo_is_not_packed_twice(alice):
    assert "Content-Encoding" not in alice.ask("GET", "/static/fonts/sans-400.woff2", headers=PACKS).headers
