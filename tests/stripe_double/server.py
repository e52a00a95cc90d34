"""HTTP around the double: `/v1/` is the API, `/_double/` the control API, the rest the browser's script and frames."""

import socket
import struct
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import urlsplit

from tests.stripe_double import control, pages
from tests.stripe_double.double import Answer, Double, Request

# What a browser needs to read answers of another origin; the API is called with a key, never with cookies.
CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key, Stripe-Version",
    "Access-Control-Expose-Headers": "Request-Id",
    "Access-Control-Max-Age": "300",
}


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], double: Double) -> None:
        super().__init__(address, Handler)
        self.double = double
        double.base = f"http://{address[0]}:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that left is no error of ours; everything else is shown."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "stripe-double"
    sys_version = ""
    disable_nagle_algorithm: ClassVar[bool] = True

    def do_GET(self) -> None:
        self.respond()

    def do_POST(self) -> None:
        self.respond()

    def do_DELETE(self) -> None:
        self.respond()

    def do_OPTIONS(self) -> None:
        self.send(Answer(204, b"", dict(CORS) if self.path.startswith("/v1/") else {}))

    def respond(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, self.path, headers, self.rfile.read(length))
        path = urlsplit(self.path).path
        double = self.server.double
        if path.startswith("/v1/"):
            answer = double.answer(request)
            answer.headers |= CORS
            # A browser silently sends again what a kept connection lost, and the fault of a cut one would go unseen.
            if "origin" in headers:
                answer.headers["Connection"] = "close"
        else:
            answer = pages.answer(path) or control.answer(double, request)
        self.send(answer)

    def send(self, answer: Answer) -> None:
        if answer.cut:
            self.cut()
            return
        self.send_response(answer.status)
        for name, value in ({"Content-Type": "application/json"} | answer.headers).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def cut(self) -> None:
        """Ends the connection at once, so that the other side sees it reset."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Calls are listed by the control API."""
