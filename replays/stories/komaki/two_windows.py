"""二つの窓口: 同じ家族が、別々の窓口に、別々の困りごとで現れる。"""

from replays.stories.komaki.cast import ELDERLY, FOREIGN
from replays.stories.telling import act, look, refused

H = "/households/{household}"

TWO_WINDOWS = (
    act(
        "2025-05-12 10:00",
        "kondo",
        "外国人相談窓口に、仕事が減って家賃が払えないというお父さんが来ました。"
        "隣で息子さんがうつむいています。",
        "/intakes",
        {
            "area": "ajioka",
            "household_type": "three-generations",
            "persons": [
                {
                    "name": "カルロス・ミナト・クルス",
                    "kana": "かるろす みなと くるす",
                    "birth_date": "1981-02-14",
                    "sex": "male",
                    "phones": ["0568-00-0010"],
                    "relation": "self",
                    "membership": "registered",
                    "since": "2019-08",
                },
                {
                    "name": "ルカ・ミナト・クルス",
                    "kana": "るか みなと くるす",
                    "birth_date": "2012-09-30",
                    "sex": "male",
                    "relation": "son",
                    "membership": "registered",
                    "since": "2019-08",
                },
            ],
            "route": "visit",
            "window": FOREIGN["desk"],
            "fields": ["foreign", "children"],
            "issues": ["foreign-national", "job-keeping", "school-refusal"],
            "consulter": "self",
            "urgency": "soon",
            "narrative": "派遣の契約が4月で終了。家賃2か月滞納。息子は1月から登校していない。",
        },
        keep={
            "household": "household",
            "carlos": "person-0",
            "luca": "person-1",
            "rent": "consultation",
        },
    ),
    act(
        "2025-05-12 10:30",
        "kondo",
        "むずかしい話は通訳をはさむ。配慮を記録します。",
        f"{H}/persons/{{carlos}}/care-needs",
        {
            "kinds": ["interpreter", "easy-japanese"],
            "narrative": "ポルトガル語。日常会話は日本語で可。",
        },
    ),
    look(
        "2025-05-13 17:50",
        "kondo",
        "夕方、名のらない電話。着信の下四桁でさがすと、昨日のカルロスさんの世帯でした。",
        "/households?q=0010",
    ),
    look(
        "2025-05-14 13:50",
        "hibino",
        "味岡の包括で「クルス」をさがしても、何も出ません。よその窓口の記録は、あるとも、ないとも"
        "分かりません。",
        "/households?q=クルス",
    ),
    act(
        "2025-05-14 14:00",
        "hibino",
        "味岡の包括には、孫に手を引かれた女性が来ました。お薬手帳が三冊あります。",
        "/intakes",
        {
            "area": "ajioka",
            "household_type": "unknown",
            "persons": [
                {
                    "name": "ロサ・クルス",
                    "kana": "ろさ くるす",
                    "birth_date": "1953-05-01",
                    "sex": "female",
                    "phones": ["0568-00-0010"],
                    "relation": "self",
                    "membership": "living-together",
                    "since": "2024",
                },
                {
                    "nickname": "付添いのお孫さん",
                    "sex": "male",
                    "birth_year": 2012,
                    "relation": "grandchild",
                    "membership": "living-together",
                    "since": "unknown",
                },
            ],
            "route": "visit",
            "window": ELDERLY["desk"],
            "fields": ["elderly"],
            "issues": ["illness", "care"],
            "consulter": "self",
            "urgency": "routine",
            "narrative": "物忘れで同じ薬を重ねて飲む。日中は孫が家にいて世話をしている様子。",
        },
        keep={
            "second": "household",
            "rosa": "person-0",
            "boy": "person-1",
            "pills": "consultation",
        },
    ),
    look(
        "2025-05-16 08:50",
        "niwa",
        "名寄せ担当だけに、候補が見えます。ロサさんとカルロスさんは、同じ電話を告げていました。"
        "別の人ですが、家族のようです。",
        "/duplicates",
    ),
    act(
        "2025-05-16 09:00",
        "niwa",
        "それなら、付添いの孫はルカさんではないか。二人の記録を一つにまとめます。",
        "/persons/{luca}/merger",
        {"absorbed": "{boy}", "reason": "生年と住まいの圏域が一致する。"},
    ),
    act(
        "2025-05-16 11:00",
        "niwa",
        "早合点でした。まだ本人に確かめていません。名寄せは取り消せます。",
        "/persons/{luca}/merger/cancellation",
        {"absorbed": "{boy}", "reason": "本人確認が済んでいないため。"},
    ),
    act(
        "2025-05-19 15:00",
        "niwa",
        "窓口で本人に確かめてから、あらためて同じ人と判断します。",
        "/persons/{luca}/merger",
        {"absorbed": "{boy}", "reason": "窓口で生年月日を確かめ、同一人と確認した。"},
    ),
    refused(
        "2025-05-19 15:10",
        "hibino",
        "Unknown",
        "包括からは、もう一つの世帯はあるかどうかも分かりません。隠れているものと、"
        "ないものは同じに見えます。",
        f"{H}/members",
        {
            "person": "{rosa}",
            "relation": "grandmother",
            "membership": "living-together",
            "since": "2024",
        },
        status=404,
    ),
    act(
        "2025-05-19 15:20",
        "niwa",
        "二つの世帯の記録も、一つになります。どちらから来た記録かは失われません。",
        f"{H}/merger",
        {"source": "{second}"},
    ),
    act(
        "2025-05-20 10:00",
        "kondo",
        "お母さんのマリアさんも記録します。夜勤で、窓口には来られません。",
        f"{H}/persons",
        {
            "name": "マリア・ミナト・クルス",
            "kana": "まりあ みなと くるす",
            "birth_date": "1984-11-03",
            "sex": "female",
            "relation": "spouse",
            "membership": "registered",
            "since": "2019-08",
        },
        keep="maria",
    ),
    act(
        "2025-05-20 10:10",
        "kondo",
        "住まいを記録します。",
        f"{H}/persons/{{carlos}}/addresses",
        {
            "place": "registered",
            "text": "小牧市かりの二丁目45 かりの住宅203",
            "area": "ajioka",
            "period": {"start": "2019-08-01"},
        },
    ),
)
