//! Text that is read: set by parley, painted from our own glyph atlas, hit and selected to the byte.
//! It knows nothing of packs or of the model; colours are asked for by name while painting.
