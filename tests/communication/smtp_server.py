"""A mail server on a free port that remembers what it took, and misbehaves where it is told to."""

import socket
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Event, Thread
from typing import BinaryIO

HANG, CUT = "hang", "cut"
USUAL = {"EHLO": "250 localhost", "MAIL": "250 ok", "RCPT": "250 ok", "DATA": "354 go on", "QUIT": "221 bye"}


@dataclass(frozen=True)
class Arrived:
    sender: str
    to: str
    raw: bytes

    @property
    def mail(self) -> EmailMessage:
        parsed = message_from_bytes(self.raw, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        return parsed


@dataclass
class MailServer:
    """`faults` by stage (GREETING, EHLO, MAIL, RCPT, DATA, CONTENT): HANG, CUT, or what to answer instead.

    Nobody is greeted before a `crowd` has come.
    A mail whose content was read has `arrived` when the answer is 250; with `keeps` it has, whatever the answer.
    """

    faults: dict[str, str] = field(default_factory=dict)
    keeps: bool = False
    arrived: list[Arrived] = field(default_factory=list)
    reached: dict[str, Event] = field(default_factory=lambda: defaultdict(Event))
    visits: int = 0
    crowd: int = 0
    port: int = 0
    closing: Event = field(default_factory=Event)

    def open(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self.listener.getsockname()[1]
        Thread(target=self._accept, args=(self.listener,), daemon=True).start()

    def close(self) -> None:
        """Nobody listens on the port any more, and nobody is kept waiting."""
        self.closing.set()
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def is_well(self) -> None:
        self.faults, self.keeps = {}, False
        self.reached.clear()

    def _accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                connection, _address = listener.accept()
                self.visits += 1
                Thread(target=self._converse, args=(connection,), daemon=True).start()

    def _converse(self, connection: socket.socket) -> None:
        while self.visits < self.crowd and not self.closing.wait(0.01):
            pass
        with connection, connection.makefile("rwb") as stream, suppress(OSError):
            if not self._answer(stream, "GREETING", "220 localhost"):
                return
            sender = to = ""
            for line in iter(stream.readline, b""):
                verb, _space, rest = line.decode().strip().partition(" ")
                verb = verb.upper()
                sender, to = (rest if verb == "MAIL" else sender), (rest if verb == "RCPT" else to)
                if not self._answer(stream, verb, USUAL.get(verb, "250 ok")) or verb == "QUIT":
                    return
                if verb == "DATA" and "DATA" not in self.faults and not self._take(stream, sender, to):
                    return

    def _take(self, stream: BinaryIO, sender: str, to: str) -> bool:
        raw = b"".join(line.removeprefix(b".") for line in iter(stream.readline, b".\r\n"))
        fault = self.faults.get("CONTENT", "250 taken")
        if raw and (self.keeps or fault.startswith("250")):
            self.arrived.append(Arrived(sender, to, raw))
        return self._answer(stream, "CONTENT", "250 taken")

    def _answer(self, stream: BinaryIO, stage: str, usual: str) -> bool:
        answer = self.faults.get(stage, usual)
        self.reached[stage].set()
        if answer == HANG:
            self.closing.wait(60)
        if answer in (HANG, CUT):
            return False
        stream.write(f"{answer}\r\n".encode())
        stream.flush()
        return True


@contextmanager
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    server.open()
    try:
        yield server
    finally:
        server.close()
