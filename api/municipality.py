"""自治体の設定: the agencies, bodies, codes and texts that a form may offer on a day."""

from datetime import date

from fastapi import APIRouter

from api.deps import CallerDep
from domain.profile import LegalBasis, Profile
from domain.profile import NoticeKind as Kind
from domain.values import Code, Day, Value

router = APIRouter(tags=["わたし・設定"])


class Choice(Value):
    """選べる値。"""

    code: Code
    label: str
    marks: tuple[Code, ...] = ()


class AgencyChoice(Value):
    """機関と係。`access` は台帳を使うかどうか。"""

    code: Code
    label: str
    access: bool
    desks: tuple[Choice, ...]


class BodyChoice(Value):
    """会議体。"""

    code: Code
    label: str
    bases: tuple[LegalBasis, ...]
    extraordinary_allowed: bool


class NoticeText(Value):
    """告知・書式の文面。"""

    kind: Kind
    version: Code
    title: str
    text: str


class Municipality(Value):
    """その日の設定。"""

    id: Code
    name: str
    on: date
    agencies: tuple[AgencyChoice, ...]
    bodies: tuple[BodyChoice, ...]
    codes: dict[str, tuple[Choice, ...]]
    notices: tuple[NoticeText, ...]


@router.get("/profile", summary="自治体の設定を読む（機関・会議体・コード・文面）")
def municipality(caller: CallerDep, on: Day | None = None) -> Municipality:
    profile, day = caller.profile, on or caller.today
    return Municipality(
        id=profile.id,
        name=profile.name,
        on=day,
        agencies=_agencies(profile, day),
        bodies=_bodies(profile, day),
        codes=_codes(profile, day),
        notices=_notices(profile, day),
    )


def _agencies(profile: Profile, day: date) -> tuple[AgencyChoice, ...]:
    return tuple(
        AgencyChoice(
            code=agency.id,
            label=agency.name,
            access=agency.access,
            desks=tuple(
                Choice(code=desk.id, label=desk.name) for desk in agency.desks if desk.holds(day)
            ),
        )
        for agency in profile.agencies
        if agency.holds(day)
    )


def _bodies(profile: Profile, day: date) -> tuple[BodyChoice, ...]:
    return tuple(
        BodyChoice(
            code=body.id,
            label=body.name,
            bases=body.bases,
            extraordinary_allowed=body.extraordinary_allowed,
        )
        for body in profile.bodies
        if body.holds(day)
    )


def _codes(profile: Profile, day: date) -> dict[str, tuple[Choice, ...]]:
    return {
        name: tuple(
            Choice(code=entry.code, label=entry.label, marks=entry.marks)
            for history in entries.values()
            if (entry := history.on(day))
        )
        for name, entries in profile.lists.items()
    }


def _notices(profile: Profile, day: date) -> tuple[NoticeText, ...]:
    """Every version in use on the day."""
    return tuple(
        NoticeText(kind=kind, version=text.version, title=text.title, text=text.printed)
        for kind, texts in profile.notices.items()
        for text in texts
        if text.holds(day)
    )
