//! The heights of many items, most of them only guessed: sums and look-ups in logarithmic time.
//! A Fenwick tree (P. Fenwick, "A New Data Structure for Cumulative Frequency Tables", 1994).

/// Heights in points; an item that was never measured counts with a guess.
#[derive(Clone, Debug, Default)]
pub struct Heights {
    known: Vec<f32>,
    tree: Vec<f64>,
    guess: f32,
}

impl Heights {
    /// `count` items of about `guess` points each.
    pub fn new(count: usize, guess: f32) -> Self {
        let tree = (0..=count)
            .map(|index| f64::from(guess) * (index & index.wrapping_neg()) as f64)
            .collect();
        Self {
            known: vec![f32::NAN; count],
            tree,
            guess,
        }
    }

    /// The number of items.
    pub fn count(&self) -> usize {
        self.known.len()
    }

    /// The height of an item, if it was measured.
    pub fn measured(&self, index: usize) -> Option<f32> {
        self.known
            .get(index)
            .copied()
            .filter(|height| !height.is_nan())
    }

    /// Notes what an item measures.
    pub fn set(&mut self, index: usize, height: f32) {
        let Some(known) = self.known.get_mut(index) else {
            return;
        };
        let before = if known.is_nan() { self.guess } else { *known };
        *known = height;
        let change = f64::from(height) - f64::from(before);
        if change == 0.0 {
            return;
        }
        let mut at = index + 1;
        while let Some(sum) = self.tree.get_mut(at) {
            *sum += change;
            at += at & at.wrapping_neg();
        }
    }

    /// The height of the items before `index`.
    pub fn before(&self, index: usize) -> f64 {
        let mut at = index.min(self.count());
        let mut sum = 0.0;
        while at > 0 {
            sum += self.tree.get(at).copied().unwrap_or(0.0);
            at -= at & at.wrapping_neg();
        }
        sum
    }

    /// The height of all items.
    pub fn total(&self) -> f64 {
        self.before(self.count())
    }

    /// The item at `y` points from the top, and how far into it that is.
    pub fn at(&self, y: f64) -> (usize, f32) {
        let mut rest = y.max(0.0);
        let mut index = 0;
        let mut step = self.count().next_power_of_two();
        while step > 0 {
            if let Some(sum) = self.tree.get(index + step).filter(|sum| **sum <= rest) {
                rest -= sum;
                index += step;
            }
            step /= 2;
        }
        if index >= self.count() {
            (self.count().saturating_sub(1), 0.0)
        } else {
            (index, rest as f32)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_and_look_ups_agree_with_a_plain_list() {
        for count in [0, 1, 2, 7, 8, 9, 100] {
            let mut heights = Heights::new(count, 10.0);
            let mut plain = vec![10.0_f32; count];
            for (step, index) in (0..count).step_by(3).enumerate() {
                let height = (step * 7 % 31) as f32;
                heights.set(index, height);
                plain[index] = height;
            }
            let mut sum = 0.0;
            for (index, height) in plain.iter().enumerate() {
                assert!((heights.before(index) - sum).abs() < 1e-6);
                if *height > 0.0 {
                    let (found, within) = heights.at(sum + 0.25);
                    assert_eq!(found, index);
                    assert!((within - 0.25).abs() < 1e-4);
                }
                sum += f64::from(*height);
            }
            assert!((heights.total() - sum).abs() < 1e-6);
        }
    }
}
