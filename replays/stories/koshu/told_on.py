"""決定のあと: 同意した人の、同意した区分だけを伝える。証明には、同意の前の訪問を載せない。"""

from replays.stories.koshu.cast import ELDERLY
from replays.stories.telling import act, look, refused

H = "/households/{household}"

TOLD_ON = (
    refused(
        "2025-06-23 09:30",
        "amano",
        "NoBasisForSharing",
        "包括へ、誠さんの健康のことまで伝えようとすると止められます。"
        "本人が同意していない区分だからです。",
        f"{H}/shares",
        {
            "to_agency": ELDERLY["agency"],
            "purpose": "support",
            "categories": ["health"],
            "subjects": ["{son}"],
            "basis": {"kind": "consent", "consent": "{son-consent}"},
            "narrative": "息子の睡眠と受診について",
        },
    ),
    act(
        "2025-06-23 09:40",
        "amano",
        "ふみさんの同意にもとづき、ふみさんの様子だけを伝えます。情報提供台帳に残ります。",
        f"{H}/shares",
        {
            "to_agency": ELDERLY["agency"],
            "purpose": "support",
            "categories": ["progress"],
            "subjects": ["{mother}"],
            "basis": {"kind": "consent", "consent": "{mother-consent}"},
            "narrative": "訪問は午前10時ごろ、健康づくりの坂本と名乗ると安心される。",
        },
        keep="share",
    ),
    look(
        "2025-06-23 10:00",
        "amano",
        "ふみさんが、支援を受けていることの証明を求めます。同意の前、支援会議の決定で訪ねた日は"
        "証明に載らず、載せなかったことが作る人に示されます。",
        f"{H}/persons/{{mother}}/certificate",
        shows=("桃園 ふみ", '"planned"', '"sitting"'),
        hides=("かりの町", "houkatsu", "物忘れ"),
    ),
)
