"""同じ手で: アウトリーチから参加支援へ、同じ事業者が歩みを合わせる。"""

from replays.stories.kakamigahara.cast import STATION
from replays.stories.telling import act, look, refused

H = "/households/{household}"

SAME_HANDS = (
    act(
        "2025-07-09 13:00",
        "tsuji",
        "七通目の絵はがきに返事が来て、図書館の隅で会えました。",
        f"{H}/contacts",
        {
            "person": "{yui}",
            "method": "interview",
            "met_person": True,
            "narrative": "20分。スケッチブックを見せてくれた。次は2週間後。",
        },
        keep="met",
    ),
    act(
        "2025-07-23 13:00",
        "tsuji",
        "二度目。通っている塾の名を書いてしまいました。",
        f"{H}/contacts",
        {
            "person": "{yui}",
            "method": "interview",
            "met_person": True,
            "subjects": ["{yui}"],
            "narrative": "絵の教室「さかい画塾」（架空）に週1回通い始めた。",
        },
        keep="told-place",
    ),
    act(
        "2025-07-23 13:30",
        "tsuji",
        "通う先も居場所の手がかりです。気づいた人がすぐにラベルを厳しくできます。",
        f"{H}/facts/{{told-place.version}}/label",
        {"conceal": True, "reason": "通い先から居所が分かるおそれ。"},
    ),
    act(
        "2025-07-24 09:00",
        "tsuji",
        "七月の最初の面談は8日でした。書き直さず、訂正を重ねます。元の記録も残ります。",
        f"{H}/facts/{{met.version}}/correction",
        {"reason": "面談の日付の誤り。", "changes": {"occurred_on": "2025-07-08"}},
    ),
    look(
        "2025-07-24 09:10",
        "tsuji",
        "きのう知っていたことと、今日知っていることを読み比べます。何が分かり、何が訂正されたか。",
        f"{H}/difference?from_known_at=2025-07-23",
    ),
    look(
        "2025-07-24 09:20",
        "tsuji",
        "七月十日の支援経過を、七月十五日に分かっていたとおりに開きます。見せ方は今日の決まりです。",
        f"{H}/timeline?true_at=2025-07-10&known_at=令和7年7月15日",
    ),
    act(
        "2025-07-24 09:40",
        "tsuji",
        "その面談の記録を、念のため父親の側に見せないことにします。",
        f"{H}/facts/{{met.version}}/label",
        {"hide_from": ["{go}"], "reason": "返事が来たことを父親に知られたくない。"},
        keep="hidden-meeting",
    ),
    act(
        "2025-08-27 10:00",
        "kawai",
        "広げすぎた壁は、理由を書いて元に戻せます。起案するのは一人目です。",
        f"{H}/facts/{{hidden-meeting.version}}/loosening-proposals",
        {"reason": "会えたことは、結さん本人が父親に話した。"},
        keep="loosening",
    ),
    refused(
        "2025-08-27 10:05",
        "kawai",
        "SecondReaderNeeded",
        "一人では戻せません。",
        f"{H}/facts/{{hidden-meeting.version}}/loosening",
        {"proposal": "{loosening}"},
    ),
    act(
        "2025-08-27 13:00",
        "tsuji",
        "二人目の辻さんが確かめて、元に戻しました。",
        f"{H}/facts/{{hidden-meeting.version}}/loosening",
        {"proposal": "{loosening}"},
    ),
    act(
        "2025-09-01 10:00",
        "kawai",
        "ステーションの河合さんが、創作の居場所を受入先に登録します。",
        "/resources",
        {
            "kind": "place",
            "name": "アトリエ・ひだまり（架空）",
            "operator": STATION["agency"],
            "capacity": 8,
            "newly_created": True,
        },
        keep="atelier",
    ),
    act(
        "2025-09-03 14:00",
        "kawai",
        "アウトリーチの辻さんから参加支援の河合さんへ。同じ事業者なので、"
        "結さんは一から話さずにすみます。",
        f"{H}/participations",
        {
            "person": "{yui}",
            "resource": "{atelier}",
            "kind": "creative",
            "narrative": "夕方の静かな時間から。辻も同席。",
        },
        keep="participation",
    ),
    refused(
        "2025-09-03 14:10",
        "kawai",
        "ParticipationNotStarted",
        "まだ一度も行っていないのに「定着した」とは書けません。",
        f"{H}/participations/{{participation}}/follow-ups",
        {"settled": True, "narrative": "定着見込み。"},
    ),
    act(
        "2025-09-10 17:00",
        "kawai",
        "夕方のアトリエで、結さんが30分、絵の具を混ぜました。",
        f"{H}/participations/{{participation}}/start",
        {"narrative": "ほかに2人。言葉は交わさず、最後に会釈。"},
    ),
    act(
        "2025-11-12 17:00",
        "kawai",
        "二か月。毎週来ています。",
        f"{H}/participations/{{participation}}/follow-ups",
        {
            "settled": True,
            "next_on": "2026-01-14",
            "narrative": "年下の子に筆の洗い方を教えていた。",
        },
    ),
    act(
        "2025-12-01 10:00",
        "hayashi",
        "離婚が成立しました。豪さんは世帯を離れますが、相手方であることは変わりません。",
        f"{H}/members/{{go}}/leaving",
        {"reason": "divorced"},
    ),
    act(
        "2026-03-20 17:00",
        "kawai",
        "春、結さんはアトリエの手伝いに。参加支援を「次の場へ移った」で終えます。",
        f"{H}/participations/{{participation}}/end",
        {"reason": "moved-on", "narrative": "通信制高校の2年に。土曜は教える側。"},
    ),
)
