//! Names that signs are told by.

use super::Sign;

/// Services that shorten URLs for anybody. Source: the best known of the collection github.com/PeterDaveHello/url-shorteners.
pub const SHORTENERS: &str = "adf.ly bit.ly bitly.com bl.ink buff.ly clck.ru cutt.ly dlvr.it dub.sh goo.gl goo.su is.gd j.mp \
    kutt.it lnkd.in n9.cl ouo.io ow.ly qrco.de rb.gy rebrand.ly reurl.cc s.id short.gy shorturl.at shorturl.com snip.ly \
    surl.li t.co t.ly t2m.io tiny.cc tiny.one tinyurl.com trib.al u.to urlz.fr v.gd vk.cc x.gd";

/// Makers of sites and free hosting, the best known. Sources: “Phishing in the Free Waters” (ACM IMC 2023, arXiv 2212.02563)
/// measures phishing on seventeen of the kind; services that give names to customers are in the private part of publicsuffix.org.
pub const FREE_HOSTING: &str = "000webhostapp.com altervista.org blogspot.com carrd.co duckdns.org epizy.com framer.app \
    framer.website gitbook.io github.io gitlab.io godaddysites.com hpage.com infinityfreeapp.com jimdofree.com \
    jimdosite.com lovable.app my.canva.site mystrikingly.com neocities.org notion.site rf.gd sites.google.com square.site \
    strikingly.com systeme.io tilda.ws typedream.app webflow.io webnode.page weebly.com weeblysite.com wixsite.com \
    wordpress.com yolasite.com zohosites.com";

/// Clouds where anybody runs a page, a program, a tunnel or keeps a file, under a name of the cloud; the best known. Sources:
/// `vercel.app`, `workers.dev`, `railway.app` in hunting for device code phishing (security-investigator, query 5), names of the
/// kind in the private part of publicsuffix.org.
pub const SERVERLESS: &str = "amazonaws.com amplifyapp.com appspot.com azureedge.net azurefd.net azurestaticapps.net \
    azurewebsites.net backblazeb2.com blob.core.windows.net cloudapp.azure.com cloudapp.net cloudflare-ipfs.com \
    cloudfront.net cloudfunctions.net deno.dev digitaloceanspaces.com dweb.link firebaseapp.com \
    firebasestorage.googleapis.com fly.dev glitch.me herokuapp.com ipfs.io linodeobjects.com netlify.app ngrok-free.app \
    ngrok.io on.aws ondigitalocean.app onrender.com pages.dev r2.dev railway.app repl.co replit.app replit.dev run.app \
    storage.googleapis.com surge.sh trycloudflare.com vercel.app web.app web.core.windows.net workers.dev";

/// Endings of names that phishing prefers. Sources: of the twenty with most phishing domains those with more than 150 such
/// domains among 10,000, cybercrimeinfocenter.org, years to April 2025 and quarters to April and October 2025; `cyou` in its five
/// years; `zip` and `mov`, which look like files, from public hunting queries.
pub const ABUSED_TLDS: &str = "bond cfd cyou icu live lol mobi mov pro sbs shop top vip world xin xyz zip";

/// The signs that are lists of hosts.
pub const LISTS: [(Sign, &str); 4] = [
    (Sign::Shortener, SHORTENERS),
    (Sign::FreeHosting, FREE_HOSTING),
    (Sign::Serverless, SERVERLESS),
    (Sign::AbusedTld, ABUSED_TLDS),
];

/// Names that phishing borrows, a line each: names, and domains that are theirs, the first of which is told; among them a few
/// that only look like theirs and are well known. A name of six letters and more is also looked for with a slip in it, so none
/// stands here that is one slip away from a common word (`icloud`, `twitter`), and none that is one itself or that others name
/// their servers by (`office`, `outlook`, `zoom`, `okta`). Sources: brand phishing reports of Check Point Research, 2020 to 2024,
/// and the baits in hunting for device code phishing (security-investigator, query 5); the selection is ours.
pub const BRANDS: &str = "\
microsoft microsoftonline office365 onedrive sharepoint microsoft.com microsoftonline.com office.com office365.com live.com \
outlook.com sharepoint.com sharepoint.us onedrive.com onmicrosoft.com mcas.ms cloud.microsoft microsoft.github.io
google gmail google.com gmail.com googlemail.com google-analytics.com google.github.io
apple apple.com icloud.com apple.news
amazon amazon.com amazon-adsystem.com amazon.jobs amazone.de
facebook facebook.com facebook.net
instagram instagram.com
whatsapp whatsapp.com whatsapp.net
linkedin linkedin.com
adobe adobe.com adobe.io
docusign docusign.com docusign.net
dropbox dropbox.com
wetransfer wetransfer.com
paypal paypal.com paypal.me paypay.ne.jp
netflix netflix.com
spotify spotify.com
yahoo yahoo.com yahoo.net
dhl dhl.com
fedex fedex.com
usps usps.com usps.gov
alibaba alibaba.com
ebay ebay.com
airbnb airbnb.com
walmart walmart.com
wellsfargo wellsfargo.com
hsbc hsbc.com
citibank citibank.com
santander santander.com
barclays barclays.com barclay.com
mastercard mastercard.com
americanexpress americanexpress.com
coinbase coinbase.com
metamask metamask.io
quickbooks intuit.com
steamcommunity steamcommunity.com
roblox roblox.com";

/// Where people have mailboxes of their own: domains, and names in any country. Nobody's own domains. Source: ours.
pub const MAIL_PROVIDERS: &str = "aol gmail gmx googlemail hotmail icloud outlook protonmail yahoo yandex 126.com 163.com att.net \
    btinternet.com comcast.net fastmail.com free.fr libero.it live.com mac.com mail.com mail.ru me.com msn.com naver.com \
    orange.fr proton.me qq.com t-online.de verizon.net wanadoo.fr web.de wp.pl zoho.com";
