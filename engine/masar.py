"""One running Masar: settings, database, vault, library of definitions and clock, put together once per process."""

from dataclasses import dataclass, field

from engine.clock import Clock, system_clock
from engine.library import Library
from engine.settings import Settings, load_settings
from engine.stands import Memory
from engine.store.database import Database
from engine.store.vault import Vault, open_vault


@dataclass(frozen=True)
class Masar:
    """What commands and queries work with; shared by all threads of a process."""

    settings: Settings
    db: Database
    vault: Vault
    library: Library
    clock: Clock
    stands: Memory = field(default_factory=Memory)

    def close(self) -> None:
        """Gives back all connections and forgets all keys."""
        self.vault.close()
        self.db.close()


def open_masar(settings: Settings | None = None, clock: Clock = system_clock) -> Masar:
    """Opens the installation that the settings name. Raises KeyTrouble without a master key."""
    settings = settings or load_settings()
    db = Database(settings.database_url, pool_size=settings.web_threads + 1)
    return Masar(settings, db, open_vault(settings, clock), Library(), clock)
