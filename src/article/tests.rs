//! What each piece of Markdown becomes.

use proptest::prelude::*;

use super::*;

/// Writes blocks so tersely that a table of them can be read.
fn sketch(blocks: &[Block]) -> String {
    let parts: Vec<String> = blocks.iter().map(sketch_block).collect();
    parts.join(" | ")
}

fn sketch_block(block: &Block) -> String {
    match block {
        Block::Paragraph(text) => format!("p {}", marked(text)),
        Block::Heading { level, text } => format!("h{level} {}", marked(text)),
        Block::Quote(quote) => format!("quote {}", sketch_quote(quote)),
        Block::PullQuote(quote) => format!("pull {}", sketch_quote(quote)),
        Block::List { start, items } => {
            let items: Vec<String> = items.iter().map(|i| format!("({})", sketch(i))).collect();
            let kind = start.map_or("ul".to_owned(), |start| format!("ol{start}"));
            format!("{kind} {}", items.join(""))
        }
        Block::Figure(Figure { file, alt, caption }) => {
            format!("figure {file} «{alt}» «{}»", marked(caption))
        }
        Block::Note {
            kind,
            title,
            blocks,
        } => {
            let title = title.as_ref().map_or(String::new(), |t| format!(" «{t}»"));
            format!("{kind:?}{title} [{}]", sketch(blocks))
        }
        Block::Table { align, head, rows } => {
            let row = |row: &Vec<Text>| row.iter().map(marked).collect::<Vec<_>>().join(";");
            let rows: Vec<String> = rows.iter().map(row).collect();
            format!("table {align:?} {} / {}", row(head), rows.join(" / "))
        }
        Block::Rule => "rule".to_owned(),
        Block::Code { language, text } => format!("code {language} {text:?}"),
    }
}

fn sketch_quote(quote: &Quote) -> String {
    let words: Vec<String> = quote.paragraphs.iter().map(marked).collect();
    let who = quote.attribution.as_ref();
    let who = who.map_or(String::new(), |who| {
        format!(" — {}; {}", who.name, who.role)
    });
    format!("{}{who}", words.join(" ¶ "))
}

/// `{b words}` for bold, and so on.
fn marked(text: &Text) -> String {
    let mut out = String::new();
    let mut at = 0;
    for Span { range, mark } in &text.spans {
        out.push_str(&text.plain[at..range.start]);
        let mut sign = String::new();
        for (on, letter) in [
            (mark.bold, 'b'),
            (mark.italic, 'i'),
            (mark.code, 'c'),
            (mark.strike, 's'),
        ] {
            if on {
                sign.push(letter);
            }
        }
        match &mark.link {
            Some(Link::Story(id)) => sign += &["story=", id].concat(),
            Some(Link::Web(address)) => sign += &["web=", address].concat(),
            None => {}
        }
        out += &["{", &sign, " ", &text.plain[range.clone()], "}"].concat();
        at = range.end;
    }
    out.push_str(&text.plain[at..]);
    out
}

#[track_caller]
fn check(markdown: &str, expected: &str) {
    let body = parse(markdown);
    assert_eq!(sketch(&body.blocks), expected, "{markdown}");
    assert_eq!(body.warnings, [], "{markdown}");
}

#[track_caller]
fn check_warned(markdown: &str, expected: &str, warnings: &[(usize, &str)]) {
    let body = parse(markdown);
    assert_eq!(sketch(&body.blocks), expected, "{markdown}");
    let found: Vec<(usize, &str)> = body.warnings.iter().map(|w| (w.line, w.code)).collect();
    assert_eq!(found, warnings, "{markdown}");
}

#[test]
fn prose() {
    check("", "");
    check("One.\n\nTwo.", "p One. | p Two.");
    check("One\ntwo  \nthree", "p One two\nthree");
    check("\u{FEFF}One", "p One");
    check("“As it is” -- it's... kept", "p “As it is” -- it's... kept");
    check("日本\n語と\nLatin", "p 日本語と Latin");
    check("a *b **c** d* e", "p a {i b }{bi c}{i  d} e");
    check("*a\nb*", "p {i a b}");
    check("`x  <y>` ~~gone~~", "p {c x  <y>} {s gone}");
    check("a &amp; b &lt;c&gt;", "p a & b <c>");
    check("- [ ] a", "ul (p [ ] a)");
    check("[^1] and :smile:", "p [^1] and :smile:");
    check("---\ntitle: x\n---", "rule | h2 title: x");
}

#[test]
fn headings_rules_and_code() {
    check("# One", "h2 One");
    check("## Two *x*\n\n###### Six", "h2 Two {i x} | h6 Six");
    check("Under\n===\n\nText", "h2 Under | p Text");
    check("##\n\ntext", "p text");
    check("a\n\n***\n\nb", "p a | rule | p b");
    check(
        "```rust title\nfn a() {\n\n}\n```",
        "code rust \"fn a() {\\n\\n}\"",
    );
    check("    indented\n    more", "code  \"indented\\nmore\"");
}

#[test]
fn links() {
    check("[a](https://x.org)", "p {web=https://x.org a}");
    check("[a *b*](story:c) d", "p {story=c a }{istory=c b} d");
    check(
        "<https://x.org> <a@b.org>",
        "p {web=https://x.org https://x.org} {web=mailto:a@b.org a@b.org}",
    );
    check("[a][1]\n\n[1]: https://x.org", "p {web=https://x.org a}");
    for bad in [
        "file:///etc/passwd",
        "javascript:x()",
        "data:,x",
        "other.md",
        "#a",
        "ftp://x.org",
    ] {
        check_warned(
            &format!("one\n[a **b**]({bad}) c"),
            "p one a {b b} c",
            &[(2, "P025")],
        );
    }
}

#[test]
fn lists() {
    check("- a\n- b", "ul (p a)(p b)");
    check("7. a\n8. b", "ol7 (p a)(p b)");
    check("- a\n\n  b\n- c", "ul (p a | p b)(p c)");
    check(
        "- a\n  - b\n    1. c\n- d",
        "ul (p a | ul (p b | ol1 (p c)))(p d)",
    );
    check("- > said\n  > — A", "ul (quote said — A; )");
    check("-\n- a", "ul ()(p a)");
}

#[test]
fn quotes() {
    check(
        "> Words.\n> — Ana Lee, mayor of X",
        "quote Words. — Ana Lee; mayor of X",
    );
    check("> Words.\n>\n> — Ana Lee", "quote Words. — Ana Lee; ");
    check(
        "> One.\n>\n> *Two.*\n> Three.\n> — **A**, b, c",
        "quote One. ¶ {i Two.} Three. — A; b, c",
    );
    check(
        "> Words.\n> -- Ana Lee, mayor",
        "quote Words. — Ana Lee; mayor",
    );
    check("> Words.\n> --flag", "quote Words. --flag");
    check("> Words.\n> —", "quote Words.");
    check("> No one said it.", "quote No one said it.");
    check("> — Ana Lee", "quote — Ana Lee");
    check("> a — b", "quote a — b");
    check(
        "> A line\n> — and a break — X\n> more",
        "quote A line — and a break — X more",
    );
    check("> قال\n> — سارة، وزيرة", "quote قال — سارة; وزيرة");
    check("> 言った\n> — 山田、記者", "quote 言った — 山田; 記者");
    check(">", "");
    check(
        "> # H\n> - a\n> - b\n>\n> x\n> — Y",
        "quote {b H} ¶ • a ¶ • b ¶ x — Y; ",
    );
    check(
        "> a\n>\n> ![m](i.png)\n>\n> — Y",
        "quote a — Y;  | figure i.png «m» «»",
    );
    check("> a\n> > b\n> > — C\n>\n> — D", "quote a ¶ b ¶ — C — D; ");
}

#[test]
fn callouts() {
    check("> [!PULLQUOTE]\n> Again.", "pull Again.");
    check("> [!PULLQUOTE]\n> Again.\n> — A, b", "pull Again. — A; b");
    check("> [!NOTE]\n> Words.", "Editor [p Words.]");
    check("> [!note]  \n> Words.", "Editor [p Words.]");
    check("> [!NOTE]\n>\n> Words.", "Editor [p Words.]");
    check(
        "> [!CORRECTION]\n> **Put right**\n> It was *blue*.",
        "Correction «Put right» [p It was {i blue}.]",
    );
    check(
        "> [!UPDATE]\n> **Since then**\n>\n> Words.",
        "Update «Since then» [p Words.]",
    );
    check(
        "> [!KEYFACTS]\n>\n> **In short**\n>\n> - a\n> - b",
        "KeyFacts «In short» [ul (p a)(p b)]",
    );
    check("> [!KEYFACTS]\n> - a\n> - b", "KeyFacts [ul (p a)(p b)]");
    check(
        "> [!NOTE]\n> **Not all** of it.",
        "Editor [p {b Not all} of it.]",
    );
    check("> [!NOTE]\n> Words.\n> — A", "Editor [p Words. — A]");
    check("> [!NOTE]\n> **Only a title**", "Editor «Only a title» []");
    check("> [!NOTE]", "");
    check("> [!WARNING]\n> Words.", "quote [!WARNING] Words.");
    check("> [!NOTE] Words.", "quote [!NOTE] Words.");
    check("[!NOTE]\nWords.", "p [!NOTE] Words.");
}

#[test]
fn figures() {
    check(
        "![A map](images/x.jpg \"The *coast*\")",
        "figure images/x.jpg «A map» «The *coast*»",
    );
    check(
        "![a *b*](<images/x y.jpg>)",
        "figure images/x y.jpg «a b» «»",
    );
    check("![a](images/x%20y.jpg)", "figure images/x%20y.jpg «a» «»");
    check(
        "one\n![a](x.png)\ntwo",
        "p one | figure x.png «a» «» | p two",
    );
    check("one ![a](x.png) two", "p one  two | figure x.png «a» «»");
    check("![a](x.png) one", "figure x.png «a» «» | p one");
    check(
        "one ![a](x.png)\n![b](y.png)\n*two*",
        "p one | figure x.png «a» «» | figure y.png «b» «» | p {i two}",
    );
    check(
        "![a](x.png) ![b](y.png)",
        "figure x.png «a» «» | figure y.png «b» «»",
    );
    check("[![a](x.png)](https://x.org)", "figure x.png «a» «»");
    check("## one ![a](x.png)", "h2 one | figure x.png «a» «»");
    check("- one\n  ![a](x.png)", "ul (p one | figure x.png «a» «»)");
    check(
        "| ![a](x.png) |\n|---|\n| b |",
        "table [Start]  / b | figure x.png «a» «»",
    );
    check_warned(
        "one\n\n![](x.png)",
        "p one | figure x.png «» «»",
        &[(3, "P033")],
    );
    check_warned("![a](https://x.org/x.png)", "p a", &[(1, "P025")]);
}

#[test]
fn tables() {
    check(
        "| a | b | c |\n|:--|:-:|--:|\n| 1 | **2** |\n| 3 | 4 | 5 | 6 |",
        "table [Start, Centre, End] a;b;c / 1;{b 2}; / 3;4;5",
    );
}

#[test]
fn raw_html_is_text() {
    check_warned(
        "one\n\n<div class=\"x\">\nhi\n</div>\n\ntwo",
        "p one | p <div class=\"x\">\nhi\n</div> | p two",
        &[(3, "P023")],
    );
    check_warned("a <b>c</b>", "p a <b>c</b>", &[(1, "P023"), (1, "P023")]);
    check_warned("<!-- later -->", "p <!-- later -->", &[(1, "P023")]);
    let many = parse(&"<b>\n\n".repeat(1000));
    assert_eq!(many.warnings.len(), 100);
}

#[test]
fn tells_what_a_body_leans_on() {
    let (_, references) = parse_with_references("one [a](story:b)\n\n![m](images/m.png)\n");
    let expected = [
        (1, 5, Target::Story("b".to_owned())),
        (3, 1, Target::Picture("images/m.png".to_owned())),
    ];
    let found = references.into_iter().map(|r| (r.line, r.column, r.target));
    assert_eq!(found.collect::<Vec<_>>(), expected);
}

#[test]
fn deep_nesting_is_flattened() {
    fn depth(blocks: &[Block]) -> usize {
        let inside = |block: &Block| match block {
            Block::List { items, .. } => items.iter().map(|i| depth(i)).max().unwrap_or(0),
            Block::Note { blocks, .. } => depth(blocks),
            _ => 0,
        };
        1 + blocks.iter().map(inside).max().unwrap_or(0)
    }
    let nested = |unit: &str, n: usize| format!("{}deep", unit.repeat(n));
    for unit in [
        "> ", "- ", "1. ", "> - ", "*", "[", "![", "<b>", "` ", "~~ ",
    ] {
        let body = parse(&nested(unit, 50_000));
        assert!(body.plain().contains("deep"), "{unit}");
        assert!(depth(&body.blocks) <= 40, "{unit}");
        assert!(body.html().contains("deep"), "{unit}");
    }
    let notes = (0..100).map(|n| format!("{}[!NOTE]\n", "> ".repeat(n + 1)));
    let body = parse(&format!(
        "{}{}deep",
        notes.collect::<String>(),
        "> ".repeat(100)
    ));
    assert!(depth(&body.blocks) <= 40);
}

/// Every span of a body lies in its text, on character boundaries, in order, apart from the others.
fn assert_sound(text: &Text) {
    let mut at = 0;
    for Span { range, mark } in &text.spans {
        assert!(at <= range.start && range.start < range.end && range.end <= text.plain.len());
        assert!(text.plain.is_char_boundary(range.start) && text.plain.is_char_boundary(range.end));
        assert_ne!(*mark, Mark::default());
        at = range.end;
    }
}

fn assert_all_sound(blocks: &[Block]) {
    for block in blocks {
        match block {
            Block::Paragraph(text) | Block::Heading { text, .. } => assert_sound(text),
            Block::Quote(quote) | Block::PullQuote(quote) => {
                quote.paragraphs.iter().for_each(assert_sound);
            }
            Block::List { items, .. } => items.iter().for_each(|item| assert_all_sound(item)),
            Block::Figure(figure) => assert_sound(&figure.caption),
            Block::Note { blocks, .. } => assert_all_sound(blocks),
            Block::Table { align, head, rows } => {
                for row in std::iter::once(head).chain(rows) {
                    assert_eq!(row.len(), align.len());
                    row.iter().for_each(assert_sound);
                }
            }
            Block::Rule | Block::Code { .. } => {}
        }
    }
}

/// Text in which Markdown happens more often than by chance.
fn markdown_like() -> impl Strategy<Value = String> {
    let tokens = proptest::sample::select(vec![
        "a",
        "é",
        "日",
        "🙂",
        " ",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "1. ",
        "*",
        "**",
        "_",
        "`",
        "```\n",
        "~~",
        "[",
        "](x)",
        "](story:a)",
        "](https://x.org)",
        "![",
        "](i.png \"c\")",
        "<b>",
        "<!--",
        "-->",
        "— ",
        "[!NOTE]\n",
        "[!PULLQUOTE]\n",
        "**t**\n",
        "| ",
        "|-|\n",
        "# ",
        "\\",
        "  \n",
        "&amp;",
        "&#0;",
        "\u{0}",
        "\t",
        "    ",
        "---\n",
        "\u{202E}",
        "،",
    ]);
    proptest::collection::vec(tokens, 0..60).prop_map(|tokens| tokens.concat())
}

proptest! {
    #[test]
    fn any_text_gives_a_sound_body(source in prop_oneof![markdown_like(), any::<String>()]) {
        let (body, references) = parse_with_references(&source);
        let (same_body, same_references, findings) = parse_with_findings(&source);
        prop_assert_eq!((&body, &references), (&same_body, &same_references));
        assert_all_sound(&body.blocks);
        let bare = source.strip_prefix('\u{FEFF}').unwrap_or(&source);
        let lines: Vec<&str> = bare.split('\n').collect();
        let warned = body.warnings.iter().map(|w| (w.line, w.column));
        let referred = references.iter().map(|r| (r.line, r.column));
        let found = findings.iter().map(|f| (f.line, f.column));
        for (line, column) in warned.chain(referred).chain(found) {
            prop_assert!((1..=lines.len()).contains(&line));
            let most = lines[line - 1].chars().count() + 1;
            prop_assert!((1..=most).contains(&column), "{}:{}", line, column);
        }
        body.plain();
        body.html();
        prop_assert!(body.minutes() >= 1);
    }

    #[test]
    fn words_are_kept(words in proptest::collection::vec("[a-z]{1,8}", 1..40)) {
        let source = words.join(" ");
        let body = parse(&source);
        prop_assert_eq!(body.plain(), source);
        prop_assert_eq!(body.words(), words.len());
    }
}
