"""The door of the desk: logging in and out, the first visit, and the link to one case."""

from __future__ import annotations

from starlette.routing import Route

from bot.desk.desk import Desk
from bot.desk.door import invite, link, log_in, oidc
from bot.desk.door.provider import Provider


def routes(desk: Desk) -> list[Route]:
    """All that can be reached without being logged in."""
    found = [
        Route("/log-in", log_in.show),
        Route("/log-in", log_in.log_in, methods=["POST"]),
        Route("/log-out", log_in.log_out, methods=["POST"]),
        Route("/second-factor", log_in.second_factor, methods=["POST"]),
        Route("/invite/{token}", invite.show),
        Route("/invite/{token}", invite.accept, methods=["POST"]),
        Route("/in/{token}", link.show),
        Route("/in/{token}", link.open_case, methods=["POST"]),
    ]
    if desk.demo:
        found.append(Route("/demo/{worker_id}", log_in.be_demo, methods=["POST"]))
    if desk.oidc:
        way = oidc.Oidc(Provider(desk.oidc))
        found += [Route("/oidc", way.begin), Route("/oidc/back", way.back)]
    return found
