"""Ｂ－２ 随時型: 夜の電話から2時間で集まる。"""

from dataclasses import replace

from replays.stories.ashiya.cast import ELDERLY, RIGHTS
from replays.stories.ashiya.screening import REGULAR
from replays.stories.room import Seat, closed, present, written_up
from replays.stories.telling import act, refused

H = "/households/{household}"
SEATS = (
    replace(REGULAR[0], key="b2-hirata"),
    replace(REGULAR[1], key="b2-mori"),
    replace(REGULAR[2], key="b2-nagai"),
    Seat("b2-okada", "岡田", "権利擁護支援センター", RIGHTS["agency"], "okada", tier="case"),
)
PHONE = {
    "place": "電話会議",
    "items": [
        {
            "kind": "case",
            "item_basis": "layered",
            "title": "三世代世帯の夜間の安全について",
            "household": "{household}",
        }
    ],
    "attendees": [seat.invitation(()) | {"duty": {"text_version": "duty-1"}} for seat in SEATS],
}

URGENT = (
    act(
        "2023-09-12 08:30",
        "mori",
        "九月の朝、修さんが夜中に海辺で見つかりました。命に関わるので、森さんは同意を待たずに"
        "包括へ知らせます。根拠は急迫、あとで必ず点検されます。",
        f"{H}/shares",
        {
            "to_agency": ELDERLY["agency"],
            "purpose": "emergency",
            "categories": ["health"],
            "subjects": ["{osamu}"],
            "basis": {
                "kind": "urgent",
                "reason": "夜中に家を出て海辺で見つかった。今夜も命の危険がある。",
                "review_due": "2023-09-19",
            },
            "narrative": "もの忘れが進み、夜に家を出てしまう。",
            "category": "health",
        },
    ),
    act(
        "2023-09-12 08:50",
        "nagai",
        "由香さんは「もう限界」と泣きました。新しい相談として受け付けます。",
        f"{H}/consultations",
        {
            "route": "family-phone",
            "window": ELDERLY["desk"],
            "fields": ["elderly"],
            "issues": ["care", "mental-health"],
            "consulter": "family",
            "person": "{yuka}",
            "urgency": "now",
            "narrative": "警察から引き取り。けがなし。由香さんは3日眠れていない。"
            "死にたい気持ちはないと確認。",
        },
        keep="night-call",
    ),
    act(
        "2023-09-12 08:58",
        "nagai",
        "この相談は、潮見包括が続けて関わります。",
        f"{H}/consultations/{{night-call}}/screening",
        {"result": "continued", "next_step": "continued", "keeper": ELDERLY["desk"]},
    ),
    refused(
        "2023-09-12 09:10",
        "kitamura",
        "ExtraordinaryNotAllowed",
        "定例のＢ－１は、その場の電話で開くことができません。そういう決まりの会議だからです。",
        "/sittings/extraordinary",
        PHONE | {"body": "b-1"},
    ),
    act(
        "2023-09-12 09:20",
        "kitamura",
        "緊急対応度の高いケースのためのＢ－２（随時型）なら、招集も議題も出席も、一度に開けます。",
        "/sittings/extraordinary",
        PHONE | {"body": "b-2"},
        keep={"b2": "id", "b2-item": "item-0"}
        | {seat.key: f"attendee-{number}" for number, seat in enumerate(SEATS)},
    ),
    *present("2023-09-12 09:22", "hirata", "b2", "b2-item", SEATS),
    act(
        "2023-09-12 09:25",
        "hirata",
        "由香さんとそらさんのことを議題に付します。",
        f"{H}/sitting-items",
        {
            "sitting": "{b2}",
            "item": "{b2-item}",
            "subjects": ["{yuka}", "{sora}"],
            "narrative": "今夜からの見守りを、家族以外でどう担うか。",
        },
    ),
    act(
        "2023-09-12 09:50",
        "hirata",
        "今夜から短期入所を使い、由香さんは明日受診。役割が決まりました。",
        f"{H}/meeting-decisions",
        {
            "sitting": "{b2}",
            "item": "{b2-item}",
            "kind": "roles",
            "narrative": "修さんは今夜から短期入所。由香さんの受診に保健師が付き添う。"
            "そらさんの登校を学校と見守る。",
            "roles": [
                {
                    **ELDERLY,
                    "task": "短期入所の手配と、修さんへの説明",
                    "needed": [{"text": "「海の見える部屋」と伝えると落ち着く。"}],
                    "until": "2023-12-31",
                },
                {
                    **RIGHTS,
                    "task": "修さんの成年後見の申立ての支援",
                    "needed": [{"text": "契約と金銭の管理を本人だけで行うのが難しい。"}],
                    "until": "2024-03-31",
                },
            ],
        },
        keep="night-roles",
    ),
    closed("2023-09-12 10:00", "kitamura", "b2"),
    act(
        "2023-09-13 13:00",
        "ozaki",
        "保健師の尾崎さんが、由香さんの受診に付き添います。",
        f"{H}/contacts",
        {
            "person": "{yuka}",
            "method": "accompany",
            "met_person": True,
            "narrative": [
                {
                    "text": "眠れない日が続いたことを、由香さんが自分で医師に話した。薬が変わり、"
                    "次は2週間後。",
                    "category": "health",
                }
            ],
        },
    ),
    written_up(
        "2023-09-15 16:00", "hirata", "b2", "緊急の役割分担を電話で協議し、その日のうちに動いた。"
    ),
    act(
        "2023-12-04 11:00",
        "nagai",
        "家庭裁判所の審判で、修さんに保佐人が付きました。",
        f"{H}/guardianships",
        {"person": "{osamu}", "kind": "curator", "guardian": "保佐人 司法書士 入江 透"},
        keep="curator",
    ),
    act(
        "2023-12-20 10:00",
        "nagai",
        "修さんは、海の見えるグループホームへ移りました。世帯の昔の姿は、そのまま残ります。",
        f"{H}/members/{{osamu}}/leaving",
        {"reason": "institution", "destination": "グループホーム うみねこ（架空）"},
    ),
    act(
        "2024-03-29 11:00",
        "nagai",
        "入江さんは転居のため辞任し、家庭裁判所が許しました。任務の終わりも記録します。",
        f"{H}/guardianships/{{curator.version}}/end",
        {"reason": "resigned"},
    ),
)
