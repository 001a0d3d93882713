//! One made-up click, and how it is written as CSV or as a JSON line.

use std::io::{self, Write};

use chrono::{DateTime, Datelike};

use super::Format;

/// 100-nanosecond ticks in a second: the precision of the exports of 2026.
pub(super) const TICKS: i64 = 10_000_000;

/// Written to the outside in pieces of about this size.
const PIECE: usize = 128 * 1024;

const HEADER: &[u8] = b"Timestamp,Url,ActionType,AccountUpn,Workload,NetworkMessageId,ThreatTypes,\
DetectionMethods,IPAddress,IsClickedThrough,UrlChain,ReportId,AppName,AppVersion,SourceId\r\n";

/// Entra tenant of the made-up company, for the streaming envelope.
const TENANT: u128 = 0xc047_0501_1d00_4c1a_a55e_0000_0000_0001;

/// One click, as the export's own columns have it. Reused from row to row, so the texts are owned.
#[derive(Clone, Debug, Default)]
pub(super) struct Click {
    /// 100-nanosecond ticks since 1970.
    pub ticks: i64,
    pub url: String,
    /// Where the URL led; empty when it did not redirect.
    pub landing: String,
    pub action: &'static str,
    pub user: String,
    pub workload: &'static str,
    /// Message and source id; 0 where there is no message.
    pub message: u128,
    /// Threat type at click time; empty for none.
    pub threat: &'static str,
    pub technique: &'static str,
    pub ip: String,
    pub through: bool,
    pub report: u128,
    pub app: &'static str,
}

/// Writes clicks through a buffer of its own.
pub(super) struct RowWriter<'a, W: Write> {
    format: Format,
    buffer: Vec<u8>,
    out: &'a mut W,
}

impl<'a, W: Write> RowWriter<'a, W> {
    pub(super) fn new(format: Format, out: &'a mut W) -> RowWriter<'a, W> {
        RowWriter { format, buffer: Vec::with_capacity(PIECE + 8192), out }
    }

    pub(super) fn header(&mut self) -> io::Result<()> {
        if self.format == Format::Csv {
            self.buffer.extend_from_slice(HEADER);
        }
        Ok(())
    }

    pub(super) fn click(&mut self, click: &Click) -> io::Result<()> {
        match self.format {
            Format::Csv => csv_row(&mut self.buffer, click),
            Format::JsonLines => json_line(&mut self.buffer, click),
        }
        if self.buffer.len() >= PIECE {
            self.out.write_all(&self.buffer)?;
            self.buffer.clear();
        }
        Ok(())
    }

    pub(super) fn finish(self) -> io::Result<()> {
        self.out.write_all(&self.buffer)?;
        self.out.flush()
    }
}

fn csv_row(out: &mut Vec<u8>, click: &Click) {
    timestamp(out, click.ticks);
    out.push(b',');
    quoted_if_needed(out, &click.url);
    plain(out, click.action);
    quoted_if_needed(out, &click.user);
    plain(out, click.workload);
    guid(out, click.message);
    out.push(b',');
    plain(out, click.threat);
    if !click.threat.is_empty() {
        put(out, "\"{\"\"");
        put(out, click.threat);
        put(out, "\"\":[\"\"");
        put(out, click.technique);
        put(out, "\"\"]}\"");
    }
    out.push(b',');
    plain(out, &click.ip);
    plain(out, if click.through { "1" } else { "0" });
    put(out, "\"[\"\"");
    json_text(out, &click.url, Inside::Cell);
    if !click.landing.is_empty() {
        put(out, "\"\",\"\"");
        json_text(out, &click.landing, Inside::Cell);
    }
    put(out, "\"\"]\",");
    guid(out, click.report);
    out.push(b',');
    plain(out, click.app);
    plain(out, "0.0.0000");
    guid(out, click.message);
    put(out, "\r\n");
}

/// A record of the streaming API. `time` is when it was exported, minutes after the click.
fn json_line(out: &mut Vec<u8>, click: &Click) {
    put(out, "{\"time\":\"");
    timestamp(out, click.ticks + 300 * TICKS + click.ticks % (240 * TICKS));
    put(out, "\",\"tenantId\":\"");
    guid(out, TENANT);
    put(out, "\",\"operationName\":\"Publish\",\"category\":\"AdvancedHunting-UrlClickEvents\",");
    put(out, "\"properties\":{\"Timestamp\":\"");
    timestamp(out, click.ticks);
    put(out, "\",\"Url\":\"");
    json_text(out, &click.url, Inside::Json);
    for (name, value) in [
        ("ActionType", click.action),
        ("AccountUpn", &click.user),
        ("Workload", click.workload),
        ("IPAddress", &click.ip),
        ("AppName", click.app),
    ] {
        put(out, "\",\"");
        put(out, name);
        put(out, "\":\"");
        json_text(out, value, Inside::Json);
    }
    put(out, "\",\"NetworkMessageId\":\"");
    guid(out, click.message);
    if click.threat.is_empty() {
        put(out, "\",\"ThreatTypes\":null,\"DetectionMethods\":null");
    } else {
        put(out, "\",\"ThreatTypes\":\"");
        put(out, click.threat);
        put(out, "\",\"DetectionMethods\":\"{\\\"");
        put(out, click.threat);
        put(out, "\\\":[\\\"");
        put(out, click.technique);
        put(out, "\\\"]}\"");
    }
    put(out, ",\"IsClickedThrough\":");
    put(out, if click.through { "true" } else { "false" });
    put(out, ",\"UrlChain\":\"[\\\"");
    json_text(out, &click.url, Inside::JsonText);
    if !click.landing.is_empty() {
        put(out, "\\\",\\\"");
        json_text(out, &click.landing, Inside::JsonText);
    }
    put(out, "\\\"]\",\"ReportId\":\"");
    guid(out, click.report);
    put(out, "\",\"AppVersion\":\"0.0.0000\",\"SourceId\":\"");
    guid(out, click.message);
    put(out, "\"},\"Tenant\":\"DefaultTenant\"}\r\n");
}

fn put(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(text.as_bytes());
}

/// A cell that cannot need quotes, and the comma after it.
fn plain(out: &mut Vec<u8>, text: &str) {
    put(out, text);
    out.push(b',');
}

/// A cell in quotes only when it has to be, as the portal writes it, and the comma after it.
fn quoted_if_needed(out: &mut Vec<u8>, text: &str) {
    if text.bytes().any(|b| matches!(b, b',' | b'"' | b'\r' | b'\n')) {
        out.push(b'"');
        put(out, &text.replace('"', "\"\""));
        out.push(b'"');
    } else {
        put(out, text);
    }
    out.push(b',');
}

/// Where a JSON string lies, which decides how often its quote marks are escaped.
#[derive(Clone, Copy)]
enum Inside {
    /// In JSON in a quoted cell.
    Cell,
    /// In JSON.
    Json,
    /// In JSON in a string of JSON.
    JsonText,
}

/// Text of a JSON string.
fn json_text(out: &mut Vec<u8>, text: &str, inside: Inside) {
    if !text.bytes().any(|b| matches!(b, b'"' | b'\\')) {
        return put(out, text);
    }
    for c in text.chars() {
        match (c, inside) {
            ('"', Inside::Cell) => put(out, "\\\"\""),
            ('"', Inside::Json) => put(out, "\\\""),
            ('"', Inside::JsonText) => put(out, "\\\\\\\""),
            ('\\', Inside::Cell | Inside::Json) => put(out, "\\\\"),
            ('\\', Inside::JsonText) => put(out, "\\\\\\\\"),
            (other, _) => put(out, other.encode_utf8(&mut [0; 4])),
        }
    }
}

/// `2026-05-04T09:12:33.1234567Z`.
fn timestamp(out: &mut Vec<u8>, ticks: i64) {
    let seconds = ticks.div_euclid(TICKS);
    let Some(day) = DateTime::from_timestamp(seconds, 0) else {
        return;
    };
    let date = day.date_naive();
    let of_day = seconds.rem_euclid(86_400) as u64;
    digits(out, date.year().unsigned_abs().into(), 4);
    out.push(b'-');
    digits(out, date.month().into(), 2);
    out.push(b'-');
    digits(out, date.day().into(), 2);
    out.push(b'T');
    digits(out, of_day / 3600, 2);
    out.push(b':');
    digits(out, of_day / 60 % 60, 2);
    out.push(b':');
    digits(out, of_day % 60, 2);
    out.push(b'.');
    digits(out, ticks.rem_euclid(TICKS) as u64, 7);
    out.push(b'Z');
}

/// The last `n` decimal digits of a number.
fn digits(out: &mut Vec<u8>, mut value: u64, n: usize) {
    let end = out.len() + n;
    out.resize(end, b'0');
    for digit in out[end - n..].iter_mut().rev() {
        *digit = b'0' + (value % 10) as u8;
        value /= 10;
    }
}

/// A GUID in its usual form; nothing for 0.
fn guid(out: &mut Vec<u8>, id: u128) {
    if id == 0 {
        return;
    }
    for (at, byte) in id.to_be_bytes().into_iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            out.push(b'-');
        }
        out.push(b"0123456789abcdef"[usize::from(byte >> 4)]);
        out.push(b"0123456789abcdef"[usize::from(byte & 15)]);
    }
}
