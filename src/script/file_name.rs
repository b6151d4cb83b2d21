//! What a new script's file is called.

use chrono::{Datelike, Timelike};

use super::{Format, Given, Header};

/// How a script's file is called.
#[derive(Clone, Copy, Debug)]
pub struct FileName<'a> {
    /// A tera template that may use `revision`, `slug`, `year`, `month`, `day`, `hour`, `minute`,
    /// `second`, `epoch` and `x`; a `/` in it makes a folder.
    pub template: &'a str,
    /// The most characters of the slug.
    pub slug_length: usize,
    /// The format of the script, by which the name ends.
    pub format: Format,
    /// What the template finds in `x`.
    pub given: &'a Given,
}

/// The template of file names cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`file_template` is wrong: {message}")]
pub struct FileNameError {
    /// What is wrong with it.
    pub message: String,
}

impl FileNameError {
    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        Some(
            "it may use `{{ revision }}`, `{{ slug }}`, `{{ year }}`, `{{ month }}`, `{{ day }}`, \
             `{{ hour }}`, `{{ minute }}`, `{{ second }}`, `{{ epoch }}`, and `{{ x.name }}` where \
             `-x name=...` is given"
                .to_owned(),
        )
    }
}

/// The longest name that common file systems allow, in bytes.
const MAX_BYTES: usize = 255;

impl FileName<'_> {
    /// The path of the script with this header, within the folder of scripts and with `/` between
    /// its parts. It never leads out of the folder, and every system can store it.
    ///
    /// # Errors
    /// When the template is wrong.
    pub fn of(&self, header: &Header) -> Result<String, FileNameError> {
        let mut slug = slug(&header.message, self.slug_length);
        loop {
            let path = self.render(header, &slug)?;
            let longest = path.split('/').map(str::len).max().unwrap_or_default();
            if longest <= MAX_BYTES || slug.is_empty() {
                return Ok(path);
            }
            slug.pop();
        }
    }

    fn render(&self, header: &Header, slug: &str) -> Result<String, FileNameError> {
        let error = |error: tera::Error| {
            let (message, _) = super::template::tera_message(&error, self.template);
            FileNameError { message }
        };
        let mut tera = tera::Tera::default();
        tera.autoescape_on(Vec::<&str>::new());
        tera.add_raw_template("file_template", self.template).map_err(error)?;
        let text = tera.render("file_template", &self.context(header, slug)).map_err(error)?;
        let text = if slug.is_empty() { text.trim_end_matches(['_', '-', ' ']) } else { &text };
        let mut parts: Vec<String> =
            text.split(['/', '\\']).map(part).filter(|part| !part.is_empty()).collect();
        let file = parts.pop().unwrap_or_else(|| part(&header.revision));
        let ending = format!(".{}", self.format.extension());
        let mut path: String = parts.iter().map(|folder| format!("{}/", cut(folder, 0))).collect();
        // Only when the slug has nothing left to give does the name lose its own end.
        path.push_str(if slug.is_empty() { cut(&file, ending.len()) } else { &file });
        path.push_str(&ending);
        Ok(path)
    }

    /// The variables of the template.
    fn context(&self, header: &Header, slug: &str) -> tera::Context {
        let mut context = tera::Context::new();
        context.insert("revision", &header.revision);
        context.insert("slug", slug);
        context.insert("x", self.given);
        if let Some(created) = header.created {
            let two = |number: u32| format!("{number:02}");
            context.insert("year", &format!("{:04}", created.year()));
            context.insert("month", &two(created.month()));
            context.insert("day", &two(created.day()));
            context.insert("hour", &two(created.hour()));
            context.insert("minute", &two(created.minute()));
            context.insert("second", &two(created.second()));
            context.insert("epoch", &created.timestamp());
        }
        context
    }
}

/// A part of a path that every system can store and that is no way out of the folder.
///
/// The characters and names are those Windows keeps for itself,
/// <https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file>.
fn part(text: &str) -> String {
    let safe = |c: char| if c.is_control() || "<>:\"|?*".contains(c) { '_' } else { c };
    let text: String = text.chars().map(safe).collect();
    let text = text.trim_matches([' ', '.']);
    let stem = text.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let device = match stem.as_str() {
        "CON" | "PRN" | "AUX" | "NUL" => true,
        _ => ["COM", "LPT"].iter().any(|port| {
            let number = stem.strip_prefix(port);
            number.is_some_and(|it| {
                matches!(it, "¹" | "²" | "³")
                    || (it.len() == 1 && it.as_bytes()[0].is_ascii_digit())
            })
        }),
    };
    if device { format!("_{text}") } else { text.to_owned() }
}

/// As much of `text` as leaves room for `ending` bytes.
fn cut(text: &str, ending: usize) -> &str {
    let mut end = text.len().min(MAX_BYTES - ending);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// A message as a part of a file's name: its words in lower case, joined by `_`, at most `length`
/// characters and cut between two words where that is possible.
pub fn slug(message: &str, length: usize) -> String {
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let lower = message.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c| !word(c))
        .flat_map(|it| it.split('_'))
        .filter(|it| !it.is_empty())
        .collect();
    let slug = words.join("_");
    if slug.chars().count() <= length {
        return slug;
    }
    let cut: String = slug.chars().take(length).collect();
    match cut.rfind('_') {
        Some(end) if !slug[cut.len()..].starts_with('_') => cut[..end].to_owned(),
        _ => cut,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static NONE: Given = Given::new();

    const DEFAULT: FileName<'static> = FileName {
        template: "{{ revision }}_{{ slug }}",
        slug_length: 40,
        format: Format::Toml,
        given: &NONE,
    };

    fn header(message: &str) -> Header {
        Header {
            message: message.to_owned(),
            revision: "e517276bb1c2".to_owned(),
            created: Some("2026-01-02T03:04:05+02:00".parse().unwrap()),
            ..Header::default()
        }
    }

    #[test]
    fn slugs() {
        for (message, expected) in [
            ("users table", "users_table"),
            ("", ""),
            ("  --  ", ""),
            ("../../x", "x"),
            ("..\\..\\x", "x"),
            ("Add account_table: e-mail (naïve ünïcode)", "add_account_table_e_mail_naïve_ünïcode"),
            ("first line\nsecond", "first_line_second"),
            ("日本語 テーブル", "日本語_テーブル"),
            (
                "the quick brown fox jumps over the lazy dog",
                "the_quick_brown_fox_jumps_over_the_lazy",
            ),
            (
                "the quick brown fox jumps over the lazy_ dog",
                "the_quick_brown_fox_jumps_over_the_lazy",
            ),
            (
                "a1234567890123456789012345678901234567890123",
                "a123456789012345678901234567890123456789",
            ),
            (
                "0123456789012345678901234567890123456789 x",
                "0123456789012345678901234567890123456789",
            ),
        ] {
            assert_eq!(slug(message, 40), expected);
        }
        assert_eq!(slug("users table", 0), "");
    }

    #[test]
    fn names_of_files() {
        for (message, expected) in [
            ("users table", "e517276bb1c2_users_table.toml"),
            ("", "e517276bb1c2.toml"),
            ("../../x", "e517276bb1c2_x.toml"),
            ("...", "e517276bb1c2.toml"),
        ] {
            assert_eq!(DEFAULT.of(&header(message)), Ok(expected.to_owned()));
        }
        for (template, expected) in [
            ("{{ year }}/{{ month }}-{{ day }}/{{ revision }}", "2026/01-02/e517276bb1c2.sql"),
            (
                "{{ hour }}{{ minute }}{{ second }}_{{ epoch }}_{{ slug }}",
                "030405_1767315845_users.sql",
            ),
            ("../../{{ slug }}", "users.sql"),
            ("/etc/{{ slug }}", "etc/users.sql"),
            ("c:\\{{ slug }}. ", "c_/users.sql"),
            ("con/{{ slug }}", "_con/users.sql"),
            ("Nul.{{ slug }}", "_Nul.users.sql"),
            ("COM5", "_COM5.sql"),
            ("com10", "com10.sql"),
            (" ../.. ", "e517276bb1c2.sql"),
        ] {
            let name = FileName { template, format: Format::Sql, ..DEFAULT };
            assert_eq!(name.of(&header("Users")), Ok(expected.to_owned()), "{template}");
        }
    }

    #[test]
    fn long_names_lose_the_end_of_their_slug() {
        let long = FileName { slug_length: 300, ..DEFAULT };
        let name = long.of(&header(&"𝔘".repeat(300))).unwrap();
        assert_eq!(name, format!("e517276bb1c2_{}.toml", "𝔘".repeat(59)));
        assert!(name.len() <= 255);
        let template = format!("{}{{{{ revision }}}}", "x".repeat(400));
        let fixed = FileName { template: &template, ..DEFAULT };
        assert_eq!(fixed.of(&header("a")), Ok(format!("{}.toml", "x".repeat(250))));
    }

    #[test]
    fn templates_that_cannot_be_used() {
        let error = |template| {
            let name = FileName { template, ..DEFAULT };
            name.of(&header("a")).unwrap_err().to_string()
        };
        assert_eq!(
            error("{{ rev }}"),
            "`file_template` is wrong: variable `rev` is not defined. Available variables: day, \
             epoch, hour, minute, month, revision, second, slug, x, year"
        );
        assert_eq!(error("{{ revision"), "`file_template` is wrong: unexpected end of input");
    }
}
