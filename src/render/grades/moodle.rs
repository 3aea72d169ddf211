//! `-T moodle`: Moodle's offline grading worksheet. Moodle finds a student by the number in
//! `Identifier`, which stands in the names of the submissions that it lets teachers download
//! (`NAME_NUMBER_assignsubmission_file_`); its columns have the names of the site's language.

use super::{Format, GradeWriter};
use crate::render::escape;
use crate::report::grades::Grade;
use crate::text::phrase::phrase;
use crate::text::{Lang, Text};

pub(super) static FORMAT: Format = Format {
    id: "moodle",
    suffixes: &[],
    pictures: false,
    open: |options| Box::new(Moodle(options.lang())),
};

/// What stands behind the number of a participant in names of submissions.
const MARK: &str = "_assignsubmission_";

phrase! {
    IDENTIFIER: "Identifier", "Identificador";
    FULL_NAME: "Full name", "Nome completo";
    STATUS: "Status", "Status";
    GRADE: "Grade", "Nota";
    MAXIMUM: "Maximum Grade", "Nota máxima";
    CHANGED: "Last modified (grade)", "Última modificação (nota)";
    COMMENTS: "Feedback comments", "Comentários de feedback";
    participant(number): "Participant {number}", "Participante {number}";
}

struct Moodle(Lang);

impl Moodle {
    fn record(cells: &[String], out: &mut Vec<u8>) {
        let mut writer = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(out);
        // Writing to memory cannot fail.
        let _ = writer.write_record(cells);
    }
}

impl GradeWriter for Moodle {
    fn begin(&mut self, out: &mut Vec<u8>) {
        let head: [&Text; 7] = [
            &IDENTIFIER,
            &FULL_NAME,
            &STATUS,
            &GRADE,
            &MAXIMUM,
            &CHANGED,
            &COMMENTS,
        ];
        let head: Vec<String> = head.iter().map(|it| it.get(self.0).to_owned()).collect();
        Self::record(&head, out);
    }

    fn file(&mut self, grade: &Grade, out: &mut Vec<u8>) {
        let (name, number) = student(&grade.file);
        let said = [grade.shown(), grade.missing()];
        let said: Vec<&str> = said.iter().map(String::as_str).collect();
        let said: Vec<&str> = said.into_iter().filter(|it| !it.is_empty()).collect();
        let cells = [
            number.map_or_else(String::new, |it| participant(self.0, it).to_string()),
            name,
            grade.result().to_owned(),
            // Moodle reads numbers with the decimal sign of its site.
            self.0.decimal(grade.points().to_string()),
            self.0.decimal(grade.of.to_string()),
            "-".to_owned(),
            said.join(". "),
        ];
        let harmless = cells.map(|cell| {
            let mut bytes = cell.into_bytes();
            escape::controls(&mut bytes, 0);
            let text = String::from_utf8_lossy(&bytes).into_owned();
            match text != "-" && escape::is_formula(&text) {
                true => format!("'{text}"),
                false => text,
            }
        });
        Self::record(&harmless, out);
    }

    fn end(&mut self, _: &mut Vec<u8>) {}
}

/// The student's name, and the number where the path is one of Moodle's.
fn student(path: &str) -> (String, Option<&str>) {
    for part in path.split('/') {
        if let Some((before, _)) = part.split_once(MARK)
            && let Some((name, number)) = before.rsplit_once('_')
            && !number.is_empty()
            && number.bytes().all(|byte| byte.is_ascii_digit())
        {
            return (name.to_owned(), Some(number));
        }
    }
    (path.to_owned(), None)
}

#[cfg(test)]
mod tests {
    use super::student;

    #[test]
    fn a_student_is_found_in_the_names_that_moodle_gives() {
        let path = "all/Ana Souza_4711_assignsubmission_file_/echo.pcap";
        assert_eq!(student(path), ("Ana Souza".to_owned(), Some("4711")));
        let path = "Ana_Souza_4711_assignsubmission_file_echo.pcap";
        assert_eq!(student(path), ("Ana_Souza".to_owned(), Some("4711")));
        assert_eq!(student("ana.pcap"), ("ana.pcap".to_owned(), None));
    }
}
