"""Everything about cases that a turn needs, put together from one office."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.cases.case_turn import CaseTurn
from bot.services.cases.link_group import LinkGroup
from bot.services.cases.link_worker import LinkWorker
from bot.services.cases.office import Office
from bot.services.cases.open_case import OpenCase
from bot.services.cases.staff_work import StaffWork, staff_work
from bot.services.cases.topic_turn import TopicTurn
from bot.services.cases.worker_turn import WorkerTurn
from bot.services.translate import Translate


@dataclass(frozen=True, slots=True)
class Cases:
    """The worker's side, the resident's side, and the door between them."""

    office: Office
    work: StaffWork
    worker_turn: WorkerTurn
    link_worker: LinkWorker
    open_case: OpenCase
    case_turn: CaseTurn
    topic_turn: TopicTurn
    link_group: LinkGroup


def cases_of(office: Office, translate: Translate, region: str = "") -> Cases:
    """`region` is the id of the team for whom no area tells."""
    work = staff_work(office, translate)
    return Cases(
        office,
        work,
        WorkerTurn(office, work),
        LinkWorker(office),
        OpenCase(office, work.tell, region, translate.service),
        CaseTurn(office, work.tell, translate),
        TopicTurn(office, work),
        LinkGroup(office),
    )
