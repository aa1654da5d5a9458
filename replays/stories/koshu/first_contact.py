"""断らない受付: 子育て支援センターに、隣の家を案じる声が届く。"""

from replays.stories.koshu.cast import CHILDCARE, SUPPORT
from replays.stories.telling import act, look, refused

H = "/households/{household}"
TIP = (
    "広場に来た母親の話。隣家は高齢の母と50代くらいの息子の二人暮らしと聞く。"
    "この冬から雨戸が閉まったまま。夜に「お母さん」と大きな声が続く。息子の姿は何年も見ていない。"
)
REFERRAL = {
    "to_agency": SUPPORT["agency"],
    "to_desk": SUPPORT["desk"],
    "purpose": "referral",
    "categories": ["consultation"],
    "consultation": "{tip}",
    "subjects": ["{mother}", "{son}"],
    "narrative": "相談者の名は当センターで預かる。訪問の可否も含めて検討をお願いしたい。",
}

FIRST_CONTACT = (
    look(
        "2025-04-08 10:10",
        "hinata",
        "子育て支援センターの日向さんが台帳を開きます。今日の立場は、任命から決まります。",
        "/me",
    ),
    look(
        "2025-04-08 10:15",
        "hinata",
        "受付の画面に並ぶ機関や選択肢は、その日の市の設定から来ます。",
        "/profile",
    ),
    act(
        "2025-04-08 10:20",
        "hinata",
        "日向さんが、遊びに来た母親から「お隣が心配で」と打ち明けられます。"
        "子育ての相談ではありませんが、断らずに受け付けます。",
        "/intakes",
        {
            "area": "city",
            "household_type": "one-parent-and-child",
            "persons": [
                {
                    "nickname": "白い雨戸の家のおばあさん",
                    "sex": "female",
                    "relation": "mother",
                    "membership": "living-together",
                    "since": "unknown",
                },
                {
                    "nickname": "その息子さん",
                    "sex": "male",
                    "relation": "son",
                    "membership": "living-together",
                    "since": "unknown",
                },
            ],
            "route": "neighbour",
            "window": CHILDCARE["desk"],
            "fields": ["elderly"],
            "issues": ["isolation", "8050"],
            "consulter": "neighbour",
            "urgency": "soon",
            "informant": "広場利用の母親（隣家）。名前は出さないでほしいとのこと。",
            "narrative": [{"text": TIP, "tags": ["third-party", "informant"]}],
        },
        keep={
            "household": "household",
            "mother": "person-0",
            "son": "person-1",
            "tip": "consultation",
        },
    ),
    refused(
        "2025-04-08 10:40",
        "hinata",
        "ReferralNotNamed",
        "「うちの担当ではないので終わり」とは記録できません。答えたのか、どこへつなぐのか、"
        "だれが関わり続けるのかを書くよう求められます。",
        f"{H}/consultations/{{tip}}/screening",
        {"result": "referred", "next_step": "referred"},
    ),
    refused(
        "2025-04-08 10:50",
        "hinata",
        "NoBasisForSharing",
        "二人はまだ何も知りません。根拠を書かずに市へ伝えようとすると、止められます。",
        f"{H}/referrals",
        REFERRAL,
    ),
    act(
        "2025-04-08 11:00",
        "hinata",
        "生命・身体を守るために必要で、同意を得るのが難しい。そう根拠を記して、"
        "福祉総合支援課へつなぎます。",
        f"{H}/referrals",
        REFERRAL
        | {
            "basis": {
                "kind": "statute",
                "article": "ppa-27-1-2",
                "reason": "高齢の母の安否が確かめられず、本人に会えていないため同意を得られない。",
            }
        },
        keep="referral",
    ),
    act(
        "2025-04-08 11:05",
        "hinata",
        "受け付けた相談は「つなぎ」で終わったと、つなぎ先を名指しして書きます。",
        f"{H}/consultations/{{tip}}/screening",
        {"result": "referred", "next_step": "referred", "referral": "{referral}"},
    ),
    refused(
        "2025-04-08 16:00",
        "hinata",
        "OnlyReceiverAnswers",
        "つなぎを閉じられるのは受け手だけです。送った側が「受理された」と書くことはできません。",
        f"{H}/referrals/{{referral}}/acceptance",
        {"answered_by": "市の担当者", "answered_how": "phone"},
    ),
    look(
        "2025-04-09 09:00",
        "amano",
        "翌朝、福祉総合支援課の一覧に、返事を待つつなぎが載っています。",
        "/tasks",
    ),
    act(
        "2025-04-09 09:10",
        "amano",
        "福祉総合支援課の天野さんが、つなぎを受理します。",
        f"{H}/referrals/{{referral}}/acceptance",
        {},
    ),
    act(
        "2025-04-09 09:15",
        "amano",
        "主担当は福祉総合支援課になりました。世帯にはいつも、ちょうど一つの主担当がいます。",
        f"{H}/lead",
        {**SUPPORT, "staff": "{amano}", "reason": "accepted"},
    ),
    look(
        "2025-04-09 09:20",
        "amano",
        "天野さんに見えるのは、つながれた内容だけです。だれが知らせたかは、"
        "センターにとどまります。",
        f"{H}/timeline",
    ),
    act(
        "2025-04-10 14:00",
        "amano",
        "民生委員からの電話を、天野さんはひとまず自分だけのメモに残します。",
        f"{H}/notes",
        {
            "text": "地区の民生委員。回覧板は母が受け取る。春から返事が遅い。"
            "息子は夜だけ起きている様子。"
        },
        keep="note",
    ),
    act(
        "2025-04-11 09:00",
        "amano",
        "翌朝、メモを記録に整理します。人から聞いた話だという印も付けます。",
        f"{H}/notes/{{note}}/labelling",
        {
            "subjects": ["{mother}", "{son}"],
            "narrative": [
                {
                    "text": "民生委員より。回覧板は母が受け取る。春から返事が遅く、やせた印象。"
                    "息子は夜に台所の明かりがつくという。",
                    "tags": ["third-party"],
                }
            ],
        },
        keep="heard",
    ),
    act(
        "2025-04-11 09:10",
        "amano",
        "書きかけのもう一つのメモは…",
        f"{H}/notes",
        {"text": "4/11 訪問先の地図を印刷。"},
        keep="scrap",
    ),
    act(
        "2025-04-11 09:12",
        "amano",
        "…残す必要がないので破棄します。メモは3日を超えて眠りません。",
        f"{H}/notes/{{scrap}}/dropping",
        {},
    ),
    act(
        "2025-04-14 15:30",
        "sakamoto",
        "保健師の坂本さんが訪ねますが、会えません。会議を待たずに始めてよい働きかけです。",
        f"{H}/outreach",
        {
            "person": "{mother}",
            "method": "nurse-visit",
            "basis": {"kind": "own"},
            "narrative": "チャイムに応答なし。郵便受けに名刺と「また来ます」の手紙。雨戸は閉。"
            "庭は整っている。",
        },
    ),
)
