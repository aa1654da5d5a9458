"""名前で読む: what the codes of a printed table are called; machines get the codes themselves."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from api.words import ProfileWords
from domain.events import CATALOGUE
from domain.profile import Profile
from domain.values import UNKNOWN_DAY
from projections.sentences import words as said
from projections.sentences.words import STATUSES

STATUS: Mapping[str, str] = {**STATUSES, "merged": "統合"}
_STATE = {"planned": "予定", "held": "開催", "cancelled": "取りやめ"}
_MEMBERSHIP = {
    "registered": "住民票同一世帯",
    "living-together": "同居",
    "apart": "別居家族",
    "support-only": "支援上のみ",
}
_MARKS = {"late": "遅れて記録", "corrected": "訂正ずみ", "corrected-since": "後に訂正・取消し"}
_DIFFERENCE = {
    "happened": "起きた",
    "learned": "分かった",
    "corrected": "訂正された",
    "taken-back": "取り消された",
    "not-yet": "まだない",
}
_BASIS = {
    "support": "支援会議",
    "layered": "重層的支援会議",
    "other-confidential": "その他の守秘義務のある会議",
    "none": "個人を扱わない",
}
_WHY = {
    "late": "締めた後に記録",
    "corrected": "訂正",
    "taken-back": "取消し",
    "regrouped": "統合・名寄せなど",
}
_ITEM = {"case": "個別ケース", "training": "研修・勉強会", "policy": "施策・体制"}
HEADINGS = {
    "true_at": "いつのことか",
    "position": "記録の位置",
    "household": "世帯",
    "households": "世帯の数",
    "merged": "統合された世帯",
    "withheld": "伏せた欄があるか",
    "status": "状態",
    "cycle": "期",
    "agency": "主担当",
    "desk": "係",
    "merged_into": "統合先",
    "members": "世帯員",
    "open_referrals": "回答待ちのつなぎ",
    "consents_in_force": "有効な同意",
    "plans_decided": "決定したプラン",
    "next_review": "次の見直し",
    "last_contact": "最後の接触",
    "number": "番号",
    "relation": "続柄",
    "membership": "種別",
    "since": "いつから",
    "left": "いつまで",
    "occurred_on": "起きた日",
    "recorded_at": "記録した日時",
    "stream": "世帯・会議など",
    "version": "記録の番号",
    "words": "文の番号",
    "fact": "出来事",
    "marks": "しるし",
    "what": "こと",
    "before": "前",
    "after": "後",
    "kind": "種類",
    "recorded_on": "記録した日",
    "days": "日数",
    "closed": "締め日",
    "now": "いま",
    "why": "違いのわけ",
    "basis": "根拠",
    "body": "会議体",
    "held_on": "開催日",
    "state": "開催の状態",
    "extraordinary": "臨時か",
    "written_up": "記録を作成したか",
    "write_up_due": "記録の期限",
    "present": "出席した人の数",
    "papers": "配った資料の数",
    "sitting": "会議",
    "plan": "プラン",
    "decided": "決定したか",
    "ratify_by": "事後承認の期限",
    "review_on": "見直しの日",
    "ended": "終わったか",
}
"""What a person reads above a column; machines get the names themselves."""
Row = Mapping[str, Any]
Named = Callable[[str, Row], Any]


class Then(NamedTuple):
    """One of two points that are compared: its day, and the agency that had the lead then."""

    day: date
    agency: str | None


def happened(kind: str) -> str:
    """出来事の名: a kind that the catalogue does not know stands for itself."""
    known = CATALOGUE.get(kind)
    return said.happened(known) if known else kind


def heading(column: str, row: Row) -> str:
    """Of a record, the agency is whose record it is."""
    return "機関" if column == "agency" and "fact" in row else HEADINGS.get(column, column)


def naming(profile: Profile, day: date) -> Named:
    """What stands in a column of a row, as the municipality called it on that day."""
    words = ProfileWords(profile, str, {}, day.isoformat())
    return partial(_named, words)


def naming_both(profile: Profile, before: Then, after: Then) -> Named:
    """What stood otherwise, on either side as it was called on that day."""
    last = naming(profile, after.day)
    sides = {"before": (naming(profile, before.day), before), "after": (last, after)}

    def named(column: str, row: Row) -> Any:
        if column not in sides:
            return last(column, row)
        called, then = sides[column]
        what = str(row["what"])
        return called(what, {"agency": then.agency, what: row[column]})

    return named


def _named(words: ProfileWords, column: str, row: Row) -> Any:
    value = row[column]
    match column, value:
        case "marks", tuple() | list():
            return [_MARKS.get(mark, mark) for mark in value]
        case _, _ if value == UNKNOWN_DAY:
            return "時期不明"
        case "desk", str() if row.get("agency"):
            whole, agency = words.agency(row["agency"], value), words.agency(row["agency"])
            return whole.removeprefix(agency) or value
        case _, str():
            return _said(words, column, value)
        case _:
            return value


def _said(words: ProfileWords, column: str, code: str) -> str:
    match column:
        case "agency":
            return words.agency(code)
        case "body":
            return words.body(code)
        case "relation":
            return words.code("relations", code)
        case "fact":
            return happened(code)
        case "what":
            return HEADINGS.get(code, code)
        case _:
            return _WORDS.get(column, {}).get(code, code)


_WORDS: Mapping[str, Mapping[str, str]] = {
    "status": STATUS,
    "state": _STATE,
    "membership": _MEMBERSHIP,
    "kind": {**_DIFFERENCE, **_ITEM},
    "basis": _BASIS,
    "why": _WHY,
}
