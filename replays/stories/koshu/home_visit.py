"""訪問から同意へ: 母と、それから息子と、ひとりずつ。"""

from replays.stories.koshu.cast import COUNCIL, ELDERLY, SUPPORT
from replays.stories.telling import act, look, refused

H = "/households/{household}"
MOTHER = f"{H}/persons/{{mother}}"
CONSENT = {
    "able": True,
    "text_version": "consent-1",
    "categories": ["identity", "consultation", "health", "progress"],
    "purposes": ["planning", "meeting", "support", "referral"],
    "period": {"start": "2025-05-20", "end": "2026-03-31"},
}

HOME_VISIT = (
    act(
        "2025-05-02 10:30",
        "sakamoto",
        "三度目の訪問で、母が戸を開けてくれました。",
        f"{H}/contacts",
        {
            "person": "{mother}",
            "method": "nurse-visit",
            "met_person": True,
            "narrative": [
                {
                    "text": "玄関先で20分。血圧の話から。「息子が寝ているから静かにね」と笑う。"
                    "同じ話が三度あり、冷蔵庫に同じ豆腐が並ぶ。",
                    "principals": ["{mother}"],
                    "mentioned": ["{son}"],
                    "category": "health",
                }
            ],
        },
    ),
    act(
        "2025-05-02 11:10",
        "sakamoto",
        "お名前が分かりました。白い雨戸の家のおばあさんは、桃園ふみさんです。",
        f"{MOTHER}/identification",
        {
            "name": "桃園 ふみ",
            "kana": "ももぞの ふみ",
            "birth_date": "昭和19年2月11日",
            "sex": "female",
            "phones": ["0553-00-0000"],
            "confirmed_by": "told-by-person",
        },
    ),
    act(
        "2025-05-02 11:15",
        "sakamoto",
        "住まいを記録します。",
        f"{MOTHER}/addresses",
        {
            "place": "residence",
            "text": "甲州市塩山かりの町1-2-3",
            "area": "city",
            "period": {"start": "2025-05-02"},
        },
    ),
    act(
        "2025-05-02 11:20",
        "sakamoto",
        "息子さんに気兼ねなく話せる連絡の取り方を、本人と決めます。",
        f"{MOTHER}/safe-contact",
        {
            "phone": "0553-00-0000",
            "times": "午前10時から11時",
            "voicemail_allowed": False,
            "sender_name": "健康づくりの坂本",
            "family_unaware": True,
        },
    ),
    act(
        "2025-05-02 11:25",
        "sakamoto",
        "耳が遠いので、静かなところで短く話すという配慮も。",
        f"{MOTHER}/care-needs",
        {"kinds": ["quiet-place", "large-print"], "narrative": "右の耳のほうが聞こえる。"},
    ),
    act(
        "2025-05-13 20:10",
        "amano",
        "夜、息子さんとドア越しに話せました。名前は教えてくれましたが、話し合いは断られます。",
        f"{H}/consent-attempts",
        {
            "person": "{son}",
            "answer": "refused",
            "purposes": ["planning", "meeting"],
            "next_try": "2025-06-10",
            "narrative": "「放っておいてくれ。母に何かあったときだけ来てくれ」。声は穏やか。",
        },
    ),
    act(
        "2025-05-13 20:30",
        "amano",
        "息子さんの名前を記録します。桃園誠さん、53歳。",
        f"{H}/persons/{{son}}/identification",
        {
            "name": "桃園 誠",
            "kana": "ももぞの まこと",
            "birth_year": 1971,
            "sex": "male",
            "confirmed_by": "told-by-person",
        },
    ),
    act(
        "2025-05-20 10:00",
        "sakamoto",
        "物忘れのあるふみさんが自分で決められるよう、時間をかけて説明します。",
        f"{H}/decision-support",
        {
            "person": "{mother}",
            "able": True,
            "narrative": "絵カードで二度説明。「息子のことは息子に聞いて。私のことは話していい」"
            "と自分の言葉で答えた。",
        },
    ),
    act(
        "2025-05-20 10:30",
        "sakamoto",
        "ふみさんは、自分のことについて、相手と区分と目的と期間を限って同意しました。",
        f"{H}/consents",
        CONSENT
        | {
            "person": "{mother}",
            "giver": "{mother}",
            "authority": "self",
            "method": "written",
            "agencies": [place["agency"] for place in (SUPPORT, ELDERLY, COUNCIL)],
        },
        keep="mother-consent",
    ),
    act(
        "2025-05-20 10:40",
        "sakamoto",
        "署名した同意書の写しを添付します。",
        f"{H}/attachments",
        {
            "kind": "consent-form",
            "title": "同意書（桃園ふみさん）",
            "media_type": "application/pdf",
            "content": "JVBERi0xLjQKJSDmnrbnqbrjga7lkIzmhI/mm7gKJSVFT0YK",
            "to": "{mother-consent}",
            "subjects": ["{mother}"],
        },
        keep="form",
    ),
    look(
        "2025-05-20 10:42",
        "sakamoto",
        "添付した写しは、そのまま読み返せます。",
        f"{H}/attachments/{{form}}",
    ),
    refused(
        "2025-05-20 10:45",
        "sakamoto",
        "NoAuthorityToConsent",
        "「息子の分も私が書いておくわ」。母の同意で、おとなの息子の情報は開きません。",
        f"{H}/consents",
        CONSENT
        | {
            "person": "{son}",
            "giver": "{mother}",
            "authority": "self",
            "method": "written-by-other",
            "agencies": [SUPPORT["agency"]],
        },
    ),
)
