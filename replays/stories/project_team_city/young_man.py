"""もう一人の相談: 制度の狭間にいる19歳。誤って書いた記録は、閉じて書き直す。"""

from replays.stories.project_team_city.cast import CITY, NEEDY, OUTREACH, PARTICIPATION, WINDOW
from replays.stories.telling import act, refused

B = "/households/{room}"
RESTING = {"basis": {"kind": "consent", "consent": "{ao-consent}"}}

YOUNG_MAN = (
    act(
        "2025-06-10 11:00",
        "hayasaka",
        "19歳の蒼さんが来ました。施設を出て半年、ネットカフェと友人の家を行き来しています。",
        "/intakes",
        {
            "area": "city",
            "household_type": "single",
            "persons": [
                {
                    "name": "岸本 蒼",
                    "kana": "きしもと あお",
                    "birth_date": "平成18年1月9日",
                    "sex": "male",
                    "phones": ["000-0000-0019"],
                    "relation": "self",
                    "membership": "registered",
                    "since": "2024-12",
                }
            ],
            "route": "visit",
            "window": WINDOW["desk"],
            "fields": ["needy", "children"],
            "issues": ["housing", "between-systems", "isolation"],
            "consulter": "self",
            "urgency": "soon",
            "narrative": "「どこに行っても、ここじゃないって言われた」。所持金4千円。",
        },
        keep={"room": "household", "ao": "person-0", "came": "consultation"},
    ),
    act(
        "2025-06-10 11:40",
        "hayasaka",
        "蒼さんは説明を聞き、自分で同意書に名前を書きました。",
        f"{B}/consents",
        {
            "person": "{ao}",
            "giver": "{ao}",
            "authority": "self",
            "able": True,
            "method": "written",
            "text_version": "consent-1",
            "agencies": [
                CITY["agency"],
                NEEDY["agency"],
                OUTREACH["agency"],
                PARTICIPATION["agency"],
            ],
            "categories": ["identity", "consultation", "finance", "school-work", "progress"],
            "purposes": ["referral", "planning", "meeting", "support", "participation"],
            "period": {"start": "2025-06-10", "end": "2026-03-31"},
        },
        keep="ao-consent",
    ),
    act(
        "2025-06-10 12:00",
        "hayasaka",
        "多機関協働の担当課へつなぎます。",
        f"{B}/referrals",
        {
            **{f"to_{key}": value for key, value in CITY.items()},
            "purpose": "referral",
            "categories": ["consultation"],
            "consultation": "{came}",
            "subjects": ["{ao}"],
            "narrative": "住まいと働く場を一緒に考えてほしい。",
            **RESTING,
        },
        keep="ao-referral",
    ),
    act(
        "2025-06-11 09:00",
        "shiina",
        "多機関協働の椎名さんが受理します。",
        f"{B}/referrals/{{ao-referral}}/acceptance",
        {},
    ),
    act(
        "2025-06-11 17:30",
        "hayasaka",
        "忙しい夕方、早坂さんは深山さんの電話を、蒼さんの記録に書いてしまいました。",
        f"{B}/consultations",
        {
            "route": "phone",
            "window": WINDOW["desk"],
            "fields": ["elderly"],
            "issues": ["family"],
            "consulter": "family",
            "urgency": "routine",
            "narrative": "息子さんから「母はどこか」。答えず、折り返しも約束していない。",
        },
        keep="misfiled",
    ),
    act(
        "2025-06-12 08:40",
        "hayasaka",
        "朝、気づいて取り下げます。その記録はただちに閉じ、だれが見たかが洗い出されます。",
        f"{B}/misfilings",
        {
            "facts": ["{misfiled.version}"],
            "reason": "別の世帯の電話の記録を誤って入れたため。",
            "belongs_to": "{household}",
        },
    ),
    act(
        "2025-06-12 08:50",
        "hayasaka",
        "正しい世帯に書き直します。",
        "/households/{household}/consultations",
        {
            "occurred_on": "2025-06-11",
            "route": "phone",
            "window": WINDOW["desk"],
            "fields": ["elderly"],
            "issues": ["family"],
            "consulter": "family",
            "person": "{tsuyoshi}",
            "urgency": "routine",
            "narrative": "息子さんから「母はどこか」。答えず、折り返しも約束していない。",
            "hidden_from": ["{tsuyoshi}"],
        },
    ),
    act(
        "2025-06-16 10:00",
        "shiina",
        "住まいを先に。支援プランの案を作ります。",
        f"{B}/plans",
        {
            "persons": ["{ao}"],
            "goals": "住む部屋を決め、働く練習を始める。",
            "measures": [
                {
                    "service": "jiritsu-soudan",
                    "agency": NEEDY["agency"],
                    "content": "住居確保給付金と家計の相談。",
                },
                {
                    "service": "sanka",
                    "agency": PARTICIPATION["agency"],
                    "content": "造園の受入先での体験。",
                },
            ],
            "subjects": ["{ao}"],
        },
        keep="ao-plan",
    ),
    act(
        "2025-06-16 10:10",
        "shiina",
        "月に一度の会議を待っていては、今夜の寝床に間に合いません。先に始め、"
        "事後承認の期限を付けます。",
        f"{B}/plans/{{ao-plan}}/decision",
        {"starts_on": "2025-06-16", "review_on": "2025-09-16", "ratify_by": "2025-07-17"},
    ),
    refused(
        "2025-06-16 10:20",
        "shiina",
        "ExtraordinaryNotAllowed",
        "「電話で会議を開いたことに」。この市の会議には、臨時開催の決まりがありません。",
        "/sittings/extraordinary",
        {
            "body": "juusou",
            "items": [{"kind": "case", "item_basis": "layered", "title": "若者の住まい"}],
            "attendees": [
                {"kind": "staff", "agency": CITY["agency"], "capacity": "多機関協働担当"}
            ],
        },
    ),
)
