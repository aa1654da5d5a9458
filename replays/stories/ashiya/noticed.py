"""気づき: 眠そうな中学生の家に、そっと入り口をつくる。"""

from replays.stories.ashiya.cast import CHILDREN, CITY, COUNCIL, ELDERLY
from replays.stories.telling import act, refused

H = "/households/{household}"
CONSENT = {
    "able": True,
    "method": "written",
    "text_version": "consent-1",
    "categories": ["identity", "consultation", "health", "family", "school-work", "progress"],
    "purposes": ["referral", "planning", "meeting", "support", "participation"],
    "agencies": [p["agency"] for p in (CITY, COUNCIL, ELDERLY, CHILDREN)],
    "period": {"start": "2023-05-22", "end": "2024-03-31"},
}

NOTICED = (
    act(
        "2023-05-10 16:20",
        "mori",
        "社協の多機関協働相談窓口に、中学校の先生から電話。"
        "「授業中に眠ってしまう子がいて、家で祖父を見ているようなんです」。",
        "/intakes",
        {
            "area": "shiomi",
            "household_type": "three-generations",
            "persons": [
                {
                    "nickname": "中学3年の生徒",
                    "birth_year": 2008,
                    "relation": "daughter",
                    "membership": "living-together",
                    "since": "unknown",
                },
                {
                    "nickname": "生徒の母",
                    "sex": "female",
                    "relation": "self",
                    "membership": "living-together",
                    "since": "unknown",
                },
                {
                    "nickname": "生徒の祖父",
                    "sex": "male",
                    "relation": "father",
                    "membership": "living-together",
                    "since": "2021",
                },
            ],
            "route": "agency-information",
            "window": COUNCIL["desk"],
            "fields": ["children", "elderly"],
            "issues": ["young-carer", "care"],
            "consulter": "agency",
            "urgency": "soon",
            "narrative": [
                {
                    "text": "遅刻が月8回。夜に祖父が起き出すので眠れないと友人に話している。"
                    "母は体調がすぐれず、家事はほとんど本人。",
                    "tags": ["third-party", "partner-agency"],
                }
            ],
        },
        keep={
            "household": "household",
            "sora": "person-0",
            "yuka": "person-1",
            "osamu": "person-2",
            "call": "consultation",
        },
    ),
    act(
        "2023-05-15 14:00",
        "matsuo",
        "社協の松尾さんが訪ねますが、呼び鈴に応答はありません。手紙を残します。",
        f"{H}/outreach",
        {
            "person": "{yuka}",
            "method": "visit",
            "basis": {"kind": "own"},
            "narrative": "カーテンは開いている。「また木曜に来ます」と手書きの手紙。",
        },
    ),
    act(
        "2023-05-18 14:30",
        "mori",
        "きっかけは、社協の緊急の経済的支援でした。お米と光熱費の相談に、母が初めて戸を開けます。",
        f"{H}/entry-services",
        {
            "person": "{yuka}",
            "service": "financial-help",
            "narrative": "玄関で受け取り。「助かります。父のことで夜が眠れなくて」。",
        },
    ),
    act(
        "2023-05-18 15:00",
        "mori",
        "母の浜風由香さんです。市営住宅に、父の修さん、娘のそらさんと暮らしています。",
        f"{H}/persons/{{yuka}}/identification",
        {
            "name": "浜風 由香",
            "kana": "はまかぜ ゆか",
            "birth_date": "昭和57年8月3日",
            "sex": "female",
            "phones": ["0797-00-0001"],
            "confirmed_by": "told-by-person",
        },
    ),
    act(
        "2023-05-18 15:02",
        "mori",
        "祖父の修さん。",
        f"{H}/persons/{{osamu}}/identification",
        {
            "name": "浜風 修",
            "kana": "はまかぜ おさむ",
            "birth_date": "昭和21年1月30日",
            "sex": "male",
            "confirmed_by": "told-by-person",
        },
        quiet="家族の名前を記録します",
    ),
    act(
        "2023-05-18 15:04",
        "mori",
        "娘のそらさん、15歳。",
        f"{H}/persons/{{sora}}/identification",
        {
            "name": "浜風 そら",
            "kana": "はまかぜ そら",
            "birth_date": "平成20年4月20日",
            "sex": "female",
            "confirmed_by": "told-by-person",
        },
        quiet="家族の名前を記録します",
    ),
    act(
        "2023-05-22 10:00",
        "mori",
        "由香さんは、自分のことについて同意します。",
        f"{H}/consents",
        CONSENT | {"person": "{yuka}", "giver": "{yuka}", "authority": "self"},
        keep="yuka-consent",
    ),
    act(
        "2023-05-22 10:10",
        "mori",
        "そらさんの分は、親権者として。学校のことと相談のことに限ります。",
        f"{H}/consents",
        CONSENT
        | {
            "person": "{sora}",
            "giver": "{yuka}",
            "authority": "parent",
            "authority_scope": ["identity", "consultation", "school-work", "progress"],
            "categories": ["identity", "consultation", "school-work", "progress"],
        },
        keep="sora-consent",
    ),
    act(
        "2023-05-22 10:30",
        "mori",
        "修さんには、ゆっくり二度説明しましたが、意思を確かめられませんでした。",
        f"{H}/decision-support",
        {
            "person": "{osamu}",
            "able": False,
            "narrative": "短い言葉と写真で説明。うなずくが、尋ね直すと違う答え。"
            "本人の望みは「海が見えるところがいい」。",
        },
    ),
    refused(
        "2023-05-22 10:40",
        "mori",
        "NoAuthorityToConsent",
        "「父の分も私が」。家族だからという理由で、代わりに同意したことにはなりません。",
        f"{H}/consents",
        CONSENT | {"person": "{osamu}", "giver": "{yuka}", "authority": "self"},
    ),
    act(
        "2023-05-22 16:00",
        "mori",
        "そらさんの学校での話を聞いてもらうため、こども家庭・保健センターへつなぎます。",
        f"{H}/referrals",
        {
            **{f"to_{key}": value for key, value in CHILDREN.items()},
            "purpose": "support",
            "categories": ["school-work"],
            "subjects": ["{sora}"],
            "basis": {"kind": "consent", "consent": "{sora-consent}"},
            "narrative": "本人の声を、家族とは別に聞いてほしい。",
        },
        keep="to-children",
    ),
    act(
        "2023-05-23 09:00",
        "yoshino",
        "センターの吉野さんが受理します。",
        f"{H}/referrals/{{to-children}}/acceptance",
        {},
    ),
    act(
        "2023-05-23 16:30",
        "yoshino",
        "そらさん本人の声は、母の同意とは別に聞きます。",
        f"{H}/assessments",
        {
            "persons": ["{sora}"],
            "fields": ["children"],
            "issues": ["young-carer"],
            "wishes": [
                {
                    "text": "じいじの夜の見守りを、だれかと代わりたい。吹奏楽部をやめたくない。",
                    "told_by": "{sora}",
                }
            ],
            "narrative": "下校後の30分、図書室で面談。「お母さんを悪く言わないで」と繰り返した。",
            "subjects": ["{sora}"],
        },
        keep="sora-voice",
    ),
    act(
        "2023-05-24 09:30",
        "mori",
        "由香さんの同意にもとづき、市の多機関協働へつなぎます。",
        f"{H}/referrals",
        {
            "to_agency": CITY["agency"],
            "to_desk": CITY["desk"],
            "purpose": "referral",
            "categories": ["consultation"],
            "consultation": "{call}",
            "subjects": ["{yuka}"],
            "basis": {"kind": "consent", "consent": "{yuka-consent}"},
            "narrative": "介護・体調・子どもの就学が重なる。チーム会議での検討を希望。",
        },
        keep="referral",
    ),
    act(
        "2023-05-24 10:00",
        "hirata",
        "地域福祉課の平田さんが受理します。",
        f"{H}/referrals/{{referral}}/acceptance",
        {},
    ),
)
