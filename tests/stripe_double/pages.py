"""What browsers get: the script, at any of the addresses Stripe.js has (`/v3/`, `/basil/stripe.js`, …), and the pages
of its frames."""

import re
from pathlib import Path

from tests.stripe_double.double import Answer

HERE = Path(__file__).parent / "browser"
SCRIPT = re.compile(r"/(v3/?|[a-z]+/stripe\.js)$")
FILES = {
    "/_double/element": ("element.html", "text/html"),
    "/_double/three_d_secure": ("three_d_secure.html", "text/html"),
    "/_double/element.js": ("element.js", "text/javascript"),
    "/_double/three_d_secure.js": ("three_d_secure.js", "text/javascript"),
    "/_double/frame.css": ("frame.css", "text/css"),
}
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'"


def answer(path: str) -> Answer | None:
    """The file at this path; None if there is none."""
    if SCRIPT.match(path):
        return served("stripe.js", "text/javascript")
    return served(*FILES[path]) if path in FILES else None


def served(name: str, kind: str) -> Answer:
    headers = {
        "Content-Type": f"{kind}; charset=utf-8",
        "Content-Security-Policy": POLICY,
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return Answer(200, (HERE / name).read_bytes(), headers)
