"""The words that made-up clicks are made of: hosts, paths, people, outcomes, with their traps.

Owns what is nasty. Must not know how often it comes up together.
"""

# fmt: off
HOSTS = [
    "a.example", "login.example.net", "LOGIN.Example.NET", "evil.example", "Evil.Example.", "evil.example.",
    "xn--mnchen-3ya.example", "münchen.example", "MÜNCHEN.example", "bücher.example", "пример.example",
    "日本.example", "192.0.2.7", "192.0.2.7.", "0xC0000207", "3221225991", "[2001:db8::1]",
    "[2001:DB8:0::1]",
    "localhost", "t.co", "sub.t.co", "a_b.example", "straße.example", "faß.example", "☃.example", "127.1",
    "ex%61mple.com", "example.com", "ｅｖｉｌ.example", "evil。example",
    "contoso-my.sharepoint.com", "1e100.net"
]
PATHS = [
    "", "/", "/a", "/A", "/a?x=1", "/a?x=1&y=%2F", "/a#frag", "#frag", "?q=1", "/über/straße?ü=ö",
    "/%C3%BCber", "/a,b;c", '/say "hi"', "/two\nlines", "/tab\there", "/päth/Ünïcödé/ПРИВЕТ/東京", "/a'b",
    "/100%", "/a+b=c", "/?u=ana@contoso.com", "/=1+1", "//double", "/./x/../y", "/\\back",
    "/<script>alert(1)</script>", "/É", "/é", "/hxxps://evil[.]example/", "/🦊", "/K", "/İ",
    "/a;=cmd|'/C calc'!A0", "/a\t=1+1", "/null", "/-", "/[]"
]
ODD_URLS = [
    "mailto:ana@contoso.com", "MAILTO:Bob@contoso.com?subject=Hi,%20you", "javascript:alert('x,\"y\"')",
    "file:///C:/Users/ana/x.docx", "file://server/share/x.pdf", "ftp://files.example/x", "tel:+4912345",
    "data:text/html,<b>x</b>", "ms-word:ofe|u|https://contoso.sharepoint.com/x.docx", "about:blank",
    "www.no-scheme.example/a", "https://", "https://user:pa,ss@evil.example/a",
    "https://microsoft.com@evil.example/login", "https://evil.example:8443/a", "http://evil.example:80/a",
    "HTTPS://EVIL.EXAMPLE/UP", "https://evil.example?x=1", "https:/evil.example/one-slash", "=1+1",
    "https:\\\\evil.example\\back", '=HYPERLINK("https://evil.example")', "-1+1", "@SUM(1)",
    "hxxps://evil[.]example/defanged", "hxxp[:]//evil(.)example/defanged", "HXXPS://Evil[.]Example/UP",
    "ws://socket.example/x", "https://a.example/" + "p" * 3000, "https://a.example/?" + "q=ä&" * 900
]
PEOPLE = [
    "Ana.Müller@contoso.de", "o'neil@contoso.com", "a,b@contoso.com", '"quoted"@contoso.com',
    "100%@contoso.com", "!boss@contoso.com", "=cmd@contoso.com", "a+b@contoso.com", "élodie@contoso.fr",
    "дмитрий@contoso.ru", "guest_fabrikam.com#EXT#@contoso.onmicrosoft.com", "user1", "S-1-5-21-1-2-3-500",
    "日本@contoso.jp", "x&y=z@contoso.com", "nobody@contoso.com", "NULL@contoso.com"
]
EMPTY_WORDS = [
    "", "", "", "null", "NULL", "None", "N/A", "-", "[]", "{}"
]
ADDRESSES = [
    "203.0.113.7", "198.51.100.1", "2001:db8::1", "2001:DB8::1", "2001:0db8:0:0:0:0:0:1", "::ffff:1.2.3.4",
    "::FFFF:1.2.3.4", "1.2.3.4", "203.0.113.7:443", "[2001:db8::1]:443", "999.1.1.1", "fe80::1%eth0",
    "203.0.113.7, 198.51.100.2", "198.51.100.2; 203.0.113.7", "52.112.103.113"
]
ACTIONS = (
    ["ClickAllowed"] * 60 + ["ClickBlocked"] * 20 + ["ClickBlockedByTenantPolicy"] * 5 +
    ["UrlErrorPage"] * 5 + ["UrlScanInProgress"] * 6 + ["clickblocked", "PendingDetonation", "Blockpage",
    "BLOCKPAGE", 'Weird, "one"', ""]
)
THREATS = (
    [""] * 60 + ["Phish"] * 20 + ["Malware"] * 6 + ["Spam"] * 4 + ["Phish, Malware", "Malware,Phish"] * 2 +
    ["Phish,Spam,Malware", "Phish;Malware", '["Phish","Malware"]', "phish", "PHISH, Phish", ",", "None",
    "NoThreatsFound", "Späh"]
)
WORKLOADS = (
    ["Email"] * 60 + ["Teams"] * 20 + ["Office"] * 10 + ["Copilot"] * 4 + ["EMAIL", "teams", "", "N/A",
    "Outlook Mobile", "Späti", "SPÄTI"]
)
# fmt: on
