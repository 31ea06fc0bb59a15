"""The vault: seals what is personal with a key per case and per report, and makes the keyed hashes."""

import base64
import hmac
import os
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from threading import Lock

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from engine.clock import Clock, system_clock
from engine.errors import Conflict
from engine.settings import Settings
from engine.store.keys import KeyStore
from engine.store.master_key import KeyTrouble, MasterKey, load_master_key
from engine.text import Text

_PLAIN, _DEFLATED = b"\x01", b"\x02"
_WORTH_DEFLATING = 200  # bytes
_NONCE = 12
_GONE = Text(
    "مفتاح هذه الحالة غير موجود؛ لا يمكن قراءتها.", "The key of this case is gone; it cannot be read."
)
_WRONG_MASTER = Text(
    "المفتاح الرئيسي لا يفتح مفتاح هذه الحالة.", "The master key does not open this case's key."
)


class Vault:
    """Opens and seals with the keys of cases. Safe to share between threads."""

    def __init__(
        self,
        master: MasterKey,
        keys: KeyStore,
        *,
        reload: Callable[[], MasterKey] | None = None,
        clock: Clock = system_clock,
        cached: int = 4096,
        cached_seconds: float = 60.0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """`reload` reads the master key again, after a rotation by another process. A destroyed key may live on in
        the memory of another process for `cached_seconds`, never longer."""
        self._master, self.keys, self._clock = master, keys, clock
        self._reload = reload or (lambda: self._master)
        self._cached, self._cached_seconds, self._monotonic = cached, cached_seconds, monotonic
        self._ciphers: OrderedDict[int, tuple[float, AESGCM]] = OrderedDict()
        self._lock = Lock()
        self._derived = lru_cache(maxsize=64)(master.derive)

    def new_key(self, case_id: int) -> None:
        """Makes the key of a case, outside any transaction and before its first row; once made it stays, so
        that a repeated opening finds it. Raises KeyTrouble when the key was destroyed."""
        raw = AESGCM.generate_key(bit_length=256)
        if self.keys.get(case_id) is None:
            self._master = self._reload()
            with suppress(Conflict):  # somebody opening the same case was faster: theirs is the key
                self.keys.add(case_id, self._master.current, self._wrap(case_id, raw), self._clock())
        self._cipher(case_id)

    def seal(self, case_id: int, purpose: str, data: bytes) -> bytes:
        """Encrypts under the case's key; only the same case and purpose open it again."""
        kind = _PLAIN
        if len(data) > _WORTH_DEFLATING:
            kind, data = _DEFLATED, zlib.compress(data, 1)
        nonce = os.urandom(_NONCE)
        return kind + nonce + self._cipher(case_id).encrypt(nonce, data, _bound_to(case_id, purpose, kind))

    def open(self, case_id: int, purpose: str, data: bytes) -> bytes:
        """Decrypts. Raises KeyTrouble when the key is gone, or the data is not what was sealed for this
        purpose."""
        kind, nonce, sealed = data[:1], data[1 : 1 + _NONCE], data[1 + _NONCE :]
        try:
            plain = self._cipher(case_id).decrypt(nonce, sealed, _bound_to(case_id, purpose, kind))
        except (InvalidTag, ValueError) as error:
            raise KeyTrouble(
                Text("البيانات المحفوظة لا تطابق مفتاحها.", "Stored data does not match its key.")
            ) from error
        return zlib.decompress(plain) if kind == _DEFLATED else plain

    def hash(self, purpose: str, text: str) -> bytes:
        """A keyed hash (32 bytes) of a text: the same text gives the same hash for the same purpose, for
        ever."""
        return self.mac(purpose, text.encode())

    def mac(self, purpose: str, data: bytes) -> bytes:
        """A keyed hash (32 bytes) of bytes, as the chains use it."""
        return hmac.digest(self._derived(purpose), data, "sha256")

    def wrap(self, purpose: str, data: bytes) -> str:
        """Seals what belongs to no case and leaves us for a while; as text."""
        nonce = os.urandom(_NONCE)
        sealed = AESGCM(self._derived(f"wrap {purpose}")).encrypt(nonce, zlib.compress(data, 1), purpose.encode())
        return base64.urlsafe_b64encode(nonce + sealed).decode()

    def unwrap(self, purpose: str, text: str) -> bytes:
        """Opens it again. Raises KeyTrouble for anything that `wrap` did not make for this purpose."""
        try:
            raw = base64.urlsafe_b64decode(text)
            cipher = AESGCM(self._derived(f"wrap {purpose}"))
            return zlib.decompress(cipher.decrypt(raw[:_NONCE], raw[_NONCE:], purpose.encode()))
        except (InvalidTag, ValueError) as error:
            raise KeyTrouble(
                Text("البيانات المحفوظة لا تطابق مفتاحها.", "Stored data does not match its key.")
            ) from error

    def destroy(self, case_id: int) -> bool:
        """Makes everything of a case unreadable for ever; its chain still verifies. False when it was so
        already."""
        with self._lock:
            self._ciphers.pop(case_id, None)
        return self.keys.destroy(case_id, self._clock())

    def is_destroyed(self, case_id: int) -> bool:
        """Whether the content of a case was erased by destroying its key, which is on record."""
        stored = self.keys.get(case_id)
        return stored is not None and stored[1] is None

    def rewrap(self, old: str) -> int:
        """Wraps all keys that the master key `old` wrapped under the current one; returns how many."""

        def change(case_id: int, wrapped: bytes) -> bytes:
            return self._wrap(case_id, self._unwrap(case_id, old, wrapped))

        return self.keys.rewrap(old, self._master.current, change)

    def close(self) -> None:
        """Forgets all keys and gives back the connections."""
        self._ciphers.clear()
        self.keys.close()

    def _cipher(self, case_id: int) -> AESGCM:
        now = self._monotonic()
        with self._lock:
            known = self._ciphers.get(case_id)
            if known and known[0] > now:
                self._ciphers.move_to_end(case_id)
                return known[1]
        stored = self.keys.get(case_id)
        if stored is None or stored[1] is None:
            raise KeyTrouble(_GONE)
        cipher = AESGCM(self._unwrap(case_id, stored[0], stored[1]))
        with self._lock:
            self._ciphers[case_id] = (now + self._cached_seconds, cipher)
            while len(self._ciphers) > self._cached:
                self._ciphers.popitem(last=False)
        return cipher

    def _wrap(self, case_id: int, raw: bytes) -> bytes:
        nonce = os.urandom(_NONCE)
        master = AESGCM(self._master.wrapping[self._master.current])
        return nonce + master.encrypt(nonce, raw, b"key %d" % case_id)

    def _unwrap(self, case_id: int, by: str, wrapped: bytes) -> bytes:
        if by not in self._master.wrapping:
            self._master = self._reload()
        try:
            master = AESGCM(self._master.wrapping[by])
            return master.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], b"key %d" % case_id)
        except (KeyError, InvalidTag) as error:
            raise KeyTrouble(_WRONG_MASTER) from error


def open_vault(settings: Settings, clock: Clock = system_clock) -> Vault:
    """The vault of this installation; raises KeyTrouble without a master key."""
    path = settings.master_key_file
    return Vault(load_master_key(path), KeyStore(settings.keys_url), clock=clock, reload=lambda: load_master_key(path))


def _bound_to(case_id: int, purpose: str, kind: bytes) -> bytes:
    return b"%d:%s:%s" % (case_id, purpose.encode(), kind)
