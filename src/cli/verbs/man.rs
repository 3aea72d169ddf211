//! `netlab man [COMMAND]`: the manual pages, by clap's own generator. Read one with
//! `netlab man replay | man -l -`.

use clap::{Args, Command};

use crate::cli::examples::{self, Example};
use crate::cli::exit::FAILED;
use crate::cli::fail::Failure;
use crate::cli::meant;
use crate::cli::out::Output;
use crate::cli::words;
use crate::cli::world::World;
use crate::text::{Lang, Text};

#[derive(Args, Debug)]
pub(in crate::cli) struct ManArgs {
    #[arg(value_name = "COMMAND", help = words::MAN_VERB.en)]
    verb: Option<String>,
}

static UNKNOWN: Text = Text {
    en: "there is no command {arg}",
    pt_br: "não existe o comando {arg}",
};
static KNOWN: Text = Text {
    en: "the commands are: {known}",
    pt_br: "os comandos são: {known}",
};
static EXAMPLES: Text = Text {
    en: "EXAMPLES",
    pt_br: "EXEMPLOS",
};
static EXIT_STATUS: Text = Text {
    en: "EXIT STATUS",
    pt_br: "STATUS DE SAÍDA",
};
static SEE_ALSO: Text = Text {
    en: "SEE ALSO",
    pt_br: "VEJA TAMBÉM",
};
/// The headings that the generator knows in English alone.
static HEADINGS: [Text; 6] = [
    Text {
        en: "NAME",
        pt_br: "NOME",
    },
    Text {
        en: "SYNOPSIS",
        pt_br: "SINOPSE",
    },
    Text {
        en: "DESCRIPTION",
        pt_br: "DESCRIÇÃO",
    },
    Text {
        en: "OPTIONS",
        pt_br: "OPÇÕES",
    },
    Text {
        en: "SUBCOMMANDS",
        pt_br: "COMANDOS",
    },
    Text {
        en: "VERSION",
        pt_br: "VERSÃO",
    },
];
static CODES: [(&str, Text); 6] = [
    (
        "0",
        Text {
            en: "done",
            pt_br: "feito",
        },
    ),
    (
        "1",
        Text {
            en: "a check failed, or a program did",
            pt_br: "uma verificação falhou, ou um programa",
        },
    ),
    (
        "2",
        Text {
            en: "wrong usage, or a filter that cannot be read",
            pt_br: "uso errado, ou um filtro que não pode ser lido",
        },
    ),
    (
        "3",
        Text {
            en: "not permitted to capture",
            pt_br: "sem permissão para capturar",
        },
    ),
    (
        "4",
        Text {
            en: "nothing was captured although something was required",
            pt_br: "nada foi capturado embora algo fosse exigido",
        },
    ),
    (
        "5",
        Text {
            en: "the input cannot be read",
            pt_br: "a entrada não pode ser lida",
        },
    ),
];

pub(in crate::cli) fn run(
    args: &ManArgs,
    mut command: Command,
    world: &World,
) -> Result<(), Failure> {
    command.build();
    let (page, name, others) = match args.verb.as_deref() {
        None => {
            let verbs = visible(&command);
            (command, "netlab".to_owned(), verbs)
        }
        Some(verb) => {
            let page = command.get_subcommands().find(|it| it.get_name() == verb);
            let Some(page) = page else {
                return Err(unknown(verb, &command, world.lang));
            };
            // The page is about `netlab replay`, and called netlab-replay, as git's are.
            let name = format!("netlab-{verb}");
            (page.clone().display_name(&name), name, Vec::new())
        }
    };
    let mut roff = Vec::new();
    clap_mangen::Man::new(page)
        .title(&name)
        .render(&mut roff)
        .map_err(|cause| Failure::new(FAILED, cause.to_string(), String::new()))?;
    let mut text = String::from_utf8_lossy(&roff).into_owned();
    for heading in &HEADINGS {
        let line = |heading: &str| format!("\n.SH {heading}\n");
        text = text.replace(&line(heading.en), &line(heading.get(world.lang)));
    }
    rest(args.verb.as_deref(), &others, world.lang, &mut text);
    let mut out = Output::stdout(world.lang);
    out.buffer.extend_from_slice(text.as_bytes());
    out.flush()
}

fn visible(command: &Command) -> Vec<String> {
    command
        .get_subcommands()
        .filter(|verb| !verb.is_hide_set())
        .map(|verb| verb.get_name().to_owned())
        .collect()
}

fn unknown(verb: &str, command: &Command, lang: Lang) -> Failure {
    let known = visible(command);
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let list = KNOWN.fill(lang, &[("known", &known.join(" "))]);
    Failure::usage(
        UNKNOWN.fill(lang, &[("arg", &format!("{verb:?}"))]),
        meant::or_list(verb, &known, list, lang),
    )
}

/// Appends what clap does not know: exit codes, examples, the other pages.
fn rest(verb: Option<&str>, others: &[String], lang: Lang, page: &mut String) {
    let heading = |text: &Text, page: &mut String| {
        page.push_str(&format!(".SH \"{}\"\n", text.get(lang)));
    };
    heading(&EXIT_STATUS, page);
    for (code, text) in &CODES {
        page.push_str(&format!(".TP\n{code}\n{}\n", text.get(lang)));
    }
    let examples: Vec<&Example> = examples::of(verb).collect();
    if !examples.is_empty() {
        heading(&EXAMPLES, page);
        for example in examples {
            let command = example.command.replace('\\', "\\e").replace('-', "\\-");
            page.push_str(&format!(".TP\n\\fB{command}\\fR\n"));
            page.push_str(&format!("{}\n", example.about.get(lang)));
        }
    }
    heading(&SEE_ALSO, page);
    let mut pages: Vec<String> = others
        .iter()
        .map(|it| format!("netlab\\-{it}(1)"))
        .collect();
    if verb.is_some() {
        pages.push("netlab(1)".to_owned());
    }
    pages.push("pcap\\-filter(7)".to_owned());
    page.push_str(&format!("{}\n", pages.join(", ")));
}
