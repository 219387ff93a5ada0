#include "gated.h"

namespace kernels {

const Gated& gated() {
  return KERNELS_CHOOSE(gated);
}

}  // namespace kernels
