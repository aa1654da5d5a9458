"""五つめの分野「女性」: 寄り添い支援係で受け止め、その日のうちに守る。"""

from replays.stories.kakamigahara.cast import WOMEN
from replays.stories.telling import act, refused, unseen

H = "/households/{household}"
SAORI = f"{H}/persons/{{saori}}"

FIFTH_FIELD = (
    act(
        "2025-05-07 10:00",
        "hayashi",
        "高齢でも障がいでも子どもでも困窮でもない、五つめの窓口「女性」。"
        "沙織さんは帽子を深くかぶって来ました。",
        "/intakes",
        {
            "area": "area-3",
            "household_type": "parents-and-child",
            "category": "abuse",
            "persons": [
                {
                    "name": "長良 沙織",
                    "kana": "ながら さおり",
                    "birth_date": "昭和62年6月21日",
                    "sex": "female",
                    "phones": ["000-0000-0021"],
                    "relation": "self",
                    "membership": "registered",
                    "since": "2008",
                },
                {
                    "name": "長良 豪",
                    "kana": "ながら ごう",
                    "birth_year": 1982,
                    "sex": "male",
                    "relation": "spouse",
                    "membership": "registered",
                    "since": "2008",
                },
                {
                    "name": "長良 結",
                    "kana": "ながら ゆい",
                    "birth_date": "平成21年3月3日",
                    "sex": "female",
                    "relation": "daughter",
                    "membership": "registered",
                    "since": "2009-03",
                },
            ],
            "route": "visit",
            "window": WOMEN["desk"],
            "fields": ["women"],
            "issues": ["violence", "isolation"],
            "consulter": "self",
            "urgency": "now",
            "narrative": "夫から携帯を毎晩調べられ、先週は首をつかまれた。娘は中3から2年、"
            "部屋を出ない。",
        },
        keep={
            "household": "household",
            "saori": "person-0",
            "go": "person-1",
            "yui": "person-2",
            "came": "consultation",
        },
    ),
    act(
        "2025-05-07 10:30",
        "hayashi",
        "連絡は昼だけ、留守番電話は残さず、名乗りは「図書館」。先に決めておきます。",
        f"{SAORI}/safe-contact",
        {
            "phone": "000-0000-0021",
            "times": "平日11時から13時",
            "voicemail_allowed": False,
            "sender_name": "図書館の林",
            "family_unaware": True,
            "hidden_from": ["{go}"],
        },
    ),
    act(
        "2025-05-07 10:40",
        "hayashi",
        "配偶者からの暴力の通報として記録します。夫は「相手方」。加害者と決めつけはしません。",
        f"{H}/abuse-reports",
        {
            "kind": "spouse",
            "victim": "{saori}",
            "reporter": "本人",
            "reporter_relation": "本人",
            "received_how": "来所",
            "narrative": "首の圧迫。受診はしていない。",
            "subjects": ["{saori}"],
            "hidden_from": ["{go}"],
        },
        keep="report",
    ),
    act(
        "2025-05-07 11:00",
        "hayashi",
        "支援措置を始めます。相手方は、同じ世帯にいる人です。守りは早いほうがよいので、"
        "相談員でも始められます。",
        f"{SAORI}/concealments",
        {"counterparties": ["{go}"], "threat": "dv", "until": "2026-05-06"},
        keep="concealment",
    ),
    act(
        "2025-05-07 11:05",
        "hayashi",
        "娘の結さんにも。",
        f"{H}/persons/{{yui}}/concealments",
        {"counterparties": ["{go}"], "threat": "dv", "until": "2026-05-06"},
        keep="yui-concealment",
    ),
    refused(
        "2025-05-07 13:00",
        "hayashi",
        "NoAuthorityToConsent",
        "夫が「娘の親権者は自分だ」と同意書を送ってきました。相手方は、"
        "結さんに代わって同意できません。",
        f"{H}/consents",
        {
            "person": "{yui}",
            "giver": "{go}",
            "authority": "parent",
            "authority_scope": ["consultation"],
            "method": "written",
            "text_version": "consent-1",
            "agencies": ["fukushi-seisaku"],
            "categories": ["consultation"],
            "purposes": ["planning"],
        },
    ),
    act(
        "2025-05-09 09:00",
        "hayashi",
        "二人は新しい部屋へ移りました。記した林さん自身にも、もう読めません。"
        "読めるのは支援措置の担当だけです。",
        f"{SAORI}/addresses",
        {
            "place": "residence",
            "text": "各務原市かりの町7-1 ひなたハイツ（架空）",
            "period": {"start": "2025-05-09"},
            "concealed": True,
        },
    ),
    act(
        "2025-05-08 15:00",
        "iwata",
        "市民課の岩田さんも、窓口で出された申出書から沙織さんの支援措置を登録しました。"
        "二重ですが、欠けるよりよいのです。",
        f"{SAORI}/concealments",
        {"counterparties": ["{go}"], "threat": "dv", "until": "2026-05-07"},
        keep="doubled-concealment",
    ),
    act(
        "2025-05-09 10:00",
        "hayashi",
        "保護の措置を記録します。場所は伏せたまま。",
        f"{H}/protections",
        {
            "report": "{report}",
            "person": "{saori}",
            "measure": "protection-order",
            "concealed": True,
            "narrative": "保護命令の申立てを支援する。",
        },
    ),
    unseen(
        "2025-05-12 09:30",
        "sakai",
        "夫が生活相談センターに来て「妻の相談を見せろ」と言います。相談員が探しても、"
        "そこには何もありません。",
        H,
    ),
    act(
        "2025-05-13 11:20",
        "hayashi",
        "受け付けた相談は、寄り添い支援係が続けて関わります。",
        f"{H}/consultations/{{came}}/screening",
        {"result": "continued", "next_step": "continued", "keeper": WOMEN["desk"]},
    ),
)
