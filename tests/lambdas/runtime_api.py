"""One Lambda environment on this machine: AWS's runtime client in a process, and the API it asks for work.

The API is that of "Lambda runtime API", AWS Lambda developer guide: next, response, error, init/error.
"""

import json
import os
import queue
import subprocess
import threading
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import uuid4

from infra.aws.packages import archive, contents, wheels
from infra.aws.packages.build import find_python
from infra.aws.runtimes import LambdaRuntime

RUNTIME_CLIENT = ("awslambdaric", "simplejson", "snapshot-restore-py")
BOTO3 = ("boto3", "botocore", "jmespath", "python-dateutil", "s3transfer", "six", "urllib3")
"""Lambda's Python runtimes have it, so our packages do not."""
PATIENCE = 60.0
NOBODYS = "arn:aws:lambda:us-east-1:123456789012:function:"


class Died(Exception):
    """The process ended, or said nothing in time."""


class FunctionError(Exception):
    """The handler raised; holds what the runtime client reported."""


def runtime_client(runtime: LambdaRuntime, out: Path) -> Path:
    """A folder that holds what Lambda brings itself: AWS's runtime client and boto3."""
    folder = out / "ric" / runtime.name
    if not folder.exists():
        for wheel in wheels.fetch([*RUNTIME_CLIENT, *BOTO3], runtime, out / "wheels"):
            contents.unpack(wheel, folder)
        archive.compile_all(folder, find_python(runtime))
    return folder.resolve()


class Environment:
    """One execution environment: it takes one event at a time. `task` is the folder of an unpacked zip."""

    def __init__(self, task: Path, handler: str, settings: Mapping[str, str], *, python: Path, client: Path) -> None:
        self._asked: queue.Queue[tuple[str, Any]] = queue.Queue()
        self._answers: queue.Queue[tuple[str, bytes]] = queue.Queue()
        self._ready = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        self.log = task.parent / f"{task.name}.log"
        env = {
            **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
            **settings,
            "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{self._server.server_port}",
            "AWS_LAMBDA_FUNCTION_NAME": handler.split(".")[1],
            "_HANDLER": handler,
            "LAMBDA_TASK_ROOT": str(task),
            "PYTHONPATH": f"{task}:{client}",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        began = time.perf_counter()
        command = [str(python), "-m", "awslambdaric", handler]
        self._writing = self.log.open("ab")
        self.process = subprocess.Popen(command, cwd=task, env=env, stdout=self._writing, stderr=subprocess.STDOUT)
        self._wait(self._ready)
        self.init_seconds = time.perf_counter() - began

    def invoke(self, event: Any) -> Any:
        """Hand over an event; answers what the handler returned. Raises FunctionError, or Died."""
        self._asked.put((uuid4().hex, event))
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                kind, said = self._answers.get(timeout=0.05)
            except queue.Empty:
                if self.process.poll() is not None:
                    break
                continue
            answer = json.loads(said or b"null")
            if kind != "response":
                raise FunctionError(answer)
            return answer
        raise Died(self.log.read_text()[-800:])

    @property
    def peak_memory(self) -> float:
        """The most memory it held, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) / 1024

    def kill(self) -> None:
        """kill -9."""
        self.process.kill()
        self.close()

    def close(self) -> None:
        """End it."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self._server.shutdown()
        self._server.server_close()
        self._writing.close()

    def _wait(self, event: threading.Event) -> None:
        until = time.monotonic() + PATIENCE
        while not event.wait(0.005):
            if self.process.poll() is not None or time.monotonic() > until:
                self.close()
                raise Died(self.log.read_text()[-1500:])

    def _next(self) -> tuple[str, Any]:
        self._ready.set()
        return self._asked.get()

    def _take(self, kind: str, body: bytes) -> None:
        self._answers.put((kind, body))
        if kind == "init":
            self._ready.set()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A process that was killed hangs up."""


def _handler(environment: Environment) -> type[BaseHTTPRequestHandler]:
    class Api(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            request_id, event = environment._next()
            deadline = str(int((time.time() + 60) * 1000))
            headers = {
                "Lambda-Runtime-Aws-Request-Id": request_id,
                "Lambda-Runtime-Deadline-Ms": deadline,
                "Lambda-Runtime-Invoked-Function-Arn": NOBODYS + "here",
            }
            self._answer(200, json.dumps(event).encode(), headers)

        def do_POST(self) -> None:
            body = self._body()
            kind = "init" if self.path.endswith("init/error") else self.path.rpartition("/")[2]
            self._answer(202, b"{}", {})
            environment._take(kind, body)

        def _body(self) -> bytes:
            if "chunked" not in self.headers.get("Transfer-Encoding", ""):
                return self.rfile.read(int(self.headers.get("Content-Length") or 0))
            parts = []
            while size := int(self.rfile.readline(), 16):
                parts.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(parts)

        def _answer(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
            self.send_response(status)
            for name, value in {
                "Content-Type": "application/json",
                "Content-Length": str(len(body)),
                **headers,
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    return Api
