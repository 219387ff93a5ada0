#include "attention.h"

namespace kernels {

const Attention& attention() {
  return KERNELS_CHOOSE(attention);
}

}  // namespace kernels
