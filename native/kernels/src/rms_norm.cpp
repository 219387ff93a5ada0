#include "rms_norm.h"

namespace kernels {

const RmsNorm& rms_norm() {
  return KERNELS_CHOOSE(rms_norm);
}

}  // namespace kernels
