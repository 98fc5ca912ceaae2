"""A mail server that says what a test wrote down (RFC 5321), on this machine."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class MailServer:
    """What it answers to each command, where not plainly yes, and what it took in. `""` hangs up without a word."""

    port: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)


class _Conversation(socketserver.StreamRequestHandler):
    timeout = 5
    server: "_Server"

    def handle(self) -> None:
        """Greet, then answer command after command until one side hangs up."""
        mine = self.server.mine
        if not self._say(mine.answers.get("greeting", "220 ready")):
            return
        while line := self.rfile.readline().decode().strip():
            word = line.split()[0].upper()
            mine.commands.append(word)
            if not self._say(mine.answers.get(word, self._usual(word))):
                return
            if word == "RCPT":
                mine.recipients.append(line.partition("<")[2].partition(">")[0])
            if word == "DATA" and "DATA" not in mine.answers and not self._take():
                return
            if word == "QUIT":
                return

    def _usual(self, word: str) -> str:
        return {
            "DATA": "354 go on",
            "QUIT": "221 bye",
            "AUTH": "235 welcome",
            "EHLO": "250-here\r\n250 AUTH PLAIN",
        }.get(word, "250 ok")

    def _take(self) -> bool:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        answer = self.server.mine.answers.get("taken", "250 taken")
        if answer.startswith("250") or not answer:
            self.server.mine.letters.append(message_from_bytes(b"".join(lines), policy=policy.default))  # type: ignore[arg-type]
        return self._say(answer)

    def _say(self, answer: str) -> bool:
        if answer:
            self.wfile.write(answer.encode() + b"\r\n")
        return bool(answer)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True
    mine: MailServer


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """One that runs until the block ends."""
    with _Server(("127.0.0.1", 0), _Conversation) as server:
        server.mine = MailServer(int(server.server_address[1]))
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server.mine
        server.shutdown()
        thread.join()
