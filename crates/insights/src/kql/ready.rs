//! Queries that produce the best input.

/// A query that produces what can be opened here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ready {
    /// What it is called.
    pub title: &'static str,
    /// What it gives and how it is opened.
    pub means: &'static str,
    /// The query.
    pub text: &'static str,
}

/// The same columns in every query of clicks: rows that two exports share say the same then, and count once. Columns that older
/// tenants lack (`AppName` and its like) are not among them, because a query that names one fails there.
macro_rules! of_clicks {
    ($more:literal) => {
        concat!(
            "\n| project Timestamp, Url, ActionType, AccountUpn, Workload, NetworkMessageId, ThreatTypes,",
            "\n    DetectionMethods, IPAddress, IsClickedThrough, UrlChain, ReportId",
            $more
        )
    };
}

/// What is read of a sign-in, and what somebody looks at beside it. Both tables of Advanced hunting have all of these.
macro_rules! of_sign_ins {
    () => {
        "Timestamp, AccountUpn, IPAddress, Country, City, Application, ErrorCode, LogonType,\n    OSPlatform, Browser, UserAgent, SessionId, RiskLevelAggregated"
    };
}

/// Queries for Advanced hunting that give the best input. Sources of limits: `docs/kql.md`.
pub const READY: &[Ready] = &[
    Ready {
        title: "Clicks of the last 30 days",
        means: "Every click with all that is read here. Export the result and open it.",
        text: concat!("UrlClickEvents\n| where Timestamp > ago(30d)", of_clicks!("")),
    },
    Ready {
        title: "Clicks with subject and sender",
        means: "The same in one table with the subject and the sender of the message.",
        // One row a message on the right, so that a message to many does not multiply its clicks.
        text: concat!(
            "let clicks = UrlClickEvents | where Timestamp > ago(30d);\n",
            "let messages = clicks | where isnotempty(NetworkMessageId) | distinct NetworkMessageId;\n",
            "clicks\n",
            "| join kind=leftouter (\n",
            "    EmailEvents\n",
            "    | where Timestamp > ago(30d) and NetworkMessageId in (messages)\n",
            "    | summarize Subject = take_any(Subject), SenderFromAddress = take_any(SenderFromAddress)\n",
            "        by NetworkMessageId\n",
            "    ) on NetworkMessageId",
            of_clicks!(", Subject, SenderFromAddress")
        ),
    },
    Ready {
        title: "Messages of clicked links",
        means: "When each message was delivered and where to, with subject and sender. Open it together with the clicks.",
        text: "\
let messages = UrlClickEvents
| where Timestamp > ago(30d) and isnotempty(NetworkMessageId)
| distinct NetworkMessageId;
EmailEvents
| where Timestamp > ago(30d) and NetworkMessageId in (messages)
| project Timestamp, NetworkMessageId, RecipientEmailAddress, Subject, SenderFromAddress,
    DeliveryAction, LatestDeliveryLocation",
    },
    Ready {
        title: "Clicks in parts",
        means: "For more than 100,000 clicks: run it with 0, 1, 2 and 3, export each, and open the four together.",
        text: concat!(
            "UrlClickEvents\n| where Timestamp > ago(30d)\n| where hash(ReportId, 4) == 0",
            of_clicks!("")
        ),
    },
    Ready {
        title: "Sign-ins of people who reached bad pages",
        means: "All their sign-ins of the last 30 days, so that a new address stands out. Open it together with the clicks.",
        text: concat!(
            "let people = UrlClickEvents\n",
            "| where Timestamp > ago(30d)\n",
            "| where tostring(IsClickedThrough) in~ (\"1\", \"true\")\n",
            "    or (ActionType =~ \"ClickAllowed\" and isnotempty(ThreatTypes))\n",
            "| summarize by Upn = tolower(AccountUpn);\n",
            "EntraIdSignInEvents // older tenants: AADSignInEventsBeta\n",
            "| where Timestamp > ago(30d) and tolower(AccountUpn) in (people)\n",
            "| project ",
            of_sign_ins!()
        ),
    },
];
