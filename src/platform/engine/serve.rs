//! What a message asks of the host, wherever that runs: one meaning for the worker and for the page.

use clicks::ask::{Written, not_understood};
use clicks::engine::DataToken;
use clicks::import::{Progress, ReadAs};
use clicks::{Failure, FailureKind};

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
            let question = Written { name: message.text("question"), body: message.body.clone() };
            Ok(answer.body(&fitting(host.answer(message.about, &question).await?)?))
        }
        "open" => {
            let inputs = Input::files(message.about, message.files());
            let read_as = ReadAs::parse(&message.body);
            let same = message.number("same") as usize;
            let on = (same > 0).then(|| (DataToken(message.number("on") as u32), same));
            Ok(answer.body(&text(&host.open(message.about, inputs, read_as, on, on_progress).await?)?))
        }
        "sample" => {
            let inputs = vec![Host::sample()];
            let opened = host.open(message.about, inputs, ReadAs::default(), None, on_progress).await?;
            Ok(answer.body(&text(&opened)?))
        }
        "export" | "save" => {
            let is_saved = message.kind == "save";
            let order = read(&message.body)?;
            let (manifest, blob) = host.export(message.about, &order, is_saved, on_progress).await?;
            Ok(answer.body(&text(&manifest)?).with("blob", &blob))
        }
        "digest" => {
            let file = message.number("file") as usize;
            Ok(answer.body(&text(&host.digest(message.about, file, on_progress).await?)?))
        }
        "close" => {
            host.close();
            Ok(answer.body("null"))
        }
        "cancel" => {
            host.cancel();
            Ok(answer.body("null"))
        }
        "cancel-saving" => {
            host.cancel_saving();
            Ok(answer.body("null"))
        }
        other => Err(not_understood(other)),
    }
}

fn read<T: serde::de::DeserializeOwned>(body: &str) -> Result<T, Failure> {
    serde_json::from_str(body).map_err(|e| not_understood(&e.to_string()))
}

fn text<T: serde::Serialize>(answer: &T) -> Result<String, Failure> {
    fitting(serde_json::to_string(answer).map_err(|e| not_understood(&e.to_string()))?)
}

/// An answer as it travels. Browsers end a worker that makes a longer text than they can hold, so that is
/// found out before.
fn fitting(text: String) -> Result<String, Failure> {
    if text.len() > LONGEST_TEXT { Err(too_large()) } else { Ok(text) }
}

/// An answer that the browser cannot hold.
pub fn too_large() -> Failure {
    Failure::new(
        FailureKind::TooLarge,
        "The answer is longer than this browser can hold. Ask for fewer rows or columns, or narrow the filter.",
    )
}
