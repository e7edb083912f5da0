//! A pack seen while it is written: files are saved as editors save them, and the page follows.

use std::fmt::Write as _;
use std::fs;
use std::time::Instant;

use eframe::egui::{Role, pos2};
use offprint::model::{Origin, View, Weight};

use super::reader::{Home, Reader};

const STORIES: &str = r#"
    Story(id: "ferry", headline: "The ferry is late", summary: "Again."),
    Story(id: "market", headline: "The market moves", summary: "To the square."),
    Story(id: "cat", headline: "A cat is lost", summary: "It is grey."),
"#;

/// A pack with a long story and two briefs, nothing wrong with it.
fn news(home: &Home) -> Origin {
    home.write("news/stories/ferry.md", ferry(""));
    home.pack("news", STORIES)
}

/// The long story, with something before it.
fn ferry(before: &str) -> String {
    let mut text = before.to_owned();
    for n in 0..60 {
        write!(text, "Paragraph {n} of the ferry. It waits at the pier, and so does everybody else who came early.\n\n").unwrap();
    }
    text
}

fn manifest(home: &Home, change: impl FnOnce(String) -> String) {
    let text = change(home.read("news/pack.ron"));
    home.write("news/pack.ron", text);
}

/// What is wrong, as it is said aloud.
fn problems(reader: &Reader) -> Vec<String> {
    let mut said = reader.all(Role::ListItem);
    let buttons = reader.all(Role::Button).into_iter();
    let weights = ["Error P", "Warning P", "Advice P"];
    said.extend(buttons.filter(|it| weights.iter().any(|weight| it.starts_with(weight))));
    said
}

fn at_the_ferry(home: &Home) -> Reader {
    let pack = news(home);
    let mut reader = Reader::preview(home, &pack);
    assert!(reader.says("No problems"), "{}", reader.tree());
    reader.click_row("The ferry is late");
    reader.wait_until("the body is there", |reader| reader.says("Paragraph 0 of"));
    reader
}

#[test]
fn a_saved_story_is_shown_and_the_reader_stays_where_they_were() {
    let home = Home::new();
    let mut reader = at_the_ferry(&home);
    reader.press(&["PageDown", "PageDown", "PageDown"]);
    let top = reader.all(Role::Paragraph).swap_remove(0);
    assert!(!top.starts_with("Paragraph 0 "), "{top}");
    let place = |reader: &Reader| {
        let node = reader.place(Role::Paragraph, &top);
        node.y.round() as i32
    };
    let before = place(&reader);

    // Above what is in view a paragraph comes in, and below it another is changed.
    let text = ferry("## The pier\n\nSomething new at the top.\n\n");
    let text = text.replace("Paragraph 59 of the ferry", "Paragraph 59 of the boat");
    home.write("news/stories/ferry.md", text);
    reader.wait_until("the new text is there", |reader| {
        format!("{:?}", reader.model().body()).contains("Something new at the top.")
    });
    reader.settle();
    assert_eq!(place(&reader), before, "{}", reader.tree());
    reader.press(&["End"]);
    assert!(reader.says("Paragraph 59 of the boat"), "{}", reader.tree());
    reader.press(&["Home"]);
    assert!(reader.shows(Role::Heading, "The pier"));
}

#[test]
fn a_file_saved_by_a_rename_is_seen_as_well() {
    let home = Home::new();
    let mut reader = at_the_ferry(&home);
    for n in 0..3 {
        // The usual ways of editors: a hidden file, and a backup of the old one.
        let new = home.write(
            "news/stories/.ferry.md.new",
            format!("Version {n}, by rename."),
        );
        let old = home.path("news/stories/ferry.md");
        fs::rename(&old, home.path("news/stories/ferry.md~")).unwrap();
        fs::rename(new, &old).unwrap();
        let words = format!("Version {n}, by rename.");
        reader.wait_until("it is shown", |reader| reader.says(&words));
    }
}

#[test]
fn the_manifest_is_followed_and_the_filter_holds() {
    let home = Home::new();
    let pack = news(&home);
    let mut reader = Reader::preview(&home, &pack);
    reader.press(&["/"]);
    reader.type_text("the");
    reader.wait_until("two are listed", |reader| reader.rows().len() == 2);
    manifest(&home, |text| {
        text.replace(
            "Story(id: \"cat\"",
            "Story(id: \"mill\", headline: \"The mill turns\"), Story(id: \"cat\"",
        )
    });
    reader.wait_until("the new one is listed", |reader| reader.rows().len() == 3);
    assert_eq!(
        reader.rows(),
        [
            "The ferry is late, unread",
            "The market moves, unread",
            "The mill turns, unread"
        ]
    );
    manifest(&home, |text| text.replace("The news\"", "The New News\""));
    reader.wait_until("it is called anew", |reader| {
        reader.shows(
            Role::Button,
            "The New News, Monday 1 September 2025 · 4 stories. Front page",
        )
    });
    assert_eq!(reader.model().open.as_ref().unwrap().query, "the");
}

#[test]
fn a_broken_manifest_is_told_and_the_last_good_page_stays() {
    let home = Home::new();
    let mut reader = at_the_ferry(&home);
    manifest(&home, |text| {
        text.replace("headline: \"A cat", "headline \"A cat")
    });
    reader.wait_until("it is told", |reader| {
        let said = problems(reader);
        matches!(&said[..], [one] if one.starts_with("Error P002, pack.ron:"))
    });
    reader.wait_until("both are told", |reader| {
        reader.says("1 error") && reader.says("the page is as it was before")
    });
    assert!(reader.says("Paragraph 0 of"));
    assert_eq!(reader.notices(), [""; 0]);
    manifest(&home, |text| {
        text.replace("headline \"A cat", "headline: \"A dog")
    });
    reader.wait_until("all is well", |reader| {
        reader.says("No problems") && reader.rows().contains(&"A dog is lost, unread".to_owned())
    });
    assert!(reader.says("Paragraph 0 of"));
}

#[test]
fn a_problem_leads_to_its_story_and_its_place_can_be_copied() {
    let home = Home::new();
    let mut reader = at_the_ferry(&home);
    home.write(
        "news/stories/market.md",
        "One.\n\nSee [there](story:nowhere).\n",
    );
    manifest(&home, |text| {
        text.replace("id: \"cat\",", "id: \"cat\", published: \"soon\",")
    });
    reader.wait_until("both are told", |reader| problems(reader).len() == 2);
    reader.settle();
    let said = problems(&reader);
    let of = |words: &str| said.iter().find(|it| it.contains(words)).unwrap().clone();
    reader.click(Role::Button, &of("stories/market.md:3"));
    assert_eq!(reader.story(), "market");
    reader.click(Role::Button, &of("pack.ron:"));
    assert_eq!(reader.story(), "cat");
    let copy = reader.place(Role::Button, "Copy stories/market.md:3:5");
    reader.click_at(copy);
    assert_eq!(reader.copied().as_deref(), Some("stories/market.md:3:5"));
    assert_eq!(
        reader.story(),
        "cat",
        "the button is not the problem it stands in"
    );
    let preview = reader.model().previewing().unwrap();
    assert_eq!(preview.count(Weight::Warning), 2);
}

#[test]
fn a_replaced_picture_is_shown() {
    let home = Home::new();
    let picture = |side: u32| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        image::RgbImage::new(side, side)
            .write_to(&mut bytes, image::ImageFormat::Png)
            .unwrap();
        bytes.into_inner()
    };
    let mut reader = at_the_ferry(&home);
    home.write("news/images/boat.png", picture(400));
    let size = |reader: &Reader| match reader.model().body() {
        Some(offprint::model::BodyState::Ready(body)) => body.sizes.get("images/boat.png").copied(),
        _ => None,
    };
    home.write("news/stories/ferry.md", "![A boat.](images/boat.png)\n");
    reader.wait_until("the picture is there", |reader| {
        size(reader) == Some((400, 400)) && reader.harness.state().is_at_rest()
    });
    home.write("news/images/boat.png", picture(500));
    reader.wait_until("the other one is", |reader| {
        size(reader) == Some((500, 500)) && reader.harness.state().is_at_rest()
    });
    fs::remove_file(home.path("news/images/boat.png")).unwrap();
    reader.wait_until("it is missed", |reader| {
        problems(reader)
            .iter()
            .any(|it| it.starts_with("Error P030, stories/ferry.md:1"))
    });
}

#[test]
fn taking_the_open_story_out_shows_the_front_page() {
    let home = Home::new();
    let mut reader = at_the_ferry(&home);
    let cut = "Story(id: \"ferry\", headline: \"The ferry is late\", summary: \"Again.\"),";
    manifest(&home, |text| text.replace(cut, ""));
    reader.wait_until("the front page is there", |reader| {
        reader.model().view == View::Front && reader.rows().len() == 2
    });
    reader.settle();
    assert_eq!(reader.notices(), ["The story is gone"]);
    assert!(reader.shows(
        Role::Alert,
        "“The ferry is late” is not in the pack any more"
    ));
    reader.press(&["Alt+Left"]);
    assert_eq!(reader.model().view, View::Front);
}

#[test]
fn a_folder_that_goes_away_and_comes_back_is_followed_again() {
    let home = Home::new();
    let mut reader = at_the_ferry(&home);
    fs::rename(home.path("news"), home.path("elsewhere")).unwrap();
    reader.wait_until("it is missed", |reader| {
        problems(reader)
            .iter()
            .any(|it| it.contains("There is nothing at this place"))
    });
    assert!(reader.says("Paragraph 0 of"));
    fs::rename(home.path("elsewhere"), home.path("news")).unwrap();
    reader.wait_until("all is well", |reader| reader.says("No problems"));
    home.write("news/stories/ferry.md", "It is back.");
    reader.wait_until("it is followed", |reader| reader.says("It is back."));

    // Deleted and made anew, as version control does it.
    fs::remove_dir_all(home.path("news")).unwrap();
    reader.wait_until("it is missed", |reader| !problems(reader).is_empty());
    news(&home);
    home.write("news/stories/ferry.md", "It is new.");
    reader.wait_until("all is well", |reader| {
        reader.says("No problems") && reader.says("It is new.")
    });
    home.write("news/stories/ferry.md", "It is newer.");
    reader.wait_until("it is followed", |reader| reader.says("It is newer."));
    assert_eq!(reader.notices(), [""; 0]);
}

#[test]
fn a_burst_of_changes_ends_in_the_last_of_them() {
    let home = Home::new();
    let mut reader = at_the_ferry(&home);
    for n in 0..400 {
        home.write(&format!("news/drafts/{}/{n}.md", n % 7), "A draft.");
        home.write("news/stories/ferry.md", format!("State {n} of the ferry."));
    }
    reader.wait_until("the last is shown", |reader| {
        reader.says("State 399 of the ferry.")
    });
}

#[test]
fn a_folder_without_a_good_manifest_waits_for_one() {
    let home = Home::new();
    home.write("news/pack.ron", "Pack(");
    let mut reader = Reader::preview(&home, &Origin::Path(home.path("news")));
    assert!(reader.shows(Role::Heading, "There is nothing to show yet"));
    assert!(problems(&reader)[0].starts_with("Error P002, pack.ron:1"));
    news(&home);
    reader.wait_until("it is there", |reader| {
        reader.shows(Role::Heading, "The news")
    });
    assert!(!reader.shows(Role::Heading, "There is nothing to show yet"));
}

#[test]
fn a_preview_leaves_no_traces_but_bookmarks() {
    let home = Home::new();
    let mut reader = at_the_ferry(&home);
    reader.wheel(pos2(700.0, 500.0), 900.0);
    reader.press(&["j", "m", "k"]);
    reader.press(&["b"]);
    reader.wait_until("the bookmark is on disk", |reader| {
        let file = reader.home.read("data/bookmarks/org.example.news.ron");
        file.contains("story: \"ferry\"")
    });
    let home = reader.quit();
    for trace in ["data/reading", "data/recent.ron"] {
        assert!(!home.path(trace).exists(), "{trace}");
    }
}

#[test]
fn without_room_the_problems_are_counted_above_the_headlines() {
    let home = Home::new();
    let mut reader = at_the_ferry(&home);
    home.write("news/stories/ferry.md", "<b>Bold.</b>");
    reader.wait_until("it is told", |reader| !problems(reader).is_empty());
    reader.harness.set_size(eframe::egui::vec2(800.0, 700.0));
    reader.settle();
    assert_eq!(problems(&reader), [""; 0]);
    assert!(
        reader.shows(Role::Label, "Preview · 1 warning"),
        "{}",
        reader.tree()
    );
}

/// How long it takes from a save to the frame that shows it; printed, for machines differ.
#[test]
fn a_save_is_shown_soon() {
    let home = Home::new();
    let mut reader = at_the_ferry(&home);
    let mut times: Vec<u128> = (0..20)
        .map(|n| {
            let words = format!("Edit number {n}.");
            let text = ferry(&format!("{words}\n\n"));
            let start = Instant::now();
            home.write("news/stories/ferry.md", text);
            reader.wait_until("it is shown", |reader| reader.says(&words));
            start.elapsed().as_millis()
        })
        .collect();
    times.sort_unstable();
    println!(
        "from a save to its frame, 20 edits: median {} ms, longest {} ms",
        times[10], times[19]
    );
}
