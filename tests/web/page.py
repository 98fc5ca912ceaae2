"""A page as a test reads it, and what every page must be."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from werkzeug.test import TestResponse

VOID = {"input", "meta", "link", "br", "img", "hr", "source", "use", "path", "circle", "rect", "option"}
LABELLED = {"input", "select", "textarea"}


@dataclass
class Element:
    """A tag with its attributes."""

    tag: str
    attributes: dict[str, str]
    inside: list[str] = field(default_factory=list)


class Page(HTMLParser):
    """The tags of a page, its words, and its forms."""

    def __init__(self, html: str):
        super().__init__()
        self.html = html
        self.elements: list[Element] = []
        self.words: list[str] = []
        self._open: list[Element] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        """Note a tag, and which tags it is inside of."""
        element = Element(tag, {name: value or "" for name, value in attrs}, [outer.tag for outer in self._open])
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag, attrs):
        """Note a tag that closes itself."""
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag):
        """Leave a tag."""
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place].tag == tag:
                del self._open[place:]
                return

    def handle_data(self, data):
        """Keep the words."""
        self.words.append(data)

    @property
    def text(self) -> str:
        """All words, spaced evenly."""
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Every such tag."""
        return [
            element
            for element in self.elements
            if element.tag == tag and all(element.attributes.get(name) == want for name, want in attributes.items())
        ]


def look_at(html: str) -> Page:
    """Read a page and see that it is well made."""
    page = Page(html)
    assert len(page.all("title")) == 1, "one title"
    assert len(page.all("h1")) == 1, "one h1"
    assert page.all("html", lang="en"), "its language"
    ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids)), f"the same id twice: {sorted(name for name in ids if ids.count(name) > 1)}"
    _nothing_inline(page)
    _nothing_from_elsewhere(page)
    _labelled(page, ids)
    _guarded(page)
    return page


def _nothing_inline(page: Page) -> None:
    for element in page.elements:
        handlers = [name for name in element.attributes if name.startswith("on") or name == "style"]
        assert not handlers, f"inline {handlers} on {element.tag}"
        assert element.tag != "style", "an inline stylesheet"
        assert element.tag != "script" or "src" in element.attributes, "an inline script"


def _nothing_from_elsewhere(page: Page) -> None:
    for element in page.elements:
        for name in ("src", "href", "action", "formaction"):
            address = element.attributes.get(name, "")
            assert not address.startswith(("http:", "https:", "//", "javascript:")), address


def _labelled(page: Page, ids: list[str]) -> None:
    labels = {label.attributes.get("for") for label in page.all("label")}
    for element in page.elements:
        if element.tag not in LABELLED or element.attributes.get("type") == "hidden":
            continue
        has_label = element.attributes.get("id") in labels or "label" in element.inside
        assert has_label or "aria-label" in element.attributes, f"no label for {element.attributes}"
        for described in element.attributes.get("aria-describedby", "").split():
            assert described in ids, f"nothing has the id {described}"


def _guarded(page: Page) -> None:
    posting = [form for form in page.all("form") if form.attributes.get("method", "").lower() == "post"]
    tokens = page.all("input", name="csrf_token")
    assert len(tokens) == len(posting), "every form that changes something carries a token"


def told(answer: TestResponse) -> Page:
    """The page that came back with something to mend, whole and well made."""
    assert answer.status_code == 422
    return look_at(answer.text)
