"""The master key file: the keys that wrap case keys, and the root of all keyed hashes. It lies in no
database."""

import base64
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from engine.errors import MasarError
from engine.text import Text

ESCROW_MAGIC = b"masar escrow 1\n"


class KeyTrouble(MasarError):
    """A key is missing, wrong or destroyed."""


@dataclass(frozen=True)
class MasterKey:
    """Wrapping keys by their id, the current one first, and the root of the keyed hashes, which never
    changes: the chains and the person index hang on it."""

    wrapping: dict[str, bytes]
    root: bytes

    @property
    def current(self) -> str:
        """The id of the key that wraps from now on."""
        return next(iter(self.wrapping))

    def derive(self, purpose: str) -> bytes:
        """A 256-bit key for one kind of keyed hash."""
        return HKDF(SHA256(), 32, salt=None, info=f"masar {purpose}".encode()).derive(self.root)

    def dump(self) -> bytes:
        """The content of a key file."""
        encoded = {name: base64.b64encode(key).decode() for name, key in self.wrapping.items()}
        return json.dumps(
            {"masar": "master key", "wrapping": encoded, "root": base64.b64encode(self.root).decode()},
            indent=1,
        ).encode()


def new_master_key() -> MasterKey:
    """Fresh randomness."""
    return MasterKey({secrets.token_hex(4): secrets.token_bytes(32)}, secrets.token_bytes(32))


def with_new_wrapping_key(key: MasterKey) -> MasterKey:
    """The same, with a fresh key that wraps from now on; the old ones still open."""
    return MasterKey({secrets.token_hex(4): secrets.token_bytes(32)} | key.wrapping, key.root)


def parse_master_key(content: bytes) -> MasterKey:
    """Reads the content of a key file; raises KeyTrouble when it is none."""
    try:
        read = json.loads(content)
        wrapping = {str(name): base64.b64decode(key) for name, key in read["wrapping"].items()}
        return MasterKey(wrapping, base64.b64decode(read["root"]))
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise KeyTrouble(Text("ملف المفتاح الرئيسي غير صالح.", "This is not a master key file.")) from error


def load_master_key(path: Path) -> MasterKey:
    """The master key of this installation; raises KeyTrouble when there is no file."""
    try:
        return parse_master_key(path.read_bytes())
    except OSError as error:
        raise KeyTrouble(
            Text(
                f"لا يمكن قراءة المفتاح الرئيسي ({path.name}). أنشئه بالأمر: masar key create",
                f"The master key ({path.name}) cannot be read. Make one with: masar key create",
            )
        ) from error


def save_master_key(path: Path, key: MasterKey, *, replace: bool = False) -> None:
    """Writes the key file, readable by its owner only; an existing one is replaced only on request, and
    whole."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists() and not replace:
        raise KeyTrouble(Text("المفتاح الرئيسي موجود من قبل.", "There is a master key already."))
    fresh = path.with_name(path.name + ".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(key.dump())
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def escrow(key: MasterKey, passphrase: str) -> bytes:
    """A copy of the master key that only the passphrase opens, to be kept away from the machine."""
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    sealed = AESGCM(_stretched(passphrase, salt)).encrypt(nonce, key.dump(), ESCROW_MAGIC)
    return ESCROW_MAGIC + base64.b64encode(salt + nonce + sealed) + b"\n"


def open_escrow(content: bytes, passphrase: str) -> MasterKey:
    """The master key out of an escrow copy; raises KeyTrouble for a wrong passphrase or file."""
    try:
        raw = base64.b64decode(content.removeprefix(ESCROW_MAGIC))
        key = _stretched(passphrase, raw[:16])
        return parse_master_key(AESGCM(key).decrypt(raw[16:28], raw[28:], ESCROW_MAGIC))
    except Exception as error:
        raise KeyTrouble(
            Text("عبارة المرور لا تفتح هذه النسخة.", "The passphrase does not open this copy.")
        ) from error


def _stretched(passphrase: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode())
