"""こまきつながる会議: 一回の会議を、議題ごとに二つの根拠で分けて開く。"""

from replays.stories.komaki.cast import CHILDREN, CITY, ELDERLY, FOREIGN, PLACE
from replays.stories.room import Seat, closed, convened, invited, item, opened, present, told
from replays.stories.telling import act, look, refused

H = "/households/{household}"
P = "/households/{parking}"
S = "/sittings/{tsunagaru}"
ITEMS = ("family-item", "parking-item")

BOTH = (
    Seat("t-ando", "安藤", "福祉総務課 多機関協働担当", CITY["agency"], "ando", tier="regular"),
    Seat("t-umemura", "梅村", "居場所づくり事業 相談員", PLACE["agency"], "umemura"),
)
FAMILY = (
    Seat("t-kondo", "近藤", "外国人相談員", FOREIGN["agency"], "kondo"),
    Seat("t-hibino", "日比野", "味岡包括 社会福祉士", ELDERLY["agency"], "hibino"),
    Seat("t-ito", "伊藤", "子育て世代包括 相談員", CHILDREN["agency"], "ito"),
)
COMMISSIONER = Seat("t-minsei", "舟橋 明", "民生委員", "minsei", kind="outside")

TWO_BASES = (
    convened(
        "2025-07-01 13:00",
        "ochiai",
        "年4回の「こまきつながる会議」を招集します。小牧では、"
        "二つの会議の働きを一つの会議が持ちます。",
        "tsunagaru",
        "tsunagaru",
        "2025-07-15",
        "市役所本庁舎 601会議室",
    ),
    item(
        "2025-07-01 13:05",
        "ando",
        "議題1は、本人の同意による重層的支援会議として。",
        "tsunagaru",
        "family-item",
        "多国籍の三世代世帯の支援プラン",
        "layered",
    ),
    item(
        "2025-07-01 13:10",
        "ando",
        "議題2は、社会福祉法106条の6の支援会議として。根拠は議題ごとに書き分けます。",
        "tsunagaru",
        "parking-item",
        "屋外で暮らす単身者への関わり方",
        "support",
        household="parking",
    ),
    *invited("2025-07-01 13:20", "ando", "tsunagaru", BOTH, ITEMS),
    *invited("2025-07-01 13:25", "ando", "tsunagaru", FAMILY, ("family-item",)),
    *invited("2025-07-01 13:30", "ando", "tsunagaru", (COMMISSIONER,), ("parking-item",)),
    act(
        "2025-07-02 09:00",
        "kondo",
        "夜勤のマリアさんからは、まだ同意を聞けていません。"
        "名を挙げても控えられ、二人のことを書いた段落も議題1には出ません。",
        f"{H}/sitting-items",
        {
            "sitting": "{tsunagaru}",
            "item": "{family-item}",
            "subjects": ["{carlos}", "{maria}"],
            "narrative": "母の働き方について",
        },
    ),
    act(
        "2025-07-02 09:10",
        "ando",
        "同意している三人のことを、三人だけの言葉で議題1に付します。",
        f"{H}/sitting-items",
        {
            "sitting": "{tsunagaru}",
            "item": "{family-item}",
            "subjects": ["{carlos}", "{luca}", "{rosa}"],
            "narrative": "プラン案の適切性を協議したい。",
        },
    ),
    act(
        "2025-07-02 09:20",
        "ando",
        "シゲさんのことを、議題2に付します。",
        f"{P}/sitting-items",
        {
            "sitting": "{tsunagaru}",
            "item": "{parking-item}",
            "subjects": ["{shige}"],
            "narrative": "安否の確かめ方と、足の治療への入り口を考えたい。",
        },
    ),
    *told("2025-07-15 13:50", "ando", "tsunagaru", (*BOTH, *FAMILY, COMMISSIONER)),
    opened("2025-07-15 14:00", "ochiai", "tsunagaru"),
    *present("2025-07-15 14:00", "ando", "tsunagaru", "family-item", (*BOTH, *FAMILY)),
    refused(
        "2025-07-15 14:02",
        "ando",
        "NotInvitedForItem",
        "民生委員は議題2だけの出席者です。議題1には入れません。",
        f"{S}/attendance",
        {"item": "{family-item}", "attendee": "{t-minsei}"},
    ),
    act(
        "2025-07-15 14:40",
        "ando",
        "議題1の決定。プランを承認し、役割を分けます。",
        f"{H}/meeting-decisions",
        {
            "sitting": "{tsunagaru}",
            "item": "{family-item}",
            "kind": "plan-approved",
            "plan": "{plan}",
            "narrative": "適切と認める。薬の係をルカさんから大人へ移すことを最初に行う。",
            "roles": [
                {
                    **ELDERLY,
                    "task": "服薬をまとめ、毎朝の電話で確かめる",
                    "needed": [{"text": "電話はポルトガル語の録音も使う。"}],
                }
            ],
        },
        keep="approval",
    ),
    *present("2025-07-15 14:50", "ando", "tsunagaru", "parking-item", (*BOTH, COMMISSIONER)),
    act(
        "2025-07-15 14:52",
        "ando",
        "議題2は、席を替えて始めます。民生委員に番号の付いた資料を1部。",
        f"{S}/papers",
        {
            "number": 1,
            "item": "{parking-item}",
            "title": "駐車場での様子（回収）",
            "attendees": ["{t-minsei}"],
        },
        keep="paper",
    ),
    act(
        "2025-07-15 15:10",
        "ando",
        "議題2の決定。働きかけを続け、出会い方をそろえます。",
        f"{P}/meeting-decisions",
        {
            "sitting": "{tsunagaru}",
            "item": "{parking-item}",
            "kind": "outreach",
            "narrative": "居場所の梅村が週1回、朝に訪ねる。民生委員は声をかけず見守る。",
            "roles": [
                {
                    **PLACE,
                    "task": "週1回の朝の訪問と、受診の付添い",
                    "needed": [{"text": "右足に古い傷。触れられるのを嫌がる。"}],
                    "until": "2025-12-31",
                }
            ],
        },
    ),
    act(
        "2025-07-15 15:15",
        "ando",
        "資料を回収します。",
        f"{S}/papers/{{paper}}/return",
        {"attendee": "{t-minsei}"},
    ),
    closed("2025-07-15 15:20", "ochiai", "tsunagaru"),
    act(
        "2025-07-15 16:00",
        "ando",
        "議題1のプランが決定します。",
        f"{H}/plans/{{plan}}/decision",
        {
            "sitting": "{tsunagaru}",
            "item": "{family-item}",
            "starts_on": "2025-07-16",
            "review_on": "2025-10-14",
        },
    ),
    act(
        "2025-07-18 10:00",
        "ando",
        "会議の記録も議題ごとに。議題2の中身は、その議題にいた人だけのものです。",
        f"{S}/minutes",
        {
            "minutes": [
                {"item": "{family-item}", "text": "プランを承認。服薬の係を大人へ移す。"},
                {"item": "{parking-item}", "text": "週1回の訪問を続ける。急がない。"},
            ]
        },
    ),
    refused(
        "2025-07-18 11:00",
        "ando",
        "SittingInformationInPlan",
        "支援会議で聞いたことを、そのままプランに書き写すことはできません。"
        "本人から聞き直すまでは。",
        f"{P}/plans",
        {
            "persons": ["{shige}"],
            "goals": [
                {
                    "text": "右足の古い傷を治療する。",
                    "basis": {
                        "kind": "sitting",
                        "sitting": "{tsunagaru}",
                        "item": "{parking-item}",
                    },
                }
            ],
            "measures": [
                {
                    "service": "ibasho",
                    "agency": PLACE["agency"],
                    "content": "受診に付き添う。",
                }
            ],
            "subjects": ["{shige}"],
        },
    ),
    look("2025-07-18 11:30", "ando", "会議の記録を読み返します。", S, "meeting"),
)
