//! The whole program in a real window, used as a reader uses it. Each test has a display and a data folder of its own.

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;

use crate::screen::{Picture, Reader, wait};

const READING: &str = "reading/org.offprint.world-desk.ron";
const BOOKMARKS: &str = "bookmarks/org.offprint.world-desk.ron";

/// The stories of the edition that comes along, in its order: id and headline.
fn stories(reader: &Reader) -> Vec<(String, String)> {
    let list = reader.ask(&["list", "world-desk", "--json"]);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let stories = list["stories"].as_array().unwrap().iter();
    stories
        .map(|it| (text(&it["id"]), text(&it["headline"])))
        .collect()
}

/// The stories that are read, as the file on the disk has it.
fn read(reader: &Reader) -> Vec<String> {
    let file = reader.file(READING);
    let records = file.split("Story(").filter(|it| it.contains("read: true"));
    let id = |record: &str| Some(record.split_once("id: \"")?.1.split_once('"')?.0.to_owned());
    records.filter_map(id).collect()
}

/// The ids of all bookmarks, as the program tells them without a window.
fn bookmarked(reader: &Reader) -> Vec<String> {
    let list = reader.ask(&["bookmarks", "list", "--json"]);
    let bookmarks = list["bookmarks"].as_array().unwrap().iter();
    bookmarks
        .map(|it| it["story"].as_str().unwrap().to_owned())
        .collect()
}

fn another_page(before: &Picture) -> impl Fn(&Picture) -> bool {
    let before = before.page();
    move |now| now.page() != before
}

fn another_sidebar(before: &Picture) -> impl Fn(&Picture) -> bool {
    let before = before.sidebar();
    move |now| now.sidebar() != before
}

#[test]
fn a_click_on_a_headline_shows_its_article() {
    let (mut reader, front) = Reader::at_front();
    let mut before = front;
    let mut seen = Vec::new();
    // Two places in the list of headlines, whichever headlines are there.
    for y in [250, 640] {
        reader.click(160, y);
        let article = reader.look_when(another_page(&before));
        let id = wait("the story clicked at is marked as read", || {
            read(&reader).into_iter().find(|id| !seen.contains(id))
        });

        let (_, headline) = stories(&reader)
            .into_iter()
            .find(|(it, _)| *it == id)
            .unwrap();
        let output = reader.command(&["show", "world-desk", &id]).output();
        let text = String::from_utf8(output.unwrap().stdout).unwrap();
        let longest = text.lines().max_by_key(|line| line.len()).unwrap();
        let page = reader.copy_page();
        assert!(page.contains(&headline), "{headline} is not in {page}");
        assert!(page.contains(longest), "{longest} is not in {page}");
        seen.push(id);
        before = article;
    }
}

#[test]
fn a_bookmark_outlives_a_power_cut() {
    let (mut reader, front) = Reader::at_front();
    reader.press(&["j"]);
    let plain = reader.look_when(another_page(&front));
    reader.press(&["b"]);
    let (story, headline) = stories(&reader).swap_remove(0);
    wait("the bookmark is on the disk", || {
        let file = reader.file(BOOKMARKS);
        (file.contains(&format!("story: \"{story}\"")) && file.contains(&headline)).then_some(())
    });
    reader.kill();
    assert_eq!(bookmarked(&reader), [story]);

    reader.open();
    reader.press(&["j"]);
    let marked = reader.look_when(another_page(&front));
    assert!(
        marked.sidebar() != plain.sidebar(),
        "the headline has no ribbon"
    );

    // And `b` takes it away again, which leaves the list as it was.
    reader.press(&["b"]);
    wait("the bookmark is gone from the disk", || {
        bookmarked(&reader).is_empty().then_some(())
    });
    reader.look_when(|now| now.sidebar() == plain.sidebar());
}

#[test]
fn a_second_launch_hands_its_pack_to_the_first() {
    let (mut reader, front) = Reader::at_front();
    let pack = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/packs/good");
    let mut second = reader
        .command(&[pack])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let status = wait("the second launch has ended", || second.try_wait().unwrap());
    assert!(status.success(), "{:?}", second.wait_with_output());

    let other = reader.look_when(another_page(&front));
    assert!(other.sidebar() != front.sidebar());
    assert_eq!(reader.windows(), 1);
    wait("the pack is among the recent ones", || {
        reader.file("recent.ron").contains(pack).then_some(())
    });
    reader.press(&["j"]);
    reader.look_when(another_page(&other));
    let page = reader.copy_page();
    assert!(page.contains("New quay opens on Saturday"), "{page}");

    // What comes along has no path, and is handed over by its word.
    let here = reader.look_when(|_| true);
    let status = reader.command(&["guide"]).status().unwrap();
    assert!(status.success());
    let guide = reader.look_when(another_sidebar(&here));
    reader.press(&["j"]);
    reader.look_when(another_page(&guide));
    let page = reader.copy_page();
    assert!(page.contains("Offprint"), "{page}");
    assert_eq!(reader.windows(), 1);
}

#[test]
fn a_second_launch_hands_its_reference_to_the_first() {
    let (mut reader, front) = Reader::at_front();
    let (story, headline) = stories(&reader).swap_remove(2);
    let cite = reader.command(&["cite", "world-desk", &story, "--as", "reference"]);
    let reference = { cite }.output().unwrap().stdout;
    let reference = String::from_utf8(reference).unwrap();
    let status = reader.command(&[reference.trim()]).status().unwrap();
    assert!(status.success());
    reader.look_when(another_page(&front));
    let page = reader.copy_page();
    assert!(page.contains(&headline), "{headline} is not in {page}");
    assert_eq!(reader.windows(), 1);

    // One that is broken opens no window and hands over nothing.
    let output = reader
        .command(&["offprint:org.example/1"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("The story is missing at character 23"),
        "{said}"
    );
}

#[test]
fn a_preview_shows_what_is_saved_in_a_window_of_its_own() {
    let home = tempfile::tempdir().unwrap();
    let pack = home.path().join("village-news");
    let pack = pack.to_str().unwrap();
    let mut reader = Reader::new().asking(&["preview", pack]);
    let made = reader.command(&["new", pack]).output().unwrap();
    assert!(made.status.success(), "{made:?}");
    let front = reader.open();
    assert_eq!(reader.windows_named("Preview: Village News"), 1);
    reader.press(&["j"]);
    let story = reader.look_when(another_page(&front));
    let file = Path::new(pack).join("stories/first-story.md");
    fs::write(&file, "Saved while the window is open. <b>No</b>\n").unwrap();
    let seen = reader.look_when(another_page(&story));
    let page = reader.copy_page();
    assert!(page.contains("Saved while the window is open."), "{page}");

    let manifest = Path::new(pack).join("pack.ron");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text.replace("Village News", "Hill News")).unwrap();
    reader.look_when(another_sidebar(&seen));
    assert_eq!(reader.windows_named("Preview: Hill News"), 1);

    // Reading has its own window, and knows nothing of what was looked at here.
    let mut other = reader.command(&[]).spawn().unwrap();
    wait("there is a second window", || {
        (reader.windows() == 1).then_some(())
    });
    other.kill().unwrap();
    other.wait().unwrap();
    assert_eq!(reader.file("recent.ron"), "");
    assert!(!reader.data().join("reading").exists());
}

#[test]
fn keys_alone_read_three_stories_and_bookmark_one() {
    let (mut reader, front) = Reader::at_front();
    let stories = stories(&reader);
    reader.press(&["Return"]);
    let mut page = reader.look_when(another_page(&front));
    // Space pages to the end of the first, and then goes to the next unread.
    wait("the second story is open", || {
        reader.press(&["space"]);
        page = reader.look_when(another_page(&page));
        (read(&reader).len() > 1).then_some(())
    });
    reader.press(&["b"]);
    page = reader.look_when(another_sidebar(&page));
    reader.press(&["j"]);
    reader.look_when(another_page(&page));

    wait("three stories are marked as read", || {
        let read = read(&reader);
        let first = stories.iter().take(3).map(|(id, _)| id);
        first.clone().all(|id| read.contains(id)).then_some(())
    });
    assert_eq!(bookmarked(&reader), [stories[1].0.clone()]);
}

#[test]
fn the_filter_narrows_the_list_and_escape_widens_it_again() {
    let (mut reader, front) = Reader::at_front();
    reader.press(&["slash"]);
    let asked = reader.look_when(another_sidebar(&front));
    reader.press(&["v", "a", "t", "i", "c", "a", "n"]);
    let narrow = reader.look_when(another_sidebar(&asked));
    reader.press(&["Return"]);
    reader.look_when(another_page(&narrow));
    assert_eq!(read(&reader), ["vatican-mediation"]);
    let page = reader.copy_page();
    assert!(page.contains("Vatican"), "{page}");
    reader.press(&["Escape", "h"]);
    reader.look_when(|now| now.page() == front.page());
}

#[test]
fn a_window_left_alone_does_nothing() {
    let (mut reader, front) = Reader::at_front();
    reader.press(&["j"]);
    reader.look_when(another_page(&front));
    wait("the start is behind it", || {
        let before = ticks(&reader);
        sleep(Duration::from_secs(1));
        (ticks(&reader) <= before + 2).then_some(())
    });
    let before = ticks(&reader);
    sleep(Duration::from_secs(5));
    let used = ticks(&reader) - before;
    assert!(used <= 25, "{used} hundredths of a second in five seconds");
}

/// The processor's time the program has used so far, in hundredths of a second.
fn ticks(reader: &Reader) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{}/stat", reader.process())).unwrap();
    // After the name, which may hold anything, comes the third field.
    let fields: Vec<_> = stat.rsplit_once(')').unwrap().1.split(' ').collect();
    [12, 13]
        .map(|at: usize| fields[at].parse::<u64>().unwrap())
        .iter()
        .sum()
}

#[test]
fn the_window_comes_back_where_it_was_and_never_out_of_sight() {
    let (mut reader, _) = Reader::at_front();
    let place = [130, 90, 1100, 700];
    reader.put_window(place);
    reader.look_when(|_| true);
    assert!(reader.quit().success());
    let settings = reader.file("settings.ron");
    assert!(settings.contains("at: (130, 90)"), "{settings}");
    reader.open();
    assert_eq!(reader.window_place(), place);
    assert!(reader.quit().success());

    // The next screen is smaller, and the window was to the right of it.
    let mut reader = reader.at_screen("1000x600");
    reader.open();
    let [x, y, width, height] = reader.window_place();
    let seen = x >= 0 && y >= 0 && x + width <= 1000 && y + height <= 600;
    assert!(seen, "{:?}", reader.window_place());
    assert!(reader.quit().success());

    // A place on a screen that is not there any more.
    let settings = reader.file("settings.ron");
    let (before, _) = settings.split_once("window:").unwrap();
    let elsewhere = format!(
        "{before}window: Window(width: 700.0, height: 500.0, maximized: false, at: (4000, -900)),\n)\n"
    );
    fs::write(reader.data().join("settings.ron"), elsewhere).unwrap();
    reader.open();
    assert_eq!(reader.window_place(), [150, 50, 700, 500]);
}

#[test]
fn a_report_of_a_crash_is_offered_once() {
    let (mut reader, usual) = Reader::at_front();
    assert!(reader.quit().success());
    let folder = reader.data().join("state");
    fs::create_dir_all(&folder).unwrap();
    let untold = folder.join("crash-2025-08-09T10-00-00Z-7.new.txt");
    fs::write(&untold, "What happened").unwrap();
    reader.open();
    reader.look_when(|now| now.page() != usual.page() && now.sidebar() == usual.sidebar());
    let told = folder.join("crash-2025-08-09T10-00-00Z-7.txt");
    assert_eq!(fs::read_to_string(told).unwrap(), "What happened");
    assert!(!untold.exists());
    assert!(reader.quit().success());

    reader.open();
    reader.look_when(|now| now.page() == usual.page());
}

#[test]
fn the_log_is_in_the_state_folder_and_on_the_terminal_if_asked_for() {
    let mut reader = Reader::new().with("RUST_LOG", "eframe=debug");
    reader.open();
    assert!(reader.quit().success());
    let said = reader.said();
    assert!(said.contains(" DEBUG eframe"), "{said}");
    let logs = fs::read_dir(reader.data().join("state")).unwrap();
    let logs: Vec<_> = logs.map(|it| it.unwrap().path()).collect();
    let [log] = &logs[..] else { panic!("{logs:?}") };
    assert_eq!(fs::read_to_string(log).unwrap(), said);
}

#[test]
fn without_opengl_the_other_renderer_takes_over() {
    let mut reader = Reader::new().with("LIBGL_DRIVERS_PATH", "/nowhere");
    let front = reader.open();
    reader.press(&["j"]);
    reader.look_when(another_page(&front));
    wait("the story is marked as read", || {
        (read(&reader).len() == 1).then_some(())
    });
}

#[test]
fn with_no_renderer_at_all_a_sentence_says_so() {
    let mut reader = Reader::new()
        .with("LIBGL_DRIVERS_PATH", "/nowhere")
        .with("VK_ICD_FILENAMES", "/nowhere")
        .with("VK_DRIVER_FILES", "/nowhere");
    let (status, said) = reader.open_in_vain();
    assert_eq!(status.code(), Some(2), "{said}");
    assert!(said.contains("No window could be opened"), "{said}");
}

#[test]
fn with_no_display_a_sentence_says_so() {
    let mut reader = Reader::new().with("DISPLAY", "");
    let (status, said) = reader.open_in_vain();
    assert_eq!(status.code(), Some(2), "{said}");
    assert!(said.contains("There is no display"), "{said}");
}

#[test]
fn a_damaged_file_is_kept_aside_and_the_program_opens() {
    let mut reader = Reader::new();
    let file = reader.data().join(BOOKMARKS);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    let torn =
        "Bookmarks(version: 1, series: \"org.offprint.world-desk\", bookmarks: [Bookmark(sto";
    fs::write(&file, torn).unwrap();
    let front = reader.open();
    let kept = kept_aside(file.parent().unwrap());
    assert_eq!(kept, [torn]);

    // What is kept from now on stands in a sound file, and the damaged one stays.
    reader.press(&["j"]);
    let story = reader.look_when(another_page(&front));
    reader.press(&["b"]);
    reader.look_when(another_sidebar(&story));
    wait("the bookmark is on the disk", || {
        (bookmarked(&reader) == ["mexico-sovereignty"]).then_some(())
    });
    assert_eq!(kept_aside(file.parent().unwrap()), [torn]);
}

/// The texts of the files that were set aside in a folder.
fn kept_aside(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    files
        .filter(|path| path.to_string_lossy().contains(".kept-"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect()
}
