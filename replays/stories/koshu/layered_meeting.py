"""重層的支援会議: 同意のもとでプランを決め、落ち着いたら包括へ戻す。"""

from replays.stories.koshu.cast import COUNCIL, ELDERLY, SUPPORT, VISITING
from replays.stories.koshu.home_visit import CONSENT
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
SEATS = (
    Seat("host", "天野", "多機関協働担当（事務局）", SUPPORT["agency"], "amano"),
    Seat("visitor", "坂本", "保健師", VISITING["agency"], "sakamoto"),
    Seat("centre", "久保田", "主任介護支援専門員", ELDERLY["agency"], "kubota"),
    Seat("work", "飯野", "自立相談支援員", COUNCIL["agency"], "iino"),
)
TAKEN_UP = {
    "sitting": "{layered}",
    "item": "{layered-item}",
    "narrative": "母の物忘れと息子の孤立。二人の望みに沿った分担を相談したい。",
}

LAYERED_MEETING = (
    convened(
        "2025-06-02 09:00",
        "furuya",
        "今度は、本人の同意のもとで開く重層的支援会議を招集します。",
        "layered",
        "juusou",
        "2025-06-17",
        "市役所2階 会議室",
    ),
    item(
        "2025-06-02 09:10",
        "amano",
        "議題を立てます。",
        "layered",
        "layered-item",
        "二人世帯の支援プランについて",
        "layered",
    ),
    act(
        "2025-06-02 09:20",
        "amano",
        "ふみさんは同意しましたが、誠さんはまだです。二人の名を挙げて付すと、"
        "ふみさんのことだけが議題になり、誠さんは名を示して控えられます。",
        f"{H}/sitting-items",
        TAKEN_UP
        | {
            "subjects": ["{mother}", "{son}"],
            "narrative": [
                {"text": "母の物忘れが進んだ。", "principals": ["{mother}"]},
                {"text": "息子は夜だけ台所に出る。", "principals": ["{son}"]},
            ],
        },
    ),
    refused(
        "2025-06-02 09:30",
        "amano",
        "NotConsented",
        "誠さんだけを付そうとすると、止められます。付せる人がだれも残らないからです。",
        f"{H}/sitting-items",
        TAKEN_UP | {"subjects": ["{son}"]},
    ),
    act(
        "2025-06-10 19:30",
        "amano",
        "約束の日、誠さんが玄関に出てきます。「母さんの手紙を読んだ。話だけなら」。",
        f"{H}/contacts",
        {
            "person": "{son}",
            "method": "visit",
            "met_person": True,
            "narrative": "15分。夜勤の仕事を10年前に辞めてから外に出ていないと話す。"
            "パソコンの修理が得意。",
        },
    ),
    act(
        "2025-06-10 19:50",
        "amano",
        "誠さんも、自分のことに限って同意しました。健康のことは含めません。",
        f"{H}/consents",
        CONSENT
        | {
            "person": "{son}",
            "giver": "{son}",
            "authority": "self",
            "method": "written",
            "categories": ["identity", "consultation", "school-work", "progress"],
            "agencies": [SUPPORT["agency"], COUNCIL["agency"], ELDERLY["agency"]],
            "period": {"start": "2025-06-10", "end": "2026-03-31"},
        },
        keep="son-consent",
    ),
    act(
        "2025-06-11 10:00",
        "amano",
        "一人ずつの望みを聞き取って、アセスメントにまとめます。",
        f"{H}/assessments",
        {
            "persons": ["{mother}", "{son}"],
            "fields": ["elderly", "needy"],
            "issues": ["care", "isolation", "8050"],
            "wishes": [
                {"text": "この家で息子と暮らしたい。", "told_by": "{mother}"},
                {"text": "人の少ないところで機械をさわりたい。", "told_by": "{son}"},
            ],
            "narrative": "母の物忘れが進み、家事の一部が滞る。息子は夜型だが、"
            "母の食事は用意している。",
            "subjects": ["{mother}", "{son}"],
        },
        keep="assessment",
    ),
    act(
        "2025-06-11 10:20",
        "amano",
        "多機関協働の対象になるかを、市の決まりで判断します。",
        f"{H}/eligibility",
        {},
    ),
    act(
        "2025-06-11 11:00",
        "amano",
        "支援プランの案を作ります。",
        f"{H}/plans",
        {
            "persons": ["{mother}", "{son}"],
            "replaces": "{sketch}",
            "goals": "母は物忘れがあっても家で暮らし続ける。息子は週に一度、家の外に役割を持つ。",
            "measures": [
                {
                    "service": "houkatsu",
                    "agency": ELDERLY["agency"],
                    "content": "介護保険の申請を手伝い、通いの場に誘う。",
                },
                {
                    "service": "sanka",
                    "agency": COUNCIL["agency"],
                    "content": "機材の点検を手伝う場を、誠さんと探す。",
                },
            ],
            "subjects": ["{mother}", "{son}"],
        },
        keep="plan",
    ),
    act(
        "2025-06-11 11:10",
        "amano",
        "二人とも同意したので、今度は議題に付せます。",
        f"{H}/sitting-items",
        TAKEN_UP | {"subjects": ["{mother}", "{son}"], "tabled": ["{plan.version}"]},
    ),
    *invited("2025-06-11 11:20", "amano", "layered", SEATS, ("layered-item",)),
    *told("2025-06-17 13:50", "amano", "layered", SEATS),
    opened("2025-06-17 14:00", "furuya", "layered"),
    *present("2025-06-17 14:00", "amano", "layered", "layered-item", SEATS),
    act(
        "2025-06-17 14:40",
        "amano",
        "会議はプランを承認し、役割を分けます。支援の主体は従来どおりです。",
        f"{H}/meeting-decisions",
        {
            "sitting": "{layered}",
            "item": "{layered-item}",
            "kind": "plan-approved",
            "plan": "{plan}",
            "narrative": "適切と認める。息子の希望を先に、急がず進める。",
        },
        keep="approval",
    ),
    act(
        "2025-06-17 14:45",
        "amano",
        "地域包括支援センターの役割を記録します。",
        f"{H}/roles",
        {
            "sitting": "{layered}",
            "decision": "{approval}",
            "role": {
                **ELDERLY,
                "task": "要介護認定の申請の手伝いと、月1回の訪問",
                "needed": [{"text": "午前10時ごろ。右側から短く話す。"}],
            },
        },
        keep="role",
    ),
    closed("2025-06-17 15:00", "furuya", "layered"),
    act(
        "2025-06-17 16:00",
        "amano",
        "同意と会議の決定がそろい、プランが決定しました。見直しの日も決めます。",
        f"{H}/plans/{{plan}}/decision",
        {
            "sitting": "{layered}",
            "item": "{layered-item}",
            "starts_on": "2025-06-18",
            "review_on": "2025-09-16",
        },
        keep="decided",
    ),
    written_up(
        "2025-06-20 11:00",
        "amano",
        "layered",
        "プランの適切性を協議し、承認した。9月に中間評価を行う。",
    ),
)
