"""What the person who starts Masar is told: the address, and how to sign in to the demo."""

from engine.settings import Settings

LOGINS = "demo-logins.txt"


def keep_logins(settings: Settings, told: str) -> None:
    """Keeps the logins of the demo in a file that only its owner reads."""
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = settings.home / LOGINS
    file.touch(mode=0o600)
    file.write_text(told, "utf-8")


def welcome(settings: Settings) -> str:
    """The address, and the logins of the demo where there is one."""
    file = settings.home / LOGINS
    told = file.read_text("utf-8") if file.exists() else ""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"\n  http://{host}:{settings.port}\n{told}"
