//! Filters for capture files: libpcap compiles, each frame is matched.

use pcap::{BpfProgram, Capture, Linktype};

use crate::model::filter::CaptureFilter;
use crate::model::frame::{Frame, LinkType};
use crate::text::Lang;
use crate::text::phrase::phrase;

/// Link types that an expression is tried with before any frame is known: one of them has each
/// thing that expressions can ask for.
static USUAL_LINKS: [LinkType; 5] = [
    LinkType::ETHERNET,
    LinkType(127),
    LinkType::LINUX_SLL,
    LinkType::RAW,
    LinkType(117),
];

/// A filter over the frames of a file, compiled once for each link type that occurs.
pub struct FileFilter {
    filter: CaptureFilter,
    programs: Vec<(LinkType, BpfProgram)>,
    latest: usize,
}

impl FileFilter {
    /// A filter that admits what `filter` wants.
    ///
    /// # Errors
    /// [`FilterError::DoesNotCompile`] where the expression is wrong for every link type.
    pub fn new(filter: CaptureFilter) -> Result<Self, FilterError> {
        if let Some(expression) = filter.own_expression() {
            let mut tried = USUAL_LINKS
                .iter()
                .map(|link| compile(*link, expression, expression));
            if let Some(Err(error)) = tried.next()
                && !tried.any(|result| result.is_ok())
            {
                return Err(error);
            }
        }
        Ok(Self {
            filter,
            programs: Vec::new(),
            latest: 0,
        })
    }

    /// Whether a frame is wanted. libpcap's `len`, `less` and `greater` see the bytes that were
    /// kept, not the length on the wire.
    ///
    /// # Errors
    /// [`FilterError`] at the first frame of a link type for which the filter cannot be compiled.
    #[inline]
    pub fn admits(&mut self, frame: &Frame<'_>) -> Result<bool, FilterError> {
        match self.filter.is_empty() {
            true => Ok(true),
            false => self.matches(frame),
        }
    }

    fn matches(&mut self, frame: &Frame<'_>) -> Result<bool, FilterError> {
        if let Some((link, program)) = self.programs.get(self.latest)
            && *link == frame.link
        {
            return Ok(program.filter(frame.bytes));
        }
        self.admits_other(frame)
    }

    #[cold]
    fn admits_other(&mut self, frame: &Frame<'_>) -> Result<bool, FilterError> {
        if frame.link.holds_no_packet() {
            return Ok(false);
        }
        let known = self
            .programs
            .iter()
            .position(|(link, _)| *link == frame.link);
        self.latest = match known {
            Some(place) => place,
            None => {
                let text = self.filter.bpf(frame.link);
                let program = compile(frame.link, &text, &self.filter.to_string())?;
                self.programs.push((frame.link, program));
                self.programs.len() - 1
            }
        };
        let program = self.programs.get(self.latest);
        Ok(program.is_some_and(|(_, program)| program.filter(frame.bytes)))
    }
}

/// Compiles `text` for frames of `link`. `shown` is what the user will recognize.
fn compile(link: LinkType, text: &str, shown: &str) -> Result<BpfProgram, FilterError> {
    let unsupported = FilterError::LinkType { link };
    let number =
        i32::try_from(library_number(link.0)).map_err(|_| FilterError::LinkType { link })?;
    let Ok(library) = Capture::dead(Linktype(number)) else {
        return Err(unsupported);
    };
    library.compile(text, true).map_err(|error| {
        // A link type that libpcap cannot filter refuses the simplest filter too.
        if library.compile("ip", true).is_err() {
            return unsupported;
        }
        FilterError::DoesNotCompile {
            expression: shown.to_owned(),
            cause: match error {
                pcap::Error::PcapError(cause) => cause,
                other => other.to_string(),
            },
        }
    })
}

/// libpcap's own number (DLT) for a link type of a file: they differ where systems disagreed.
fn library_number(link: u32) -> u32 {
    match link {
        // ATM, raw IP, SLIP and PPP of BSD/OS, ATM of Linux.
        100 => 11,
        101 => 12,
        102 => 15,
        103 => 16,
        106 => 19,
        // Raw IP as OpenBSD numbers it.
        14 => 12,
        // PPP with a direction: the reader has taken the direction off.
        204 => 9,
        same => same,
    }
}

/// Why a filter cannot be used. `Display` is English; [`FilterError::message`] and
/// [`FilterError::hint`] speak both languages.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum FilterError {
    /// libpcap does not understand it.
    #[error("{}", self.message(Lang::En))]
    DoesNotCompile {
        /// The filter.
        expression: String,
        /// What libpcap says.
        cause: String,
    },
    /// libpcap cannot filter frames of this link type.
    #[error("{}", self.message(Lang::En))]
    LinkType {
        /// The link type.
        link: LinkType,
    },
}

impl FilterError {
    /// What is wrong, in one sentence without an end mark.
    pub fn message(&self, lang: Lang) -> String {
        match self {
            FilterError::DoesNotCompile { expression, cause } => {
                does_not_compile(lang, expression, cause).to_string()
            }
            FilterError::LinkType { link } => link_type(lang, &link.0).to_string(),
        }
    }

    /// One thing to do about it.
    pub fn hint(&self, lang: Lang) -> &'static str {
        match self {
            FilterError::DoesNotCompile { .. } => SEE_MANUAL.get(lang),
            FilterError::LinkType { .. } => LEAVE_OUT.get(lang),
        }
    }
}

phrase! {
    does_not_compile(expression, cause): "the filter \"{expression}\" does not compile: {cause}",
        "o filtro \"{expression}\" não compila: {cause}";
    link_type(link):
        "frames of link type {link} cannot be filtered: libpcap does not know how they are built",
        "quadros do tipo de enlace {link} não podem ser filtrados: \
            a libpcap não sabe como são montados";
    SEE_MANUAL: "`man pcap-filter` has the language; an example: tcp port 5050 and host 127.0.0.1",
        "a linguagem está em `man pcap-filter`; um exemplo: tcp port 5050 and host 127.0.0.1";
    LEAVE_OUT: "leave out -f, --port and --host", "deixe de fora -f, --port e --host";
}
