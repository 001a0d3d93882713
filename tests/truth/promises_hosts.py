"""Named promises about the host of a URL.

Owns one minimal input a promise. Must not know how the answers come about.
"""

from promise import COUNT, Promise, count, groups, urls

HOSTS = [("query", {"groupBy": "host"})]


def one_host(name, says, listed, host):
    return Promise(name, says, urls(*listed), HOSTS, groups, [(host, len(listed))])


PROMISES = [
    one_host(
        "N9-idn",
        "Unicode and punycode are one host",
        ["https://MÜNCHEN.example/", "https://xn--mnchen-3ya.example/"],
        "xn--mnchen-3ya.example",
    ),
    one_host(
        "N9-wide",
        "so are full-width letters and dots",
        ["https://ｅｖｉｌ.example/", "https://evil。example/", "https://evil.example/"],
        "evil.example",
    ),
    one_host(
        "N9-number",
        "so are addresses as numbers",
        ["https://0xC0000207/", "https://3221225991/", "https://192.0.2.7/"],
        "192.0.2.7",
    ),
    one_host(
        "N9-percent",
        "so are letters with percent signs",
        ["https://ex%61mple.com/", "https://example.com/"],
        "example.com",
    ),
    one_host(
        "N9-v6",
        "so are spellings of IPv6",
        ["https://[2001:DB8:0::1]/", "https://[2001:db8::1]/"],
        "[2001:db8::1]",
    ),
    one_host(
        "N9-dot",
        "a trailing dot is dropped",
        ["https://evil.example./", "https://evil.example/"],
        "evil.example",
    ),
    one_host(
        "N9-defanged",
        "defanged text has the host of what it stands for",
        ["hxxps://evil[.]example/", "hxxp[:]//evil(.)example/"],
        "evil.example",
    ),
    one_host(
        "N9-bare", "a name without a scheme is a host", ["www.no-scheme.example/a"], "www.no-scheme.example"
    ),
    one_host(
        "N9-none",
        "other schemes and text that is no URL have none",
        [
            "file:///C:/x.docx",
            "mailto:ana@contoso.com",
            '=HYPERLINK("https://evil.example")',
            "ms-word:ofe|u|https://a.example/",
            "https://",
        ],
        None,
    ),
    Promise(
        "H8",
        "one URL of brackets does not end the engine",
        urls("https://" + "[" * 5000 + "." + "]" * 5000, "https://a.example/"),
        COUNT,
        count,
        2,
    ),
]
