//! A body as semantic HTML.
//! Everything that comes from the author is escaped; nothing is styled, and no script is ever written.

use std::fmt::Write as _;

use super::block::{Align, Block, Body, Link, Mark, NoteKind, Quote, Text};

impl Body {
    /// The body as an HTML fragment; pictures and story links keep the names they have in the pack.
    pub fn html(&self) -> String {
        let mut out = String::new();
        for block in &self.blocks {
            write_block(block, &mut out);
        }
        out
    }
}

/// Escapes text for HTML, for content and for attributes in double quotes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

macro_rules! put {
    ($out:expr, $($arg:tt)*) => {
        // Writing to a string cannot fail.
        _ = write!($out, $($arg)*)
    };
}

fn write_block(block: &Block, out: &mut String) {
    match block {
        Block::Paragraph(text) => put!(out, "<p>{}</p>\n", inline(text)),
        Block::Heading { level, text } => put!(out, "<h{level}>{}</h{level}>\n", inline(text)),
        Block::Quote(quote) => write_quote(quote, "quote", out),
        Block::PullQuote(quote) => write_quote(quote, "pull-quote", out),
        Block::List { start, items } => {
            match start {
                Some(1) => out.push_str("<ol>\n"),
                Some(start) => put!(out, "<ol start=\"{start}\">\n"),
                None => out.push_str("<ul>\n"),
            }
            for item in items {
                out.push_str("<li>");
                match item.as_slice() {
                    [Block::Paragraph(text)] => out.push_str(&inline(text)),
                    blocks => {
                        for block in blocks {
                            write_block(block, out);
                        }
                    }
                }
                out.push_str("</li>\n");
            }
            out.push_str(if start.is_some() {
                "</ol>\n"
            } else {
                "</ul>\n"
            });
        }
        Block::Figure(figure) => {
            let (file, alt) = (escape(&figure.file), escape(&figure.alt));
            put!(out, "<figure><img src=\"{file}\" alt=\"{alt}\">");
            if !figure.caption.is_blank() {
                put!(out, "<figcaption>{}</figcaption>", inline(&figure.caption));
            }
            out.push_str("</figure>\n");
        }
        Block::Note {
            kind,
            title,
            blocks,
        } => {
            let title = title.as_deref().unwrap_or(kind.label());
            put!(out, "<aside class=\"{}\">\n", note_class(*kind));
            put!(out, "<p><strong>{}</strong></p>\n", escape(title));
            for block in blocks {
                write_block(block, out);
            }
            out.push_str("</aside>\n");
        }
        Block::Table { align, head, rows } => {
            out.push_str("<table>\n<thead>");
            write_row(head, align, "th", out);
            out.push_str("</thead>\n<tbody>\n");
            for row in rows {
                write_row(row, align, "td", out);
            }
            out.push_str("</tbody>\n</table>\n");
        }
        Block::Rule => out.push_str("<hr>\n"),
        Block::Code { language, text } => {
            let class = if language.is_empty() {
                String::new()
            } else {
                format!(" class=\"language-{}\"", escape(language))
            };
            put!(out, "<pre><code{class}>{}</code></pre>\n", escape(text));
        }
    }
}

fn write_quote(quote: &Quote, class: &str, out: &mut String) {
    put!(out, "<figure class=\"{class}\"><blockquote>\n");
    for paragraph in &quote.paragraphs {
        put!(out, "<p>{}</p>\n", inline(paragraph));
    }
    out.push_str("</blockquote>");
    if let Some(who) = &quote.attribution {
        put!(out, "<figcaption>— {}</figcaption>", escape(&who.line()));
    }
    out.push_str("</figure>\n");
}

fn write_row(row: &[Text], align: &[Align], tag: &str, out: &mut String) {
    out.push_str("<tr>");
    for (cell, align) in row.iter().zip(align) {
        let class = match align {
            Align::Start => "",
            Align::Centre => " class=\"centre\"",
            Align::End => " class=\"end\"",
        };
        put!(out, "<{tag}{class}>{}</{tag}>", inline(cell));
    }
    out.push_str("</tr>\n");
}

fn note_class(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Editor => "note",
        NoteKind::Correction => "correction",
        NoteKind::Update => "update",
        NoteKind::KeyFacts => "key-facts",
    }
}

fn inline(text: &Text) -> String {
    let mut out = String::with_capacity(text.plain.len());
    let part = |range| escape(text.plain.get(range).unwrap_or_default()).replace('\n', "<br>\n");
    let mut at = 0;
    for span in &text.spans {
        out.push_str(&part(at..span.range.start));
        let (before, after) = tags(&span.mark);
        put!(out, "{before}{}{after}", part(span.range.clone()));
        at = span.range.end;
    }
    out.push_str(&part(at..text.plain.len()));
    out
}

fn tags(mark: &Mark) -> (String, String) {
    let (mut before, mut after) = (String::new(), String::new());
    let mut wrap = |open: &str, close: &str| {
        before.push_str(open);
        after.insert_str(0, close);
    };
    match &mark.link {
        Some(Link::Web(address)) => wrap(&format!("<a href=\"{}\">", escape(address)), "</a>"),
        Some(Link::Story(id)) => wrap(&format!("<a href=\"story:{}\">", escape(id)), "</a>"),
        None => {}
    }
    for (on, tag) in [
        (mark.bold, "strong"),
        (mark.italic, "em"),
        (mark.strike, "s"),
        (mark.code, "code"),
    ] {
        if on {
            wrap(&format!("<{tag}>"), &format!("</{tag}>"));
        }
    }
    (before, after)
}

#[cfg(test)]
mod tests {
    use crate::article::parse;

    #[test]
    fn writes_semantic_html() {
        let cases = [
            (
                "a **b** *c* `d` ~~e~~",
                "<p>a <strong>b</strong> <em>c</em> <code>d</code> <s>e</s></p>\n",
            ),
            ("***x***", "<p><strong><em>x</em></strong></p>\n"),
            ("a\\\nb", "<p>a<br>\nb</p>\n"),
            (
                "[a](https://x.org/?q=\"&b)",
                "<p><a href=\"https://x.org/?q=&quot;&amp;b\">a</a></p>\n",
            ),
            ("[a](story:b)", "<p><a href=\"story:b\">a</a></p>\n"),
            ("a <b>x</b> & c", "<p>a &lt;b&gt;x&lt;/b&gt; &amp; c</p>\n"),
            (
                "<script>x()</script>",
                "<p>&lt;script&gt;x()&lt;/script&gt;</p>\n",
            ),
            ("## a", "<h2>a</h2>\n"),
            (
                "> a\n> — B, c",
                "<figure class=\"quote\"><blockquote>\n<p>a</p>\n</blockquote><figcaption>— B, c</figcaption></figure>\n",
            ),
            (
                "> [!UPDATE]\n> a",
                "<aside class=\"update\">\n<p><strong>Update</strong></p>\n<p>a</p>\n</aside>\n",
            ),
            (
                "![a\"](b.png \"c\")",
                "<figure><img src=\"b.png\" alt=\"a&quot;\"><figcaption>c</figcaption></figure>\n",
            ),
            ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
            ("3. a", "<ol start=\"3\">\n<li>a</li>\n</ol>\n"),
            (
                "| a | b |\n|--:|---|\n| 1 | 2 |",
                "<table>\n<thead><tr><th class=\"end\">a</th><th>b</th></tr>\n</thead>\n<tbody>\n<tr><td class=\"end\">1</td><td>2</td></tr>\n</tbody>\n</table>\n",
            ),
            (
                "```rust\na<b\n```",
                "<pre><code class=\"language-rust\">a&lt;b</code></pre>\n",
            ),
            ("***", "<hr>\n"),
        ];
        for (markdown, html) in cases {
            assert_eq!(parse(markdown).html(), html, "{markdown}");
        }
    }
}
