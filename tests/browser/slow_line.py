"""A line to the shop over which a page comes in pieces, as over a bad mobile network."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import Request, urlopen

PAUSE = 0.4
"""Seconds between two pieces: long enough for a browser to draw what it has."""


@contextmanager
def slow_line(shop: str, *cuts: str) -> Iterator[str]:
    """The address at which `shop` answers, each page with a pause behind each of `cuts`."""

    class Line(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with urlopen(Request(shop + self.path, headers={"Host": self.headers["Host"]})) as answer:
                body, kind = answer.read(), answer.headers["Content-Type"]
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            for piece in pieces(body, cuts) if kind.startswith("text/html") else [body]:
                self.wfile.write(piece)
                self.wfile.flush()
                time.sleep(PAUSE if piece is not body else 0)

        def log_message(self, *_words: object) -> None:
            """Nothing: the test speaks."""

    class Server(ThreadingHTTPServer):
        request_queue_size = 128  # a browser asks for much at once

    with Server(("127.0.0.1", 0), Line) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def pieces(body: bytes, cuts: tuple[str, ...]) -> Iterator[bytes]:
    """`body`, cut behind the first of each of `cuts`, which come in this order."""
    at = 0
    for cut in cuts:
        end = body.index(cut.encode(), at) + len(cut.encode())
        yield body[at:end]
        at = end
    yield body[at:]
