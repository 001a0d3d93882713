//! Whose accounts are not those of one person of the company: guests, shared mailboxes, rooms, services.
//!
//! Owns by what they are told. Must not know what is counted of them.

use std::collections::HashSet;

use clicks::beside::{GroupBy, Person, Tables, is_guest_name};
use clicks::model::Untrusted;

/// Whether an account is not that of one person of the company: a guest by its name, or what a directory says.
pub fn is_no_person(user: &str, odd: &HashSet<String>) -> bool {
    let user = user.to_lowercase();
    is_guest_name(&user) || odd.contains(&user)
}

/// Names of all accounts that some directory says to be of no person of the company, lower case. One is enough: Entra calls
/// the user behind a shared mailbox a member.
pub fn names_of_no_person(tables: &Tables) -> HashSet<String> {
    let mut odd = HashSet::new();
    for person in tables.people.people.iter().filter(|person| odd_type(person).is_some()) {
        odd.extend(person.names.iter().cloned());
    }
    odd
}

/// What a directory calls an account, where that is of no person of the company.
fn odd_type(person: &Person) -> Option<&str> {
    let mut types = person.values.iter().filter(|(by, _)| *by == GroupBy::AccountType);
    types.find(|(_, kind)| is_kind_of_no_person(kind)).map(|(_, kind)| kind.as_str())
}

/// Whether a type of account says so: `SharedMailbox`, `GuestMailUser`, `Service account`; not `Classroom teacher`. Source: the
/// values of `RecipientTypeDetails` of Exchange and of `userType` of Entra.
fn is_kind_of_no_person(kind: &str) -> bool {
    const KINDS: [&str; 6] = ["guest", "shared", "room", "equipment", "service", "resource"];
    let is_one = |word: &str| match word.strip_suffix("mailbox") {
        // `RemoteSharedMailbox`, `LinkedRoomMailbox`.
        Some(before) => KINDS.iter().any(|one| before.ends_with(one)),
        None => {
            let bare = ["mailuser", "account", "user"].iter().find_map(|end| word.strip_suffix(*end));
            KINDS.contains(&bare.unwrap_or(word))
        }
    };
    kind.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(is_one)
}

/// What a directory calls an account, where that is nobody's own: `SharedMailbox`.
pub fn type_of_no_person(tables: &Tables, user: &str) -> Option<Untrusted> {
    let user = user.to_lowercase();
    let mut people = tables.people.people.iter().filter(|person| person.names.contains(&user));
    people.find_map(odd_type).map(Untrusted::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn type_of_account_says_whether_it_is_of_one_person() {
        for kind in [
            "Guest",
            "guest user",
            "GuestMailUser",
            "SharedMailbox",
            "RemoteSharedMailbox",
            "Shared mailbox",
            "RoomMailbox",
            "LinkedRoomMailbox",
            "EquipmentMailbox",
            "ServiceAccount",
            "Service account",
            "Resource",
        ] {
            assert!(is_kind_of_no_person(kind), "{kind}");
        }
        for kind in ["", "Member", "User", "UserMailbox", "LinkedMailbox", "Classroom teacher", "MailUser"] {
            assert!(!is_kind_of_no_person(kind), "{kind}");
        }
    }
}
