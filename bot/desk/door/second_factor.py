"""The second factor: six digits of an app on the worker's own telephone (TOTP, RFC 6238)."""

from __future__ import annotations

import hmac
import re
from datetime import datetime
from typing import Final

import pyotp
import segno

PERIOD: Final = 30  # seconds
ISSUER: Final = "Buurtvraag"
_SECRET: Final = re.compile(r"[A-Z2-7]{32}")
_DIGITS: Final = 6


def new_secret() -> str:
    """A secret nobody can guess, for one worker's app."""
    return pyotp.random_base32()


def is_secret(text: str) -> bool:
    """Is this a secret as `new_secret` makes them?"""
    return _SECRET.fullmatch(text) is not None


def grouped(secret: str) -> str:
    """The secret in groups of four, to type it over."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def address(secret: str, name: str) -> str:
    """The otpauth address that an app reads; `name` says whose it is."""
    return pyotp.TOTP(secret).provisioning_uri(name=name or "desk", issuer_name=ISSUER)


def drawn(text: str) -> str:
    """A QR code as the address of an SVG picture, black on white in every colour scheme."""
    return segno.make(text, micro=False).svg_data_uri(scale=5, border=4, light="white", dark="black")


def used_step(secret: str, code: str, last: int, now: datetime) -> int | None:
    """The time step of a code that is right, give or take one step, and later than `last`: a code works once."""
    typed = re.sub(r"[^0-9]", "", code)
    if len(typed) != _DIGITS:
        return None
    current, totp = int(now.timestamp()) // PERIOD, pyotp.TOTP(secret)
    steps = [step for step in range(current - 1, current + 2) if step > last]
    fitting = [step for step in steps if hmac.compare_digest(totp.generate_otp(step), typed)]
    return fitting[0] if fitting else None
