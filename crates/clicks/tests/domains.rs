//! The registrable domain of a host, by the rules of publicsuffix.org.

use clicks::model::registrable_domain;

/// What the rules of every kind come to; after the vectors of publicsuffix.org, with hosts as ours are: lower
/// case, punycode. Where those say that there is no such name, the whole host is it.
#[test]
fn domain_of_hosts_under_every_kind_of_rule_is_what_was_registered() {
    let cases = [
        // Nothing to look up.
        ("", ""),
        ("localhost", "localhost"),
        ("com", "com"),
        ("203.0.113.9", "203.0.113.9"),
        ("[2001:db8::1]", "[2001:db8::1]"),
        ("a..com", "a..com"),
        (".com", ".com"),
        ("example.com.", "example.com."),
        // A last label that nobody has listed, or has nothing under it: the rule `*`.
        ("example.example", "example.example"),
        ("a.b.example.example", "example.example"),
        ("biz", "biz"),
        ("a.b.domain.biz", "domain.biz"),
        // Plain rules.
        ("a.b.example.com", "example.com"),
        ("uk.com", "uk.com"),
        ("a.b.example.uk.com", "example.uk.com"),
        ("test.ac", "test.ac"),
        ("co.uk", "co.uk"),
        ("login.contoso.com.evil.co.uk", "evil.co.uk"),
        ("www.test.jp", "test.jp"),
        ("ac.jp", "ac.jp"),
        ("www.test.ac.jp", "test.ac.jp"),
        ("www.test.kyoto.jp", "test.kyoto.jp"),
        ("ide.kyoto.jp", "ide.kyoto.jp"),
        ("a.b.ide.kyoto.jp", "b.ide.kyoto.jp"),
        ("www.test.k12.ak.us", "test.k12.ak.us"),
        ("k12.ak.us", "k12.ak.us"),
        // Wildcards and what is excepted from them.
        ("c.mm", "c.mm"),
        ("a.b.c.mm", "b.c.mm"),
        ("c.kobe.jp", "c.kobe.jp"),
        ("a.b.c.kobe.jp", "b.c.kobe.jp"),
        ("www.city.kobe.jp", "city.kobe.jp"),
        ("ck", "ck"),
        ("test.ck", "test.ck"),
        ("a.b.test.ck", "b.test.ck"),
        ("www.ck", "www.ck"),
        ("www.www.ck", "www.ck"),
        // Other scripts.
        ("www.xn--85x722f.com.cn", "xn--85x722f.com.cn"),
        ("a.xn--85x722f.xn--55qx5d.cn", "xn--85x722f.xn--55qx5d.cn"),
        ("xn--55qx5d.cn", "xn--55qx5d.cn"),
        ("www.xn--85x722f.xn--fiqs8s", "xn--85x722f.xn--fiqs8s"),
        // Private suffixes.
        ("github.io", "github.io"),
        ("x.ana.github.io", "ana.github.io"),
        ("a.b.web.core.windows.net", "b.web.core.windows.net"),
        ("evil-bucket.s3.amazonaws.com", "evil-bucket.s3.amazonaws.com"),
        ("x.evil.pages.dev", "evil.pages.dev"),
        // Near a rule, and none: before, behind and inside of what the list has.
        ("a.co.ukk", "co.ukk"),
        ("a.cox.uk", "cox.uk"),
        ("a.c.uk", "c.uk"),
        ("www.githu.io", "githu.io"),
        ("www.githubx.io", "githubx.io"),
        ("a.amazonaws.com", "amazonaws.com"),
        ("a.under_score.com", "under_score.com"),
    ];
    for (host, domain) in cases {
        assert_eq!(registrable_domain(host), domain, "{host}");
    }
}
