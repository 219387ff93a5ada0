#include "sum.h"

namespace kernels {

const Sum& sum_of() {
  return KERNELS_CHOOSE(sum_of);
}

}  // namespace kernels
