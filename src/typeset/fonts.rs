//! Which fonts there are: the embedded faces at once, the system's when a text turns out to need them.
//! Listing the system's fonts can take long, so it is never done on the thread that draws.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread;

use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, SourceCache};
use parley::{FontContext, FontFamily, FontFamilyName, GenericFamily};

use super::Family;
use super::fallback::prefer;

/// A font file inside the program.
#[derive(Clone, Copy)]
pub struct Face {
    /// The family it belongs to; upright and italic files of one family share it.
    pub family: Family,
    /// The whole file, TrueType or OpenType.
    pub bytes: &'static [u8],
}

/// The fonts text is shaped with.
pub(super) struct Fonts {
    pub(super) context: FontContext,
    embedded: Vec<(Family, Blob<u8>)>,
    extents: [Extent; 3],
    system: System,
    wake: Arc<dyn Fn() + Send + Sync>,
}

/// Where the system's fonts are.
enum System {
    Unasked,
    Coming(Receiver<Collection>),
    Here,
    Missing,
}

/// How far letters reach above and below the baseline, as parts of their size.
#[derive(Clone, Copy, Debug)]
pub(super) struct Extent {
    pub(super) ascent: f32,
    pub(super) descent: f32,
}

impl Fonts {
    pub(super) fn new(faces: &[Face], wake: impl Fn() + Send + Sync + 'static) -> Self {
        let embedded: Vec<_> = faces
            .iter()
            .map(|face| (face.family, Blob::new(Arc::new(face.bytes))))
            .collect();
        Self {
            context: FontContext {
                collection: collection(false, &embedded),
                source_cache: SourceCache::default(),
            },
            extents: [Family::Serif, Family::Sans, Family::Mono]
                .map(|family| extent(faces, family)),
            embedded,
            system: System::Unasked,
            wake: Arc::new(wake),
        }
    }

    /// How far the family's letters reach; lines stand by it, whichever font fills in.
    pub(super) fn extent(&self, family: Family) -> Extent {
        let [serif, sans, mono] = self.extents;
        match family {
            Family::Serif => serif,
            Family::Sans => sans,
            Family::Mono => mono,
        }
    }

    /// A letter was in none of the fonts. True once nothing more can be done about it.
    pub(super) fn want_system(&mut self) -> bool {
        if matches!(self.system, System::Unasked) {
            let (send, receive) = channel();
            let wake = Arc::clone(&self.wake);
            let embedded = self.embedded.clone();
            let listing = thread::Builder::new()
                .name("system fonts".to_owned())
                .spawn(move || {
                    if send.send(collection(true, &embedded)).is_ok() {
                        wake();
                    }
                });
            self.system = match listing {
                Ok(_) => System::Coming(receive),
                Err(error) => {
                    log::warn!("the system's fonts cannot be listed: {error}");
                    System::Missing
                }
            };
        }
        matches!(self.system, System::Here | System::Missing)
    }

    /// Whether the system's fonts are being listed.
    pub(super) fn is_listing(&self) -> bool {
        matches!(self.system, System::Coming(_))
    }

    /// Takes the system's fonts if they have come since. True when text that was shaped before may look different now.
    pub(super) fn adopt_system(&mut self) -> bool {
        let System::Coming(coming) = &self.system else {
            return false;
        };
        match coming.try_recv() {
            Ok(collection) => {
                self.context = FontContext {
                    collection,
                    source_cache: SourceCache::default(),
                };
                self.system = System::Here;
                true
            }
            Err(TryRecvError::Empty) => false,
            Err(TryRecvError::Disconnected) => {
                log::warn!("the system's fonts could not be listed");
                self.system = System::Missing;
                true
            }
        }
    }
}

/// The embedded faces, and the system's fonts behind them if asked.
fn collection(system_fonts: bool, embedded: &[(Family, Blob<u8>)]) -> Collection {
    let mut collection = Collection::new(CollectionOptions {
        shared: false,
        system_fonts,
    });
    if system_fonts {
        prefer(&mut collection);
    }
    for (family, blob) in embedded {
        // Under a name of our own: an installed font of the same name must not take its place.
        let name = FontInfoOverride {
            family_name: Some(name(*family)),
            ..FontInfoOverride::default()
        };
        if collection
            .register_fonts(blob.clone(), Some(name))
            .is_empty()
        {
            log::warn!("an embedded {family:?} font is not a font");
        }
    }
    collection
}

const fn name(family: Family) -> &'static str {
    match family {
        Family::Serif => "offprint serif",
        Family::Sans => "offprint sans",
        Family::Mono => "offprint mono",
    }
}

/// What a stretch of text consists of, which decides where its letters are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Letters {
    /// Words: the embedded faces, then the system's font for their script.
    Words,
    /// Arrows, stars and the like belong to no script: any font of the system may have them.
    Signs,
    /// Pictures: fonts in colour first.
    Emoji,
}

/// Where to look for letters, in order. The system's font for the script comes after these by itself.
pub(super) fn stack(family: Family, letters: Letters) -> FontFamily<'static> {
    use Family::{Mono, Sans, Serif};
    const fn ours(family: Family) -> FontFamilyName<'static> {
        FontFamilyName::named(name(family))
    }
    const fn any(family: GenericFamily) -> FontFamilyName<'static> {
        FontFamilyName::Generic(family)
    }
    const EMOJI: FontFamilyName<'static> = any(GenericFamily::Emoji);
    const MATH: FontFamilyName<'static> = any(GenericFamily::Math);
    const PLAIN: FontFamilyName<'static> = any(GenericFamily::SansSerif);
    static SERIF: [FontFamilyName<'static>; 7] = [
        EMOJI,
        ours(Serif),
        ours(Sans),
        ours(Mono),
        PLAIN,
        MATH,
        EMOJI,
    ];
    static SANS: [FontFamilyName<'static>; 7] = [
        EMOJI,
        ours(Sans),
        ours(Serif),
        ours(Mono),
        PLAIN,
        MATH,
        EMOJI,
    ];
    static MONO: [FontFamilyName<'static>; 7] = [
        EMOJI,
        ours(Mono),
        ours(Sans),
        ours(Serif),
        PLAIN,
        MATH,
        EMOJI,
    ];
    let all = match family {
        Serif => &SERIF,
        Sans => &SANS,
        Mono => &MONO,
    };
    FontFamily::from(match letters {
        Letters::Words => &all[1..4],
        Letters::Signs => &all[1..],
        Letters::Emoji => &all[..6],
    })
}

fn extent(faces: &[Face], family: Family) -> Extent {
    let measured = faces
        .iter()
        .filter(|face| face.family == family)
        .find_map(|face| swash::FontRef::from_index(face.bytes, 0))
        .map(|font| font.metrics(&[]))
        .filter(|metrics| metrics.units_per_em > 0)
        .map(|metrics| {
            let em = f32::from(metrics.units_per_em);
            Extent {
                ascent: metrics.ascent / em,
                descent: metrics.descent / em,
            }
        });
    // Without a face the system's will do, and this is what most are like.
    measured.unwrap_or(Extent {
        ascent: 0.95,
        descent: 0.25,
    })
}
