//! What the processes do that the scenes start. They say what they saw on standard output.

use std::io::Write;
use std::net::Ipv4Addr;
use std::net::Ipv6Addr;
use std::net::TcpListener;
use std::net::TcpStream;
use std::net::UdpSocket;
use std::ops::ControlFlow;
use std::process::Command;
use std::process::ExitCode;
use std::time::Duration;

use netlab::sandbox;
use netlab::source::live::Event;
use netlab::source::live::LiveOptions;
use netlab::source::live::LiveSource;
use netlab::source::live::Stop;
use netlab::source::live::signals::Signals;
use netlab::text::Lang;
use nix::sched::CloneFlags;
use nix::sched::unshare;

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Plays a part.
pub(crate) fn play(part: &str) -> ExitCode {
    let outcome = match part {
        "own-network" => own_network(),
        "no-threads" => no_threads(),
        "forbidden" => forbidden(),
        "lo-is-down" => lo_is_down(),
        "interface-vanishes" => interface_vanishes(),
        "no-permission" => no_permission(),
        "until-signal" => until_signal(),
        "stuck-at-the-end" => stuck_at_the_end(),
        other => Err(other.into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(cause) => {
            println!("failed: {cause}");
            ExitCode::FAILURE
        }
    }
}

fn block_on<T>(future: impl Future<Output = T>) -> std::io::Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    Ok(runtime.block_on(future))
}

/// Enters the sandbox, then captures a connection to a port that this user could not have
/// outside, and one datagram over IPv6.
fn own_network() -> Outcome {
    println!("needed: {}", sandbox::needed());
    let user = nix::unistd::geteuid();
    if let Err(error) = sandbox::enter() {
        println!("refused: {}", error.message(Lang::En));
        println!("hint: {}", error.hint(Lang::En));
        return Ok(());
    }
    println!("same user: {}", user == nix::unistd::geteuid());
    println!("still needed: {}", sandbox::needed());
    let mut source = LiveSource::open(&LiveOptions::default())?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let client = TcpStream::connect(listener.local_addr()?)?;
    drop(listener.accept()?);
    drop(client);
    let receiver = UdpSocket::bind((Ipv6Addr::LOCALHOST, 0))?;
    UdpSocket::bind((Ipv6Addr::LOCALHOST, 0))?.send_to(b"ola", receiver.local_addr()?)?;
    let (mut syns, mut ipv6) = (0, 0);
    block_on(source.run(Stop::new().when(async {}), |event| {
        if let Event::Frame(frame) = event {
            syns += usize::from(frame.bytes.get(47).is_some_and(|flags| flags & 2 != 0));
            ipv6 += usize::from(frame.bytes.ends_with(b"ola"));
        }
        ControlFlow::Continue(())
    }))??;
    println!("syns: {syns}");
    println!("ipv6 datagrams: {ipv6}");
    let kept = std::env::temp_dir().join(format!("netlab-own-{}", std::process::id()));
    std::fs::write(&kept, "x")?;
    println!("file is the user's: {}", {
        use std::os::unix::fs::MetadataExt;
        std::fs::metadata(&kept)?.uid() == user.as_raw()
    });
    std::fs::remove_file(&kept)?;
    Ok(())
}

/// Tries to enter the sandbox too late.
fn no_threads() -> Outcome {
    let (over, wait) = std::sync::mpsc::channel::<()>();
    let thread = std::thread::spawn(move || wait.recv());
    println!("{:?}", sandbox::enter());
    drop(over);
    let _ = thread.join();
    Ok(())
}

/// Tries to enter the sandbox where the system allows no more namespaces.
fn forbidden() -> Outcome {
    new_user(CloneFlags::CLONE_NEWUSER)?;
    for limit in ["max_net_namespaces", "max_user_namespaces"] {
        std::fs::write(format!("/proc/sys/user/{limit}"), "0")?;
    }
    match sandbox::enter() {
        Ok(_) => println!("entered"),
        Err(error) => println!(
            "{error:?}\n{}\n{}",
            error.message(Lang::PtBr),
            error.hint(Lang::En)
        ),
    }
    Ok(())
}

/// Tries to capture on a loopback that nobody brought up.
fn lo_is_down() -> Outcome {
    new_user(CloneFlags::CLONE_NEWUSER | CloneFlags::CLONE_NEWNET)?;
    println!("{:?}", LiveSource::open(&LiveOptions::default()).map(drop));
    Ok(())
}

/// Captures on an interface that is removed meanwhile.
fn interface_vanishes() -> Outcome {
    new_user(CloneFlags::CLONE_NEWUSER | CloneFlags::CLONE_NEWNET)?;
    for words in [
        "link add v0 type veth peer name v1",
        "link set v1 up",
        "link set v0 up",
    ] {
        if !ip(words) {
            println!("no link: ip {words}");
            return Ok(());
        }
    }
    let options = LiveOptions {
        interface: Some("v0".to_owned()),
        ..LiveOptions::default()
    };
    let mut source = LiveSource::open(&options)?;
    let reason = block_on(async {
        let removed = async {
            let _ = ip("link del v0");
        };
        source
            .run(Stop::new().when(removed), |_| ControlFlow::Continue(()))
            .await?;
        let long = Stop::new().after(Duration::from_secs(10));
        source.run(long, |_| ControlFlow::Continue(())).await
    })?;
    println!("{reason:?}");
    Ok(())
}

fn ip(words: &str) -> bool {
    let status = Command::new("ip").args(words.split(' ')).status();
    status.is_ok_and(|status| status.success())
}

/// Becomes root of a new user namespace.
fn new_user(flags: CloneFlags) -> Outcome {
    let user = nix::unistd::geteuid();
    unshare(flags)?;
    std::fs::write("/proc/self/uid_map", format!("0 {user} 1"))?;
    Ok(())
}

/// Tries to capture without permission.
fn no_permission() -> Outcome {
    match LiveSource::open(&LiveOptions::default()) {
        Ok(_) => println!("permitted"),
        Err(error) => {
            println!("{error:?}");
            println!("hint: {}", error.hint(Lang::PtBr));
        }
    }
    Ok(())
}

/// Captures until a signal comes, then says which.
fn until_signal() -> Outcome {
    let mut source = LiveSource::open(&LiveOptions {
        filter: "udp port 9".into(),
        ..LiveOptions::default()
    })?;
    let reason = block_on(async {
        let mut signals = Signals::listen()?;
        println!("ready");
        std::io::stdout().flush()?;
        let stop = Stop::new()
            .signals(&mut signals)
            .after(Duration::from_secs(60));
        let reason = source.run(stop, |_| ControlFlow::Continue(())).await?;
        Ok::<_, Box<dyn std::error::Error>>(reason)
    })??;
    println!("{reason:?}");
    Ok(())
}

/// Takes very long to end after the first signal.
fn stuck_at_the_end() -> Outcome {
    block_on(async {
        let mut signals = Signals::listen()?;
        println!("ready");
        std::io::stdout().flush()?;
        let signal = signals.next().await;
        println!("{signal:?}");
        std::io::stdout().flush()?;
        let (_never, wait) = std::sync::mpsc::channel::<()>();
        let _ = wait.recv_timeout(Duration::from_secs(20));
        Ok(())
    })?
}
