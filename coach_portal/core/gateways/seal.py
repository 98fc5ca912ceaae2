"""Sealing what must be kept and not be read: Fernet (AES-128-CBC and HMAC-SHA256), its key by HKDF from SECRET_KEY."""

import base64
from functools import cached_property

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Seal:
    """Fills `ports.Sealer`. What is sealed for one `purpose` opens for no other."""

    def __init__(self, secret_key: str, purpose: str) -> None:
        self._secret_key, self._purpose = secret_key, purpose

    def seal(self, value: str) -> str:
        """The value, sealed."""
        return self._box.encrypt(value.encode()).decode()

    def unseal(self, sealed: str) -> str | None:
        """The value; None where it was sealed with another SECRET_KEY or for something else."""
        try:
            return self._box.decrypt(sealed).decode()
        except InvalidToken:
            return None

    @cached_property
    def _box(self) -> Fernet:
        purpose = f"coach-portal: {self._purpose}, 1".encode()
        key = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(self._secret_key.encode())
        return Fernet(base64.urlsafe_b64encode(key))
