//! A proxy on loopback that sees every connection a browser tries to make.

use std::io::{Write as _, copy};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};

use crate::server::read_head;

/// Where the harness sends what a browser asks on its own account: for signing in, for updates of itself.
const OF_THE_BROWSER: &str = " http://browser.invalid/";

/// Records the first line of every request. Lets through only what the test serves itself; everything else is
/// refused, and recorded all the same.
#[derive(Debug)]
pub struct Recorder {
    address: SocketAddr,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Recorder {
    /// Starts listening; `through` is the only address that it passes on to.
    pub fn start(through: Option<SocketAddr>) -> Recorder {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("a bound address");
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let log = Arc::clone(&log);
                std::thread::spawn(move || handle(stream, through, &log));
            }
        });
        Recorder { address, seen }
    }

    /// Where the browser finds its proxy.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Request lines so far, but for the browser's own, such as `GET http://…/ HTTP/1.1` or `CONNECT host:443 HTTP/1.1`.
    pub fn seen(&self) -> Vec<String> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.iter().filter(|line| !line.contains(OF_THE_BROWSER)).cloned().collect()
    }
}

fn handle(mut stream: TcpStream, through: Option<SocketAddr>, log: &Mutex<Vec<String>>) {
    let head = read_head(&mut stream);
    let line = head
        .as_deref()
        .and_then(|head| head.lines().next())
        .unwrap_or("a connection without a request")
        .to_owned();
    log.lock().unwrap_or_else(PoisonError::into_inner).push(line.clone());

    let forwarded = through.and_then(|address| {
        let path = line.split(' ').nth(1)?.strip_prefix(&format!("http://{address}"))?.to_owned();
        let mut upstream = TcpStream::connect(address).ok()?;
        let request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        upstream.write_all(request.as_bytes()).ok()?;
        copy(&mut upstream, &mut stream).ok()
    });
    if forwarded.is_none() {
        let refusal = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        drop(stream.write_all(refusal.as_bytes()));
    }
}
