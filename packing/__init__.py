"""One archive that installs Masar where there is no network: wheels of the lock file, our own, content, docs."""
