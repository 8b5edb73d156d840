"""Texts and addresses at rest: encrypted, with the key's id in front; addresses are found by keyed hash."""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

from cryptography.fernet import Fernet, InvalidToken

from bot.core.errors import StoreUnusable

_ID_LENGTH: Final = 8


class Vault:
    """Encrypts with the first key and reads with any of them, so that keys can be rotated.

    `keys` are Fernet keys (32 random bytes, URL-safe base64). Raises StoreUnusable for a malformed one.
    """

    def __init__(self, keys: tuple[str, ...]) -> None:
        try:
            self._fernets = {_key_id(key): Fernet(key) for key in keys}
        except ValueError as error:
            raise StoreUnusable("A key in SECRET_KEYS is not a Fernet key (44 characters, URL-safe base64).") from error
        if not keys:
            raise StoreUnusable("There is no key to encrypt texts with.")
        self._first = _key_id(keys[0])
        self._hash_key = hashlib.sha256(b"address:" + keys[-1].encode()).digest()

    def seal(self, text: str) -> str:
        """Encrypted text as `<key id>:<token>`."""
        return f"{self._first}:{self._fernets[self._first].encrypt(_bytes(text)).decode()}"

    def open(self, sealed: str) -> str:
        """The text again; "" stays "". Raises StoreUnusable when its key is not among ours."""
        if not sealed:
            return ""
        key_id, _, token = sealed.partition(":")
        try:
            return self._fernets[key_id].decrypt(token.encode()).decode(errors="surrogatepass")
        except (KeyError, InvalidToken) as error:
            raise StoreUnusable(
                "The database holds texts that none of the keys in SECRET_KEYS opens. Add the key it was made with."
            ) from error

    def fingerprint(self, text: str) -> str:
        """A keyed hash, the same for the same text; it hangs on the oldest key (the last in the list)."""
        return hmac.new(self._hash_key, _bytes(text), hashlib.sha256).hexdigest()


def _bytes(text: str) -> bytes:
    # Half of a surrogate pair is no letter, but phones send it.
    return text.encode(errors="surrogatepass")


def _key_id(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:_ID_LENGTH]
