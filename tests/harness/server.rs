//! A static host on loopback, as small as it can be: it has one file.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// Serves one page under `/clickglass.html` and remembers what it was asked for.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Serves the file at `path`. The thread ends with the test program.
    pub fn start(path: &Path) -> Server {
        let page =
            std::fs::read(path).unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()));
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("a bound address");
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let Some(target) = request_target(&mut stream) else {
                    continue;
                };
                let found = target.split(['?', '#']).next() == Some("/clickglass.html");
                log.lock().unwrap_or_else(PoisonError::into_inner).push(target);
                let (status, body): (&str, &[u8]) =
                    if found { ("200 OK", &page) } else { ("404 Not Found", b"not here") };
                let head = format!(
                    "HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\
                     Connection: close\r\n\r\n",
                    body.len()
                );
                // A browser that hangs up early is its own affair.
                drop(stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body)));
            }
        });
        Server { address, asked }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of the page.
    pub fn url(&self) -> String {
        format!("http://{}/clickglass.html", self.address)
    }

    /// Every path it was asked for.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn request_target(stream: &mut TcpStream) -> Option<String> {
    let head = read_head(stream)?;
    head.lines().next()?.split(' ').nth(1).map(str::to_owned)
}

/// Reads up to the empty line.
pub(crate) fn read_head(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    let mut byte = [0_u8; 1];
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte).ok()? == 0 || head.len() > 64 * 1024 {
            return None;
        }
        head.push(byte[0]);
    }
    String::from_utf8(head).ok()
}
