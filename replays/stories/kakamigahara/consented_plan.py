"""同意のプラン: 支援は、会議で適切さを確かめてから始まる。"""

from replays.stories.kakamigahara.cast import CHILDREN, CITY, STATION, WOMEN
from replays.stories.room import (
    Seat,
    closed,
    convened,
    invited,
    item,
    opened,
    present,
    told,
    written_up,
)
from replays.stories.telling import act, refused

H = "/households/{household}"
ABOUT = {"sitting": "{june}", "item": "{june-item}"}
SEATS = (
    Seat("j-goto", "後藤", "多機関協働担当（事務局）", CITY["agency"], "goto"),
    Seat("j-hayashi", "林", "寄り添い支援係", WOMEN["agency"], "hayashi"),
    Seat("j-tsuji", "辻", "ひきこもり支援ステーション", STATION["agency"], "tsuji"),
    Seat("j-ogawa", "小川", "こども家庭センター", CHILDREN["agency"], "ogawa"),
)
CONSENT = {
    "able": True,
    "method": "written",
    "text_version": "consent-1",
    "agencies": [place["agency"] for place in (CITY, STATION, CHILDREN, WOMEN)],
    "categories": ["consultation", "school-work", "progress"],
    "purposes": ["referral", "planning", "meeting", "support", "outreach", "participation"],
    "period": {"start": "2025-05-20", "end": "2026-05-19"},
}

CONSENTED_PLAN = (
    act(
        "2025-05-20 11:30",
        "hayashi",
        "沙織さんは、相談と経過だけを、四つの機関に限って同意します。"
        "住まいと暴力のことは入れません。",
        f"{H}/consents",
        CONSENT | {"person": "{saori}", "giver": "{saori}", "authority": "self"},
        keep="saori-consent",
    ),
    act(
        "2025-05-20 11:40",
        "hayashi",
        "結さんの分は、母として。",
        f"{H}/consents",
        CONSENT
        | {
            "person": "{yui}",
            "giver": "{saori}",
            "authority": "parent",
            "authority_scope": ["consultation", "school-work", "progress"],
        },
        keep="yui-consent",
    ),
    act(
        "2025-05-21 10:00",
        "hayashi",
        "ひきこもり支援ステーションへ、結さんのことをつなぎます。",
        f"{H}/referrals",
        {
            **{f"to_{key}": value for key, value in STATION.items()},
            "purpose": "outreach",
            "categories": ["consultation"],
            "category": "consultation",
            "subjects": ["{yui}"],
            "basis": {"kind": "consent", "consent": "{yui-consent}"},
            "narrative": "2年、部屋から出ていない。絵を描く。会う場所は図書館を希望。",
        },
        keep="to-station",
    ),
    act(
        "2025-05-22 09:00",
        "tsuji",
        "ステーションの辻さんが受理します。",
        f"{H}/referrals/{{to-station}}/acceptance",
        {},
    ),
    act(
        "2025-05-28 14:00",
        "tsuji",
        "多機関協働が始まる前から、手紙で働きかけます。返事はまだありません。",
        f"{H}/outreach",
        {"person": "{yui}", "method": "mail", "narrative": "絵はがきを1枚。返事は求めない。"},
    ),
    act(
        "2025-05-29 10:00",
        "hayashi",
        "多機関協働の担当へもつなぎます。",
        f"{H}/referrals",
        {
            **{f"to_{key}": value for key, value in CITY.items()},
            "purpose": "planning",
            "categories": ["consultation"],
            "category": "consultation",
            "subjects": ["{saori}", "{yui}"],
            "basis": {"kind": "consent", "consent": "{saori-consent}"},
            "narrative": "母の自立と娘の学びを、一つのプランで支えたい。",
        },
        keep="to-city",
    ),
    act(
        "2025-05-30 09:00",
        "goto",
        "福祉政策課の後藤さんが受理します。",
        f"{H}/referrals/{{to-city}}/acceptance",
        {},
    ),
    act(
        "2025-06-03 13:00",
        "goto",
        "アセスメント。結さん自身の望みも、母の言葉と分けて書きます。",
        f"{H}/assessments",
        {
            "persons": ["{saori}", "{yui}"],
            "fields": ["women", "children"],
            "issues": ["isolation", "job-seeking"],
            "wishes": [
                {"text": "働いて、二人で暮らしたい。", "told_by": "{saori}"},
                {"text": "夜に絵を描く。朝はまだ怖い。", "told_by": "{yui}"},
            ],
            "narrative": "母は資格を持つ。娘は高校に籍がある。",
            "subjects": ["{saori}", "{yui}"],
        },
    ),
    act("2025-06-03 13:30", "goto", "多機関協働の対象と判断します。", f"{H}/eligibility", {}),
    act(
        "2025-06-04 10:00",
        "goto",
        "支援プランの案です。",
        f"{H}/plans",
        {
            "persons": ["{saori}", "{yui}"],
            "goals": "沙織さんが仕事を得る。結さんが、家の外に安心できる場所を一つ持つ。",
            "measures": [
                {
                    "service": "hikikomori",
                    "agency": STATION["agency"],
                    "content": "手紙と訪問で関係をつくり、居場所へ同行する。",
                },
                {
                    "service": "josei-soudan",
                    "agency": WOMEN["agency"],
                    "content": "手続きへの同行と、求職の相談。",
                },
            ],
            "subjects": ["{saori}", "{yui}"],
        },
        keep="plan",
    ),
    refused(
        "2025-06-04 10:10",
        "goto",
        "MayNotStartBeforeSitting",
        "この市では、会議で適切さを確かめる前に、プランを始めることはできません。",
        f"{H}/plans/{{plan}}/decision",
        {"starts_on": "2025-06-05", "review_on": "2025-12-05", "ratify_by": "2025-06-30"},
    ),
    convened(
        "2025-06-04 11:00",
        "nagae",
        "重層的支援会議を招集します。",
        "june",
        "juusou",
        "2025-06-18",
        "産業文化センター 会議室",
    ),
    item(
        "2025-06-04 11:05",
        "goto",
        "議題を立てます。",
        "june",
        "june-item",
        "母子の支援プラン",
        "layered",
    ),
    *invited("2025-06-04 11:10", "goto", "june", SEATS, ("june-item",)),
    act(
        "2025-06-04 11:20",
        "goto",
        "議題に付します。",
        f"{H}/sitting-items",
        ABOUT | {"subjects": ["{saori}", "{yui}"], "narrative": "プラン案の適切性の協議。"},
        quiet="議題に付します",
    ),
    *told("2025-06-18 13:20", "goto", "june", SEATS),
    opened("2025-06-18 13:30", "nagae", "june"),
    *present("2025-06-18 13:30", "goto", "june", "june-item", SEATS),
    act(
        "2025-06-18 14:10",
        "goto",
        "会議がプランを承認します。住まいの話は、だれも口にしませんでした。",
        f"{H}/meeting-decisions",
        ABOUT | {"kind": "plan-approved", "plan": "{plan}", "narrative": "適切と認める。"},
    ),
    closed("2025-06-18 14:30", "nagae", "june"),
    act(
        "2025-06-18 15:00",
        "goto",
        "プランが決定し、支援が始まります。半年後に評価します。",
        f"{H}/plans/{{plan}}/decision",
        ABOUT | {"starts_on": "2025-06-19", "review_on": "2025-12-17"},
        keep="decided",
    ),
    written_up("2025-06-23 10:00", "goto", "june", "プランを承認。評価は12月に行う。"),
)
