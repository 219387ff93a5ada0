#include "cross_entropy.h"

namespace kernels {

const CrossEntropy& cross_entropy() {
  return KERNELS_CHOOSE(cross_entropy);
}

}  // namespace kernels
