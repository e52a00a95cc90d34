"""What a visitor's browser notices by itself: errors, what the security policy stopped, what failed to load."""

from playwright.sync_api import ConsoleMessage, Page, Response

NOTICE_SHIFTS = """
window.shifts = 0;
window.shifted = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) {
    window.shifts += entry.value;
    for (const { node, previousRect: from, currentRect: to } of entry.sources)
      window.shifted.push(`${node?.outerHTML?.slice(0, 80) ?? node?.textContent} ${from.x},${from.y},${from.width}x${from.height} to ${to.x},${to.y},${to.width}x${to.height}`);
  }
}).observe({ type: "layout-shift", buffered: true });
"""


class Watch:
    """Collects errors of a page. A page that says "not found" is a page; a picture or script that is not is an error."""

    def __init__(self, page: Page) -> None:
        self.errors: list[str] = []
        self._pages_not_found: set[str] = set()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("response", self._answered)
        page.on("console", self._said)

    def _answered(self, response: Response) -> None:
        if response.status < 400:
            return
        if response.status == 404 and response.request.is_navigation_request():
            self._pages_not_found.add(response.url)
        else:
            self.errors.append(f"{response.status} {response.url}")

    def _said(self, message: ConsoleMessage) -> None:
        """Errors of the console; among them is whatever breaks the content security policy. That a newer request, or
        leaving the page, has cut one short is none, though htmx notes it so."""
        if message.text.startswith(("htmx:afterRequest", "htmx:sendAbort")):
            return
        if message.type == "error" and message.location.get("url") not in self._pages_not_found:
            self.errors.append(message.text)
