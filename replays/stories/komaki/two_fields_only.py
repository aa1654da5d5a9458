"""二つの分野だけ: 決まりに届かない一人を、理由と名前を残して対象にする。"""

from replays.stories.komaki.cast import NEEDY, PLACE
from replays.stories.telling import act, refused

TWO_FIELDS_ONLY = (
    act(
        "2025-06-17 10:00",
        "kato",
        "もう一つの世帯。「駐車場に住んでいるらしい人がいる」。だれか分からなくても、"
        "台帳は開けます。",
        "/households",
        {"area": "kitasato", "household_type": "single"},
        keep="parking",
    ),
    act(
        "2025-06-17 10:10",
        "kato",
        "分かっているのは通称だけです。",
        "/households/{parking}/persons",
        {
            "nickname": "北の駐車場のシゲさん",
            "sex": "male",
            "relation": "self",
            "membership": "support-only",
            "since": "unknown",
        },
        keep="shige",
    ),
    act(
        "2025-06-17 10:20",
        "kato",
        "店の人からの相談として受け付けます。",
        "/households/{parking}/consultations",
        {
            "route": "neighbour",
            "window": NEEDY["desk"],
            "fields": ["needy", "disability"],
            "issues": ["homeless", "disability-suspected"],
            "consulter": "neighbour",
            "person": "{shige}",
            "urgency": "soon",
            "informant": "北の駐車場の店の人",
            "narrative": [
                {
                    "text": "車の中で寝ている。右足を引きずる。声をかけると「大丈夫だから」"
                    "と離れる。",
                    "tags": ["third-party", "informant"],
                }
            ],
        },
        keep="car",
    ),
    refused(
        "2025-06-18 09:00",
        "ando",
        "NothingCollected",
        "知らせてくれた人のいる相談は、受けた係の外へ出ません。安藤さんの判断にも使えません。",
        "/households/{parking}/eligibility",
        {},
    ),
    act(
        "2025-06-19 16:00",
        "kato",
        "加藤さんは自分で見に行き、分かったことをアセスメントに書きます。"
        "同じ機関の安藤さんも読めます。",
        "/households/{parking}/assessments",
        {
            "persons": ["{shige}"],
            "fields": ["needy", "disability"],
            "issues": ["homeless", "disability-suspected"],
            "narrative": "右足を引きずる。話しかけると車を降りて離れた。",
        },
    ),
    refused(
        "2025-06-20 11:00",
        "ando",
        "OverrideNeedsReason",
        "2分野では対象になりません。決まりを越えて対象とするなら、理由を書くよう求められます。",
        "/households/{parking}/eligibility",
        {"eligible": True},
    ),
    act(
        "2025-06-20 11:10",
        "ando",
        "理由と名前を残して、対象と判断します。",
        "/households/{parking}/eligibility",
        {
            "eligible": True,
            "override_reason": "支援を拒み、どの窓口にも来られない。"
            "放置すれば生命に関わるおそれがある。",
        },
    ),
    act(
        "2025-06-23 09:30",
        "kato",
        "朝の駐車場に行けるのは居場所の相談員です。同意は得られないので、"
        "法令と理由を根拠につなぎます。",
        "/households/{parking}/referrals",
        {
            **{f"to_{key}": value for key, value in PLACE.items()},
            "purpose": "outreach",
            "categories": ["consultation"],
            "subjects": ["{shige}"],
            "basis": {
                "kind": "statute",
                "article": "ppa-69-2-4",
                "reason": "居所がなく連絡の方法もないため、本人の利益のために訪ねて会うほかない。",
            },
            "narrative": "朝7時台に車の中にいることが多い。驚かせないように。",
        },
        keep="to-place",
    ),
    act(
        "2025-06-23 11:00",
        "umemura",
        "居場所の梅村さんが受理します。",
        "/households/{parking}/referrals/{to-place}/acceptance",
        {},
    ),
    act(
        "2025-06-24 07:30",
        "umemura",
        "梅村さんが朝の駐車場を訪ねます。「いらない」と言われましたが、おにぎりは受け取りました。",
        "/households/{parking}/consent-attempts",
        {
            "person": "{shige}",
            "answer": "pending",
            "purposes": ["support"],
            "next_try": "2025-07-01",
            "narrative": "名前は「シゲでいい」。足のことには触れてほしくない様子。",
        },
    ),
)
