"""そのあと: 専門家の助言、誤送付、止めておく廃棄、そして開かない月の会議。"""

from replays.stories.project_team_city.cast import CITY
from replays.stories.room import Seat, closed, convened, invited, item, opened, present, written_up
from replays.stories.telling import act, look, refused

A = "/households/{household}"
B = "/households/{room}"
LEADERS = (Seat("r-shiina", "椎名", "多機関協働担当（事務局）", CITY["agency"], "shiina"),)

AFTERMATH = (
    act(
        "2025-07-24 15:00",
        "miyoshi",
        "通帳を取り戻す道を、弁護士に一時間相談しました。報償費です。",
        f"{A}/expert-advice",
        {
            "profession": "lawyer",
            "yen": 11000,
            "subjects": ["{toki}"],
            "narrative": "本人の届出で再発行できる。息子への告訴は本人が望まない。",
        },
    ),
    act(
        "2025-07-28 10:00",
        "kayama",
        "参加支援の香山さんが、造園の会社を受入先として登録します。",
        "/resources",
        {"kind": "host", "name": "深緑造園（架空）", "area": "city", "capacity": 2},
        keep="garden",
    ),
    act(
        "2025-07-28 10:10",
        "kayama",
        "「外の仕事がいい」という蒼さんとのマッチング。",
        f"{B}/participations",
        {
            "person": "{ao}",
            "resource": "{garden}",
            "kind": "work-experience",
            "narrative": "週2回、午前。最初の月は香山が同行する。",
        },
        keep="ao-work",
    ),
    act(
        "2025-08-04 08:00",
        "kayama",
        "最初の朝。蒼さんは15分早く来ました。",
        f"{B}/participations/{{ao-work}}/start",
        {"narrative": "親方に道具の名を三つ教わる。"},
    ),
    act(
        "2025-08-06 10:00",
        "nozawa",
        "アウトリーチの野沢さんが剛さんを訪ねます。会えませんでした。",
        f"{A}/outreach",
        {
            "person": "{tsuyoshi}",
            "method": "visit",
            "basis": {"kind": "sitting", "sitting": "{evening}", "item": "{mother-item}"},
            "narrative": "郵便受けに大工の求人の切抜き。",
        },
    ),
    convened(
        "2025-08-01 09:00",
        "shiina",
        "八月の重層的支援会議も予定しましたが…",
        "august",
        "juusou",
        "2025-08-21",
        "市役所3階 大会議室",
    ),
    act(
        "2025-08-18 09:00",
        "shiina",
        "…案件がないので開きません。それがこの市の決まりです。",
        "/sittings/{august}/cancellation",
        {"reason": "案件がないため"},
    ),
    act(
        "2025-08-25 16:00",
        "hoshi",
        "包括から一報。ファクシミリの宛先を一つ間違え、深山さんの連絡票が別の事業所に届きました。",
        f"{A}/incidents",
        {
            "kind": "misdelivery",
            "persons": ["{toki}"],
            "narrative": "1枚。氏名と訪問予定のみ。居場所の記載なし。"
            "相手方の事業所が開封前に回収。",
        },
        keep="incident",
    ),
    act(
        "2025-08-26 10:00",
        "hoshi",
        "速報を上げます。",
        f"{A}/incidents/{{incident}}/reports",
        {"to": "mayor", "final": False},
    ),
    act(
        "2025-08-27 14:30",
        "hoshi",
        "トキさんには、取り決めた安全な方法で知らせ、わびました。",
        f"{A}/incidents/{{incident}}/notifications",
        {"person": "{toki}", "method": "safe-contact"},
    ),
    act(
        "2025-09-10 10:00",
        "hoshi",
        "剛さんが不服を申し立てました。決着するまで、この世帯の記録は廃棄できません。",
        f"{A}/legal-holds",
        {"reason": "審査請求が出されたため。"},
        keep="hold",
    ),
    act(
        "2025-09-16 13:00",
        "kayama",
        "蒼さんの仕事は続いています。",
        f"{B}/participations/{{ao-work}}/follow-ups",
        {"settled": True, "next_on": "2025-12-15", "narrative": "秋から週4回に。"},
    ),
    convened(
        "2026-01-15 09:00",
        "shiina",
        "年1〜2回の代表者会議。課長と、警察や消防も集まります。",
        "leaders",
        "daihyousha",
        "2026-02-05",
        "市役所5階 庁議室",
    ),
    refused(
        "2026-01-15 09:05",
        "shiina",
        "ItemKindNotTaken",
        "代表者会議に、だれと分かる事例を出すことはできません。",
        "/sittings/{leaders}/items",
        {
            "kind": "case",
            "item_basis": "none",
            "title": "母子世帯の事例",
            "household": "{household}",
        },
    ),
    item(
        "2026-01-15 09:10",
        "shiina",
        "報告するのは、緊急一時保護が足りないという仕組みの話です。",
        "leaders",
        "leaders-item",
        "緊急一時保護の借上料の使いみちと不足",
        "none",
        household=None,
        kind="policy",
    ),
    *invited("2026-01-15 09:20", "shiina", "leaders", LEADERS, ("leaders-item",)),
    opened("2026-02-05 14:00", "shiina", "leaders"),
    *present("2026-02-05 14:00", "shiina", "leaders", "leaders-item", LEADERS),
    closed("2026-02-05 15:30", "shiina", "leaders"),
    written_up("2026-02-10 10:00", "shiina", "leaders", "来年度の借上料の増額を検討する。"),
    act(
        "2026-02-16 10:00",
        "hoshi",
        "審査請求が取り下げられました。廃棄の停止を解きます。",
        f"{A}/legal-holds/{{hold}}/lifting",
        {"reason": "審査請求の取下げ。"},
    ),
    look("2026-02-16 11:00", "miyoshi", "三好さんが、深山さんの世帯の今を確かめます。", A),
)
