//! A random program of operations, against a simple model and against `http::HeaderMap`.
//!
//! Shared by the property test and the fuzz target: the program is any bytes.

use ratoon_header_map::{
    Entry, Error, HeaderMap, HeaderName, Limits, Reset, Sensitive, Separator, header,
};

use super::strict::strict;

/// Names that meet again: known ones, an application's own, and cases of both. With forty of the last
/// kind some have the same tag.
fn name(choice: u8) -> String {
    match choice % 64 {
        0 => "Host".into(),
        1 => "host".into(),
        2 => "Set-Cookie".into(),
        3 => "SET-COOKIE".into(),
        4 => "content-security-policy-report-only".into(),
        5 => "te".into(),
        6 => "x^y".into(),
        7 => "x~y".into(),
        8 => "X-Tenant".into(),
        9 => "x-tenant".into(),
        10 => "not a name".into(),
        11 => String::new(),
        12 => "n".repeat(300),
        13 => "Connection".into(),
        14 => "Keep-Alive".into(),
        15 => "X-Forwarded-For".into(),
        n => format!("x-{n}"),
    }
}

fn value(choice: u8) -> Vec<u8> {
    match choice % 16 {
        0 => Vec::new(),
        1 => b"\r\nX: smuggled".to_vec(),
        2 => b"\0".to_vec(),
        3 => vec![0xe4; 40],
        4 => b"x-20, \"x-21, \" ,host,,\tX-Tenant , x-forwarded-for".to_vec(),
        n => vec![b'a' + n; usize::from(choice / 4)],
    }
}

/// A line of the model.
#[derive(Clone, Debug, PartialEq)]
struct Line {
    name: String,
    value: Vec<u8>,
    is_sensitive: bool,
}

impl Line {
    fn bytes(&self) -> usize {
        self.name.len() + self.value.len() + 4
    }
}

/// What the map should be: a vector, searched from the front.
#[derive(Clone)]
struct Model {
    lines: Vec<Line>,
    limits: Limits,
}

impl Model {
    fn is_named(line: &Line, name: &str) -> bool {
        line.name.eq_ignore_ascii_case(name)
    }

    fn bytes(&self) -> usize {
        self.lines.iter().map(Line::bytes).sum()
    }

    fn values(&self, name: &str) -> Vec<&[u8]> {
        let lines = self.lines.iter().filter(|line| Self::is_named(line, name));
        lines.map(|line| &*line.value).collect()
    }

    fn accepts(line: &Line) -> bool {
        http::HeaderName::from_bytes(line.name.as_bytes()).is_ok()
            && http::HeaderValue::from_bytes(&line.value).is_ok()
    }

    /// Whether the line was appended.
    fn append(&mut self, line: Line) -> bool {
        let fits = self.lines.len() < self.limits.headers
            && self.bytes() + line.bytes() <= self.limits.bytes;
        let is_appended = fits && Self::accepts(&line);
        if is_appended {
            self.lines.push(line);
        }
        is_appended
    }

    /// How many were replaced, if it was possible.
    fn insert(&mut self, mut line: Line) -> Option<usize> {
        let Some(first) = self.lines.iter().position(|old| Self::is_named(old, &line.name)) else {
            return self.append(line).then_some(0);
        };
        let mut after = self.clone();
        let count = after.remove(&line.name);
        line.name.clone_from(&self.lines[first].name);
        let replaced = self.lines.iter().filter(|old| Self::is_named(old, &line.name));
        line.is_sensitive |= replaced.fold(false, |any, old| any | old.is_sensitive);
        let is_accepted = Self::accepts(&line);
        after.lines.insert(first, line);
        if !is_accepted || after.bytes() > self.limits.bytes {
            return None;
        }
        *self = after;
        Some(count)
    }

    /// Whether the element was added. No element of a program holds a quote but no comma.
    fn append_to_list(&mut self, line: &Line) -> bool {
        let is_list = !["host", "set-cookie"].contains(&&*line.name.to_lowercase());
        if !is_list || line.value.is_empty() || line.value.contains(&b',') || !Self::accepts(line) {
            return false;
        }
        let Some(last) = self.lines.iter().rposition(|old| Self::is_named(old, &line.name)) else {
            return self.append(line.clone());
        };
        let mut after = self.clone();
        let old = &mut after.lines[last];
        if !old.value.is_empty() {
            old.value.extend_from_slice(b", ");
        }
        old.value.extend_from_slice(&line.value);
        old.is_sensitive |= line.is_sensitive;
        let fits = after.bytes() <= self.limits.bytes;
        if fits {
            *self = after;
        }
        fits
    }

    /// How many were joined, if the name is that of a list.
    fn join_lines(&mut self, name: &str) -> Option<usize> {
        if ["host", "set-cookie"].contains(&&*name.to_lowercase()) {
            return None;
        }
        let named = |line: &Line| Self::is_named(line, name);
        let Some(first) = self.lines.iter().position(named) else { return Some(0) };
        let count = self.values(name).len();
        if count > 1 {
            let is_full = |value: &&[u8]| !value.is_empty();
            let values: Vec<_> = self.values(name).into_iter().filter(is_full).collect();
            let value = values.join(&b", "[..]);
            let is_sensitive = self.lines.iter().any(|line| named(line) && line.is_sensitive);
            let name = self.lines[first].name.clone();
            self.remove(&name);
            self.lines.insert(first, Line { name, value, is_sensitive });
        }
        Some(count)
    }

    fn remove_hop_by_hop(&mut self) -> usize {
        let mut names = vec!["connection".to_owned(), "keep-alive".into(), "te".into()];
        for value in self.values("connection") {
            let text = String::from_utf8_lossy(value).to_lowercase();
            names.extend(text.split(',').map(|token| token.trim().to_owned()));
        }
        names.retain(|name| name != "host" && !name.starts_with("x-forwarded-"));
        let before = self.lines.len();
        self.lines.retain(|line| !names.contains(&line.name.to_lowercase()));
        before - self.lines.len()
    }

    fn remove(&mut self, name: &str) -> usize {
        let before = self.lines.len();
        self.lines.retain(|line| !Self::is_named(line, name));
        before - self.lines.len()
    }
}

/// Runs a program: four bytes an operation.
pub(crate) fn check(program: &[u8]) {
    let limits = match program.first() {
        Some(0..=63) => Limits::new(6, 200),
        Some(64..=127) => Limits::new(40, 1_000),
        _ => Limits::default(),
    };
    let mut map = HeaderMap::new().with_limits(limits);
    if program.len() % 2 == 0 {
        map = map.with_erasure();
    }
    let mut model = Model { lines: Vec::new(), limits };
    for operation in program.chunks_exact(4) {
        let &[code, name_choice, value_choice, extra] = operation else { unreachable!() };
        let line = Line {
            name: name(name_choice),
            value: value(value_choice),
            is_sensitive: extra % 4 == 0,
        };
        step(&mut map, &mut model, code, &line, extra);
        compare_in_short(&map, &model);
        compare_lookups(&map, &model, &line.name);
        if code % 16 == 0 {
            compare_lines(&map, &model);
        }
    }
    compare_lines(&map, &model);
    (0..64).for_each(|choice| compare_lookups(&map, &model, &name(choice)));
    compare_with_http(&map, &model);
    compare_with_parser(&mut map, &model);
}

/// Appends as the line says.
fn append(map: &mut HeaderMap, line: &Line) -> Result<(), Error> {
    if line.is_sensitive {
        map.append(&line.name, Sensitive(&line.value))
    } else {
        map.append(&line.name, &line.value)
    }
}

fn step(map: &mut HeaderMap, model: &mut Model, code: u8, line: &Line, extra: u8) {
    let name = &line.name;
    match code % 29 {
        0..=5 => {
            assert_eq!(append(map, line).is_ok(), model.append(line.clone()));
        }
        6..=8 => {
            let result = if line.is_sensitive {
                map.insert(name, Sensitive(&line.value))
            } else {
                map.insert(name, &line.value)
            };
            assert_eq!(result.ok(), model.insert(line.clone()));
        }
        9 | 10 => assert_eq!(map.remove(name), model.remove(name)),
        11 => entry(map, model, line, extra),
        12 => {
            let keep = |value: &[u8]| value.len() % 3 != usize::from(extra % 3);
            map.retain(|_, value| keep(value.as_bytes()));
            model.lines.retain(|line| keep(&line.value));
        }
        13 => {
            let lines = [line.clone(), Line { name: "x-second".into(), ..line.clone() }];
            let mut after = model.clone();
            let is_ok =
                lines.iter().all(|line| after.append(Line { is_sensitive: false, ..line.clone() }));
            let result = map.try_extend(lines.iter().map(|line| (&line.name, &line.value)));
            assert_eq!(result.is_ok(), is_ok);
            if is_ok {
                *model = after;
            }
        }
        14 => {
            let drained: Vec<Line> = map.drain().take(usize::from(extra)).map(line_of).collect();
            assert_eq!(drained, model.lines[..drained.len()]);
            model.lines.clear();
        }
        15 => map.compact(),
        16 => {
            map.reserve(usize::from(extra), usize::from(extra) * 8).unwrap();
            assert!(map.capacity() >= map.len() + usize::from(extra));
        }
        17 => map.shrink_to(usize::from(extra), usize::from(extra)),
        18 => bulk(map, model, line, extra),
        19 => {
            let mut count = 0;
            for old in model.lines.iter_mut().filter(|old| Model::is_named(old, name)) {
                old.is_sensitive = line.is_sensitive;
                count += 1;
            }
            assert_eq!(map.set_sensitive(name, line.is_sensitive), count);
        }
        20 => {
            let mut copy = HeaderMap::with_capacity(1, 1);
            copy.append("x-old", "of the copy").unwrap();
            copy.clone_from(map);
            assert_eq!(copy, *map);
            *map = if extra % 2 == 0 { copy } else { map.clone() };
        }
        21 | 22 => formatted(map, model, code, line, extra),
        23 | 24 => {
            let result = if line.is_sensitive {
                map.append_to_list(name, Sensitive(&line.value))
            } else {
                map.append_to_list(name, &line.value)
            };
            assert_eq!(result.is_ok(), model.append_to_list(line));
        }
        25 => assert_eq!(map.remove_hop_by_hop(), model.remove_hop_by_hop()),
        27 => {
            let result = map.join_lines(name, Separator::Comma);
            assert_eq!(result.ok(), model.join_lines(name));
        }
        26 => {
            let count = model.values(name).len();
            assert_eq!(map.remove_one(name).ok(), (count <= 1).then_some(count == 1));
            if count == 1 {
                model.remove(name);
            }
        }
        _ => {
            if extra % 2 == 0 {
                map.clear()
            } else {
                map.reset()
            }
            model.lines.clear();
        }
    }
}

/// Displays a text in pieces, and fails after so many of them.
struct Pieces<'a>(&'a str, usize);

impl std::fmt::Display for Pieces<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, piece) in self.0.chars().enumerate() {
            if at == self.1 {
                return Err(std::fmt::Error);
            }
            write!(f, "{piece}")?;
        }
        Ok(())
    }
}

fn formatted(map: &mut HeaderMap, model: &mut Model, code: u8, line: &Line, extra: u8) {
    let text = String::from_utf8_lossy(&line.value);
    let value = Pieces(&text, if extra % 8 == 1 { 3 } else { usize::MAX });
    let is_whole = text.chars().count() <= value.1;
    let plain = Line { value: text.as_bytes().to_vec(), is_sensitive: false, ..line.clone() };
    if code % 29 == 21 {
        let is_ok = is_whole && model.append(plain);
        assert_eq!(map.append_fmt(&line.name, format_args!("{value}")).is_ok(), is_ok);
    } else {
        let count = if is_whole { model.insert(plain) } else { None };
        assert_eq!(map.insert_fmt(&line.name, format_args!("{value}")).ok(), count);
    }
}

fn entry(map: &mut HeaderMap, model: &mut Model, line: &Line, extra: u8) {
    let plain = Line { is_sensitive: false, ..line.clone() };
    let Ok(entry) = map.entry(&line.name) else {
        assert!(http::HeaderName::from_bytes(line.name.as_bytes()).is_err());
        return;
    };
    match (entry, extra % 4) {
        (Entry::Vacant(entry), _) => {
            assert!(model.values(&line.name).is_empty());
            let is_ok = entry.insert(&line.value).is_ok();
            assert_eq!(is_ok, model.append(plain));
        }
        (Entry::Occupied(mut entry), 0) => {
            assert_eq!(entry.insert(&line.value).ok(), model.insert(plain));
        }
        (Entry::Occupied(mut entry), 1) => {
            assert_eq!(entry.append(&line.value).is_ok(), model.append(plain));
        }
        (Entry::Occupied(entry), 2) => assert_eq!(entry.remove(), model.remove(&line.name)),
        (Entry::Occupied(entry), _) => {
            assert!(entry.iter().eq(model.values(&line.name)));
            let first = entry.get().as_bytes().to_vec();
            assert_eq!(Entry::Occupied(entry).or_insert("unused").unwrap(), *first);
        }
    }
}

/// Ingests a block of two lines as no parser would make it: `extra` says how lenient it is.
fn bulk(map: &mut HeaderMap, model: &mut Model, line: &Line, extra: u8) {
    let lines = [line.clone(), Line { name: "x-second".into(), ..line.clone() }];
    let colon = [": ", ":", ":\t", ":  "][usize::from(extra % 4)];
    let end = if extra & 4 == 0 { "\r\n" } else { "\n" };
    let mut block = Vec::new();
    let mut parts = Vec::new();
    for Line { name, value, .. } in &lines {
        let name_at = block.len();
        block.extend_from_slice(name.as_bytes());
        block.extend_from_slice(colon.as_bytes());
        let value_at = block.len();
        block.extend_from_slice(value);
        parts.push((name_at..name_at + name.len(), value_at..block.len()));
        block.extend_from_slice(end.as_bytes());
    }
    let headers = parts.into_iter().map(|(name, value)| httparse::Header {
        name: std::str::from_utf8(&block[name]).unwrap(),
        value: &block[value],
    });
    let headers: Vec<_> = headers.skip(usize::from(extra & 8 != 0)).collect();
    let mut after = model.clone();
    let is_ok = lines[lines.len() - headers.len()..]
        .iter()
        .all(|line| after.append(Line { is_sensitive: false, ..line.clone() }));
    assert_eq!(map.extend_from_httparse(&block, &headers).is_ok(), is_ok);
    if is_ok {
        *model = after;
    }
}

fn line_of((name, value): (ratoon_header_map::Name<'_>, ratoon_header_map::Value<'_>)) -> Line {
    Line {
        name: name.as_str().to_owned(),
        value: value.as_bytes().to_vec(),
        is_sensitive: value.is_sensitive(),
    }
}

/// All lines, without an allocation: what follows each operation.
fn compare_in_short(map: &HeaderMap, model: &Model) {
    assert_eq!((map.len(), map.byte_len()), (model.lines.len(), model.bytes()));
    for ((name, value), line) in map.iter().zip(&model.lines) {
        assert_eq!((name.as_str(), value.as_bytes()), (&*line.name, &*line.value));
        assert_eq!(value.is_sensitive(), line.is_sensitive);
    }
}

/// All lines, through every way to read them.
fn compare_lines(map: &HeaderMap, model: &Model) {
    let lines = &model.lines;
    assert!(map.iter().map(line_of).eq(lines.iter().cloned()));
    assert!(map.iter().rev().map(line_of).eq(lines.iter().rev().cloned()));
    assert_eq!(map.iter().len(), lines.len());
    assert!(map.values().eq(lines.iter().map(|line| &*line.value)));
    assert_eq!((map.len(), map.is_empty()), (lines.len(), lines.is_empty()));
    assert_eq!(map.byte_len(), model.bytes());
    let mut wire = Vec::with_capacity(model.bytes());
    for Line { name, value, .. } in lines {
        for part in [name.as_bytes(), b": ", value, b"\r\n"] {
            wire.extend_from_slice(part);
        }
    }
    if let Some(bytes) = map.as_wire() {
        assert_eq!(bytes, wire);
    }
    let mut written = Vec::new();
    map.write_to(&mut written).unwrap();
    assert_eq!(written, wire);
    written.clear();
    map.write_to_vec(&mut written);
    assert_eq!(written, wire);
    let pieces: Vec<_> = map.io_slices().collect();
    assert_eq!(pieces.iter().flat_map(|piece| piece.iter().copied()).collect::<Vec<_>>(), wire);
    const TENANT: HeaderName = HeaderName::from_static("x-tenant");
    assert!(map.get_all(TENANT).eq(model.values("x-tenant")));
    assert!(map.get_all(header::SET_COOKIE).eq(model.values("set-cookie")));
}

/// One name, through every way to look it up.
fn compare_lookups(map: &HeaderMap, model: &Model, name: &str) {
    let values = model.values(name);
    assert_eq!(map.contains_key(name), !values.is_empty());
    assert_eq!(map.get(name).map(|value| value.as_bytes()), values.first().copied());
    assert!(map.get_all(name).eq(values.iter().copied()));
    assert!(map.get_all(name).rev().eq(values.iter().rev().copied()));
    match map.get_one(name) {
        Ok(value) => assert!(values.len() <= 1 && value.is_none() == values.is_empty()),
        Err(Error::SeveralValues { count, .. }) => assert_eq!(count, values.len()),
        Err(error) => panic!("{error}"),
    }
}

/// What a strict parser reads in what is serialised.
fn compare_with_parser(map: &mut HeaderMap, model: &Model) {
    map.compact();
    let parsed = strict(map.as_wire().expect("compacted")).expect("canonical");
    let lines = model.lines.iter().map(|line| (&line.name, &line.value));
    assert!(parsed.iter().map(|(name, value)| (name, value)).eq(lines));
}

/// What `http` makes of the same lines.
fn compare_with_http(map: &HeaderMap, model: &Model) {
    let mut other = http::HeaderMap::new();
    for Line { name, value, .. } in &model.lines {
        let name = http::HeaderName::from_bytes(name.as_bytes()).unwrap();
        other.append(name, http::HeaderValue::from_bytes(value).unwrap());
    }
    assert_eq!(map.len(), other.len());
    assert_eq!(map.keys_len(), other.keys_len());
    for name in other.keys() {
        let values = other.get_all(name).iter().map(http::HeaderValue::as_bytes);
        assert!(map.get_all(name.as_str()).eq(values));
    }
    let mut keys: Vec<_> = map.keys().map(|name| name.as_str().to_ascii_lowercase()).collect();
    let mut backwards: Vec<_> =
        map.keys().rev().map(|name| name.as_str().to_ascii_lowercase()).collect();
    backwards.reverse();
    assert_eq!(keys, backwards);
    keys.sort();
    let mut other_keys: Vec<_> = other.keys().map(|name| name.as_str().to_owned()).collect();
    other_keys.sort();
    assert_eq!(keys, other_keys);
    let frozen = map.freeze().unwrap();
    assert_eq!(frozen, other);
    let mut copied = http::HeaderMap::new();
    map.copy_into_http(&mut copied).unwrap();
    assert_eq!(copied, other);
    let mut back = HeaderMap::new().with_limits(model.limits);
    back.extend_from_http(&other).unwrap();
    assert_eq!(back, *map);
}
