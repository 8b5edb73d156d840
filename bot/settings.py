"""The settings: read once from the environment, all problems told at once."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from cryptography.fernet import Fernet
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.core.errors import SettingsError

ROOT: Final = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """One frozen object. Every field is an environment variable of the same name in capitals."""

    model_config = SettingsConfigDict(frozen=True, env_file=ROOT / ".env", extra="ignore", hide_input_in_errors=True)

    data_dir: Path = Field(ROOT / "var", description="where the database and the keys are made")
    database_url: str = Field("", description="sqlite:///… or postgresql://…; empty: a file in DATA_DIR")
    secret_keys: SecretStr = Field(SecretStr(""), description="Fernet keys, newest first, divided by commas")
    telegram_token: SecretStr = Field(SecretStr(""), description="from @BotFather; empty: no Telegram")
    telegram_api_url: str = Field("https://api.telegram.org", description="another Bot API server")
    telegram_webhook_secret: SecretStr = Field(
        SecretStr(""), description="set: webhook at PUBLIC_URL instead of polling"
    )
    public_url: str = Field("", description="https address of this server, for the webhook and for call links")
    serve_unreviewed: bool = Field(
        default=False, description="say texts nobody qualified has read, with a line that says so"
    )
    host_name: str = Field("", description="first name of the area's person behind the assistant")
    host_role: str = Field("", description="their role, such as sociaal werker")
    host_organisation: str = Field("", description="their organisation")
    region_team: str = Field("", description="id of the team for whom no area tells; empty: the first by name")
    translator: str = Field("", description="libretranslate, deepl or microsoft; empty: nothing is translated")
    translator_url: str = Field("", description="where the translation service is")
    translator_key: SecretStr = Field(SecretStr(""), description="its key, if it wants one")
    processor_agreement: str = Field("", description="the agreement with a service outside the house; see docs")
    four_eyes: bool = Field(default=False, description="nobody may publish a text that they wrote themselves")
    draft_translator: str = Field(
        "", description="google or mymemory, for editors' drafts of public texts; empty: TRANSLATOR"
    )
    oidc_issuer: str = Field("", description="OpenID Connect: where staff may log in with an account they have")
    oidc_client_id: str = Field("", description="our name there")
    oidc_client_secret: SecretStr = Field(SecretStr(""), description="our secret there")
    idle_minutes: int = Field(480, ge=5, le=600, description="without a page for so long, staff are logged out")
    keep_days: int = Field(30, ge=1, le=365, description="how long a conversation is kept after its last message")
    log_level: str = Field("INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="DEBUG, INFO, WARNING or ERROR")

    @field_validator("public_url", "telegram_api_url")
    @classmethod
    def _an_address(cls, value: str) -> str:
        if value and not value.startswith(("https://", "http://")):
            raise ValueError("must begin with https:// (or http:// for a server on this machine)")
        return value.rstrip("/")

    @property
    def demo(self) -> bool:
        """No Telegram: a demonstration on this machine, in which unreviewed texts are said."""
        return not self.telegram_token.get_secret_value()

    @property
    def says_unreviewed(self) -> bool:
        """May texts nobody qualified has read be said?"""
        return self.demo or self.serve_unreviewed

    @property
    def database(self) -> str:
        """The address of the database."""
        return self.database_url or f"sqlite:///{self.data_dir / 'buurtvraag.db'}"

    @property
    def taught_models(self) -> Path:
        """Where models are kept that editors taught: all processes on one database must see the same folder."""
        return (self.data_dir / "models").absolute()  # the program that trains has a folder of its own to stand in


def read_settings() -> Settings:
    """The settings of this process. Raises SettingsError with every problem and what to do."""
    try:
        settings = Settings()
    except ValidationError as error:
        problems = [f"- {'.'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors()]
        raise SettingsError(
            "\n".join(["These settings are wrong:", *problems, "The README lists them all."])
        ) from error
    problems = []
    if settings.telegram_webhook_secret.get_secret_value() and not settings.public_url.startswith("https://"):
        problems.append("- PUBLIC_URL: a webhook needs the https address of this server.")
    if settings.oidc_issuer and not (settings.oidc_client_id and settings.oidc_client_secret.get_secret_value()):
        problems.append("- OIDC_CLIENT_ID and OIDC_CLIENT_SECRET: say who we are at OIDC_ISSUER.")
    if settings.host_name and not settings.host_organisation:
        problems.append("- HOST_ORGANISATION: say for which organisation HOST_NAME works.")
    if problems:
        raise SettingsError("\n".join(["These settings are wrong:", *problems, "The README lists them all."]))
    return settings


def secret_keys(settings: Settings) -> tuple[str, ...]:
    """The keys for texts at rest; made at the first start when none is set. Raises SettingsError."""
    given = settings.secret_keys.get_secret_value()
    if given:
        return tuple(key.strip() for key in given.split(",") if key.strip())
    path = settings.data_dir / "secret.key"
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(Fernet.generate_key().decode(), encoding="ascii")
        return tuple(path.read_text(encoding="ascii").split())
    except OSError as error:
        raise SettingsError(
            f"The key file {path} cannot be read or made ({error.strerror}). Set DATA_DIR to a folder of your own."
        ) from error
