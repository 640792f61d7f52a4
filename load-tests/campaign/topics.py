"""Topics over the Unix socket of a running gateway: one line asks, lines answer."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from judge.events import READ_TOPICS, position_of


class Gone(ConnectionError):
    """The gateway is not there (any more)."""


class Connection:
    def __init__(self, path: Path) -> None:
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            self.socket.connect(str(path))
        except OSError as refused:
            self.socket.close()
            raise Gone(str(refused)) from refused
        self.lines = self.socket.makefile("r", encoding="utf-8", newline="\n")

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def write(self, text: str) -> None:
        try:
            self.socket.sendall(text.encode())
        except OSError as broken:
            raise Gone(str(broken)) from broken

    def read(self) -> str:
        """A line without its end. What was torn by the end of the connection is none."""
        try:
            line = self.lines.readline()
        except (OSError, ValueError) as broken:  # ValueError: close() on another thread
            raise Gone(str(broken)) from broken
        if not line.endswith("\n"):
            raise Gone("closed")
        return line[:-1]

    def end_writing(self) -> None:
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError as broken:
            raise Gone(str(broken)) from broken

    def rest(self) -> Iterator[str]:
        while True:
            try:
                yield self.read()
            except Gone:
                return

    def close(self) -> None:
        try:
            self.socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.lines.close()
        self.socket.close()


def produce_line(topic: str, event: dict) -> str:
    return f"produce {topic} {json.dumps(event, ensure_ascii=False)}\n"


def read_all(path: Path, topic: str) -> list[str]:
    """From the beginning to the end that stands now."""
    with Connection(path) as connection:
        connection.write(f"consume {topic} from=begin until=now\n")
        connection.end_writing()
        return list(connection.rest())


def snapshot(path: Path, folder: Path) -> None:
    """Every public topic, a file each."""
    folder.mkdir(parents=True, exist_ok=True)
    for topic in READ_TOPICS:
        (folder / f"{topic}.lines").write_text("".join(line + "\n" for line in read_all(path, topic)))


class Follower:
    """Follows a topic on a thread of its own, from the beginning or on from where it stood before a restart."""

    def __init__(self, topic: str, partitions: int, on_line: Callable[[str], None]) -> None:
        self.topic = topic
        self.next = [0] * partitions
        self.on_line = on_line
        self.connections: list[Connection] = []
        self.threads: list[threading.Thread] = []

    def start(self, path: Path) -> None:
        if not any(self.next):
            self._follow(path, f"consume {self.topic} from=begin\n")
            return
        lines = [f"consume {self.topic} from={offset} partition={partition}\n"
                 for partition, offset in enumerate(self.next)]
        self._follow(path, "".join(lines))

    def _follow(self, path: Path, request: str) -> None:
        connection = Connection(path)
        connection.write(request)
        thread = threading.Thread(target=self._run, args=(connection,), daemon=True)
        self.connections.append(connection)
        self.threads.append(thread)
        thread.start()

    def _run(self, connection: Connection) -> None:
        for line in connection.rest():
            partition, offset = position_of(json.loads(line))
            self.next[partition] = offset + 1
            self.on_line(line)

    def stop(self) -> None:
        for connection in self.connections:
            connection.close()
        for thread in self.threads:
            thread.join()
        self.connections, self.threads = [], []
