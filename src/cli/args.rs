//! The command line as typed. clap knows the options here and acts on nothing.

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Parser, Subcommand};

use super::dialect;
use super::verbs;
use super::words;
use super::world::ColorChoice;

/// Everything typed.
#[derive(Parser, Debug)]
#[command(
    name = "netlab",
    version,
    about = words::ABOUT.en,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true,
    subcommand_required = true
)]
pub(super) struct Cli {
    #[arg(long, value_name = "LANG", global = true, display_order = 900, help = words::LANG.en, value_parser = languages(), hide_possible_values = true, ignore_case = true)]
    pub(super) lang: Option<String>,
    #[arg(long, value_name = "WHEN", global = true, display_order = 901, help = words::COLOR.en, hide_possible_values = true)]
    pub(super) color: Option<ColorChoice>,
    #[arg(long, value_name = "VERSION", global = true, display_order = 901, help = words::WIRESHARK.en, value_parser = dialect::names(), hide_possible_values = true)]
    pub(super) wireshark: Option<String>,
    #[arg(long, global = true, display_order = 901, help = words::NO_PAGER.en)]
    pub(super) no_pager: bool,
    #[arg(short = 'h', long, global = true, display_order = 902, action = clap::ArgAction::Help, help = words::HELP.en)]
    pub(super) help: Option<bool>,
    #[arg(short = 'V', long, action = clap::ArgAction::Version, display_order = 903, help = words::VERSION.en)]
    pub(super) version: Option<bool>,
    #[command(subcommand)]
    pub(super) verb: Verb,
}

/// The languages, also as locales call them.
fn languages() -> PossibleValuesParser {
    let english = ["en_US", "en-US", "en_US.UTF-8", "en_GB", "en-GB", "C"];
    let portuguese = ["pt", "pt_BR", "pt_BR.UTF-8", "ptbr", "pt_PT", "pt-PT"];
    PossibleValuesParser::new([
        PossibleValue::new("en").aliases(english),
        PossibleValue::new("pt-BR").aliases(portuguese),
    ])
}

/// What to do. Each verb has its own file in [`verbs`].
#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    #[command(about = words::LAB.en, mut_arg("output", |it| it.help(words::LAB_OUTPUT.en)))]
    Lab(verbs::lab::LabArgs),
    #[command(about = words::RUN.en, mut_arg("output", |it| it.help(words::LAB_OUTPUT.en)))]
    Run(verbs::run::RunArgs),
    #[command(about = words::SHELL_VERB.en)]
    Shell(verbs::shell::ShellArgs),
    #[command(about = words::STATES.en)]
    States(verbs::states::StatesArgs),
    #[command(about = words::DOCTOR.en)]
    Doctor(verbs::doctor::DoctorArgs),
    #[command(about = words::CAPTURE.en)]
    Capture(verbs::capture::CaptureArgs),
    #[command(about = words::REPLAY.en)]
    Replay(verbs::replay::ReplayArgs),
    #[command(about = words::VIEW_VERB.en)]
    View(verbs::view::ViewArgs),
    #[command(about = words::REPORT.en)]
    Report(verbs::report::ReportArgs),
    #[command(about = words::CONVERSATIONS.en, mut_arg("format", |it| it.help(words::CONVERSATIONS_FORMAT.en).value_parser(verbs::conversations::formats())))]
    Conversations(verbs::conversations::ConversationsArgs),
    #[command(about = words::CHECK.en)]
    Check(verbs::check::CheckArgs),
    #[command(about = words::COPIES.en)]
    Copies(verbs::copies::CopiesArgs),
    #[command(about = words::DIFF.en)]
    Diff(verbs::diff::DiffArgs),
    #[command(about = words::EXPORT_VERB.en)]
    Export(verbs::export::ExportArgs),
    #[command(about = words::ANNOTATE.en)]
    Annotate(verbs::annotate::AnnotateArgs),
    #[command(about = words::EXPLAIN.en)]
    Explain(verbs::explain::ExplainArgs),
    #[command(about = words::FOLLOW.en)]
    Follow(verbs::follow::FollowArgs),
    #[command(about = words::LADDER.en)]
    Ladder(verbs::ladder::LadderArgs),
    #[command(about = words::PLOT.en)]
    Plot(verbs::plot::PlotArgs),
    #[command(about = words::SERVE.en)]
    Serve(verbs::serve::ServeArgs),
    #[command(about = words::CLIENT.en)]
    Client(verbs::client::ClientArgs),
    #[command(about = words::INTERFACES.en)]
    Interfaces,
    #[command(about = words::COLUMNS_VERB.en)]
    Columns,
    #[command(about = words::COMPLETIONS.en)]
    Completions(verbs::completions::CompletionsArgs),
    #[command(about = words::MAN.en)]
    Man(verbs::man::ManArgs),
}
