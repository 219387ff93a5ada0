#include "primitives/angles.h"

#include <algorithm>
#include <cmath>
#include <list>
#include <map>
#include <mutex>

namespace kernels {

namespace {

constexpr size_t KEPT_TABLES = 8;
constexpr size_t KEPT_SERIES = 64;
constexpr long KEPT_ANGLES = 1 << 22;  // of one table

std::mutex mutex;

std::shared_ptr<const Angles> compute(const AngleKey& key, long first, long positions) {
  auto angles = std::make_shared<Angles>();
  long pairs = key.frequencies.size();
  angles->first = first;
  angles->positions = positions;
  angles->pairs = pairs;
  for (auto* part : {&angles->cosines, &angles->sines, &angles->negative_sines}) part->resize(positions * pairs);
  for (long row = 0; row < positions; row++) {
    float position = static_cast<float>(first + row) * key.scale;
    for (long pair = 0; pair < pairs; pair++) {
      double angle = position * key.frequencies[pair];
      float sine = static_cast<float>(std::sin(angle));
      angles->cosines[row * pairs + pair] = static_cast<float>(std::cos(angle));
      angles->sines[row * pairs + pair] = sine;
      angles->negative_sines[row * pairs + pair] = -sine;
    }
  }
  return angles;
}

}  // namespace

Frequencies geometric_frequencies(int pairs, float base, mx::Stream s) {
  static std::map<std::pair<int, float>, Frequencies> kept;
  std::lock_guard lock(mutex);
  auto found = kept.find({pairs, base});
  if (found != kept.end()) return found->second;
  mx::array series = mx::exp(
      mx::multiply(mx::arange(0, -pairs, -1, mx::float32, s), mx::array(std::log(base) / pairs, mx::float32), s), s);
  series.eval();
  if (kept.size() >= KEPT_SERIES) kept.clear();
  return kept[{pairs, base}] = Frequencies(series.data<float>(), series.data<float>() + pairs);
}

Frequencies listed_frequencies(mx::array inverse) {
  require(inverse, mx::float32, "freqs");
  inverse.eval();
  if (inverse.ndim() != 1) throw std::invalid_argument("freqs must be [dims / 2]");
  Frequencies frequencies(inverse.size());
  for (size_t i = 0; i < frequencies.size(); i++) frequencies[i] = 1 / inverse.data<float>()[i * inverse.strides(0)];
  return frequencies;
}

std::shared_ptr<const Angles> angles_of(const AngleKey& key, long offset, long count) {
  struct Kept {
    AngleKey key;
    std::shared_ptr<const Angles> angles;
  };
  static std::list<Kept> kept;  // the last used first
  std::lock_guard lock(mutex);
  long pairs = key.frequencies.size(), needed = offset + count;
  if (needed * pairs > KEPT_ANGLES) return compute(key, offset, count);
  auto found = std::find_if(kept.begin(), kept.end(), [&](const Kept& each) { return each.key == key; });
  if (found == kept.end()) {
    kept.push_front({key, nullptr});
    if (kept.size() > KEPT_TABLES) kept.pop_back();
  } else {
    kept.splice(kept.begin(), kept, found);
  }
  auto& angles = kept.front().angles;
  if (!angles || angles->positions < needed) {
    long grown = angles ? std::max(needed, 2 * angles->positions) : std::max(needed, 256L);
    angles = compute(key, 0, std::min(grown, std::max(needed, KEPT_ANGLES / pairs)));
  }
  return angles;
}

}  // namespace kernels
