//! The words of packets that are neither TCP nor UDP, and of those that cannot be read.

use crate::text::phrase::phrase;

phrase! {
    pub(in crate::report) who_has(tell, who): "{tell} asks everyone on the link for the hardware address of {who} (ARP)",
        "{tell} pergunta a todos no enlace qual é o endereço físico de {who} (ARP)";
    pub(in crate::report) is_at(who, at): "{who} says that its hardware address is {at} (ARP)",
        "{who} diz que o seu endereço físico é {at} (ARP)";
    pub(in crate::report) announces(who): "a host announces that it uses the address {who} (ARP)",
        "uma máquina anuncia que usa o endereço {who} (ARP)";
    pub(in crate::report) ARP: "an ARP packet, about addresses on the link", "um pacote ARP, sobre endereços no enlace";
    pub(in crate::report) solicits(from, who): "{from} asks on the link which hardware address belongs to {who} (ICMPv6)",
        "{from} pergunta no enlace qual endereço físico pertence a {who} (ICMPv6)";
    pub(in crate::report) advertises(from, who): "{from} says on the link that it has the address {who} (ICMPv6)",
        "{from} diz no enlace que tem o endereço {who} (ICMPv6)";
    pub(in crate::report) FRAGMENT:
        "a fragment of an IP datagram that did not fit into one packet: its content is read where the last fragment arrives, if it does",
        "um fragmento de um datagrama IP que não coube em um só pacote: seu conteúdo é lido quando chega o último fragmento, se chegar";
    pub(in crate::report) cut(protocol):
        "a {protocol} packet whose header is cut short or broken, so that it cannot be put into a conversation",
        "um pacote {protocol} cujo cabeçalho está cortado ou danificado; por isso não pode ser atribuído a uma conversa";
    pub(in crate::report) alone(protocol): "the first fragment of a {protocol} packet that is not put together here",
        "o primeiro fragmento de um pacote {protocol} que não é remontado aqui";
    pub(in crate::report) between(protocol, from, to):
        "a packet of the protocol {protocol} from {from} to {to}, neither TCP nor UDP, which netlab does not explain",
        "um pacote do protocolo {protocol} de {from} para {to}, nem TCP nem UDP, que o netlab não explica";
    pub(in crate::report) other(protocol):
        "a packet of the protocol {protocol}, neither TCP nor UDP, which netlab does not explain",
        "um pacote do protocolo {protocol}, nem TCP nem UDP, que o netlab não explica";
    pub(in crate::report) UNKNOWN: "a packet of a kind that netlab does not read",
        "um pacote de um tipo que o netlab não lê";
}
