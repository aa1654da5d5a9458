"""撤回の及ぶところの表: one line for each reading, each thing told, each agency to be told."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from api.audit.lines import TIME, Said, day_of
from api.auditing import Audit
from api.sheet import Columns
from projections.sentences.words import categories


class Why(StrEnum):
    """なぜ持っているか。"""

    SHARED = "shared"  # 情報提供で渡した
    REFERRED = "referred"  # つなぎで渡した
    ASKED = "asked"  # 協力依頼で尋ねた
    READ = "read"  # 台帳で読んだ
    PAPER = "paper"  # 回収していない資料
    NAMED = "named"  # 撤回のときに挙げられた


_WHY = {
    Why.SHARED: "情報提供で渡した",
    Why.REFERRED: "つなぎで渡した",
    Why.ASKED: "協力依頼で尋ねた",
    Why.READ: "台帳で読んだ",
    Why.PAPER: "会議の資料を回収していない",
    Why.NAMED: "撤回のときに挙げられた",
}


_KINDS = {"share": "提供", "referral": "つなぎ", "request": "協力依頼"}


def rows(body: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """First the consent and its withdrawals: they tell what was read before, and what after."""
    yield {"what": "同意", **body["given"]}
    for cut in body["withdrawn"]:
        yield {"what": "撤回", **cut}
    for read in body["readers"]:
        yield {"what": "閲覧", "at": read["first"], "last": read["last"], "by": read["by"], **read}
    for share in body["shares"]:
        purposes, agencies = [share["purpose"]], [share["to"]]
        yield {"what": _KINDS[share["kind"]], "purposes": purposes, "agencies": agencies, **share}
    for holder in body["to_be_told"]:
        yield {"what": "伝える先", "agencies": [holder["agency"]], **holder}


def columns(said: Said, audit: Audit) -> Columns:
    def to(row: dict[str, Any]) -> list[str]:
        return [said.named(each, None, audit.today) for each in row.get("agencies", ())]

    def by(row: dict[str, Any]) -> str | None:
        held = row.get("by")
        return held and said.named(
            held["capacity"].agency, held["capacity"].desk, day_of(row["at"])
        )

    def role(row: dict[str, Any]) -> str | None:
        return said.role(row["by"]["capacity"]) if row.get("by") else None

    return {
        "種類": lambda row: row["what"],
        "本人": lambda row: row.get("person"),
        TIME: lambda row: row.get("at"),
        f"最後の{TIME}": lambda row: row.get("last"),
        "職員": lambda row: row.get("by") and row["by"]["name"],
        "職員ID": lambda row: row.get("by") and row["by"]["staff"],
        "機関・係": by,
        "役割": role,
        "相手の機関": to,
        "目的": lambda row: said.purposes(row.get("purposes", ()), row.get("at") or audit.at),
        "根拠": lambda _: "本人同意",
        "区分": lambda row: categories(tuple(row.get("categories", ()))),
        "撤回で閉じた区分": lambda row: categories(tuple(row.get("cut", ()))),
        "件数": lambda row: row.get("records"),
        "理由": lambda row: [_WHY[each] for each in row.get("why", ())],
    }
