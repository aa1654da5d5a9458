"""照合: what one part of a profile says of another must be there, on the days it says so."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from domain.profile.bodies import Body, Frequency, Handles, ItemKind, LegalBasis
from domain.profile.codes import LISTS
from domain.profile.dated import Dated, History, histories
from domain.profile.municipality import Profile
from domain.profile.rules import NoticeKind
from domain.profile.wrong import Path
from domain.values import DeskRef, Role

OFFICES = (
    Role.COORDINATOR,
    Role.CONVENER,
    Role.PROTECTION,
    Role.IDENTITY,
    Role.PRIVACY,
    Role.ADMINISTRATOR,
)
"""台帳を動かすのに、どの自治体にも要る担当。"""

NO_SECRECY = "none"
UNIT = "設定のその期間にない"


class Problem(NamedTuple):
    """Where, what, and what would be right there."""

    path: Path
    says: str
    allowed: tuple[str, ...] = ()


def problems(profile: Profile, facts: Collection[str] | None) -> Iterator[Problem]:
    yield from _dates(profile)
    yield from _lists(profile)
    yield from _agencies(profile)
    yield from _areas_and_services(profile)
    for number, body in enumerate(profile.bodies):
        yield from _body(profile, ("bodies", number), body)
    yield from _rules(profile, facts)
    yield from _offices(profile)


def _tables(profile: Profile) -> Iterator[tuple[Path, Sequence[tuple[str, Dated]]]]:
    """Every run of dated rows, each row with the name under which it must not overlap another."""
    for table in ("sections", "agencies", "areas", "services", "bodies", "kpis", "retention"):
        yield (table,), [(row.id, row) for row in getattr(profile, table)]
    for number, agency in enumerate(profile.agencies):
        yield ("agencies", number, "desks"), [(desk.id, desk) for desk in agency.desks]
    for name, entries in profile.codes.items():
        yield ("codes", name), [(entry.code, entry) for entry in entries]
    for kind, notices in profile.notices.items():
        yield ("notices", kind.value), [("", notice) for notice in notices]
    yield ("settings",), [("", settings) for settings in profile.dated_settings]
    yield ("plan",), [("", profile.plan)]


def _dates(profile: Profile) -> Iterator[Problem]:
    for path, rows in _tables(profile):
        for number, (_, row) in enumerate(rows):
            if row.last < row.first:
                at: Path = path if path == ("plan",) else (*path, number)
                yield Problem(
                    (*at, "until"), "終わりの日が始まりの日より前です。", (f"{row.since} 以後",)
                )
        for key, history in histories(rows).items():
            if history.overlaps():
                named = f"「{key}」の" if key else ""
                yield Problem(path, f"{named}期間が重なる行があります。", ("重ならない期間",))


def _lists(profile: Profile) -> Iterator[Problem]:
    for name in LISTS:
        if not profile.codes.get(name):
            yield Problem(("codes", name), "必要なコード表がありません。", ("1つ以上のコード",))
    for name in profile.codes:
        if name not in LISTS:
            yield Problem(("codes", name), "知らないコード表です。", LISTS)
    for kind in NoticeKind:
        if not profile.notices.get(kind):
            yield Problem(("notices", kind.value), "必要な文面がありません。", ("1つ以上の版",))


def _missing(
    path: Path, known: Mapping[str, History[Any]], ids: Iterable[str], span: Dated
) -> Iterator[Problem]:
    for each in ids:
        if each not in known or not known[each].covers(span):
            yield Problem(path, f"「{each}」は{UNIT}ものです。", tuple(known))


def _agencies(profile: Profile) -> Iterator[Problem]:
    sections, fields = profile.lists["sections"], profile.lists.get("fields", {})
    for number, agency in enumerate(profile.agencies):
        at = ("agencies", number)
        if agency.section:
            yield from _missing((*at, "section"), sections, [agency.section], agency)
        yield from _missing((*at, "fields"), fields, agency.fields, agency)
        for place, desk in enumerate(agency.desks):
            where = (*at, "desks", place)
            yield from _missing((*where, "fields"), fields, desk.fields, desk)
        if agency.access and not agency.desks:
            yield Problem(at, "台帳を使う機関に係がありません。", ("desks に1つ以上の係",))


def _areas_and_services(profile: Profile) -> Iterator[Problem]:
    agencies, lists = profile.agency_history, profile.lists
    for number, area in enumerate(profile.areas):
        yield from _missing(("areas", number, "centres"), agencies, area.centres, area)
    for number, service in enumerate(profile.services):
        at = ("services", number)
        yield from _missing((*at, "agencies"), agencies, service.agencies, service)
        yield from _missing((*at, "sections"), lists["sections"], service.sections, service)
        yield from _missing((*at, "fields"), lists.get("fields", {}), service.fields, service)
        for place, staff in enumerate(service.staffing):
            where = (*at, "staffing", place, "agency")
            yield from _missing(where, agencies, [staff.agency] if staff.agency else [], service)


def _body(profile: Profile, at: Path, body: Body) -> Iterator[Problem]:
    agencies = profile.agency_history
    posts = {"convener": [body.convener], "delegates": body.delegates}
    posts["chair"] = [body.chair] if body.chair else []
    for key, held in posts.items():
        yield from _missing((*at, key), agencies, [post.agency for post in held], body)
    yield from _missing_desk(profile, (*at, "secretariat"), body.secretariat, body)
    for number, tier in enumerate(body.tiers):
        yield from _missing((*at, "tiers", number, "agencies"), agencies, tier.agencies, body)
    secrecies = profile.lists.get("secrecy-bases", {})
    yield from _missing((*at, "secrecy"), secrecies, [body.secrecy], body)
    bodies = profile.body_history
    beside = body.schedule.together_with
    yield from _missing((*at, "reports_to"), bodies, body.reports_to, body)
    yield from _missing(
        (*at, "schedule", "together_with"), bodies, [beside] if beside else [], body
    )
    yield from _contradictions(at, body)


def _missing_desk(profile: Profile, at: Path, ref: DeskRef, span: Dated) -> Iterator[Problem]:
    history = profile.desk_history.get((ref.agency, ref.desk))
    if history is None or not history.covers(span):
        allowed = tuple(f"{agency}/{desk}" for agency, desk in profile.desk_history)
        yield Problem(at, f"係「{ref.agency}/{ref.desk}」は{UNIT}ものです。", allowed)


def _contradictions(at: Path, body: Body) -> Iterator[Problem]:
    case, secret = ItemKind.CASE in body.kinds, set(body.bases) - {LegalBasis.NONE}
    if not body.bases:
        yield Problem((*at, "bases"), "会議の根拠がありません。", tuple(LegalBasis))
    if not body.kinds:
        yield Problem((*at, "kinds"), "扱う議題の種別がありません。", tuple(ItemKind))
    if case and body.handles is Handles.NONE:
        yield Problem((*at, "kinds"), "個別ケースを扱わない会議体です。", ("training", "policy"))
    if body.handles is Handles.IDENTIFIED and not secret:
        allowed = tuple(basis for basis in LegalBasis if basis is not LegalBasis.NONE)
        yield Problem((*at, "bases"), "個人が分かる会議体には守秘義務の根拠が要ります。", allowed)
    if body.handles is Handles.IDENTIFIED and body.secrecy == NO_SECRECY:
        yield Problem((*at, "secrecy"), "個人が分かる会議体です。", ("守秘義務のある根拠",))
    if (body.schedule.frequency is Frequency.WITH) != bool(body.schedule.together_with):
        yield Problem((*at, "schedule"), "with と together_with は一緒に書きます。")
    if len({tier.id for tier in body.tiers}) < len(body.tiers):
        yield Problem((*at, "tiers"), "同じ id の区分があります。", ("異なる id",))


def _rules(profile: Profile, facts: Collection[str] | None) -> Iterator[Problem]:
    lists = profile.lists
    for number, rule in enumerate(profile.eligibility):
        at = ("eligibility", number)
        yield from _missing(
            (*at, "issues_any_of"), lists.get("issues", {}), rule.issues_any_of, rule
        )
        yield from _missing(
            (*at, "counted_fields"), lists.get("fields", {}), rule.counted_fields, rule
        )
        if not (rule.fields_at_least or rule.issues_at_least or rule.issues_any_of):
            criteria = ("fields_at_least", "issues_at_least", "issues_any_of")
            yield Problem(at, "対象とする条件が1つもありません。", criteria)
    for number, kpi in enumerate(profile.kpis):
        for fact in kpi.facts:
            if facts is not None and fact not in facts:
                where = ("kpis", number, "facts")
                yield Problem(where, f"「{fact}」は出来事一覧にありません。", tuple(sorted(facts)))


def _offices(profile: Profile) -> Iterator[Problem]:
    for office in OFFICES:
        if not profile.desks_for(office, profile.plan.first):
            says = f"役割 {office.value} の係が、計画の初日にどの機関にもありません。"
            yield Problem(("agencies",), says, (f'desks に offices = ["{office.value}"] の係',))
