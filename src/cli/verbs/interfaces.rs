//! `netlab interfaces`: what can be captured here.

use crate::cli::fail::Failure;
use crate::cli::live;
use crate::cli::out::Output;
use crate::cli::world::World;
use crate::render::list::List;
use crate::source::devices;
use crate::text::phrase::phrase;

phrase! {
    NAME: "Interface", "Interface";
    STATE: "State", "Estado";
    ADDRESSES: "Addresses", "Endereços";
    NOTE: "Note", "Observação";
    UP: "up", "ativa";
    DOWN: "down", "inativa";
    LOOPBACK: "loopback", "loopback";
    DEFAULT: "loopback, the default", "loopback, a padrão";
}

pub(in crate::cli) fn run(world: &World) -> Result<(), Failure> {
    let lang = world.lang;
    let known = devices::list().map_err(|error| live::failure(&error, world))?;
    let default = devices::loopback(&known)
        .ok()
        .map(|device| device.name.clone());
    let header = [&NAME, &STATE, &ADDRESSES, &NOTE];
    let mut list = List {
        header: header
            .iter()
            .map(|text| text.get(lang).to_owned())
            .collect(),
        ..List::default()
    };
    for device in &known {
        let addresses: Vec<_> = device.addresses.iter().map(ToString::to_string).collect();
        let note = if default.as_ref() == Some(&device.name) {
            DEFAULT.get(lang).to_owned()
        } else if device.loopback {
            LOOPBACK.get(lang).to_owned()
        } else {
            device.description.clone().unwrap_or_default()
        };
        let state = if device.up { &UP } else { &DOWN };
        let state = state.get(lang).to_owned();
        list.rows
            .push(vec![device.name.clone(), state, addresses.join(" "), note]);
    }
    let mut out = Output::stdout(lang);
    out.buffer
        .extend_from_slice(list.draw(world.width).as_bytes());
    out.flush()
}
