//! User and network namespaces (user_namespaces(7), network_namespaces(7)).

use std::fs;
use std::io;

use nix::errno::Errno;
use nix::sched::CloneFlags;
use nix::sched::setns;
use nix::sched::unshare;
use nix::sys::socket::AddressFamily;
use nix::sys::socket::SockFlag;
use nix::sys::socket::SockType;
use nix::sys::socket::socket;
use nix::unistd::getegid;
use nix::unistd::geteuid;

use super::loopback_up;
use super::{Barrier, SandboxError};

pub(super) use super::rights::{
    confine, confine_writing, confine_writing_below, give_up, without_low_ports,
};

/// Enters a network namespace and brings its loopback up.
pub(super) fn enter() -> Result<(), SandboxError> {
    // Only the calling thread would move.
    if has_threads() {
        return Err(SandboxError::TooLate);
    }
    // Whoever may have a network namespace without a user namespace keeps all rights over files.
    if unshare(CloneFlags::CLONE_NEWNET).is_err() {
        enter_as_plain_user()?;
    }
    loopback_up::bring_up().map_err(|cause| forbidden("lo", cause))
}

/// Tries what a capture begins with. Protocol 0 receives nothing.
pub(super) fn needed() -> bool {
    let tried = socket(
        AddressFamily::Packet,
        SockType::Raw,
        SockFlag::SOCK_CLOEXEC,
        None,
    );
    matches!(tried, Err(Errno::EPERM | Errno::EACCES))
}

/// Joins the network of the first other process that runs this program in one of its own.
pub(super) fn join() -> io::Result<Option<u32>> {
    let space =
        |process: &str, kind: &str| fs::read_link(format!("/proc/{process}/ns/{kind}")).ok();
    let own = [space("self", "net"), fs::read_link("/proc/self/exe").ok()];
    for entry in fs::read_dir("/proc")?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Ok(pid) = name.parse::<u32>() else {
            continue;
        };
        let exe = fs::read_link(entry.path().join("exe")).ok();
        let net = space(&name, "net");
        if exe != own[1] || net.is_none() || net == own[0] {
            continue;
        }
        let open = |kind: &str| fs::File::open(format!("/proc/{pid}/ns/{kind}"));
        let (user, net) = (open("user")?, open("net")?);
        // Root's own network belongs to no other user namespace.
        if space("self", "user") != space(&name, "user") {
            setns(user, CloneFlags::CLONE_NEWUSER)?;
        }
        setns(net, CloneFlags::CLONE_NEWNET)?;
        return Ok(Some(pid));
    }
    Ok(None)
}

/// Whether this thread is in another network namespace than the process that started it.
pub(super) fn entered() -> bool {
    let of = |process: &str| fs::read_link(format!("/proc/{process}/ns/net")).ok();
    let (own, parents) = (of("self"), of(&nix::unistd::getppid().to_string()));
    own.is_some() && parents.is_some() && own != parents
}

/// Enters a user namespace, in which a plain user has every right, and a network namespace that
/// belongs to it. The user and the group stay what they are, so files do too.
fn enter_as_plain_user() -> Result<(), SandboxError> {
    let (user, group) = (geteuid(), getegid());
    unshare(CloneFlags::CLONE_NEWUSER | CloneFlags::CLONE_NEWNET).map_err(|cause| match cause {
        // A kernel without namespaces; without system calls for them.
        Errno::EINVAL | Errno::ENOSYS => SandboxError::Unsupported { program: program() },
        // Linux before 4.9 told the depth of user namespaces by EUSERS.
        Errno::ENOSPC | Errno::EUSERS if barrier() != Barrier::NoneAllowed => {
            SandboxError::Exhausted {
                cause: io::Error::from(cause).to_string(),
                program: program(),
            }
        }
        other => forbidden("unshare", other.into()),
    })?;
    // A group can be mapped without privilege only where setgroups(2) is given up first. The
    // file is absent before Linux 3.19, which did not ask for it.
    match fs::write("/proc/self/setgroups", "deny") {
        Err(cause) if cause.kind() != io::ErrorKind::NotFound => {
            return Err(forbidden("setgroups", cause));
        }
        _ => {}
    }
    fs::write("/proc/self/uid_map", format!("{user} {user} 1"))
        .map_err(|cause| forbidden("uid_map", cause))?;
    fs::write("/proc/self/gid_map", format!("{group} {group} 1"))
        .map_err(|cause| forbidden("gid_map", cause))
}

fn has_threads() -> bool {
    fs::read_dir("/proc/self/task").is_ok_and(|tasks| tasks.count() > 1)
}

fn forbidden(step: &'static str, cause: io::Error) -> SandboxError {
    SandboxError::Forbidden {
        step,
        cause: cause.to_string(),
        barrier: barrier(),
        program: program(),
    }
}

/// What the kernel's settings say of the cause.
fn barrier() -> Barrier {
    let is = |path: &str, value: &str| {
        fs::read_to_string(format!("/proc/sys/{path}")).is_ok_and(|text| text.trim() == value)
    };
    if is("user/max_user_namespaces", "0") || is("user/max_net_namespaces", "0") {
        Barrier::NoneAllowed
    } else if is("kernel/unprivileged_userns_clone", "0") {
        Barrier::SwitchedOff
    } else if is("kernel/apparmor_restrict_unprivileged_userns", "1") {
        Barrier::AppArmor
    } else {
        Barrier::Unknown
    }
}

fn program() -> std::path::PathBuf {
    std::env::current_exe().unwrap_or_else(|_| "netlab".into())
}
