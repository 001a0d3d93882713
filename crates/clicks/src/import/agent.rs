//! What a browser says of itself, in a few words: device type and operating system.
//!
//! Owns the reading of user agents, for the exports that carry them. The tokens are those that browsers send; they
//! have not changed for years because sites depend on them (RFC 9110 section 10.1.5 names the field, no more).

/// Operating systems by the token that tells them, the most telling first: a phone's agent names Linux or
/// Mac OS X too.
const SYSTEMS: [(&str, &str); 12] = [
    ("iPhone", "Phone, iOS"),
    ("iPad", "Tablet, iPadOS"),
    ("Windows Phone", "Phone, Windows"),
    ("Android", "Phone, Android"),
    ("CrOS", "Desktop, ChromeOS"),
    ("Windows NT 10.0", "Desktop, Windows"),
    ("Windows NT 6.3", "Desktop, Windows 8.1"),
    ("Windows NT 6.1", "Desktop, Windows 7"),
    ("Windows", "Desktop, Windows"),
    ("Macintosh", "Desktop, macOS"),
    ("Mac OS X", "Desktop, macOS"),
    ("Linux", "Desktop, Linux"),
];

/// Device type and operating system of a user agent; nothing where it does not say. Windows 10 and 11 send the
/// same agent, so that no number is given for them.
pub fn device_of_agent(agent: &str) -> String {
    let Some((token, device)) = SYSTEMS.iter().find(|(token, _)| agent.contains(token)) else {
        return String::new();
    };
    match *token {
        // Tablets leave out the word.
        "Android" if !agent.contains("Mobile") => "Tablet, Android".to_owned(),
        _ => (*device).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agent_of_each_kind_of_device_is_told() {
        let cases = [
            ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36", "Desktop, Windows"),
            ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)", "Desktop, macOS"),
            ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)", "Phone, iOS"),
            ("Mozilla/5.0 (iPad; CPU OS 16_0 like Mac OS X)", "Tablet, iPadOS"),
            ("Mozilla/5.0 (Linux; Android 14; Pixel) Mobile Safari", "Phone, Android"),
            ("Mozilla/5.0 (Linux; Android 14; SM-X700)", "Tablet, Android"),
            ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0)", "Desktop, ChromeOS"),
            ("Mozilla/5.0 (X11; Linux x86_64)", "Desktop, Linux"),
            ("curl/8.0", ""),
        ];
        for (agent, device) in cases {
            assert_eq!(device_of_agent(agent), device, "{agent}");
        }
    }
}
