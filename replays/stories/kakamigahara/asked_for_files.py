"""求められた記録: 親権者を名乗る開示請求、訂正の求め、そして記録の正し方。"""

from replays.stories.telling import act, look, refused

H = "/households/{household}"

ASKED_FOR_FILES = (
    act(
        "2025-05-19 10:00",
        "shibata",
        "夫が「娘の法定代理人」として、結さんの記録の開示を請求しました。窓口は受け取ります。",
        f"{H}/disclosure-requests",
        {
            "person": "{yui}",
            "requester": "representative",
            "requester_name": "長良 豪",
            "scope": "長女に関する相談記録の一切",
        },
        keep="disclosure",
    ),
    look(
        "2025-05-26 10:00",
        "shibata",
        "開示の下書きは、段落ごとに出せるかを示し、代理人の請求では子の安全を確かめさせます。",
        f"{H}/disclosure-requests/{{disclosure}}/draft",
        "disclosure",
    ),
    refused(
        "2025-06-02 10:00",
        "shibata",
        "ChildSafetyNotChecked",
        "代理人への開示は、その子の安全を確かめるまで決められません。",
        f"{H}/disclosure-requests/{{disclosure}}/decision",
        {"outcome": "partial", "grounds": ["ppa-78-1-2"], "child_safety_checked": False},
    ),
    act(
        "2025-06-02 11:00",
        "shibata",
        "あると答えるだけで危ないことがあります。あるともないとも答えません（81条）。",
        f"{H}/disclosure-requests/{{disclosure}}/decision",
        {
            "outcome": "neither",
            "grounds": ["ppa-81"],
            "child_safety_checked": True,
            "narrative": "存否を答えること自体が、子の生命・身体を害するおそれがある。",
            "hidden_from": ["{go}"],
        },
    ),
    look(
        "2025-06-02 11:10",
        "shibata",
        "夫に送る通知文。記録があってもなくても、一字も変わりません。",
        f"{H}/disclosure-requests/{{disclosure}}/notice",
        "disclosure",
    ),
    look(
        "2025-06-02 11:15",
        "shibata",
        "記録のまったくない人からの請求にも、同じ文を送ります。",
        "/audit/notices/neither",
        "audit",
    ),
    act(
        "2025-06-05 10:00",
        "shibata",
        "夫は次に「首をつかんだという記録は誤りだ」と訂正を求めました。",
        f"{H}/correction-requests",
        {"person": "{go}", "claim": "暴力をふるった事実はない。"},
        keep="correction",
    ),
    act(
        "2025-06-26 10:00",
        "shibata",
        "記録は「本人がそう話した」という事実です。訂正はしません。",
        f"{H}/correction-requests/{{correction}}/decision",
        {
            "granted": False,
            "reason": "本人の陳述の記録であり、陳述があったことに誤りはない。",
        },
    ),
    act(
        "2025-06-26 15:00",
        "hayashi",
        "沙織さんが、結婚前に勤めていた先を話してくれました。",
        f"{H}/contacts",
        {
            "person": "{saori}",
            "method": "interview",
            "met_person": True,
            "narrative": [
                {"text": "結婚前は、隣の市の染物工房で働いていた。", "category": "school-work"}
            ],
            "hidden_from": ["{go}"],
        },
        keep="worked",
    ),
    act(
        "2025-06-27 10:00",
        "shibata",
        "沙織さんの求めで、結婚前の職歴の利用を止めます。相手方が知る勤め先だからです。",
        f"{H}/use-suspensions",
        {
            "person": "{saori}",
            "facts": ["{worked.version}"],
            "reason": "以前の勤務先から居所が推測されるおそれがあるため。",
        },
    ),
    look(
        "2025-06-27 10:30",
        "hayashi",
        "聞いた林さんの支援経過からも、その話は消えました。止めるとは、だれも使わないことです。",
        f"{H}/timeline",
    ),
)
