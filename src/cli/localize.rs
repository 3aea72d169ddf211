//! The help and the usage errors in the chosen language. clap speaks English: each of its texts
//! that a user sees is put into the other language here.

use clap::Command;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::fail::Failure;
use super::meant;
use super::words;
use crate::exercises;
use crate::text::Lang;
use crate::text::phrase::phrase;

/// The language asked for on the command line, before clap has read it: the last `--lang`.
pub(super) fn lang_typed(args: &[std::ffi::OsString]) -> Option<Lang> {
    let mut found = None;
    let mut args = args.iter().skip(1).filter_map(|arg| arg.to_str());
    while let Some(arg) = args.next() {
        let value = match arg {
            "--" => break,
            "--lang" => args.next(),
            _ => arg.strip_prefix("--lang="),
        };
        found = value.and_then(Lang::from_tag).or(found);
    }
    found
}

phrase! {
    EXERCISES: "Exercises:", "Exercícios:";
}

/// The exercises with a line each.
fn exercises(lang: Lang) -> String {
    let mut list = EXERCISES.get(lang).to_owned();
    for exercise in exercises::ALL {
        let (title, goal) = (exercise.title.get(lang), exercise.goal.get(lang));
        list.push_str(&format!("\n  {:<9} {title}: {goal}", exercise.id));
    }
    list
}

/// Puts every text of the command line into `lang`.
pub(super) fn command(mut command: Command, lang: Lang) -> Command {
    for verb in ["serve", "client"] {
        command = command.mut_subcommand(verb, |it| it.after_help(exercises(lang)));
    }
    if lang == Lang::En {
        return command;
    }
    // Building gives every verb its full name, which its usage line needs.
    command.build();
    translated(command, lang)
}

fn translated(mut command: Command, lang: Lang) -> Command {
    let usage = command.render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim().to_owned();
    let usage = usage
        .replace("[OPTIONS]", "[OPÇÕES]")
        .replace("<COMMAND>", "<COMANDO>");
    let about = command
        .get_about()
        .map(|text| translate(&text.to_string(), lang));
    let names: Vec<String> = command
        .get_subcommands()
        .map(|verb| verb.get_name().to_owned())
        .collect();
    let mut command = command
        .help_template(TEMPLATE)
        .override_usage(usage)
        .subcommand_help_heading("Comandos")
        .mut_args(|arg| {
            let help = arg
                .get_help()
                .map(|text| translate(&text.to_string(), lang));
            let heading = if arg.is_positional() {
                "Argumentos"
            } else {
                "Opções"
            };
            let takes_values = arg.get_action().takes_values();
            let arg = arg.help_heading(heading);
            let arg = if takes_values {
                arg.hide_possible_values(true)
            } else {
                arg
            };
            match help {
                Some(help) => arg.help(help),
                None => arg,
            }
        });
    if let Some(about) = about {
        command = command.about(about);
    }
    for name in names {
        command = command.mut_subcommand(name, |verb| translated(verb, lang));
    }
    command
}

/// clap's own help template with the headings that it cannot translate.
const TEMPLATE: &str = "{about-with-newline}\nUso: {usage}\n\n{all-args}{after-help}";

/// The help text `english` in `lang`; itself where it is none of [`words::ALL`].
fn translate(english: &str, lang: Lang) -> String {
    let known = words::ALL.iter().find(|text| text.en == english);
    known.map_or_else(|| english.to_owned(), |text| text.get(lang).to_owned())
}

phrase! {
    SEE_HELP: "see netlab --help, or netlab COMMAND --help",
        "veja netlab --help, ou netlab COMANDO --help";
    unknown_option(arg): "unexpected argument {arg}", "argumento inesperado {arg}";
    unknown_verb(arg): "there is no command {arg}", "não existe o comando {arg}";
    bad_value(value, arg): "{value} is no value for {arg}", "{value} não é um valor para {arg}";
    no_value(arg): "{arg} needs a value", "{arg} precisa de um valor";
    missing(arg): "{arg} is missing", "falta {arg}";
    NO_VERB: "the command is missing", "falta o comando";
    conflict(arg, other): "{arg} cannot be used with {other}",
        "{arg} não pode ser usado com {other}";
    twice(arg): "{arg} cannot be used twice", "{arg} não pode ser usado duas vezes";
    one_of(known): "possible values: {known}", "valores possíveis: {known}";
    expected(known): "expected: {known}", "esperado: {known}";
    OTHER: "the command line cannot be read", "a linha de comando não pôde ser lida";
}

/// A usage error of clap's as one sentence and a way out.
pub(super) fn failure(error: &clap::Error, lang: Lang) -> Failure {
    let context = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => Some(texts.join(", ")),
        Some(ContextValue::StyledStr(text)) => Some(text.to_string()),
        Some(ContextValue::Number(number)) => Some(number.to_string()),
        _ => None,
    };
    let arg = context(ContextKind::InvalidArg)
        .or_else(|| context(ContextKind::InvalidSubcommand))
        .unwrap_or_default();
    let value = context(ContextKind::InvalidValue).unwrap_or_default();
    let other = context(ContextKind::PriorArg).unwrap_or_default();
    let cause = match error.kind() {
        ErrorKind::UnknownArgument => unknown_option(lang, &arg).to_string(),
        ErrorKind::InvalidSubcommand => unknown_verb(lang, &arg).to_string(),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if !value.is_empty() => {
            bad_value(lang, format!("{value:?}"), &arg).to_string()
        }
        ErrorKind::ValueValidation => bad_value(lang, "\"\"", &arg).to_string(),
        ErrorKind::InvalidValue
        | ErrorKind::NoEquals
        | ErrorKind::TooFewValues
        | ErrorKind::WrongNumberOfValues => no_value(lang, &arg).to_string(),
        ErrorKind::MissingSubcommand => NO_VERB.get(lang).to_owned(),
        ErrorKind::MissingRequiredArgument => missing(lang, &arg).to_string(),
        ErrorKind::ArgumentConflict if arg == other => twice(lang, &arg).to_string(),
        ErrorKind::ArgumentConflict => conflict(lang, &arg, &other).to_string(),
        _ => OTHER.get(lang).to_owned(),
    };
    let suggestion = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ]
    .into_iter()
    .find_map(context);
    let verb = error.kind() == ErrorKind::InvalidSubcommand;
    let suggestion = meant::command(&arg)
        .filter(|_| verb)
        .or(suggestion)
        .or_else(|| meant::near_command(&arg).filter(|_| verb));
    let known = context(ContextKind::ValidValue).or_else(|| context(ContextKind::ValidSubcommand));
    let reason = std::error::Error::source(error).map(ToString::to_string);
    let hint = match (suggestion, known, reason) {
        (Some(it), _, _) => meant::ask(&it, lang),
        (None, Some(known), _) => one_of(lang, &known).to_string(),
        (None, None, Some(known)) => expected(lang, &known).to_string(),
        (None, None, None) => SEE_HELP.get(lang).to_owned(),
    };
    Failure::usage(cause, hint)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::args::Cli;

    fn assert_known(command: &Command) {
        let known = |text: &str| words::ALL.iter().any(|word| word.en == text);
        let path = command.get_name();
        let about = command
            .get_about()
            .map(ToString::to_string)
            .unwrap_or_default();
        assert!(
            known(&about),
            "{path}: the text {about:?} is not in words::ALL"
        );
        for arg in command.get_arguments() {
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            assert!(
                known(&help),
                "{path} {}: {help:?} is not in words::ALL",
                arg.get_id()
            );
        }
        command.get_subcommands().for_each(assert_known);
    }

    #[test]
    fn every_help_text_is_there_in_both_languages() {
        assert_known(&Cli::command());
    }

    #[test]
    fn the_last_language_typed_counts() {
        let typed = |line: &str| lang_typed(&line.split(' ').map(Into::into).collect::<Vec<_>>());
        assert_eq!(typed("netlab --lang pt-BR lab"), Some(Lang::PtBr));
        assert_eq!(typed("netlab --lang=pt-BR lab --lang en"), Some(Lang::En));
        assert_eq!(typed("netlab lab -- --lang pt-BR"), None);
    }
}
