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
use crate::text::phrase::phrase;
use crate::text::{Lang, Text};

#[derive(Args, Debug)]
pub(in crate::cli) struct ManArgs {
    #[arg(value_name = "COMMAND", help = words::MAN_VERB.en)]
    verb: Option<String>,
}

phrase! {
    no_such_verb(arg): "there is no command {arg}", "não existe o comando {arg}";
    verbs_are(known): "the commands are: {known}", "os comandos são: {known}";
    EXAMPLES: "EXAMPLES", "EXEMPLOS";
    EXIT_STATUS: "EXIT STATUS", "STATUS DE SAÍDA";
    SEE_ALSO: "SEE ALSO", "VEJA TAMBÉM";
}

/// The headings that the generator knows in English alone.
static HEADINGS: [Text; 7] = [
    Text::new("NAME", "NOME"),
    Text::new("SYNOPSIS", "SINOPSE"),
    Text::new("DESCRIPTION", "DESCRIÇÃO"),
    Text::new("OPTIONS", "OPÇÕES"),
    Text::new("SUBCOMMANDS", "COMANDOS"),
    Text::new("EXTRA", "MAIS"),
    Text::new("VERSION", "VERSÃO"),
];
static CODES: [(&str, Text); 6] = [
    ("0", Text::new("done", "feito")),
    (
        "1",
        Text::new(
            "a check failed, or a program did",
            "uma verificação falhou, ou um programa",
        ),
    ),
    (
        "2",
        Text::new(
            "wrong usage, or a filter that cannot be read",
            "uso errado, ou um filtro que não pode ser lido",
        ),
    ),
    (
        "3",
        Text::new("not permitted to capture", "sem permissão para capturar"),
    ),
    (
        "4",
        Text::new(
            "nothing was captured although something was required",
            "nada foi capturado embora algo fosse exigido",
        ),
    ),
    (
        "5",
        Text::new("the input cannot be read", "a entrada não pode ser lida"),
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
    let list = verbs_are(lang, known.join(" ")).to_string();
    Failure::usage(
        no_such_verb(lang, format!("{verb:?}")).to_string(),
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
