"""それぞれの道: 一つの世帯は分かれて落ち着き、もう一人は姿を消す。"""

from dataclasses import replace

from replays.stories.komaki.cast import CITY, PLACE
from replays.stories.komaki.two_bases import BOTH
from replays.stories.room import closed, convened, invited, item, opened, present, told, written_up
from replays.stories.telling import act, look, refused

H = "/households/{household}"
P = "/households/{parking}"
SEATS = tuple(replace(seat, key=f"o-{seat.key}") for seat in BOTH)
ABOUT = {"sitting": "{october}", "item": "{october-item}"}
GONE = {
    "reason": "whereabouts-unknown",
    "attempts": [
        {"on": "2025-09-09", "method": "visit"},
        {"on": "2025-09-16", "method": "visit"},
        {"on": "2025-09-30", "method": "agency"},
    ],
    "not_asked_because": "転居先が分からず、本人に確かめられない。",
    **ABOUT,
}

PATHS_PART = (
    act(
        "2025-07-22 07:30",
        "umemura",
        "四度目の朝、シゲさんが初めて隣に座りました。",
        f"{P}/contacts",
        {
            "person": "{shige}",
            "method": "visit",
            "met_person": True,
            "narrative": "缶コーヒーを半分こ。「昔は左官だった」。",
        },
    ),
    act(
        "2025-07-29 07:40",
        "umemura",
        "フードドライブの袋を受け取ってくれました。きっかけの事業として記録します。",
        f"{P}/entry-services",
        {
            "person": "{shige}",
            "service": "food-drive",
            "narrative": "米と缶詰。次は靴下がほしいと。",
        },
    ),
    act(
        "2025-08-05 10:00",
        "ando",
        "同意がないので、プランには至りません。それでも関わり続ける人を名指しします。",
        f"{P}/plans-not-reached",
        {
            "reason": "no-consent",
            "keeper_agency": PLACE["agency"],
            "keeper_desk": PLACE["desk"],
            "narrative": "週1回の朝の訪問を続ける。",
        },
    ),
    act(
        "2025-08-20 18:00",
        "kondo",
        "マリアさんと夜勤明けに会えました。自分のことに限って同意します。",
        f"{H}/consents",
        {
            "person": "{maria}",
            "giver": "{maria}",
            "authority": "self",
            "able": True,
            "method": "written",
            "text_version": "consent-1",
            "agencies": [CITY["agency"]],
            "categories": ["identity", "consultation", "progress"],
            "purposes": ["planning", "meeting", "support"],
            "period": {"start": "2025-08-20", "end": "2026-03-31"},
        },
    ),
    act(
        "2025-09-30 10:00",
        "hibino",
        "ロサさんは、味岡に住むもう一人の息子の家へ移りました。世帯を分けます。"
        "昔の姿はそのままです。",
        f"{H}/split",
        {
            "persons": ["{rosa}"],
            "area": "ajioka",
            "household_type": "other",
        },
        keep="new-home",
    ),
    act(
        "2025-09-30 10:10",
        "hibino",
        "カルロスさんとは、送り迎えの連絡の取り方を決めました。",
        f"{H}/persons/{{carlos}}/safe-contact",
        {"phone": "0568-00-0010", "times": "日曜の午後", "voicemail_allowed": True},
    ),
    act(
        "2025-09-30 10:20",
        "hibino",
        "離れて暮らす息子として、カルロスさんも新しい世帯に加えます。"
        "一人が二つの世帯に属することもあります。",
        "/households/{new-home}/members",
        {
            "person": "{carlos}",
            "relation": "son",
            "membership": "apart",
            "since": "2025-09-30",
        },
    ),
    convened(
        "2025-09-30 13:00",
        "ochiai",
        "秋の「こまきつながる会議」です。",
        "october",
        "tsunagaru",
        "2025-10-14",
        "市役所本庁舎 601会議室",
    ),
    item(
        "2025-09-30 13:05",
        "ando",
        "議題は、姿の見えなくなったシゲさんのこと。",
        "october",
        "october-item",
        "連絡の取れない単身者について",
        "support",
        household="parking",
    ),
    *invited("2025-09-30 13:10", "ando", "october", SEATS, ("october-item",)),
    act(
        "2025-10-10 10:00",
        "ando",
        "議題に付します。",
        f"{P}/sitting-items",
        ABOUT | {"subjects": ["{shige}"], "narrative": "9月から車がない。中断の可否を諮る。"},
        quiet="議題に付します",
    ),
    *told("2025-10-14 13:50", "ando", "october", SEATS),
    opened("2025-10-14 14:00", "ochiai", "october"),
    *present("2025-10-14 14:00", "ando", "october", "october-item", SEATS),
    act(
        "2025-10-14 14:20",
        "ando",
        "三度探しても見つからないことを確かめ、会議は中断を確認します。",
        f"{P}/meeting-decisions",
        ABOUT
        | {
            "kind": "suspension-confirmed",
            "narrative": "見かけたら居場所へ知らせる。いつでも再開する。",
        },
    ),
    closed("2025-10-14 14:40", "ochiai", "october"),
    written_up("2025-10-17 10:00", "ando", "october", "中断を確認した。"),
    refused(
        "2025-10-17 11:00",
        "ando",
        "NoContactAttempts",
        "「会えないので中断」。どう探したかを書かない中断は、認められません。",
        f"{P}/suspension",
        GONE | {"attempts": []},
    ),
    act(
        "2025-10-17 11:05",
        "ando",
        "三度の試みを書いて、支援を中断します。終わりではありません。",
        f"{P}/suspension",
        GONE | {"narrative": "靴下と連絡先の札を、いつもの壁ぎわに置いてきた。"},
    ),
    act(
        "2025-12-18 08:00",
        "umemura",
        "冬の朝、シゲさんが居場所の戸をたたきました。「靴下、あるかな」。支援を再開します。",
        f"{P}/reopening",
        {
            "reason": "found-again",
            "agency": PLACE["agency"],
            "desk": PLACE["desk"],
            "staff": "{umemura}",
            "narrative": "本名は言わない。足は自分から見せた。",
        },
    ),
    look("2025-12-18 10:00", "umemura", "梅村さんが、シゲさんの記録を開きます。", P),
)
