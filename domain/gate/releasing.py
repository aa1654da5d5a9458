"""本人に出すとき (rule 29): what of a record would endanger or wrong somebody, if the person it is
about were given it; for the 開示 draft and the person's own 閲覧状況.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from domain.events import Fact
from domain.events.intake import AbuseReported, FactsChecked, ProtectionTaken
from domain.events.meeting import BroughtToSitting, CaseStudied, PersonsHeldBack
from domain.events.oversight import OversightFact
from domain.events.person import (
    ConcealmentEnded,
    ConcealmentExtended,
    ConcealmentStarted,
    EndingProposed,
)
from domain.events.sitting import SittingFact
from domain.gate.asked import Asked, located, named, part, whole
from domain.gate.handing import goes_out
from domain.gate.situation import Situation
from domain.gate.spoken import Item
from domain.labels import Paragraph, Tag


class Ground(StrEnum):
    """出さない理由。"""

    THIRD_PARTY = "third-party"  # 第三者の陳述・第三者に関する情報
    PARTNER_AGENCY = "partner-agency"  # 協力機関名
    OPINION = "opinion"  # 評価・判断
    HARMS_REQUESTER = "harms-requester"  # 請求者に害
    INFORMANT = "informant"  # 通報者
    SECRET = "secret"  # 秘匿  # noqa: S105 - the name of a ground
    LOCATION = "location"  # 居場所とその手がかり (相手方には、支援措置の対象の人にふれたものすべて)
    HIDDEN = "hidden"  # 見せない人が定められている
    SITTING = "sitting"  # 支援会議で知った (別の根拠がない)
    PROTECTION = "protection"  # 保護・支援措置の手続
    UNSETTLED = "unsettled"  # 一人とされた間に書かれ、どちらのことか分からない


STATUTES: Mapping[Ground, str] = {
    Ground.THIRD_PARTY: "ppa-78-1-2",
    Ground.PARTNER_AGENCY: "ppa-78-1-7",
    Ground.OPINION: "ppa-78-1-7",
    Ground.HARMS_REQUESTER: "ppa-78-1-1",
    Ground.INFORMANT: "ppa-78-1-2",
    Ground.SECRET: "ppa-78-1-7",
    Ground.LOCATION: "ppa-78-1-1",
    Ground.HIDDEN: "ppa-78-1-1",
    Ground.SITTING: "ppa-78-1-7",
    Ground.PROTECTION: "ppa-78-1-1",
    Ground.UNSETTLED: "ppa-78-1-2",
}
"""Codes of the profile's list `disclosure-grounds`: a proposal, which a person decides on."""

ENDANGERING = frozenset(Ground) - {Ground.THIRD_PARTY, Ground.PARTNER_AGENCY, Ground.OPINION}
_TAGS: Mapping[Tag, Ground] = {
    Tag.THIRD_PARTY: Ground.THIRD_PARTY,
    Tag.PARTNER_AGENCY: Ground.PARTNER_AGENCY,
    Tag.OPINION: Ground.OPINION,
    Tag.HARMS_REQUESTER: Ground.HARMS_REQUESTER,
    Tag.INFORMANT: Ground.INFORMANT,
    Tag.SECRET: Ground.SECRET,
    Tag.LOCATION: Ground.LOCATION,
}
_REPORTED: tuple[type[Fact], ...] = (AbuseReported, FactsChecked)
_PROTECTING = (
    ProtectionTaken
    | ConcealmentStarted
    | ConcealmentExtended
    | ConcealmentEnded
    | EndingProposed
    | OversightFact
)
_MET = BroughtToSitting | PersonsHeldBack | CaseStudied | SittingFact


class Asking(NamedTuple):
    """請求: who asks about themselves, under all ids that are theirs today, by a representative or
    not; when.
    """

    persons: frozenset[UUID]
    today: date
    by_representative: bool = False


def grounds(item: Item, asking: Asking, situation: Situation) -> tuple[Ground, ...]:
    """Why the fact as such is not for the person; nothing where it is."""
    asked = whole(item, situation)
    found = [*_of_kind(item.fact), *_of_label(asked, asking, situation)]
    return tuple(dict.fromkeys(found))


def of_paragraph(
    item: Item, field: str, paragraph: Paragraph, asking: Asking, situation: Situation
) -> tuple[Ground, ...]:
    """Why a paragraph is not; releasing it as one's own needs that nobody else is a principal."""
    asked = part(item, field, paragraph, situation)
    others = {*paragraph.principals, *([paragraph.told_by] if paragraph.told_by else [])}
    theirs = [Ground.THIRD_PARTY] if others - asking.persons else []
    found = [*_of_kind(item.fact), *_of_label(asked, asking, situation), *theirs]
    return tuple(dict.fromkeys(found))


def concerns(item: Item, asking: Asking, situation: Situation) -> bool:
    """Whether it names who asks, or did of one with whom they were taken for one then."""
    fact = item.fact
    whom = {*named(whole(item, situation))}
    for _, _, paragraph in narratives(fact):
        whom |= {*paragraph.principals, *paragraph.label.subjects}
    return not situation.one.meant(whom, item).isdisjoint(asking.persons)


def narratives(fact: Fact) -> Iterator[tuple[str, int, Paragraph]]:
    """Every paragraph, by the field and the number under which it stands."""
    for name in type(fact).model_fields:
        value = getattr(fact, name)
        if isinstance(value, tuple):
            for number, each in enumerate(value):
                if isinstance(each, Paragraph):
                    yield name, number, each


def endangers(item: Item, asking: Asking, situation: Situation) -> tuple[Ground, ...]:
    """Why not even that somebody read it is told: the fact, or any paragraph of it, says so."""
    found = [*grounds(item, asking, situation)]
    for name, _, paragraph in narratives(item.fact):
        found += of_paragraph(item, name, paragraph, asking, situation)
    return tuple(dict.fromkeys(each for each in found if each in ENDANGERING))


def _of_kind(fact: Fact) -> Iterator[Ground]:
    if isinstance(fact, _REPORTED):
        yield Ground.INFORMANT
    if isinstance(fact, _PROTECTING):
        yield Ground.PROTECTION
    if isinstance(fact, _MET):
        yield Ground.SITTING


def _of_label(asked: Asked, asking: Asking, situation: Situation) -> Iterator[Ground]:
    label = asked.label
    yield from (_TAGS[tag] for tag in label.tags)
    if located(asked, situation) is not None or _betrays(asked, asking, situation):
        yield Ground.LOCATION
    hidden = _hidden_from(asked, situation)
    if not hidden.isdisjoint(asking.persons) or (asking.by_representative and hidden):
        yield Ground.HIDDEN
    if frozenset(label.subjects) - asking.persons:
        yield Ground.THIRD_PARTY
    if asked.learned and not goes_out(asked, situation, asking.today):
        yield Ground.SITTING
    if _unsettled(asked, asking, situation):
        yield Ground.UNSETTLED


def _hidden_from(asked: Asked, situation: Situation) -> frozenset[UUID]:
    """With whoever was taken for one of these when that was written."""
    since = (change.kept_from for change in asked.changes)
    return situation.one.meant(asked.written.hidden_from, asked.item).union(*since)


def _unsettled(asked: Asked, asking: Asking, situation: Situation) -> bool:
    """Whether it may be of somebody for whom they were taken then."""
    whom = {*named(asked), *asked.persons}
    meant = (situation.one.meant((each,), asked.item) for each in whom)
    return any(not each.isdisjoint(asking.persons) and each - asking.persons for each in meant)


def _betrays(asked: Asked, asking: Asking, situation: Situation) -> bool:
    """Rule 2: whether it tells of somebody protected from whoever asks, be it by a word in passing;
    where it names nobody, of any of them. Who wrote it and what for says where to look for them.
    """
    about = {*asked.label.subjects, *asked.persons}
    if asked.paragraph:
        about.update(asked.paragraph.mentioned)
        about.update([asked.paragraph.told_by] if asked.paragraph.told_by else [])
    who = set(map(situation.who, about)) or situation.concealed
    return bool(situation.against(who, frozenset(map(situation.who, asking.persons))))
