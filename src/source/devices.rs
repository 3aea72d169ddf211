//! What can be captured here.

use std::net::IpAddr;

use super::live::error::LiveError;

/// A network interface.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// The name that `-i` takes.
    pub name: String,
    /// What the system calls it, where it has words for it.
    pub description: Option<String>,
    /// Its addresses.
    pub addresses: Vec<IpAddr>,
    /// It is switched on.
    pub up: bool,
    /// It is switched on and connected.
    pub running: bool,
    /// What is sent into it comes back to this machine.
    pub loopback: bool,
}

/// The network interfaces, in libpcap's order. What libpcap can capture besides them (USB,
/// Bluetooth, D-Bus, netfilter queues) carries no packets that netlab reads and is left out.
///
/// # Errors
/// [`LiveError::Devices`] where the system does not tell.
pub fn list() -> Result<Vec<Device>, LiveError> {
    let all = pcap::Device::list().map_err(|cause| LiveError::Devices {
        cause: cause.to_string(),
    })?;
    Ok(all
        .into_iter()
        .map(Device::from)
        .filter(is_network)
        .collect())
}

/// The loopback among `devices`: `lo` on Linux, `lo0` on BSD and macOS, Npcap's adapter on
/// Windows.
///
/// # Errors
/// [`LiveError::NoLoopback`] with what there is.
pub fn loopback(devices: &[Device]) -> Result<&Device, LiveError> {
    let usual = |device: &&Device| ["lo", "lo0"].contains(&device.name.as_str());
    let named = |device: &&Device| {
        let words = [Some(device.name.as_str()), device.description.as_deref()];
        words
            .into_iter()
            .flatten()
            .any(|text| text.to_ascii_lowercase().contains("loopback"))
    };
    devices
        .iter()
        .find(usual)
        .or_else(|| devices.iter().find(|device| device.loopback))
        .or_else(|| devices.iter().find(named))
        .ok_or_else(|| LiveError::NoLoopback {
            known: devices.iter().map(|device| device.name.clone()).collect(),
        })
}

impl From<pcap::Device> for Device {
    fn from(device: pcap::Device) -> Self {
        Self {
            up: device.flags.is_up(),
            running: device.flags.is_running(),
            loopback: device.flags.is_loopback(),
            addresses: device
                .addresses
                .iter()
                .map(|address| address.addr)
                .collect(),
            name: device.name,
            description: device.desc,
        }
    }
}

/// The system knows it as an interface; `any` stands for all of them.
#[cfg(target_os = "linux")]
fn is_network(device: &Device) -> bool {
    device.name == "any" || nix::net::if_::if_nametoindex(device.name.as_str()).is_ok()
}

/// libpcap lists little else there.
#[cfg(not(target_os = "linux"))]
fn is_network(_device: &Device) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn device(name: &str, description: Option<&str>, loopback: bool) -> Device {
        Device {
            name: name.to_owned(),
            description: description.map(str::to_owned),
            addresses: Vec::new(),
            up: true,
            running: true,
            loopback,
        }
    }

    #[test]
    fn the_loopback_is_found_on_every_system() {
        let linux = [device("dummy0", None, true), device("lo", None, true)];
        let mac = [device("en0", None, false), device("lo0", None, true)];
        let npcap = r"\Device\NPF_Loopback";
        let windows = [
            device(r"\Device\NPF_{1}", Some("Ethernet"), false),
            device(npcap, Some("Adapter for loopback traffic capture"), false),
        ];
        assert_eq!(loopback(&linux).unwrap().name, "lo");
        assert_eq!(loopback(&mac).unwrap().name, "lo0");
        assert_eq!(loopback(&windows).unwrap().name, npcap);
    }

    #[test]
    fn without_a_loopback_the_interfaces_are_told() {
        let error = loopback(&[device("eth0", None, false)]).unwrap_err();
        assert_eq!(
            error,
            LiveError::NoLoopback {
                known: vec!["eth0".to_owned()]
            }
        );
    }
}
