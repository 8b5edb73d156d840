"""Everything that can be done with cases, made from one office."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.cases.claim_case import ClaimCase
from bot.services.cases.close_case import CloseCase
from bot.services.cases.hand_over_case import HandOverCase
from bot.services.cases.move_cases import MoveCases
from bot.services.cases.note_on_case import NoteOnCase
from bot.services.cases.office import Office
from bot.services.cases.pass_case import PassCase
from bot.services.cases.release_case import ReleaseCase
from bot.services.cases.reopen_case import ReopenCase
from bot.services.cases.reply_to_resident import ReplyToResident
from bot.services.cases.reveal_phone import RevealPhone
from bot.services.cases.tell_staff import TellStaff
from bot.services.cases.work import Work
from bot.services.translate import Translate


@dataclass(frozen=True, slots=True)
class StaffWork:
    """The use cases by name, as Telegram calls them: each may take more into its transaction (`Also`)."""

    tell: TellStaff
    claim: ClaimCase
    pass_on: PassCase
    reply: ReplyToResident
    note: NoteOnCase
    close: CloseCase
    reopen: ReopenCase
    hand_over: HandOverCase
    release: ReleaseCase
    phone: RevealPhone
    move_cases: MoveCases

    @property
    def for_desk(self) -> Work:
        """The same for the desk's pages."""
        return Work(
            claim=self.claim,
            reply=self.reply,
            note=self.note,
            close=self.close,
            hand_over=self.hand_over,
            release=self.release,
            phone=self.phone,
            move_cases=self.move_cases,
            reopen=self.reopen,
        )


def staff_work(office: Office, translate: Translate) -> StaffWork:
    """Puts them together."""
    tell = TellStaff(office)
    return StaffWork(
        tell=tell,
        claim=ClaimCase(office),
        pass_on=PassCase(office),
        reply=ReplyToResident(office, translate),
        note=NoteOnCase(office),
        close=CloseCase(office),
        reopen=ReopenCase(office),
        hand_over=HandOverCase(office, tell),
        release=ReleaseCase(office, tell),
        phone=RevealPhone(office),
        move_cases=MoveCases(office, tell),
    )
