"""A new master key for all case keys, while everything runs."""

from dataclasses import dataclass, replace
from pathlib import Path

from engine.store.keys import KeyStore
from engine.store.master_key import load_master_key, save_master_key, with_new_wrapping_key
from engine.store.vault import Vault


@dataclass(frozen=True)
class Rotated:
    """What a rotation did: the id of the key that wraps now, how many case keys it wrapped anew, and the ids of
    retired keys that no case key hangs on any more and that left the file."""

    current: str
    rewrapped: int
    dropped: tuple[str, ...]


def rotate(path: Path, keys: KeyStore) -> Rotated:
    """Puts a fresh wrapping key into the key file and wraps every case key with it.

    The key retired now stays in the file until the next rotation: a process that is just making a case key may still
    use it. The keyed hashes, and so the chains and the person index, do not change.
    """
    before = load_master_key(path)
    after = with_new_wrapping_key(before)
    save_master_key(path, after, replace=True)
    vault = Vault(after, keys)
    rewrapped = sum(vault.rewrap(old) for old in before.wrapping)
    used = keys.counts()
    dropped = tuple(old for old in before.wrapping if old != before.current and not used.get(old))
    if dropped:
        kept = {name: key for name, key in after.wrapping.items() if name not in dropped}
        save_master_key(path, replace(after, wrapping=kept), replace=True)
    return Rotated(after.current, rewrapped, dropped)
