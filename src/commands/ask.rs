//! Asking what only a person can say: at the terminal, or by naming the flags that answer.

use anyhow::Result;
use serde_json::{Value as Json, json};

use super::beforehand::{Beforehand, declared};
use super::compare::Comparison;
use crate::diff::Rename;
use crate::project::Database;
use crate::question::{
    Answer, Answers, Question, Reply, Rows, parse_value, rename_questions, row_questions,
};
use crate::schema::Name;
use crate::terminal::Terminal;

impl Beforehand {
    /// Asks, unless `asks` is false or nobody is there, until nothing about `comparison` is open;
    /// it then holds the renames that are meant.
    ///
    /// # Errors
    /// When the person stops or nobody is there to answer, and when an answer is given to what is
    /// no question.
    pub(super) fn settle(
        &self,
        terminal: &Terminal,
        comparison: &mut Comparison,
        database: &mut Database,
        Manner { asks, accepts_loss }: Manner,
    ) -> Result<Answers> {
        let mut answers = self.answers(comparison)?;
        answers.accept_loss |= accepts_loss;
        let asker = Asker { terminal: *terminal, asks: asks && Terminal::can_ask() };
        let left = asker.settle(comparison, database, &mut answers)?;
        self.require_used(comparison)?;
        asker.refuse(left)?;
        Ok(answers)
    }

    /// What is said, and the questions that are left about `comparison` as it stands. Nobody is
    /// asked.
    ///
    /// # Errors
    /// As [`Beforehand::settle`], but for questions that are open.
    pub(super) fn look(
        &self,
        comparison: &Comparison,
        database: &mut Database,
    ) -> Result<(Answers, Vec<Question>)> {
        let answers = self.answers(comparison)?;
        self.require_used(comparison)?;
        let operations = &comparison.operations;
        let mut left = rename_questions(operations, &answers);
        for (question, rows) in row_questions(operations, &comparison.declared.schema, &answers) {
            if !left.iter().any(|it| it.subject == question.subject) && exist(&rows, database)? {
                left.push(question);
            }
        }
        Ok((answers, left))
    }
}

/// How questions are settled.
pub(super) struct Manner {
    /// Whether a person who is there is asked.
    pub(super) asks: bool,
    /// Whether every loss is meant, whatever the flags say.
    pub(super) accepts_loss: bool,
}

/// Who is asked.
struct Asker {
    terminal: Terminal,
    /// Whether there is anybody.
    asks: bool,
}

/// Every question about renames, and the comparison as it is when each gets the answer that loses
/// nothing, so that what comes up behind them can be listed with them.
fn assume_renames(
    comparison: &mut Comparison,
    database: &Database,
    answers: &mut Answers,
) -> Result<Vec<Question>> {
    let mut open: Vec<Question> = Vec::new();
    loop {
        let questions = rename_questions(&comparison.operations, answers);
        // Every question is answered below, so one that comes again would come for ever.
        if questions.iter().all(|question| open.iter().any(|it| it.id() == question.id())) {
            return Ok(open);
        }
        for question in questions {
            let is_free = |answer: &&Answer| match &answer.reply {
                Reply::Rename(rename) => !answers.renames.iter().any(|it| leads_to(it, rename)),
                _ => true,
            };
            if let Some(answer) = question.answers.iter().find(is_free) {
                answers.give(answer.reply.clone());
            }
            if !open.iter().any(|it| it.id() == question.id()) {
                open.push(question);
            }
        }
        comparison.rename(&answers.renames, &*database.dialect)?;
    }
}

/// Whether two renames lead to the same name.
fn leads_to(a: &Rename, b: &Rename) -> bool {
    match (a, b) {
        (Rename::Table { to: a, .. }, Rename::Table { to: b, .. }) => a == b,
        (Rename::Column { table: a, to: to_a, .. }, Rename::Column { table: b, to: to_b, .. }) => {
            (a, to_a) == (b, to_b)
        }
        _ => false,
    }
}

fn exist(rows: &Rows, database: &mut Database) -> Result<bool> {
    let select = database.dialect.build(&rows.select());
    Ok(!database.db.query(&select, &[])?.is_empty())
}

impl Asker {
    /// Asks what there is to ask, and gives the questions that nobody answered.
    fn settle(
        &self,
        comparison: &mut Comparison,
        database: &mut Database,
        answers: &mut Answers,
    ) -> Result<Vec<Question>> {
        let mut left = Vec::new();
        if self.asks {
            while let Some(question) = rename_questions(&comparison.operations, answers).first() {
                answers.give(self.ask(question, comparison)?);
                comparison.rename(&answers.renames, &*database.dialect)?;
            }
        } else {
            left = assume_renames(comparison, database, answers)?;
        }
        let operations = &comparison.operations;
        for (question, rows) in row_questions(operations, &comparison.declared.schema, answers) {
            if !exist(&rows, database)? {
                continue;
            }
            match self.asks {
                true => answers.give(self.ask(&question, comparison)?),
                false => left.push(question),
            }
        }
        Ok(left)
    }

    /// Refuses to go on while a question is open, and warns of what is lost otherwise.
    fn refuse(&self, left: Vec<Question>) -> Result<()> {
        let (open, losses): (Vec<Question>, Vec<Question>) =
            left.into_iter().partition(|it| it.kind.is_open());
        if open.is_empty() {
            losses.iter().for_each(|it| warn(&self.terminal, it));
            return Ok(());
        }
        self.list(&open)?;
        Err(AskError::Open { questions: open.len() }.into())
    }

    /// Asks the person at the terminal.
    fn ask(&self, question: &Question, comparison: &Comparison) -> Result<Reply> {
        self.terminal.say(format!("\n{}", sentence(&question.text)));
        for (at, answer) in question.answers.iter().enumerate() {
            self.terminal.say(format!("  {}) {}", at + 1, answer.text));
        }
        loop {
            let line = self.terminal.ask("Answer [1]:")?.ok_or(AskError::Stopped)?;
            let number = if line.is_empty() { Ok(1) } else { line.parse::<usize>() };
            let answer = number.ok().and_then(|it| question.answers.get(it.checked_sub(1)?));
            match answer.map(|answer| answer.reply.clone()) {
                Some(Reply::Stop) => return Err(AskError::Stopped.into()),
                Some(Reply::Fill { table, column, value: None }) => {
                    return self.ask_value(table, column, comparison);
                }
                Some(reply) => return Ok(reply),
                None => {
                    let last = question.answers.len();
                    self.terminal.say(format!("Write a number from 1 to {last}."));
                }
            }
        }
    }

    fn ask_value(&self, table: Name, column: String, comparison: &Comparison) -> Result<Reply> {
        let of = declared(comparison, &table, &column)?;
        loop {
            let prompt = "Value, as in the models (18, \"text\", { sql = \"lower(name)\" }):";
            let line = self.terminal.ask(prompt)?.ok_or(AskError::Stopped)?;
            match parse_value(&line, &table, of) {
                Ok(_) if line.is_empty() => {}
                Ok(value) => return Ok(Reply::Fill { table, column, value: Some(value) }),
                Err(error) => self.terminal.say(sentence(&error.to_string())),
            }
        }
    }

    /// Names the questions that nobody answers, with the flags that do.
    fn list(&self, questions: &[Question]) -> Result<()> {
        if self.terminal.json {
            let questions: Vec<Json> = questions.iter().map(as_json).collect();
            self.terminal.answer_json(&json!({ "questions": questions }))?;
            return Ok(());
        }
        for question in questions {
            self.terminal.say(format!("{}:", sentence(&question.text).trim_end_matches('.')));
            let lines: Vec<(String, &str)> = (question.answers.iter())
                .filter_map(|it| Some((as_flag(&it.reply)?, it.text.as_str())))
                .collect();
            let width = lines.iter().map(|(flag, _)| flag.chars().count()).max().unwrap_or(0);
            for (flag, text) in lines {
                self.terminal.say(format!("  {flag:width$}  {text}"));
            }
        }
        Ok(())
    }
}

/// Says what nobody has said, and the flags that say it.
pub(super) fn warn(terminal: &Terminal, question: &Question) {
    let flags = question.answers.iter().filter_map(|it| as_flag(&it.reply));
    let flags: Vec<String> = flags.map(|flag| format!("`{flag}`")).collect();
    let flags = flags.join(" or ");
    match question.kind.is_open() {
        true => terminal.warn(format!("{}; say {flags}", question.text)),
        false => terminal.warn(format!("{}; if that is meant, say {flags}", question.text)),
    }
}

/// The question for a program.
pub(super) fn as_json(question: &Question) -> Json {
    let ready = question.answers.iter().filter_map(|answer| {
        Some(json!({
            "text": answer.text,
            "arguments": answer.reply.arguments()?,
            "loses_data": matches!(answer.reply, Reply::Drop(_) | Reply::Cast(_)),
        }))
    });
    json!({
        "id": question.id(),
        "kind": question.kind.to_string(),
        "subject": question.subject,
        "text": question.text,
        "answers": ready.collect::<Vec<Json>>(),
    })
}

/// The flag as a shell takes it.
fn as_flag(reply: &Reply) -> Option<String> {
    let [flag, value] = reply.arguments()?;
    let is_plain = |it: char| it.is_alphanumeric() || "_-./=:@%+,".contains(it);
    Some(match value.chars().all(is_plain) {
        true => format!("{flag} {value}"),
        false => format!("{flag} '{}'", value.replace('\'', "'\\''")),
    })
}

/// With a capital at its beginning and a period at its end.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).chain(['.']).collect()
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AskError {
    #[error("{}", open(.questions))]
    Open { questions: usize },
    #[error("nothing was written")]
    Stopped,
}

fn open(questions: &usize) -> String {
    match questions {
        1 => "a question is open".to_owned(),
        more => format!("{more} questions are open"),
    }
}

impl AskError {
    pub(crate) fn hint(&self) -> Option<String> {
        let hint = "nothing was written; give `db migrate` one of the flags for each question, or \
                    run it at a terminal";
        match self {
            Self::Open { .. } => Some(hint.to_owned()),
            Self::Stopped => None,
        }
    }
}
