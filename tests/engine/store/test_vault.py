"""The vault: a key per case, opened only for the case and purpose it sealed, gone for good when destroyed."""

import stat
from dataclasses import replace
from pathlib import Path

import pytest

from engine.clock import StoppedClock
from engine.settings import Settings
from engine.store.keys import KeyStore
from engine.store.master_key import (
    KeyTrouble,
    escrow,
    load_master_key,
    new_master_key,
    open_escrow,
    save_master_key,
    with_new_wrapping_key,
)
from engine.store.vault import Vault, open_vault
from tests import postgres

WORDS = "سلمى تسكن مع جدتها ".encode() * 100


@pytest.mark.parametrize("data", [b"", b"x", WORDS])
def test_what_is_sealed_opens_again(vault: Vault, data: bytes) -> None:
    vault.new_key(1)
    sealed = vault.seal(1, "facts", data)
    assert vault.open(1, "facts", sealed) == data
    assert sealed != vault.seal(1, "facts", data)


def test_only_the_same_case_and_purpose_open_it(vault: Vault) -> None:
    vault.new_key(1)
    vault.new_key(2)
    sealed = vault.seal(1, "facts", WORDS)
    for case_id, purpose, data in ((2, "facts", sealed), (1, "state", sealed), (1, "facts", b"\x01" + sealed[1:])):
        with pytest.raises(KeyTrouble):
            vault.open(case_id, purpose, data)
    with pytest.raises(KeyTrouble):
        vault.open(1, "facts", b"")


def test_a_key_is_made_once(vault: Vault, sqlite_settings: Settings) -> None:
    vault.new_key(1)
    sealed = vault.seal(1, "facts", WORDS)
    vault.new_key(1)
    assert open_vault(sqlite_settings).open(1, "facts", sealed) == WORDS


def test_a_destroyed_key_leaves_nothing_behind(vault: Vault, sqlite_settings: Settings) -> None:
    vault.new_key(1)
    vault.new_key(2)
    _, wrapped = vault.keys.get(1) or ("", None)
    assert wrapped
    assert any(wrapped in path.read_bytes() for path in sqlite_settings.home.glob("keys.db*"))
    assert vault.destroy(1)
    assert not vault.destroy(1)
    assert not any(wrapped in path.read_bytes() for path in sqlite_settings.home.glob("keys.db*"))
    with pytest.raises(KeyTrouble):
        vault.new_key(1)
    assert vault.seal(2, "facts", b"x")


def test_another_process_forgets_a_destroyed_key_within_a_minute(vault: Vault, sqlite_settings: Settings) -> None:
    seconds = [0.0]
    other = Vault(
        load_master_key(sqlite_settings.master_key_file),
        KeyStore(sqlite_settings.keys_url),
        monotonic=lambda: seconds[0],
    )
    vault.new_key(1)
    sealed = other.seal(1, "facts", WORDS)
    vault.destroy(1)
    seconds[0] = 61.0
    with pytest.raises(KeyTrouble):
        other.open(1, "facts", sealed)
    other.close()


def test_a_rotated_master_key_opens_everything_and_the_old_one_nothing(
    vault: Vault, sqlite_settings: Settings, clock: StoppedClock
) -> None:
    for case_id in range(1, 6):
        vault.new_key(case_id)
    sealed = vault.seal(3, "facts", WORDS)
    before = load_master_key(sqlite_settings.master_key_file)
    both = with_new_wrapping_key(before)
    rotated = Vault(both, vault.keys, clock=clock)
    assert rotated.rewrap(before.current) == 5
    only_new = replace(both, wrapping={both.current: both.wrapping[both.current]})
    assert Vault(only_new, vault.keys).open(3, "facts", sealed) == WORDS
    assert Vault(only_new, vault.keys).hash("people", "x") == vault.hash("people", "x")
    with pytest.raises(KeyTrouble):
        Vault(before, vault.keys).open(3, "facts", sealed)


def test_the_key_file_is_private_and_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "new" / "master.key"
    save_master_key(path, new_master_key())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(KeyTrouble):
        save_master_key(path, new_master_key())
    with pytest.raises(KeyTrouble):
        load_master_key(tmp_path / "absent")


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"wrapping": 3, "root": "x"}', b"\xff"])
def test_a_file_that_is_no_key_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "master.key").write_bytes(content)
    with pytest.raises(KeyTrouble):
        load_master_key(tmp_path / "master.key")


def test_an_escrow_copy_opens_with_its_passphrase_only() -> None:
    key = new_master_key()
    copy = escrow(key, "عبارة مرور طويلة")
    assert open_escrow(copy, "عبارة مرور طويلة") == key
    for passphrase, content in (("x", copy), ("عبارة مرور طويلة", copy[:-9]), ("x", b"")):
        with pytest.raises(KeyTrouble):
            open_escrow(content, passphrase)


def test_keys_may_lie_in_a_schema_of_postgresql(sqlite_settings: Settings) -> None:
    url = postgres.empty_database()
    keys = KeyStore(url)
    keys.create()
    keys.create()
    vault = Vault(load_master_key(sqlite_settings.master_key_file), keys)
    vault.new_key(1)
    sealed = vault.seal(1, "facts", WORDS)
    assert vault.open(1, "facts", sealed) == WORDS
    assert vault.destroy(1)
    with pytest.raises(KeyTrouble):
        vault.open(1, "facts", sealed)
    vault.close()
    postgres.drop_database(url)
