"""What tests ask of an answer."""

from html.parser import HTMLParser
from typing import Any


def page(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return bytes(answer.content).decode()


class Inline(HTMLParser):
    """Collects what the content security policy would stop."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        self.found += [f"{tag} {name}" for name in names if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in names):
            self.found.append(tag)
