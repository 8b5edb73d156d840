"""The files that Telegram holds: known by id, of one sort each, to be sent again and to be fetched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.bench.telegram_faults import Fault, Refusal, refused
from bot.bench.telegram_updates import Json

MOST_BYTES: Final = 20 * 1024 * 1024
# A sort of file, and how Telegram names it in an error.
SORTS: Final = {
    "photo": "Photo",
    "voice": "VoiceNote",
    "audio": "Audio",
    "video": "Video",
    "video_note": "VideoNote",
    "animation": "Animation",
    "document": "Document",
    "sticker": "Sticker",
}
UNKNOWN: Final = refused("Bad Request: wrong file identifier/HTTP URL specified")
NOT_HERE: Final = refused("Bad Request: wrong file_id or the file is temporarily unavailable")
TOO_BIG: Final = refused("Bad Request: file is too big")


@dataclass(frozen=True, slots=True)
class Held:
    """One file. `size` is what Telegram says of it, which may be more than is in it here."""

    sort: str
    data: bytes = b""
    size: int = 0
    name: str = ""


class HeldFiles:
    """What was uploaded by the bot or came along with an update."""

    def __init__(self) -> None:
        self.by_id: dict[str, Held] = {}

    def learn(self, update: Json) -> None:
        """Holds the files of an update; what is in them is a few words unless `put` said so before."""
        message = update.get("message") or update.get("edited_message") or {}
        for sort in SORTS:
            found = message.get(sort) or []
            for one in found if isinstance(found, list) else [found]:
                data = f"a {sort}".encode()
                held = Held(sort, data, one.get("file_size") or len(data), one.get("file_name", ""))
                self.by_id.setdefault(one["file_id"], held)

    def put(self, file_id: str, sort: str, data: bytes) -> None:
        """Holds a file with this in it."""
        self.by_id[file_id] = Held(sort, data, len(data))

    def sent(self, sort: str, fields: Mapping[str, str], files: Mapping[str, bytes]) -> str:
        """The id of a file that the bot sends as this sort. Raises Refusal."""
        file_id = fields.get(sort, "")
        if files:
            file_id = f"{sort}-{len(self.by_id) + 1}"
            self.put(file_id, sort, next(iter(files.values())))
        held = self._held(file_id, UNKNOWN)
        if held.sort != sort:
            raise Refusal(refused(f"Bad Request: can't use file of type {SORTS[held.sort]} as {SORTS[sort]}"))
        return file_id

    def told(self, file_id: str) -> Any:
        """What a message tells of a file: of a photo a list of its sizes."""
        held = self.by_id[file_id]
        one = {"file_id": file_id, "file_unique_id": file_id, "file_size": held.size, **_MEASURES.get(held.sort, {})}
        return [one] if held.sort == "photo" else one

    def found(self, file_id: str) -> Json:
        """The answer to getFile. Raises Refusal."""
        held = self._held(file_id, NOT_HERE)
        if held.size > MOST_BYTES:
            raise Refusal(TOO_BIG)
        return {
            "file_id": file_id,
            "file_unique_id": file_id,
            "file_size": held.size,
            "file_path": f"{held.sort}/{file_id}",
        }

    def at(self, path: str) -> bytes | None:
        """What is at the path that getFile told."""
        held = self.by_id.get(path.rpartition("/")[2])
        return held.data if held else None

    def _held(self, file_id: str, otherwise: Fault) -> Held:
        held = self.by_id.get(file_id)
        if held is None:
            raise Refusal(otherwise)
        return held


_MEASURES: Final[Mapping[str, Mapping[str, Any]]] = {
    "photo": {"width": 1, "height": 1},
    "video": {"width": 1, "height": 1, "duration": 1},
    "animation": {"width": 1, "height": 1, "duration": 1},
    "voice": {"duration": 1},
    "audio": {"duration": 1},
    "video_note": {"length": 1, "duration": 1},
}
