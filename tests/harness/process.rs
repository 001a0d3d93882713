//! Child processes that are gone when the test is over.

use std::process::{Child, Command, Stdio};

/// A program and everything that it started, ended together when dropped.
#[derive(Debug)]
pub struct Process {
    child: Child,
}

impl Process {
    /// Starts a program in a group of its own, so that its browsers can be ended with it.
    pub fn start(command: &mut Command) -> Process {
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt as _;
            command.process_group(0);
        }
        let child = command
            .stdin(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("cannot start {:?}: {error}", command.get_program()));
        Process { child }
    }

    /// What the program writes, when that was piped.
    pub fn take_stdout(&mut self) -> Option<std::process::ChildStdout> {
        self.child.stdout.take()
    }

    /// Its number.
    pub fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        if cfg!(unix) {
            // By the number of the group that we made, never by name.
            let group = format!("-{}", self.child.id());
            let ended = Command::new("kill")
                .args(["-TERM", "--", &group])
                .stderr(Stdio::null())
                .status()
                .is_ok_and(|status| status.success());
            if ended {
                std::thread::sleep(std::time::Duration::from_millis(150));
                drop(Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status());
            }
        }
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
