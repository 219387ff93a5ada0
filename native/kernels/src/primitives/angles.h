// The angles of rotary embedding, computed once for each set of frequencies and kept while they are few.
#pragma once

#include <memory>
#include <vector>

#include "primitives/support.h"

namespace kernels {

// How far each pair of features turns per position, in radians.
using Frequencies = std::vector<float>;

// base^(-i / pairs), as MLX computes it: at position 2000 the last bit of a frequency is seen in the fourth digit.
Frequencies geometric_frequencies(int pairs, float base, mx::Stream s);

// The inverse of what MLX's rope calls freqs.
Frequencies listed_frequencies(mx::array inverse);

struct AngleKey {
  Frequencies frequencies;
  float scale;  // factor on positions

  bool operator==(const AngleKey&) const = default;
};

// Cosines and sines [positions, pairs] of consecutive positions.
struct Angles {
  long first;  // position of the first row
  long positions;
  long pairs;
  std::vector<float> cosines;
  std::vector<float> sines;
  std::vector<float> negative_sines;
};

// A table that holds at least the positions from `offset` on.
std::shared_ptr<const Angles> angles_of(const AngleKey& key, long offset, long count);

}  // namespace kernels
