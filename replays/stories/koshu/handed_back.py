"""包括に戻す: 中間評価で落ち着きを確かめ、主担当を名指しして引き継ぐ。"""

from dataclasses import replace

from replays.stories.koshu.cast import COUNCIL, ELDERLY
from replays.stories.koshu.layered_meeting import SEATS as JUNE
from replays.stories.room import (
    closed,
    convened,
    invited,
    item,
    opened,
    present,
    told,
    written_up,
)
from replays.stories.telling import act, look, refused, unseen

H = "/households/{household}"
SEATS = tuple(replace(seat, key=f"{seat.key}-9") for seat in JUNE)

HANDED_BACK = (
    act(
        "2025-06-24 10:00",
        "amano",
        "地域包括支援センターへつなぎます。二人の同意の範囲で、決まったプランを添えて。",
        f"{H}/referrals",
        {
            "to_agency": ELDERLY["agency"],
            "to_desk": ELDERLY["desk"],
            "purpose": "support",
            "categories": ["progress"],
            "subjects": ["{mother}", "{son}"],
            "enclosed": ["{plan.version}", "{decided.version}"],
            "basis": {"kind": "consent", "consent": "{mother-consent}"},
            "narrative": "認定申請の手伝いと、月1回の訪問をお願いしたい。",
        },
        keep="to-elderly",
    ),
    look(
        "2025-06-24 10:10",
        "amano",
        "この世帯のことを、だれに、何を、どの根拠で伝えたか。情報提供台帳で確かめます。",
        f"{H}/disclosures",
    ),
    act(
        "2025-06-25 09:00",
        "kubota",
        "包括の久保田さんが受理します。",
        f"{H}/referrals/{{to-elderly}}/acceptance",
        {},
    ),
    act(
        "2025-07-15 11:00",
        "kubota",
        "ふみさんは要介護1と認定されました。月1回の訪問も続いています。",
        f"{H}/contacts",
        {
            "person": "{mother}",
            "method": "visit",
            "met_person": True,
            "narrative": "認定結果を一緒に読む。通いの場「もも茶屋」の話に「昔、"
            "桃の選果場で働いた」と笑う。",
        },
    ),
    convened(
        "2025-09-01 09:00",
        "furuya",
        "三か月がたち、評価の会議を招集します。",
        "autumn",
        "juusou",
        "2025-09-16",
        "市役所2階 会議室",
    ),
    item(
        "2025-09-01 09:10",
        "amano",
        "議題はプランの中間評価です。",
        "autumn",
        "autumn-item",
        "支援プランの中間評価",
        "layered",
    ),
    act(
        "2025-09-01 09:20",
        "amano",
        "議題に付します。",
        f"{H}/sitting-items",
        {
            "sitting": "{autumn}",
            "item": "{autumn-item}",
            "subjects": ["{mother}", "{son}"],
            "narrative": "6月からの経過と、主担当を包括に戻すことの可否。",
        },
        quiet="議題に付します",
    ),
    *invited("2025-09-01 09:30", "amano", "autumn", SEATS, ("autumn-item",)),
    *told("2025-09-16 13:50", "amano", "autumn", SEATS),
    opened("2025-09-16 14:00", "furuya", "autumn"),
    *present("2025-09-16 14:00", "amano", "autumn", "autumn-item", SEATS),
    act(
        "2025-09-16 14:30",
        "amano",
        "評価を記録します。支援は続け、次の見直しの日を決めます。",
        f"{H}/plans/{{plan}}/evaluations",
        {
            "stage": "interim",
            "outcome": "continue",
            "sitting": "{autumn}",
            "item": "{autumn-item}",
            "review_on": "2025-12-16",
            "narrative": "母は通いの場に週1回。息子は社協の倉庫で機材の点検を月2回。"
            "家の雨戸が昼に開くようになった。",
        },
        keep="evaluation",
    ),
    refused(
        "2025-09-16 14:38",
        "amano",
        "SuccessorNotNamed",
        "「包括に戻す」とだけ書くと止められます。次の主担当を名指しするまで、手放せません。",
        f"{H}/meeting-decisions",
        {
            "sitting": "{autumn}",
            "item": "{autumn-item}",
            "kind": "returned",
            "narrative": "包括的相談支援に戻す。",
        },
    ),
    act(
        "2025-09-16 14:40",
        "amano",
        "課題は整理され、役割もそろいました。会議は、"
        "主担当を地域包括支援センターに戻すと決めます。",
        f"{H}/meeting-decisions",
        {
            "sitting": "{autumn}",
            "item": "{autumn-item}",
            "kind": "returned",
            "successor_agency": ELDERLY["agency"],
            "successor_desk": ELDERLY["desk"],
            "narrative": "包括的相談支援で支援を続ける。息子の参加支援は社会福祉協議会が続ける。",
        },
        keep="return-decision",
    ),
    closed("2025-09-16 15:00", "furuya", "autumn"),
    written_up("2025-09-19 10:00", "amano", "autumn", "中間評価の結果、継続。主担当を包括に戻す。"),
    act(
        "2025-09-19 11:00",
        "kubota",
        "包括の久保田さんが担当になりました。担当が代わっても、世帯の経過は途切れません。",
        f"{H}/lead",
        {**ELDERLY, "staff": "{kubota}", "reason": "returned"},
    ),
    act(
        "2025-09-19 11:10",
        "amano",
        "中間評価の記録も、二人の同意にもとづいて引き渡します。次の見直しの日が、"
        "包括の一覧に載ります。",
        f"{H}/shares",
        {
            "to_agency": ELDERLY["agency"],
            "purpose": "support",
            "categories": ["progress"],
            "subjects": ["{mother}", "{son}"],
            "facts": ["{evaluation.version}"],
            "basis": {"kind": "consent", "consent": "{mother-consent}"},
        },
    ),
    act(
        "2025-09-19 11:20",
        "kubota",
        "会議で受け持った申請の手伝いは、認定がおりて終わっています。役割の終わりを記録すると、"
        "役割のために渡された情報は閉じます。",
        f"{H}/roles/{{role}}/end",
        {"narrative": "要介護認定がおり、毎月の訪問は包括の支援として続けるため。"},
        keep="role-end",
    ),
    look(
        "2025-09-22 09:00",
        "kubota",
        "月曜の朝、久保田さんの担当の一覧に、この世帯が並んでいます。",
        "/households",
    ),
    look(
        "2025-09-30 15:00",
        "amano",
        "半年分の会議の記録簿を見渡します。根拠の違う会議が、混ざらずに並びます。",
        "/sittings?limit=1",
        "meeting",
    ),
    look(
        "2025-10-01 10:00",
        "mitsui",
        "個人情報保護担当の三井さんは、市の情報提供台帳を新しいものから点検します。",
        "/disclosures?limit=2",
        "audit",
    ),
    act(
        "2025-11-04 10:00",
        "kubota",
        "秋、ふみさんは「社協の人にはもう話さなくていい」と言いました。その分だけ、"
        "同意を撤回します。",
        f"{H}/consents/{{mother-consent}}/withdrawal",
        {"by": "{mother}", "agencies": [COUNCIL["agency"]]},
    ),
    refused(
        "2025-11-04 10:20",
        "kubota",
        "NoBasisForSharing",
        "撤回の後は、次の一通から止まります。これまでの記録は消えません。",
        f"{H}/shares",
        {
            "to_agency": COUNCIL["agency"],
            "purpose": "support",
            "categories": ["progress"],
            "subjects": ["{mother}"],
            "basis": {"kind": "consent", "consent": "{mother-consent}"},
            "narrative": "通いの場での様子",
        },
    ),
    look("2025-11-04 10:30", "kubota", "久保田さんが世帯の今を確かめます。", H),
    look(
        "2025-11-04 10:35",
        "amano",
        "六月の会議は、何を知って決めたのか。そのときの記録は、いまも同じ要約で示されます。",
        f"{H}/meeting-decisions/{{approval}}/knowledge",
    ),
    look(
        "2025-11-04 10:45",
        "mitsui",
        "撤回は、だれに伝えなければならないか。同意で読んだ人、止まる提供、持っている機関が並びます。",
        "/audit/withdrawals?household={household}&consent={mother-consent}",
        "audit",
    ),
    unseen(
        "2025-11-04 11:00",
        "shimura",
        "台帳の管理者であっても、支援に関わらない人には、世帯があることさえ見えません。",
        H,
    ),
)
