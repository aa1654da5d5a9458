"""違いの文: what was learned, changed and corrected between two points, in plain sentences."""

from collections.abc import Mapping
from typing import Any

from api.naming import STATUS
from api.words import ProfileWords
from projections.as_of.difference import DifferenceKind, State
from projections.sentences.words import day

_PLAN = {"drafted": "案", "decided": "決定", "ended": "終了"}
_HEADS: Mapping[DifferenceKind, str] = {
    DifferenceKind.HAPPENED: "起きたこと",
    DifferenceKind.LEARNED: "前のことで、新しく分かったこと",
    DifferenceKind.TAKEN_BACK: "取り消されたこと",
    DifferenceKind.NOT_YET: "まだ起きていない、または知られていないこと",
}


def of_record(kind: DifferenceKind, before: str | None, after: str | None, written: str) -> str:
    """One record; of a correction both readings, where they differ in the sentence."""
    if kind is DifferenceKind.CORRECTED:
        if before == after:
            return f"訂正: {after}（文は同じで、中身が訂正されました）"
        return f"訂正: 「{before}」を「{after}」に改めました。"
    return f"{_HEADS[kind]}: {after or before}（{written}に記録）"


def of_state(state: State, words: ProfileWords) -> str:
    """主担当が○○から△△に変わりました。"""
    thing, before, after = state
    who = words.person(thing.person) if thing.person else ""
    match thing.what:
        case "status":
            return _turned("状態", before, after, lambda code: STATUS.get(code, code))
        case "lead":
            return _turned("主担当", before, after, lambda code: _desk(code, words))
        case "next-review":
            return _turned("次の見直しの日", before, after, day)
        case "merged-into":
            return "ほかの世帯の記録と一つになりました。" if after else "まだ別の世帯の記録です。"
        case "member":
            return f"{who}: {_belongs(before)} → {_belongs(after)}"
        case "consent":
            return f"{who}の同意が{'効力をもっています' if after else '効力をもたなくなりました'}。"
        case "referral":
            return f"つなぎが{'返事を待っています' if after else '返事を待たなくなりました'}。"
        case _:
            return _turned("プラン", before, after, lambda code: _PLAN.get(code, code))


def _turned(what: str, before: str | None, after: str | None, told: Any) -> str:
    if before is None:
        return f"{what}: {told(after)}"
    if after is None:
        return f"{what}: {told(before)} → なし"
    return f"{what}: {told(before)} → {told(after)}"


def _desk(code: str, words: ProfileWords) -> str:
    agency, _, desk = code.partition("/")
    return words.agency(agency, desk)


def _belongs(code: str | None) -> str:
    if code is None:
        return "世帯員として知られていない"
    return "世帯員" if code == "here" else f"{day(code)}に世帯を離れた"
