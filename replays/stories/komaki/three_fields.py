"""三つの分野: こまきつながる会議の対象になるのは、3分野以上の困りごと。"""

from replays.stories.komaki.cast import CHILDREN, CITY, DISABILITY, ELDERLY, FOREIGN
from replays.stories.telling import act

H = "/households/{household}"
CONSENT = {
    "able": True,
    "method": "written",
    "text_version": "consent-1",
    "agencies": [p["agency"] for p in (CITY, FOREIGN, ELDERLY, CHILDREN, DISABILITY)],
    "categories": ["identity", "consultation", "health", "finance", "school-work", "progress"],
    "purposes": ["referral", "planning", "meeting", "support"],
    "period": {"start": "2025-05-26", "end": "2026-03-31"},
}

THREE_FIELDS = (
    act(
        "2025-05-26 18:30",
        "kondo",
        "通訳をはさんで、一人ずつ同意をもらいます。カルロスさん。",
        f"{H}/consents",
        CONSENT
        | {
            "person": "{carlos}",
            "giver": "{carlos}",
            "authority": "self",
            "witness": "通訳 佐久間 エレナ",
        },
        keep="carlos-consent",
    ),
    act(
        "2025-05-26 18:45",
        "kondo",
        "ルカさんの分は、親権者であるカルロスさんが。健康のことは含めませんでした。",
        f"{H}/consents",
        CONSENT
        | {
            "person": "{luca}",
            "giver": "{carlos}",
            "authority": "parent",
            "authority_scope": ["identity", "consultation", "school-work", "progress"],
            "categories": ["identity", "consultation", "school-work", "progress"],
        },
        keep="luca-consent",
    ),
    act(
        "2025-05-27 10:00",
        "hibino",
        "ロサさんは、母語の絵カードで説明を受け、自分で決めました。",
        f"{H}/consents",
        CONSENT
        | {
            "person": "{rosa}",
            "giver": "{rosa}",
            "authority": "self",
            "method": "oral",
            "period": {"start": "2025-05-27", "end": "2026-03-31"},
        },
        keep="rosa-consent",
    ),
    act(
        "2025-05-28 09:30",
        "kondo",
        "ルカさんの学びの相談を、相談支援センターへつなぎます。",
        f"{H}/referrals",
        {
            "to_agency": DISABILITY["agency"],
            "to_desk": DISABILITY["desk"],
            "purpose": "referral",
            "categories": ["school-work"],
            "subjects": ["{luca}"],
            "basis": {"kind": "consent", "consent": "{luca-consent}"},
            "narrative": "読み書きに時間がかかる。日本語の学習歴か特性か、見立てがほしい。",
        },
        keep="to-disability",
    ),
    act(
        "2025-06-02 13:00",
        "suzuki",
        "相談支援センターは、理由を付けて返戻します。返すときも、理由なしには返せません。",
        f"{H}/referrals/{{to-disability}}/return",
        {
            "reason": "就学中の発達の見立ては子育て世代包括支援センターが先。"
            "結果が出たら一緒に考えたい。",
        },
    ),
    act(
        "2025-06-02 15:00",
        "kondo",
        "子育て世代包括支援センターへ、つなぎ直します。",
        f"{H}/referrals",
        {
            "to_agency": CHILDREN["agency"],
            "to_desk": CHILDREN["desk"],
            "purpose": "referral",
            "categories": ["school-work"],
            "consultation": "{rent}",
            "subjects": ["{luca}"],
            "basis": {"kind": "consent", "consent": "{luca-consent}"},
            "narrative": "学びの見立てと、学校との間に入ることをお願いしたい。",
        },
        keep="to-children",
    ),
    act(
        "2025-06-03 09:00",
        "ito",
        "子育て世代包括支援センターの伊藤さんが受理します。",
        f"{H}/referrals/{{to-children}}/acceptance",
        {},
    ),
    act(
        "2025-06-03 11:00",
        "kondo",
        "行き違いで重ねて頼んだ分は…",
        f"{H}/referrals",
        {
            "to_agency": CHILDREN["agency"],
            "to_desk": CHILDREN["desk"],
            "purpose": "referral",
            "categories": ["school-work"],
            "subjects": ["{luca}"],
            "basis": {"kind": "consent", "consent": "{luca-consent}"},
            "narrative": "学校との調整をお願いしたい。",
        },
        keep="doubled",
    ),
    act(
        "2025-06-03 11:05",
        "kondo",
        "…送った側が取り下げます。",
        f"{H}/referrals/{{doubled}}/withdrawal",
        {"reason": "同じ依頼を重ねて送ったため。"},
    ),
    act(
        "2025-06-04 10:00",
        "kondo",
        "家賃の相談は「つなぎ」で終わった、と結果を出します。",
        f"{H}/consultations/{{rent}}/screening",
        {"result": "referred", "next_step": "referred", "referral": "{to-children}"},
    ),
    act(
        "2025-06-05 10:00",
        "kondo",
        "多機関協働の担当へもつなぎます。",
        f"{H}/referrals",
        {
            "to_agency": CITY["agency"],
            "to_desk": CITY["desk"],
            "purpose": "referral",
            "categories": ["consultation", "finance"],
            "subjects": ["{carlos}"],
            "basis": {"kind": "consent", "consent": "{carlos-consent}"},
            "narrative": "家賃、祖母の物忘れ、息子の不登校。つながりの整理をお願いしたい。",
        },
        keep="to-city",
    ),
    act(
        "2025-06-06 09:00",
        "ando",
        "福祉総務課の安藤さんが受理します。",
        f"{H}/referrals/{{to-city}}/acceptance",
        {},
    ),
    act(
        "2025-06-06 10:00",
        "ando",
        "主担当を定めます。",
        f"{H}/lead",
        {**CITY, "staff": "{ando}", "reason": "accepted"},
    ),
    act(
        "2025-06-12 14:00",
        "ando",
        "世帯まるごとのアセスメント。高齢者、こども、外国籍、生活困窮の四つの分野が重なります。",
        f"{H}/assessments",
        {
            "persons": ["{carlos}", "{luca}"],
            "fields": ["children", "foreign", "needy"],
            "issues": ["school-refusal", "poverty", "young-carer"],
            "wishes": [
                {"text": "仕事がほしい。息子に学校へ行ってほしい。", "told_by": "{carlos}"},
                {"text": "バボ（おばあちゃん）の薬を数えるのは、ぼくの仕事。", "told_by": "{luca}"},
            ],
            "narrative": "ルカさんは祖母の服薬と通院を担う。学校に行けない理由の一つはそこにある。",
            "subjects": ["{carlos}", "{luca}"],
        },
        keep="assessment",
    ),
    act(
        "2025-06-12 15:00",
        "ando",
        "市の決まりは「3分野以上」。この世帯は、決まりどおり対象と判断されます。",
        f"{H}/eligibility",
        {},
    ),
    act(
        "2025-07-01 10:00",
        "ando",
        "クルスさんの世帯の支援プラン案を作ります。",
        f"{H}/plans",
        {
            "persons": ["{carlos}", "{luca}", "{rosa}"],
            "goals": "カルロスさんが安定した仕事に就く。ルカさんが薬の係を大人に渡し、"
            "学びの場に戻る。",
            "measures": [
                {
                    "service": "jiritsu-soudan",
                    "agency": CITY["agency"],
                    "content": "住居確保給付金の申請と、通訳のある就労相談。",
                },
                {
                    "service": "houkatsu",
                    "agency": ELDERLY["agency"],
                    "content": "薬局と服薬を一つにまとめ、日中の通いの場を探す。",
                },
                {
                    "service": "riyousha",
                    "agency": CHILDREN["agency"],
                    "content": "学校と、ルカさんの登校の形を相談する。",
                },
            ],
            "subjects": ["{carlos}", "{luca}", "{rosa}"],
        },
        keep="plan",
    ),
)
