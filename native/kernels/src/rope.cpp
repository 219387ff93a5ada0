#include "rope.h"

namespace kernels {

const Rope& rope() {
  return KERNELS_CHOOSE(rope);
}

}  // namespace kernels
