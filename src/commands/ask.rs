//! Asking what only a person can say: at the terminal, or by naming the flags that answer.

use anyhow::Result;
use serde_json::{Value as Json, json};

use super::compare::Comparison;
use crate::error::nearest;
use crate::models::Rename;
use crate::operation::{Operation, TableChange};
use crate::project::Database;
use crate::question::{
    Answer, Answers, Question, Reply, Rows, is_required, parse_value, rename_questions,
    row_questions,
};
use crate::schema::{Column, Name, parse_column};
use crate::terminal::Terminal;

/// What is answered beforehand.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Given {
    /// A rename that is meant: user.mail=email for a column, old=new for a table
    #[arg(long, value_name = "OLD=NEW", value_parser = rename)]
    rename: Vec<Rename>,
    /// A table or column whose loss is meant, and which is not renamed: post, user.mail
    #[arg(long, value_name = "NAME")]
    drop: Vec<String>,
    /// What rows get that have no value in a column which must have one: user.age=18
    #[arg(long, value_name = "COLUMN=VALUE", value_parser = given_fill)]
    fill: Vec<GivenFill>,
    /// A column whose new type is meant, whatever becomes of its values: user.age
    #[arg(long, value_name = "COLUMN")]
    cast: Vec<String>,
    /// Every loss is meant, and nothing that goes is renamed
    #[arg(long)]
    accept_loss: bool,
}

/// A value as the command line gives it; what it means hangs on the type of the column.
#[derive(Clone, Debug)]
struct GivenFill {
    table: Name,
    column: String,
    text: String,
}

impl Given {
    /// The renames among the answers.
    pub(super) fn renames(&self) -> &[Rename] {
        &self.rename
    }

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
    /// As [`Given::settle`], but for questions that are open.
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

    /// All that is said already, here and in the models.
    ///
    /// # Errors
    /// When a value does not fit its column, or its column is not declared.
    fn answers(&self, comparison: &Comparison) -> Result<Answers> {
        let mut fills = comparison.declared.fills.clone();
        for GivenFill { table, column, text } in &self.fill {
            let value = parse_value(text, table, declared(comparison, table, column)?)?;
            fills.insert((table.clone(), column.clone()), value);
        }
        Ok(Answers {
            renames: self.rename.clone(),
            drops: self.drop.iter().cloned().collect(),
            casts: self.cast.iter().cloned().collect(),
            fills,
            accept_loss: self.accept_loss,
        })
    }

    /// Refuses answers to what is no question here: they are slips.
    ///
    /// # Errors
    /// For the first of them.
    fn require_used(&self, comparison: &Comparison) -> Result<()> {
        let (mut dropped, mut cast, mut required) = (Vec::new(), Vec::new(), Vec::new());
        for operation in &comparison.operations {
            match operation {
                Operation::DropTable(table) => dropped.push(table.name.to_string()),
                Operation::AlterTable { table, changes } => {
                    for change in changes {
                        match change {
                            TableChange::DropColumn(it) => dropped.push(table.column(&it.name)),
                            TableChange::AlterColumn { from, to } if from.ty != to.ty => {
                                cast.push(table.column(&to.name));
                            }
                            _ => {}
                        }
                        required.extend(is_required(change).map(|it| table.column(&it.name)));
                    }
                }
                _ => {}
            }
        }
        let fills = self.fill.iter().map(|it| it.table.column(&it.column)).collect();
        for (flag, given, there) in [
            ("--drop", self.drop.clone(), dropped),
            ("--cast", self.cast.clone(), cast),
            ("--fill", fills, required),
        ] {
            if let Some(name) = given.into_iter().find(|name| !there.contains(name)) {
                let nearest = nearest(&name, there.iter().map(String::as_str)).map(str::to_owned);
                return Err(AskError::NotAsked { flag, name, nearest }.into());
            }
        }
        Ok(())
    }
}

/// How questions are settled.
pub(super) struct Manner {
    /// Whether a person who is there is asked.
    pub(super) asks: bool,
    /// Whether every loss is meant, whatever the flags say.
    pub(super) accepts_loss: bool,
}

/// The column that the models declare.
fn declared<'a>(comparison: &'a Comparison, table: &Name, column: &str) -> Result<&'a Column> {
    let found = comparison.declared.schema.table(table);
    found.and_then(|it| it.column(column)).ok_or_else(|| {
        let columns = found.map_or(&[][..], |it| &it.columns);
        let near = nearest(column, columns.iter().map(|it| it.name.as_str()));
        let nearest = near.map(|near| table.column(near));
        AskError::NotDeclared { name: table.column(column), nearest }.into()
    })
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
        if questions.is_empty() {
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

fn rename(text: &str) -> Result<Rename, String> {
    let expected = "write user.mail=email for a column, old=new for a table";
    let (from, to) = text.split_once('=').ok_or(expected)?;
    if to.is_empty() {
        return Err(expected.to_owned());
    }
    match parse_column(from) {
        Ok((table, from)) => Ok(Rename::Column { table, from, to: to.to_owned() }),
        Err(_) => match (from.parse::<Name>(), to.parse::<Name>()) {
            (Ok(from), Ok(to)) => Ok(Rename::Table { from, to }),
            _ => Err(expected.to_owned()),
        },
    }
}

fn given_fill(text: &str) -> Result<GivenFill, String> {
    let expected = "write user.age=18, user.name=\"text\" or user.slug={ sql = \"lower(name)\" }";
    let (column, text) = text.split_once('=').ok_or(expected)?;
    let (table, column) = parse_column(column).map_err(|_| expected)?;
    Ok(GivenFill { table, column, text: text.to_owned() })
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AskError {
    #[error("{}", open(.questions))]
    Open { questions: usize },
    #[error("nothing was written")]
    Stopped,
    #[error("`{flag} {name}` answers no question of this comparison")]
    NotAsked { flag: &'static str, name: String, nearest: Option<String> },
    #[error("the models declare no column `{name}`")]
    NotDeclared { name: String, nearest: Option<String> },
}

fn open(questions: &usize) -> String {
    match questions {
        1 => "a question is open".to_owned(),
        more => format!("{more} questions are open"),
    }
}

impl AskError {
    pub(crate) fn hint(&self) -> Option<String> {
        match self {
            Self::Open { .. } => Some(
                "nothing was written; give `db migrate` one of the flags for each question, or run \
                 it at a terminal"
                    .to_owned(),
            ),
            Self::Stopped => None,
            Self::NotAsked { nearest: Some(near), .. }
            | Self::NotDeclared { nearest: Some(near), .. } => {
                Some(format!("did you mean `{near}`?"))
            }
            Self::NotAsked { flag, .. } => Some(
                match *flag {
                    "--drop" => {
                        "it is not dropped here; a column is named with its table, as in user.mail"
                    }
                    "--cast" => "its type does not change here",
                    _ => {
                        "rows need a value where a column is new and required, or becomes required"
                    }
                }
                .to_owned(),
            ),
            Self::NotDeclared { .. } => {
                Some("a column is named with its table, as in user.age=18".to_owned())
            }
        }
    }
}
