"""What an installation may set, read from the environment here and nowhere else."""

import ipaddress
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.country_zone import zone_of


class WrongSetting(ValueError):
    """A variable of the environment that cannot be read as what it stands for."""


@dataclass(frozen=True)
class Settings:
    """The settings of one process. Paths are relative to the working directory unless absolute."""

    home: Path = Path("var")
    """MASAR_HOME: where the SQLite files, the master key and uploads lie."""
    database_url: str = ""
    """DATABASE_URL: SQLAlchemy URL; empty means SQLite in `home`."""
    keys_url: str = ""
    """KEYS_URL: the store of wrapped case keys; empty means `home`/keys.db beside SQLite, and the schema
    `masar_keys` of the same database beside PostgreSQL. Production sets another server, backed up on its
    own."""
    master_key_file: Path = Path("var/master.key")
    """MASTER_KEY_FILE: wraps every case key; never in any database."""
    processes: Path = Path("processes")
    """MASAR_PROCESSES: folder of the shipped diagrams, decisions and scenarios."""
    forms: Path = Path("forms")
    """MASAR_FORMS: folder of the shipped forms and lists."""
    country: str = ""
    """MASAR_COUNTRY: name of the folder under `countries` that this installation serves, such as eg; empty means the
    base as it is shipped."""
    host: str = "127.0.0.1"
    """HOST: the address that `serve` listens on."""
    port: int = 8000
    """PORT: the port that `serve` listens on."""
    web_processes: int = 2
    """WEB_PROCESSES: gunicorn workers."""
    web_threads: int = 4
    """WEB_THREADS: threads in each of them; also the size of the database pool."""
    public_url: str = ""
    """PUBLIC_URL: address under which people reach the pages (https://…); cookies are Secure when it is
    https."""
    receiving_unit: str = ""
    """RECEIVING_UNIT: code of the unit that takes the public's reports where no governorate settles it; empty means
    the first unit with people who screen reports."""
    quick_exit_url: str = ""
    """QUICK_EXIT_URL: where the quick exit of the public pages leads; empty means a plain calendar of our own, so
    that no other host learns that somebody left this page."""
    time_zone: str = "Asia/Damascus"
    """TIME_ZONE: in which days begin and end, for people and for working days; empty means that of the country's
    calendar."""
    session_hours: int = 12
    """SESSION_HOURS: how long a sign-in lasts at most, however busy."""
    idle_minutes: int = 15
    """IDLE_MINUTES: after how long without a request people must sign in again."""
    trusted_proxies: int = 0
    """TRUSTED_PROXIES: how many proxies before us write X-Forwarded-For and X-Forwarded-Proto."""
    proxies: str = "127.0.0.1, ::1"
    """PROXIES: addresses or networks of those proxies, with commas between; headers of everybody else are dropped."""
    metrics_token: str = ""
    """METRICS_TOKEN: what a monitor must send to read /metrics (Authorization: Bearer …), 24 characters or more; empty
    means that there is no such page."""
    smtp_url: str = ""
    """SMTP_URL: smtp://user:password@host:port for mail; empty means mail waits."""
    destinations_file: Path | None = None
    """DESTINATIONS_FILE: the engineers' list of mail and webhook destinations (YAML)."""
    worker_poll_seconds: float = 2.0
    """WORKER_POLL_SECONDS: the longest that the worker sleeps between passes."""

    @property
    def is_sqlite(self) -> bool:
        """Whether everything lives in one file on this machine."""
        return self.database_url.startswith("sqlite")

    def proxy_networks(self) -> list[ipaddress.IPv4Network | ipaddress.IPv6Network]:
        """From where proxies are believed; raises WrongSetting."""
        try:
            return [ipaddress.ip_network(part.strip()) for part in self.proxies.split(",") if part.strip()]
        except ValueError as error:
            raise WrongSetting(f"PROXIES is {self.proxies!r}; give addresses or networks, such as 10.0.0.5.") from error


_NAMES = {
    "home": "MASAR_HOME", "database_url": "DATABASE_URL", "keys_url": "KEYS_URL",
    "master_key_file": "MASTER_KEY_FILE", "processes": "MASAR_PROCESSES", "forms": "MASAR_FORMS",
    "country": "MASAR_COUNTRY",
    "host": "HOST", "port": "PORT", "web_processes": "WEB_PROCESSES", "web_threads": "WEB_THREADS",
    "receiving_unit": "RECEIVING_UNIT", "quick_exit_url": "QUICK_EXIT_URL",
    "public_url": "PUBLIC_URL", "time_zone": "TIME_ZONE", "session_hours": "SESSION_HOURS",
    "idle_minutes": "IDLE_MINUTES", "trusted_proxies": "TRUSTED_PROXIES",
    "proxies": "PROXIES", "metrics_token": "METRICS_TOKEN",
    "smtp_url": "SMTP_URL", "destinations_file": "DESTINATIONS_FILE",
    "worker_poll_seconds": "WORKER_POLL_SECONDS",
}
_TYPES = {
    "home": Path, "master_key_file": Path, "processes": Path, "forms": Path, "destinations_file": Path,
    "port": int, "web_processes": int, "web_threads": int, "session_hours": int, "idle_minutes": int,
    "trusted_proxies": int, "worker_poll_seconds": float,
}
_SHORTEST_TOKEN = 24
_RANGES: dict[str, tuple[float, float]] = {
    "port": (1, 65_535), "web_processes": (1, 256), "web_threads": (1, 256), "session_hours": (1, 720),
    "idle_minutes": (1, 1_440), "trusted_proxies": (0, 16), "worker_poll_seconds": (0.01, 3_600),
}


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings that the environment asks for; raises WrongSetting naming the variable that cannot be
    read."""
    environment = os.environ if environment is None else environment
    given: dict[str, object] = {}
    for name, variable in _NAMES.items():
        text = environment.get(variable, "").strip()
        if not text:
            continue
        given[name] = _read(variable, _TYPES.get(name, str), text)
    home = Path(str(given.get("home", Settings.home)))
    url = _with_driver(str(given.get("database_url") or f"sqlite:///{home / 'masar.db'}"))
    given["database_url"] = url
    given["keys_url"] = _with_driver(str(given.get("keys_url") or _default_keys_url(url, home)))
    given.setdefault("master_key_file", home / "master.key")
    if "country" in given and "time_zone" not in given:
        processes, forms = (Path(str(given.get(name, getattr(Settings, name)))) for name in ("processes", "forms"))
        given["time_zone"] = zone_of(processes, forms, str(given["country"])) or Settings.time_zone
    settings = Settings(**given)  # type: ignore[arg-type]
    _refuse_what_cannot_be(settings)
    return settings


def _read(variable: str, kind: Callable[[str], Any], text: str) -> object:
    try:
        return kind(text)
    except ValueError as error:
        raise WrongSetting(f"{variable} is {text!r}; a number is expected.") from error


def _refuse_what_cannot_be(settings: Settings) -> None:
    for name, (least, most) in _RANGES.items():
        if not least <= getattr(settings, name) <= most:
            raise WrongSetting(f"{_NAMES[name]} is {getattr(settings, name)}; give {least} to {most}.")
    for name in ("database_url", "keys_url"):
        if not getattr(settings, name).startswith(("sqlite:///", "postgresql+psycopg://")):
            raise WrongSetting(f"{_NAMES[name]}: give a sqlite:///… or a postgresql+psycopg://… address.")
    settings.proxy_networks()
    if settings.metrics_token and len(settings.metrics_token) < _SHORTEST_TOKEN:
        raise WrongSetting(f"METRICS_TOKEN is too short; give {_SHORTEST_TOKEN} characters or more, drawn at random.")
    try:
        ZoneInfo(settings.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise WrongSetting(f"TIME_ZONE is {settings.time_zone!r}; give a name such as Asia/Damascus.") from error


def _default_keys_url(database_url: str, home: Path) -> str:
    return f"sqlite:///{home / 'keys.db'}" if database_url.startswith("sqlite") else database_url


def _with_driver(url: str) -> str:
    """Providers hand out postgres:// URLs; SQLAlchemy wants the driver named."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url
