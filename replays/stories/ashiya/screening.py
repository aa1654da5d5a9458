"""Ａ チーム会議でのスクリーニングと、Ｂ－１ 定例型でのプラン。"""

from replays.stories.ashiya.cast import CHILDREN, CITY, COUNCIL, ELDERLY, PARTICIPATION
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
TEAM = (
    Seat("a-hirata", "平田", "地域福祉課 多機関協働担当", CITY["agency"], "hirata", tier="team"),
    Seat("a-mori", "森", "社協 多機関協働相談窓口", COUNCIL["agency"], "mori", tier="team"),
    Seat("a-matsuo", "松尾", "社協 参加支援", PARTICIPATION["agency"], "matsuo", tier="team"),
)
REGULAR = (
    Seat("b1-hirata", "平田", "地域福祉課", CITY["agency"], "hirata", tier="regular"),
    Seat("b1-mori", "森", "社協", COUNCIL["agency"], "mori", tier="regular"),
    Seat("b1-nagai", "永井", "潮見地域包括支援センター", ELDERLY["agency"], "nagai", tier="case"),
    Seat("b1-yoshino", "吉野", "こども家庭相談", CHILDREN["agency"], "yoshino", tier="case"),
)
ABOUT_B1 = {"sitting": "{b1}", "item": "{b1-item}"}

SCREENING = (
    convened(
        "2023-05-25 09:00",
        "kitamura",
        "「Ａ 重層的支援のチーム会議」。社協と地域福祉課の8人が、"
        "窓口に届いたケースをふるい分けます。",
        "a",
        "a",
        "2023-05-31",
        "保健福祉センター 会議室3",
    ),
    item(
        "2023-05-25 09:05",
        "hirata",
        "機能Ⅰの議題、ケースのスクリーニング。",
        "a",
        "a-item",
        "窓口からのケース（三世代世帯）のスクリーニング",
        "other-confidential",
    ),
    *invited("2023-05-25 09:10", "hirata", "a", TEAM, ("a-item",)),
    act(
        "2023-05-30 16:00",
        "hirata",
        "つなぎを受けた平田さんが、由香さんに電話で聞きました。聞いたことをアセスメントに書きます。",
        f"{H}/assessments",
        {
            "persons": ["{yuka}", "{sora}"],
            "fields": ["elderly", "children"],
            "issues": ["young-carer"],
            "narrative": "夜の見守りを由香さんとそらさんが交代で担う。介護サービスは使っていない。",
        },
    ),
    act(
        "2023-05-30 17:00",
        "hirata",
        "ケースを議題に付します。",
        f"{H}/sitting-items",
        {
            "sitting": "{a}",
            "item": "{a-item}",
            "subjects": ["{yuka}", "{sora}"],
            "narrative": "Ｂの開催の要否と、会議のデザインを相談したい。",
        },
    ),
    *told("2023-05-31 09:50", "hirata", "a", TEAM),
    opened("2023-05-31 10:00", "kitamura", "a"),
    *present("2023-05-31 10:00", "hirata", "a", "a-item", TEAM),
    act(
        "2023-05-31 10:40",
        "hirata",
        "高齢と子どもの2分野、ヤングケアラー。多機関協働の対象と判断します。",
        f"{H}/eligibility",
        {},
    ),
    act(
        "2023-05-31 10:45",
        "hirata",
        "急がず、しかし月内に。チーム会議は、Ｂ－１（定例型）で扱うと決めます。",
        f"{H}/meeting-decisions",
        {
            "sitting": "{a}",
            "item": "{a-item}",
            "kind": "promoted",
            "narrative": "Ｂ－１で扱う。包括とこども家庭・保健センターを招く。"
            "本人同席はそらさんの希望を聞いて決める。",
        },
    ),
    closed("2023-05-31 11:00", "kitamura", "a"),
    act(
        "2023-05-31 11:30",
        "mori",
        "受付の相談は「多機関協働へ」。断りも、たらい回しもなく次へ渡りました。",
        f"{H}/consultations/{{call}}/screening",
        {"result": "multi-agency", "next_step": "referred", "referral": "{referral}"},
    ),
    written_up("2023-06-02 10:00", "hirata", "a", "Ｂ－１で扱うこととし、出席者と論点を整理した。"),
    act(
        "2023-06-05 10:00",
        "hirata",
        "支援プランの案です。",
        f"{H}/plans",
        {
            "persons": ["{yuka}", "{sora}"],
            "goals": "そらさんが夜に眠り、部活を続けられる。由香さんが自分の通院に行ける。",
            "measures": [
                {
                    "service": "houkatsu",
                    "agency": ELDERLY["agency"],
                    "content": "介護サービスの利用を整え、夜の見守りを家族だけにしない。",
                },
                {
                    "service": "riyousha-kodomo-katei",
                    "agency": CHILDREN["agency"],
                    "content": "そらさんの話を月2回、学校で聞く。",
                },
                {
                    "service": "sanka",
                    "agency": PARTICIPATION["agency"],
                    "content": "由香さんの通える居場所を一緒に探す。",
                },
            ],
            "subjects": ["{yuka}", "{sora}"],
        },
        keep="plan",
    ),
    convened(
        "2023-06-06 09:00",
        "kitamura",
        "「Ｂ－１ 多機関協働支援会議（定例型）」を招集します。",
        "b1",
        "b-1",
        "2023-06-20",
        "保健福祉センター 多目的ホール",
    ),
    item(
        "2023-06-06 09:05",
        "hirata",
        "ActⅠ、ケースの議題。",
        "b1",
        "b1-item",
        "三世代世帯の支援プラン",
        "layered",
    ),
    act(
        "2023-06-06 09:15",
        "hirata",
        "由香さんとそらさんのことを、議題に付します。",
        f"{H}/sitting-items",
        ABOUT_B1
        | {
            "subjects": ["{yuka}", "{sora}"],
            "tabled": ["{plan.version}"],
            "narrative": "プラン案の適切性の協議。",
        },
    ),
    *invited("2023-06-06 09:20", "hirata", "b1", REGULAR, ("b1-item",)),
    refused(
        "2023-06-06 09:25",
        "mori",
        "NotConsented",
        "修さんは同意していません。同意のもとで開く会議に、修さんのことは持ち込めません。",
        f"{H}/sitting-items",
        ABOUT_B1 | {"subjects": ["{osamu}"], "narrative": "祖父の認知症の状態について"},
    ),
    *told("2023-06-20 13:20", "hirata", "b1", REGULAR),
    opened("2023-06-20 13:30", "kitamura", "b1"),
    *present("2023-06-20 13:30", "hirata", "b1", "b1-item", REGULAR),
    refused(
        "2023-06-20 14:00",
        "hirata",
        "PlanNotApproved",
        "まだ会議の決定がありません。プランは、同意と会議の両方がそろうまで決定になりません。",
        f"{H}/plans/{{plan}}/decision",
        ABOUT_B1 | {"starts_on": "2023-06-21", "review_on": "2023-09-19"},
    ),
    act(
        "2023-06-20 14:10",
        "hirata",
        "プランを承認し、役割を分けました。",
        f"{H}/meeting-decisions",
        ABOUT_B1
        | {
            "kind": "plan-approved",
            "plan": "{plan}",
            "narrative": "適切と認める。夜間の見守りを先に整える。",
            "roles": [
                {
                    **ELDERLY,
                    "task": "介護サービスの調整と、夜の見守りの手配",
                    "needed": [{"text": "夜10時ごろから起き出すことが多い。"}],
                },
                {
                    **PARTICIPATION,
                    "task": "由香さんと居場所を見学する",
                    "needed": [{"text": "午後に体が動きやすい。人の多い場所は苦手。"}],
                    "until": "2024-06-30",
                },
            ],
        },
        keep="approval",
    ),
    closed("2023-06-20 15:00", "kitamura", "b1"),
    act(
        "2023-06-20 15:30",
        "hirata",
        "プランが決定しました。",
        f"{H}/plans/{{plan}}/decision",
        ABOUT_B1 | {"starts_on": "2023-06-21", "review_on": "2023-09-19"},
    ),
    written_up("2023-06-23 10:00", "hirata", "b1", "プランを承認。役割分担を確認した。"),
)
