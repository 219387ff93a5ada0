#include "sum.h"

#include "isa.h"

namespace kernels::ISA {

namespace {

void of(const float* const* terms, int count, long from, long to, float* y) {
  long i = from;
  for (; i + WIDTH <= to; i += WIDTH) {
    Vec total = load(terms[0] + i);
    for (int t = 1; t < count; t++) total += load(terms[t] + i);
    store(y + i, total);
  }
  for (; i < to; i++) {
    float total = terms[0][i];
    for (int t = 1; t < count; t++) total += terms[t][i];
    y[i] = total;
  }
}

double squares(const float* x, long count) {
  constexpr long BLOCK = 64 * WIDTH;  // so short that float32 is exact enough
  double total = 0;
  for (long block = 0; block < count; block += BLOCK) {
    long i = block, end = block + BLOCK < count ? block + BLOCK : count;
    Vec sums{};
    for (; i + WIDTH <= end; i += WIDTH) sums += load(x + i) * load(x + i);
    float some = sum(sums);
    for (; i < end; i++) some += x[i] * x[i];
    total += some;
  }
  return total;
}

}  // namespace

const Sum sum_of{of, squares};

}  // namespace kernels::ISA
