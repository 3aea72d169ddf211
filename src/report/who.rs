//! The names of the two ends in sentences: their roles, or their addresses where no role is known.

use std::borrow::Cow;

use crate::analysis::conversation::Conversation;
use crate::model::side::Side;
use crate::report::text_address;
use crate::text::phrase::phrase;
use crate::text::ui::{CLIENT, SERVER};
use crate::text::{Lang, Text};

phrase! {
    pub(in crate::report) assumed(role): "{role}, assumed", "{role}, presumido";
    THE_CLIENT: "the client", "o cliente";
    THE_SERVER: "the server", "o servidor";
    BY_CLIENT: "by the client", "pelo cliente";
    BY_SERVER: "by the server", "pelo servidor";
    BY: "by", "por";
    OF_CLIENT: "of the client", "do cliente";
    OF_SERVER: "of the server", "do servidor";
    OF: "of", "de";
    TO_CLIENT: "to the client", "ao cliente";
    TO_SERVER: "to the server", "ao servidor";
    TO: "to", "a";
}

/// The two ends of a conversation, by name.
pub(in crate::report) struct Who<'a> {
    conversation: &'a Conversation,
    lang: Lang,
}

impl<'a> Who<'a> {
    pub(in crate::report) fn new(conversation: &'a Conversation, lang: Lang) -> Who<'a> {
        Who { conversation, lang }
    }

    /// Both ends with address and role, the client first where there is one.
    pub(in crate::report) fn heading(&self) -> String {
        let roles = self.conversation.lifecycle.roles();
        let Some(client) = roles.client() else {
            let [first, second] = self.conversation.ends();
            return format!(
                "{} ↔ {}",
                text_address::end(first),
                text_address::end(second)
            );
        };
        let role = |text: &Text| match roles.assumed() {
            true => assumed(self.lang, text.get(self.lang)).to_string(),
            false => text.get(self.lang).to_owned(),
        };
        format!(
            "{} ({}) ↔ {} ({})",
            self.address(client),
            role(&CLIENT),
            self.address(client.other()),
            role(&SERVER),
        )
    }

    /// Both sides, the client's first where there is one.
    pub(in crate::report) fn sides(&self) -> [Side; 2] {
        let client = self.conversation.lifecycle.roles().client();
        let client = client.unwrap_or(Side::First);
        [client, client.other()]
    }

    /// `client → server`
    pub(in crate::report) fn way(&self, from: Side) -> String {
        format!("{} → {}", self.name(from), self.name(from.other()))
    }

    /// `client`
    pub(in crate::report) fn name(&self, side: Side) -> Cow<'static, str> {
        match self.is_client(side) {
            Some(true) => CLIENT.get(self.lang).into(),
            Some(false) => SERVER.get(self.lang).into(),
            None => self.address(side).into(),
        }
    }

    /// `the client`
    pub(in crate::report) fn the(&self, side: Side) -> Cow<'static, str> {
        match self.is_client(side) {
            Some(true) => THE_CLIENT.get(self.lang).into(),
            Some(false) => THE_SERVER.get(self.lang).into(),
            None => self.address(side).into(),
        }
    }

    /// `by the client`
    pub(in crate::report) fn by(&self, side: Side) -> Cow<'static, str> {
        self.phrase(side, &BY_CLIENT, &BY_SERVER, &BY)
    }

    /// `of the client`
    pub(in crate::report) fn of(&self, side: Side) -> Cow<'static, str> {
        self.phrase(side, &OF_CLIENT, &OF_SERVER, &OF)
    }

    /// `to the client`
    pub(in crate::report) fn to(&self, side: Side) -> Cow<'static, str> {
        self.phrase(side, &TO_CLIENT, &TO_SERVER, &TO)
    }

    fn phrase(&self, side: Side, client: &Text, server: &Text, before: &Text) -> Cow<'static, str> {
        match self.is_client(side) {
            Some(true) => client.get(self.lang).into(),
            Some(false) => server.get(self.lang).into(),
            None => format!("{} {}", before.get(self.lang), self.address(side)).into(),
        }
    }

    fn is_client(&self, side: Side) -> Option<bool> {
        let client = self.conversation.lifecycle.roles().client()?;
        Some(client == side)
    }

    fn address(&self, side: Side) -> String {
        text_address::end(self.conversation.ends()[side.index()])
    }
}
