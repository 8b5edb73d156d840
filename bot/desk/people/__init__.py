"""The room of coordinators: their teams, areas, hours, templates and people."""

from __future__ import annotations

from starlette.routing import Route

from bot.desk.desk import Desk
from bot.desk.people import areas, group, hours, leaving, ready_texts, removal, teams, workers
from bot.desk.session import Endpoint


def routes(_: Desk) -> list[Route]:
    """All for coordinators alone."""
    team, worker = "/people/teams/{team_id}", "/people/workers/{worker_id}"
    template = f"{team}/templates/{{template_id}}"
    return [
        Route("/people", teams.overview),
        _post("/people/teams", teams.make),
        Route(team, teams.show),
        _post(team, teams.save),
        _post(f"{team}/remove", removal.remove),
        _post(f"{team}/group", group.link),
        _post(f"{team}/group/unlink", group.unlink),
        Route(f"{team}/hours", hours.show),
        _post(f"{team}/hours", hours.save),
        _post(f"{team}/close-day", hours.close_day),
        _post(f"{team}/open-day", hours.open_day),
        _post(f"{team}/public-holidays", hours.public_holidays),
        Route(f"{team}/areas", areas.show),
        _post(f"{team}/areas", areas.save),
        _post(f"{team}/remove-area", areas.remove),
        Route(f"{team}/templates", ready_texts.show),
        Route(template, ready_texts.edit),
        _post(template, ready_texts.save),
        _post(f"{template}/remove", ready_texts.remove),
        Route("/people/workers", workers.ask),
        _post("/people/workers", workers.invite),
        Route(worker, workers.show),
        _post(worker, workers.save),
        _post(f"{worker}/link", workers.new_link),
        _post(f"{worker}/away", leaving.away),
        _post(f"{worker}/back", leaving.back),
        _post(f"{worker}/again", leaving.again),
        _post(f"{worker}/teams", workers.teams),
        _post(f"{worker}/left", leaving.left),
    ]


def _post(path: str, endpoint: Endpoint) -> Route:
    return Route(path, endpoint, methods=["POST"])
