"""幕切れ: the case as it stands, its course and the registers, read over HTTP for a person."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.table import Table

from domain.values import JST
from projections.sentences.words import STATUSES
from replays.stories.telling import Story

Read = Callable[[str, str, str], Any]
"""Who, which path, for which purpose; the answer, or None where nothing is shown."""

_BASES = {
    "support": "支援会議（社会福祉法106条の6）",
    "layered": "重層的支援会議（本人同意）",
    "other-confidential": "守秘義務のある会議",
    "none": "個人を扱わない",
}
_KINDS = {"share": "情報提供", "referral": "つなぎ", "request": "協力依頼"}
_GROUNDS = {
    "own": "自機関の記録",
    "consent": "本人同意",
    "sitting": "支援会議の議題",
    "statute": "法令",
    "urgent": "急迫の危険",
}
_LATEST = 12


@dataclass(frozen=True, slots=True)
class Words:
    """自治体の言葉: what codes, agencies and bodies are called on a day."""

    profile: Mapping[str, Any]

    def agency(self, code: str, desk: str | None = None) -> str:
        found = next((a for a in self.profile["agencies"] if a["code"] == code), None)
        if found is None:
            return code
        label = next((d["label"] for d in found["desks"] if d["code"] == desk), None)
        return f"{found['label']} {label}" if label else str(found["label"])

    def body(self, code: str) -> str:
        return next((b["label"] for b in self.profile["bodies"] if b["code"] == code), code)

    def code(self, codes: str, code: str) -> str:
        entries = self.profile["codes"].get(codes, ())
        return next((entry["label"] for entry in entries if entry["code"] == code), code)


def show(story: Story, known: Mapping[str, Any], read: Read, console: Console) -> None:
    """Every household by whoever works with it, every sitting by its secretariat."""
    for household, reader in story.households.items():
        words = Words(read(reader, "/profile", "consultation"))
        path = f"/households/{known[household]}"
        if case := read(reader, path, "consultation"):
            _case(case, words, console)
            _course(read(reader, f"{path}/timeline", "consultation"), console)
        _disclosures(read(reader, f"{path}/disclosures", "consultation"), words, console)
    for sitting in story.sittings:
        if held := read(story.secretary, f"/sittings/{known[sitting]}", "meeting"):
            that_day = read(story.secretary, f"/profile?on={held['held_on']}", "meeting")
            _sitting(held, Words(that_day), console)


def _say(console: Console, text: str) -> None:
    console.print(text, soft_wrap=True, highlight=False)


def _case(case: Mapping[str, Any], words: Words, console: Console) -> None:
    table = Table(title="世帯のいま", show_header=False, title_justify="left")
    table.add_row("状態", f"{STATUSES[case['status']]}（第{case['cycle']}期）")
    if lead := case["lead"]:
        table.add_row("主担当", words.agency(lead["agency"], lead["desk"]))
    for member in case["members"]:
        person = case["people"].get(str(member["person"]), {})
        left = f"（{member['left']} 世帯を離れる）" if member["left"] else ""
        concealed = "（支援措置）" if person.get("concealed") else ""
        relation = words.code("relations", member["relation"])
        table.add_row(relation, f"{_name(person)}{concealed}{left}")
    table.add_row("有効な同意", f"{len(case['consents_in_force'])}件")
    table.add_row("回答待ちのつなぎ", f"{len(case['open_referrals'])}件")
    table.add_row("プラン", "、".join(map(_plan, case["plans"])) or "なし")
    table.add_row("最後の接触", case["last_contact"] or "—")
    console.print("", table)


def _name(person: Mapping[str, Any]) -> str:
    """As far as this reader may know it."""
    for record in reversed(person.get("records", ())):
        content = record["content"]
        if known := content.get("name") or content.get("nickname"):
            return str(known)
    return "（見えません）"


def _plan(plan: Mapping[str, Any]) -> str:
    if plan["ended"]:
        return "終了"
    return f"決定（次の見直し {plan['review_on']}）" if plan["decided"] else "案"


def _course(course: Any, console: Console) -> None:
    _say(console, "[bold]支援経過[/bold]（新しいものから）")
    for entry in course["entries"][:_LATEST]:
        _say(console, f"  {entry['occurred_on']}  {entry['said']}")


def _disclosures(register: Any, words: Words, console: Console) -> None:
    entries = register["entries"] if register else []
    _say(console, f"[bold]情報提供台帳[/bold] {len(entries)}件")
    for line in entries:
        what = f"{_KINDS.get(line['kind'], line['kind'])} → {words.agency(line['to'])}"
        why = f"{words.code('purposes', line['purpose'])}、根拠: {_GROUNDS[line['basis']['kind']]}"
        after = "、同意は撤回・期限切れ" if line["withdrawn"] else ""
        _say(console, f"  {line['occurred_on']}  {what}（{why}{after}）")


def _sitting(sitting: Mapping[str, Any], words: Words, console: Console) -> None:
    told = "（取りやめ）" if sitting["cancelled"] else ""
    said = f"{sitting['held_on']} {words.body(sitting['body'])}{told}"
    _say(console, f"\n[bold]会議の記録簿[/bold] {said}")
    for item in sitting["items"]:
        _say(console, f"  議題 {item['title']} — {_BASES[item['basis']]}")
        for line in _presences(sitting, item["item"]):
            _say(console, f"    {line}")
    for paragraph in sitting["minutes"] or ():
        _say(console, f"  記録 {paragraph['text']}")


def _presences(sitting: Mapping[str, Any], item: str) -> Iterator[str]:
    for presence in sitting["presences"]:
        if presence["item"] == item:
            until = f"〜{_clock(presence['until'])} 退席" if presence["until"] else ""
            who = f"{presence['name'] or ''} {presence['capacity']}".strip()
            yield f"出席 {who}（{_clock(presence['since'])}{until}）"


def _clock(moment: str) -> str:
    return f"{datetime.fromisoformat(moment).astimezone(JST):%H:%M}"
