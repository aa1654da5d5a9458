"""ホテルの二晩: 身近な「お困りごと相談」が、行き場のない夜を受け止める。"""

from replays.stories.project_team_city.cast import CITY, RIGHTS, WINDOW
from replays.stories.telling import act, refused

H = "/households/{household}"

TWO_NIGHTS = (
    act(
        "2025-06-05 14:00",
        "hayasaka",
        "ふれあいの家の「お困りごと相談」で、お茶を飲みながらトキさんがぽつり。"
        "「年金が私の手元に残らないの」。",
        "/intakes",
        {
            "area": "city",
            "household_type": "one-parent-and-child",
            "persons": [
                {
                    "name": "深山 トキ",
                    "kana": "みやま とき",
                    "birth_date": "昭和21年4月2日",
                    "sex": "female",
                    "relation": "self",
                    "membership": "registered",
                    "since": "unknown",
                },
                {
                    "name": "深山 剛",
                    "kana": "みやま つよし",
                    "birth_year": 1973,
                    "sex": "male",
                    "relation": "son",
                    "membership": "registered",
                    "since": "unknown",
                },
            ],
            "route": "visit",
            "window": WINDOW["desk"],
            "fields": ["elderly", "needy"],
            "issues": ["violence", "household-finance"],
            "consulter": "self",
            "urgency": "soon",
            "narrative": [
                {
                    "text": "息子が通帳を持つ。断ると物を投げる。腕に古いあざ。"
                    "「あの子も仕事がなくてつらいの」。",
                    "category": "abuse",
                }
            ],
        },
        keep={
            "household": "household",
            "toki": "person-0",
            "tsuyoshi": "person-1",
            "tea": "consultation",
        },
    ),
    act(
        "2025-06-05 15:00",
        "hayasaka",
        "高齢者虐待防止法7条の通報として、包括の権利擁護の係へつなぎます。法令なら、"
        "同意がなくても伝えられます。",
        f"{H}/referrals",
        {
            **{f"to_{key}": value for key, value in RIGHTS.items()},
            "purpose": "abuse-response",
            "categories": ["abuse"],
            "consultation": "{tea}",
            "subjects": ["{toki}", "{tsuyoshi}"],
            "category": "abuse",
            "basis": {"kind": "statute", "article": "eap-7"},
            "narrative": "あざを見た。本人は「大ごとにしないで」と話している。",
        },
        keep="report-referral",
    ),
    act(
        "2025-06-05 15:30",
        "miyoshi",
        "包括の三好さんがすぐに受理します。",
        f"{H}/referrals/{{report-referral}}/acceptance",
        {},
    ),
    act(
        "2025-06-05 15:40",
        "miyoshi",
        "虐待の通報として記録します。だれが知らせたかは、この係の外へ出ません。",
        f"{H}/abuse-reports",
        {
            "kind": "elder",
            "victim": "{toki}",
            "reporter": "お困りごと相談員",
            "reporter_relation": "相談員",
            "received_how": "つなぎによる通報",
            "narrative": "身体的・経済的虐待の疑い。",
            "subjects": ["{toki}"],
        },
        keep="report",
    ),
    act(
        "2025-06-06 11:00",
        "miyoshi",
        "翌日、二人で訪ねて事実を確かめます。トキさんに直接会えました。",
        f"{H}/abuse-reports/{{report}}/checks",
        {
            "seen_in_person": True,
            "finding": "found",
            "narrative": "左腕に複数のあざ。息子は不在。本人は今夜だけでも離れて眠りたいと言う。",
        },
    ),
    act(
        "2025-06-06 11:30",
        "miyoshi",
        "訪ねる人の安全も記録します。",
        f"{H}/persons/{{tsuyoshi}}/visit-risks",
        {"level": "two-persons", "narrative": "夕方以降は飲酒していることがある。"},
    ),
    act(
        "2025-06-06 17:00",
        "miyoshi",
        "短期入所は満床。ほかの制度では払えない二晩のホテル代を、緊急一時保護の借上料で出します。",
        f"{H}/shelters",
        {
            "person": "{toki}",
            "nights": 2,
            "yen": 13600,
            "place": "駅前の宿（架空）",
            "concealed": True,
            "narrative": "夕食は相談員が届ける。",
        },
    ),
    act(
        "2025-06-08 09:30",
        "miyoshi",
        "月曜を待たず、施設の短期入所に移りました。場所は伏せます。",
        f"{H}/protections",
        {
            "report": "{report}",
            "person": "{toki}",
            "measure": "short-stay",
            "place": "特別養護老人ホーム みのり（架空）",
            "concealed": True,
            "narrative": "本人の希望による。面会は当面なし。",
        },
    ),
    act(
        "2025-06-08 10:00",
        "miyoshi",
        "安全な連絡の取り方を、トキさんと決めます。",
        f"{H}/persons/{{toki}}/safe-contact",
        {
            "phone": "000-0000-0007",
            "times": "午後2時から4時",
            "sender_name": "ふれあいの家",
            "family_unaware": True,
        },
    ),
    act(
        "2025-06-08 21:30",
        "miyoshi",
        "夜、息子が「母を出せ」と窓を割りました。生命の危険があるため、根拠「緊急」"
        "で警察へ伝えます。",
        f"{H}/shares",
        {
            "to_agency": "police",
            "purpose": "emergency",
            "categories": ["abuse"],
            "subjects": ["{tsuyoshi}"],
            "basis": {
                "kind": "urgent",
                "reason": "窓を割り、居場所を問い詰めている。職員と住民に危害のおそれ。",
                "review_due": "2025-06-13",
            },
            "narrative": "20時50分、ガラス破損。けが人なし。凶器は持っていない。",
            "category": "abuse",
        },
        keep="urgent-share",
    ),
    refused(
        "2025-06-09 09:00",
        "miyoshi",
        "RoleNeeded",
        "同意によらない提供は、あとで必ず点検されます。"
        "提供した本人が点検を済ませることはできません。",
        f"{H}/shares/{{urgent-share}}/review",
        {"proper": True},
        status=403,
    ),
    act(
        "2025-06-11 10:00",
        "hoshi",
        "個人情報保護担当の星さんが、5開庁日のうちに点検します。",
        f"{H}/shares/{{urgent-share}}/review",
        {"proper": True, "narrative": "急迫の危険があり、伝えた範囲も必要な限度であった。"},
    ),
    refused(
        "2025-06-12 09:00",
        "hayasaka",
        "LeadNotInvolved",
        "「では多機関協働の課が主担当に」。まだ関わってもいない課を、主担当にはできません。",
        f"{H}/lead",
        {**CITY, "reason": "other"},
    ),
    act(
        "2025-06-12 09:10",
        "hayasaka",
        "主担当は、包括の権利擁護の係です。",
        f"{H}/lead",
        {**RIGHTS, "staff": "{miyoshi}", "reason": "accepted"},
    ),
    act(
        "2025-06-12 09:20",
        "hayasaka",
        "受け付けた相談は「支援会議へ」。早坂さんも関わり続けます。",
        f"{H}/consultations/{{tea}}/screening",
        {"result": "support-meeting", "next_step": "continued", "keeper": WINDOW["desk"]},
    ),
)
