//! What valgrind's callgrind writes down, as far as it is of use here.

use std::collections::HashMap;
use std::path::Path;

/// What one program did in a run.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Profile {
    /// Instructions of the program itself, without those of libraries.
    pub(crate) instructions: u64,
    /// Calls from the program into libraries.
    pub(crate) calls: u64,
}

impl Profile {
    /// Reads the file that callgrind wrote for `program`.
    ///
    /// Of the [format] this needs lines with costs, `line cost`, which belong to the object file that
    /// `ob=` named last; and calls, `cob=`, `calls=number …`, after each of which stands the cost of
    /// what was called, which is not the caller's. Names are given once, `ob=(1) name`, and by their
    /// number from then on.
    ///
    /// [format]: https://valgrind.org/docs/manual/cl-format.html
    pub(crate) fn parse(text: &str, program: &Path) -> Result<Self, String> {
        let mut profile = Self::default();
        let mut names: HashMap<&str, &str> = HashMap::new();
        let (mut own, mut own_callee) = (false, None);
        let mut of_callee = false;
        for line in text.lines() {
            if let Some(object) = line.strip_prefix("ob=") {
                own = is_program(&mut names, object, program);
                own_callee = None;
            } else if let Some(object) = line.strip_prefix("cob=") {
                own_callee = Some(is_program(&mut names, object, program));
            } else if let Some(call) = line.strip_prefix("calls=") {
                let number = call.split(' ').next().unwrap_or_default();
                let number: u64 = number.parse().map_err(|_| format!("not a call: {line}"))?;
                // Without `cob=` the callee lies where the caller does.
                if own && own_callee == Some(false) {
                    profile.calls += number;
                }
                own_callee = None;
                of_callee = true;
            } else if line
                .starts_with(|first: char| first.is_ascii_digit() || "+-*".contains(first))
            {
                let cost = line.split(' ').nth(1).unwrap_or_default();
                let cost: u64 = cost.parse().map_err(|_| format!("not a cost: {line}"))?;
                if own && !of_callee {
                    profile.instructions += cost;
                }
                of_callee = false;
            }
        }
        if profile.instructions == 0 {
            return Err(format!("{} does not occur in the profile", program.display()));
        }
        Ok(profile)
    }
}

/// Whether `object`, `(number) name` or `(number)`, is the program.
fn is_program<'t>(names: &mut HashMap<&'t str, &'t str>, object: &'t str, program: &Path) -> bool {
    match object.split_once(' ') {
        Some((number, name)) => {
            names.insert(number, name);
            Path::new(name) == program
        }
        None => names.get(object).is_some_and(|name| Path::new(name) == program),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A program whose `main` calls `memcpy` five times and its own `work` twice.
    const TEXT: &str = "\
version: 1
positions: line
events: Ir

ob=(1) /lib/libc.so.6
fn=(1) memcpy
10 500

ob=(2) /bin/program
fl=(2) main.rs
fn=(2) main
3 7
+1 2
cob=(1)
cfn=(1)
calls=5 10
* 500
cfn=(3) work
calls=2 20
4 60
fn=(3)
20 60

totals: 569
";

    #[test]
    fn costs_of_the_program_only() {
        let profile = Profile::parse(TEXT, Path::new("/bin/program"));
        assert_eq!(profile, Ok(Profile { instructions: 69, calls: 5 }));
    }

    #[test]
    fn another_program() {
        assert!(Profile::parse(TEXT, Path::new("/bin/other")).is_err());
    }
}
