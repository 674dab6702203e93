"""What the DAGs meet in production, each a process of its own on this machine: Spark's master and workers, S3, a model server."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import threading
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

JAR = Path(os.environ["SIGHTMILL_JAR"])
HOME = JAR.parent  # where 'sightmill setup' and 'mvn verify' leave Spark, natives and the S3 server
JAVA = str(Path(os.environ["JAVA_HOME"]) / "bin" / "java") if "JAVA_HOME" in os.environ else "java"
SHORT = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"]
KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def answer_of(url: str, method: str = "GET") -> bytes:
    with urllib.request.urlopen(urllib.request.Request(url, method=method), timeout=20) as answer:
        return answer.read()


def await_answer(url: str, what: str, log: Path, method: str = "GET", seconds: float = 300) -> bytes:
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        try:
            return answer_of(url, method)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.3)
    raise AssertionError(f"no {what} came up:\n{log.read_text()[-3000:]}")


class Started:
    """A Java process with its log."""

    def __init__(self, log: Path, *arguments: str):
        self.log = log
        environment = os.environ | KEYS | {
            "SPARK_HOME": str(HOME / "spark"),
            "SPARK_SCALA_VERSION": "2.13",
            "SPARK_LOCAL_IP": "127.0.0.1",
        }
        with log.open("w") as out:
            self.process = subprocess.Popen([JAVA, *SHORT, *arguments], env=environment, stdout=out, stderr=subprocess.STDOUT)

    def children(self) -> list[int]:
        task = Path(f"/proc/{self.process.pid}/task")
        return [int(pid) for thread in task.iterdir() for pid in (thread / "children").read_text().split()]

    def kill(self) -> None:
        """It and what it started, at once."""
        if self.process.poll() is None:
            for pid in self.children():
                os.kill(pid, 9)
            self.process.kill()
        self.process.wait()


class S3:
    """A server with the bucket ``mill``."""

    def __init__(self, folder: Path, stack: ExitStack):
        self.port = free_port()
        jars = sorted((HOME / "s3mock").glob("s3mock-*.jar"))
        assert jars, f"{HOME / 's3mock'} holds no S3 server; 'mvn verify' brings it"
        log = folder / "s3.log"
        server = Started(
            log,
            "-Xmx384m",
            "-jar",
            str(jars[-1]),
            "--server.port=0",
            "--spring.main.lazy-initialization=true",  # half of its start
            f"--com.adobe.testing.s3mock.http-port={self.port}",
        )
        stack.callback(server.kill)
        await_answer(f"{self.url}/mill", "S3 server", log, method="PUT")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def read(self, key: str) -> bytes:
        return answer_of(f"{self.url}/mill/{key}")

    def has(self, key: str) -> bool:
        try:
            answer_of(f"{self.url}/mill/{key}", "HEAD")
            return True
        except urllib.error.HTTPError as error:
            if error.code == 404:
                return False
            raise

    def settings(self) -> str:
        """Spark's, beyond those of conf/spark/s3.conf."""
        return (
            f"spark.hadoop.fs.s3a.endpoint {self.url}\n"
            "spark.hadoop.fs.s3a.endpoint.region us-east-1\n"
            "spark.hadoop.fs.s3a.path.style.access true\n"
        )


class Cluster:
    """A standalone master and workers of one core."""

    def __init__(self, folder: Path, workers: int, stack: ExitStack):
        options = (HOME / "jvm.options").read_text().split()
        spark = ["-Xmx384m", *options, "-cp", f"{HOME}/spark/jars/*"]
        self.port, web = free_port(), free_port()
        log = folder / "master.log"
        master = Started(
            log, *spark, "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", str(self.port),
            "--webui-port", str(web),
        )
        stack.callback(master.kill)
        self.status = f"http://127.0.0.1:{web}/json/"
        await_answer(self.status, "master", log)
        self.workers = []
        for number in range(workers):
            worker = Started(
                folder / f"worker-{number}.log", *spark, "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1",
                "--webui-port", "0", "--cores", "1", "--memory", "2g", "--work-dir", str(folder / f"work-{number}"), self.url,
            )
            stack.callback(worker.kill)
            self.workers.append(worker)
        limit = time.monotonic() + 300
        while self.alive() < workers:
            assert time.monotonic() < limit, "the workers did not register"
            time.sleep(0.2)

    @property
    def url(self) -> str:
        return f"spark://127.0.0.1:{self.port}"

    def alive(self) -> int:
        return json.loads(answer_of(self.status))["aliveworkers"]


class Reasoner:
    """A model server that always says the same, and counts."""

    def __init__(self, stack: ExitStack):
        self.calls = 0
        lock = threading.Lock()
        reply = json.dumps(
            {
                "id": "c",
                "object": "chat.completion",
                "model": "m",
                "choices": [
                    {
                        "index": 0,
                        "finish_reason": "stop",
                        "message": {"role": "assistant", "content": "<think>\nI count them.\n</think>\n\nAnswer: 3"},
                    }
                ],
                "usage": {"prompt_tokens": 10, "completion_tokens": 5},
            }
        ).encode()
        counter = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                with lock:
                    counter.calls += 1
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(reply)))
                self.end_headers()
                self.wfile.write(reply)

            def log_message(self, *arguments):
                pass  # a line for each call would bury the tests' own

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{server.server_port}/v1"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        stack.callback(server.shutdown)
