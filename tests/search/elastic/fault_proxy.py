"""A small proxy before the real node, which can be slow, overloaded or gone, for all requests or for some."""

import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Faults:
    """What happens to requests from now on. `only` says which paths are meant."""

    def __init__(self, node: str) -> None:
        self.node = node
        self.url = ""
        self.asked: list[str] = []
        self.heal()

    def heal(self) -> None:
        self.slow, self.status, self.cut = 0.0, 0, False
        self.only: Callable[[str], bool] = lambda path: True

    def hits(self, path: str) -> bool:
        return bool(self.slow or self.status or self.cut) and self.only(path)


@contextmanager
def proxy(node: str) -> Iterator[Faults]:
    """A running proxy before the node."""
    faults = Faults(node)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(faults))
    server.daemon_threads = True
    faults.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield faults
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(faults: Faults) -> type[BaseHTTPRequestHandler]:
    class Handler(_Handler):
        pass

    Handler.faults = faults
    return Handler


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    faults: Faults

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.faults.asked.append(self.path)
        if self.faults.hits(self.path):
            if self.faults.cut:
                self.close_connection = True
                return
            time.sleep(self.faults.slow)
            if self.faults.status:
                self.send(self.faults.status, {"X-Elastic-Product": "Elasticsearch"}, b"{}")
                return
        self.send(*_ask(self.faults.node + self.path, self.command, dict(self.headers), body))

    def send(self, status: int, headers: dict[str, str], content: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if name.lower() in ("content-type", "x-elastic-product"):
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *args: object) -> None:
        return


for _method in ("GET", "POST", "PUT", "DELETE", "HEAD"):
    setattr(_Handler, f"do_{_method}", _Handler.answer)


def _ask(url: str, method: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
    kept = {name: value for name, value in headers.items() if name.lower() in ("accept", "content-type")}
    request = urllib.request.Request(url, data=body or None, method=method, headers=kept)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()
    except OSError:
        return 503, {}, b""
