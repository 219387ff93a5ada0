#include "adam.h"

namespace kernels {

const Adam& adam() {
  return KERNELS_CHOOSE(adam);
}

}  // namespace kernels
