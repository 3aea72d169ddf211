//! Giving up what a run needs no longer (capabilities(7), landlock(7)), so that a fault in what
//! reads packets can do no more than a plain user's program that reads nothing. All of it is done
//! where the kernel can, and nothing fails where it cannot.

use std::io::ErrorKind;
use std::path::Path;

use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, PathBeneath, PathFd, PathFdError, Ruleset,
    RulesetAttr, RulesetCreatedAttr, RulesetError,
};
use rustix::thread::{
    CapabilitySet, CapabilitySets, capabilities, set_capabilities, set_no_new_privs,
};

use super::Keep;

/// Drops the capabilities of this thread, and of those that it starts from now on.
pub(super) fn give_up(keep: Keep) {
    let mut kept = CapabilitySet::empty();
    if keep.low_ports {
        kept |= CapabilitySet::NET_BIND_SERVICE;
    }
    if keep.captures {
        kept |= CapabilitySet::NET_RAW;
    }
    if keep.programs {
        kept |= CapabilitySet::KILL | CapabilitySet::SYS_PTRACE;
    }
    if keep.filters {
        kept |= CapabilitySet::NET_ADMIN;
    }
    if keep.files {
        kept |= CapabilitySet::DAC_OVERRIDE | CapabilitySet::CHOWN | CapabilitySet::FOWNER;
    }
    if let Ok(had) = capabilities(None) {
        let sets = CapabilitySets {
            effective: had.effective & kept,
            permitted: had.permitted & kept,
            inheritable: CapabilitySet::empty(),
        };
        let _ = set_capabilities(None, sets);
    }
    let _ = set_no_new_privs(true);
}

/// Runs something in a thread without the right to ports below 1024.
pub(super) fn without_low_ports<T: Send>(try_it: impl FnOnce() -> T + Send) -> Option<T> {
    let restricted = || {
        let mut sets = capabilities(None).ok()?;
        sets.effective -= CapabilitySet::NET_BIND_SERVICE;
        set_capabilities(None, sets).ok()?;
        Some(try_it())
    };
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().spawn_scoped(scope, restricted);
        thread.ok()?.join().ok().flatten()
    })
}

/// Lets this thread, and those that it starts from now on, open and connect to nothing any more,
/// but put files into `folders`. What is open stays so.
pub(super) fn confine(folders: &[&Path]) {
    let _ = restrict(folders, AccessFs::from_all(ABI::V5), files());
}

/// The same, but for reading files and running programs, which stay free.
pub(super) fn confine_writing(folders: &[&Path]) {
    let _ = restrict(folders, AccessFs::from_all(ABI::V5) & !reads(), files());
}

/// The same, and folders may be made in the folder, and files moved between them.
pub(super) fn confine_writing_below(folder: &Path) {
    let folders = AccessFs::MakeDir | AccessFs::RemoveDir | AccessFs::Refer;
    let access = AccessFs::from_all(ABI::V5) & !reads();
    let _ = restrict(&[folder], access, files() | folders);
}

fn reads() -> BitFlags<AccessFs> {
    AccessFs::ReadFile | AccessFs::ReadDir | AccessFs::Execute
}

/// What writing files in a folder takes.
fn files() -> BitFlags<AccessFs> {
    AccessFs::WriteFile | AccessFs::MakeReg | AccessFs::RemoveFile | AccessFs::Truncate
}

fn restrict(
    folders: &[&Path],
    access: BitFlags<AccessFs>,
    put: BitFlags<AccessFs>,
) -> Result<(), RulesetError> {
    // A kernel that knows less of it does as much as it can.
    let abi = ABI::V5;
    let all = Ruleset::default()
        .handle_access(access)?
        .handle_access(AccessNet::from_all(abi))?;
    let mut rules = all.create()?;
    for folder in folders {
        match PathFd::new(folder) {
            Ok(open) => rules = rules.add_rule(PathBeneath::new(open, put))?,
            // Of a folder that is gone nothing can be allowed, and writing there says why.
            Err(PathFdError::OpenCall { source, .. }) if source.kind() == ErrorKind::NotFound => {}
            // Too few descriptors: confined without it, writing there would be refused.
            Err(_) => return Ok(()),
        }
    }
    rules.restrict_self()?;
    Ok(())
}
