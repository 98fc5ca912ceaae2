"""What a page did while it was opened: whom it asked, what it complained of, and what it weighed on the wire."""

from dataclasses import dataclass, field

from playwright.sync_api import Page

HEAVIEST = 150_000
"""Bytes on the wire at a first visit, at most: all that the page asks for, with nothing kept from before."""


@dataclass
class Watch:
    """Watches one tab, in which nothing is kept from page to page, so that each visit is a first one."""

    page: Page
    home: str
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    weight: int = 0

    def __post_init__(self) -> None:
        """Begin to watch."""
        wire = self.page.context.new_cdp_session(self.page)
        wire.send("Network.enable")
        wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
        wire.on("Network.loadingFinished", self._weigh)
        self.page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda asked: None if self._is_home(asked.url) else self.elsewhere.append(asked.url))

    def open(self, path: str) -> int:
        """Open a page as if for the first time; answers its HTTP status."""
        self.elsewhere, self.complaints, self.weight = [], [], 0
        answer = self.page.goto(path)
        self.page.evaluate("document.fonts.ready")
        return answer.status if answer else 0

    def wrong(self) -> list[str]:
        """What should not have been."""
        heavy = [f"{self.weight} bytes at first visit"] if self.weight > HEAVIEST else []
        return [*(f"asked {url}" for url in self.elsewhere), *self.complaints, *heavy]

    def _weigh(self, finished: dict[str, float]) -> None:
        self.weight += int(finished["encodedDataLength"])

    def _is_home(self, url: str) -> bool:
        return url.startswith((self.home, "data:"))
