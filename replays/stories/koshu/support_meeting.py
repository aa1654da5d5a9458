"""支援会議: 同意のない二人のために集まり、訪ね方を決める。"""

from replays.stories.koshu.cast import CHILDCARE, COUNCIL, SUPPORT, VISITING
from replays.stories.room import (
    Seat,
    closed,
    convened,
    invited,
    item,
    opened,
    present,
    told,
    written_up,
)
from replays.stories.telling import act, refused

H = "/households/{household}"
S = "/sittings/{meeting}"

STAFF = (
    Seat("nurse", "坂本", "保健師", VISITING["agency"], "sakamoto"),
    Seat("secretary", "天野", "多機関協働担当（事務局）", SUPPORT["agency"], "amano"),
    Seat("nursery", "日向", "相談員", CHILDCARE["agency"], "hinata"),
    Seat("council", "飯野", "自立相談支援員", COUNCIL["agency"], "iino"),
)
COMMISSIONER = Seat("commissioner", "雨宮 良子", "民生委員", "minsei", kind="outside")
SEATS = (*STAFF, COMMISSIONER)

SUPPORT_MEETING = (
    convened(
        "2025-04-15 09:00",
        "furuya",
        "福祉総合支援課の古屋課長が、社会福祉法106条の6の支援会議を招集します。",
        "meeting",
        "shien",
        "2025-04-22",
        "市役所2階 相談室（非公開）",
    ),
    item(
        "2025-04-15 09:10",
        "amano",
        "議題を立てます。題名には、だれのことか分かる言葉を書きません。",
        "meeting",
        "item",
        "地域から気づきのあった二人世帯への関わり方",
        "support",
    ),
    *invited("2025-04-15 09:20", "amano", "meeting", SEATS, ("item",)),
    act(
        "2025-04-21 10:00",
        "amano",
        "この件を議題に付し、ここまでの記録を提出します。",
        f"{H}/sitting-items",
        {
            "sitting": "{meeting}",
            "item": "{item}",
            "subjects": ["{mother}", "{son}"],
            "tabled": ["{heard.version}"],
            "narrative": "安否の確認と、二人に会う方法を検討したい。",
        },
    ),
    *told("2025-04-22 13:25", "amano", "meeting", STAFF),
    opened("2025-04-22 13:30", "furuya", "meeting"),
    refused(
        "2025-04-22 13:31",
        "amano",
        "DutyNotNotified",
        "民生委員がまだ誓約していません。誓約の前に議題へ入れようとすると、止められます。",
        f"{S}/attendance",
        {"item": "{item}", "attendee": "{commissioner}", "capacity": "民生委員"},
    ),
    *told("2025-04-22 13:33", "amano", "meeting", (COMMISSIONER,)),
    *present("2025-04-22 13:35", "amano", "meeting", "item", SEATS),
    act(
        "2025-04-22 13:36",
        "amano",
        "番号を付けた資料を配ります。",
        f"{S}/papers",
        {
            "number": 1,
            "item": "{item}",
            "title": "これまでの経過（回収）",
            "attendees": ["{commissioner}", "{nurse}"],
        },
        keep="paper",
    ),
    act(
        "2025-04-22 14:00",
        "amano",
        "話すうちに、支援の下書きができました。",
        f"{H}/plans",
        {
            "persons": ["{mother}"],
            "goals": "顔を合わせて話せる人を一人つくる。",
            "subjects": ["{mother}"],
        },
        keep="sketch",
    ),
    refused(
        "2025-04-22 14:05",
        "amano",
        "SupportMeetingDecidesNoPlan",
        "「このまま支援プランも承認しましょう」。本人の同意のない支援会議では、"
        "プランは決められません。",
        f"{H}/meeting-decisions",
        {
            "sitting": "{meeting}",
            "item": "{item}",
            "kind": "plan-approved",
            "plan": "{sketch}",
            "narrative": "支援プランの承認",
        },
    ),
    act(
        "2025-04-22 14:10",
        "amano",
        "支援会議は、訪ね方と役割を決めます。役割に要る情報だけが、その役割の人に渡ります。",
        f"{H}/meeting-decisions",
        {
            "sitting": "{meeting}",
            "item": "{item}",
            "kind": "outreach",
            "narrative": "保健師と多機関協働担当が二人で訪問する。"
            "民生委員は回覧板の折に声をかける。"
            "社会福祉協議会に見守り等の利用歴を照会する。",
            "roles": [
                {
                    "agency": VISITING["agency"],
                    "desk": VISITING["desk"],
                    "task": "母の体調の確認と定期の訪問",
                    "needed": [{"text": "日中は母が一人で応対する。訪問は午前がよい。"}],
                    "until": "2025-09-30",
                }
            ],
        },
        keep="outreach-decision",
    ),
    act(
        "2025-04-22 14:20",
        "amano",
        "資料を回収します。民生委員から1部。",
        f"{S}/papers/{{paper}}/return",
        {"attendee": "{commissioner}"},
    ),
    act(
        "2025-04-22 14:21",
        "amano",
        "保健師から1部。これで全部です。",
        f"{S}/papers/{{paper}}/return",
        {"attendee": "{nurse}"},
    ),
    closed("2025-04-22 14:30", "furuya", "meeting"),
    act(
        "2025-04-23 10:00",
        "amano",
        "会議で決めたとおり、社会福祉協議会へ協力を依頼します（106条の6第3項）。",
        f"{H}/information-requests",
        {
            "of_agency": COUNCIL["agency"],
            "purpose": "outreach",
            "categories": ["progress"],
            "subjects": ["{mother}", "{son}"],
            "basis": {"kind": "sitting", "sitting": "{meeting}", "item": "{item}"},
            "narrative": "配食や見守りの利用歴の有無を教えてほしい。",
        },
        keep="request",
    ),
    act(
        "2025-04-25 11:00",
        "amano",
        "回答がありました。応じるのは努力義務で、断られることもあります。",
        f"{H}/information-requests/{{request}}/answer",
        {
            "cooperated": True,
            "narrative": [
                {
                    "text": "昨年秋まで母が配食を利用。「息子が嫌がる」と言って中止した。",
                    "tags": ["third-party", "partner-agency"],
                }
            ],
        },
    ),
    act(
        "2025-04-25 16:00",
        "mitsui",
        "同意によらない協力依頼です。個人情報保護担当が、尋ねた範囲を点検します。",
        f"{H}/information-requests/{{request}}/review",
        {"proper": True, "narrative": "会議で決めた範囲で、配食と見守りの有無だけを尋ねている。"},
    ),
    written_up(
        "2025-04-25 17:00",
        "amano",
        "meeting",
        "出席者の見立てを共有し、訪問の分担を決めた。プランは扱っていない。",
    ),
)
