"""`./run offline [ARCHIVE]`: installs the archive and starts Masar with the network taken away.

With `unshare` (Linux, root or user namespaces) the processes have no network but their own loopback; without it,
every proxy leads nowhere and pip may ask no index, which is weaker and said so. Makes the archive first when none is
named. Takes minutes, so that it is no part of the suite."""

import fcntl
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import tarfile
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INSIDE = "--inside"
NAMESPACES: tuple[tuple[str, ...], ...] = (("unshare", "-n"), ("unshare", "-rn"))
_SIOCGIFFLAGS, _SIOCSIFFLAGS, _UP = 0x8913, 0x8914, 1
# Nothing but Python and a shell, and ways out that lead nowhere.
BARE = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}


def main() -> int:
    """Runs the outer part, which prepares, or the inner part, which has no network."""
    if sys.argv[1:2] == [INSIDE]:
        return inside(Path(sys.argv[2]), Path(sys.argv[3]))
    with tempfile.TemporaryDirectory() as scratch:
        given = Path(sys.argv[1]) if sys.argv[1:] else _made(Path(scratch))
        with tarfile.open(given) as archive:
            archive.extractall(scratch, filter="data")
        unpacked = next(path for path in Path(scratch).iterdir() if path.is_dir() and (path / "install.sh").exists())
        namespace = next((way for way in NAMESPACES if not _fails([*way, "true"])), ())
        print(f"Network: {'taken away by ' + ' '.join(namespace) if namespace else 'proxies to nowhere only'}")
        command = [*namespace, sys.executable, "-m", "tests.campaigns.offline", INSIDE, str(unpacked), scratch]
        return subprocess.run(command, cwd=ROOT).returncode


def inside(unpacked: Path, scratch: Path) -> int:
    """Installs and starts, step by step; returns 0 when every step held."""
    _loopback_up()
    assert _no_way_out(), "there is a network"
    prefix, home = scratch / "opt", scratch / "home"
    home.mkdir()
    bare = BARE | {"HOME": str(home), "MASAR_HOME": str(home / "var")}
    _step("install", [str(unpacked / "install.sh"), str(prefix)], bare)
    _step("install again", [str(unpacked / "install.sh"), str(prefix)], bare)
    run = str(prefix / "current" / "run")
    _step("set up with the demo", [run, "set-up"], bare)
    _step("check the shipped content", [run, "check", str(prefix / "current" / "processes")], bare)
    scaled = ["scale-up", "--no-demo", "--web=1", "--workers=1"]
    for name, command in (("SQLite", ["up"]), ("embedded PostgreSQL", scaled)):
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        _serves(name, [run, *command], bare | {"PORT": str(port), "WEB_PROCESSES": "1"}, port)
    changed = unpacked / "docs" / "operate.md"
    changed.write_bytes(changed.read_bytes() + b"\n")
    again = [str(unpacked / "install.sh"), str(scratch / "other")]
    refused = subprocess.run(again, env=bare, capture_output=True, text=True)
    assert refused.returncode and "not what was packed" in refused.stderr, refused.stderr
    print("ok: a changed file is refused")
    return 0


def _made(folder: Path) -> Path:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    subprocess.run([sys.executable, "-m", "packing", str(folder / "dist"), "--python", version], cwd=ROOT, check=True)
    return next((folder / "dist").glob("*.tar.gz"))


def _step(name: str, command: list[str], environment: dict[str, str]) -> None:
    began = time.monotonic()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd="/")
    assert done.returncode == 0, f"{name}: {done.stdout[-2_000:]}{done.stderr[-2_000:]}"
    print(f"ok: {name} ({time.monotonic() - began:.1f} s)")


def _serves(name: str, command: list[str], environment: dict[str, str], port: int) -> None:
    began = time.monotonic()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd="/")
    try:
        while time.monotonic() - began < 120 and process.poll() is None:
            if all(_status(port, page) == 200 for page in ("/sign-in", "/report")):
                print(f"ok: serves on {name} after {time.monotonic() - began:.1f} s")
                break
            time.sleep(0.1)
        else:
            process.kill()
            raise AssertionError(f"{name}: no page: {(process.communicate()[0] or b'')[-3_000:].decode()}")
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0, f"{name}: did not stop clean"
    finally:
        process.kill()


def _status(port: int, page: str) -> int:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"http://127.0.0.1:{port}{page}", timeout=10) as answer:
            return int(answer.status)
    except (OSError, urllib.error.URLError):
        return 0


def _fails(command: list[str]) -> bool:
    return shutil.which(command[0]) is None or subprocess.run(command, capture_output=True).returncode != 0


def _loopback_up() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ask:
        flags = struct.unpack("16sh", fcntl.ioctl(ask, _SIOCGIFFLAGS, struct.pack("16sh", b"lo", 0)))[1]
        if not flags & _UP:
            fcntl.ioctl(ask, _SIOCSIFFLAGS, struct.pack("16sh", b"lo", flags | _UP))


def _no_way_out() -> bool:
    """Whether nothing outside can be reached (in a namespace), or was at least not offered to anybody."""
    if os.listdir("/sys/class/net") != ["lo"] and len(Path("/proc/net/dev").read_text().splitlines()) > 3:
        return True
    try:
        socket.create_connection(("192.0.2.1", 80), timeout=2).close()
    except OSError:
        return True
    return False


if __name__ == "__main__":
    sys.exit(main())
