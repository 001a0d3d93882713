//! What a message asks of the host, wherever that runs: one meaning for the worker and for the page.

use clicks::protocol::{Failure, FailureKind, Progress, Request, RowsParams};
use serde::Deserialize;

use super::host::Host;
use super::message::{Message, Received};
use super::reading::Input;

/// Longest text of V8, which has the least room of all engines, in UTF-16 units.
const LONGEST_TEXT: usize = (1 << 29) - 24;

/// Does what a message asks; the answer still lacks the id of the question.
pub async fn serve(
    host: &Host,
    message: &Received,
    on_progress: impl Fn(&Progress),
) -> Result<Message, Failure> {
    let answer = Message::new("answer");
    match message.kind.as_str() {
        "ask" => {
            let request: Request = read(&message.body)?;
            Ok(answer.body(&text(&host.answer(message.about, &request).await)?))
        }
        "open" => {
            let inputs = Input::files(message.about, message.files());
            Ok(answer.body(&text(&host.open(message.about, inputs, on_progress).await?)?))
        }
        "sample" => {
            let inputs = vec![Host::sample()];
            Ok(answer.body(&text(&host.open(message.about, inputs, on_progress).await?)?))
        }
        "export" => {
            let ExportOrder { format, params, defang } = read(&message.body)?;
            let blob = host.export(message.about, &format, &params, defang).await?;
            Ok(answer.with("blob", &blob))
        }
        "cancel" => {
            host.cancel();
            Ok(answer.body("null"))
        }
        other => Err(not_understood(other)),
    }
}

/// What an export asks for.
#[derive(Deserialize)]
struct ExportOrder {
    format: String,
    params: RowsParams,
    defang: bool,
}

fn read<T: serde::de::DeserializeOwned>(body: &str) -> Result<T, Failure> {
    serde_json::from_str(body).map_err(|e| not_understood(&e.to_string()))
}

/// An answer as it travels. Browsers end a worker that makes a longer text than they can hold, so that is
/// found out before.
fn text<T: serde::Serialize>(answer: &T) -> Result<String, Failure> {
    let text = serde_json::to_string(answer).map_err(|e| not_understood(&e.to_string()))?;
    if text.len() > LONGEST_TEXT { Err(too_large()) } else { Ok(text) }
}

/// An answer that the browser cannot hold.
pub fn too_large() -> Failure {
    Failure {
        kind: FailureKind::TooLarge,
        message: "The answer is longer than this browser can hold. Ask for fewer rows or columns, or narrow the filter.".to_owned(),
        ..Failure::default()
    }
}

fn not_understood(what: &str) -> Failure {
    clicks::engine::bad_request(format!("The engine does not understand the question: {what}."))
}
