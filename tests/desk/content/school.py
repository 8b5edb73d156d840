"""The pages that teach, on a real database for people and sessions, and a teacher and an editor's desk by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from starlette.applications import Starlette
from starlette.routing import Mount

from bot.core.asked import Asked
from bot.core.entry import Body, Kind, Ref
from bot.core.errors import EditError, NotPublishable
from bot.core.message import Button, Outgoing
from bot.core.normalise import normalise
from bot.core.overview import Overview
from bot.core.revision import Draft, Revision, Stage
from bot.core.taught import Collision, Comparison, Figure, Model, ModelState, Shift
from bot.core.team import Worker
from bot.desk import routes
from bot.desk.content.lessons import ask, questions, teach, topic_removal, topics
from bot.services.content_ports import Near
from bot.services.editing import Editing, Sheet
from bot.services.ports import Guess
from bot.services.teaching import AskedGroup, Explanation, KnownExamples, LeftOut, Teaching
from tests.builders import NOON
from tests.desk.hall import Hall
from tests.desk.street import Street

WORSE = Shift("بكم اللقاح؟", "ar", "vaccination_costs", "vaccination_costs", "flu_jab", better=False)
BETTER = Shift("wat kost dat", "nl", "vaccination_costs", "", "vaccination_costs", better=True)
COMPARISON = Comparison(
    figures=(
        Figure("top1", 0.912, 0.921, 0.85),
        Figure("top1 ar", 0.9, 0.84, 0.85),
        Figure("wrong_confident", 0.05, 0.02),
        Figure("recall", 0.98, 0.98, 0.95),
    ),
    shifts=(WORSE, BETTER),
    collisions=(Collision("wat kost een prik", "bad_topic", "vaccination_costs", "wat kost de prik", 0.97),),
)


def question(number: int, text: str, language: str = "nl") -> Asked:
    return Asked(number, text, language, (), NOON)


@dataclass
class School:
    """Stands where questions are filed and models are trained; what was asked of it may be looked at."""

    hall: Hall | Street
    open: list[AskedGroup] = field(default_factory=list)
    files: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    taught: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    filed: list[tuple[str, tuple[int, ...], str]] = field(default_factory=list)
    mended: dict[int, str] = field(default_factory=dict)
    discarded: list[tuple[int, ...]] = field(default_factory=list)
    made: list[tuple[str, str, str, str]] = field(default_factory=list)
    rows: list[Model] = field(default_factory=list)
    heard: list[tuple[str, str]] = field(default_factory=list)
    explanation: Explanation | None = None
    to_learn: int = 0
    left: LeftOut | None = None

    def use_cases(self) -> Teaching:
        return Teaching(
            explain=self.explain, groups=self.groups, file=self.file, discard=self.discard, examples=self.examples,
            teach=self.teach, make_topic=self.make_topic, train=self.train, promote=self.promote, back=self.back,
            models=self.models, waiting=self.waiting, follow=self.follow, left_out=self.left_out,
        )  # fmt: skip

    async def explain(self, text: str, language: str) -> Explanation:
        self.heard.append((text, language))
        if self.explanation is None:
            raise EditError("Nobody can be asked now.")
        return self.explanation

    async def groups(self) -> list[AskedGroup]:
        return self.open

    async def file(self, worker: Worker, ids: Collection[int], key: str, mended: Mapping[int, str]) -> int:
        self.mended |= mended
        self.filed.append((worker.id, tuple(ids), key))
        return len(ids)

    async def discard(self, worker: Worker, ids: Collection[int]) -> int:
        self.discarded.append(tuple(ids))
        return len(ids)

    async def examples(self, key: str, language: str) -> KnownExamples:
        return KnownExamples(self.files.get((key, language), ()), self.taught.get((key, language), ()))

    async def teach(self, worker: Worker, key: str, language: str, texts: Sequence[str]) -> list[str]:
        for (other, code), known in (self.files | self.taught).items():
            for text in texts:
                if other != key and code == language and normalise(text) in {normalise(each) for each in known}:
                    raise NotPublishable(f"This is an example of “Something” ({other}) already: “{text}”.")
        self.taught[key, language] = (*self.taught.get((key, language), ()), *texts)
        return list(texts)

    async def make_topic(self, worker: Worker, key: str, group: str, kind: str, label: str) -> Ref:
        key = key or normalise(label).replace(" ", "_")
        if key in self.hall.desk.content.topics:
            raise EditError("There is a topic with this key.")
        served, content = self.hall.desk.served, self.hall.desk.content
        some = next(iter(content.topics.values()))
        added = {**content.topics, key: replace(some, key=key, group=group, kind=kind)}
        served.replace(replace(content, topics=added), served.revision + 1)
        self.made.append((key, group, kind, label))
        return Ref(Kind.ANSWER, f"utter_{key}", "nl")

    async def train(self, worker: Worker) -> Model:
        if any(model.state is ModelState.TRAINING for model in self.rows):
            raise EditError("A training runs already. Wait until it has ended.")
        self.model("new", ModelState.TRAINING, progress=0.4, step="Learning the examples")
        return self.rows[0]

    async def promote(self, worker: Worker, model_id: str) -> Model:
        return self._set(model_id, ModelState.LIVE)

    async def back(self, worker: Worker) -> Model:
        past = next((model for model in self.rows if model.state is ModelState.PAST), None)
        if past is None:
            raise EditError("There is no model before this one.")
        return self._set(past.id, ModelState.LIVE)

    async def models(self) -> list[Model]:
        return self.rows

    async def waiting(self) -> int:
        return self.to_learn

    async def follow(self) -> int:
        return 0

    async def left_out(self) -> LeftOut | None:
        return self.left

    def model(self, model_id: str, state: ModelState, **more: Any) -> None:
        at = NOON + timedelta(minutes=len(self.rows))
        self.rows.insert(0, Model(model_id, f"{model_id}.tar.gz", "base", state, "eva", at, **more))

    def state(self, model_id: str) -> ModelState:
        return next(model.state for model in self.rows if model.id == model_id)

    def _set(self, model_id: str, state: ModelState) -> Model:
        if next(model for model in self.rows if model.id == model_id).state is ModelState.REFUSED:
            raise EditError("This model may not go live.")
        for at, model in enumerate(self.rows):
            now = state if model.id == model_id else ModelState.PAST if model.state is state else model.state
            self.rows[at] = replace(model, state=now)
        return next(model for model in self.rows if model.id == model_id)


@dataclass
class Office:
    """Stands where texts are edited; `linked` are answers that lead on to every topic."""

    linked: tuple[str, ...] = ()
    four_eyes: bool = False
    drafts: dict[Ref, Draft] = field(default_factory=dict)
    published: list[tuple[Ref, str]] = field(default_factory=list)

    def use_cases(self) -> Editing:
        missing: Any = None
        return Editing(
            sheet=self.sheet, save=self.save, findings=missing, submit=self.submit, give_back=missing,
            discard=self.discard, publish=self.publish, roll_back=missing, translated=missing, mark_read=missing,
            uses=self.uses, may_review=missing, may_publish=lambda worker, draft: not self.four_eyes,
            read_with=missing, overview=self.overview, refresh=missing,
        )  # fmt: skip

    async def sheet(self, worker: Worker, ref: Ref) -> Sheet:
        return Sheet(ref, None, 0, self.drafts.get(ref))

    async def save(self, worker: Worker, ref: Ref, body: Body | None, *, base: int, seen: int, **more: Any) -> Draft:
        self.drafts[ref] = Draft(ref, worker.id, body, base, NOON, seen + 1, note=more["note"])
        return self.drafts[ref]

    async def submit(self, worker: Worker, ref: Ref) -> Draft:
        self.drafts[ref] = replace(self.drafts[ref], stage=Stage.IN_REVIEW)
        return self.drafts[ref]

    async def discard(self, worker: Worker, ref: Ref) -> None:
        del self.drafts[ref]

    async def publish(self, worker: Worker, ref: Ref, author: str, *, why: str = "", **more: Any) -> Revision:
        if self.linked:
            raise NotPublishable(*(f"{key} leads on to it." for key in self.linked))
        self.published.append((ref, why))
        draft = self.drafts.pop(ref)
        return Revision(1, ref, draft.body, 0, author, worker.id, NOON, why)

    def uses(self, ref: Ref) -> list[Ref]:
        return [Ref(Kind.ANSWER, key, "nl") for key in self.linked]

    async def overview(self) -> Overview:
        return Overview((), (), {})


def furnish(hall: Hall | Street) -> tuple[School, Office]:
    """Puts both behind a desk."""
    school, office = School(hall), Office()
    hall.desk = replace(hall.desk, editing=office.use_cases(), teaching=school.use_cases())
    mount(hall)
    return school, office


def mount(hall: Hall | Street) -> None:
    """The desk anew, with the pages of this room that it may not have by itself."""
    hall.app = Starlette(routes=routes(hall.desk))
    desk = next(route for route in hall.app.routes if isinstance(route, Mount))
    there = {getattr(route, "path", "") for route in desk.routes}
    for module in (ask, questions, teach, topic_removal, topics):
        desk.routes.extend(route for route in module.routes(hall.desk) if route.path not in there)


EXPLANATION = Explanation(
    language="nl",
    chosen="flu_jab",
    ranking=(Guess("flu_jab", 0.87), Guess("vaccination_costs", 0.06)),
    nearest=(Near("wat kost de griepprik", "flu_jab", "nl", 0.93),),
    flag="suicide",
    flag_by="examples",
    said=(
        Outgoing(
            "De griepprik is gratis.\n\nEen tweede alinea.", "nl", "utter_flu_jab",
            buttons=((Button("Meer", "x"),),), notes=("Bron: RIVM",),
        ),
    ),
)  # fmt: skip
