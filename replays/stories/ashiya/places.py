"""参加と居場所: 「できること」から始める。ＣとＤは、人の名を出さずに地域の課題を受け取る。"""

from dataclasses import replace

from replays.stories.ashiya.cast import CITY, PARTICIPATION
from replays.stories.room import Seat, closed, convened, invited, item, opened, present, written_up
from replays.stories.telling import act, look, refused

H = "/households/{household}"
R5 = (
    Seat("d5-hirata", "平田", "地域福祉課（事務局）", CITY["agency"], "hirata"),
    Seat("d5-matsuo", "松尾", "社会福祉協議会", PARTICIPATION["agency"], "matsuo"),
)
R6 = tuple(replace(seat, key=seat.key.replace("d5", "d6"), tier="regular") for seat in R5)
C = tuple(replace(seat, key=seat.key.replace("d5", "c")) for seat in R5)
ISSUE = "/community-issues/{night-watch}"

PLACES = (
    act(
        "2023-10-02 10:00",
        "matsuo",
        "浜の空き店舗に、新しい居場所「うみかぜ食堂」ができました。",
        "/resources",
        {
            "kind": "place",
            "name": "うみかぜ食堂（架空）",
            "area": "shiomi",
            "capacity": 20,
            "newly_created": True,
        },
        keep="cafeteria",
    ),
    act(
        "2023-10-02 10:10",
        "matsuo",
        "「こえる場！」に参加する製パン所も、協力企業として登録します。",
        "/resources",
        {"kind": "partner", "name": "かもめ製パン所（架空）", "area": "shiomi"},
        keep="bakery",
    ),
    act(
        "2023-10-14 15:00",
        "matsuo",
        "うみかぜ食堂の初日。記録するのは人数だけで、だれが来たかは書きません。",
        "/resources/{cafeteria}/activities",
        {"kind": "children-cafeteria", "participants": 23, "sessions": 1},
    ),
    look(
        "2023-10-16 13:50",
        "matsuo",
        "由香さんに合う場所を、社会資源の一覧から探します。",
        "/resources",
    ),
    act(
        "2023-10-16 14:00",
        "matsuo",
        "由香さんの「人に作るのは好き」から、食堂とのマッチングが始まります。",
        f"{H}/participations",
        {
            "person": "{yuka}",
            "resource": "{cafeteria}",
            "kind": "ibasho",
            "narrative": "午後の仕込みから。人の少ない曜日を選ぶ。",
        },
        keep="participation",
    ),
    act(
        "2023-10-23 14:00",
        "matsuo",
        "月曜の午後、由香さんが初めて台所に立ちました。",
        f"{H}/participations/{{participation}}/start",
        {"narrative": "玉ねぎを20個。「手が覚えてた」。"},
    ),
    act(
        "2023-11-27 14:00",
        "matsuo",
        "一か月、続いています。次に会う日も決めました。",
        f"{H}/participations/{{participation}}/follow-ups",
        {
            "settled": True,
            "next_on": "2024-01-29",
            "narrative": "週1回。帰りにそらさんの弁当を一つ持ち帰る。",
        },
    ),
    act(
        "2023-11-30 10:00",
        "hirata",
        "Ｂ－１で見えてきた課題を、個人が分からない形で地域課題として挙げます。",
        "/community-issues",
        {
            "themes": ["carers", "watching"],
            "text": "夜間の見守りを家族だけが担い、"
            "子どもの就学や家族の通院に響いている世帯が複数ある。",
            "raised_by": "b-1",
        },
        keep="night-watch",
    ),
    convened(
        "2024-01-15 09:00",
        "kitamura",
        "令和5年度の冬、「地域福祉推進協議会」を招集します。",
        "d-r5",
        "d",
        "2024-02-14",
        "市民センター 201室",
    ),
    item(
        "2024-01-15 09:05",
        "hirata",
        "議題は、夜間の見守りという地域課題です。",
        "d-r5",
        "d-r5-item",
        "夜間の見守りの担い手",
        "layered",
        household=None,
        kind="policy",
    ),
    refused(
        "2024-01-15 09:10",
        "hirata",
        "ItemKindNotTaken",
        "協議会は個別のケースを扱いません。世帯のことを議題にしようとすると、止められます。",
        "/sittings/{d-r5}/items",
        {
            "kind": "case",
            "item_basis": "layered",
            "title": "三世代世帯の事例",
            "household": "{household}",
        },
    ),
    *invited("2024-01-15 09:20", "hirata", "d-r5", R5, ("d-r5-item",)),
    opened("2024-02-14 14:00", "kitamura", "d-r5"),
    *present("2024-02-14 14:00", "hirata", "d-r5", "d-r5-item", R5),
    closed("2024-02-14 15:30", "kitamura", "d-r5"),
    look(
        "2024-02-14 15:35",
        "hirata",
        "挙がっている地域課題を読み上げます。だれのことかは、どこにも書かれていません。",
        "/community-issues",
    ),
    act(
        "2024-02-14 15:40",
        "hirata",
        "協議会の答え。来年度に見守りの担い手を試みます。",
        f"{ISSUE}/answers",
        {
            "text": "見守りの試行を地区福祉委員会と始める。"
            "夜間は福祉サービスとの組合せを検討する。",
            "answered_by": "d",
            "review_on": "2024-06-30",
        },
    ),
    written_up("2024-02-19 10:00", "hirata", "d-r5", "地域課題を受け取り、試行を決めた。"),
    act(
        "2024-02-26 10:00",
        "matsuo",
        "かもめ製パン所は代替わりで閉店。社会資源の一覧から外します。",
        "/resources/{bakery}/retirement",
        {"reason": "閉店のため"},
    ),
)

RENAMED = (
    convened(
        "2024-05-20 09:00",
        "kitamura",
        "令和6年度、協議会は「Ｄ 福祉のまちづくり委員会」に改まりました。",
        "d-r6",
        "d",
        "2024-06-12",
        "市民センター 201室",
    ),
    item(
        "2024-05-20 09:05",
        "hirata",
        "議題は、試行の振り返りです。",
        "d-r6",
        "d-r6-item",
        "見守りの試行の振り返り",
        "layered",
        household=None,
        kind="policy",
    ),
    *invited("2024-05-20 09:20", "hirata", "d-r6", R6, ("d-r6-item",)),
    opened("2024-06-12 14:00", "kitamura", "d-r6"),
    *present("2024-06-12 14:00", "hirata", "d-r6", "d-r6-item", R6),
    closed("2024-06-12 15:30", "kitamura", "d-r6"),
    written_up(
        "2024-06-14 10:00",
        "hirata",
        "d-r6",
        "つどいの場の見守りを3か所に広げ、こえる場！と連携する。",
    ),
    look(
        "2024-06-14 11:00",
        "hirata",
        "令和5年度の記録を開くと、会議の名は「地域福祉推進協議会」のままです。",
        "/sittings/{d-r5}",
        "meeting",
    ),
    look(
        "2024-06-14 11:05",
        "hirata",
        "令和6年度の記録は「福祉のまちづくり委員会」。",
        "/sittings/{d-r6}",
        "meeting",
    ),
    convened(
        "2024-07-01 09:00",
        "kitamura",
        "「Ｃ 多機関協働推進委員会」では、成果目標に照らして進み具合を評価します。",
        "c",
        "c",
        "2024-07-24",
        "保健福祉センター 会議室3",
    ),
    item(
        "2024-07-01 09:05",
        "hirata",
        "居場所等への参加5人、後見人等の受任10件。数は記録された事実から数えます。",
        "c",
        "c-item",
        "令和5年度の成果目標の進捗",
        "none",
        household=None,
        kind="policy",
    ),
    *invited("2024-07-01 09:10", "hirata", "c", C, ("c-item",)),
    opened("2024-07-24 14:00", "kitamura", "c"),
    *present("2024-07-24 14:00", "hirata", "c", "c-item", C),
    closed("2024-07-24 15:30", "kitamura", "c"),
    act(
        "2024-07-24 16:00",
        "hirata",
        "Ｃは、Ｄから届いた課題にも、相談支援と参加支援の側から答えます。",
        f"{ISSUE}/answers",
        {
            "text": "居場所への参加につながった人の声を聞き、見守りの担い手の研修に生かす。",
            "answered_by": "c",
        },
    ),
    written_up(
        "2024-07-29 10:00",
        "hirata",
        "c",
        "居場所等への参加と社会参加の場づくりは動き出した。協力企業の開拓と後見人等の受任が課題。",
    ),
)
