//! The open packs, by key, for the threads that read from them.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::model::PackKey;
use crate::pack::Pack;

/// The open packs. The lock is held for a look-up only, and never by the screen's thread.
#[derive(Clone, Default)]
pub struct Packs {
    open: Arc<Mutex<HashMap<PackKey, Arc<Pack>>>>,
    next: Arc<AtomicU64>,
}

impl Packs {
    /// Takes a pack in under a new key.
    pub fn insert(&self, pack: Arc<Pack>) -> PackKey {
        let key = PackKey(self.next.fetch_add(1, Ordering::Relaxed) + 1);
        self.lock().insert(key, pack);
        key
    }

    /// The pack of a key, while it is open.
    pub fn get(&self, key: PackKey) -> Option<Arc<Pack>> {
        self.lock().get(&key).cloned()
    }

    /// Lets a pack go.
    pub fn remove(&self, key: PackKey) {
        self.lock().remove(&key);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<PackKey, Arc<Pack>>> {
        // A map is whole between any two of its calls, whatever panicked meanwhile.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
