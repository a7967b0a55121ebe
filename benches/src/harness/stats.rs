//! Medians, spread, and ratios that are formed pair by pair.

/// Median and spread of one subject's rounds, in nanoseconds per operation.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Summary {
    /// Middle round.
    pub median: f64,
    /// Fastest round.
    pub min: f64,
    /// Slowest round.
    pub max: f64,
    /// First quartile.
    pub q1: f64,
    /// Third quartile.
    pub q3: f64,
}

impl Summary {
    /// Summarises rounds.
    ///
    /// # Panics
    /// If there are none.
    pub fn of(rounds: &[f64]) -> Summary {
        let sorted = sorted(rounds);
        Summary {
            median: quantile(&sorted, 0.5),
            min: quantile(&sorted, 0.0),
            max: quantile(&sorted, 1.0),
            q1: quantile(&sorted, 0.25),
            q3: quantile(&sorted, 0.75),
        }
    }

    /// Half the distance between the quartiles, in percent of the median.
    pub fn spread_percent(&self) -> f64 {
        (self.q3 - self.q1) / 2.0 / self.median * 100.0
    }
}

/// Middle value, or the mean of the two middle ones.
///
/// # Panics
/// If there are none.
pub fn median(values: &[f64]) -> f64 {
    quantile(&sorted(values), 0.5)
}

/// Median over the rounds of `numerator / denominator`, each pair taken from the same round: what
/// slowed both in a round cancels out.
///
/// # Panics
/// If the two differ in length or are empty.
pub fn paired_ratio(numerator: &[f64], denominator: &[f64]) -> f64 {
    assert_eq!(numerator.len(), denominator.len(), "both subjects run in every round");
    let ratios: Vec<f64> = numerator.iter().zip(denominator).map(|(n, d)| n / d).collect();
    median(&ratios)
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

/// Linear interpolation between the two neighbours.
fn quantile(sorted: &[f64], q: f64) -> f64 {
    let at = q * (sorted.len() - 1) as f64;
    let (low, high) = (at.floor() as usize, at.ceil() as usize);
    sorted[low] + (sorted[high] - sorted[low]) * (at - low as f64)
}
